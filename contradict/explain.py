"""Why a pair of passages is, or is not, among the conflicts: looked up anew in what the search has kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contradict.errors import InputError
from contradict.records import Claim, Conflict, Document, Explanation, Gate, Polarity, Scope

# A passage: a claim, (document id, start, end), or words that occur once in the documents.
Passage = Claim | tuple[str, int, int] | str

_STAGES = ("segment", "block", "retrieve", "screen", "decide", "report")
_SHOWN = 3  # signals named as speaking against a pair


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """What a search keeps so that any pair can be explained: ranks and reasons are computed anew from it, scores are in the results.

    The embeddings are what retrieval used, not a copy; with them no model is needed, and the answer is exact.
    """

    claims: tuple[Claim, ...]
    embeddings: NDArray[np.float32]
    scope: Scope
    retriever: Any
    screened: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # left * number of claims + right

    def is_screened(self, i: int, j: int) -> bool:
        """Whether the pair was chosen, but spared the judge."""
        return bool(np.isin(min(i, j) * len(self.claims) + max(i, j), self.screened))


def locate(passage: Passage, documents: Sequence[Document]) -> tuple[str, int, int]:
    """Document id, start and end of a passage.

    Raises:
        InputError: The passage does not occur, occurs more than once, or lies outside its document.
    """
    if isinstance(passage, Claim):
        passage = (passage.document_id, passage.start, passage.end)
    if not isinstance(passage, str):
        try:
            name, start, end = passage
        except (TypeError, ValueError):
            raise InputError(f"a passage is a Claim, a text or (document id, start, end), not {passage!r}") from None
        document = next((d for d in documents if d.id == name), None)
        if document is None:
            raise InputError(f"no document with the id {name!r} was read; there are {_some([d.id for d in documents])}")
        if not 0 <= start < end <= len(document.text):
            raise InputError(f"{start} to {end} is no passage of {name!r}, which has {len(document.text)} characters")
        return name, start, end
    words = passage.split()
    if not words:
        raise InputError("an empty text is no passage")
    # Line breaks and double spaces are the document's; the words are what counts.
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    places = [(d.id, m.start(), m.end()) for d in documents for m in pattern.finditer(d.text)]
    if not places:
        raise InputError(f"{_short(passage)!r} does not occur in any of the documents: give words as they stand there")
    if len(places) > 1:
        where = _some([f"({name!r}, {start}, {end})" for name, start, end in places])
        raise InputError(f"{_short(passage)!r} occurs {len(places)} times: give one of {where}, or a longer text")
    return places[0]


def explain(
    left: Passage, right: Passage, documents: Sequence[Document], ranked: Sequence[Conflict], threshold: float, trace: Trace | None
) -> Explanation:
    """How far two passages came, and why no further.

    Where a passage holds several claims, the pair that came furthest is the answer.

    Raises:
        InputError: A passage does not occur, or is not one place; or the results carry no trace.
    """
    if trace is None:
        raise InputError("these results do not say how they were found: explain() works on what find_conflicts returns")
    claims = []
    for passage in (left, right):
        name, start, end = locate(passage, documents)
        found = [k for k, c in enumerate(trace.claims) if c.document_id == name and c.start < end and start < c.end]
        if isinstance(passage, Claim):
            found = [k for k in found if trace.claims[k].id == passage.id] or found
        claims.append(found)
    if not claims[0] or not claims[1]:
        which = "either passage" if not any(claims) else "the right passage" if claims[0] else "the left passage"
        one, other = (trace.claims[found[0]] if found else None for found in claims)
        text = f"No claim was read in {which}: nothing there states something that could be checked."
        return Explanation("segment", "no claim read there", text, one, other)
    scored = {frozenset((c.left.id, c.right.id)): c for c in ranked}
    pairs = [(i, j) for i, j in product(*claims) if i != j]
    if not pairs:
        claim = trace.claims[claims[0][0]]
        return Explanation("segment", "one claim", "Both passages belong to one claim, which cannot oppose itself.", claim, claim)
    results = [_pair(i, j, scored.get(frozenset((trace.claims[i].id, trace.claims[j].id))), threshold, trace) for i, j in pairs]
    # The first of equals: pairs come in the order of the text.
    return max(
        results, key=lambda e: (_STAGES.index(e.stage), e.conflict.score if e.conflict else 0.0, e.gate.similarity if e.gate else 0.0)
    )


def _pair(i: int, j: int, conflict: Conflict | None, threshold: float, trace: Trace) -> Explanation:
    one, other = trace.claims[i], trace.claims[j]
    if conflict is not None:
        reported = conflict.score >= threshold
        reason = "reported" if reported else "scored below the threshold"
        return Explanation("report" if reported else "decide", reason, _score(conflict, threshold), one, other, conflict)
    barrier = trace.scope.barrier(one.document_id, other.document_id)
    if barrier is not None:
        return Explanation("block", barrier, _BARRIERS[barrier].format(one.document_id, other.document_id), one, other)
    gate: Gate | None = None
    if hasattr(trace.retriever, "gate"):
        gate = trace.retriever.gate(i, j, trace.claims, trace.embeddings, trace.scope)
        if gate.reason is not None:
            return Explanation("retrieve", gate.reason, _gate(gate), one, other, gate=gate)
    silent = [c for c in (one, other) if c.polarity is Polarity.UNCOMMITTED]
    if silent:
        who = silent[0].holder or "the article"
        text = f"{who} commits to nothing in “{silent[0].text}”, and so stands against nobody."
        return Explanation("decide", "a holder commits to nothing", text, one, other, gate=gate)
    if trace.is_screened(i, j):
        text = (
            "Chosen, but not judged: what was read of the two (nearness, shared words, counts, times, stances) makes a conflict unlikely."
        )
        return Explanation("screen", "unlikely by what was read", text, one, other, gate=gate)
    if gate is None:
        name = getattr(trace.retriever, "name", type(trace.retriever).__name__)
        text = f"The pair was not judged: {name} did not choose it, or it was filtered out of these results."
        return Explanation("retrieve", "not chosen", text, one, other)
    text = "The pair was judged, but is not among these results: they were filtered (of_kind), or the decider left it out."
    return Explanation("decide", "filtered out", text, one, other, gate=gate)


_BARRIERS = {
    "same document": "Both stand in {0}, and claims of one document were not compared (within_documents=False).",
    "both in the reference": "{0} and {1} both belong to the reference, whose documents are not compared with each other.",
    "both new": "{0} and {1} are both new: they were compared with the reference only (among_new=True compares them too).",
    "another event": "{0} and {1} were taken to tell of different events (blocker=False compares all documents).",
}


def _gate(gate: Gate) -> str:
    if gate.reason == "a question or empty":
        return "One of the two is a question or says nothing: it states nothing that could be opposed."
    if gate.reason == "near-copy":
        return f"The two are near-copies in wording and stance (similarity {gate.similarity:.2f}): they say the same."
    forth, back = (f"{rank:,}" if rank is not None else "no" for rank in gate.ranks)
    return (
        f"Not among the nearest: the right is number {forth} of the left's neighbours and the left number {back} of the right's "
        f"(similarity {gate.similarity:.2f}); the first {gate.top_k} of each are judged (top_k)."
    )


def _score(conflict: Conflict, threshold: float) -> str:
    if conflict.score >= threshold:
        return f"Reported with score {conflict.score:.2f} (threshold {threshold:.2f}): {conflict.why}."
    against = sorted((s for s in conflict.evidence if s.weight < 0), key=lambda s: (s.weight, s.name))[:_SHOWN]
    named = "; ".join(f"{s.text or s.name.replace('_', ' ')} ({s.weight:+.1f})" for s in against)
    said = f" Against it spoke: {named}." if named else " Nothing spoke for it strongly enough."
    return f"Judged, and scored {conflict.score:.2f}, below the threshold of {threshold:.2f}.{said}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
