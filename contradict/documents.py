"""Anything readable to documents: text, records, rows, files and folders."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from contradict.errors import ContradictWarning, DuplicateIdError, InputError
from contradict.files import FIELDS, SUFFIXES, read_file
from contradict.records import Document, stable_id

# No "yesterday": what a date means must not depend on the day of the run.
_DATES = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
_ENGLISH = frozenset(
    "the of and to in a is that was for on it with as by at from he his an be are were has had have not said this which they or but".split()
)


def read_documents(docs: Any) -> tuple[list[Document], dict[str, int]]:
    """Reads articles from anything that `find_conflicts` takes.

    Args:
        docs: One or several of: `str` (always an article's text), `Document`, mapping, `Path` of a .txt, .md, .json, .jsonl,
            .csv or .html file or of a folder; or a DataFrame whose rows are articles.

    Returns:
        The documents, and how many inputs were left out, by reason. Whatever is left out is also warned of by name.

    Raises:
        InputError: Nothing can be read, or a record that was handed over has no text.
        DuplicateIdError: Two documents share an id.
        MissingExtraError: There is a web page among them, and trafilatura is not installed.
    """
    dropped: dict[str, int] = {}
    seen_ids: dict[str, str] = {}
    seen_texts: dict[str, str] = {}
    documents: list[Document] = []
    unreadable: list[str] = []
    for document, place in _read(docs, unreadable):
        if document.id in seen_ids:
            if document.text.split() == next(d.text for d in documents if d.id == document.id).split():
                _drop(dropped, "the same article twice", f"{place} is the same article as {seen_ids[document.id]}: read once")
                continue
            raise DuplicateIdError(f"two documents have the id {document.id!r}: {seen_ids[document.id]} and {place}. Give each its own id")
        body = stable_id(" ".join(document.text.split()), document.outlet or "", document.published or "")
        if body in seen_texts:
            _drop(dropped, "the same article twice", f"{place} is the same article as {seen_texts[body]}: read once")
            continue
        if not document.text.strip():
            _drop(dropped, "empty", f"{place} has no text: left out")
            continue
        if not is_english(document.text):
            _drop(dropped, "not English", f"{place} is not in English: left out (only English is read)")
            continue
        seen_ids[document.id], seen_texts[body] = place, place
        documents.append(document)
    if unreadable and not documents and not dropped:
        others = f" (and {len(unreadable) - 1} more that cannot be read)" if len(unreadable) > 1 else ""
        raise InputError(unreadable[0] + others)
    for message in unreadable:
        _drop(dropped, "unreadable", f"{message}: left out")
    return documents, dropped


def _drop(dropped: dict[str, int], reason: str, message: str) -> None:
    dropped[reason] = dropped.get(reason, 0) + 1
    warnings.warn(message, ContradictWarning, stacklevel=4)


def _read(docs: Any, unreadable: list[str]) -> Iterator[tuple[Document, str]]:
    """Documents with a name of their place in the input, for messages; why a file or a part of one is no article goes to `unreadable`."""
    if docs is None:
        raise InputError("no documents: give texts, Documents, dicts, a DataFrame or Paths")
    if isinstance(docs, (str, Document, Mapping, Path)):
        docs = [docs]
    elif hasattr(docs, "to_dict") and hasattr(docs, "columns"):
        docs = docs.to_dict("records")
    elif not isinstance(docs, Iterable) or isinstance(docs, (bytes, bytearray)):
        raise InputError(f"cannot read documents from {type(docs).__name__}: give texts, Documents, dicts, a DataFrame or Paths")
    for number, item in enumerate(docs, 1):
        place = f"document {number}"
        if hasattr(item, "_asdict"):
            item = item._asdict()
        elif hasattr(item, "to_dict") and not isinstance(item, Mapping):
            item = item.to_dict()
        if isinstance(item, Document):
            yield item, f"{place} ({item.id})"
        elif isinstance(item, str):
            yield from_mapping({"text": item}, place), place
        elif isinstance(item, Path):
            yield from read_path(item, unreadable)
        elif isinstance(item, Mapping):
            yield from_mapping(item, place), place
        else:
            hint = ": decode it first" if isinstance(item, bytes) else ""
            raise InputError(f"{place} is a {type(item).__name__}{hint}; give a text, Document, dict or Path")


def read_path(path: Path, unreadable: list[str]) -> Iterator[tuple[Document, str]]:
    """Documents of one file or of every file under a folder; why one of them cannot be read is added to `unreadable`.

    Raises:
        InputError: The path does not exist, or no file under it is of a kind that can be read.
    """
    try:
        if not path.exists():
            raise InputError(f"no such file or folder: {path}")
        files = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()) if path.is_dir() else [path]
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    if not files:
        raise InputError(f"nothing to read in {path}: no {', '.join(SUFFIXES)} file in it")
    for file in files:
        name = file.relative_to(path).as_posix() if file != path else file.name
        try:
            for row, place in read_file(file, name, unreadable):
                try:
                    yield from_mapping(row, place), place
                except InputError as error:
                    unreadable.append(str(error))
        except OSError as error:
            unreadable.append(f"cannot read {file}: {error.strerror or error}")
        except InputError as error:
            unreadable.append(str(error))


def _missing(value: Any) -> bool:
    """None, NaN, pandas' NaT and NA, and text without a character that shows."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, float) and value != value) or type(value).__name__ in ("NaTType", "NAType")


def from_mapping(row: Mapping[str, Any], place: str = "document") -> Document:
    """A document from a record with a text and, where it has them, id, title, outlet, published and url.

    Raises:
        InputError: The record has no text, or its date cannot be read.
    """
    found: dict[str, Any] = {}
    used = set()
    for name, aliases in FIELDS.items():
        key = next((a for a in aliases if a in row and not _missing(row[a])), None)
        if key is not None:
            found[name] = row[key]
            used.add(key)
    # A text of nothing but spaces is there all the same: the document is empty, not malformed.
    text = found.get("text", next((row[a] for a in FIELDS["text"] if isinstance(row.get(a), str)), None))
    if not isinstance(text, str):
        raise InputError(
            f"{place} has no text: give it under one of {', '.join(FIELDS['text'])}; it has {', '.join(map(str, row)) or 'nothing'}"
        )
    outlet = found.get("outlet")
    if isinstance(outlet, Mapping):
        outlet = outlet.get("name")
    published = _date(found["published"], place) if "published" in found else None
    title, url = found.get("title"), found.get("url")
    return Document(
        id=str(found["id"]) if "id" in found else stable_id(title or "", outlet or "", published or "", text),
        text=text,
        title=str(title) if title is not None else None,
        outlet=str(outlet) if outlet is not None else None,
        published=published,
        url=str(url) if url is not None else None,
        metadata={str(k): v for k, v in row.items() if k not in used and not _missing(v)},
    )


def _date(value: Any, place: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip().replace("Z", "+00:00")).date()
        except ValueError:
            import dateparser

            parsed = dateparser.parse(value, languages=["en"], settings=_DATES)
            if parsed is not None:
                return date(parsed.year, parsed.month, parsed.day)
    raise InputError(f"{place} has a publication date that cannot be read: {value!r}. Write it as YYYY-MM-DD")


@lru_cache(maxsize=1)
def _identifier() -> Any:
    import py3langid

    return py3langid


def is_english(text: str) -> bool:
    """Whether a text is English: by its function words, and where these are few by py3langid's model.

    Texts too short to tell (under 40 letters) are taken for English.
    """
    words = [w for w in (w.strip(".,;:!?\"'()“”‘’").lower() for w in text[:20_000].split()) if w.isalpha()]
    if sum(map(len, words)) < 40:
        letters = [c for c in text[:2000] if c.isalpha()]
        return not letters or sum(c.isascii() for c in letters) > 0.5 * len(letters)
    share = sum(w in _ENGLISH for w in words) / len(words)
    if share >= 0.2:
        return True
    return share >= 0.05 and bool(_identifier().classify(text[:5000])[0] == "en")
