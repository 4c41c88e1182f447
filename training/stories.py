"""Annotated stories as training material: which candidate pairs are conflicts."""

import json
from pathlib import Path
from typing import Any

from contradict.records import Claim

STORIES = Path(__file__).parent / "data" / "stories"


def read_stories(folder: Path = STORIES) -> dict[str, Any]:
    paths = sorted(folder.glob("story-*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


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
