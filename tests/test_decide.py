import json
from collections.abc import Sequence
from datetime import date
from math import exp, inf
from typing import Any

import numpy as np
import pytest

from contradict import (
    Attribution,
    CandidatePairs,
    Claim,
    Conflict,
    ConflictDecider,
    Document,
    Kind,
    NLIScores,
    Polarity,
    Quantity,
    Strength,
    TimeInterval,
)
from contradict.decide import DecisionModel, bundled_model
from contradict.kinds import told
from contradict.model_files import WEIGHTS
from contradict.records import Bound, Certainty, Mood
from contradict.signals import NAMES

ASSERTED, DENIED, UNCOMMITTED = Polarity.ASSERTED, Polarity.DENIED, Polarity.UNCOMMITTED
OPPOSED, ENTAILED, NEUTRAL = (0.05, 0.05, 0.9), (0.9, 0.05, 0.05), (0.05, 0.9, 0.05)
DATA: dict[str, Any] = {
    "intercept": -1.0,
    "threshold": 0.4,
    "signals": [
        {"name": "similarity", "mean": 0.3, "scale": 0.1, "weight": 0.5},
        {"name": "opposition", "mean": -2.0, "scale": 2.0, "weight": 1.5},
        {"name": "denied", "mean": 0.1, "scale": 0.3, "weight": 1.0},
        {"name": "counts_differ", "mean": 0.05, "scale": 0.2, "weight": 0.8},
        {"name": "times_exclude", "mean": 0.05, "scale": 0.2, "weight": 0.8},
        {"name": "same_document", "mean": 0.5, "scale": 0.5, "weight": -0.3},
    ],
}
DOCUMENTS = (
    Document("a", "x" * 500, outlet="Aster Press", published=date(2024, 6, 11)),
    Document("b", "x" * 500, outlet="Borough News", published=date(2024, 6, 12)),
    Document("c", "x" * 500),
)


@pytest.fixture(scope="module")
def decider() -> ConflictDecider:
    return ConflictDecider(DecisionModel.from_dict(DATA))


def claim(document: str, proposition: str = "The bridge was open", start: int = 0, holder: str | None = None, **fields: Any) -> Claim:
    polarity = fields.pop("polarity", ASSERTED)
    chain = (Attribution(holder, None, None, polarity),) if holder else ()
    text = f"{document} {start}"
    return Claim(text, document, start, start + 50, proposition, proposition, chain, polarity, **fields)


def scores(rows: Sequence[tuple[float, float, float]]) -> NLIScores:
    table = np.array(rows, dtype=np.float32).reshape(-1, 3)
    return NLIScores(table[:, 0], table[:, 1], table[:, 2])


def decide(
    decider: ConflictDecider,
    left: Claim,
    right: Claim,
    forward: tuple[float, float, float] = OPPOSED,
    backward: tuple[float, float, float] = NEUTRAL,
) -> list[Conflict]:
    pairs = CandidatePairs(np.array([0]), np.array([1]), np.array([0.5], dtype=np.float32))
    return decider.decide([left, right], pairs, scores([forward]), scores([backward]), DOCUMENTS)


def test_model_from_dict() -> None:
    model = DecisionModel.from_dict(json.loads(json.dumps(DATA)))
    rows = zip(model.names, model.mean, model.scale, model.weight, strict=True)
    assert [dict(zip(("name", "mean", "scale", "weight"), row, strict=True)) for row in rows] == DATA["signals"]
    assert (model.intercept, model.threshold) == (DATA["intercept"], DATA["threshold"])
    assert model == DecisionModel.from_dict(DATA)


def test_probability_stays_between_zero_and_one() -> None:
    model = DecisionModel(("x",), (0.0,), (1.0,), (1.0,), 0.0, 0.5)
    assert model.probability([0.0]) == 0.5
    assert 0 <= model.probability([-1e9]) < 1e-9 and 1 - 1e-9 < model.probability([1e9]) <= 1


