"""Why a pair is, or is not, among the conflicts."""

import pickle
from dataclasses import replace
from typing import Any

import pytest

from contradict import ConflictFinder, Conflicts, Document, InputError, Polarity
from contradict.records import Claim
from contradict.testing import FakeSegmenter
from tests.conftest import FinderFactory

OPEN, SHUT, SNOW = "The bridge was open on Monday", "The bridge was not open on Monday", "Snow fell in the hills"


def test_a_reported_pair_says_so_with_its_reasons(finder: ConflictFinder, articles: list[Document]) -> None:
    found = finder.find(articles).explain(OPEN, SHUT)
    assert (found.stage, found.reason) == ("report", "reported")
    assert found.conflict is not None
    assert found.conflict.score > 0.9
    assert "reads them as contradicting" in str(found)
    assert (found.left.text, found.right.text) == (OPEN, SHUT)  # type: ignore[union-attr]


def test_a_low_score_comes_with_what_spoke_against_it(finder: ConflictFinder, articles: list[Document]) -> None:
    conflicts = finder.find(articles)
    found = conflicts.explain(OPEN, SNOW)
    assert (found.stage, found.reason) == ("decide", "scored below the threshold")
    assert found.conflict is not None
    assert f"scored {found.conflict.score:.2f}, below the threshold of 0.50" in found.text


def test_signals_that_speak_against_a_pair_are_named(decision_model: Any, make_finder: FinderFactory, articles: list[Document]) -> None:
    from contradict import ConflictDecider

    model = replace(decision_model, names=("opposition", "similarity"), mean=(0.0, 1.0), scale=(1.0, 0.5), weight=(1.0, 4.0))
    found = make_finder(decider=ConflictDecider(model)).find(articles).explain(OPEN, SNOW)
    assert "Against it spoke: opposition (-6.9); close in subject (similarity 0.37) (-5.1)." in found.text


def test_raising_the_threshold_changes_the_answer(finder: ConflictFinder, articles: list[Document]) -> None:
    conflicts = finder.find(articles)
    assert conflicts.above(0.0).explain(OPEN, SNOW).stage == "report"
    assert conflicts.above(1.0).explain(OPEN, SHUT).stage == "decide"


def test_a_pair_beyond_the_nearest_has_rank_and_similarity(make_finder: FinderFactory, articles: list[Document]) -> None:
    conflicts = make_finder(top_k=1).find(articles)
    found = conflicts.explain(SNOW, "The council will vote")
    assert (found.stage, found.reason) == ("retrieve", "not among the nearest")
    assert found.gate is not None
    assert all(rank is not None and rank > 1 for rank in found.gate.ranks)
    assert f"similarity {found.gate.similarity:.2f}" in found.text
    assert found.gate.top_k == 1


@pytest.mark.parametrize("top_k", [1, 2, 3])
def test_retrievals_own_account_agrees_with_what_it_kept(make_finder: FinderFactory, articles: list[Document], top_k: int) -> None:
    conflicts = make_finder(top_k=top_k).find(articles)
    assert conflicts.trace is not None
    claims = conflicts.trace.claims
    judged = {frozenset((c.left.id, c.right.id)) for c in conflicts.ranked}
    for i, left in enumerate(claims):
        for right in claims[i + 1 :]:
            found = conflicts.explain(left, right)
            assert (found.stage in ("decide", "report")) == (frozenset((left.id, right.id)) in judged)


def test_copies_questions_and_documents_left_alone(make_finder: FinderFactory) -> None:
    docs = [
        Document("a", "Snow fell in Orsa. A siren sounded. Sirens never sound."),
        Document("b", "Snow fell in Orsa. Rain fell."),
    ]
    conflicts = make_finder(within_documents=False).find(docs)
    assert conflicts.dropped["near-copy"] == 1
    assert conflicts.explain(("a", 0, 17), ("b", 0, 17)).reason == "near-copy"
    assert conflicts.dropped["same document"] == 4
    found = conflicts.explain("A siren sounded", "Sirens never sound")
    assert (found.stage, found.reason) == ("block", "same document")
    assert "within_documents=False" in found.text


def test_a_holder_who_commits_to_nothing(make_finder: FinderFactory, articles: list[Document]) -> None:
    class Silent(FakeSegmenter):
        def segment(self, documents: Any) -> list[Claim]:
            return [replace(c, polarity=Polarity.UNCOMMITTED) if "not" in c.text else c for c in super().segment(documents)]

    conflicts = make_finder(segmenter=Silent()).find(articles)
    found = conflicts.explain(OPEN, SHUT)
    assert (found.stage, found.reason) == ("decide", "a holder commits to nothing")
    assert found.reason in conflicts.dropped


