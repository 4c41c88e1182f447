"""Annotated stories as training material: which candidate pairs are conflicts."""

import json
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from contradict.records import Claim, Document

STORIES = Path(__file__).parent / "data" / "stories"


def documents_of(story: Any) -> list[Document]:
    return [Document(a["id"], a["text"], a["title"], a["outlet"], date.fromisoformat(a["published"])) for a in story["articles"]]


def read_stories(folder: Path = STORIES) -> dict[str, Any]:
    paths = sorted(folder.glob("story-*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def for_decision(name: str) -> bool:
    """Whether a story (a sixth of them, by a hash of its name) is kept for the decision model, unseen by the other models.

    The decision must learn how far to trust the judge on stories that the judge has not been taught.
    """
    return blake2b(name.encode(), digest_size=4).digest()[0] % 6 == 0


def share(span: tuple[int, int], quote: tuple[int, int]) -> float:
    """Share of a quote that a span covers; 0 where they are not one claim.

    One claim: they share half of the shorter and a quarter of the quote, and the span is at most four times the quote.
    """
    shared = min(span[1], quote[1]) - max(span[0], quote[0])
    length = quote[1] - quote[0]
    fits = shared >= 0.5 * min(span[1] - span[0], length) and shared >= 0.25 * length
    return shared / length if fits and shared > 0 and span[1] - span[0] <= 4 * length else 0.0


class Gold:
    """Looks up whether two claims are an annotated conflict of one story."""

    def __init__(self, story: Any) -> None:
        texts = {a["id"]: a["text"] for a in story["articles"]}

        def place(side: Any) -> tuple[str, tuple[int, int]]:
            start = texts[side["article"]].index(side["quote"])
            return side["article"], (start, start + len(side["quote"]))

        self.conflicts = [(place(c["left"]), place(c["right"]), c) for c in story["conflicts"]]
        self.distractors = [(place(d["left"]), place(d["right"])) for d in story["distractors"]]

    def touches(self, left: Claim, right: Claim) -> bool:
        """Whether the pair shares words with both sides of some conflict, so that it may be part of it."""

        def meet(claim: Claim, place: tuple[str, tuple[int, int]]) -> bool:
            return claim.document_id == place[0] and claim.start < place[1][1] and place[1][0] < claim.end

        return any((meet(left, a) and meet(right, b)) or (meet(right, a) and meet(left, b)) for a, b, _ in self.conflicts)

    def is_distractor(self, left: Claim, right: Claim) -> bool:
        return any(
            min(share((x.start, x.end), a[1]), share((y.start, y.end), b[1])) > 0
            for a, b in self.distractors
            for x, y in ((left, right), (right, left))
            if x.document_id == a[0] and y.document_id == b[0]
        )

    def find(self, left: Claim, right: Claim) -> int | None:
        """The index of the conflict that the pair covers best."""
        best, found = 0.0, None
        for k, (a, b, _) in enumerate(self.conflicts):
            for first, second in ((left, right), (right, left)):
                if first.document_id != a[0] or second.document_id != b[0]:
                    continue
                quality = min(share((first.start, first.end), a[1]), share((second.start, second.end), b[1]))
                if quality > best:
                    best, found = quality, k
        return found
