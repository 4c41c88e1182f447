"""Agreement of the second, independent reading with the annotation: `python training/data/agreement.py`.

A second reader, who saw the articles alone, listed the conflicts of some stories anew (`second_readings/`). A conflict counts as found
again where both its passages overlap (by three tenths of the shorter) with those of one that the reader listed.
"""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def meet(a: Any, b: Any, texts: dict[str, str]) -> bool:
    if a["article"] != b["article"]:
        return False
    (s, x), (t, y) = [(texts[p["article"]].find(p["quote"]), len(p["quote"])) for p in (a, b)]
    return min(s + x, t + y) - max(s, t) >= 0.3 * min(x, y)


def same(a: Any, b: Any, texts: dict[str, str]) -> bool:
    straight = meet(a["left"], b["left"], texts) and meet(a["right"], b["right"], texts)
    return straight or (meet(a["left"], b["right"], texts) and meet(a["right"], b["left"], texts))


def main() -> None:
    annotated = read = again = known = tempted = tempting = 0
    for path in sorted((HERE / "second_readings").glob("story-*.json")):
        story = json.loads((HERE / "stories" / path.name).read_text(encoding="utf-8"))
        second = json.loads(path.read_text(encoding="utf-8"))["conflicts"]
        texts = {a["id"]: a["text"] for a in story["articles"]}
        annotated, read = annotated + len(story["conflicts"]), read + len(second)
        again += sum(any(same(c, d, texts) for d in second) for c in story["conflicts"])
        known += sum(any(same(c, d, texts) for c in story["conflicts"]) for d in second)
        tempting += len(story["distractors"])
        tempted += sum(any(same(c, d, texts) for d in second) for c in story["distractors"])
    recall, precision = again / annotated, known / read
    print(f"{annotated} annotated, {read} read: recall {recall:.3f}, precision {precision:.3f}, "
          f"F1 {2 * recall * precision / (recall + precision):.3f}; distractors taken for conflicts {tempted} of {tempting}")  # fmt: skip


if __name__ == "__main__":
    main()
