"""Checks written claim pairs: `python check_pairs.py FILE...` (all in `pairs/` by default)."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

CONTRADICTION = set("direct denial numeric temporal identity location causal reversal".split())
NEUTRAL = set(
    "superseding_update lower_bound rounding different_time different_place different_subject different_event part_whole "
    "forecast_vs_outcome hedge opinion not_exclusive report_of_allegation unrelated_detail".split()
)
ENTAILMENT = set("paraphrase lower_bound rounding agreement_in_denial part_whole time_granularity".split())
KINDS = {"contradiction": CONTRADICTION, "neutral": NEUTRAL, "entailment": ENTAILMENT}
CUES = "not never no only denied denies rejected false instead actually nobody none without said according".split()


def main() -> int:
    paths = [Path(p) for p in sys.argv[1:]] or sorted(Path(__file__).with_name("pairs").glob("pairs-*.jsonl"))
    labels: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    cues: Counter[tuple[str, str]] = Counter()
    skeletons = set()
    bad = anchors = 0
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                others = row["others"]
                anchors += 1
                for other in others:
                    if other["kind"] not in KINDS[other["label"]]:
                        raise ValueError(f"{other['label']} of kind {other['kind']}")
                    labels[other["label"]] += 1
                    kinds[other["label"], other["kind"]] += 1
                    words = set(re.findall(r"[a-z]+", other["text"].lower()))
                    for cue in CUES:
                        cues[cue, other["label"]] += cue in words
                    skeletons.add(re.sub(r"\b(?:[A-Z]\w*|\d[\d.,]*)\b", "_", other["text"]))
            except (KeyError, ValueError) as error:
                bad += 1
                print(f"{path.name}:{number}: {type(error).__name__} {error}")
    print(f"{anchors} anchors, {sum(labels.values())} pairs {dict(labels)}, {len(skeletons)} skeletons")
    for label, allowed in KINDS.items():
        print(f"{label}:", ", ".join(f"{k} {kinds[label, k]}" for k in sorted(allowed)))
    for cue in CUES:
        shares = {label: cues[cue, label] / max(1, labels[label]) for label in KINDS}
        if max(shares.values()) > 0.02 and max(shares.values()) > 1.7 * min(shares.values()):
            print(f"giveaway {cue!r}:", ", ".join(f"{k} {v:.0%}" for k, v in shares.items()))
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
