"""Transcripts: paragraphs that open with the name of the one who speaks them ("HOST: ...", "A: ...")."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contradict.records import Span

_LABEL = re.compile(r"\s*([A-Z][\w.'& -]{0,50}?)(?:\s*\([^()\n]{1,40}\))?\s*:\s")
_ASKS = frozenset("q question host presenter interviewer moderator reporter studio chair chairman chairwoman clerk".split())
_NOT_SPEECH = frozenset("note notes correction update background box timeline subject from to date rumour rumor fact facts".split())
_IN_TITLE = re.compile(r"(?!Interview)([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)(?=: )|.*?\b(?:with|[Ii]nterview:)\s.*?((?:[A-Z][\w'-]+ ?){2,})")
_LONGEST = 5  # words of a label


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a paragraph.

    Attributes:
        span: The label, in characters of its paragraph.
        holder: Who speaks; None for one who asks.
    """

    span: Span
    holder: str | None


def labels(paragraphs: Sequence[str], people: Sequence[str], title: str = "") -> dict[int, Label]:
    """The speakers' labels of an article, by paragraph.

    A label is written in capitals or opens at least two paragraphs, and an article has at least two labelled paragraphs.

    Args:
        paragraphs: The article's paragraphs.
        people: Full names that the article gives, in their order.
        title: The article's title, which often names who answers.
    """
    found = {k: m for k, m in ((k, _LABEL.match(text)) for k, text in enumerate(paragraphs)) if m is not None}
    counts = Counter(m[1] for m in found.values())
    found = {
        k: m
        for k, m in found.items()
        if (m[1].isupper() or counts[m[1]] > 1 or m[1].lower() in _ASKS)
        and len(m[1].split()) <= _LONGEST
        and m[1].lower().split()[0] not in _NOT_SPEECH
    }
    if len(found) < 2:
        return {}
    answering = _answering([title, *paragraphs[: min(found)]], people)
    full: dict[str, str] = {}  # the fuller label of a speaker comes first: "FINANCE DIRECTOR PER HOLT", then "HOLT"
    labelled = {}
    for k, match in found.items():
        label = match[1].strip()
        asks = label.lower().removeprefix("the ") in _ASKS
        holder = None if asks else answering if label == "A" else _named(label, people, full)
        labelled[k] = Label(Span(match.start(1), match.end(1)), holder)
    return labelled


def _answering(before: Sequence[str], people: Sequence[str]) -> str | None:
    """Who answers under a bare "A:": the one named before the first question, in the title first; else the first one named at all."""
    for text in before:
        for person in people:
            if person in text:
                return person
    named = _IN_TITLE.match(before[0])
    if named is not None:
        return (named[1] or named[2]).strip()  # "Serrano: 'I was the patient'"
    return next(iter(people), None)


def _named(label: str, people: Sequence[str], full: dict[str, str]) -> str:
    """A label as a name: that of a person whom the article or an earlier label names in full, else its own words."""
    surname = label.split()[-1].lower()
    person = next((p for p in people if p.split()[-1].lower() == surname), None)
    name = person or full.get(surname) or (label.title() if label.isupper() and len(label) > 4 else label)
    return full.setdefault(surname, name)
