"""The whole path with the bundled models, on real prose: what must surface does."""

import json
from pathlib import Path
from typing import Any

import pytest

from contradict import Claim, Conflict, ConflictFinder, Conflicts, Kind
from contradict.model_files import WEIGHTS

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
FIRST_ARTICLE = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not (WEIGHTS / "nli.safetensors").exists(), reason="the bundled weights are not there")


@pytest.fixture(scope="module")
def finder() -> ConflictFinder:
    return ConflictFinder()


def fits(claim: Claim, holder: str | None, words: str) -> bool:
    named = claim.holder is None if holder is None else holder in (claim.holder or "")
    return named and words in claim.text.replace("’", "'")


def shows(conflict: Conflict, sides: Any) -> bool:
    one, other = sides
    return any(fits(a, *one) and fits(b, *other) for a, b in ((conflict.left, conflict.right), (conflict.right, conflict.left)))


def assert_among_first(conflicts: Conflicts, expected: list[Any]) -> None:
    """Each expected conflict stands among the first `first` ranked pairs; those known to be `missed` are left out."""
    for entry in expected:
        if "missed" in entry:
            continue
        found = [c for c in conflicts.ranked[: entry["first"]] if shows(c, entry["sides"])]
        assert found, f"not among the first {entry['first']}: {entry['sides']}"
        assert found[0].kind.value in entry["kinds"]
        assert found[0].why


@pytest.mark.parametrize("name", ["shells.txt", "missiles.txt", "mercenaries.txt"])
def test_rewrites_of_the_first_article(finder: ConflictFinder, name: str) -> None:
    expected = json.loads((DATA / "rewrites" / "expected.json").read_text(encoding="utf-8"))[name]
    assert_among_first(finder.find(DATA / "rewrites" / name), expected)


@pytest.mark.skipif(not FIRST_ARTICLE, reason="the first article is not beside this checkout")
def test_the_first_article(finder: ConflictFinder) -> None:
    expected: list[dict[str, Any]] = [
        {
            "kinds": ["temporal"],
            "sides": [["Iran", "these transactions occurred prior"], ["White House representative", "since August 2022"]],
        },
        {"kinds": ["denial"], "sides": [["Moscow", "denied employing Iranian drones"], [None, "integrated Iranian-manufactured"]]},
        {"kinds": ["denial", "direct"], "sides": [["Moscow", "denied employing Iranian drones"], ["Iran", "its dispatch of drones"]]},
    ]
    for entry in expected:
        entry["first"] = 5
    assert_among_first(finder.find(FIRST_ARTICLE[0]), expected)


def test_seeds_show_planted_conflicts(finder: ConflictFinder) -> None:
    planted = json.loads((DATA / "planted.json").read_text(encoding="utf-8"))["conflicts"]
    conflicts = finder.find(ROOT / "seeds")
    text = {d.id: d.text for d in conflicts.documents}

    def covers(claim: Claim, side: dict[str, str]) -> bool:
        document = next(name for name in text if name.startswith(side["file"]))
        start = text[document].index(side["quote"])
        end = start + len(side["quote"])
        return claim.document_id == document and min(claim.end, end) - max(claim.start, start) > 0.4 * (end - start)

    def found(entry: Any) -> bool:
        a, b = entry["left"], entry["right"]
        return any((covers(c.left, a) and covers(c.right, b)) or (covers(c.left, b) and covers(c.right, a)) for c in conflicts.ranked[:60])

    assert sum(map(found, planted)) >= len(planted) / 3
    assert {c.kind for c in conflicts} >= {Kind.DENIAL, Kind.NUMERIC}
    for conflict in conflicts:
        for claim in (conflict.left, conflict.right):
            assert text[claim.document_id][claim.start : claim.end] == claim.text
