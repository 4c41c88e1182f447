"""What each stage must be able to do. Any object with the method fits; nothing needs to be inherited."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from contradict.records import CandidatePairs, Claim, Conflict, Document, NLIScores, Scope


@runtime_checkable
class Segmenter(Protocol):
    """Documents to claims, in the order of the documents and of their text."""

    def segment(self, documents: Sequence[Document]) -> list[Claim]: ...


@runtime_checkable
class Embedder(Protocol):
    """Texts to vectors: float32, shape (len(texts), dimensions), unit length."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@runtime_checkable
class Blocker(Protocol):
    """Documents to events: for each, the ascending indices of those that its claims may be compared with, itself included.

    `embeddings` are the claims'. The relation is symmetric and does not depend on the order of the documents.
    """

    def block(
        self, documents: Sequence[Document], claims: Sequence[Claim], embeddings: NDArray[np.float32], embedder: Embedder
    ) -> tuple[NDArray[np.int64], ...]: ...


@runtime_checkable
class Retriever(Protocol):
    """Claims and their embeddings to candidate pairs, each once, left < right, none of them outside the scope.

    Where it also has `gate(i, j, claims, embeddings, scope)`, `Conflicts.explain` can tell why a pair was not kept.
    """

    def retrieve(
        self,
        claims: Sequence[Claim],
        embeddings: NDArray[np.float32],
        documents: Sequence[Document],
        scope: Scope | None = None,
    ) -> CandidatePairs: ...


@runtime_checkable
class Screen(Protocol):
    """Candidate pairs to those worth judging, in the same order; what it drops is counted in `dropped`."""

    def keep(self, claims: Sequence[Claim], pairs: CandidatePairs, documents: Sequence[Document]) -> CandidatePairs: ...


@runtime_checkable
class Classifier(Protocol):
    """(premise, hypothesis) pairs to NLI probabilities; a pair's scores do not depend on its neighbours."""

    def classify(self, pairs: Sequence[tuple[str, str]]) -> NLIScores: ...


@runtime_checkable
class Decider(Protocol):
    """Scored pairs to conflicts, best first: one for every candidate pair that can be one at all."""

    def decide(
        self,
        claims: Sequence[Claim],
        pairs: CandidatePairs,
        forward: NLIScores,
        backward: NLIScores,
        documents: Sequence[Document],
    ) -> list[Conflict]: ...
