"""The whole path, with fakes for the models."""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict import ConflictFinder, Conflicts, ContradictWarning, Document, InputError, Strength, find_conflicts
from contradict.records import NLIScores
from contradict.testing import FakeSegmenter
from tests.conftest import FinderFactory

SENTENCES = (
    "The bridge was open on Monday.",
    "The bridge was not open on Monday.",
    "The bridge was never open.",
    "Snow fell in the hills — 🌨 said the mayor!",
    "Was the bridge open on Monday?",
    "No siren sounded in the town that night.",
    "A siren sounded in the town that night.",
)
texts = st.lists(st.sampled_from(SENTENCES), max_size=4).map(" \n".join)


@st.composite
def corpora(draw: st.DrawFn) -> list[Document]:
    dates = st.none() | st.dates()
    return [Document(f"d{k}", text, published=draw(dates)) for k, text in enumerate(draw(st.lists(texts, max_size=5, unique=True)))]


def quietly(finder: ConflictFinder, docs: Any) -> Conflicts:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ContradictWarning)
        return finder.find(docs)


def test_a_planted_negation_is_found_and_explained(finder: ConflictFinder, articles: list[Document]) -> None:
    found = finder.find(articles)
    assert len(found) == 1
    conflict = found[0]
    assert conflict.left.text == "The bridge was open on Monday"
    assert conflict.right.text == "The bridge was not open on Monday"
    assert (conflict.left.document_id, conflict.right.document_id) == ("a", "b")
    assert conflict.strength is Strength.CONTRADICTION
    assert conflict.score > 0.9
    assert conflict.why == "the language model reads them as contradicting (100%)"


def test_counts_and_models_are_named(finder: ConflictFinder, articles: list[Document]) -> None:
    found = finder.find(articles)
    assert found.counts == {"documents": 3, "claims": 5, "pairs considered": 10, "pairs scored": 10}
    assert found.models == {"segmenter": "fake", "embedder": "fake", "classifier": "fake"}
    assert len(found.ranked) == 10


def test_a_stage_without_a_name_is_named_by_its_class(make_finder: FinderFactory, articles: list[Document]) -> None:
    class Plain:
        segment = FakeSegmenter().segment

    assert make_finder(segmenter=Plain()).find(articles).models["segmenter"] == "Plain"


@given(corpora(), st.randoms())
def test_the_order_of_the_documents_changes_nothing(finder: ConflictFinder, documents: list[Document], random: Any) -> None:
    shuffled = random.sample(documents, len(documents))
    one, other = quietly(finder, documents), quietly(finder, shuffled)
    assert one.above(0.0).to_dicts() == other.above(0.0).to_dicts()
    assert one.counts == other.counts
    assert one.dropped == other.dropped


@given(corpora())
def test_every_claim_points_to_its_own_words(finder: ConflictFinder, documents: list[Document]) -> None:
    found = quietly(finder, documents)
    for conflict in found.ranked:
        for side in (conflict.left, conflict.right):
            assert found.document(side.document_id).text[side.start : side.end] == side.text


@given(st.lists(st.text(), max_size=4))
def test_any_text_goes_through(finder: ConflictFinder, docs: list[str]) -> None:
    found = quietly(finder, docs)
    assert found.counts["documents"] + sum(found.dropped.get(r, 0) for r in ("empty", "not English", "the same article twice")) == len(docs)


@given(corpora(), st.floats(0, 1))
def test_another_threshold_selects_from_the_same_ranking(make_finder: FinderFactory, documents: list[Document], threshold: float) -> None:
    direct = quietly(make_finder(threshold=threshold), documents)
    later = quietly(make_finder(), documents).above(threshold)
    assert direct.to_dicts() == later.to_dicts()


def test_forward_has_the_left_claim_as_premise(make_finder: FinderFactory, articles: list[Document]) -> None:
    class Directed:
        def classify(self, pairs: Sequence[tuple[str, str]]) -> NLIScores:
            shorter = np.array([len(premise) < len(hypothesis) for premise, hypothesis in pairs], dtype=np.float32)
            return NLIScores(0 * shorter, 1 - shorter, shorter)

    found = make_finder(classifier=Directed()).find(articles)
    assert found.ranked
    for conflict in found.ranked:
        lengths = len(conflict.left.text), len(conflict.right.text)
        assert conflict.forward["contradiction"] == (lengths[0] < lengths[1])
        assert conflict.backward["contradiction"] == (lengths[1] < lengths[0])


def test_conflicts_within_one_document_are_found(finder: ConflictFinder) -> None:
    found = finder.find("The bridge was open on Monday. The bridge was not open on Monday.")
    assert len(found) == 1
    assert found.counts["documents"] == 1


@pytest.mark.parametrize("docs", [[], ["One claim only."]])
def test_nothing_to_compare_is_an_empty_result(finder: ConflictFinder, docs: list[str]) -> None:
    found = finder.find(docs)
    assert len(found) == len(found.ranked) == found.counts["pairs scored"] == 0
    assert found.counts["claims"] == len(docs)


