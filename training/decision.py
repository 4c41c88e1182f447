"""Fits the screen and the decision model on our own annotated stories: `python -m training.decision`.

Every candidate pair of every story is measured by `contradict.signals`; a logistic regression over what the reading alone tells learns
which are annotated conflicts, and its cut leaves the judge a quarter of all pairs. Another, over all signals of those, is the decision.
Its quality is judged by leaving stories out; the default threshold is the highest score at which
the left-out stories come within a fiftieth of the best F1: of equally good cuts, the one with fewer false alarms.
"""

import argparse
import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from contradict import signals
from contradict.finder import ConflictFinder
from contradict.logistic import DecisionModel
from contradict.screen import SignalScreen
from training.stories import STORIES, Gold, documents_of, for_decision, read_stories

WEIGHTS = Path(__file__).parents[1] / "contradict" / "weights"
# The clearest cases are too rare in the stories for their weight to be learned (a dozen implied denials in 40,000 pairs): these weights are
# given, after the polarity algebra and the interval logic, in log-odds for a signal of 1.
GIVEN = {"denied_implied": 9.0, "times_part": 4.0}
LEARNED = [k for k, name in enumerate(signals.NAMES) if name not in GIVEN]
REGULARISATION = 0.3  # C of the logistic regression; chosen by leaving stories out
JUDGED = 0.25  # share of all pairs of claims inside a story that the screen leaves to the judge


def read(stories: dict[str, Any], finder: ConflictFinder) -> list[dict[str, Any]]:
    """A row a story: what the retriever chose, with the gold conflict of each pair, -1 where none."""
    rows = []
    for name, story in stories.items():
        documents, gold = documents_of(story), Gold(story)
        claims = finder.claims(documents)
        pairs = finder.retriever.retrieve(claims, finder.embedder.encode([c.proposition for c in claims]), documents)
        found = [gold.find(claims[i], claims[j]) for i, j in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)]
        row = {"story": name, "claims": claims, "pairs": pairs, "documents": documents, "conflicts": len(gold.conflicts)}
        rows.append(row | {"gold": np.array([-1 if k is None else k for k in found])})
    return rows


def regression(values: np.ndarray, gold: np.ndarray) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(values)
    return scaler, LogisticRegression(C=REGULARISATION, max_iter=2000).fit(scaler.transform(values), gold)


