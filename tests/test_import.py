"""What `import contradict` does, and does not."""

import subprocess
import sys

import pytest

import contradict

HEAVY = ("torch", "spacy", "transformers", "sentence_transformers", "pandas")


@pytest.mark.parametrize("statement", ["import contradict", "from contradict import find_conflicts", "import contradict.cli"])
def test_importing_loads_no_heavy_library(statement: str) -> None:
    code = f"{statement}; import sys; print(*sorted(sys.modules.keys() & {set(HEAVY)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""


def test_every_public_name_is_there() -> None:
    assert all(getattr(contradict, name) is not None for name in contradict.__all__)
    assert set(contradict.__all__) <= set(dir(contradict))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = contradict.nonsense


def test_python_m_runs_the_command_line() -> None:
    done = subprocess.run([sys.executable, "-m", "contradict", "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == f"contradict {contradict.__version__}"
