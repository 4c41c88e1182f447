"""What readers made of the conflicts: read from the files that the report exports."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contradict.errors import InputError
from contradict.records import Judgement, Review

FORMAT = "contradict-reviews"
VERSION = 1
_REMEDY = 'export it again with "Export reviews" in the report'
_EVER = datetime.min.replace(tzinfo=UTC)


def read_reviews(path: str | Path) -> tuple[Review, ...]:
    """The reviews in a file that the report exported.

    Raises:
        InputError: It cannot be read, or is not a file of reviews.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not JSON: {_REMEDY}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("reviews"), list):
        raise InputError(f"{path} is not a file of reviews: {_REMEDY}")
    if data.get("version") != VERSION:
        raise InputError(f"{path} has version {data.get('version')!r} of the format, not {VERSION}: update contradict-news, or {_REMEDY}")
    return tuple(_review(row, f"{path}, review {number}") for number, row in enumerate(data["reviews"], 1))


def _review(row: Any, place: str) -> Review:
    try:
        conflict, judgement, note, at = row["conflict"], row.get("judgement"), row.get("note", ""), row.get("at")
        if not isinstance(conflict, str) or not isinstance(note, str):
            raise TypeError("conflict and note are texts")
        return Review(
            conflict, None if judgement is None else Judgement(judgement), note, None if at is None else _aware(datetime.fromisoformat(at))
        )
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise InputError(f"{place} is not a review ({error}): {_REMEDY}") from error


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def latest(reviews: Iterable[Review]) -> dict[str, Review]:
    """Of each conflict the latest review, by its id; the later in `reviews` where the times are equal, and none where it was withdrawn."""
    kept = {review.conflict: review for review in sorted(reviews, key=lambda r: _aware(r.at) if r.at else _EVER)}
    return {name: review for name, review in kept.items() if review.judgement or review.note}
