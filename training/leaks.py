"""How much a set of pairs gives away without being understood: `python -m training.leaks TRAIN.jsonl HELDOUT.jsonl`.

A hypothesis-only classifier (Poliak et al., 2018, "Hypothesis Only Baselines in Natural Language Inference") sees one text; a
bag-of-words classifier sees the words of both texts, which they share and which only one has, in no order. AUC of contradiction
against the rest; 0.5 is nothing. Also counts the skeletons: texts that differ once names and numbers are masked.
"""

import argparse
import re
from pathlib import Path

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from training.data import Pair, read_pairs

_WORD = re.compile(r"[a-z']+|\d+")


def words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def as_bag(pair: Pair) -> str:
    """The pair as one bag: words of both, of the premise alone, of the hypothesis alone, by prefix."""
    a, b = words(pair.premise), words(pair.hypothesis)
    return " ".join([*(f"both_{w}" for w in a & b), *(f"first_{w}" for w in a - b), *(f"second_{w}" for w in b - a)])


def skeleton(text: str) -> str:
    """A text with numbers and capitalised words inside the sentence masked."""
    return re.sub(r"(?<=[a-z,] )[A-Z]\w*(?: [A-Z]\w*)*", "X", re.sub(r"\d[\d.,:]*", "0", text)).lower()


def auc(train: list[str], test: list[str], y: np.ndarray, z: np.ndarray, extra: tuple[np.ndarray, np.ndarray] | None = None) -> float:
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"\S+")
    a, b = vectors.fit_transform(train), vectors.transform(test)
    if extra is not None:
        a, b = hstack([a, extra[0]]).tocsr(), hstack([b, extra[1]]).tocsr()
    best = LogisticRegression(C=1.0, max_iter=1000, class_weight="balanced").fit(a, y)
    return float(roc_auc_score(z, best.decision_function(b)))


def counts(pairs: list[Pair]) -> np.ndarray:
    """Sizes of the overlap and of what is left over, shape (len(pairs), 3)."""
    rows = [(words(p.premise), words(p.hypothesis)) for p in pairs]
    return np.array([[len(a & b) / max(1, min(len(a), len(b))), len(a - b) / 20, len(b - a) / 20] for a, b in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("heldout", type=Path)
    args = parser.parse_args()
    train = [p for p in read_pairs(args.train) if not p.label.startswith("not_")]
    test = [p for p in read_pairs(args.heldout) if not p.label.startswith("not_")]
    y, z = (np.array([p.label == "contradiction" for p in pairs]) for pairs in (train, test))
    alone = [[" ".join(_WORD.findall(p.hypothesis.lower())) for p in pairs] for pairs in (train, test)]
    hypothesis = auc(*alone, y, z)
    bag = auc([as_bag(p) for p in train], [as_bag(p) for p in test], y, z, (counts(train), counts(test)))
    print(f"{len(train)} pairs, {len(test)} held out: hypothesis-only AUC {hypothesis:.3f}, bag-of-words AUC {bag:.3f}")
    print(f"skeletons: {len({(skeleton(p.premise), skeleton(p.hypothesis)) for p in train + test})} of pairs, "
          f"{len({skeleton(t) for p in train + test for t in p[:2]})} of texts")  # fmt: skip


if __name__ == "__main__":
    main()
