"""What a check of one claim brings back: passages against it and for it, ranked, with their holders and the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contradict.polarity import opposition
from contradict.records import Claim, Conflict, Document, Kind, Polarity
from contradict.results import Conflicts, Searched, claim_to_dict, document_to_dict, plain, written
from contradict.texts import as_json

SUPPORT = 0.5  # entailment times similarity from which a passage is shown as supporting
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
class ClaimCheck(Searched):
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
            implied = _implied(pair, about is pair.left)
            opposed = opposition(pair.left, pair.right, pair.forward, pair.backward)
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
            "documents": [document_to_dict(d, text=False) for d in self.documents],
            "threshold": plain(self.threshold),
            "counts": plain(self.counts),
            "dropped": plain(self.dropped),
            "models": plain(self.models),
        }

    def to_json(self, path: str | Path | None = None, indent: int | None = 2) -> str:
        """`to_dict` as JSON text; written to `path` where given."""
        return written(as_json(self.to_dict(), indent), path, "\n")

    def summary(self) -> str:
        """What was found, in one sentence."""
        return (
            f"{len(self.contradicting)} against and {len(self.supporting)} for, in {self.counts['claims']:,} claims of "
            f"{len(self.documents):,} documents; {self.counts['pairs scored']:,} passages judged."
        )

    def _repr_html_(self) -> str:
        from contradict.snippets import check_html

        return check_html(self)


def _implied(pair: Conflict, claim_is_left: bool) -> float:
    """How far the passage, as its holder stands to it, implies the claim, as it stands to its content.

    What is asserted implies by entailment, and the denial of what it contradicts; a denial follows from a denial of what it implies.
    Unlike `agreement`, it asks for one direction only: what the claim implies is no support for it.
    """
    claim, passage = (pair.left, pair.right) if claim_is_left else (pair.right, pair.left)
    to_claim, to_passage = (pair.backward, pair.forward) if claim_is_left else (pair.forward, pair.backward)
    if Polarity.UNCOMMITTED in (claim.polarity, passage.polarity):
        return 0.0
    scores = to_passage if passage.polarity is Polarity.DENIED else to_claim
    return scores["entailment" if passage.polarity is claim.polarity else "contradiction"]