def fit_screen(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The screen as released: weights, and the probability above which lies the wanted share of all pairs."""
    names = [name for name in signals.READ if name != "uncommitted"]  # who commits to nothing is dropped anyway
    values = [[[v[n] for n in names] for v in signals.read(r["claims"], r["pairs"], r["documents"])] for r in rows]
    table, gold = np.concatenate([np.array(v) for v in values]), np.concatenate([r["gold"] >= 0 for r in rows])
    scaler, model = regression(table, gold)
    probability = np.sort(model.predict_proba(scaler.transform(table))[:, 1])[::-1]
    inside = sum(len(r["claims"]) * (len(r["claims"]) - 1) // 2 for r in rows)
    return release(scaler, model, names, float(probability[min(int(JUDGED * inside), len(probability) - 1)]))


def measure(rows: list[dict[str, Any]], finder: ConflictFinder, quiet: bool = False) -> list[dict[str, Any]]:
    """A row a story: signals of the pairs that the screen keeps, shape (pairs, len(NAMES)), and their gold conflicts."""
    out = []
    for row in rows:
        claims, documents = row["claims"], row["documents"]
        assert finder.screen is not None
        pairs = finder.screen.keep(claims, row["pairs"], documents)
        forward, backward = finder.judge(claims, pairs)
        values = signals.measure(claims, pairs, forward, backward, documents)
        chosen = dict(zip(zip(row["pairs"].left.tolist(), row["pairs"].right.tolist(), strict=True), row["gold"].tolist(), strict=True))
        found = [chosen[pair] for pair in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)]
        out.append(
            {
                "story": row["story"],
                "signals": np.array([[v[n] for n in signals.NAMES] for v in values], dtype=np.float64).reshape(-1, len(signals.NAMES)),
                "gold": np.array(found, dtype=np.int64),
                "conflicts": row["conflicts"],
                "kept": (claims, pairs, forward, backward, documents),
            }
        )
        if not quiet:
            print(
                f"{row['story']}: {len(found)} pairs, {len(set(found) - {-1})} of {row['conflicts']} conflicts reach the judge", flush=True
            )
    return out


def release(scaler: StandardScaler, model: LogisticRegression, names: list[str], threshold: float) -> dict[str, Any]:
    """A fitted model as it is shipped."""
    rows = zip(names, scaler.mean_, scaler.scale_, model.coef_[0], strict=True)
    return {
        "intercept": round(float(model.intercept_[0]), 5),
        "threshold": round(threshold, 5),
        "signals": [
            {"name": n, "mean": round(float(m), 5), "scale": round(float(s), 5), "weight": round(float(w), 5)} for n, m, s, w in rows
        ],
    }


def fit(rows: list[dict[str, Any]]) -> tuple[StandardScaler, LogisticRegression]:
    values = np.concatenate([r["signals"][:, LEARNED] for r in rows])
    return regression(values, np.concatenate([r["gold"] >= 0 for r in rows]))


def log_odds(scaler: StandardScaler, model: LogisticRegression, values: np.ndarray) -> np.ndarray:
    given = sum(weight * values[:, signals.NAMES.index(name)] for name, weight in GIVEN.items())
    return model.decision_function(scaler.transform(values[:, LEARNED])) + given


def left_out_scores(rows: list[dict[str, Any]], folds: int = 10) -> list[np.ndarray]:
    """Probabilities of each story's pairs by a model that has not seen the story."""
    scores: list[np.ndarray] = [np.zeros(0)] * len(rows)
    for fold in range(folds):
        scaler, model = fit([r for k, r in enumerate(rows) if k % folds != fold])
        for k in range(fold, len(rows), folds):
            scores[k] = 1 / (1 + np.exp(-log_odds(scaler, model, rows[k]["signals"])))
    return scores


def curve(rows: list[dict[str, Any]], scores: list[np.ndarray]) -> dict[str, float]:
    """Average precision and best F1 over all stories; a further pair of a conflict already found counts neither way."""
    flat = sorted(((s, k, g) for k, r in enumerate(rows) for s, g in zip(scores[k], r["gold"], strict=True)), key=lambda x: -x[0])
    total = sum(r["conflicts"] for r in rows)
    hits = alarms = 0
    taken: set[tuple[int, int]] = set()
    area = 0.0
    cuts: list[tuple[float, float, float]] = []  # F1, score, precision at each place of the ranking
    for score, k, g in flat:
        if g < 0:
            alarms += 1
        elif (k, int(g)) not in taken:
            taken.add((k, int(g)))
            hits += 1
            area += hits / (hits + alarms)
        cuts.append((2 * hits / (hits + alarms + total), float(score), hits / max(1, hits + alarms)))
    best = max(f1 for f1, _, _ in cuts)
    _, threshold, precision = next(cut for cut in cuts if cut[0] >= 0.98 * best)
    return {"AP": area / total, "best_F1": best, "threshold": threshold, "precision": precision}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=Path, default=STORIES)
    parser.add_argument("--classifier", help="another NLI model than the bundled one")
    parser.add_argument("--cache", type=Path, help="keep the judged pairs here, to fit again without judging")
    parser.add_argument("--out", type=Path, default=WEIGHTS / "decision.json")
    args = parser.parse_args()
    if args.cache and args.cache.exists():
        rows = pickle.loads(args.cache.read_bytes())
        for row in rows:  # the signals may have changed since; what the models said has not
            values = signals.measure(*row["kept"])
            row["signals"] = np.array([[v[n] for n in signals.NAMES] for v in values], dtype=np.float64)
    else:
        stories = {name: story for name, story in read_stories(args.stories).items() if for_decision(name)}
        chosen = read(stories, ConflictFinder(screen=False))
        screen = fit_screen(chosen)
        args.out.with_name("screen.json").write_text(json.dumps(screen, indent=1) + "\n")
        rows = measure(chosen, ConflictFinder(classifier=args.classifier, screen=SignalScreen(DecisionModel.from_dict(screen))))
        if args.cache:
            args.cache.write_bytes(pickle.dumps(rows))
    reached = sum(len(set(r["gold"].tolist()) - {-1}) for r in rows) / sum(r["conflicts"] for r in rows)
    figures = curve(rows, left_out_scores(rows))
    print(f"stories left out: AP {figures['AP']:.3f}, best F1 {figures['best_F1']:.3f}, threshold {figures['threshold']:.3f}, "
          f"precision there {figures['precision']:.2f}; conflicts that reach the judge {reached:.3f}")  # fmt: skip
    for name in ("similarity", "judged_close"):
        column = signals.NAMES.index(name)
        alone = curve(rows, [r["signals"][:, column] for r in rows])
        print(f"  {name} alone: AP {alone['AP']:.3f}, best F1 {alone['best_F1']:.3f}")
    scaler, model = fit(rows)
    weights = model.coef_[0]
    names = [signals.NAMES[k] for k in LEARNED]
    for name, weight in sorted(zip(names, weights, strict=True), key=lambda x: -abs(x[1])):
        print(f"  {name:20s} {weight:+.2f}")
    decision = release(scaler, model, names, round(figures["threshold"], 3))
    decision["signals"] += [{"name": n, "mean": 0.0, "scale": 1.0, "weight": w} for n, w in GIVEN.items()]
    args.out.write_text(json.dumps(decision, indent=1) + "\n")


if __name__ == "__main__":
    main()
