"""Results in the forms of other tools: tables, W3C annotations, Markdown, graphs. JSON is in `json_format`."""

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from contradict.errors import MissingExtraError
from contradict.records import Claim, Conflict, Polarity, stable_id
from contradict.results import plain
from contradict.texts import as_json, context, encodable, one_line, web_address

if TYPE_CHECKING:
    import networkx

    from contradict.results import Conflicts

_SIDE = ("holder", "polarity", "text", "outlet", "published", "url")
COLUMNS = ("score", "kind", "strength", *(f"left_{c}" for c in _SIDE), *(f"right_{c}" for c in _SIDE), "why", "review", "note", "id")
# What a spreadsheet may run: a formula's sign, also full-width or after what does not show; or a cell that begins with a break.
_FORMULA = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_TERMS = {
    "contradict": "urn:contradict-news:",
    "conflict": {"@id": "contradict:conflict", "@type": "@id"},
    "score": "contradict:score",
}


def rows(conflicts: "Conflicts") -> list[dict[str, Any]]:
    """One row a conflict, with `COLUMNS`."""
    table = []
    for c in conflicts:
        row: dict[str, Any] = {"id": c.id, "score": c.score, "kind": c.kind.value, "strength": c.strength.value, "why": c.why}
        review = conflicts.reviews.get(c.id)
        row |= {"review": plain(review.judgement) if review else None, "note": review.note if review else ""}
        for name, claim in (("left", c.left), ("right", c.right)):
            document = conflicts.document(claim.document_id)
            row |= {f"{name}_holder": conflicts.speaker(claim), f"{name}_polarity": claim.polarity.value, f"{name}_text": claim.text}
            row |= {f"{name}_outlet": document.label, f"{name}_published": document.published, f"{name}_url": document.url}
        table.append({column: row[column] for column in COLUMNS})
    return table


def to_csv(conflicts: "Conflicts") -> str:
    """A table with a line of column names, every text in quotes, lines ended by CR LF (RFC 4180)."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    for row in rows(conflicts):
        writer.writerow([_cell(plain(value)) for value in row.values()])
    return encodable(out.getvalue())


def _cell(value: Any) -> Any:
    if isinstance(value, (int, float)):
        return value
    text = value or ""
    return f"'{text}" if _FORMULA.match(text) else text


def to_annotations(conflicts: "Conflicts", indent: int | None = 2) -> str:
    """A page of W3C Web Annotations (https://www.w3.org/TR/annotation-model/), two a conflict."""
    items = [a for c in conflicts for a in (_annotation(c, c.left, c.right, conflicts), _annotation(c, c.right, c.left, conflicts))]
    page = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", _TERMS],
        "id": _urn("page", stable_id(*(c.id for c in conflicts))),
        "type": "AnnotationPage",
        "items": items,
    }
    return as_json(page, indent)


def _annotation(conflict: Conflict, claim: Claim, other: Claim, conflicts: "Conflicts") -> dict[str, Any]:
    name = _urn("conflict", conflict.id)
    against = f"{conflicts.speaker(other)}, {conflicts.document(other.document_id).label}: “{other.text}”"
    return {
        "id": f"{name}:{'left' if claim is conflict.left else 'right'}",
        "type": "Annotation",
        "motivation": ["linking", "questioning"],
        "conflict": name,
        "score": plain(conflict.score),
        "body": [
            {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": f"Against {against}\nWhy: {conflict.why}"},
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": conflict.kind.value},
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": conflict.strength.value},
            {**_place(other, conflicts), "purpose": "linking"},
        ],
        "target": _place(claim, conflicts),
    }


def _place(claim: Claim, conflicts: "Conflicts") -> dict[str, Any]:
    document = conflicts.document(claim.document_id)
    before, after = context(claim, document)
    said = {"type": "TextQuoteSelector", "exact": claim.text}
    said |= {name: text for name, text in (("prefix", before), ("suffix", after)) if text}
    where = {"type": "TextPositionSelector", "start": claim.start, "end": claim.end}
    source = web_address(document.url) or _urn("document", document.id)
    return {"type": "SpecificResource", "source": source, "selector": [said, where]}


def _urn(kind: str, name: str) -> str:
    return f"urn:contradict-news:{kind}:{quote(encodable(name), safe='')}"


def to_markdown(conflicts: "Conflicts") -> str:
    """A list for a ticket in CommonMark, with a box to tick for each conflict (GitHub, GitLab)."""
    parts = ["# Where the articles disagree", f"Leads to check, not verdicts. {markdown(conflicts.summary())}"]
    for number, c in enumerate(conflicts, 1):
        parts.append(f"## {number}. {c.kind.value}, {c.strength.value} (score {c.score:.2f})")
        parts += [_quoted(c.left, conflicts), "against", _quoted(c.right, conflicts)]
        parts += [f"Why: {markdown(c.why) or 'no single reason stands out'}", f"- [ ] checked (conflict {markdown(c.id)})"]
    if conflicts.dropped:
        parts.append("Left out: " + "; ".join(f"{markdown(reason)}: {count:,}" for reason, count in conflicts.dropped.items()))
    return encodable("\n\n".join(parts) + "\n")


def _quoted(claim: Claim, conflicts: "Conflicts") -> str:
    document = conflicts.document(claim.document_id)
    who = f"**{markdown(conflicts.speaker(claim)) or '–'}**" + (" denies" if claim.polarity is Polarity.DENIED else "")
    address = web_address(document.url)
    label = markdown(document.label) or "–"
    link = f"[{label}](<{address.replace('&', '&amp;')}>)" if address else label
    where = f"{link}, {document.published or 'undated'}"
    return f"> {markdown(claim.text) or '–'}\n>\n> — {who}, {where}"


def markdown(text: str) -> str:
    """The text on one line, its characters that Markdown reads as marks escaped, so that it shows as it stands."""
    text = re.sub(r"[\\`*_\[\]<>#|~&$^]", r"\\\g<0>", one_line(text))
    text = re.sub(r":(?=\S)|(?<=[Ww])\.|(?<=\S)@(?=\S)", r"\\\g<0>", text)  # addresses would become links, :words: pictures
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", text)  # lists and rulings begin a line


def to_networkx(conflicts: "Conflicts", nodes: Literal["claims", "speakers"]) -> "networkx.MultiGraph":
    """A graph of claims or speakers, an edge a conflict.

    Raises:
        MissingExtraError: networkx is not installed.
        ValueError: `nodes` is neither "claims" nor "speakers".
    """
    if nodes not in ("claims", "speakers"):
        raise ValueError(f'nodes must be "claims" or "speakers", not {nodes!r}')
    try:
        import networkx
    except ImportError as error:
        raise MissingExtraError("to_networkx needs networkx: run `pip install contradict-news[networkx]`") from error
    graph = networkx.MultiGraph()
    for c in conflicts:
        ends = []
        for claim in (c.left, c.right):
            name = claim.id if nodes == "claims" else conflicts.speaker(claim)
            graph.add_node(name, **(_node(claim, conflicts) if nodes == "claims" else {}))
            ends.append(name)
        # Only text and numbers: GraphML and GEXF have no dates, sets or None.
        graph.add_edge(*ends, key=c.id, kind=c.kind.value, strength=c.strength.value, score=float(c.score), why=c.why)
    return graph


def _node(claim: Claim, conflicts: "Conflicts") -> dict[str, str]:
    document = conflicts.document(claim.document_id)
    return {
        "text": claim.text,
        "speaker": conflicts.speaker(claim),
        "polarity": claim.polarity.value,
        "document": document.id,
        "outlet": document.label,
        "published": document.published.isoformat() if document.published else "",
    }