@pytest.mark.skipif(not (WEIGHTS / "decision.json").is_file(), reason="the bundled decision model is not in this tree")
def test_bundled_model() -> None:
    model = bundled_model()
    assert set(model.names) <= set(NAMES) and 0 < model.threshold < 1
    assert all(scale > 0 for scale in model.scale)


def test_score_is_the_logistic_of_its_contributions(decider: ConflictDecider) -> None:
    (conflict,) = decide(decider, claim("a"), claim("b"))
    values = {
        "similarity": 0.5,
        "opposition": np.log(0.9 / 0.1),
        "denied": 0.0,
        "counts_differ": 0.0,
        "times_exclude": 0.0,
        "same_document": 0.0,
    }
    added = [row["weight"] * (values[row["name"]] - row["mean"]) / row["scale"] for row in DATA["signals"]]
    assert conflict.score == pytest.approx(1 / (1 + exp(1.0 - sum(added))), abs=1e-3)
    weight = {signal.name: signal.weight for signal in conflict.evidence}
    assert weight["similarity"] == pytest.approx(added[0], abs=1e-2) and weight["opposition"] == pytest.approx(added[1], abs=1e-2)


def test_evidence_is_in_plain_text(decider: ConflictDecider) -> None:
    left = claim("a", holder="Moscow", polarity=DENIED, certainty=Certainty.HEDGED)
    (conflict,) = decide(decider, left, claim("b", "Russian troops used it"), NEUTRAL, ENTAILED)
    texts = [signal.text for signal in conflict.evidence]
    assert "Moscow denies what Borough News states" in texts
    assert "the language model reads the one as implying what the other denies (90%)" in texts
    assert any(text.startswith("close in subject (similarity 0.50)") for text in texts)
    assert conflict.why == "; ".join(text for text in texts if text)
    weights = [signal.weight for signal in conflict.evidence if signal.text]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    "polarities", [(UNCOMMITTED, ASSERTED), (ASSERTED, UNCOMMITTED), (UNCOMMITTED, DENIED), (UNCOMMITTED, UNCOMMITTED)]
)
def test_uncommitted_pairs_are_no_conflict(decider: ConflictDecider, polarities: tuple[Polarity, Polarity]) -> None:
    left, right = claim("a", polarity=polarities[0]), claim("b", polarity=polarities[1])
    assert decide(decider, left, right) == []


def test_denial_counts_in_one_direction(decider: ConflictDecider) -> None:
    left, right = claim("a", holder="Moscow", polarity=DENIED), claim("b")
    (entailed,) = decide(decider, left, right, NEUTRAL, ENTAILED)  # what is asserted entails what is denied
    (entailing,) = decide(decider, left, right, ENTAILED, NEUTRAL)
    assert entailed.score > 0.9 > entailing.score and entailed.strength is Strength.CONTRADICTION


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (claim("a"), claim("b")),  # by date
        (claim("c"), claim("a")),  # the undated first
        (claim("a", start=10), claim("a", start=90)),  # by place
    ],
)
def test_sides_do_not_depend_on_the_input_order(decider: ConflictDecider, left: Claim, right: Claim) -> None:
    (one,) = decide(decider, left, right, OPPOSED, ENTAILED)
    (other,) = decide(decider, right, left, ENTAILED, OPPOSED)
    assert one == other and (one.left, one.right) == (left, right)
    assert one.forward == other.forward == {"entailment": 0.05, "neutral": 0.05, "contradiction": 0.9}
    assert one.backward == other.backward == {"entailment": 0.9, "neutral": 0.05, "contradiction": 0.05}


def test_best_first(decider: ConflictDecider) -> None:
    claims = [claim("a"), claim("b"), claim("b", start=100)]
    pairs = CandidatePairs(np.array([0, 0]), np.array([1, 2]), np.array([0.4, 0.4], dtype=np.float32))
    found = decider.decide(claims, pairs, scores([NEUTRAL, OPPOSED]), scores([NEUTRAL, OPPOSED]), DOCUMENTS)
    assert [conflict.right.start for conflict in found] == [100, 0] and found[0].score > found[1].score
    assert len({conflict.id for conflict in found}) == 2


