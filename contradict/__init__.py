"""Shows a fact-checker where news sources disagree: who says what, against whom, how sure, and why.

from contradict import find_conflicts
conflicts = find_conflicts(docs)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contradict.check import ClaimCheck, Finding
    from contradict.classify import NLIClassifier
    from contradict.decide import ConflictDecider
    from contradict.documents import read_documents
    from contradict.encode import SentenceEmbedder
    from contradict.errors import (
        ContradictError,
        ContradictWarning,
        DuplicateIdError,
        InputError,
        MissingExtraError,
        ModelError,
        WeightsError,
    )
    from contradict.events import EventBlocker
    from contradict.finder import ConflictFinder, check_claim, find_conflicts
    from contradict.questions import QuestionEmbedder
    from contradict.records import (
        Attribution,
        Bound,
        CandidatePairs,
        Certainty,
        Claim,
        Conflict,
        Dispute,
        Document,
        Explanation,
        Gate,
        Judgement,
        Kind,
        Mood,
        NLIScores,
        Polarity,
        Quantity,
        Review,
        Scope,
        Side,
        Signal,
        Span,
        Strength,
        TimeInterval,
    )
    from contradict.results import Conflicts
    from contradict.retrieve import TopKRetriever
    from contradict.screen import SignalScreen
    from contradict.segment import SpacySegmenter

__version__ = "0.1.0"

# Where each public name lives. Loaded at first use: `import contradict` brings neither torch nor spaCy.
_HOMES = {
    "check": ("ClaimCheck", "Finding"),
    "classify": ("NLIClassifier",),
    "decide": ("ConflictDecider",),
    "documents": ("read_documents",),
    "encode": ("SentenceEmbedder",),
    "errors": (
        "ContradictError", "ContradictWarning", "DuplicateIdError", "InputError", "MissingExtraError", "ModelError", "WeightsError",
    ),
    "events": ("EventBlocker",),
    "finder": ("ConflictFinder", "check_claim", "find_conflicts"),
    "questions": ("QuestionEmbedder",),
    "records": (
        "Attribution", "Bound", "CandidatePairs", "Certainty", "Claim", "Conflict", "Dispute", "Document", "Explanation", "Gate",
        "Judgement", "Kind", "Mood", "NLIScores", "Polarity", "Quantity", "Review", "Scope", "Side", "Signal", "Span", "Strength",
        "TimeInterval",
    ),
    "results": ("Conflicts",),
    "retrieve": ("TopKRetriever",),
    "screen": ("SignalScreen",),
    "segment": ("SpacySegmenter",),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Attribution",
    "Bound",
    "CandidatePairs",
    "Certainty",
    "Claim",
    "ClaimCheck",
    "Conflict",
    "ConflictDecider",
    "ConflictFinder",
    "Conflicts",
    "ContradictError",
    "ContradictWarning",
    "Dispute",
    "Document",
    "DuplicateIdError",
    "EventBlocker",
    "Explanation",
    "Finding",
    "Gate",
    "InputError",
    "Judgement",
    "Kind",
    "MissingExtraError",
    "ModelError",
    "Mood",
    "NLIClassifier",
    "NLIScores",
    "Polarity",
    "Quantity",
    "QuestionEmbedder",
    "Review",
    "Scope",
    "SentenceEmbedder",
    "Side",
    "Signal",
    "SignalScreen",
    "SpacySegmenter",
    "Span",
    "Strength",
    "TimeInterval",
    "TopKRetriever",
    "WeightsError",
    "check_claim",
    "find_conflicts",
    "read_documents",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"contradict.{_HOME[name]}"), name)
    raise AttributeError(f"module 'contradict' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
