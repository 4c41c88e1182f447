"""Claims read with the installed spaCy pipeline, loaded once."""

from datetime import date
from functools import lru_cache

from contradict import Claim, Document, SpacySegmenter

PUBLISHED = date(2024, 6, 12)  # a Wednesday


@lru_cache(maxsize=1)
def segmenter() -> SpacySegmenter:
    return SpacySegmenter()


def read(text: str, published: date | None = PUBLISHED) -> list[Claim]:
    """The claims of a text; every one of them points at its words in it."""
    claims = segmenter().segment([Document("d", text, published=published)])
    for claim in claims:
        assert claim.text == text[claim.start : claim.end] and claim.start < claim.end
        for link in claim.attribution:
            assert all(span is None or 0 <= span.start < span.end <= len(text) for span in (link.source, link.cue))
        assert all(quantity.text == text[quantity.start : quantity.end] for quantity in claim.quantities)
    return claims


def last(text: str) -> Claim:
    """The last claim of a text."""
    return read(text)[-1]


def only(text: str) -> Claim:
    """The one claim of a text."""
    claims = read(text)
    assert len(claims) == 1, [claim.text for claim in claims]
    return claims[0]
