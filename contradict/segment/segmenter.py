"""The default segmenter: sentences, then clauses, read with spaCy."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contradict.progress import progress
from contradict.records import Claim, Document
from contradict.segment.attribution import Cue, Holders, find_cues
from contradict.segment.reading import MAX_SENTENCE, Sentence
from contradict.segment.text import PLAIN, load_spacy, pieces

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

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

        plain = document.text.translate(PLAIN)
        parts = list(pieces(plain))
        if not parts:
            return []
        docs = list(self._nlp.pipe((text for _, text in parts), batch_size=self._batch_size))
        claims: list[Claim] = []
        people = Doc.from_docs(docs) if len(docs) > 1 else docs[0]
        holders = Holders(people)
        subject: tuple[str, bool] | None = None
        context = ""
        for (offset, _), doc in zip(parts, docs, strict=True):
            speaker, in_quote = None, False
            sentences = [(sentence, find_cues(sentence) if len(sentence.text) <= MAX_SENTENCE else []) for sentence in doc.sents]
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
                reader = Sentence(document, doc, sentence, offset, found, carried, holders, subject, context)
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
