"""Records as pieces of HTML for a notebook. Whatever comes from an article is escaped, and kept from turning the text around it."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from contradict.records import Bound, Certainty, Claim, Conflict, Dispute, Document, Explanation, Mood, Polarity, Side
from contradict.texts import context, encodable, shorten, web_address, when

if TYPE_CHECKING:
    from contradict.check import ClaimCheck, Finding
    from contradict.results import Conflicts

_SHOWN = 50
_SHOWN_SIDE = 5
_TEXT = 1200
_NAME = 200
_AROUND = 160
_CELL = "style='text-align:left;vertical-align:top'"
_WHY = "style='text-align:left;vertical-align:top;min-width:14em'"
_MARK = "style='background:rgba(255,200,0,.3);color:inherit'"
# Tints of grey, red and blue that read on light and dark; each chip also says in words what it means.
_TINTS = {"plain": "128,128,128", "denied": "220,40,40", "open": "40,110,220"}


def _foreign(text: str, limit: int = _TEXT) -> str:
    return f"<bdi>{escape(encodable(shorten(text, limit)))}</bdi>"


def _chip(text: str, tint: str = "plain") -> str:
    style = f"background:rgba({_TINTS[tint]},.2);border-radius:.6em;padding:0 .5em;margin-right:.3em"
    return f"<span style='{style}'>{text}</span>"


def _chips(claim: Claim, usual: bool) -> str:
    """Polarity, mood and certainty, the usual ones only if asked for, then time and numbers."""
    parts = (
        (claim.polarity, Polarity.ASSERTED, "denied" if claim.polarity is Polarity.DENIED else "open"),
        (claim.mood, Mood.FACT, "open"),
        (claim.certainty, Certainty.CERTAIN, "open"),
    )
    chips = [_chip(part.value, "plain" if part is default else tint) for part, default, tint in parts if usual or part is not default]
    if claim.time is not None:
        chips.append(_chip(f"{when(claim.time)} ({_foreign(claim.time.text, _NAME)})"))
    for quantity in claim.quantities:
        bound = "" if quantity.bound is Bound.EXACT else f"{quantity.bound.value} "
        counted = f" ({_foreign(quantity.noun, _NAME)})" if quantity.noun else ""
        chips.append(_chip(f"{bound}{_foreign(quantity.text, _NAME)}{counted}"))
    return "".join(chips)


def _said(claim: Claim, document: Document | None) -> str:
    """The claim's words with its numbers in bold, marked in the passage of the article where that is known."""
    before, after = context(claim, document, _AROUND) if document else ("", "")
    before, after = before.rpartition("\n")[2], after.partition("\n")[0]
    cut, rest = len(before) == _AROUND, len(after) == _AROUND
    before = before.partition(" ")[2] if cut else before
    after = after.rpartition(" ")[0] if rest else after
    spans = sorted((q.start - claim.start, q.end - claim.start) for q in claim.quantities)
    text, at, marked = shorten(claim.text, _TEXT), 0, ""
    for start, end in spans:
        if at <= start < end <= min(len(claim.text), _TEXT):
            marked += f"{_escaped(text[at:start])}<b>{_escaped(text[start:end])}</b>"
            at = end
    marked += _escaped(text[at:])
    around = f"{'… ' if cut else ''}{_escaped(before)}", f"{_escaped(after)}{' …' if rest else ''}"
    return f"<bdi>{around[0]}<mark {_MARK}>{marked}</mark>{around[1]}</bdi>"


def _escaped(text: str) -> str:
    return escape(encodable(text))


