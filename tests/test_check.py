"""What contradicts or supports one claim."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from contradict import ConflictFinder, Document, InputError, Polarity, check_claim
from contradict.check import _implied
from contradict.polarity import opposition
from contradict.records import Claim, Conflict, Kind, Mood, Strength
from contradict.testing import FakeSegmenter
from tests.conftest import FinderFactory


def test_both_sides_are_shown_with_their_sources(finder: ConflictFinder, articles: list[Document]) -> None:
    found = finder.check("The bridge was open on Monday.", articles)
    assert [f.passage.text for f in found.contradicting] == ["The bridge was not open on Monday"]
    assert [f.passage.text for f in found.supporting] == ["The bridge was open on Monday"]
    assert found.speaker(found.contradicting[0].passage) == "Borough News (own voice)"
    assert "reads them as contradicting (100%)" in found.contradicting[0].why
    assert "reads it as implying the claim (100%)" in found.supporting[0].why
    assert found.summary() == "1 against and 1 for, in 5 claims of 3 documents; 5 passages judged."
    assert [c.text for c in found.read] == ["The bridge was open on Monday"]


def test_the_documents_are_not_compared_with_each_other(finder: ConflictFinder, articles: list[Document]) -> None:
    found = finder.check("Snow fell in the hills.", articles)
    assert not found.contradicting
    assert [f.passage.document_id for f in found.supporting] == ["b"]
    assert found.counts["pairs scored"] == 5
    assert found.dropped == {}


def test_the_best_come_first_and_the_threshold_is_the_finders(make_finder: FinderFactory) -> None:
    docs = ["The bridge was not open.", "The bridge was not open on Monday at noon.", "Trains were never late."]
    all_of_them = make_finder(threshold=0.01).check("The bridge was open on Monday at noon.", docs).contradicting
    assert all_of_them[0].passage.text == "The bridge was not open on Monday at noon"
    assert [f.score for f in all_of_them] == sorted((f.score for f in all_of_them), reverse=True)
    assert len(make_finder(threshold=0.9).check("The bridge was open on Monday at noon.", docs).contradicting) == 1


def test_a_passage_is_shown_once_for_a_claim_of_several_parts(finder: ConflictFinder) -> None:
    found = finder.check("The bridge was open. The old bridge was open.", ["The bridge was not open."])
    assert len(found.read) == 2
    assert len(found.contradicting) == 1


def test_a_search_before_changes_nothing(make_finder: FinderFactory, articles: list[Document]) -> None:
    fresh, used = make_finder(), make_finder()
    used.find(articles)
    claim = "The bridge was open on Monday."
    assert used.check(claim, articles).to_json() == fresh.check(claim, articles).to_json()


def test_many_documents_are_searched_across_events(make_finder: FinderFactory) -> None:
    docs = [Document(f"d{k}", f"Item {k} says that word{k} met other{k}.") for k in range(40)]
    found = make_finder().check("The item word7 never met other7.", docs)
    assert found.counts["pairs scored"] == 40
    assert make_finder(top_k=3).check("The item word7 never met other7.", docs).counts["pairs scored"] == 6


def test_as_json(finder: ConflictFinder, articles: list[Document], tmp_path: Any) -> None:
    found = finder.check("The bridge was open on Monday.", articles)
    data = json.loads(found.to_json(tmp_path / "check.json"))
    assert data == json.loads((tmp_path / "check.json").read_text(encoding="utf-8"))
    assert data["claim"] == "The bridge was open on Monday."
    assert data["contradicting"][0]["outlet"] == "Borough News"
    assert data["contradicting"][0]["passage"]["document_id"] == "b"
    assert data["supporting"][0]["score"] == 1.0
    assert {d["id"] for d in data["documents"]} == {"a", "b", "c"}
    assert "text" not in data["documents"][0]
    assert set(data["models"]) == {"segmenter", "embedder", "classifier"}


@pytest.mark.parametrize("claim", ["", " \n", "Мост был открыт в понедельник утром, сообщил мэр города", "🌉"])
def test_what_is_no_claim_is_refused(finder: ConflictFinder, claim: str) -> None:
    with pytest.raises(InputError, match="give a "):
        finder.check(claim, ["The bridge was open."])


def test_a_question_is_refused(make_finder: FinderFactory) -> None:
    class Asking(FakeSegmenter):
        def segment(self, documents: Sequence[Document]) -> list[Claim]:
            return [replace(c, mood=Mood.QUESTION) for c in super().segment(documents)]

    with pytest.raises(InputError, match="give a full sentence, not a question"):
        make_finder(segmenter=Asking()).check("Was the bridge open?", ["The bridge was open."])


def test_nothing_to_check_against_is_an_error(finder: ConflictFinder) -> None:
    with pytest.raises(InputError, match="no article to check the claim against"):
        finder.check("The bridge was open.", [])


def test_check_claim_is_the_finder_in_one_call(make_finder: FinderFactory, articles: list[Document]) -> None:
    finder = make_finder()
    stages = {name: getattr(finder, name) for name in ("segmenter", "embedder", "classifier", "decider")}
    claim = "The bridge was open on Monday."
    assert check_claim(claim, articles, **stages).to_json() == finder.check(claim, articles).to_json()


def test_a_claim_that_is_one_of_the_documents_is_searched_all_the_same(finder: ConflictFinder) -> None:
    found = finder.check("The bridge was open.", ["The bridge was open."])
    assert [f.score for f in found.supporting] == [1.0]


ASSERTED, DENIED, SILENT = Polarity.ASSERTED, Polarity.DENIED, Polarity.UNCOMMITTED


@pytest.mark.parametrize(
    ("passage", "claim", "bearing"),
    [
        # to_claim: 0.1 entailment, 0.2 contradiction; to_passage: 0.3 and 0.4
        (ASSERTED, ASSERTED, (0.1, 0.4)),
        (DENIED, DENIED, (0.3, 0.0)),
        (ASSERTED, DENIED, (0.2, 0.1)),
        (DENIED, ASSERTED, (0.4, 0.3)),
        (SILENT, ASSERTED, (0.0, 0.0)),
    ],
)
@pytest.mark.parametrize("claim_is_left", [True, False])
def test_how_a_passage_bears_on_a_claim(passage: Polarity, claim: Polarity, bearing: tuple[float, float], claim_is_left: bool) -> None:
    asked = Claim("q", "q", 0, 1, "x", "x", polarity=claim)
    other = Claim("p", "p", 0, 1, "y", "y", polarity=passage)
    to_claim, to_passage = {"entailment": 0.1, "contradiction": 0.2}, {"entailment": 0.3, "contradiction": 0.4}
    left, right = (asked, other) if claim_is_left else (other, asked)
    forward, backward = (to_passage, to_claim) if claim_is_left else (to_claim, to_passage)
    conflict = Conflict("c", left, right, Kind.DIRECT, Strength.TENSION, 0.1, 0.5, forward, backward)
    assert (_implied(conflict, claim_is_left), opposition(left, right, forward, backward)) == bearing
