"""The records that the stages hand to each other: frozen at the edges, arrays inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Polarity(StrEnum):
    """How a holder stands to a proposition, read from the reporting cue alone."""

    ASSERTED = "asserted"
    DENIED = "denied"
    UNCOMMITTED = "uncommitted"


class Mood(StrEnum):
    """What sort of statement a claim is."""

    FACT = "fact"
    FORECAST = "forecast"
    COMMITMENT = "commitment"
    QUESTION = "question"
    OPINION = "opinion"


class Certainty(StrEnum):
    """Whether the holder hedges ("probably", "may have")."""

    CERTAIN = "certain"
    HEDGED = "hedged"


class Kind(StrEnum):
    """What a conflict is about."""

    DIRECT = "direct"
    DENIAL = "denial"
    NUMERIC = "numeric"
    TEMPORAL = "temporal"
    IDENTITY = "identity"
    LOCATION = "location"
    CAUSAL = "causal"
    REVERSAL = "reversal"


class Strength(StrEnum):
    """`CONTRADICTION`: both cannot be true. `TENSION`: a fact-checker would want to see both."""

    CONTRADICTION = "contradiction"
    TENSION = "tension"


class Judgement(StrEnum):
    """What a reader makes of a conflict that was shown to them."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    UNSURE = "unsure"


class Bound(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Document:
    """One article. Claims point into `text`; the title is context for the models, never a claim."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)

    @property
    def label(self) -> str:
        """How the document is named to a reader: its outlet, else its title, else its id."""
        return self.outlet or self.title or self.id

    def _repr_html_(self) -> str:
        from contradict.snippets import document_html

        return document_html(self)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain from the article to the claim: who (`holder`), by which words, with which stance.

    Attributes:
        holder: The source's name, resolved within the article where that is possible.
        source: Where the source is named, for a quotation of several sentences perhaps in another one; None where it is understood.
        cue: The reporting words ("denied", "according to").
        stance: What the cue alone says of the content.
    """

    holder: str
    source: Span | None
    cue: Span | None
    stance: Polarity


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """When a claim is meant to hold: days from `start` to `end`, both included; None is open.

    Attributes:
        text: The words that say so.
        granularity: Days that the coarsest expression spans (1 for a date, 31 for a month, 366 for a year).
        exhaustive: The wording excludes other times ("all", "only", "until", "never ... before").
    """

    start: date | None
    end: date | None
    text: str
    granularity: int = 1
    exhaustive: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a claim: anything from `low` to `high`, of what is counted.

    Attributes:
        text: The words as they stand.
        unit: "percent", a currency or a unit of measure; empty for a plain count.
        noun: Lemma of what is counted or measured ("people", "dose"); empty where unknown.
    """

    low: float
    high: float
    text: str
    start: int
    end: int
    unit: str = ""
    noun: str = ""
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement; `document.text[start:end] == text`.

    Attributes:
        proposition: The content made self-contained, without its attribution: what the models read.
        attribution: Outermost source first; empty for the article's own voice.
        worth: How check-worthy, 0 to 1; `worth_reason` says why.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    proposition: str
    attribution: tuple[Attribution, ...] = ()
    polarity: Polarity = Polarity.ASSERTED
    mood: Mood = Mood.FACT
    certainty: Certainty = Certainty.CERTAIN
    time: TimeInterval | None = None
    quantities: tuple[Quantity, ...] = ()
    worth: float = 1.0
    worth_reason: str = ""
    # What decide compares beside the proposition: lemmas of content words, and names, both lower-case.
    lemmas: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def holder(self) -> str | None:
        """The innermost source; None for the article's own voice."""
        return self.attribution[-1].holder if self.attribution else None

    def _repr_html_(self) -> str:
        from contradict.snippets import claim_html

        return claim_html(self)


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Which documents are compared with which.

    Attributes:
        documents: Their ids; indices below are places in it.
        events: For each document, the ascending indices of those that may be of one event with it, itself included; the
            relation is symmetric. None where every document may meet every other.
        reference: Documents that are compared with the others only, never among themselves; empty where there is no such set.
        among_new: Where there is a reference: compare the other documents among themselves too.
        within_documents: Compare the claims of one document with each other too.
    """

    documents: tuple[str, ...]
    events: tuple[NDArray[np.int64], ...] | None = None
    reference: frozenset[str] = frozenset()
    among_new: bool = False
    within_documents: bool = True

    def barrier(self, left: str, right: str) -> str | None:
        """Why no claim of the one document is compared with one of the other; None where they are compared."""
        if left == right and not self.within_documents:
            return "same document"
        if self.reference:
            old = (left in self.reference) + (right in self.reference)
            if old == 2:
                return "both in the reference"
            if old == 0 and not self.among_new:
                return "both new"
        if self.events is not None and self.documents.index(right) not in self.events[self.documents.index(left)]:
            return "another event"
        return None


@dataclass(frozen=True, slots=True, eq=False)
class CandidatePairs:
    """Pairs of claims worth judging, each once: indices `left[k] < right[k]` and cosine `similarity[k]`, each shape (n,).

    `dropped` counts the pairs that were considered and not kept, by reason.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    similarity: NDArray[np.float32]
    dropped: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True, eq=False)
