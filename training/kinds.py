"""Fits what a conflict is about on our own annotated stories: `python -m training.kinds`.

Each annotated conflict gives one row: the two closest claims that cover its passages. Where the readings tell the kind
(`contradict.kinds.told`) they decide; a multinomial regression over the wording learns the others. Judged by leaving stories out.
"""

import argparse
import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from contradict import signals
from contradict.kinds import features, told
from contradict.questions import QuestionEmbedder
from contradict.records import CandidatePairs, NLIScores
from contradict.segment import SpacySegmenter
from training.export import WEIGHTS
from training.stories import STORIES, Gold, documents_of, read_stories

REGULARISATION = 0.3


def rows_of(name: str, story: Any, segmenter: SpacySegmenter, embedder: QuestionEmbedder) -> list[tuple[str, dict[str, float], str, str]]:
    """Of each conflict of a story: the story's name, features, the kind as read ("" where not told), the kind as annotated."""
    claims, gold = segmenter.segment(documents_of(story)), Gold(story)
    vectors = embedder.encode([c.proposition for c in claims])
    best: dict[int, tuple[float, int, int]] = {}
    for j in range(len(claims)):
        for i in range(j):
            k = gold.find(claims[i], claims[j])
            if k is not None:
                best[k] = max(best.get(k, (-2.0, 0, 0)), (float(vectors[i] @ vectors[j]), i, j))
    if not best:
        return []
    close, left, right = (np.array(column) for column in zip(*best.values(), strict=True))
    third = np.full(len(best), 1 / 3, dtype=np.float32)  # no judge is asked: the kind does not hang on it
    unknown = NLIScores(third, third, third)
    values = signals.measure(claims, CandidatePairs(left, right, close.astype(np.float32), {}), unknown, unknown)
    return [
        (name, features(claims[i], claims[j], v), told(v) or "", gold.conflicts[k][2]["type"])
        for k, i, j, v in zip(best, left.tolist(), right.tolist(), values, strict=True)
    ]


def fit(values: np.ndarray, kinds: np.ndarray) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(values)
    return scaler, LogisticRegression(C=REGULARISATION, max_iter=1000).fit(scaler.transform(values), kinds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=Path, default=STORIES)
    parser.add_argument("--cache", type=Path, help="keep what was read here, to fit again without reading")
    parser.add_argument("--out", type=Path, default=WEIGHTS / "kinds.json")
    args = parser.parse_args()
    if args.cache and args.cache.exists():
        rows = pickle.loads(args.cache.read_bytes())
    else:
        segmenter, embedder = SpacySegmenter(), QuestionEmbedder()
        rows = [row for name, story in read_stories(args.stories).items() for row in rows_of(name, story, segmenter, embedder)]
        if args.cache:
            args.cache.write_bytes(pickle.dumps(rows))
    names = sorted(rows[0][1])
    values = np.array([[row[1][n] for n in names] for row in rows])
    stories, read, gold = (np.array([row[k] for row in rows]) for k in (0, 2, 3))
    guess = read.copy()
    open_ = read == ""
    for train, test in GroupKFold(10).split(values, gold, stories):
        scaler, model = fit(values[train][open_[train]], gold[train][open_[train]])
        at = test[open_[test]]
        guess[at] = model.predict(scaler.transform(values[at]))
    print(
        f"{len(rows)} conflicts, stories left out: {np.mean(guess == gold):.3f} right; told by the readings {np.mean(~open_):.3f}, of these"
    )
    print(f"{np.mean((guess == gold)[~open_]):.3f} right; always 'direct': {np.mean(gold == 'direct'):.3f}")
    for kind, n in Counter(gold.tolist()).most_common():
        found, said = np.mean(guess[gold == kind] == kind), guess == kind
        print(f"  {kind:10s} {n:5d}  recall {found:.2f}  precision {np.mean(gold[said] == kind) if said.any() else 0:.2f}")
    scaler, model = fit(values[open_], gold[open_])
    release = {
        "kinds": model.classes_.tolist(),
        "features": names,
        "mean": scaler.mean_.round(5).tolist(),
        "scale": scaler.scale_.round(5).tolist(),
        "intercept": model.intercept_.round(5).tolist(),
        "weights": model.coef_.round(5).tolist(),
    }
    args.out.write_text(json.dumps(release) + "\n")


if __name__ == "__main__":
    main()
