"""A small model over named signals, kept as data, its weights readable."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from contradict.model_files import weights_file


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """Logistic regression over the signals: log-odds = intercept + sum of weight * (value - mean) / scale.

    Attributes:
        threshold: Score from which a pair is kept or reported.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float
    threshold: float

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "DecisionModel":
        rows = data["signals"]
        return cls(
            tuple(r["name"] for r in rows),
            tuple(r["mean"] for r in rows),
            tuple(r["scale"] for r in rows),
            tuple(r["weight"] for r in rows),
            data["intercept"],
            data["threshold"],
        )

    @classmethod
    def load(cls, name: str) -> "DecisionModel":
        """One of the bundled models."""
        return cls.from_dict(json.loads(weights_file(name).read_text(encoding="utf-8")))

    def contributions(self, values: Mapping[str, float]) -> list[float]:
        """What each signal adds to the log-odds, against its mean over all candidate pairs."""
        return [w * (values[n] - m) / s for n, m, s, w in zip(self.names, self.mean, self.scale, self.weight, strict=True)]

    def probability(self, contributions: Sequence[float]) -> float:
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, self.intercept + sum(contributions)))))
