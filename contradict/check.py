"""What a check of one claim brings back: passages against it and for it, ranked, with their holders and the reasons."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contradict.records import Claim, Conflict, Document, Kind, Polarity
from contradict.results import Conflicts, claim_to_dict, plain

SUPPORT = 0.4  # entailment times similarity from which a passage is shown as supporting
# Pairs that nobody asked for in a check are no loss to report.
_NOT_ASKED = ("both in the reference", "same document")


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that bears on the claim.

    Attributes:
        passage: The claim read in a document.
        about: The part of the checked claim that it bears on.
        score: Of a contradicting passage, the conflict's; of a supporting one, how far it implies the claim, times their similarity.
        why: The reasons in one line.
    """

    passage: Claim
    about: Claim
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """Leads on one claim, not a verdict.

    Attributes:
        claim: As it was given.
        read: How it was understood: one or more claims.
        contradicting: The likeliest first, from `threshold` on.
        supporting: Those that imply the claim, the surest first; none that is among the contradicting ones.
        documents: What was searched.
        threshold: Score from which a passage is shown as contradicting.
        counts: As in `Conflicts`.
        dropped: What was left out, by reason.
    """

    claim: str
    read: tuple[Claim, ...]
    contradicting: tuple[Finding, ...]
    supporting: tuple[Finding, ...]
    documents: tuple[Document, ...]
    threshold: float
    counts: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Conflicts, asked: Document, read: Sequence[Claim]) -> "ClaimCheck":
        """Sorts the judged pairs of the claim, which was read as the document `asked`, with other documents."""
        against: dict[str, Finding] = {}
        supporting: dict[str, Finding] = {}
        for pair in found.ranked:
            about, passage = (pair.left, pair.right) if pair.left.document_id == asked.id else (pair.right, pair.left)
            implied, opposed = _bearing(pair, about is pair.left)
            # Saying the same is as close in subject as can be, which the decision takes for a reason to look: not here.
            agrees = implied > max(opposed, 0.5) and pair.kind not in (Kind.NUMERIC, Kind.TEMPORAL)
            if pair.score >= found.threshold and not agrees:
                against.setdefault(passage.id, Finding(passage, about, pair.score, pair.why))
                continue
            score = round(implied * max(0.0, pair.similarity), 4)
            if score >= SUPPORT and score > getattr(supporting.get(passage.id), "score", 0.0):
                subject = f"close in subject (similarity {pair.similarity:.2f})"
                why = f"the language model reads it as implying the claim ({implied:.0%}); {subject}"
                supporting[passage.id] = Finding(passage, about, score, why)
        rest = (f for name, f in supporting.items() if name not in against)
        documents = tuple(d for d in found.documents if d.id != asked.id)
        counts = {
            "documents": len(documents),
            "claims": found.counts["claims"] - len(read),
            "pairs scored": found.counts["pairs scored"],
        }
        return cls(
            asked.text,
            tuple(read),
            tuple(against.values()),
            tuple(sorted(rest, key=lambda f: (-f.score, f.passage.document_id, f.passage.start, f.passage.id))),
            documents,
            found.threshold,
            counts,
            {reason: n for reason, n in found.dropped.items() if reason not in _NOT_ASKED},
            found.models,
        )

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

    def to_dict(self) -> dict[str, Any]:
        """The findings as JSON types; the documents without their texts."""

        def rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
            return [
                {
                    "score": f.score,
                    "speaker": self.speaker(f.passage),
                    "outlet": self.document(f.passage.document_id).label,
                    "passage": claim_to_dict(f.passage),
                    "about": f.about.text,
                    "why": f.why,
                }
                for f in findings
            ]

        return {
            "claim": self.claim,
            "read": [claim_to_dict(c) for c in self.read],
            "contradicting": rows(self.contradicting),
            "supporting": rows(self.supporting),
            "documents": [{k: v for k, v in plain(d).items() if k not in ("text", "metadata")} for d in self.documents],
            "threshold": plain(self.threshold),
            "counts": plain(self.counts),
            "dropped": plain(self.dropped),
            "models": plain(self.models),
        }

    def to_json(self, path: str | Path | None = None, indent: int | None = 2) -> str:
        """`to_dict` as JSON text; written to `path` where given."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=indent)
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
        if path is not None:
            Path(path).write_text(text + "\n", encoding="utf-8")
        return text

    def summary(self) -> str:
        """What was found, in one sentence."""
        return (
            f"{len(self.contradicting)} against and {len(self.supporting)} for, in {self.counts['claims']:,} claims of "
            f"{len(self.documents):,} documents; {self.counts['pairs scored']:,} passages judged."
        )

    def _repr_html_(self) -> str:
        from contradict.snippets import check_html

        return check_html(self)


def _bearing(pair: Conflict, claim_is_left: bool) -> tuple[float, float]:
    """How far the passage, as its holder stands to it, implies the claim, as it stands to its content; and how far it opposes it.

    What is asserted implies by entailment and opposes by contradiction; a denial follows from a denial of what it implies; what is
    asserted opposes the denial of what it entails, and implies the denial of what it contradicts.
    """
    claim, passage = (pair.left, pair.right) if claim_is_left else (pair.right, pair.left)
    to_claim, to_passage = (pair.backward, pair.forward) if claim_is_left else (pair.forward, pair.backward)
    polarities = (passage.polarity, claim.polarity)
    if polarities == (Polarity.ASSERTED, Polarity.ASSERTED):
        return to_claim["entailment"], max(to_claim["contradiction"], to_passage["contradiction"])
    if polarities == (Polarity.DENIED, Polarity.DENIED):
        return to_passage["entailment"], 0.0
    if polarities == (Polarity.ASSERTED, Polarity.DENIED):
        return to_claim["contradiction"], to_claim["entailment"]
    if polarities == (Polarity.DENIED, Polarity.ASSERTED):
        return to_passage["contradiction"], to_passage["entailment"]
    return 0.0, 0.0
