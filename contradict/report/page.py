"""Conflicts to one HTML page: the data as JSON, the looks and the script inlined, nothing fetched.

The data never meets the HTML parser as anything but the text of one JSON block, and the script shows it through text nodes only.
The page's content policy allows the one style and the one script that are part of it, by their hashes, and no network.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from contradict.records import Claim, Conflict, Dispute, Document, Polarity, stable_id
from contradict.reviews import FORMAT, VERSION
from contradict.texts import as_json

if TYPE_CHECKING:
    from contradict.results import Conflicts

# Joined in this order: each uses the ones before it.
_SCRIPTS = ("core", "reviews", "filters", "passages", "disputes", "matrix", "timeline", "about", "keys", "main")


def render(conflicts: "Conflicts") -> str:
    """The report as HTML text, the same for the same results."""
    from jinja2 import Environment

    folder = files(__package__)
    style = folder.joinpath("style.css").read_text(encoding="utf-8")
    parts = [folder.joinpath("script", f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    script = "\n".join(parts)
    template = folder.joinpath("page.html.j2").read_text(encoding="utf-8")
    return (
        Environment(autoescape=True, keep_trailing_newline=True)
        .from_string(template)
        .render(data=embedded(page_data(conflicts)), style=style, script=script, style_hash=_hash(style), script_hash=_hash(script))
    )


def _hash(text: str) -> str:
    """As a content policy names an inline block."""
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def embedded(data: Any) -> str:
    """JSON that can stand in an HTML page: no character of it means anything to an HTML parser."""
    text = as_json(data, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def page_data(conflicts: "Conflicts") -> dict[str, Any]:
    """What the page shows, as JSON types. Claims, documents and conflicts name each other by their place in the lists.

    Texts are there for the articles in which a shown claim stands; offsets count UTF-16 units, as JavaScript does.
    """
    from contradict.results import plain

    disputes = conflicts.disputes()
    claims: dict[str, Claim] = {}
    for claim in _claims(conflicts, disputes):
        claims.setdefault(claim.id, claim)
    places = {document.id: k for k, document in enumerate(conflicts.documents)}
    by_id = {document.id: document for document in conflicts.documents}
    quoted = {claim.document_id for claim in claims.values()}
    offsets = {name: Offsets(by_id[name].text) for name in quoted}
    numbers = {name: k for k, name in enumerate(claims)}
    order = {conflict.id: k for k, conflict in enumerate(conflicts)}
    data = {
        "format": FORMAT,
        "version": VERSION,
        "summary": conflicts.summary(),
        "threshold": conflicts.threshold,
        "counts": conflicts.counts,
        "dropped": conflicts.dropped,
        "models": conflicts.models,
        "documents": [_document(d, d.id in quoted) for d in conflicts.documents],
        "claims": [
            _claim(c, by_id[c.document_id], conflicts.speaker(c), places[c.document_id], offsets[c.document_id]) for c in claims.values()
        ],
        "conflicts": [_conflict(c, numbers) for c in conflicts],
        "disputes": [_dispute(d, numbers, order) for d in disputes],
        "reviews": {str(order[name]): review for name, review in conflicts.reviews.items() if name in order},
    }
    return dict(plain(data))


def _claims(conflicts: Iterable[Conflict], disputes: Iterable[Dispute]) -> Iterable[Claim]:
    for conflict in conflicts:
        yield from (conflict.left, conflict.right)
    for dispute in disputes:
        for side in dispute.sides:
            yield from (*side.claims, *side.copies)


class Offsets:
    """Places in a text, from Python's code points to JavaScript's UTF-16 units."""

    def __init__(self, text: str) -> None:
        wide = any(ord(c) > 0xFFFF for c in text)
        self._units = list(accumulate((1 + (ord(c) > 0xFFFF) for c in text), initial=0)) if wide else None
        self._length = len(text)

    def __call__(self, place: int) -> int:
        place = min(max(place, 0), self._length)
        return place if self._units is None else self._units[place]


def _document(document: Document, quoted: bool) -> dict[str, Any]:
    return {
        "label": document.label,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
        "text": document.text if quoted else None,
    }


def _claim(claim: Claim, document: Document, speaker: str, place: int, at: Offsets) -> dict[str, Any]:
    time = claim.time
    return {
        "document": place,
        "start": at(claim.start),
        "end": at(claim.end),
        "text": claim.text,
        "speaker": speaker,
        "polarity": claim.polarity,
        "mood": claim.mood,
        "certainty": claim.certainty,
        "chain": [link.holder for link in claim.attribution[:-1]],
        "time": time and {"start": time.start, "end": time.end, "text": time.text},
        "numbers": [{"text": q.text, "noun": q.noun, "unit": q.unit, "bound": q.bound} for q in claim.quantities],
        "marks": [{"start": at(start), "end": at(end), "kind": kind} for start, end, kind in _marks(claim, document)],
    }


def _marks(claim: Claim, document: Document) -> Iterable[tuple[int, int, str]]:
    """Places in the article that carry the claim: who says it, the words of denial, its time and its numbers."""
    for link in claim.attribution:
        if link.source:
            yield link.source.start, link.source.end, "source"
        if link.cue and link.stance is Polarity.DENIED:
            yield link.cue.start, link.cue.end, "denial"
    if claim.time and claim.time.text:
        place = document.text.find(claim.time.text, claim.start, claim.end)
        if place >= 0:
            yield place, place + len(claim.time.text), "time"
    for quantity in claim.quantities:
        yield quantity.start, quantity.end, "number"


def _conflict(conflict: Conflict, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": conflict.id,
        # Under which a browser keeps a review: another article with the same name and places does not get it.
        "key": stable_id(conflict.id, conflict.left.text, conflict.right.text),
        "left": numbers[conflict.left.id],
        "right": numbers[conflict.right.id],
        "kind": conflict.kind,
        "strength": conflict.strength,
        "score": conflict.score,
        "shown": f"{conflict.score:.2f}",
        "similarity": conflict.similarity,
        "forward": conflict.forward,
        "backward": conflict.backward,
        "why": conflict.why,
        "evidence": [{"name": s.name, "value": s.value, "weight": s.weight, "text": s.text} for s in conflict.evidence],
    }


def _dispute(dispute: Dispute, numbers: Mapping[str, int], order: Mapping[str, int]) -> dict[str, Any]:
    return {
        "question": dispute.question,
        "sides": [
            {
                "claims": [numbers[c.id] for c in side.claims],
                "copies": [numbers[c.id] for c in side.copies],
                "holders": side.holders,
                "outlets": side.outlets,
            }
            for side in dispute.sides
        ],
        "conflicts": [order[c.id] for c in dispute.conflicts if c.id in order],
        "score": dispute.score,
        "shown": f"{dispute.score:.2f}",
        "first": dispute.first,
        "latest": dispute.latest,
    }
