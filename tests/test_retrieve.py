"""Which pairs of claims are worth judging."""

from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from contradict.records import Claim, Mood, Polarity, Scope
from contradict.retrieve import TopKRetriever


class Case(NamedTuple):
    claims: list[Claim]
    embeddings: NDArray[np.float32]

    @property
    def pairs(self) -> int:
        return len(self.claims) * (len(self.claims) - 1) // 2


def claim(number: int, proposition: str, document: str = "a", mood: Mood = Mood.FACT, polarity: Polarity = Polarity.ASSERTED) -> Claim:
    return Claim(f"c{number}", document, number, number + 1, proposition, proposition, mood=mood, polarity=polarity)


def unit(rows: list[list[float]]) -> NDArray[np.float32]:
    vectors = np.array(rows, dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def scope(claims: list[Claim], within: bool = True, **fields: Any) -> Scope:
    return Scope(tuple(dict.fromkeys(c.document_id for c in claims)), within_documents=within, **fields)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Claims of few distinct directions and wordings, so that ties, copies and questions occur."""
    directions = unit(draw(st.lists(st.lists(st.integers(1, 4).map(float), min_size=4, max_size=4), min_size=1, max_size=6)))
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, len(directions) - 1), st.sampled_from("abc"), st.sampled_from("pqr "), st.sampled_from(Mood)),
            max_size=24,
        )
    )
    claims = [claim(k, proposition, document, mood) for k, (_, document, proposition, mood) in enumerate(rows)]
    return Case(claims, directions[[direction for direction, *_ in rows]].reshape(-1, 4))


@given(cases(), st.integers(1, 30), st.booleans())
def test_each_pair_comes_once_left_below_right_in_ascending_order(case: Case, top_k: int, within: bool) -> None:
    found = TopKRetriever(top_k).retrieve(*case, [], scope(case.claims, within))
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert all(0 <= i < j < len(case.claims) for i, j in pairs)


@given(cases(), st.integers(1, 30), st.booleans())
def test_kept_and_dropped_pairs_add_up_to_all_pairs(case: Case, top_k: int, within: bool) -> None:
    found = TopKRetriever(top_k).retrieve(*case, [], scope(case.claims, within))
    assert len(found) + sum(found.dropped.values()) == case.pairs
    assert min(found.dropped.values()) >= 0


@given(cases(), st.integers(1, 30), st.integers(1, 30))
def test_the_block_size_changes_nothing(case: Case, top_k: int, block_size: int) -> None:
    whole = TopKRetriever(top_k).retrieve(*case, [])
    blocks = TopKRetriever(top_k, block_size).retrieve(*case, [])
    assert (whole.left.tolist(), whole.right.tolist()) == (blocks.left.tolist(), blocks.right.tolist())
    assert whole.dropped == blocks.dropped


@given(cases())
def test_similarity_is_the_cosine(case: Case) -> None:
    found = TopKRetriever().retrieve(*case, [])
    assert found.similarity.dtype == np.float32
    for i, j, similarity in zip(found.left, found.right, found.similarity, strict=True):
        assert similarity == pytest.approx(float(case.embeddings[i] @ case.embeddings[j]), abs=1e-5)


@given(cases())
def test_questions_and_empty_propositions_are_never_compared(case: Case) -> None:
    found = TopKRetriever(top_k=30).retrieve(*case, [])
    compared = {int(k) for k in (*found.left, *found.right)}
    assert all(case.claims[k].mood is not Mood.QUESTION and case.claims[k].proposition.strip() for k in compared)


def test_pairs_with_a_question_are_counted() -> None:
    claims = [claim(0, "Was it open?", mood=Mood.QUESTION), claim(1, "It was open."), claim(2, "It was shut.")]
    found = TopKRetriever().retrieve(claims, unit([[1, 0], [1, 1], [0, 1]]), [])
    assert (found.left.tolist(), found.right.tolist()) == ([1], [2])
    assert found.dropped["a question or empty"] == 2


def test_copies_are_dropped_and_counted() -> None:
    claims = [claim(0, "Snow fell in Orsa."), claim(1, "snow fell in “Orsa”"), claim(2, "Rain fell in Orsa.")]
    found = TopKRetriever().retrieve(claims, unit([[1, 0], [1, 0], [1, 0]]), [])
    assert (found.left.tolist(), found.right.tolist()) == ([0, 1], [2, 2])
    assert found.dropped["near-copy"] == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (claim(0, "Tolmark set the fire."), claim(1, "Tolmark set the fire.", polarity=Polarity.DENIED)),
        (claim(0, "The bridge opened in 2018."), claim(1, "The bridge opened in 2019.")),
        (claim(0, "It cost $5 million."), claim(1, "It cost €5 million.")),
        (claim(0, "No siren sounded."), claim(1, "A siren sounded.")),
    ],
)
def test_a_denial_or_another_figure_is_no_copy_however_similar(left: Claim, right: Claim) -> None:
    assert len(TopKRetriever().retrieve([left, right], unit([[1, 0], [1, 0]]), [])) == 1


def test_each_claim_meets_its_nearest() -> None:
    claims = [claim(k, f"p{k}") for k in range(4)]
    found = TopKRetriever(top_k=1).retrieve(claims, unit([[1, 0, 0], [1, 0.2, 0], [0, 0.2, 1], [0, 0, 1]]), [])
    assert (found.left.tolist(), found.right.tolist()) == ([0, 2], [1, 3])
    assert found.dropped["not among the nearest"] == 4


def test_claims_of_one_document_can_be_left_alone() -> None:
    claims = [claim(0, "p", "a"), claim(1, "q", "a"), claim(2, "r", "b")]
    found = TopKRetriever().retrieve(claims, unit([[1, 0], [1, 0], [1, 1]]), [], scope(claims, within=False))
    assert (found.left.tolist(), found.right.tolist()) == ([0, 1], [2, 2])
    assert found.dropped["same document"] == 1


def blocked(case: Case, draw_events: list[list[int]], **fields: Any) -> Scope:
    """A scope whose events are symmetric whatever was drawn."""
    names = tuple(dict.fromkeys(c.document_id for c in case.claims))
    met = [{k, *(m for m in row if m < len(names))} for k, row in enumerate(draw_events[: len(names)])]
    events = [np.array(sorted(row | {k for k, other in enumerate(met) if n in other}), dtype=np.int64) for n, row in enumerate(met)]
    return Scope(names, tuple(events), **fields)


event_rows = st.lists(st.lists(st.integers(0, 2), max_size=2), min_size=3, max_size=3)
references = st.sets(st.sampled_from("abc")).map(frozenset)


@given(cases(), event_rows, references, st.booleans(), st.booleans(), st.integers(1, 30), st.integers(1, 30))
def test_no_pair_outside_the_scope_and_each_drop_is_counted_under_its_reason(
    case: Case, rows: list[list[int]], reference: frozenset[str], among: bool, within: bool, top_k: int, block_size: int
) -> None:
    limits = blocked(case, rows, reference=reference, among_new=among, within_documents=within)
    found = TopKRetriever(top_k, block_size).retrieve(*case, [], limits)
    barriers: Counter[str | None] = Counter()
    for k, left in enumerate(case.claims):
        barriers.update(limits.barrier(left.document_id, right.document_id) for right in case.claims[k + 1 :])
    kept = [limits.barrier(case.claims[i].document_id, case.claims[j].document_id) for i, j in zip(found.left, found.right, strict=True)]
    assert set(kept) <= {None}
    for reason in ("same document", "both in the reference", "both new", "another event"):
        assert found.dropped.get(reason, 0) == barriers[reason]
    assert len(found) + sum(found.dropped.values()) == case.pairs
    assert min(found.dropped.values(), default=0) >= 0


@given(cases(), event_rows, references, st.integers(1, 3))
def test_the_gate_tells_what_retrieval_did(case: Case, rows: list[list[int]], reference: frozenset[str], top_k: int) -> None:
    limits = blocked(case, rows, reference=reference)
    retriever = TopKRetriever(top_k)
    found = retriever.retrieve(*case, [], limits)
    kept = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    reasons: Counter[str | None] = Counter()
    for i in range(len(case.claims)):
        for j in range(i + 1, len(case.claims)):
            if limits.barrier(case.claims[i].document_id, case.claims[j].document_id) is None:
                gate = retriever.gate(i, j, *case, limits)
                reasons[gate.reason] += 1
                assert (gate.reason is None) == ((i, j) in kept)
    assert all(found.dropped[reason] == reasons[reason] for reason in ("a question or empty", "near-copy", "not among the nearest"))


def test_against_a_reference_only_new_claims_choose_among_twice_as_many() -> None:
    claims = [claim(k, f"p{k}", "new" if k == 0 else f"old{k}") for k in range(6)]
    embeddings = unit([[1, 0.1 * k] for k in range(6)])
    limits = scope(claims, reference=frozenset(f"old{k}" for k in range(1, 6)))
    found = TopKRetriever(top_k=1).retrieve(claims, embeddings, [], limits)
    found = TopKRetriever(top_k=1).retrieve(claims, embeddings, [], limits)
    assert (found.left.tolist(), found.right.tolist()) == ([0, 0], [1, 2])
    assert found.dropped == {
        "both in the reference": 10,
        "both new": 0,
        "a question or empty": 0,
        "near-copy": 0,
        "not among the nearest": 3,
    }


@pytest.mark.parametrize(("discount", "pairs"), [(0.0, [(0, 1), (0, 2)]), (0.2, [(0, 2), (1, 2)])])
def test_the_discount_ranks_other_documents_first_and_leaves_the_similarity(discount: float, pairs: list[tuple[int, int]]) -> None:
    claims = [claim(0, "p", "a"), claim(1, "q", "a"), claim(2, "r", "b")]
    embeddings = unit([[1, 0, 0], [1, 0.3, 0], [1, 0, 0.5]])
    found = TopKRetriever(top_k=1, same_document_discount=discount).retrieve(claims, embeddings, [])
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == pairs
    np.testing.assert_allclose(found.similarity, [embeddings[i] @ embeddings[j] for i, j in pairs], atol=1e-5)


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_claims_give_no_pair(n: int) -> None:
    found = TopKRetriever().retrieve([claim(k, "p") for k in range(n)], np.ones((n, 1), dtype=np.float32), [])
    assert (len(found), sum(found.dropped.values())) == (0, 0)


@pytest.mark.parametrize("options", [{"top_k": 0}, {"top_k": -1}, {"block_size": 0}])
def test_sizes_below_one_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be at least 1"):
        TopKRetriever(**options)


@pytest.mark.parametrize("block_size", [1, 7, 64])
def test_ties_between_equal_vectors_do_not_depend_on_the_block_size(block_size: int) -> None:
    directions = unit(np.random.default_rng(7).normal(size=(20, 384)).tolist())
    embeddings = np.repeat(directions, 10, axis=0)
    claims = [claim(k, f"p{k}") for k in range(len(embeddings))]
    whole = TopKRetriever(3).retrieve(claims, embeddings, [])
    blocks = TopKRetriever(3, block_size).retrieve(claims, embeddings, [])
    assert (whole.left.tolist(), whole.right.tolist()) == (blocks.left.tolist(), blocks.right.tolist())
