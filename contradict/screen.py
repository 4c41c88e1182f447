"""Which candidate pairs the judge is spared: those that what was read of the two makes unlikely."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from contradict import signals
from contradict.logistic import DecisionModel
from contradict.records import CandidatePairs, Claim, Document


@lru_cache(maxsize=1)
def bundled_screen() -> DecisionModel:
    return DecisionModel.load("screen.json")


class SignalScreen:
    """Keeps the pairs that a small model over the signals of the reading (`signals.READ`) gives a chance.

    Nearness alone is a poor guide to what is worth judging; nearness with shared words, counts, times and stances finds as many
    conflicts in two thirds of the pairs.

    Args:
        model: By default the bundled one, fitted on the project's own stories with the default embedder: it knows that encoder's
            similarities only. Its threshold is the probability from which a pair is kept.
    """

    def __init__(self, model: DecisionModel | None = None) -> None:
        self.model = model or bundled_screen()

    def keep(self, claims: Sequence[Claim], pairs: CandidatePairs, documents: Sequence[Document]) -> CandidatePairs:
        """The pairs worth judging, in the same order; `dropped` says how many were not, and why."""
        values = signals.read(claims, pairs, documents)
        silent = np.array([v["uncommitted"] > 0 for v in values], dtype=bool)
        likely = np.array([self.model.probability(self.model.contributions(v)) >= self.model.threshold for v in values], dtype=bool)
        at = np.flatnonzero(likely & ~silent)
        dropped = {"a holder commits to nothing": int(silent.sum()), "unlikely by what was read": int((~likely & ~silent).sum())}
        return CandidatePairs(pairs.left[at], pairs.right[at], pairs.similarity[at], {**pairs.dropped, **dropped})
