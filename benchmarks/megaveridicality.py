"""How our reading of a verb agrees with what people take to have happened: `python benchmarks/megaveridicality.py FILE [--json]`.

Each premise of FILE ("someone regretted that a particular thing happened .") stands there with three hypotheses, that the thing happened,
did not, or might or might not have, of which people took one to follow. That one is the gold of the premise: happened, not, open.

What we read of the clause below the verb, by `contradict.segment.attribution.find_cues`: asserted answers happened, denied answers not,
uncommitted answers open, as does a verb that is no cue of ours (`covered` is the share that is one). `accuracy` is the share of
premises where the two agree, and `majority` that of always giving the group's commonest gold. People are asked of the world and we
read what the holder stands for: "claimed that" and "denied that" are open there, asserted and denied here, and rightly differ. What may not
be is counted apart: `against`, read as asserted though it did not happen or as denied though it did; and `lost`, a factive
under negation ("did n't know that") read as open though it happened. Only "that" clauses are a report's content; the other frames
("managed to", "hoped for ... to") are in `other_clauses`. Classes are what our lists make of the verb.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
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


def gold_of(hypothesis: str) -> str:
    return "open" if "might" in hypothesis else "not" if "n't" in hypothesis or " not " in hypothesis else "happened"


def evaluate(rows: list[dict[str, Any]]) -> dict[str, Any]:
    gold = {r["premise"]: gold_of(r["hypothesis"]) for r in rows if r["label"] == "entailment"}
    groups: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for doc, truth in zip(load_spacy().pipe(gold, batch_size=256), gold.values(), strict=True):
        found = [c.stance for s in doc.sents for c in find_cues(s) if c.content is not None and c.content != c.head]
        said = {Polarity.ASSERTED: "happened", Polarity.DENIED: "not"}.get(found[0], "open") if found else "open"
        verb = next((t for t in doc if t.pos_ == "VERB"), doc[0])
        negated = any(t.lower_ in ("n't", "not") for t in doc)
        frame = "that_clauses" if any(t.lower_ == "that" for t in doc) else "other_clauses"
        name = f"{verb_class(verb.lemma_.lower())}{' negated' if negated else ''}"
        for group in ("all", frame, f"{frame}: {name}"):
            groups[group].append((said, truth, bool(found)))
    out = {}
    for group, triples in sorted(groups.items()):
        pairs = Counter((said, truth) for said, truth, _ in triples)
        out[group] = {
            "premises": len(triples),
            "accuracy": sum(n for (said, truth), n in pairs.items() if said == truth) / len(triples),
            "majority": max(Counter(truth for _, truth, _ in triples).values()) / len(triples),
            "covered": sum(c for *_, c in triples) / len(triples),
            "against": pairs["happened", "not"] + pairs["not", "happened"],
            "lost": sum(c and said == "open" and truth == "happened" for said, truth, c in triples),
        }
    return out


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
    print("| verbs | premises | accuracy | majority | covered | against | lost |\n| --- | --- | --- | --- | --- | --- | --- |")
    for name, row in result.items():
        shares = " | ".join(f"{row[k]:.3f}" for k in ("accuracy", "majority", "covered"))
        print(f"| {name} | {row['premises']} | {shares} | {row['against']} | {row['lost']} |")


if __name__ == "__main__":
    main()
