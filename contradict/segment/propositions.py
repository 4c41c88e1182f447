"""Propositions: a clause as a sentence of its own, without its attribution, its pronouns named where that is clear."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contradict.segment import cues
from contradict.segment.attribution import Cue, noun_phrase
from contradict.segment.clauses import Unit, follows
from contradict.segment.sources import Holders

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT_FORM = {"his": "he", "her": "she", "its": "it", "their": "they", "my": "i", "our": "we"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a clause may point to.

    Attributes:
        holders: Names of the article so far.
        speaker: Who speaks in the quotation that the sentence stands in.
        previous: Subject of the sentence before, and whether it is a person.
    """

    holders: Holders
    speaker: str | None
    previous: tuple[str, bool] | None


def proposition(unit: Unit, chain: list[Cue], around: Surroundings) -> str:
    """The clause as a sentence of its own: marks dropped, pronouns that stand for the holder named."""
    tokens = list(unit.tokens)
    inner = chain[-1] if chain else None
    dropped = {t.i for c in chain for t in _not_content(c)}
    tokens = [t for t in tokens if t.i not in dropped]
    while tokens and (tokens[0].dep_ in ("mark", "cc", "punct") or tokens[0].is_space):
        tokens.pop(0)
    if chain and chain[-1].shape == "clause" and tokens and tokens[0].lower_ == "that":
        tokens.pop(0)  # the parser does not always see it as a mark
    while tokens and tokens[-1].dep_ in ("cc", "punct") and tokens[-1].text not in ('"', "%", ")", "$"):
        tokens.pop()
    holder = inner.holder if inner is not None else around.speaker
    own = next((c for c in unit.head.children if c.dep_ in ("nsubj", "nsubjpass", "poss")), None)
    words: list[str] = []
    for number, token in enumerate(tokens):
        if number and tokens[number - 1].i != token.i - 1:
            words.append(" ")
        if token.text == '"':
            words.append(" " if token.whitespace_ else "")
            continue
        words.append((_name(token, token == own or token.head == own, holder, inner, around) or token.text) + token.whitespace_)
        if (
            not token.whitespace_
            and token.i + 1 < len(token.doc)
            and token.doc[token.i + 1].whitespace_
            and token.doc[token.i + 1].is_quote
        ):
            words.append(" ")
    body = " ".join("".join(words).split())
    body = body.replace(f"{holder} am ", f"{holder} is ") if holder else body
    body = re.sub(r"\s+([,.;:?!])", r"\1", body).strip(" ,;")
    if inner is not None and inner.shape == "gerund":
        actor = _accused(inner, around.holders) or holder
        body = re.sub(r"^having\b", "had", body, flags=re.I)
        body = f"{actor} was {body}" if unit.head.tag_ == "VBG" else f"{actor} {body}"
    elif inner is not None and inner.shape == "noun":
        body = _event(inner, body, holder)
    elif follows(unit.head):
        body = _with_subject(unit, body)
    return body[:1].upper() + body[1:]


def _not_content(cue: Cue) -> "Iterator[Token]":
    """Words of a cue that its content may hold: "according to ..." with its commas, "as lies", a stray "that"."""
    doc = cue.head.doc
    if cue.beside:
        first, last = cue.head.left_edge.i, cue.head.right_edge.i
        commas = doc[max(0, first - 1)].text == "," == doc[min(last + 1, len(doc) - 1)].text
        yield from doc[first - commas : last + 1 + commas]
    elif cue.content is not None and cue.head.lemma_ in cues.DENY_REPORT:
        for token in cue.content.children:
            if token.lower_ == "as" and any(t.lower_ in cues.FALSEHOODS for t in token.subtree):
                yield from token.subtree
    elif cue.content is not None and cue.head.pos_ == "NOUN" and cue.content.left_edge.lower_ == "that":
        yield cue.content.left_edge


def _accused(cue: Cue, holders: Holders) -> str | None:
    if cue.head.lemma_ not in ("accuse", "charge"):
        return None
    target = next((c for c in cue.head.children if c.dep_ in ("dobj", "nsubjpass")), None)
    return holders.name(target) if target is not None else None


def _event(cue: Cue, body: str, holder: str | None) -> str:
    """A noun phrase as a statement: "denied any role in the raid" is about there having been a role."""
    noun = cue.content.lower_ if cue.content is not None else ""
    body = re.sub(r"^(?:any|all)\s+", "", body, flags=re.I)
    if re.match(r"(?:its|his|her|their)\b", body, re.I):
        return re.sub(r"^\w+", f"{holder}'s", body, count=1) + " took place"
    if noun in ("responsibility", "involvement", "role", "knowledge", "wrongdoing", "link", "links", "part"):
        return f"{holder} had {body}"
    return f"{body} is true" if noun.rstrip("s") in cues.REPORT_NOUNS else f"There was {body}"


def _with_subject(unit: Unit, body: str) -> str:
    """ "..., killing nine people" with the subject of the clause that it hangs on."""
    verb = unit.head.head
    subjects: list[Token] = []
    while not subjects:
        subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i]
        if verb.dep_ != "conj":
            break
        verb = verb.head
    if not subjects or subjects[-1].tag_ in ("WDT", "WP", "EX") or verb.lemma_ in cues.STANCES:
        return body
    actor = subjects[0].doc[subjects[0].left_edge.i : noun_phrase(subjects[-1])[1] + 1].text
    having = re.sub(r"^having\b", "had", body, flags=re.I)
    return f"{actor} {having if having != body else f'was {body}'}"


def _name(token: "Token", is_subject: bool, holder: str | None, inner: Cue | None, around: Surroundings) -> str | None:
    """What a pronoun stands for, where that is clear; None leaves the word."""
    if token.tag_ not in ("PRP", "PRP$") or token.lower_ in ("you", "your"):
        return None
    word = _SUBJECT_FORM.get(token.lower_, token.lower_)
    tail = "'s" if token.tag_ == "PRP$" else ""
    if word in ("i", "we") and (around.speaker or holder):
        return (around.speaker or holder or "") + tail
    if not is_subject:
        return None
    if inner is not None and holder and word in ("he", "she", "it", "they"):
        source = inner.source
        if source is not None and source.lower_ == word:
            return holder + tail
        person = holder == around.holders.last_person
        if (word in ("he", "she")) == person:
            return holder + tail
        return None
    if inner is None and around.previous is not None and word in ("he", "she", "it") and token.tag_ == "PRP":
        name, person = around.previous
        return name + tail if (word in ("he", "she")) == person else None
    return None
