"""Which pairs of claims are worth judging: each claim's nearest neighbours among those it may be compared with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contradict.records import CandidatePairs, Claim, Document, Gate, Mood, Scope

Indices = NDArray[np.int64]


def _wording(claim: Claim) -> list[str]:
    """The words and figures of a proposition, case and outer punctuation aside."""
    words = (word.strip(".,;:!?\"'()“”‘’") for word in claim.proposition.lower().split())
    return [word for word in words if word]


class TopKRetriever:
    """Exact nearest neighbours by cosine, streamed in blocks.

    A pair is kept when either claim is among the other's `top_k` nearest of those that the scope lets it meet. Rank, not a fixed floor,
    is the gate: what counts as close differs from corpus to corpus. Against a reference only the new claims choose, among twice as
    many: a reference claim's nearest among a few new ones are near by default.

    Args:
        top_k: Neighbours of each claim that are looked at.
        block_size: Rows of the similarity matrix held in memory at once; changes nothing in the result.
        same_document_discount: Taken off the cosine of claims of one document when neighbours are ranked: an article's sentences are
            close to each other for being about one thing, and would crowd out the other articles.
        copy_above: Claims more similar than this, of one wording and one polarity, are copies and not compared. A figure or a
            negation changes an embedding little, so similarity alone would drop the plainest conflicts. Above 1, copies are
            compared too.

    Raises:
        ValueError: `top_k` or `block_size` is below 1.
    """

    def __init__(self, top_k: int = 32, block_size: int = 2048, same_document_discount: float = 0.15, copy_above: float = 0.97) -> None:
        if top_k < 1 or block_size < 1:
            raise ValueError("top_k and block_size must be at least 1")
        self.top_k, self.block_size, self.copy_above = top_k, block_size, copy_above
        self.same_document_discount = same_document_discount

    def retrieve(
        self,
        claims: Sequence[Claim],
        embeddings: NDArray[np.float32],
        documents: Sequence[Document],
        scope: Scope | None = None,
    ) -> CandidatePairs:
        """Candidate pairs in ascending (left, right) order; `dropped` says how many were not kept, and why."""
        table = _Table.of(claims, scope)
        top_k = self._top_k(table.scope)
        kept = [np.zeros((0, 2), dtype=np.int64)]
        copies = 0
        for rows, columns in table.blocks(self.block_size):
            cosine, copied = self._closeness(rows, columns, table, embeddings)
            # A pair of which both ends choose is met twice, from either end.
            copies += int((copied & ((columns[None, :] > rows[:, None]) | table.old[columns][None, :])).sum())
            # Ties are broken by index, so that neither block size nor thread count decides what is kept.
            nearest = np.argsort(-cosine, axis=1, kind="stable")[:, :top_k]
            real = np.isfinite(np.take_along_axis(cosine, nearest, axis=1)).ravel()
            left, right = np.repeat(rows, nearest.shape[1])[real], columns[nearest.ravel()[real]]
            kept.append(np.stack([np.minimum(left, right), np.maximum(left, right)], axis=1))
        pairs = np.unique(np.concatenate(kept), axis=0)
        similarity = np.einsum("ij,ij->i", embeddings[pairs[:, 0]], embeddings[pairs[:, 1]])
        dropped = table.barred()
        dropped["near-copy"] = copies
        dropped["not among the nearest"] = len(claims) * (len(claims) - 1) // 2 - len(pairs) - sum(dropped.values())
        return CandidatePairs(pairs[:, 0], pairs[:, 1], similarity.astype(np.float32), dropped)

    def gate(self, i: int, j: int, claims: Sequence[Claim], embeddings: NDArray[np.float32], scope: Scope | None = None) -> Gate:
        """Whether claims `i` and `j`, which the scope lets meet, were kept; where not, why."""
        table = _Table.of(claims, scope)
        top_k = self._top_k(table.scope)
        similarity = float(embeddings[i] @ embeddings[j])
        if not (table.usable[i] and table.usable[j]):
            return Gate("a question or empty", similarity, (None, None), top_k)
        ranks: list[int | None] = []
        for one, other in ((i, j), (j, i)):
            columns = table.columns(one)
            at = np.flatnonzero(columns == other)
            if not len(at):
                ranks.append(None)  # a claim of the reference does not choose
                continue
            cosine, copied = self._closeness(np.array([one]), columns, table, embeddings)
            if copied[0, at[0]]:
                return Gate("near-copy", similarity, (None, None), top_k)
            own = cosine[0, at[0]]
            ranks.append(1 + int((cosine[0] > own).sum() + (cosine[0, : at[0]] == own).sum()))
        near = any(rank is not None and rank <= top_k for rank in ranks)
        # Rank of the left among the right's neighbours comes second.
        return Gate(None if near else "not among the nearest", similarity, (ranks[0], ranks[1]), top_k)

    def _top_k(self, scope: Scope) -> int:
        return 2 * self.top_k if scope.reference else self.top_k

    def _closeness(
        self, rows: Indices, columns: Indices, table: "_Table", embeddings: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """By what neighbours are ranked, minus infinity where a pair is not compared; and which pairs are copies."""
        # Rounded, so that the last bits of a product, which differ with its shape, never decide a rank.
        cosine = np.round(embeddings[rows] @ embeddings[columns].T, 5)
        same = table.document[rows][:, None] == table.document[columns][None, :]
        excluded = ~(table.usable[rows][:, None] & table.usable[columns][None, :])
        excluded |= columns[None, :] == rows[:, None]
        if not table.scope.within_documents:
            excluded |= same
        copied = (cosine > self.copy_above) & (table.wording[rows][:, None] == table.wording[columns][None, :]) & ~excluded
        cosine -= np.float32(self.same_document_discount) * same
        cosine[excluded | copied] = -np.inf
        return cosine, copied


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """What is looked up for each claim, as arrays: its document (an index), its wording, whether it is compared at all, and
    whether it belongs to the reference."""

    scope: Scope
    document: Indices
    wording: Indices
    usable: NDArray[np.bool_]
    old: NDArray[np.bool_]

    @classmethod
    def of(cls, claims: Sequence[Claim], scope: Scope | None) -> "_Table":
        scope = scope or Scope(tuple(dict.fromkeys(c.document_id for c in claims)))
        place = {name: k for k, name in enumerate(scope.documents)}
        wordings: dict[tuple[object, ...], int] = {}
        return cls(
            scope,
            np.array([place[c.document_id] for c in claims], dtype=np.int64),
            np.array([wordings.setdefault((c.polarity, *_wording(c)), len(wordings)) for c in claims], dtype=np.int64),
            np.array([c.mood is not Mood.QUESTION and bool(c.proposition.strip()) for c in claims], dtype=bool),
            np.array([c.document_id in scope.reference for c in claims], dtype=bool),
        )

    def _partners(self, document: int) -> Indices:
        """Documents whose claims those of `document` choose their neighbours from; none for a document of the reference."""
        scope = self.scope
        everything = np.arange(len(scope.documents)) if scope.events is None else scope.events[document]
        if not scope.reference:
            return everything
        if scope.documents[document] in scope.reference:
            return everything[:0]
        return everything if scope.among_new else everything[[scope.documents[k] in scope.reference for k in everything.tolist()]]

    def columns(self, claim: int) -> Indices:
        """Claims that a claim chooses its neighbours from."""
        return np.flatnonzero(np.isin(self.document, self._partners(int(self.document[claim]))))

    def blocks(self, size: int) -> Iterator[tuple[Indices, Indices]]:
        """Claims and those they choose from, block by block; documents that choose from the same ones share a block."""
        by_document = _places(self.document, len(self.scope.documents))
        groups: dict[bytes, tuple[Indices, list[int]]] = {}
        for document in range(len(by_document)):
            partners = self._partners(document)
            if len(partners):
                groups.setdefault(partners.tobytes(), (partners, []))[1].append(document)
        for partners, members in groups.values():
            columns = np.sort(np.concatenate([by_document[k] for k in partners.tolist()]))
            rows = np.sort(np.concatenate([by_document[k] for k in members]))
            for start in range(0, len(rows), size):
                yield rows[start : start + size], columns

    def barred(self) -> dict[str, int]:
        """How many pairs the scope keeps apart, by reason, and how many of the rest have a side that is never compared."""
        scope, n = self.scope, len(self.scope.documents)
        old = np.array([name in scope.reference for name in scope.documents], dtype=bool)
        sizes = np.bincount(self.document, minlength=n)

        def inside(sizes: Indices) -> int:
            return int((sizes * (sizes - 1) // 2).sum())

        def across(sizes: Indices) -> int:
            return int((sizes.sum() ** 2 - (sizes**2).sum()) // 2)

        def allowed(sizes: Indices) -> int:
            """Pairs that the scope lets meet."""
            new, reference = sizes * ~old, sizes * old
            free = scope.among_new or not scope.reference
            total = inside(new) if free and scope.within_documents else 0
            if scope.events is None:
                return total + (across(new) if free else 0) + int(new.sum() * reference.sum())
            for k, event in enumerate(scope.events):
                total += int(new[k] * reference[event].sum())
            twice = sum(int(new[k] * (new[event].sum() - new[k])) for k, event in enumerate(scope.events)) if free else 0
            return total + twice // 2

        new, reference = sizes * ~old, sizes * old
        dropped = {}
        if not scope.within_documents:
            dropped["same document"] = inside(sizes)
        if scope.reference:
            dropped["both in the reference"] = across(reference) + (inside(reference) if scope.within_documents else 0)
            if not scope.among_new:
                dropped["both new"] = across(new) + (inside(new) if scope.within_documents else 0)
        met, usable = allowed(sizes), allowed(np.bincount(self.document[self.usable], minlength=n))
        if scope.events is not None:
            total = len(self.document) * (len(self.document) - 1) // 2
            dropped["another event"] = total - sum(dropped.values()) - met
        dropped["a question or empty"] = met - usable
        return dropped


def _places(values: Indices, n: int) -> list[Indices]:
    """For each of the values 0 to n - 1, where it stands."""
    order = np.argsort(values, kind="stable")
    return np.split(order, np.searchsorted(values[order], np.arange(1, n)))[:n]
