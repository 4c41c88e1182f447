"""The facade: articles in, ranked conflicts out. The only module that knows every stage."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contradict.documents import read_documents
from contradict.protocols import Classifier, Decider, Embedder, Retriever, Segmenter
from contradict.records import CandidatePairs, Claim, Document, NLIScores
from contradict.results import Conflicts


class ConflictFinder:
    """Finds conflicts between claims; holds its models, so that many calls load them once.

    Every stage can be replaced by an object with its method (see `contradict.protocols`); what is left out is the default,
    loaded at its first use.

    Args:
        segmenter: Reads claims; by default `SpacySegmenter`.
        embedder: An object with `encode`, or the name or folder of a sentence-transformers model.
        retriever: Chooses candidate pairs; by default `TopKRetriever`.
        classifier: An object with `classify`, or the name or folder of a three-way NLI model.
        decider: Weighs the signals; by default `ConflictDecider`.
        threshold: Score from which a conflict is reported; by default the decision model's own.
        top_k: Neighbours of each claim that are compared, for the default retriever.
        device: "cpu", "cuda" or another that torch knows; by default the GPU where there is one.
    """

    def __init__(
        self,
        *,
        segmenter: Segmenter | None = None,
        embedder: Embedder | str | Path | None = None,
        retriever: Retriever | None = None,
        classifier: Classifier | str | Path | None = None,
        decider: Decider | None = None,
        threshold: float | None = None,
        top_k: int | None = None,
        device: str | None = None,
    ) -> None:
        if threshold is not None and not 0 <= threshold <= 1:
            raise ValueError(f"threshold must lie between 0 and 1, not {threshold}")
        if top_k is not None and top_k < 1:
            raise ValueError(f"top_k must be at least 1, not {top_k}")
        self._segmenter, self._retriever, self._decider = segmenter, retriever, decider
        self._embedder, self._classifier = embedder, classifier
        self._threshold, self._top_k, self._device = threshold, top_k, device

    @property
    def segmenter(self) -> Segmenter:
        if self._segmenter is None:
            from contradict.segment import SpacySegmenter

            self._segmenter = SpacySegmenter()
        return self._segmenter

    @property
    def embedder(self) -> Embedder:
        if self._embedder is None or isinstance(self._embedder, (str, Path)):
            from contradict.encode import SentenceEmbedder

            self._embedder = SentenceEmbedder(self._embedder, device=self._device)
        return self._embedder

    @property
    def retriever(self) -> Retriever:
        if self._retriever is None:
            from contradict.retrieve import TopKRetriever

            self._retriever = TopKRetriever() if self._top_k is None else TopKRetriever(top_k=self._top_k)
        return self._retriever

    @property
    def classifier(self) -> Classifier:
        if self._classifier is None or isinstance(self._classifier, (str, Path)):
            from contradict.classify import NLIClassifier

            self._classifier = NLIClassifier(self._classifier, device=self._device)
        return self._classifier

    @property
    def decider(self) -> Decider:
        if self._decider is None:
            from contradict.decide import ConflictDecider

            self._decider = ConflictDecider()
        return self._decider

    @property
    def threshold(self) -> float:
        """The score from which a conflict is reported."""
        if self._threshold is not None:
            return self._threshold
        model = getattr(self.decider, "model", None)
        return float(getattr(model, "threshold", 0.5))

    def claims(self, docs: Any) -> list[Claim]:
        """What is read out of the articles: the first stage alone."""
        documents, _ = read_documents(docs)
        return self._segment(documents)

    def _segment(self, documents: Sequence[Document]) -> list[Claim]:
        order = sorted(documents, key=lambda d: (d.published.isoformat() if d.published else "", d.id))
        return list(self.segmenter.segment(order))

    def find(self, docs: Any) -> Conflicts:
        """Finds the conflicts in and between articles.

        Args:
            docs: Texts, `Document`s, mappings, DataFrame rows, `Path`s of files or folders, mixed.

        Raises:
            InputError: Nothing can be read from `docs`.
            ModelError: A model cannot be loaded.
        """
        documents, dropped = read_documents(docs)
        claims = self._segment(documents)
        embeddings = self.embedder.encode([c.proposition for c in claims])
        pairs = self.retriever.retrieve(claims, embeddings, documents)
        forward, backward = self.judge(claims, pairs)
        ranked = self.decider.decide(claims, pairs, forward, backward, documents)
        counts = {
            "documents": len(documents),
            "claims": len(claims),
            "pairs considered": len(claims) * (len(claims) - 1) // 2,
            "pairs scored": len(pairs),
        }
        reasons = {**pairs.dropped, "a holder commits to nothing": len(pairs) - len(ranked)}
        dropped |= {reason: n for reason, n in reasons.items() if n}
        models = {
            name: str(getattr(part, "name", type(part).__name__))
            for name, part in (("segmenter", self.segmenter), ("embedder", self.embedder), ("classifier", self.classifier))
        }
        return Conflicts(tuple(ranked), tuple(documents), self.threshold, counts, dropped, models)

    def judge(self, claims: Sequence[Claim], pairs: CandidatePairs) -> tuple[NLIScores, NLIScores]:
        """NLI scores of the pairs with the left claim as premise, and with the right one."""
        text = [c.proposition for c in claims]
        both = [(text[i], text[j]) for i, j in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)]
        # One call for both directions, so that the batches are filled together.
        scores = self.classifier.classify(both + [(b, a) for a, b in both])
        half = len(both)
        return _rows(scores, slice(None, half)), _rows(scores, slice(half, None))


def _rows(scores: NLIScores, cut: slice) -> NLIScores:
    return NLIScores(scores.entailment[cut], scores.neutral[cut], scores.contradiction[cut])


def find_conflicts(docs: Any, **options: Any) -> Conflicts:
    """Finds where articles disagree: who says what, against whom, how sure, and why.

    Args:
        docs: Texts, `Document`s, mappings, DataFrame rows, `Path`s of files or folders, mixed. A `str` is always a text.
        **options: As `ConflictFinder` takes them.

    Returns:
        The conflicts, the likeliest first. They are leads for a reader, not verdicts.
    """
    return ConflictFinder(**options).find(docs)