class NLIScores:
    """Probabilities of each premise and hypothesis pair, each column shape (n,), the three summing to one."""

    entailment: NDArray[np.float32]
    neutral: NDArray[np.float32]
    contradiction: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.entailment)

    def at(self, k: int) -> dict[str, float]:
        """The three probabilities of pair `k` as plain numbers."""
        return {name: round(float(getattr(self, name)[k]), 4) for name in ("entailment", "neutral", "contradiction")}


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for a decision.

    Attributes:
        name: Of the signal, as in the decision model.
        value: What was measured.
        weight: What it added to the decision, in log-odds.
        text: The same in plain words.
    """

    name: str
    value: float
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that stand against each other, and why.

    Sides are ordered by publication date, document id and place, so that the order of the input changes nothing.

    Attributes:
        score: Estimated probability that a fact-checker would call this a conflict.
        forward: NLI probabilities with the left claim as premise.
        backward: The same with the right claim as premise.
        evidence: Signals, the weightiest first.
    """

    id: str
    left: Claim
    right: Claim
    kind: Kind
    strength: Strength
    score: float
    similarity: float
    forward: Mapping[str, float] = field(compare=False, hash=False)
    backward: Mapping[str, float] = field(compare=False, hash=False)
    evidence: tuple[Signal, ...] = ()

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return "; ".join(signal.text for signal in self.evidence if signal.text)

    def _repr_html_(self) -> str:
        from contradict.snippets import conflict_html

        return conflict_html(self)


@dataclass(frozen=True, slots=True)
class Gate:
    """What a retriever says of one pair of claims that are compared at all.

    Attributes:
        reason: Why it was not kept, as counted in `CandidatePairs.dropped`; None where it was kept.
        similarity: Cosine of the two.
        ranks: Place of each among the other's nearest, from 1; None where it has none (a question, a near-copy).
        top_k: Up to which place a pair is kept.
    """

    reason: str | None
    similarity: float
    ranks: tuple[int | None, int | None]
    top_k: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """How far a pair of passages came, and why no further.

    Attributes:
        stage: Where it ended: "segment", "block", "retrieve", "decide", or "report" where it is a reported conflict.
        reason: In few words, as in `Conflicts.dropped` where it is counted there.
        text: The same in plain words, with the figures.
        left: The claim that was looked at; None where no claim was read there.
        right: Likewise.
        conflict: The scored pair, where it came that far.
        gate: What retrieval says, where it came that far and the retriever can tell.
    """

    stage: str
    reason: str
    text: str
    left: Claim | None = None
    right: Claim | None = None
    conflict: Conflict | None = None
    gate: Gate | None = None

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from contradict.snippets import explanation_html

        return explanation_html(self)


@dataclass(frozen=True, slots=True)
class Side:
    """One answer to a disputed question.

    Attributes:
        claims: What is claimed, one claim a voice, by publication date; a near-copy of another's words is not repeated here.
        copies: Claims whose words are another's, such as wire text printed by several outlets: places of the same voice.
        holders: Who stands on this side, in order of appearance: sources by name, an outlet in its own voice by its label.
        outlets: Labels of the documents in which it is claimed.
    """

    claims: tuple[Claim, ...]
    copies: tuple[Claim, ...]
    holders: tuple[str, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Conflicts on one question, joined: what is disputed, and who stands where.

    Attributes:
        question: What is disputed, written from the claims.
        sides: Two or more; the one that was published first comes first.
        conflicts: Those joined here, the likeliest first.
        score: The best of the conflicts' scores.
        first: When the question's first claim was published; None where undated.
        latest: When its latest claim was published.
    """

    id: str
    question: str
    sides: tuple[Side, ...]
    conflicts: tuple[Conflict, ...]
    score: float
    first: date | None
    latest: date | None

    def _repr_html_(self) -> str:
        from contradict.snippets import dispute_html

        return dispute_html(self)


@dataclass(frozen=True, slots=True)
class Review:
    """What a reader made of a conflict.

    Attributes:
        conflict: Its id.
        judgement: None where there is a note alone.
        at: When it was made, with its time zone; of several reviews of a conflict the latest holds.
    """

    conflict: str
    judgement: Judgement | None
    note: str = ""
    at: datetime | None = None


def publication_order(claim: Claim, documents: Mapping[str, Document]) -> tuple[str, str, int, int, str]:
    """A sort key: by publication date, undated first, then document id and place; `documents` by their ids."""
    document = documents.get(claim.document_id)
    published = document.published.isoformat() if document and document.published else ""
    return published, claim.document_id, claim.start, claim.end, claim.id


def stable_id(*parts: object) -> str:
    """A short id that depends on the parts alone: the same on every machine and in every run."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
