"""Texts of articles, made ready for a page, a ticket or a plot."""

import json
from typing import Any
from unicodedata import category
from urllib.parse import quote, urlsplit

from contradict.records import Claim, Document, TimeInterval

# These order the text around them anew, up to the end of the paragraph.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def encodable(text: str) -> str:
    """The text with "?" for halves of surrogate pairs, which UTF-8 does not have."""
    return text.encode("utf-8", "replace").decode("utf-8")


def as_json(data: Any, indent: int | None = None, separators: tuple[str, str] | None = None) -> str:
    """Strict JSON, its characters as they are; half a surrogate pair, which UTF-8 does not have, is written as an escape."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str) -> str:
    """The text on one line, without control characters and without what turns the direction of the text around it."""
    return " ".join("".join(c for c in text if c.isspace() or (c not in _BIDI and category(c) != "Cc")).split())


def web_address(url: str | None) -> str | None:
    """The URL if it is one of the web, safe to link to; None for any other, such as javascript:."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return quote(encodable(url.strip()), safe="%/:=&?~#+!$,;'@()*[]._-")


def context(claim: Claim, document: Document, width: int = 32) -> tuple[str, str]:
    """Up to `width` characters before and after the claim; none where the document's text is not there."""
    if document.text[claim.start : claim.end] != claim.text:
        return "", ""
    return document.text[max(0, claim.start - width) : claim.start], document.text[claim.end : claim.end + width]


def shorten(text: str, limit: int) -> str:
    """The text's first `limit` characters, and how many more there are."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text) - limit:,} more characters)"


def when(time: TimeInterval | None) -> str:
    """A claim's time in days; empty where it has none."""
    if time is None:
        return ""
    if time.start == time.end and time.start:
        return time.start.isoformat()
    return f"{time.start or '…'} – {time.end or '…'}"