def test_no_pairs(decider: ConflictDecider) -> None:
    nothing = CandidatePairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    assert decider.decide([], nothing, scores([]), scores([]), []) == []


TWELVE = Quantity(12, 12, "12", 0, 2, noun="people")
TWENTY = Quantity(20, inf, "20", 0, 2, noun="people", bound=Bound.AT_LEAST)
MAY, JUNE = TimeInterval(date(2024, 5, 1), date(2024, 5, 31), "May", 31), TimeInterval(date(2024, 6, 1), date(2024, 6, 30), "June", 31)
NUMERIC = {"quantities": (TWELVE,)}, {"quantities": (TWENTY,)}
TEMPORAL = {"time": MAY}, {"time": JUNE}


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        (claim("a", holder="Anna Holm", polarity=DENIED), claim("b", holder="Holm"), Kind.REVERSAL),
        (claim("a", holder="Moscow", polarity=DENIED, **NUMERIC[0]), claim("b", **NUMERIC[1]), Kind.DENIAL),
        (claim("a", **NUMERIC[0], **TEMPORAL[0]), claim("b", **NUMERIC[1], **TEMPORAL[1]), Kind.NUMERIC),
        (claim("a", "Sparks caused the fire", **TEMPORAL[0]), claim("b", "Agents caused the fire", **TEMPORAL[1]), Kind.TEMPORAL),
        (claim("a", "The fire was caused by sparks"), claim("b", "Arson was the cause of the fire"), Kind.CAUSAL),
        (claim("a", "The boat sank off the north coast, near Orran"), claim("b", "It went down inside the harbour at Velt"), Kind.LOCATION),
        (claim("a", "It was Anna Holm who signed the order"), claim("b", "The order was signed by her deputy, Bo Lind"), Kind.IDENTITY),
        (claim("a", "Corbel Guard employed him"), claim("b", "He never worked there", holder="Corbel Guard"), Kind.DENIAL),
        (claim("a"), claim("b"), Kind.DIRECT),
    ],
)
def test_kinds_and_their_order(decider: ConflictDecider, left: Claim, right: Claim, kind: Kind) -> None:
    (conflict,) = decide(decider, left, right)
    assert conflict.kind is kind


def test_reversal_goes_before_everything() -> None:
    every = dict.fromkeys(NAMES, 1.0)
    assert told(every) is Kind.REVERSAL
    assert told({**every, "same_holder": 0.0}) is Kind.DENIAL
    assert told(dict.fromkeys(NAMES, 0.0)) is None


@pytest.mark.parametrize(
    ("fields", "backward", "strength"),
    [
        ({}, OPPOSED, Strength.CONTRADICTION),
        ({}, NEUTRAL, Strength.CONTRADICTION),  # other signals made it a conflict
        ({}, (0.01, 0.98, 0.01), Strength.TENSION),
        ({"certainty": Certainty.HEDGED}, OPPOSED, Strength.CONTRADICTION),
        ({"certainty": Certainty.HEDGED}, NEUTRAL, Strength.TENSION),
        ({"mood": Mood.FORECAST}, NEUTRAL, Strength.TENSION),
        ({"mood": Mood.OPINION}, NEUTRAL, Strength.TENSION),
        ({"polarity": Polarity.DENIED}, NEUTRAL, Strength.TENSION),  # what is denied is not what the other states
    ],
)
def test_strength(decider: ConflictDecider, fields: dict[str, Any], backward: tuple[float, float, float], strength: Strength) -> None:
    (conflict,) = decide(decider, claim("a"), claim("b", **fields), backward, backward)
    assert conflict.strength is strength


def test_counts_and_times_are_explained(decider: ConflictDecider) -> None:
    (conflict,) = decide(decider, claim("a", **NUMERIC[0], **TEMPORAL[0]), claim("b", **NUMERIC[1], **TEMPORAL[1]), NEUTRAL)
    assert "counts differ (people): 12 against at least 20" in conflict.why
    assert "times cannot overlap: May / June" in conflict.why
    assert conflict.strength is Strength.CONTRADICTION
