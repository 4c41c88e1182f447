"""The facade: articles in, ranked conflicts out. The only module that knows every stage."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from contradict.check import ClaimCheck
from contradict.documents import is_english, read_documents
from contradict.errors import InputError
from contradict.explain import Trace
from contradict.protocols import Blocker, Classifier, Decider, Embedder, Retriever, Screen, Segmenter
from contradict.records import CandidatePairs, Claim, Document, Mood, NLIScores, Polarity, Scope, stable_id
from contradict.results import Conflicts

_SECOND_LOOK = 0.2  # contradiction from which a pair is judged in its own words too: a third of the pairs, for the same gain as all
_CHECKED = 64  # neighbours of one claim under check: few, beside a whole corpus, and it is all that is asked


class ConflictFinder:
    """Finds conflicts between claims; holds its models, so that many calls load them once.

    Every stage can be replaced by an object with its method (see `contradict.protocols`); what is left out is the default,
    loaded at its first use.

    Args:
        segmenter: Reads claims; by default `SpacySegmenter`.
        embedder: An object with `encode`, or the name or folder of a sentence-transformers model; by default `QuestionEmbedder`.
        blocker: Tells which documents may be of one event; by default `EventBlocker`. False compares all documents.
        retriever: Chooses candidate pairs; by default `TopKRetriever`.
        screen: Spares the judge unlikely pairs; by default `SignalScreen` with the default embedder, whose similarities it knows, and
            none with another. False judges all that the retriever chooses.
        classifier: An object with `classify`, or the name or folder of a three-way NLI model.
        decider: Weighs the signals; by default `ConflictDecider`.
        threshold: Score from which a conflict is reported; by default the decision model's own.
        top_k: Neighbours of each claim that are compared, for the default retriever.
        within_documents: Compare the claims of one document with each other too.
        device: "cpu", "cuda" or another that torch knows; by default the GPU where there is one.
    """

    def __init__(
        self,
        *,
        segmenter: Segmenter | None = None,
        embedder: Embedder | str | Path | None = None,
        blocker: Blocker | Literal[False] | None = None,
        retriever: Retriever | None = None,
        screen: Screen | Literal[False] | None = None,
        classifier: Classifier | str | Path | None = None,
        decider: Decider | None = None,
        threshold: float | None = None,
        top_k: int | None = None,
        within_documents: bool = True,
        device: str | None = None,
    ) -> None:
        if threshold is not None and not 0 <= threshold <= 1:
            raise ValueError(f"threshold must lie between 0 and 1, not {threshold}")
        if top_k is not None and top_k < 1:
            raise ValueError(f"top_k must be at least 1, not {top_k}")
        self._segmenter, self._retriever, self._decider = segmenter, retriever, decider
        self._embedder, self._classifier = embedder, classifier
        self._screen: Screen | Literal[False] | None = False if screen is None and embedder is not None else screen
        self._checker = retriever
        self._threshold, self._top_k, self._device = threshold, top_k, device
        self._blocker, self._within_documents = blocker, within_documents

    @property
    def segmenter(self) -> Segmenter:
        if self._segmenter is None:
            from contradict.segment import SpacySegmenter

            self._segmenter = SpacySegmenter()
        return self._segmenter

    @property
    def embedder(self) -> Embedder:
        if self._embedder is None:
            from contradict.questions import QuestionEmbedder

            self._embedder = QuestionEmbedder(self._device)
        if isinstance(self._embedder, (str, Path)):
            from contradict.encode import SentenceEmbedder

            self._embedder = SentenceEmbedder(self._embedder, device=self._device)
        return self._embedder

    @property
    def blocker(self) -> Blocker | None:
        """None where all documents are compared."""
        if self._blocker is None:
            from contradict.events import EventBlocker

            self._blocker = EventBlocker()
        return self._blocker or None

    @property
    def retriever(self) -> Retriever:
        if self._retriever is None:
            from contradict.retrieve import TopKRetriever

            self._retriever = TopKRetriever() if self._top_k is None else TopKRetriever(top_k=self._top_k)
        return self._retriever

    @property
    def screen(self) -> Screen | None:
        """None where every chosen pair is judged."""
        if self._screen is None:
            from contradict.screen import SignalScreen

            self._screen = SignalScreen()
        return self._screen or None

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

    def find(self, docs: Any, against: Any = None, *, among_new: bool = False) -> Conflicts:
        """Finds the conflicts in and between articles, or of new articles with a reference.

        Args:
            docs: Texts, `Document`s, mappings, DataFrame rows, `Path`s of files or folders, mixed.
            against: A reference in the same forms: `docs` are compared with it, and not the reference with itself. A document of
                `docs` that is in the reference already is left out. A reference document whose id is that of another new one
                gets "(reference)" after its id.
            among_new: With a reference: compare `docs` among themselves too.

        Raises:
            InputError: Nothing can be read from `docs`, or no article from `against`.
            ModelError: A model cannot be loaded.
        """
        documents, dropped = read_documents(docs)
        if against is None:
            return self._compare(documents, dropped, Scope((), within_documents=self._within_documents), self.retriever)
        reference, more = read_documents(against)
        if not reference:
            raise InputError("the reference holds no article that can be read")
        text = {d.id: " ".join(d.text.split()) for d in documents}
        reference = [
            replace(d, id=f"{d.id} (reference)") if text.get(d.id, "") not in ("", " ".join(d.text.split())) else d for d in reference
        ]
        together, twice = read_documents([*reference, *documents])
        for reason, count in (*more.items(), *twice.items()):
            dropped[reason] = dropped.get(reason, 0) + count
        known = frozenset(d.id for d in reference)
        scope = Scope((), reference=known, among_new=among_new, within_documents=self._within_documents)
        return self._compare(together, dropped, scope, self.retriever)

    def check(self, claim: str, docs: Any) -> ClaimCheck:
        """What in some articles contradicts or supports one claim.

        Args:
            claim: A statement in English, with or without its source ("Moscow denies that ...").
            docs: As `find` takes them.

        Raises:
            InputError: Nothing can be read from `docs`, or the claim is no statement.
            ModelError: A model cannot be loaded.
        """
        if not any(map(str.isalpha, claim)) or not is_english(claim):
            raise InputError(f"{claim!r} is no claim that can be checked: give a statement in English")
        documents, dropped = read_documents(docs)
        if not documents:
            raise InputError("no article to check the claim against")
        asked = Document(f"claim-{stable_id(claim)}", claim, outlet="the claim")
        read = self._segment([asked])
        if not any(c.mood is not Mood.QUESTION for c in read):
            raise InputError(f"{claim!r} states nothing that can be checked: give a full sentence, not a question")
        if self._checker is None:
            from contradict.retrieve import TopKRetriever

            # Whoever says the same in the same words supports the claim: copies are compared here.
            self._checker = TopKRetriever(top_k=self._top_k or _CHECKED, copy_above=2.0)
        scope = Scope((), reference=frozenset(d.id for d in documents), within_documents=False)
        found = self._compare([asked, *documents], dropped, scope, self._checker, narrow=False)
        return ClaimCheck.of(found, asked, tuple(read))

    def _compare(
        self, documents: Sequence[Document], dropped: dict[str, int], scope: Scope, retriever: Retriever, narrow: bool = True
    ) -> Conflicts:
        """From documents to results; the scope comes without documents and events. Unless narrowed, all events and pairs are compared."""
        claims = self._segment(documents)
        propositions = [c.proposition for c in claims]
        embeddings, events = self.embedder.encode(propositions), None
        blocker, screen = (self.blocker, self.screen) if narrow else (None, None)
        if blocker is not None and documents:
            # Of one event is what is alike in subject, not what answers one question: told by the encoder as it was.
            general = getattr(self.embedder, "general", None)
            subjects = embeddings if general is None else general.encode(propositions)
            events = blocker.block(documents, claims, subjects, general or self.embedder)
        scope = replace(scope, documents=tuple(d.id for d in documents), events=events)
        chosen = retriever.retrieve(claims, embeddings, documents, scope)
        pairs = chosen if screen is None else screen.keep(claims, chosen, documents)
        forward, backward = self.judge(claims, pairs)
        ranked = self.decider.decide(claims, pairs, forward, backward, documents)
        counts = {
            "documents": len(documents),
            "claims": len(claims),
            "pairs considered": len(claims) * (len(claims) - 1) // 2,
            "pairs scored": len(pairs),
        }
        silent = "a holder commits to nothing"
        reasons = {**pairs.dropped, silent: pairs.dropped.get(silent, 0) + len(pairs) - len(ranked)}
        dropped |= {reason: n for reason, n in reasons.items() if n}
        models = {
            name: str(getattr(part, "name", type(part).__name__))
            for name, part in (("segmenter", self.segmenter), ("embedder", self.embedder), ("classifier", self.classifier))
        }
        screened = np.setdiff1d(_codes(chosen, len(claims)), _codes(pairs, len(claims)), assume_unique=True)
        trace = Trace(tuple(claims), embeddings, scope, retriever, screened)
        return Conflicts(tuple(ranked), tuple(documents), self.threshold, counts, dropped, models, trace)

    def judge(self, claims: Sequence[Claim], pairs: CandidatePairs) -> tuple[NLIScores, NLIScores]:
        """NLI scores of the pairs with the left claim as premise, and with the right one.

        The models read the propositions. Where two asserted claims seem to contradict each other, the words as they stand in the
        articles are judged too, and the mean of both looks counts: a real conflict survives another wording, an accident does not.
        """
        ends = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
        forward, backward = self._both_ways([(claims[i].proposition, claims[j].proposition) for i, j in ends])
        seen = np.maximum(forward.contradiction, backward.contradiction) >= _SECOND_LOOK
        asserted = np.array([claims[i].polarity is claims[j].polarity is Polarity.ASSERTED for i, j in ends], dtype=bool)
        again = np.flatnonzero(seen & asserted)
        if len(again):
            second = self._both_ways([(claims[ends[k][0]].text, claims[ends[k][1]].text) for k in again])
            forward, backward = _averaged(forward, second[0], again), _averaged(backward, second[1], again)
        return forward, backward

    def _both_ways(self, pairs: list[tuple[str, str]]) -> tuple[NLIScores, NLIScores]:
        # One call for both directions, so that the batches are filled together.
        scores = self.classifier.classify(pairs + [(b, a) for a, b in pairs])
        columns = (scores.entailment, scores.neutral, scores.contradiction)
        half = len(pairs)
        return NLIScores(*(c[:half] for c in columns)), NLIScores(*(c[half:] for c in columns))


def _codes(pairs: CandidatePairs, n: int) -> NDArray[np.int64]:
    """Each pair as one number."""
    return pairs.left * n + pairs.right


def _averaged(first: NLIScores, second: NLIScores, at: NDArray[np.int64]) -> NLIScores:
    """The first scores, those in the rows `at` averaged with the second."""
    columns = []
    for name in ("entailment", "neutral", "contradiction"):
        column = np.array(getattr(first, name), dtype=np.float32)
        column[at] = 0.5 * (column[at] + getattr(second, name))
        columns.append(column)
    return NLIScores(*columns)


def find_conflicts(docs: Any, *, against: Any = None, among_new: bool = False, **options: Any) -> Conflicts:
    """Finds where articles disagree: who says what, against whom, how sure, and why.

    Args:
        docs: Texts, `Document`s, mappings, DataFrame rows, `Path`s of files or folders, mixed. A `str` is always a text.
        against: A reference in the same forms: `docs` are compared with it only, and it not with itself.
        among_new: With a reference: compare `docs` among themselves too.
        **options: As `ConflictFinder` takes them.

    Returns:
        The conflicts, the likeliest first. They are leads for a reader, not verdicts.
    """
    return ConflictFinder(**options).find(docs, against, among_new=among_new)


def check_claim(claim: str, docs: Any, **options: Any) -> ClaimCheck:
    """Finds what in some articles contradicts or supports one claim.

    Args:
        claim: A statement in English, with or without its source.
        docs: As `find_conflicts` takes them.
        **options: As `ConflictFinder` takes them.
    """
    return ConflictFinder(**options).check(claim, docs)
