"""Which articles may tell of one event: only their claims are compared.

A corpus of many events holds mostly pairs of articles that have nothing to do with each other, and their claims can only be
mistaken for conflicts. What is asked here is a relation, not a partition: an article that tells of two events meets both, and no chain
of articles can join a whole corpus into one event.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contradict.protocols import Embedder
from contradict.records import Claim, Document

# Capitalised inside a sentence, so that no word is a name for beginning one.
_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][\w-]{2,}")
_WORD = re.compile(r"\b[^\W\d_A-Z][\w-]*")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december".split()
)
_LEAD = 600  # characters; a news story says what it is about in its first paragraphs


def lead(document: Document) -> str:
    """Title and first paragraphs: what an article is about."""
    return f"{document.title or ''}\n{document.text[:_LEAD]}".strip()


def names(document: Document) -> frozenset[str]:
    """Names in an article, lower-case: what is capitalised inside a sentence and never written small, days and months aside."""
    small = set(_WORD.findall(document.text))
    return frozenset(name.lower() for name in _NAME.findall(document.text)) - small - _CALENDAR


class EventBlocker:
    """Tells which articles may be of one event, by subject, shared names and time.

    Two articles are as close as the mean of two cosines (title and lead; mean of the claims' embeddings), plus the cosine of their
    names weighted by rarity (tf-idf without frequency), less a little for the days between them. They meet where that
    reaches `link`; or where both are among the `nearest` of one third article, or it among theirs, at `step` or more: reports of
    one event from far sides (a communiqué, a survivor) are often close only to the report that tells of both. Representations
    of time, names and text are combined as in work on news streams (Saravanakumar et al., 2021, "Event-driven news stream
    clustering using entity-aware contextual embeddings"), but recall comes first, and nothing is clustered.

    Args:
        link: Closeness from which two articles meet.
        step: Closeness from which each of two articles counts as near a third.
        nearest: How many of an article's nearest count as near it.
        gap_weight: Taken off for each e-fold of days between two articles: three weeks cost 0.09, a year 0.18. An article
            without a date counts as two weeks from any other.
        smallest: Fewer articles than this are not parted: somebody has chosen them to be compared.
        block_size: Rows of the matrix of closeness held in memory at once; changes nothing in the result.

    Raises:
        ValueError: `nearest` or `block_size` is below 1.
    """

    name = "events"

    def __init__(
        self,
        link: float = 0.43,
        step: float = 0.37,
        nearest: int = 4,
        gap_weight: float = 0.03,
        smallest: int = 8,
        block_size: int = 1024,
    ) -> None:
        if nearest < 1 or block_size < 1:
            raise ValueError("nearest and block_size must be at least 1")
        self.link, self.step, self.nearest = link, step, nearest
        self.gap_weight, self.smallest, self.block_size = gap_weight, smallest, block_size

    def block(
        self, documents: Sequence[Document], claims: Sequence[Claim], embeddings: NDArray[np.float32], embedder: Embedder
    ) -> tuple[NDArray[np.int64], ...]:
        """For each document, ascending indices of those that may be of one event with it, itself included.

        Args:
            embeddings: Of the claims' propositions, shape (len(claims), dimensions).
            embedder: What made them; encodes the leads.
        """
        n = len(documents)
        if n < self.smallest:
            return (np.arange(n, dtype=np.int64),) * n
        from scipy.sparse import coo_array, eye_array

        # In the order of their ids, so that a tie is never broken by the order of the input.
        order = sorted(range(n), key=lambda k: documents[k].id)
        ordered = [documents[k] for k in order]
        leads = embedder.encode([lead(d) for d in ordered])
        means = _means(ordered, claims, embeddings)
        named = _named(ordered)
        day = np.array([d.published.toordinal() if d.published else -1 for d in ordered], dtype=np.int64)
        direct: list[NDArray[np.int64]] = []
        near: list[NDArray[np.int64]] = []
        for start in range(0, n, self.block_size):
            rows = np.arange(start, min(start + self.block_size, n))
            gap = np.abs(day[rows][:, None] - day[None, :])
            gap[(day[rows] < 0)[:, None] | (day < 0)[None, :]] = 14
            close = (leads[rows] @ leads.T + means[rows] @ means.T) / 2 + (named[rows] @ named.T).toarray()
            close = np.round(close - self.gap_weight * np.log1p(gap), 5)
            close[np.arange(len(rows)), rows] = -np.inf
            found = np.argwhere(close >= self.link)
            direct.append(np.stack([rows[found[:, 0]], found[:, 1]], axis=1))
            best = np.argsort(-close, axis=1, kind="stable")[:, : self.nearest]
            pairs = np.stack([np.repeat(rows, best.shape[1]), best.ravel()], axis=1)
            near.append(pairs[np.take_along_axis(close, best, axis=1).ravel() >= self.step])

        def relation(pairs: NDArray[np.int64]) -> Any:
            ones = np.ones(len(pairs), dtype=np.int64)
            made = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(n, n)).tocsr()
            return made + made.T + eye_array(n, dtype=np.int64, format="csr")

        steps = relation(np.concatenate(near))
        meets = (relation(np.concatenate(direct)) + steps @ steps).tocsr()
        place = np.array(order, dtype=np.int64)
        events: list[NDArray[np.int64]] = [place[:0]] * n
        for k in range(n):
            events[order[k]] = np.sort(place[meets.indices[meets.indptr[k] : meets.indptr[k + 1]]])
        return tuple(events)


def _means(documents: Sequence[Document], claims: Sequence[Claim], embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of each document's claims, unit length; zero where it has none."""
    place = {d.id: k for k, d in enumerate(documents)}
    total = np.zeros((len(documents), embeddings.shape[1]), dtype=np.float64)
    np.add.at(total, [place[c.document_id] for c in claims], embeddings)
    return np.asarray(total / np.linalg.norm(total, axis=1, keepdims=True).clip(1e-9), dtype=np.float32)


def _named(documents: Sequence[Document]) -> Any:
    """Names by documents, weighted by rarity, rows of unit length: a sparse array."""
    from scipy.sparse import csr_array

    found = [sorted(names(d)) for d in documents]
    column = {name: k for k, name in enumerate(sorted({name for row in found for name in row}))}
    rows = np.repeat(np.arange(len(found)), [len(row) for row in found])
    columns = np.array([column[name] for row in found for name in row], dtype=np.int64)
    weight = np.log1p(len(documents) / np.bincount(columns, minlength=len(column)).clip(1))
    length = np.sqrt(np.bincount(rows, weights=weight[columns] ** 2, minlength=len(found))).clip(1e-9)
    return csr_array((weight[columns] / length[rows], (rows, columns)), shape=(len(found), max(1, len(column))))
