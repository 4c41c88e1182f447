"""Sources as names: whom a noun phrase or a pronoun stands for within one article."""

import re

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from contradict.records import Polarity, Span
from contradict.segment.attribution import Cue, noun_phrase

_PRONOUNS = frozenset("he she it they we i who which that this these those you one".split())
_ROLES = frozenset(
    "spokesman spokeswoman spokesperson minister president mayor governor general captain chief director chairman "
    "chairwoman executive commissioner judge prosecutor superintendent officer official ambassador premier secretary "
    "leader coach doctor professor representative commander owner lawyer senator inspector colonel physician manager "
    "head keeper engineer pilot master skipper attorney counsel bishop rector dean treasurer envoy chair".split()
)


class Holders:
    """Resolves sources to names within one article, sentence by sentence."""

    def __init__(self, doc: Doc) -> None:
        self.people: list[str] = []
        for entity in doc.ents:
            name = self._clean(entity.text)
            if entity.label_ == "PERSON" and " " in name and name not in self.people:
                self.people.append(name)
        self._roles: dict[str, str] = {}
        self._named: tuple[str, Span] | None = None  # the last full name that was read, and where
        self.last_person: str | None = None
        self.last_thing: str | None = None
        self.last: str | None = None

    @staticmethod
    def _clean(text: str) -> str:
        text = re.sub(r"^(?:the|a|an|its|his|her|their|our)\s+", "", " ".join(text.split()), flags=re.I)
        return re.sub(r"['’]s?$", "", text).strip(" ,.;:\"'")

    def name(self, head: Token) -> str:
        """The holder's name: a person's full name where the article gives one, else the noun phrase."""
        doc, lower = head.doc, head.lower_
        if lower in _PRONOUNS or head.tag_ in ("PRP", "PRP$"):
            if lower in ("he", "she", "his", "her"):
                return self.last_person or (self._named[0] if self._named else None) or self.last or head.text
            if lower in ("it", "its", "this", "that"):
                return self.last_thing or self.last or head.text
            return self.last or self.last_thing or head.text
        first, last = noun_phrase(head)
        # An apposition that is a person names the holder ("health minister Adjoua Teck", "its director, Lise Aamodt").
        of_others = {
            t.i for c in head.children if c.dep_ in ("poss", "prep") for t in c.subtree
        }  # "Vold's lawyer", "the office at Ain Zer"
        inside = [
            e for e in doc.ents if e.label_ == "PERSON" and first <= e.start and e.end - 1 <= max(last, head.i) and e.start not in of_others
        ]
        role = head.lemma_.lower()
        appositive = next((c for c in head.children if c.dep_ == "appos" and (c.ent_type_ == "PERSON" or c.pos_ == "PROPN")), None)
        named = head.pos_ == "NOUN" and (role in _ROLES or (appositive is not None and appositive.ent_type_ == "ORG"))
        if appositive is not None and appositive.ent_type_ != "PERSON" and not named:
            appositive = None
        if not inside and appositive is not None:
            inside = [e for e in doc.ents if e.start <= appositive.i < e.end] or [doc[appositive.left_edge.i : appositive.i + 1]]
        if inside and (inside[-1].end - 1 >= head.i or appositive is not None):
            name = self._full(self._clean(inside[-1].text))
            for token in doc[first : last + 1]:
                if token.lemma_.lower() in _ROLES:
                    self._roles[token.lemma_.lower()] = name
            for child in head.children:  # "Adjoua Teck, the health minister"
                if child.dep_ == "appos" and child.lemma_.lower() in _ROLES:
                    self._roles[child.lemma_.lower()] = name
            if role in _ROLES:
                self._roles[role] = name
            return name
        text = self._clean(doc[first : last + 1].text)
        if role in self._roles and len(text.split()) <= 2:
            return self._roles[role]
        if head.pos_ == "PROPN":
            return self._full(text)
        return text

    def _full(self, name: str) -> str:
        short = re.sub(r"^(?:Mr|Mrs|Ms|Dr|Prof|Gen|General|Captain|Col|Sir|Dame|Judge|President|Minister)\.?\s+", "", name)
        return next((p for p in self.people if p.split()[-1] == short.split()[-1]), name) if len(short.split()) == 1 else name

    def read(self, sentence: SpacySpan, offset: int) -> None:
        """Remembers whom a sentence names in full, for quotations and pronouns without anyone else to belong to."""
        for entity in sentence.ents:
            if self._clean(entity.text) in self.people:
                self._named = self._clean(entity.text), Span(offset + entity.start_char, offset + entity.end_char)

    def named(self, head: Token) -> Cue | None:
        """The person named in full last, as the speaker of a quotation at `head`."""
        return Cue(head, head, None, Polarity.ASSERTED, holder=self._named[0], label=self._named[1]) if self._named else None

    def mention(self, head: Token) -> None:
        """Remembers a subject that did not speak, for the pronouns to come."""
        spoke = self.last
        self.note(head, self.name(head))
        self.last = spoke

    def note(self, head: Token, name: str) -> None:
        """Remembers a holder or subject, for the pronouns to come."""
        self.last = name
        titled = len(name.split()) > 1 and name.split()[0].lower() in _ROLES  # "Superintendent Ole Varga"
        person = head.ent_type_ == "PERSON" or name in self.people or head.lemma_.lower() in _ROLES or titled
        if head.lower_ in ("he", "she") or person:
            self.last_person = name
        elif head.lower_ not in _PRONOUNS:
            self.last_thing = name
