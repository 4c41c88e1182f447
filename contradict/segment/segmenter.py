"""The default segmenter: sentences, then clauses, read with spaCy."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contradict.progress import progress
from contradict.records import Claim, Document, Polarity, Span
from contradict.segment import cues
from contradict.segment.attribution import Cue, backshifted, find_cues, quoted_tokens, runs_on
from contradict.segment.reading import MAX_SENTENCE, Sentence
from contradict.segment.sources import Holders
from contradict.segment.speakers import labels
from contradict.segment.text import load_spacy, pieces, plain

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan

_LOOK_AHEAD = 12  # sentences of one quotation through which its speaker is looked for


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

        parts = list(pieces(plain(document.text)))
        if not parts:
            return []
        docs = list(self._nlp.pipe((text for _, text in parts), batch_size=self._batch_size))
        claims: list[Claim] = []
        people = Doc.from_docs(docs) if len(docs) > 1 else docs[0]
        holders = Holders(people)
        lines = [document.text[max(document.text.rfind(end, 0, start) for end in "\n\r") + 1 : start + len(text)] for start, text in parts]
        labelled = labels(lines, holders.people, document.title or "")
        subject: tuple[str, bool] | None = None
        context = ""
        last: Cue | None = None
        asked = False  # a question stands right before
        answered: Cue | None = None  # who answered the first
        for paragraph, ((offset, _), doc) in enumerate(zip(parts, docs, strict=True)):
            label = labelled.get(paragraph)
            voice = None
            if label is not None and label.holder is not None:
                start = offset + len(parts[paragraph][1]) - len(lines[paragraph])
                place = Span(start + label.span.start, start + label.span.end)
                voice = Cue(doc[0], doc[0], None, Polarity.ASSERTED, holder=label.holder, label=place)
            speaker: Cue | None = None
            said: Cue | None = None  # in the sentence before, by someone whose words may run on
            quoted = quoted_tokens(doc) if voice is None else frozenset(range(len(doc)))  # a transcript needs no marks
            sentences = [(sentence, find_cues(sentence) if len(sentence.text) <= MAX_SENTENCE else []) for sentence in doc.sents]
            for number, (sentence, found) in enumerate(sentences):
                outer = [cue for cue in found if cue.head.i not in quoted]
                for cue in outer:
                    cue.offset = offset
                    name_holder(cue, holders, speaker)
                carried = voice
                if voice is None and next((t.i for t in sentence if not t.is_space), -1) in quoted:
                    # A quotation without a cue of its own: who spoke last here, or who is named right after it.
                    closing = _closing_cue(sentences[number : number + _LOOK_AHEAD], quoted)
                    ahead = next(
                        (c for _, later in sentences[number + 1 : number + 2] for c in later if c.source and c.head.i not in quoted), None
                    )
                    ahead = closing or (None if speaker else ahead)
                    if ahead is not None and ahead.source is not None:
                        carried = Cue(ahead.head, ahead.source, None, Polarity.ASSERTED, holder=holders.name(ahead.source), offset=offset)
                    elif asked:
                        carried = answered = answered or speaker or last or holders.named(sentence.root)
                    else:
                        carried = speaker or last or holders.named(sentence.root)
                elif voice is None and (opening := _quotation_after_colon(sentence, quoted)) is not None:
                    carried = next((c for c in reversed(outer) if c.holder and c.head.i < opening), speaker or holders.named(sentence.root))
                asked = sentence.text.rstrip().endswith("?") and sentence.root.i not in quoted
                speaking = next((cue for cue in outer if cue.holder), None)
                for cue in found:
                    if cue.head.i in quoted:
                        cue.offset = offset
                        name_holder(cue, holders, speaking or carried, is_quoted=True)
                onward = runs_on(sentence, outer, quoted)
                free = said is not None and speaking is None and not quoted.intersection(t.i for t in sentence) and sentence.start > 0
                if onward is None and free and said is not None and (doc[sentence.start - 1].text in ";:" or backshifted(sentence)):
                    onward = sentence.start - 1, said
                elif speaking is not None and speaking.head.tag_ in ("VBD", "VBN") and speaking.head.lemma_ in cues.SPEECH:
                    said = replace(speaking, content=None, stance=Polarity.ASSERTED, shape="clause")
                else:
                    said = None
                reader = Sentence(document, doc, sentence, offset, found, quoted, carried, holders, subject, context, onward, claims)
                for claim in reader.claims():
                    claims.append(claim)  # one by one: a claim may point back to the one before
                context = reader.context
                if speaking is not None:
                    speaker = last = replace(speaking, content=None, stance=Polarity.ASSERTED, shape="clause")
                holders.read(sentence, offset)
                subject = reader.subject() or subject
                for token in sentence.root.children:
                    if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("NOUN", "PROPN"):
                        holders.mention(token)
        return claims


def name_holder(cue: Cue, holders: Holders, speaker: Cue | None, is_quoted: bool = False) -> None:
    """Gives a cue its holder.

    In a quotation "I" is its speaker, who is not displaced by those it names; outside, "I" and "we" are the article's own voice.
    """
    first_person = cue.source is not None and cue.source.lower_ in ("i", "we")
    if cue.head.lemma_ == "be":
        return  # "it is untrue that": said by whoever reports it
    before = speaker.holder if speaker is not None else holders.last or ""
    if cue.source is None:
        by_nobody = any(c.dep_ == "auxpass" for c in cue.head.children)  # "it was reported that"
        cue.holder = "" if by_nobody else before
    elif is_quoted:
        cue.holder = before if before and first_person else holders.name(cue.source)
    elif not first_person:
        cue.holder = holders.name(cue.source)
        holders.note(cue.source, cue.holder)


def _quotation_after_colon(sentence: "SpacySpan", quoted: frozenset[int]) -> int | None:
    """Where a quotation opens that a colon leads to."""
    return next((t.i for t in sentence if t.i in quoted and t.i > sentence.start and t.nbor(-1).text == ":"), None)


def _closing_cue(sentences: "Sequence[tuple[SpacySpan, list[Cue]]]", quoted: frozenset[int]) -> Cue | None:
    """Who is named right after the quotation that runs through the first of the sentences: '... We knew," said Vold.'"""
    for sentence, found in sentences:
        end = next((token.i for token in sentence if token.i not in quoted and not token.is_space), None)
        if end is not None:
            return next((c for c in found if c.source is not None and c.head.i >= end and c.head.i not in quoted), None)
    return None