def claim_html(claim: Claim, document: Document | None = None) -> str:
    """A claim: who makes it, how, of which time, with which numbers, and what the models read; in its passage if `document` is given."""
    chain = " ← ".join(_foreign(link.holder, _NAME) for link in reversed(claim.attribution))
    worth = f"check-worthy {claim.worth:.2f}" + (f": {_foreign(claim.worth_reason, _NAME)}" if claim.worth_reason else "")
    label = document.label if document else claim.document_id
    return (
        f"<div><b>{chain or 'the article’s own voice'}</b> {_chips(claim, usual=True)}"
        f"<div style='margin:.3em 0'>{_said(claim, document)}</div>"
        f"<small>read as: {_foreign(claim.proposition)}<br>{worth} · {_foreign(label, _NAME)}, "
        f"characters {claim.start}–{claim.end}</small></div>"
    )


def document_html(document: Document) -> str:
    """An article: its title, outlet, date and address, and how it begins."""
    facts = [_foreign(document.outlet, _NAME)] if document.outlet else []
    facts += [document.published.isoformat() if document.published else "undated", f"{len(document.text.split()):,} words"]
    address = web_address(document.url)
    if document.url:
        shown = _foreign(document.url, _NAME)
        facts.append(f"<a href='{escape(address)}' rel='noopener noreferrer'>{shown}</a>" if address else shown)
    paragraphs = "".join(f"<p>{_escaped(line)}</p>" for line in shorten(document.text, _TEXT).splitlines() if line.strip())
    return (
        f"<div><b>{_foreign(document.title or document.id, _NAME)}</b><br><small>{' · '.join(facts)}</small>"
        f"<div dir='auto'>{paragraphs or '<p>(no text)</p>'}</div></div>"
    )


def conflict_html(conflict: Conflict) -> str:
    """A conflict: both claims side by side, and why, with what each reason weighs. A lead, not a verdict."""
    sides = "".join(f"<td {_CELL}>{claim_html(claim)}</td>" for claim in (conflict.left, conflict.right))
    reasons = "".join(f"<li>{_foreign(s.text)} <small>({s.weight:+.2f})</small></li>" for s in conflict.evidence if s.text)
    return (
        f"<div><b>{_head(conflict)}</b> <small>a lead, not a verdict</small><table><tr>{sides}</tr></table>"
        f"<small>why, and what it adds to the log-odds:</small><ul>{reasons or '<li>no single reason stands out</li>'}</ul></div>"
    )


def _head(conflict: Conflict) -> str:
    return f"{conflict.kind.value}, {conflict.strength.value}, score {conflict.score:.2f}"


def _side(claim: Claim, conflicts: "Conflicts") -> str:
    document = conflicts.document(claim.document_id)
    return (
        f"<td {_CELL}><b>{_foreign(conflicts.speaker(claim), _NAME)}</b> {_chips(claim, usual=False)}<br>{_said(claim, document)}<br>"
        f"<small>{_foreign(document.label, _NAME)}, {document.published or 'undated'}</small></td>"
    )


def conflicts_html(conflicts: "Conflicts") -> str:
    """The first fifty conflicts as a table, with how many more there are and what was left out."""
    rows = _rows(conflicts[:_SHOWN], conflicts)
    table = f"<table>{_headings('score', 'kind', 'one side', 'the other', 'why')}{''.join(rows)}</table>{_more(len(conflicts) - _SHOWN)}"
    return f"<p>{escape(conflicts.summary())} <small>Leads, not verdicts.</small></p>{table}{_left_out(conflicts.dropped)}"


def _headings(*names: str) -> str:
    return f"<tr>{''.join(f'<th {_CELL}>{name}</th>' for name in names)}</tr>"


def _more(count: int) -> str:
    return f"<p>… and {count:,} more.</p>" if count > 0 else ""


def _left_out(dropped: Mapping[str, int]) -> str:
    reasons = "; ".join(f"{_foreign(reason, _NAME)}: {count:,}" for reason, count in dropped.items())
    return f"<p><small>Left out: {reasons}</small></p>" if reasons else ""


def _rows(shown: Iterable[Conflict], conflicts: "Conflicts") -> list[str]:
    return [
        f"<tr><td {_CELL}>{c.score:.2f}</td><td {_CELL}>{c.kind.value}<br><small>{c.strength.value}</small></td>"
        f"{_side(c.left, conflicts)}{_side(c.right, conflicts)}<td {_WHY}>{_foreign(c.why)}</td></tr>"
        for c in shown
    ]


