"""The API reference builds from the docstrings without a warning, and leaves out no public name."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import contradict
from contradict import protocols

pytest.importorskip("pdoc", reason="pdoc is not installed: it comes with the extras docs and dev")
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api")
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "build.py", folder], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return folder


def anchors(page: Path) -> set[str]:
    return set(re.findall(r'id="([\w.]+)"', page.read_text(encoding="utf-8")))


def test_every_public_name_has_its_place(pages: Path) -> None:
    assert set(contradict.__all__) - anchors(pages / "contradict.html") == set()


def test_methods_and_attributes_are_shown(pages: Path) -> None:
    expected = {"ConflictFinder.find", "Conflicts.with_reviews", "Conflicts.to_html", "Claim.holder", "Document.published", "Kind.REVERSAL"}
    assert expected - anchors(pages / "contradict.html") == set()


def test_every_protocol_has_its_place(pages: Path) -> None:
    home = protocols.__name__
    named = {name for name, value in vars(protocols).items() if getattr(value, "_is_protocol", False) and value.__module__ == home}
    assert named and named - anchors(pages / "contradict" / "protocols.html") == set()


def test_google_sections_are_read_as_such(pages: Path) -> None:
    page = (pages / "contradict.html").read_text(encoding="utf-8")
    assert "<h6" in page and "Arguments:" in page


@pytest.mark.parametrize("name", contradict.__all__)
def test_every_public_name_is_described(name: str) -> None:
    value = getattr(contradict, name)
    own = value.__doc__ or ""
    assert own.strip() and not own.startswith((f"{name}(", "An enumeration", "Enum where")), f"{name} has no docstring"
