"""What comes back: ranked conflicts with their documents, counts and models, and the exports."""

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np

from contradict.errors import ContradictWarning, MissingExtraError
from contradict.records import Claim, Conflict, Dispute, Document, Explanation, Kind, Review

if TYPE_CHECKING:
    import networkx
    import pandas
    from matplotlib.axes import Axes

    from contradict.explain import Passage, Trace

_STRANGERS = "reviews of conflicts that are not here"


def plain(value: Any) -> Any:
    """A record as JSON types: dates as text, sets sorted, numpy's numbers as Python's, infinite bounds and NaN as null."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(plain(v) for v in value)
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """A claim as JSON types, with its holder."""
    data = plain(claim)
    del data["lemmas"], data["names"]
    return {**data, "holder": claim.holder}


def document_to_dict(document: Document, text: bool) -> dict[str, Any]:
    """A document as JSON types without its metadata, and with its text if asked for."""
    data = plain(document)
    del data["metadata"]
    # No article with a claim in it is empty: a text that is not there was left out.
    if not text or not document.text:
        del data["text"]
    return dict(data)


def conflict_to_dict(conflict: Conflict) -> dict[str, Any]:
    """A conflict as JSON types."""
    data = plain(replace(conflict))
    data["left"], data["right"] = claim_to_dict(conflict.left), claim_to_dict(conflict.right)
    return {**data, "why": conflict.why}


class Searched:
    """What any results know of the documents that were searched."""

    __slots__ = ()
    documents: tuple[Document, ...]

    def document(self, name: str) -> Document:
        """The document with this id.

        Raises:
            KeyError: There is none.
        """
        for document in self.documents:
            if document.id == name:
                return document
        raise KeyError(name)

    def speaker(self, claim: Claim) -> str:
        """Who makes a claim, for a reader: its holder, or the outlet in its own voice."""
        return claim.holder or f"{self.document(claim.document_id).label} (own voice)"


@dataclass(frozen=True, slots=True, eq=False)
class Conflicts(Searched, Sequence[Conflict]):
    """Conflicts, the likeliest first, and how they were found.

    Attributes:
        reported: The conflicts at or above `threshold`.
        ranked: Every judged pair that can be a conflict at all, the reported ones included.
        counts: What each stage saw: documents, claims, pairs considered, pairs scored.
        dropped: What was left out, by reason.
        models: The names of the models, by stage.
        trace: What `explain` looks things up in.
        reviews: What readers made of the conflicts, by the conflict's id.
    """

    ranked: tuple[Conflict, ...]
    documents: tuple[Document, ...]
    threshold: float
    counts: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    trace: "Trace | None" = field(default=None, repr=False)
    reviews: Mapping[str, Review] = field(default_factory=dict)

    @property
    def reported(self) -> tuple[Conflict, ...]:
        return tuple(c for c in self.ranked if c.score >= self.threshold)

    def __len__(self) -> int:
        return len(self.reported)

    def __iter__(self) -> Iterator[Conflict]:
        return iter(self.reported)

    @overload
    def __getitem__(self, index: int) -> Conflict: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Conflict, ...]: ...
    def __getitem__(self, index: int | slice) -> Conflict | tuple[Conflict, ...]:
        return self.reported[index]

    def above(self, score: float) -> "Conflicts":
        """The same results with another threshold; nothing is computed again, and a lower score shows more."""
        return replace(self, threshold=score)

    def of_kind(self, *kinds: Kind | str) -> "Conflicts":
        """The same results, conflicts of these kinds only.

        Raises:
            ValueError: There is no such kind.
        """
        wanted = {Kind(kind) for kind in kinds}
        return replace(self, ranked=tuple(c for c in self.ranked if c.kind in wanted))

    def disputes(self) -> tuple[Dispute, ...]:
        """The reported conflicts joined by the question that they are about; see `contradict.group`."""
        from contradict.group import group

        claims = self.trace.claims if self.trace is not None else ()
        return group(self.reported, self.ranked, self.documents, claims)

    def explain(self, left: "Passage", right: "Passage") -> Explanation:
        """How far a pair of passages came, and why no further: dropped at which stage, or scored low for which reasons.

        Args:
            left: A `Claim`, (document id, start, end), or a text that occurs once in the documents.
            right: Likewise.

        Raises:
            InputError: A passage does not occur, or occurs more than once.
        """
        from contradict.explain import explain

        return explain(left, right, self.documents, self.ranked, self.threshold, self.trace)

    def with_reviews(self, reviews: str | Path | Iterable[Review]) -> "Conflicts":
        """The same results with what readers made of them, added to the reviews that are there; of one conflict the latest holds.

        Args:
            reviews: A file that the report's "Export reviews" wrote, or records. What belongs to no conflict here is left out,
                counted under `dropped`, and a warning says so.

        Raises:
            InputError: The file is not one of reviews.
        """
        from contradict.reviews import latest, read_reviews

        given = read_reviews(reviews) if isinstance(reviews, (str, Path)) else tuple(reviews)
        known = {c.id for c in self.ranked}
        strangers = sum(r.conflict not in known for r in given)
        dropped = dict(self.dropped)
        if strangers:
            dropped[_STRANGERS] = dropped.get(_STRANGERS, 0) + strangers
            message = f"left out: {_count(strangers, 'review')} of conflicts that are not here; were they made on other articles?"
            warnings.warn(message, ContradictWarning, stacklevel=2)
        kept = latest([*self.reviews.values(), *(r for r in given if r.conflict in known)])
        return replace(self, reviews=kept, dropped=dropped)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One JSON-ready mapping a conflict, with its review or None."""
        return [{**conflict_to_dict(c), "review": plain(self.reviews.get(c.id))} for c in self]

    def to_html(self, path: str | Path | None = None) -> str:
        """The report: one self-contained HTML page that needs no network; written to `path` where given.

        It shows the disputes with their passages side by side, who stands against whom, and a timeline, and keeps what a reader
        makes of each conflict for `with_reviews`.
        """
        from contradict.report import render

        page = render(self)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8", newline="\n")
        return page

    def to_json(self, path: str | Path | None = None, indent: int | None = 2, *, texts: bool = True, misses: bool = False) -> str:
        """The conflicts with documents, counts and models as JSON text that `from_json` reads back; written to `path` where given.

        The format is published in `contradict/schema/conflicts-1.json`. The documents' metadata is left out.

        Args:
            texts: With the documents' texts. Without them the file is small and holds only the claims in conflict, but what is
                read back from it has no passages around the claims.
            misses: With the pairs below the threshold too; otherwise they are counted under `dropped`.
        """
        from contradict.json_format import to_json

        return written(to_json(self, indent, texts, misses), path, "\n")

    @classmethod
    def from_json(cls, source: str | Path, documents: Iterable[Document] = ()) -> "Conflicts":
        """The results that `to_json` wrote.

        Args:
            source: The JSON itself, or the `Path` of a file of it.
            documents: The documents whose texts the JSON leaves out. Where a text is missing still, a warning says so: what
                needs no passage works, and the claims show without what stands around them.

        Raises:
            InputError: It cannot be read, is of another format or a newer version, or does not fit the given documents.
        """
        from contradict.json_format import from_json

        found, without = from_json(source, documents)
        if without:
            message = f"{_count(without, 'document')} without text: claims show without their passages; give from_json the documents"
            warnings.warn(message, ContradictWarning, stacklevel=2)
        return cls(**found)

    def to_csv(self, path: str | Path | None = None) -> str:
        """One row a conflict, as `to_pandas` has them; written to `path` where given, in UTF-8 with the mark that Excel looks for.

        A cell that a spreadsheet could take for a formula, or that begins with a tab or a line break, gets an apostrophe before it.
        """
        from contradict.exports import to_csv

        text = to_csv(self)
        written(f"\ufeff{text}", path)
        return text

    def to_annotations(self, path: str | Path | None = None, indent: int | None = 2) -> str:
        """The conflicts as W3C Web Annotations, JSON-LD: one for each side, with the same `conflict`; written to `path` where given.

        A target's source is the document's http(s) address, else a URN of its id. Each has the words with what stands around
        them (TextQuoteSelector), and the place in `Document.text` in code points (TextPositionSelector).
        """
        from contradict.exports import to_annotations

        return written(to_annotations(self, indent), path, "\n")

    def to_markdown(self, path: str | Path | None = None) -> str:
        """The conflicts as a list for a newsroom's ticket; written to `path` where given. What the articles say is escaped."""
        from contradict.exports import to_markdown

        return written(to_markdown(self), path)

    def to_networkx(self, nodes: Literal["claims", "speakers"] = "claims") -> "networkx.MultiGraph":
        """Who stands against whom, as a graph with an edge for each conflict, its id as key.

        Raises:
            MissingExtraError: networkx is not installed.
            ValueError: `nodes` is neither "claims" nor "speakers".
        """
        from contradict.exports import to_networkx

        return to_networkx(self, nodes)

    def to_pandas(self) -> "pandas.DataFrame":
        """One row a conflict.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtraError("to_pandas needs pandas: run `pip install contradict-news[pandas]`") from error
        from contradict.exports import COLUMNS, rows

        return pandas.DataFrame(rows(self), columns=list(COLUMNS))

    def summary(self) -> str:
        """What was searched, in one sentence."""
        c = self.counts
        return (
            f"{_count(len(self), 'conflict')} at score {self.threshold:.2f} or more, from {_count(c.get('documents', 0), 'document')}, "
            f"{_count(c.get('claims', 0), 'claim')}, {_count(c.get('pairs considered', 0), 'pair')} considered and "
            f"{c.get('pairs scored', 0):,} scored."
        )

    def __repr__(self) -> str:
        return f"<Conflicts: {self.summary()}>"

    def _repr_html_(self) -> str:
        from contradict.snippets import conflicts_html

        return conflicts_html(self)

    def plot_matrix(self, ax: "Axes | None" = None, limit: int = 20) -> "Axes":
        """Who stands against whom, and in how many conflicts: the `limit` speakers with the most; the title counts the rest.

        Raises:
            MissingExtraError: matplotlib is not installed.
        """
        from contradict.plots import plot_matrix

        return plot_matrix(self, ax, limit)

    def plot_timeline(self, ax: "Axes | None" = None, limit: int = 20) -> "Axes":
        """When the claims in conflict were published (marks) and of which time they speak (lines), a row a speaker.

        The `limit` speakers with the most claims; the title counts the rest, and the claims without any date.

        Raises:
            MissingExtraError: matplotlib is not installed.
        """
        from contradict.plots import plot_timeline

        return plot_timeline(self, ax, limit)

    def plot_scores(self, ax: "Axes | None" = None) -> "Axes":
        """How many judged pairs have which score, the near misses too, with the threshold.

        Raises:
            MissingExtraError: matplotlib is not installed.
        """
        from contradict.plots import plot_scores

        return plot_scores(self, ax)


def written(text: str, path: str | Path | None, end: str = "") -> str:
    """The text, which goes to a file with `end` after it where a path is given; line ends stay as they are."""
    if path is not None:
        Path(path).write_text(text + end, encoding="utf-8", newline="")
    return text


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
