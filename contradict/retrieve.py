"""Which pairs of claims are worth judging: each claim's nearest neighbours in other claims of the same event."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contradict.records import CandidatePairs, Claim, Document, Mood


def _wording(claim: Claim) -> list[str]:
    """The words and figures of a proposition, case and outer punctuation aside."""
    words = (word.strip(".,;:!?\"'()“”‘’") for word in claim.proposition.lower().split())
    return [word for word in words if word]


class TopKRetriever:
    """Exact nearest neighbours by cosine, streamed in blocks.

    A pair is kept when either claim is among the other's `top_k` nearest. Rank, not a fixed floor, is the gate: what counts as
    close differs from corpus to corpus.

    Args:
        top_k: Neighbours of each claim that are looked at.
        block_size: Rows of the similarity matrix held in memory at once; changes nothing in the result.
        within_documents: Compare claims of one document with each other too.
        same_document_discount: Taken off the cosine of claims of one document when neighbours are ranked: an article's sentences are
            close to each other for being about one thing, and would crowd out the other articles.
        copy_above: Claims more similar than this, of one wording and one polarity, are copies and not compared. A figure or a
            negation changes an embedding little, so similarity alone would drop the plainest conflicts.

    Raises:
        ValueError: `top_k` or `block_size` is below 1.
    """

    def __init__(
        self,
        top_k: int = 16,
        block_size: int = 2048,
        within_documents: bool = True,
        same_document_discount: float = 0.15,
        copy_above: float = 0.97,
    ) -> None:
        if top_k < 1 or block_size < 1:
            raise ValueError("top_k and block_size must be at least 1")
        self.top_k, self.block_size = top_k, block_size
        self.within_documents, self.copy_above = within_documents, copy_above
        self.same_document_discount = same_document_discount

    def retrieve(self, claims: Sequence[Claim], embeddings: NDArray[np.float32], documents: Sequence[Document]) -> CandidatePairs:
        """Candidate pairs in ascending (left, right) order; `dropped` says how many were not kept, and why."""
        n = len(claims)
        place = {name: k for k, name in enumerate(dict.fromkeys(c.document_id for c in claims))}
        document = np.array([place[c.document_id] for c in claims], dtype=np.int64)
        wordings: dict[tuple[object, ...], int] = {}
        wording = np.array([wordings.setdefault((c.polarity, *_wording(c)), len(wordings)) for c in claims], dtype=np.int64)
        usable = np.array([c.mood is not Mood.QUESTION and bool(c.proposition.strip()) for c in claims], dtype=bool)
        kept: list[NDArray[np.int64]] = []
        dropped = {"a question or empty": 0, "same document": 0, "near-copy": 0, "not among the nearest": 0}
        total = n * (n - 1) // 2
        for start in range(0, n, self.block_size):
            rows = np.arange(start, min(start + self.block_size, n))
            # Rounded, so that the last bits of a product, which differ with its shape, never decide a rank.
            cosine = np.round(embeddings[rows] @ embeddings.T, 5)
            upper = np.arange(n)[None, :] > rows[:, None]
            useless = ~(usable[rows][:, None] & usable[None, :])
            same = document[rows][:, None] == document[None, :]
            excluded = useless | (np.arange(n)[None, :] == rows[:, None])
            dropped["a question or empty"] += int((useless & upper).sum())
            if not self.within_documents:
                dropped["same document"] += int((same & ~useless & upper).sum())
                excluded |= same
            copies = (cosine > self.copy_above) & (wording[rows][:, None] == wording[None, :]) & ~excluded
            dropped["near-copy"] += int((copies & upper).sum())
            cosine -= np.float32(self.same_document_discount) * same
            cosine[excluded | copies] = -np.inf
            k = min(self.top_k, n - 1)
            if k < 1:
                continue
            # Ties are broken by index, so that neither block size nor thread count decides what is kept.
            nearest = np.argsort(-cosine, axis=1, kind="stable")[:, :k]
            left = np.repeat(rows, k)
            right = nearest.ravel()
            real = np.isfinite(cosine[np.repeat(np.arange(len(rows)), k), right])
            kept.append(np.stack([np.minimum(left, right), np.maximum(left, right)], axis=1)[real])
        pairs = np.unique(np.concatenate(kept), axis=0) if kept else np.zeros((0, 2), dtype=np.int64)
        similarity = np.einsum("ij,ij->i", embeddings[pairs[:, 0]], embeddings[pairs[:, 1]])
        dropped["not among the nearest"] = total - len(pairs) - sum(dropped.values())
        return CandidatePairs(pairs[:, 0], pairs[:, 1], similarity.astype(np.float32), dropped)