def test_what_was_left_out_is_counted_by_reason(finder: ConflictFinder) -> None:
    same = [{"id": "a", "text": "Snow fell."}, {"id": "b", "text": "Snow fell. A siren sounded."}]
    with pytest.warns(ContradictWarning, match="no text"):
        found = finder.find([*same, ""])
    assert found.dropped == {"empty": 1, "near-copy": 1}


def test_claims_are_the_first_stage_alone(finder: ConflictFinder, articles: list[Document]) -> None:
    assert [c.document_id for c in finder.claims(articles[::-1])] == ["a", "a", "b", "b", "c"]


def test_top_k_limits_what_is_compared(make_finder: FinderFactory, articles: list[Document]) -> None:
    found = make_finder(top_k=1).find(articles)
    assert found.counts["pairs scored"] < found.counts["pairs considered"]
    assert found.dropped["not among the nearest"] == found.counts["pairs considered"] - found.counts["pairs scored"]


OLD = [Document("old1", "The bridge was open."), Document("old2", "The bridge was never open.")]
NEW = [Document("new1", "The bridge was not open."), Document("new2", "The bridge was open again.")]


def ends(found: Conflicts) -> set[frozenset[str]]:
    return {frozenset((c.left.document_id, c.right.document_id)) for c in found.ranked}


def test_against_a_reference_is_one_way(finder: ConflictFinder) -> None:
    across = {frozenset((a.id, b.id)) for a in OLD for b in NEW}
    found = finder.find(NEW, against=OLD)
    assert ends(found) == across
    assert found.dropped == {"both in the reference": 1, "both new": 1}
    assert ends(finder.find(NEW, against=OLD, among_new=True)) == across | {frozenset(("new1", "new2"))}
    assert ends(finder.find(NEW[::-1], against=OLD[::-1])) == across


def test_a_new_document_that_is_in_the_reference_is_left_out(finder: ConflictFinder) -> None:
    with pytest.warns(ContradictWarning, match="read once"):
        found = finder.find([*NEW, OLD[0]], against=OLD)
    assert found.dropped["the same article twice"] == 1
    assert len(found.documents) == 4


def test_a_reference_id_that_another_new_document_has_is_told_apart(finder: ConflictFinder) -> None:
    found = finder.find([Document("a", "The bridge was open.")], against=[Document("a", "The bridge was not open.")])
    assert [d.id for d in found.documents] == ["a (reference)", "a"]
    assert len(found) == 1


@pytest.mark.parametrize("reference", [[], [" "]])
def test_an_empty_reference_is_an_error(finder: ConflictFinder, reference: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ContradictWarning)
        with pytest.raises(InputError, match="the reference holds no article"):
            finder.find(NEW, against=reference)


def test_documents_can_be_left_alone(make_finder: FinderFactory) -> None:
    text = "The bridge was open. The bridge was not open."
    found = make_finder(within_documents=False).find([text, "Snow fell."])
    assert found.dropped["same document"] == 1
    assert not found


def test_other_events_are_not_compared_and_counted_unless_asked(make_finder: FinderFactory) -> None:
    docs = [Document(f"{event}{k}", f"{event}word{event} {event}thing {event}place number{k}.") for event in "xyz" for k in range(3)]
    found = make_finder().find(docs)
    assert ends(found) == {frozenset((f"{e}{i}", f"{e}{j}")) for e in "xyz" for i, j in ((0, 1), (0, 2), (1, 2))}
    assert found.dropped == {"another event": 27}
    assert len(make_finder(blocker=False).find(docs).ranked) == 36


def test_disputes_of_the_results(finder: ConflictFinder) -> None:
    found = finder.find([*OLD, *NEW])
    (dispute,) = found.disputes()
    assert len(dispute.conflicts) == len(found)
    assert dispute.question == "Is it true that the bridge was open?"
    assert {outlet for side in dispute.sides for outlet in side.outlets} == {d.id for d in (*OLD, *NEW)}
    assert found.above(1.0).disputes() == ()


def test_the_threshold_is_the_decision_models_own_unless_given(make_finder: FinderFactory) -> None:
    assert make_finder().threshold == 0.5
    assert make_finder(threshold=0.0).threshold == 0.0


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_threshold_outside_0_to_1_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold must lie between 0 and 1"):
        ConflictFinder(threshold=threshold)


@pytest.mark.parametrize("top_k", [0, -3])
def test_a_top_k_below_1_is_refused(top_k: int) -> None:
    with pytest.raises(ValueError, match="top_k must be at least 1"):
        ConflictFinder(top_k=top_k)


def test_making_a_finder_loads_no_model() -> None:
    ConflictFinder(embedder="no-such-model", classifier="no-such-model")


def test_find_conflicts_is_the_finder_in_one_call(make_finder: FinderFactory, articles: list[Document]) -> None:
    finder = make_finder(threshold=0.2)
    stages = {name: getattr(finder, name) for name in ("segmenter", "embedder", "classifier", "decider")}
    assert find_conflicts(articles, threshold=0.2, **stages).to_json() == finder.find(articles).to_json()
