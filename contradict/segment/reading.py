"""One parsed sentence to claims."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contradict.records import Attribution, Claim, Document, Mood, Polarity, Quantity, stable_id
from contradict.segment import cues
from contradict.segment.attribution import Cue, noun_phrase, shares_frame
from contradict.segment.clauses import CONTENT, Unit, clause_units, has_substance, joined
from contradict.segment.propositions import Surroundings, proposition
from contradict.segment.quantity import find_quantities
from contradict.segment.rebuttals import rebuttal, rebutted
from contradict.segment.sources import Holders
from contradict.segment.text import trim
from contradict.segment.time import find_time
from contradict.segment.wording import find_certainty, find_mood, find_worth

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

MAX_SENTENCE = 600  # characters; longer ones are cut at a space, since no model here reads further
_POINTS_BACK = re.compile(r"(?:these|those|such|this|that|both|it|they|he|she|its|their|the (?:latter|former|same))\b", re.I)


class Sentence:
    """Turns one parsed sentence into claims."""

    def __init__(
        self,
        document: Document,
        doc: "Doc",
        sentence: "SpacySpan",
        offset: int,
        found: list[Cue],
        quoted: frozenset[int],
        speaker: Cue | None,
        holders: Holders,
        previous: tuple[str, bool] | None,
        context: str,
        onward: tuple[int, Cue] | None = None,
        before: Sequence[Claim] = (),
    ) -> None:
        self.document, self.doc, self.sentence, self.offset = document, doc, sentence, offset
        self.found, self.quoted, self.speaker = found, quoted, speaker
        self.holders, self.previous = holders, previous
        self.onward = onward  # the token after which a report runs on without a cue, and whose it is
        self.before = before  # the article's claims so far, this sentence's too as they are yielded
        self.taken: set[int] = set()  # tokens of reported content
        self.context = context  # what the last claim said, for one that points back to it

    def subject(self) -> tuple[str, bool] | None:
        """What the sentence is about, for a pronoun in the next: the main subject and whether it is a person."""
        root = self.sentence.root
        token = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if token is None or token.tag_ in ("PRP", "DT", "WP", "EX", "WDT"):
            return None
        first, last = noun_phrase(token)
        person = token.ent_type_ == "PERSON"
        return self.holders.name(token) if person else self.doc[first : last + 1].text, person

    def claims(self) -> Iterator[Claim]:
        if len(self.sentence.text) > MAX_SENTENCE:
            yield from self._long()
            return
        parts = clause_units(self.sentence, self.found)
        frames = {c.head.i for c in self.found if c.content is not None and not c.beside and c.content != c.head}
        frames |= {c.head.head.i for c in self.found if shares_frame(c)}
        around = [c for c in self.found if c.beside]
        bare = [c for c in self.found if c.content is None and c.head.i not in self.quoted]
        contents = {c.content.i for c in self.found if c.content is not None and c not in around}
        named = any(c.head.pos_ == "NOUN" for c in self.found)
        self.taken = {t.i for u in parts for t in u.tokens if u.head.i in contents}
        emitted = False
        for unit in parts:
            # "Confirmed the finding": however short, it is shown with its frame.
            thing = unit.head.pos_ != "PRON" and any(c.content == unit.head and c.shape == "noun" for c in unit.chain[-1:])
            if unit.head.i in frames or not (thing or has_substance(unit) or (self.before and rebutted(unit, unit.chain))):
                continue
            if named and unit.head.lemma_ in cues.STANCES and unit.head.i not in contents:
                continue  # "state media conveyed X's assertion that ...": the frame of a noun cue
            chain = list(unit.chain)
            chain = [c for c in around if c.head in unit.tokens or any(c.content == k.head for k in chain)] + chain
            if not chain and bare and self.sentence.text.count('"') >= 2:
                if bare[0].head.i == unit.head.i and not has_substance(unit, len('""') + 24):
                    continue
                chain = [bare[0]]
            emitted = True
            claim = self._claim(unit, chain, self._frame(unit, chain, bare))
            yield claim
            for cue in self.found:
                if cue.content == unit.head and cue.holder and cue not in chain and chain and chain[-1].head.pos_ == "NOUN":
                    # "Disputed the coroner's finding that ...": what the one asserts, the other denies.
                    second = replace(cue, stance=cues.compose(cue.stance, chain[-1].stance))
                    both = self._claim(unit, [*chain[:-1], second], self._frame(unit, [second], bare))
                    yield replace(both, proposition=claim.proposition)
        whole = Unit(self.sentence.root, list(self.sentence), [])
        if not emitted and has_substance(whole):
            self.taken = set()
            yield self._claim(whole, [c for c in self.found if c.source is not None and c.shape == "clause"][:1], None)

    def _frame(self, unit: Unit, chain: list[Cue], bare: list[Cue]) -> Cue | None:
        """Who speaks in the quotation that a unit stands in, unless the unit's own chain names them."""
        if any(c.head.i not in self.quoted for c in chain):
            return None
        spoken = unit.head.i in self.quoted or unit.tokens[0].i in self.quoted
        if not spoken and not chain and self.onward is not None and unit.tokens[0].i >= self.onward[0] < unit.head.i:
            return self.onward[1]
        return (bare[0] if bare else self.speaker) if spoken else None

    def _long(self) -> Iterator[Claim]:
        """A sentence longer than any model reads: cut at spaces, in the article's voice."""
        text, base = self.sentence.text, self.sentence.start_char
        start = 0
        while start < len(text):
            end = min(len(text), start + MAX_SENTENCE)
            if end < len(text):
                end = max(text.rfind(" ", start + 1, end), start + MAX_SENTENCE // 2)
            span = self.doc.char_span(base + start, base + end, alignment_mode="expand")
            if span is not None and text[start:end].strip():
                yield self._make(base + start, base + end, text[start:end].strip(), list(span), [], None)
            start = end

    def _claim(self, unit: Unit, chain: list[Cue], frame: Cue | None) -> Claim:
        # Reported content inside the clause is a claim of its own: keep to the run of tokens around the head.
        own = {t.i for t in unit.tokens}
        first = last = unit.head.i
        while first > self.sentence.start and (first - 1 in own or first - 1 not in self.taken):
            first -= 1
        while last + 1 < self.sentence.end and (last + 1 in own or last + 1 not in self.taken):
            last += 1
        kept = [t for t in unit.tokens if first <= t.i <= last]
        while len(kept) > 1 and kept[-1].is_punct and kept[-2].i != kept[-1].i - 1:
            kept.pop()  # the full stop after a clause that is a claim of its own
        start, end = kept[0].idx, kept[-1].idx + len(kept[-1])
        inner = chain[-1] if chain else None
        body = proposition(unit, chain, Surroundings(self.holders, frame.holder if frame is not None else None, self.previous))
        before, self.context = self.context, body
        if before and _POINTS_BACK.match(body):
            body = f"{before.rstrip('.')}. {body}"  # "these transactions", "they": left with the statement that they point back to
        thing = inner is not None and inner.shape == "noun" and inner.head.pos_ == "VERB"
        pointer = rebutted(unit, chain)
        if inner is not None and (thing or inner.stance != Polarity.ASSERTED) and inner.head.sent == self.sentence:
            # A denial is shown with its denying words, or the reader would see its opposite; a thing with what is said of it.
            edge = inner.source if inner.source is not None and inner.source.sent == self.sentence else inner.head
            first = min(noun_phrase(edge)[0], inner.head.i, edge.i)
            last = inner.head.i
            if pointer is not None:  # with "false" of "calls that false"
                last = max([last, *(t.i for t in inner.head.subtree if t.lower_ in cues.FALSEHOODS)])
            start = min(start, self.doc[first].idx)
            end = max(end, self.doc[last].idx + len(self.doc[last]))
        base = self.sentence.start_char
        start, end = (base + at for at in trim(self.sentence.text, start - base, end - base))
        claim = self._make(start, end, body, unit.tokens, chain, frame)
        denial = rebuttal(claim, pointer, self.before) if pointer is not None else None
        if denial is not None:
            self.context = denial.proposition
        elif pointer is not None and thing and pointer.pos_ == "PRON":
            return replace(claim, proposition=claim.text, attribution=(), polarity=Polarity.ASSERTED)  # "denied it", and nobody knows what
        return denial or claim

    def _make(self, start: int, end: int, body: str, tokens: "list[Token]", chain: list[Cue], frame: Cue | None) -> Claim:
        document, offset = self.document, self.offset
        first, last = offset + start, offset + end
        text = document.text[first:last]
        links: list[Attribution] = []
        for cue in ([frame] if frame is not None else []) + chain:
            if not cue.holder:
                if links and cue.head.lemma_ == "be":  # "the bank insists it is untrue that": the bank denies
                    links[-1] = replace(links[-1], stance=cues.compose(links[-1].stance, cue.stance))
                continue
            link = Attribution(cue.holder, cue.source_span(), cue.cue_span(), Polarity.ASSERTED if cue is frame else cue.stance)
            if links and links[-1].holder == cue.holder:
                before = links.pop()
                # '"I think ...", Vold said': the name says more than the pronoun.
                named = before if cue.head.i in self.quoted and cue is not frame else link
                link = replace(named, stance=cues.compose(before.stance, link.stance))
            links.append(link)
        polarity = links[-1].stance if links else Polarity.ASSERTED
        if not links and chain:
            polarity = chain[-1].stance
        mood, certainty = find_mood(tokens, chain, text), find_certainty(tokens, chain)
        if mood == Mood.QUESTION and not links:
            polarity = Polarity.UNCOMMITTED
        span = self.doc[min(t.i for t in tokens) : max(t.i for t in tokens) + 1]
        inside = {t.i for t in tokens}
        quantities = tuple(
            _shifted(q, offset, document.text)
            for q in find_quantities(span)
            if any(t.idx <= q.end - 1 < t.idx + len(t) and t.i in inside for t in span)
        )
        worth, reason = find_worth(tokens, mood, quantities)
        return Claim(
            id=stable_id(document.id, first, last),
            document_id=document.id,
            start=first,
            end=last,
            text=text,
            proposition=body or text,
            attribution=tuple(links),
            polarity=polarity,
            mood=mood,
            certainty=certainty,
            time=find_time(joined(tokens), document.published, ahead=mood in (Mood.FORECAST, Mood.COMMITMENT)),
            quantities=quantities,
            worth=worth,
            worth_reason=reason,
            lemmas=frozenset(t.lemma_.lower() for t in tokens if t.pos_ in CONTENT and not t.is_stop and len(t) > 1),
            names=frozenset(
                t.lower_ for t in tokens if t.ent_type_ in ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT") or t.pos_ == "PROPN"
            ),
        )


def _shifted(quantity: Quantity, offset: int, text: str) -> Quantity:
    """The same with offsets into the document, and its words as they stand there."""
    start, end = quantity.start + offset, quantity.end + offset
    return replace(quantity, start=start, end=end, text=text[start:end])