def dispute_html(dispute: Dispute) -> str:
    """What is disputed, and its sides beside each other: who stands there, in which outlets, in which words."""
    span = " – ".join(str(day) for day in dict.fromkeys((dispute.first, dispute.latest)) if day) or "undated"
    conflicts = f"{len(dispute.conflicts)} conflict{'' if len(dispute.conflicts) == 1 else 's'}"
    sides = "".join(f"<td {_CELL}>{_stand(side)}</td>" for side in dispute.sides)
    return (
        f"<div><b>{_foreign(dispute.question)}</b><br><small>{conflicts}, best score {dispute.score:.2f} · {span} · "
        f"a lead, not a verdict</small><table><tr>{sides}</tr></table></div>"
    )


def _stand(side: Side) -> str:
    several = len(side.holders) > 1  # one name stands above them already
    claims = ""
    for claim in side.claims[:_SHOWN_SIDE]:
        holder = f"<b>{_foreign(claim.holder, _NAME)}</b> " if claim.holder and several else ""
        claims += f"<li>{holder}{_chips(claim, usual=False)}{_said(claim, None)}</li>"
    copies = f"<p><small>and {len(side.copies):,} in the same words</small></p>" if side.copies else ""
    outlets = _foreign(", ".join(side.outlets), _NAME)
    holders = _foreign(", ".join(side.holders), _NAME)
    return f"<b>{holders}</b><br><small>in {outlets}</small><ul>{claims}</ul>{_more(len(side.claims) - _SHOWN_SIDE)}{copies}"


def check_html(check: "ClaimCheck") -> str:
    """What speaks against a claim and for it, each passage with its speaker, its outlet and the reasons."""
    read = "".join(f"<li>{_foreign(claim.proposition)} {_chips(claim, usual=False)}</li>" for claim in check.read)
    rows = [_finding("against", f, check) for f in check.contradicting[:_SHOWN]] + [
        _finding("for", f, check) for f in check.supporting[:_SHOWN]
    ]
    more = sum(max(0, len(found) - _SHOWN) for found in (check.contradicting, check.supporting))
    table = f"<table>{_headings('', 'score', 'passage', 'why')}{''.join(rows)}</table>{_more(more)}" if rows else ""
    return (
        f"<div><b>{_foreign(check.claim)}</b><br><small>read as:</small><ul>{read}</ul>"
        f"<p>{escape(check.summary())} <small>Leads, not a verdict.</small></p>{table}{_left_out(check.dropped)}</div>"
    )


def _finding(side: str, finding: "Finding", check: "ClaimCheck") -> str:
    document = check.document(finding.passage.document_id)
    return (
        f"<tr><td {_CELL}>{_chip(side, 'denied' if side == 'against' else 'plain')}</td><td {_CELL}>{finding.score:.2f}</td>"
        f"<td {_CELL}><b>{_foreign(check.speaker(finding.passage), _NAME)}</b> {_chips(finding.passage, usual=False)}<br>"
        f"{_said(finding.passage, document)}<br><small>{_foreign(document.label, _NAME)}, {document.published or 'undated'}</small></td>"
        f"<td {_WHY}>{_foreign(finding.why)}</td></tr>"
    )


def explanation_html(explanation: Explanation) -> str:
    """How far a pair came and why no further, over its two claims."""
    sides = "".join(f"<td {_CELL}>{claim_html(claim)}</td>" for claim in (explanation.left, explanation.right) if claim is not None)
    table = f"<table><tr>{sides}</tr></table>" if sides else ""
    reason = f"{_chip(escape(explanation.stage))}<b>{_foreign(explanation.reason, _NAME)}</b>"
    return f"<div>{reason}<p>{_foreign(explanation.text)}</p>{table}</div>"
