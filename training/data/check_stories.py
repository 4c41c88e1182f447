"""Checks annotated stories: `python check_stories.py FILE...` (all in `stories/` by default)."""

import json
import sys
from pathlib import Path

TYPES = {"direct", "denial", "numeric", "temporal", "identity", "location", "causal", "reversal"}
WHY = set(
    "superseding_update lower_bound rounded_number different_time different_place different_subject different_event part_whole "
    "forecast_vs_outcome hedge opinion paraphrase agreement_in_denial report_of_allegation syndicated_copy "
    "not_exclusive".split()
)


def problems(story: dict) -> list[str]:
    found = []
    texts = {article["id"]: article["text"] for article in story["articles"]}
    if not 1 <= len(texts) <= 5:
        found.append(f"{len(texts)} articles")
    longest = 3500 if len(texts) < 3 else 1600  # one or two long articles in which several parties speak
    for article in story["articles"]:
        if not 400 <= len(article["text"]) <= longest:
            found.append(f"{article['id']}: {len(article['text'])} characters")
    sides = [(c["id"], c[s]) for c in story["conflicts"] for s in ("left", "right")]
    sides += [(f"d{i}", d[s]) for i, d in enumerate(story["distractors"]) for s in ("left", "right")]
    for name, side in sides:
        count = texts.get(side["article"], "").count(side["quote"])
        if count != 1:
            found.append(f"{name}: quote occurs {count} times in {side['article']}: {side['quote']!r}")
    seen = set()
    for c in story["conflicts"]:
        if c["type"] not in TYPES or c["strength"] not in ("contradiction", "tension"):
            found.append(f"{c['id']}: type {c['type']}, strength {c['strength']}")
        if not c["left_holder"] or not c["right_holder"]:
            found.append(f"{c['id']}: holder missing")
        key = frozenset((c[s]["article"], c[s]["quote"]) for s in ("left", "right"))
        if key in seen or len(key) == 1:
            found.append(f"{c['id']}: listed twice, or against itself")
        seen.add(key)
    found += [f"distractor: why {d['why']}" for d in story["distractors"] if d["why"] not in WHY]
    return found


def main() -> int:
    paths = [Path(p) for p in sys.argv[1:]] or sorted(Path(__file__).with_name("stories").glob("story-*.json"))
    bad = 0
    for path in paths:
        story = json.loads(path.read_text(encoding="utf-8"))
        found = problems(story)
        bad += bool(found)
        print(f"{path.name}: {len(story['conflicts'])} conflicts, {len(story['distractors'])} distractors", *found, sep="\n  ")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
