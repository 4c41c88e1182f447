"""Runs annotated stories through `find_conflicts`: `python benchmarks/stories.py GOLD_DIR --out predictions.jsonl [--pooled]`.

Reads the articles of each story-*.json in GOLD_DIR (text and metadata, never the annotations) and writes one JSON line a judged pair,
best first: story, score, reported (at the default threshold), both sides with article, start and end, type, strength, holders.
With --pooled all stories go into one call, and a side of another story than the line's names its own.
"""

import argparse
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

from contradict import Claim, ConflictFinder, Conflicts, Document


def documents(path: Path, prefix: str) -> list[Document]:
    articles = json.loads(path.read_text(encoding="utf-8"))["articles"]
    return [
        Document(prefix + a["id"], a["text"], title=a["title"], outlet=a["outlet"], published=date.fromisoformat(a["published"]))
        for a in articles
    ]


def side(claim: Claim, pooled: bool) -> dict[str, Any]:
    story, _, article = claim.document_id.rpartition("/")
    place = {"article": article, "start": claim.start, "end": claim.end}
    return {"story": story, **place} if pooled else place


def lines(conflicts: Conflicts, story: str | None) -> list[dict[str, Any]]:
    return [
        {
            "story": story or c.left.document_id.rpartition("/")[0],
            "score": c.score,
            "reported": c.score >= conflicts.threshold,
            "left": side(c.left, story is None),
            "right": side(c.right, story is None),
            "type": c.kind.value,
            "strength": c.strength.value,
            "left_holder": c.left.holder,
            "right_holder": c.right.holder,
        }
        for c in conflicts.ranked
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pooled", action="store_true", help="all stories in one call")
    parser.add_argument("--classifier", help="another NLI model than the bundled one")
    args = parser.parse_args()
    paths = sorted(args.gold_dir.glob("story-*.json"))
    if not paths:
        parser.error(f"no story-*.json in {args.gold_dir}")
    finder = ConflictFinder(classifier=args.classifier)
    begun, written, scored, considered = time.perf_counter(), [], 0, 0
    groups = [(None, paths)] if args.pooled else [(path.stem, [path]) for path in paths]
    for story, members in groups:
        docs = [d for path in members for d in documents(path, f"{path.stem}/" if story is None else "")]
        conflicts = finder.find(docs)
        written += lines(conflicts, story)
        scored += conflicts.counts["pairs scored"]
        considered += conflicts.counts["pairs considered"]
    with args.out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in written)
    print(f"{len(paths)} stories, {considered} pairs considered, {scored} scored, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
