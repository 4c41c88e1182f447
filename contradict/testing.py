"""Deterministic stand-ins for the model stages: for tests and for trying out a pipeline without models."""

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from contradict.records import Claim, Document, NLIScores, stable_id

_WORD = re.compile(r"\w+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


class FakeSegmenter:
    """One claim a sentence, in the article's own voice."""

    name = "fake"

    def segment(self, documents: Sequence[Document]) -> list[Claim]:
        claims = []
        for document in documents:
            for match in re.finditer(r"[^.!?\s][^.!?]*", document.text):
                start, end = match.start(), match.start() + len(match.group().rstrip())
                text = document.text[start:end]
                lemmas = frozenset(_words(text))
                claims.append(Claim(stable_id(document.id, start, end), document.id, start, end, text, text, lemmas=lemmas))
        return claims


class FakeEmbedder:
    """Hashed bags of words: texts that share words are close."""

    name = "fake"

    def __init__(self, dimensions: int = 64) -> None:
        self.dimensions = dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _words(text) or [""]:
                digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=4).digest()
                vectors[row, int.from_bytes(digest, "big") % self.dimensions] += 1.0
        length = np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
        return np.asarray(vectors / length, dtype=np.float32)


class FakeClassifier:
    """Same words entail; same words but for a negation contradict; the rest is neutral."""

    name = "fake"
    negations = frozenset({"not", "never", "no"})

    def classify(self, pairs: Sequence[tuple[str, str]]) -> NLIScores:
        rows = []
        for premise, hypothesis in pairs:
            a, b = set(_words(premise)), set(_words(hypothesis))
            shared = len((a & b) - self.negations) / max(1, len((a | b) - self.negations))
            opposed = bool(a & self.negations) != bool(b & self.negations)
            rows.append((0.0 if opposed else shared, 1.0 - shared, shared if opposed else 0.0))
        table = np.array(rows, dtype=np.float32).reshape(-1, 3)
        return NLIScores(table[:, 0], table[:, 1], table[:, 2])
