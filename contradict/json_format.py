"""Results as versioned JSON, and back. The format is published in `schema/conflicts-1.json`.

Within a version fields may be added; what is changed or taken away makes a new version.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from math import inf, nan
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from contradict.errors import InputError
from contradict.records import Claim, Conflict, Document, Quantity, Review
from contradict.results import document_to_dict, plain
from contradict.texts import as_json

if TYPE_CHECKING:
    from contradict.results import Conflicts

SCHEMA = "contradict-news/conflicts"
VERSION = 1
MISSES = "below the threshold, not exported"


def to_json(conflicts: "Conflicts", indent: int | None = 2, texts: bool = True, misses: bool = False) -> str:
    """Results as JSON text; `Conflicts.to_json` tells the rest."""
    shown = replace(conflicts, threshold=-inf) if misses else conflicts
    dropped = dict(conflicts.dropped)
    if len(shown) < len(conflicts.ranked):
        dropped[MISSES] = dropped.get(MISSES, 0) + len(conflicts.ranked) - len(shown)
    data = {
        "schema": SCHEMA,
        "version": VERSION,
        "conflicts": shown.to_dicts(),
        "documents": [document_to_dict(d, texts) for d in conflicts.documents],
        "threshold": plain(conflicts.threshold),
        "counts": plain(conflicts.counts),
        "dropped": plain(dropped),
        "models": plain(conflicts.models),
        "words": {claim.id: plain({"lemmas": claim.lemmas, "names": claim.names}) for c in shown for claim in (c.left, c.right)},
    }
    return as_json(data, indent)


def from_json(source: str | Path, documents: Iterable[Document]) -> tuple[dict[str, Any], int]:
    """The arguments of `Conflicts` from what `to_json` wrote, and how many documents have no text.

    Args:
        source: A text, or the path of a file.
        documents: Where the texts come from that the JSON leaves out.

    Raises:
        InputError: It cannot be read, is of another format or a newer version, or does not fit the given documents.
    """
    data = _parsed(source)
    words = _revived(Mapping[str, Mapping[str, frozenset[str]]], data.get("words", {}), "words")
    ranked = tuple(_worded(c, words) for c in _revived(tuple[Conflict, ...], _field(data, "conflicts"), "conflicts"))
    rows = _field(data, "documents")
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise InputError("documents is not a list of objects")
    read = _revived(tuple[Document, ...], [{"text": "", **row} for row in rows], "documents")
    given = {d.id: d for d in documents}
    whole = tuple(replace(d, text=given[d.id].text, metadata=given[d.id].metadata) if not d.text and d.id in given else d for d in read)
    by_id = {d.id: d for d in whole}
    for claim in (claim for c in ranked for claim in (c.left, c.right)):
        if claim.document_id not in by_id:
            raise InputError(f"claim {claim.id} is of document {claim.document_id!r}, which is not among the documents")
        if claim.document_id in given and by_id[claim.document_id].text[claim.start : claim.end] != claim.text:
            raise InputError(
                f"the text given for document {claim.document_id!r} is not the one that was read: claim {claim.id} is not in its place"
            )
    threshold = _revived(float, _field(data, "threshold"), "threshold")
    counts, dropped = (_revived(Mapping[str, float], data.get(name, {}), name) for name in ("counts", "dropped"))
    models = _revived(Mapping[str, str], data.get("models", {}), "models")
    reviews = {c["id"]: _revived(Review, c["review"], f"review of {c['id']}") for c in data["conflicts"] if c.get("review")}
    found = {"ranked": ranked, "documents": whole, "threshold": threshold, "counts": counts, "dropped": dropped, "models": models}
    found["reviews"] = reviews
    return found, sum(not d.text for d in whole)


def _parsed(source: str | Path) -> Mapping[str, Any]:
    name = str(source) if isinstance(source, Path) else "the text"
    try:
        text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
        data = json.loads(text)
    except OSError as error:
        raise InputError(f"cannot read {source}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        hint = "" if isinstance(source, Path) else " (a str is always the JSON itself; give a file as a Path)"
        raise InputError(f"{name} is not valid JSON: {error}{hint}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputError(f'{name} is not what to_json writes: its "schema" must be {SCHEMA!r}')
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise InputError(f'{name} has no version that can be read: "version" is {version!r}')
    if version > VERSION:
        raise InputError(f"{name} is of version {version}, this contradict reads up to {VERSION}: install a newer contradict-news")
    return data


def _field(data: Mapping[str, Any], name: str) -> Any:
    if name not in data:
        raise InputError(f'"{name}" is missing')
    return data[name]


def _worded(conflict: Conflict, words: Mapping[str, Mapping[str, frozenset[str]]]) -> Conflict:
    def worded(claim: Claim) -> Claim:
        found = words.get(claim.id, {})
        return replace(claim, lemmas=found.get("lemmas", frozenset()), names=found.get("names", frozenset()))

    return replace(conflict, left=worded(conflict.left), right=worded(conflict.right))


_hints = cache(get_type_hints)


def _revived(kind: Any, value: Any, place: str) -> Any:
    """What `plain` made of a value of type `kind`, made into that value again; the reverse of `plain` for our records.

    Raises:
        InputError: The value is of another type; `place` is where in the JSON it stands.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return value
    if origin is UnionType:
        return None if value is None else _revived(next(k for k in inner if k is not NoneType), value, place)
    if origin in (tuple, frozenset) and isinstance(value, list):
        return origin(_revived(inner[0], v, f"{place}[{k}]") for k, v in enumerate(value))
    if isinstance(value, Mapping):
        if is_dataclass(kind):
            return _record(kind, value, place)
        if origin is not None and issubclass(Mapping, origin):
            return {k: _revived(inner[1], v, f"{place}.{k}") for k, v in value.items()}
    elif kind is float and (value is None or type(value) in (int, float)):
        return nan if value is None else value
    elif kind in (str, int, bool) and type(value) is kind:
        return value
    elif isinstance(kind, type) and issubclass(kind, (Enum, date)) and isinstance(value, str):
        try:
            return kind(value) if issubclass(kind, Enum) else kind.fromisoformat(value)
        except ValueError as error:
            raise InputError(f"{place}: {error}") from error
    name = getattr(kind, "__name__", str(kind)) if origin is None else origin.__name__
    raise InputError(f"{place} is {type(value).__name__}, not {name}")


def _record(kind: Any, value: Mapping[str, Any], place: str) -> Any:
    if kind is Quantity:
        # An open end is null in JSON.
        ends = (("low", -inf), ("high", inf))
        value = {**value, **{name: end for name, end in ends if value.get(name) is None}}
    hints = _hints(kind)
    found = {f.name: _revived(hints[f.name], value[f.name], f"{place}.{f.name}") for f in fields(kind) if f.name in value}
    missing = [f.name for f in fields(kind) if f.name not in found and f.default is MISSING and f.default_factory is MISSING]
    if missing:
        raise InputError(f"{place} has no {missing[0]}")
    return kind(**found)