def test_another_event_and_the_two_sets_of_a_one_way_search(make_finder: FinderFactory) -> None:
    class Apart:
        name = "apart"

        def block(self, documents: Any, *_: Any) -> Any:
            import numpy as np

            return tuple(np.array([k]) for k in range(len(documents)))

    docs = [Document("a", "The bridge was open."), Document("b", "The bridge was not open.")]
    conflicts = make_finder(blocker=Apart()).find(docs)
    assert conflicts.dropped == {"another event": 1}
    assert conflicts.explain("bridge was open", "bridge was not open").reason == "another event"

    one_way = make_finder().find([docs[0], Document("c", "The bridge was never open.")], against=[docs[1], Document("d", "It is shut.")])
    assert one_way.explain("bridge was open", "bridge was never open").reason == "both new"
    assert one_way.explain("It is shut", "bridge was not open").reason == "both in the reference"


def test_where_no_claim_was_read(make_finder: FinderFactory, articles: list[Document]) -> None:
    class Short(FakeSegmenter):
        def segment(self, documents: Any) -> list[Claim]:
            return [c for c in super().segment(documents) if "Snow" not in c.text]

    conflicts = make_finder(segmenter=Short()).find(articles)
    found = conflicts.explain(SNOW, OPEN)
    assert (found.stage, found.reason, found.left) == ("segment", "no claim read there", None)
    assert found.right is not None
    assert "the left passage" in found.text
    assert "either" in conflicts.explain(SNOW, SNOW).text


def test_one_claim_is_not_a_pair(finder: ConflictFinder, articles: list[Document]) -> None:
    assert finder.find(articles).explain("The bridge was open", ("a", 15, 29)).reason == "one claim"


def test_of_several_claims_the_pair_that_came_furthest_is_told(finder: ConflictFinder, articles: list[Document]) -> None:
    conflicts = finder.find(articles)
    found = conflicts.explain(("a", 0, len(articles[0].text)), ("b", 0, len(articles[1].text)))
    assert found.conflict == conflicts[0]


def test_line_breaks_in_a_document_do_not_hide_a_passage(finder: ConflictFinder) -> None:
    conflicts = finder.find([Document("a", "The bridge\nwas  open."), Document("b", "The bridge was not open.")])
    assert conflicts.explain("bridge was open", "bridge was not open").stage == "report"


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        ("No such words", "does not occur in any of the documents"),
        ("The bridge was", r"occurs 2 times: give one of \('a', 0, 14\), \('b', 0, 14\), or a longer text"),
        ("  ", "an empty text is no passage"),
        (("z", 0, 3), "no document with the id 'z' was read; there are a, b, c"),
        (("a", 5, 5), "5 to 5 is no passage of 'a'"),
        (("a", 0, 10_000), "is no passage of 'a', which has"),
        (("a", 0), "a passage is a Claim, a text or"),
        (7, "a passage is a Claim, a text or"),
    ],
)
def test_a_passage_that_is_not_one_place_is_an_error(finder: ConflictFinder, articles: list[Document], passage: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        finder.find(articles).explain(passage, SHUT)


def test_results_without_a_trace_cannot_explain(articles: list[Document]) -> None:
    with pytest.raises(InputError, match="do not say how they were found"):
        Conflicts((), tuple(articles), 0.5).explain(OPEN, SHUT)


def test_a_retriever_that_cannot_tell(make_finder: FinderFactory, articles: list[Document]) -> None:
    from contradict import TopKRetriever

    class Mute:
        name = "mute"
        retrieve = TopKRetriever(top_k=1).retrieve

    found = make_finder(retriever=Mute()).find(articles).explain(SNOW, "The council will vote")
    assert (found.stage, found.reason) == ("retrieve", "not chosen")
    assert "mute" in found.text


def test_filtered_pairs_are_told_from_dropped_ones(finder: ConflictFinder, articles: list[Document]) -> None:
    assert finder.find(articles).of_kind("numeric").explain(OPEN, SHUT).reason == "filtered out"


def test_results_travel(finder: ConflictFinder, articles: list[Document]) -> None:
    conflicts = pickle.loads(pickle.dumps(finder.find(articles)))
    assert conflicts.explain(OPEN, SHUT).stage == "report"
