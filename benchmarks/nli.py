"""Evaluates an NLI model: `python benchmarks/nli.py FILES... [--model NAME] [--json]`.

FILES are .jsonl or .jsonl.gz lines of premise, hypothesis, label. Labels beside entailment, neutral and contradiction may be
not_entailment and not_contradiction (two-way) or weakens, strengthens and neither (weakens is scored as contradiction by AUC only).
"""

import argparse
import gzip
import json
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from contradict import NLIClassifier

LABELS = ["entailment", "neutral", "contradiction"]
CONTRADICTING = {"contradiction": 1, "weakens": 1, "entailment": 0, "neutral": 0, "not_contradiction": 0, "strengthens": 0, "neither": 0}


def read(path: Path) -> list[dict]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def ece(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[which == b].mean() - right[which == b].mean()) * (which == b).mean() for b in set(which.tolist())]
    return float(sum(gaps))


def evaluate(path: Path, classifier: NLIClassifier, limit: int | None) -> dict:
    rows = read(path)[:limit]
    begun = time.perf_counter()
    scores = classifier.classify([(r["premise"], r["hypothesis"]) for r in rows])
    seconds = time.perf_counter() - begun
    table = np.stack([scores.entailment, scores.neutral, scores.contradiction], axis=1)
    gold = np.array([r["label"] for r in rows])
    out: dict = {"file": path.name, "rows": len(rows), "accuracy": None, "macro_f1": None, "contradiction_auc": None, "ece": None}
    three = np.isin(gold, LABELS)
    two = "not_entailment" if "not_entailment" in gold else "not_contradiction" if "not_contradiction" in gold else None
    if two:
        positive = two.removeprefix("not_")
        probability = table[:, LABELS.index(positive)]
        guess = np.where(probability >= 0.5, positive, two)
        confidence = np.maximum(probability, 1 - probability)
    else:
        guess, confidence = np.array(LABELS)[table.argmax(1)], table.max(1)
    judged = three | (gold == two)
    if judged.any():
        right = (guess == gold)[judged]
        out["accuracy"], out["ece"] = float(right.mean()), ece(confidence[judged], right)
        out["macro_f1"] = float(f1_score(gold[judged], guess[judged], labels=sorted(set(gold[judged])), average="macro"))
    known = np.array([label in CONTRADICTING for label in gold])
    target = np.array([CONTRADICTING.get(label, 0) for label in gold])[known]
    if 0 < target.sum() < len(target):
        out["contradiction_auc"] = float(roc_auc_score(target, scores.contradiction[known]))
    out["pairs_per_second"] = len(rows) / seconds
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--model", help="a hub name or folder instead of the bundled model")
    parser.add_argument("--limit", type=int, help="rows of each file")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    classifier = NLIClassifier(args.model)
    rows = [evaluate(path, classifier, args.limit) for path in args.files]
    if args.json:
        print(json.dumps(rows, indent=1))
        return
    print("| file | rows | accuracy | macro F1 | contradiction AUC | ECE | pairs/s |\n| --- | --- | --- | --- | --- | --- | --- |")
    for r in rows:
        cells = [f"{r[k]:.3f}" if r[k] is not None else "–" for k in ("accuracy", "macro_f1", "contradiction_auc", "ece")]
        print(f"| {r['file']} | {r['rows']} | {' | '.join(cells)} | {r['pairs_per_second']:.0f} |")


if __name__ == "__main__":
    main()
