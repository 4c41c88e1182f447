"""Denials that only point at what was said before: "denied the allegation", "called it a lie", "That is untrue"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contradict.holders import same_name
from contradict.records import Claim, Mood, Polarity
from contradict.segment import cues
from contradict.segment.attribution import Cue
from contradict.segment.clauses import Unit

if TYPE_CHECKING:
    from spacy.tokens import Token

_POINTERS = frozenset("it that this these those them they which both".split())
_TRUE = frozenset("true so correct accurate right".split())
_REACH = 6  # claims before the denial among which its object is looked for


def rebutted(unit: Unit, chain: Sequence[Cue]) -> "Token | None":
    """The word that points at what is denied, where the unit says nothing beyond the denial."""
    inner = chain[-1] if chain else None
    if inner is not None and inner.shape == "noun" and inner.stance is Polarity.DENIED and inner.content is not None:
        return inner.content if _points(inner.content) else None
    head = unit.head
    subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or not _points(subject):
        return None
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in head.children)
    if head.lemma_ == "be":
        said = next((c for c in head.children if c.dep_ in ("acomp", "attr")), None)
        if said is None or any(c.dep_ in ("relcl", "acl", "ccomp", "prep") for c in said.children):
            return None  # "It was a lie that cost lives"
        false = said.lower_ in cues.FALSEHOODS or said.lemma_.lower() in cues.FALSEHOODS
        return subject if false != negated and (false or said.lower_ in _TRUE) else None
    # "That never happened"
    return subject if head.lemma_ in ("happen", "occur") and negated and subject.pos_ == "PRON" and len(list(head.subtree)) <= 6 else None


def _points(word: "Token") -> bool:
    """A pronoun, or the name of a report that does not say what it reports."""
    if word.lower_ in _POINTERS:
        return True
    if word.lemma_.lower() not in cues.REPORT_NOUNS | cues.ASSERT_NOUNS:
        return False
    said = [c for c in word.children if c.dep_ in ("acl", "ccomp", "relcl", "compound", "amod", "prep")]
    return not any(c.dep_ != "prep" or c.lower_ in ("of", "about", "on", "over", "against") for c in said)


def rebuttal(claim: Claim, pointer: "Token", before: Sequence[Claim]) -> Claim | None:
    """The denial as a claim of its own: what was said, with its figures, denied by this holder; None where nobody said anything.

    Of what was said last by someone else, "the ministry's claim" takes the ministry's, other nouns what has a source at all.
    """
    said = [
        c
        for c in reversed(before[-_REACH:])
        if c.mood is not Mood.QUESTION
        and c.polarity is not Polarity.UNCOMMITTED
        and (c.holder is None or claim.holder is None or not same_name(c.holder, claim.holder))
    ]
    owner = next((c.text for c in pointer.children if c.dep_ == "poss"), None)
    owned = [c for c in said if owner and c.holder and owner.lower() in c.holder.lower()]
    sourced = [c for c in said if c.holder is not None] if pointer.pos_ == "NOUN" else []
    meant = next(iter(owned or sourced or said), None)
    if meant is None:
        return None
    polarity = cues.compose(Polarity.DENIED, meant.polarity)
    links = (*claim.attribution[:-1], replace(claim.attribution[-1], stance=polarity)) if claim.attribution else ()
    return replace(
        claim,
        proposition=meant.proposition,
        attribution=links,
        polarity=polarity,
        mood=meant.mood,
        time=meant.time,
        quantities=meant.quantities,
        worth=meant.worth,
        worth_reason=meant.worth_reason,
        lemmas=meant.lemmas,
        names=meant.names,
    )
