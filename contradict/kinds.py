"""What a conflict is about: told by how the claims were read where that is plain, else by their wording."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from contradict.model_files import weights_file
from contradict.records import Claim, Kind

# Words that tend to go with one kind of question. Each says little; a regression over all of them weighs what they say together.
_CUES = {
    "number": r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|half|quarter|third|twice|"
    r"double)\b",
    "time": r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|[ap]\.m|noon|midnight|(?:hour|minute|day|week|month|year)s?|before|after|since|until|when|earlier|later|morning|evening|night|"
    r"dawn|ago|yesterday|spring|summer|autumn|winter|(?:19|20)\d\d|already|first|then)\b",
    "place": r"\b(?:in|at|near|off|outside|inside|from|to|into|north|south|east|west|where|km|kilometres|miles|border|side|bank|street|"
    r"road|village|town|room|building|waters|offshore|shore|coast|valley|floor|deck)\b",
    "person": r"\b(?:by|who|whose|him|himself|herself|themselves|behind|gave|ordered|fired|told|signed|wrote|led|driver|officer|man|woman|"
    r"alone|leader)\b",
    "denial": r"\b(?:never|no|not|none|den(?:y|ies|ied)|rejected|untrue|false|nothing|nobody|invented|fabricated|baseless|nonsense|lie|"
    r"neither|wrong)\b|n['’]t",
    "cause": r"\b(?:caused?|because|due to|blamed?|led to|result|owing to|trigger(?:ed)?|traced?|fault|failure|sabotage|arson|"
    r"deliberate(?:ly)?|accident|error|set off|sparked|source|reason)\b",
}
_PATTERNS = {name: re.compile(pattern, re.I) for name, pattern in _CUES.items()}
_FIGURE = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"(?<=[\w,] )[A-Z][a-z]+")
# Signals of `contradict.signals` that bear on the kind.
_SIGNALS = (
    "shared_words", "shared_names", "no_shared_name", "counts_agree", "times_meet", "negation_differs", "negated_both",
    "other_holder", "concerned", "same_document", "attributed", "adjacent", "forecast_and_fact", "forecasts", "opinion", "hedged",
    "causes", "short",
)  # fmt: skip


def features(left: Claim, right: Claim, values: Mapping[str, float]) -> dict[str, float]:
    """What bears on the kind of a conflict; symmetric in the claims."""
    a, b = left.text, right.text
    out: dict[str, float] = {}
    for name, pattern in _PATTERNS.items():
        one, two = len(pattern.findall(a)), len(pattern.findall(b))
        out |= {
            f"{name}_both": float(min(one, two) > 0),
            f"{name}_any": float(max(one, two) > 0),
            f"{name}_shared": float(min(one, two)),
            f"{name}_gap": float(abs(one - two)),
        }
    figures, others = set(_FIGURE.findall(a)), set(_FIGURE.findall(b))
    named, also = set(_NAME.findall(a)), set(_NAME.findall(b))
    holders = [set((c.holder or "").lower().split()) for c in (left, right)]
    words = [set(re.findall(r"\w+", t.lower())) for t in (a, b)]
    out |= {
        "figures_both": float(bool(figures and others)),
        "figures_shared": float(bool(figures & others)),
        "figures_part": float(bool(figures - others and others - figures)),
        "quantities_both": float(bool(left.quantities and right.quantities)),
        "times_both": float(left.time is not None and right.time is not None),
        "times_one": float((left.time is None) != (right.time is None)),
        "names_shared": float(len(named & also)),
        "names_part": float(bool(named - also and also - named)),
        "names_apart": float(len(named ^ also)),
        "no_holder": float(left.holder is None and right.holder is None),
        "one_holder": float((left.holder is None) != (right.holder is None)),
        "holders_alike": float(bool(holders[0] & holders[1])),
        "holder_named": float(bool(holders[0] & words[1] or holders[1] & words[0])),
    }
    return out | {name: values[name] for name in _SIGNALS}


@lru_cache(maxsize=1)
def _model() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(weights_file("kinds.json").read_text(encoding="utf-8"))
    return data | {name: np.array(data[name]) for name in ("mean", "scale", "intercept", "weights")}


def told(values: Mapping[str, float]) -> Kind | None:
    """The kind where the readings tell it: the first that holds, in the order of the design."""
    for signal, kind in (
        ("same_holder", Kind.REVERSAL),
        ("denied", Kind.DENIAL),
        ("counts_differ", Kind.NUMERIC),
        ("times_exclude", Kind.TEMPORAL),
    ):
        if values[signal]:
            return kind
    return None


def kind_of(left: Claim, right: Claim, values: Mapping[str, float]) -> Kind:
    """The kind as the readings tell it, else the likeliest by the wording (multinomial regression, fitted by `training/kinds.py`)."""
    plain = told(values)
    if plain is not None:
        return plain
    model, found = _model(), features(left, right, values)
    scaled = (np.array([found[name] for name in model["features"]]) - model["mean"]) / model["scale"]
    logits = model["weights"] @ scaled + model["intercept"]
    return Kind(model["kinds"][int(logits.argmax())])
