"""Does the reading of a cue agree with people about whether the thing happened? `python benchmarks/megaveridicality.py FILE [--json]`.

FILE holds lines of premise ("someone regretted that a particular thing happened ."), hypothesis ("that thing happened .") and label,
entailment or not_entailment: whether people took the hypothesis to follow. What we read of the clause below the verb, by
`contradict.segment.attribution.find_cues`:

- asserted by its holder, or left as a fact by a factive ("regretted that"): we say entailment;
- denied or uncommitted ("denied", "doubted", "did not say"), or no cue that has the clause as its content: not_entailment.

People are asked of the world and we read what the holder stands for, so that "claimed that" is asserted here and often no entailment
there: agreement is bounded by that. `always_not` is the accuracy of never saying entailment. Classes: what our lists make of the verb
(assert, deny, doubt, unlisted), and whether the premise is negated; only "that" clauses are cues of ours in the first place, and
`that_clauses` is the figure to look at.
"""

import argparse
import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from contradict.records import Polarity
from contradict.segment import cues, load_spacy
from contradict.segment.attribution import find_cues


def verb_class(lemma: str) -> str:
    for name, words in (("deny", cues.DENY | cues.DENY_REPORT), ("doubt", cues.DOUBT), ("assert", cues.ASSERT)):
        if lemma in words:
            return name
    return "unlisted"


def evaluate(rows: list[dict[str, Any]]) -> dict[str, Any]:
    groups: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for doc, row in zip(load_spacy().pipe((r["premise"] for r in rows), batch_size=256), rows, strict=True):
        found = [c for s in doc.sents for c in find_cues(s) if c.content is not None and c.content != c.head]
        said = any(c.stance is Polarity.ASSERTED for c in found) and all(c.stance is Polarity.ASSERTED for c in found)
        truth = row["label"] == "entailment"
        verb = next((t for t in doc if t.pos_ == "VERB"), doc[0])
        negated = any(t.lower_ in ("n't", "not") for t in doc)
        frame = "that_clauses" if any(t.lower_ == "that" for t in doc) else "other_clauses"
        name = f"{verb_class(verb.lemma_.lower())}{' negated' if negated else ''}"
        for group in ("all", frame, f"{frame}: {name}"):
            groups[group].append((said, truth))
    return {
        group: {
            "rows": len(pairs),
            "accuracy": sum(a == b for a, b in pairs) / len(pairs),
            "always_not": sum(not b for _, b in pairs) / len(pairs),
            "said": sum(a for a, _ in pairs) / len(pairs),
        }
        for group, pairs in sorted(groups.items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    opener = gzip.open if args.file.suffix == ".gz" else open
    with opener(args.file, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    result = evaluate(rows)
    if args.json:
        print(json.dumps(result, indent=1))
        return
    print("| verbs | rows | accuracy | always not | read as asserted |\n| --- | --- | --- | --- | --- |")
    for name, row in result.items():
        print(f"| {name} | {row['rows']} | {row['accuracy']:.3f} | {row['always_not']:.3f} | {row['said']:.3f} |")


if __name__ == "__main__":
    main()
