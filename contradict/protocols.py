"""What each stage must be able to do. Any object with the method fits; nothing needs to be inherited."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from contradict.records import CandidatePairs, Claim, Conflict, Document, NLIScores


@runtime_checkable
class Segmenter(Protocol):
    """Documents to claims, in the order of the documents and of their text."""

    def segment(self, documents: Sequence[Document]) -> list[Claim]: ...


@runtime_checkable
class Embedder(Protocol):
    """Texts to vectors: float32, shape (len(texts), dimensions), unit length."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@runtime_checkable
class Retriever(Protocol):
    """Claims and their embeddings to candidate pairs, each once, left < right."""

    def retrieve(self, claims: Sequence[Claim], embeddings: NDArray[np.float32], documents: Sequence[Document]) -> CandidatePairs: ...


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
