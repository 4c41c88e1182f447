"""What readers made of conflicts: read from files, joined, and shown in the exports."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.errors import ContradictWarning, InputError
from contradict.records import Judgement, Review
from contradict.reviews import latest, read_reviews
from tests.report_data import bridge

EARLY, LATE = datetime(2026, 1, 2, 9, tzinfo=UTC), datetime(2026, 1, 2, 10, tzinfo=UTC)


def file(folder: Path, *rows: Any, **fields: Any) -> Path:
    path = folder / "reviews.json"
    path.write_text(json.dumps({"format": "contradict-reviews", "version": 1, "reviews": rows, **fields}), encoding="utf-8")
    return path


def test_a_file_of_reviews_is_read(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        {"conflict": "bridge:1", "judgement": "confirmed", "note": "called the mayor", "at": "2026-01-02T09:00:00.000Z"},
        {"conflict": "deaths:1", "judgement": None, "note": "ask the hospital"},
    )
    assert read_reviews(path) == (
        Review("bridge:1", Judgement.CONFIRMED, "called the mayor", EARLY),
        Review("deaths:1", None, "ask the hospital"),
    )


@pytest.mark.parametrize(
    "row",
    [
        None, 3, [], {}, {"conflict": 1}, {"conflict": "a", "judgement": "guilty"}, {"conflict": "a", "judgement": ["confirmed"]},
        {"conflict": "a", "note": None}, {"conflict": "a", "at": "yesterday"}, {"conflict": "a", "at": 5},
    ],
)  # fmt: skip
def test_what_is_no_review_is_an_error_that_names_its_place(tmp_path: Path, row: Any) -> None:
    good = {"conflict": "bridge:1", "judgement": "unsure"}
    with pytest.raises(InputError, match=r"review 2 is not a review.*Export reviews"):
        read_reviews(file(tmp_path, good, row))


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", "[" * 100_000, '{"format": "other", "reviews": []}', '{"format": "contradict-reviews"}']
)
def test_what_is_no_file_of_reviews_is_an_error_that_names_the_remedy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="Export reviews"):
        read_reviews(path)


def test_a_file_that_is_not_there_or_of_another_version_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        read_reviews(tmp_path / "nowhere.json")
    with pytest.raises(InputError, match="version 2"):
        read_reviews(file(tmp_path, version=2))


def test_of_one_conflict_the_latest_holds_and_a_withdrawn_one_is_none() -> None:
    found = latest(
        [
            Review("a", Judgement.DISMISSED, at=LATE),
            Review("a", Judgement.CONFIRMED, at=EARLY),
            Review("a", Judgement.UNSURE),
            Review("b", Judgement.CONFIRMED, at=datetime(2026, 1, 2, 9)),  # without a zone: taken as UTC
            Review("b", None, at=LATE),
            Review("c", None, "a note alone"),
        ]
    )
    assert {name: (r.judgement, r.note) for name, r in found.items()} == {"a": (Judgement.DISMISSED, ""), "c": (None, "a note alone")}


@given(
    st.permutations([Review("a", Judgement.CONFIRMED, at=EARLY), Review("a", Judgement.DISMISSED, at=LATE), Review("a", Judgement.UNSURE)])
)
def test_the_order_of_dated_reviews_decides_nothing(reviews: list[Review]) -> None:
    assert latest(reviews)["a"].judgement is Judgement.DISMISSED


def test_reviews_are_shown_in_every_export(tmp_path: Path) -> None:
    path = file(tmp_path, {"conflict": "deaths:1", "judgement": "confirmed", "note": "called them"})
    found = bridge().with_reviews(path)
    data = json.loads(found.to_json())["conflicts"]
    assert data[1]["review"] == {"conflict": "deaths:1", "judgement": "confirmed", "note": "called them", "at": None}
    assert data[0]["review"] is None
    frame = found.to_pandas()
    assert frame["review"].fillna("").tolist() == ["", "confirmed", "", ""]
    assert frame["note"].tolist() == ["", "called them", "", ""]
    assert "called them" in found.to_html()


def test_reviews_of_several_people_are_added() -> None:
    found = bridge().with_reviews([Review("bridge:1", Judgement.CONFIRMED, at=EARLY), Review("rain:1", Judgement.UNSURE, at=EARLY)])
    both = found.with_reviews([Review("bridge:1", Judgement.DISMISSED, at=LATE)])
    assert {name: r.judgement for name, r in both.reviews.items()} == {"bridge:1": Judgement.DISMISSED, "rain:1": Judgement.UNSURE}
    assert found.reviews["bridge:1"].judgement is Judgement.CONFIRMED


def test_reviews_of_conflicts_that_are_not_here_are_counted_and_told() -> None:
    with pytest.warns(ContradictWarning, match="1 review of conflicts that are not here"):
        found = bridge().with_reviews([Review("elsewhere", Judgement.CONFIRMED), Review("miss:1", Judgement.UNSURE)])
    assert found.dropped["reviews of conflicts that are not here"] == 1
    assert list(found.reviews) == ["miss:1"]


def test_narrowing_keeps_the_reviews_and_warns_of_none() -> None:
    found = bridge().with_reviews([Review("deaths:1", Judgement.CONFIRMED)]).of_kind("denial")
    assert list(found.with_reviews([Review("bridge:1", Judgement.UNSURE)]).reviews) == ["deaths:1", "bridge:1"]
