"""Anything readable to documents: text, records, rows, files and folders."""

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from contradict.errors import ContradictWarning, DuplicateIdError, InputError
from contradict.records import Document, stable_id

SUFFIXES = (".txt", ".md", ".json", ".jsonl")
# Names under which the records of others keep what we need; the first that is present is taken.
_FIELDS = {
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "site"),
    "published": ("published", "date", "published_at", "publish_date", "date_published", "publication_date"),
    "url": ("url", "link"),
    "id": ("id", "doc_id", "document_id"),
}
_ENGLISH = frozenset(
    "the of and to in a is that was for on it with as by at from he his an be are were has had have not said this which they or but".split()
)


def read_documents(docs: Any) -> tuple[list[Document], dict[str, int]]:
    """Reads articles from anything that `find_conflicts` takes.

    Args:
        docs: One or several of: `str` (always an article's text), `Document`, mapping, `Path` of a .txt, .md, .json or .jsonl
            file or of a folder; or a DataFrame whose rows are articles.

    Returns:
        The documents, and how many inputs were left out, by reason. Whatever is left out is also warned of by name.

    Raises:
        InputError: Nothing can be read, or an input has no text.
        DuplicateIdError: Two documents share an id.
    """
    dropped: dict[str, int] = {}
    seen_ids: dict[str, str] = {}
    seen_texts: dict[str, str] = {}
    documents = []
    for document, place in _read(docs, dropped):
        if document.id in seen_ids:
            if document.text.split() == seen_texts_of(documents, document.id).split():
                _drop(dropped, "the same article twice", f"{place} is the same article as {seen_ids[document.id]}: read once")
                continue
            raise DuplicateIdError(
                f"two documents have the id {document.id!r}: {seen_ids[document.id]} and {place}. Give each its own id"
            )
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
    return documents, dropped


def seen_texts_of(documents: Sequence[Document], name: str) -> str:
    return next((d.text for d in documents if d.id == name), "")


def _drop(dropped: dict[str, int], reason: str, message: str) -> None:
    dropped[reason] = dropped.get(reason, 0) + 1
    warnings.warn(message, ContradictWarning, stacklevel=4)


def _read(docs: Any, dropped: dict[str, int]) -> Iterator[tuple[Document, str]]:
    """Documents with a name of their place in the input, for messages."""
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
            yield from read_path(item, dropped)
        elif isinstance(item, Mapping):
            yield from_mapping(item, place), place
        else:
            hint = ": decode it first" if isinstance(item, bytes) else ""
            raise InputError(f"{place} is a {type(item).__name__}{hint}; give a text, Document, dict or Path")


def read_path(path: Path, dropped: dict[str, int]) -> Iterator[tuple[Document, str]]:
    """Documents of one file or of every readable file under a folder; unreadable ones among others are counted and warned of.

    Raises:
        InputError: The path does not exist, or nothing under it can be read.
    """
    if not path.exists():
        raise InputError(f"no such file or folder: {path}")
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        if not files:
            raise InputError(f"nothing to read in {path}: no {', '.join(SUFFIXES)} file in it")
    else:
        files = [path]
    for file in files:
        try:
            text = _decode(file)
            if file.suffix.lower() in (".json", ".jsonl"):
                yield from _from_json(file, text)
            else:
                yield _from_text(file, text, path), str(file)
        except (OSError, InputError) as error:
            if isinstance(error, DuplicateIdError):
                raise
            reason = error if isinstance(error, InputError) else f"cannot read {file}: {error.strerror or error}"
            _drop(dropped, "unreadable", f"{reason}: left out")


def _decode(file: Path) -> str:
    raw = file.read_bytes()
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{file} is not UTF-8 text: save it as UTF-8")


def _from_text(file: Path, text: str, root: Path) -> Document:
    """A text file. Lines "Title: ...", "Outlet: ...", "Date: ...", "URL: ..." before a blank line are its metadata."""
    fields: dict[str, Any] = {}
    head, gap, body = text.partition("\n\n")
    lines = [line.partition(":") for line in head.splitlines()]
    known = {name for names in _FIELDS.values() for name in names} - set(_FIELDS["text"])
    if gap and lines and all(colon and key.strip().lower() in known for key, colon, _ in lines):
        fields = {key.strip().lower(): value.strip() for key, _, value in lines}
        text = body
    name = str(file.relative_to(root)) if root.is_dir() else file.name
    return from_mapping({"id": name, **fields, "text": text}, str(file))


def _from_json(file: Path, text: str) -> Iterator[tuple[Document, str]]:
    try:
        if file.suffix.lower() == ".jsonl":
            rows = [(number, json.loads(line)) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        else:
            data = json.loads(text)
            if isinstance(data, Mapping):
                inner = next((data[k] for k in ("articles", "documents", "docs") if isinstance(data.get(k), list)), None)
                data = inner if inner is not None else [data]
            if not isinstance(data, list):
                raise InputError(f"{file} holds {type(data).__name__}, not articles: give an object or a list of objects with a text")
            rows = list(enumerate(data, 1))
    except json.JSONDecodeError as error:
        raise InputError(f"{file} is not valid JSON (line {error.lineno}: {error.msg})") from error
    for number, row in rows:
        place = f"{file}, article {number}"
        row = {"text": row} if isinstance(row, str) else row
        if not isinstance(row, Mapping):
            raise InputError(f"{place} is {type(row).__name__}, not an object with a text")
        yield from_mapping({"id": f"{file.name}#{number}", **row}, place), place


def _missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and value != value) or str(value) == "NaT"


def from_mapping(row: Mapping[str, Any], place: str = "document") -> Document:
    """A document from a record with a text and, where it has them, id, title, outlet, published and url.

    Raises:
        InputError: The record has no text, or its date cannot be read.
    """
    found: dict[str, Any] = {}
    used = set()
    for name, aliases in _FIELDS.items():
        key = next((a for a in aliases if a in row and not _missing(row[a])), None)
        if key is not None:
            found[name] = row[key]
            used.add(key)
    text = found.get("text", row.get("text", None))
    if not isinstance(text, str):
        raise InputError(f"{place} has no text: give it under one of {', '.join(_FIELDS['text'])}; it has {', '.join(map(str, row)) or 'nothing'}")
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

            parsed = dateparser.parse(value, languages=["en"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
            if parsed is not None:
                return parsed.date()
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
