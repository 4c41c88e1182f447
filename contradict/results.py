"""What comes back: ranked conflicts with their documents, counts and models, and the exports."""

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from html import escape
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from contradict.errors import ContradictWarning, MissingExtraError
from contradict.records import Claim, Conflict, Dispute, Document, Kind, Review, Side, stable_id

if TYPE_CHECKING:
    import pandas

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


def conflict_to_dict(conflict: Conflict) -> dict[str, Any]:
    """A conflict as JSON types."""
    data = plain(replace(conflict))
    data["left"], data["right"] = claim_to_dict(conflict.left), claim_to_dict(conflict.right)
    return {**data, "why": conflict.why}


@dataclass(frozen=True, slots=True, eq=False)
class Conflicts(Sequence[Conflict]):
    """Conflicts, the likeliest first, and how they were found.

    Attributes:
        reported: The conflicts at or above `threshold`.
        ranked: Every judged pair that can be a conflict at all, the reported ones included.
        counts: What each stage saw: documents, claims, pairs considered, pairs scored.
        dropped: What was left out, by reason.
        models: The names of the models, by stage.
        reviews: What readers made of the conflicts, by the conflict's id.
    """

    ranked: tuple[Conflict, ...]
    documents: tuple[Document, ...]
    threshold: float
    counts: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
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

    def disputes(self) -> tuple[Dispute, ...]:
        """The conflicts that share claims, joined: one dispute a connected group, its claims parted by who conflicts with whom."""
        groups: dict[str, str] = {}

        def root(claim: str) -> str:
            while groups.setdefault(claim, claim) != claim:
                claim = groups[claim]
            return claim

        for c in self:
            groups[root(c.left.id)] = root(c.right.id)
        joined: dict[str, list[Conflict]] = {}
        for c in self:
            joined.setdefault(root(c.left.id), []).append(c)
        return tuple(self._dispute(tuple(members)) for members in joined.values())

    def _dispute(self, conflicts: tuple[Conflict, ...]) -> Dispute:
        sides: tuple[dict[str, Claim], dict[str, Claim]] = ({}, {})
        for c in conflicts:
            flipped = c.left.id in sides[1] or c.right.id in sides[0]
            for claim, side in ((c.left, sides[flipped]), (c.right, sides[not flipped])):
                if claim.id not in sides[0] and claim.id not in sides[1]:
                    side[claim.id] = claim
        dates = sorted(d for c in conflicts for x in (c.left, c.right) if (d := self.document(x.document_id).published))
        made = tuple(
            Side(
                tuple(side.values()),
                (),
                tuple(dict.fromkeys(map(self.speaker, side.values()))),
                tuple(dict.fromkeys(self.document(x.document_id).label for x in side.values())),
            )
            for side in sides
        )
        question = f"{conflicts[0].left.proposition} – or not?"
        ends = (dates[0], dates[-1]) if dates else (None, None)
        return Dispute(stable_id(*(c.id for c in conflicts)), question, made, conflicts, conflicts[0].score, *ends)

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

    def to_json(self, path: str | Path | None = None, indent: int | None = 2) -> str:
        """The conflicts with documents (texts left out), counts and models, as JSON text; written to `path` where given."""
        data = {
            "conflicts": self.to_dicts(),
            "documents": [{k: v for k, v in plain(d).items() if k not in ("text", "metadata")} for d in self.documents],
            "threshold": plain(self.threshold),
            "counts": plain(self.counts),
            "dropped": plain(self.dropped),
            "models": plain(self.models),
        }
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
        # Half a surrogate pair cannot be written as UTF-8; as an escape it can.
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
        if path is not None:
            Path(path).write_text(text + "\n", encoding="utf-8")
        return text

    def to_pandas(self) -> "pandas.DataFrame":
        """One row a conflict.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtraError("to_pandas needs pandas: run `pip install contradict-news[pandas]`") from error
        columns = ["score", "kind", "strength", "left_holder", "left_text", "left_outlet", "left_published"]
        columns += ["right_holder", "right_text", "right_outlet", "right_published", "why", "review", "note", "id"]
        rows = []
        for c in self:
            row: dict[str, Any] = {"id": c.id, "score": c.score, "kind": c.kind.value, "strength": c.strength.value, "why": c.why}
            review = self.reviews.get(c.id)
            row |= {"review": plain(review.judgement) if review else None, "note": review.note if review else ""}
            for name, claim in (("left", c.left), ("right", c.right)):
                document = self.document(claim.document_id)
                row |= {f"{name}_holder": self.speaker(claim), f"{name}_text": claim.text}
                row |= {f"{name}_outlet": document.label, f"{name}_published": document.published}
            rows.append(row)
        return pandas.DataFrame(rows, columns=columns)

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
        rows = []
        for c in self[:50]:
            sides = "".join(
                f"<td style='text-align:left;vertical-align:top'><b>{escape(self.speaker(s))}</b><br>{escape(s.text)}<br>"
                f"<small>{escape(self.document(s.document_id).label)}, {self.document(s.document_id).published or 'undated'}</small></td>"
                for s in (c.left, c.right)
            )
            rows.append(
                f"<tr><td>{c.score:.2f}</td><td>{c.kind.value}<br><small>{c.strength.value}</small></td>{sides}"
                f"<td style='text-align:left;vertical-align:top'>{escape(c.why)}</td></tr>"
            )
        more = f"<p>… and {len(self) - 50} more.</p>" if len(self) > 50 else ""
        head = "<tr><th>score</th><th>kind</th><th>one side</th><th>the other</th><th>why</th></tr>"
        return f"<p>{escape(self.summary())}</p><table>{head}{''.join(rows)}</table>{more}"


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
