"""Files to the records in them: text, JSON, CSV and saved web pages."""

import codecs
import csv
import json
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from contradict.errors import InputError, MissingExtraError

SUFFIXES = (".txt", ".md", ".json", ".jsonl", ".csv", ".html", ".htm")
# Names under which the records of others keep what we need; the first that is present is taken.
FIELDS = {
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "site"),
    "published": ("published", "date", "published_at", "publish_date", "date_published", "publication_date"),
    "url": ("url", "link"),
    "id": ("id", "doc_id", "document_id"),
}
_KNOWN = frozenset(name for names in FIELDS.values() for name in names)
_DELIMITERS = ",;\t|"
# As browsers look for it: in the first 1024 bytes, in <meta charset> or in the content of <meta http-equiv>. Only encodings of the
# web: not UTF-16, in which this could not be read, and not those that are Python's alone.
_CHARSET = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*((?:utf-?8|(?:us-)?ascii|iso|latin|windows|cp|mac|koi8|gb|big5|euc|shift)[\w:.-]*)""",
    re.IGNORECASE,
)


def read_file(file: Path, name: str, unreadable: list[str]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The records of one file, each with its place for messages; why a part of it is no record is added to `unreadable`.

    Args:
        name: The file's name in the ids of its articles.

    Raises:
        InputError: The file as a whole is not what its suffix says.
        MissingExtraError: A web page, and trafilatura is not installed.
        OSError: The file cannot be read.
    """
    raw = file.read_bytes()
    suffix = file.suffix.lower()
    if suffix in (".html", ".htm"):
        yield {"id": name, **_from_html(file, _decode_html(raw))}, str(file)
    elif suffix == ".csv":
        yield from _from_csv(file, name, _decode(file, raw), unreadable)
    elif suffix in (".json", ".jsonl"):
        yield from _from_json(file, name, _decode(file, raw), unreadable)
    else:
        yield _from_text(name, _decode(file, raw)), str(file)


def _decode(file: Path, raw: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{file} is not UTF-8 text: save it as UTF-8")


def _from_text(name: str, text: str) -> Mapping[str, Any]:
    """A text file. Lines "Title: ...", "Outlet: ...", "Date: ...", "URL: ..." before a blank line are its metadata."""
    fields: dict[str, Any] = {}
    text = text.replace("\r\n", "\n")
    head, gap, body = text.partition("\n\n")
    lines = [line.partition(":") for line in head.splitlines()]
    known = _KNOWN - set(FIELDS["text"])
    if gap and lines and all(colon and key.strip().lower() in known for key, colon, _ in lines):
        fields = {key.strip().lower(): value.strip() for key, _, value in lines}
        text = body
    return {"id": name, **fields, "text": text}


def _from_json(file: Path, name: str, text: str, unreadable: list[str]) -> Iterator[tuple[Mapping[str, Any], str]]:
    line = 0
    try:
        if file.suffix.lower() == ".jsonl":
            rows: list[tuple[int, Any]] = []
            # Not splitlines: a JSON string may hold other line separators as they are.
            for line, entry in enumerate(text.split("\n"), 1):
                if entry.strip():
                    rows.append((line, json.loads(entry)))
        else:
            data = json.loads(text)
            if isinstance(data, Mapping):
                inner = next((data[k] for k in ("articles", "documents", "docs") if isinstance(data.get(k), list)), None)
                data = inner if inner is not None else [data]
            if not isinstance(data, list):
                raise InputError(f"{file} holds {type(data).__name__}, not articles: give an object or a list of objects with a text")
            rows = list(enumerate(data, 1))
    except json.JSONDecodeError as error:
        raise InputError(f"{file} is not valid JSON (line {line or error.lineno}: {error.msg})") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{file} cannot be read as JSON: {error}") from error
    for number, row in rows:
        place = f"{file}, article {number}"
        row = {"text": row} if isinstance(row, str) else row
        if isinstance(row, Mapping):
            yield {"id": f"{name}#{number}", **row}, place
        else:
            unreadable.append(f"{place} is {type(row).__name__}, not an object with a text")


def _from_csv(file: Path, name: str, text: str, unreadable: list[str]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """A table with a line of column names, one of them for the text, and one article a row."""
    if not text.strip():
        raise InputError(f"{file} is empty: its first line must name the columns, one of them 'text'")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    limit = csv.field_size_limit(len(text))  # the module's own is 128 KiB, and an article may be longer
    line = 1
    try:
        first = text.lstrip().partition("\n")[0]
        delimiter = max(_DELIMITERS, key=lambda d: len(_KNOWN.intersection(_names(next(csv.reader([first], delimiter=d))))))
        rows = []
        lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in lines:
            rows += [row] if any(cell.strip() for cell in row) else []
            line = lines.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{file} is not valid CSV (from line {line}: {error}): put cells that hold quotes, line breaks or the delimiter in "
            "double quotes, and double the quotes inside them"
        ) from error
    finally:
        csv.field_size_limit(limit)
    header = _names(rows[0])
    if not set(FIELDS["text"]).intersection(header):
        raise InputError(f"{file} has no column for the text: name it one of {', '.join(FIELDS['text'])}; it has {', '.join(header)}")
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise InputError(f"{file} has two columns named {twice[0]!r}: give each its own name")
    for number, row in enumerate(rows[1:], 1):
        place = f"{file}, row {number}"
        if len(row) > len(header):
            unreadable.append(f"{place} has {len(row)} cells for {len(header)} columns: put cells that hold the delimiter in double quotes")
            continue
        cells = {column: cell for column, cell in zip(header, row, strict=False) if column}
        yield {"id": f"{name}#{number}", **cells}, place


def _names(row: list[str]) -> list[str]:
    return [cell.strip().lower() for cell in row]


def _decode_html(raw: bytes) -> str:
    """A page's text by its byte order mark, the charset it declares, UTF-8, or else Windows-1252, as browsers read it."""
    declared = _CHARSET.search(raw[:1024])
    guesses = ["utf-8-sig"] if raw.startswith(codecs.BOM_UTF8) else []
    guesses += ["utf-16"] if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else []
    guesses += [declared[1].decode("ascii")] if declared else []
    for encoding in (*guesses, "utf-8"):
        try:
            # Who writes Latin-1 or ASCII means Windows-1252: so the HTML standard.
            return raw.decode("cp1252" if codecs.lookup(encoding).name in ("iso8859-1", "ascii") else encoding)
        except (LookupError, ValueError):  # no such encoding, or not in it
            continue
    return raw.decode("cp1252", "replace")


def _from_html(file: Path, page: str) -> Mapping[str, Any]:
    """A saved web page: its main text, and the title, outlet, date and address that it declares."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtraError(f"{file} is a web page, which needs trafilatura: run `pip install contradict-news[html]`") from error
    # The date that the page declares or none: the widest search also takes any date that stands somewhere on the page.
    dates = {"original_date": True, "extensive_search": False}
    found = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dates)
    if found is None or isinstance(found, dict) or not found.text or not found.text.strip():
        raise InputError(f"no article can be told from the page around it in {file}: save its text as .txt")
    paragraphs = [line.strip() for line in found.text.splitlines() if line.strip()]
    if found.title and len(paragraphs) > 1 and paragraphs[0].casefold() == found.title.strip().casefold():
        del paragraphs[0]  # the title is no claim
    return {
        "text": "\n\n".join(paragraphs),
        "title": found.title,
        "outlet": found.sitename or found.hostname,
        "published": found.date,
        "url": found.url,
    }
