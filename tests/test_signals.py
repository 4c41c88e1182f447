from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest

from contradict import Attribution, CandidatePairs, Claim, Document, NLIScores, Polarity, Quantity, TimeInterval
from contradict.records import Certainty, Mood
from contradict.signals import (
    NAMES,
    agreement,
    causal,
    concerned,
    grew_later,
    measure,
    negated,
    opposition,
    overlap,
    same_holder,
    weights_of,
)

ASSERTED, DENIED, UNCOMMITTED = Polarity.ASSERTED, Polarity.DENIED, Polarity.UNCOMMITTED
# Six different numbers, so that each result shows which was read.
FORWARD = {"entailment": 0.11, "neutral": 0.12, "contradiction": 0.13}
BACKWARD = {"entailment": 0.21, "neutral": 0.22, "contradiction": 0.23}


def claim(proposition: str = "x", holder: str | None = None, polarity: Polarity = ASSERTED, document: str = "d", **fields: object) -> Claim:
    chain = (Attribution(holder, None, None, polarity),) if holder else ()
    return Claim("id", document, 0, 1, "x", proposition, chain, polarity, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (ASSERTED, ASSERTED, 0.23),  # either contradicts the other
        (DENIED, ASSERTED, 0.21),  # the right one asserts what entails the thing denied
        (ASSERTED, DENIED, 0.11),  # the left one does
        (DENIED, DENIED, 0),
        (UNCOMMITTED, ASSERTED, 0),
        (ASSERTED, UNCOMMITTED, 0),
        (UNCOMMITTED, DENIED, 0),
        (DENIED, UNCOMMITTED, 0),
        (UNCOMMITTED, UNCOMMITTED, 0),
    ],
)
def test_opposition(left: Polarity, right: Polarity, expected: float) -> None:
    assert opposition(claim(polarity=left), claim(polarity=right), FORWARD, BACKWARD) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (ASSERTED, ASSERTED, 0.21),
        (DENIED, DENIED, 0.21),
        (DENIED, ASSERTED, 0.23),
        (ASSERTED, DENIED, 0.13),
        (UNCOMMITTED, ASSERTED, 0),
        (DENIED, UNCOMMITTED, 0),
        (UNCOMMITTED, UNCOMMITTED, 0),
    ],
)
def test_agreement(left: Polarity, right: Polarity, expected: float) -> None:
    assert agreement(claim(polarity=left), claim(polarity=right), FORWARD, BACKWARD) == expected


@pytest.mark.parametrize("polarities", product(Polarity, Polarity))
def test_sides_can_be_exchanged(polarities: tuple[Polarity, Polarity]) -> None:
    left, right = (claim(polarity=polarity) for polarity in polarities)
    assert opposition(left, right, FORWARD, BACKWARD) == opposition(right, left, BACKWARD, FORWARD)
    assert agreement(left, right, FORWARD, BACKWARD) == agreement(right, left, BACKWARD, FORWARD)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Anna Holm", "Anna Holm", True),
        ("Anna Holm", "Holm", True),
        ("Mr Holm", "Anna Holm", True),
        ("the Defence Ministry", "Defence Ministry", True),
        ("White House representative", "the White House", True),
        ("Anna Holm", "Rolf Berg", False),
        ("Anna Holm", "Anna Berg", False),
        ("Defence Ministry", "Foreign Ministry", False),
        ("the minister", "the minister", False),  # a bare title names nobody
        ("Moscow", None, False),
    ],
)
def test_same_holder(left: str, right: str | None, same: bool) -> None:
    assert same_holder(claim(holder=left), claim(holder=right)) is same_holder(claim(holder=right), claim(holder=left)) is same


def test_own_voice_is_one_holder_within_one_document() -> None:
    assert same_holder(claim(), claim())
    assert not same_holder(claim(document="a"), claim(document="b"))


def test_concerned() -> None:
    denial = claim("Moscow was employing drones", "Moscow", DENIED)
    assert concerned(denial, claim("Drones were bought", names=frozenset({"moscow"})))
    assert concerned(claim("Moscow bought drones"), denial)
    assert not concerned(denial, claim("Tehran sold drones", names=frozenset({"tehran"})))
    assert not concerned(denial, claim("Moscow bought drones", "Moscow"))  # a holder speaking of itself
    assert not concerned(claim("Moscow bought drones"), claim("Moscow sold drones"))


@pytest.mark.parametrize(
    ("proposition", "negative"),
    [
        ("The bridge was not open", True),
        ("The bridge wasn't open", True),
        ("No bridge was open", True),
        ("Nobody crossed it", True),
        ("The notable bridge was open", False),
        ("The bridge was known to be open", False),
    ],
)
def test_negated(proposition: str, negative: bool) -> None:
    assert negated(claim(proposition)) is negative


def test_causal() -> None:
    assert causal(claim("A short circuit caused the fire")) and causal(claim("The fire was the work of agents"))
    assert not causal(claim("The fire burned until Thursday"))


def test_rare_shared_words_weigh_more() -> None:
    claims = [claim(lemmas=frozenset(words.split())) for words in ("say bridge", "say bridge", "say town", "say river")]
    weight = weights_of(claims)
    assert weight["bridge"] > weight["say"]
    assert overlap(frozenset({"say", "bridge"}), frozenset({"bridge", "town"}), weight) > overlap(
        frozenset({"say", "bridge"}), frozenset({"say", "town"}), weight
    )
    assert overlap(frozenset(), frozenset({"say"}), weight) == 0
    assert overlap(claims[0].lemmas, claims[0].lemmas, weight) == pytest.approx(1)


@pytest.mark.parametrize(
    ("days", "grew"),
    [((1, 3), True), ((3, 1), False), ((1, 1), False), ((1, None), False)],
    ids=["later", "earlier", "same day", "undated"],
)
def test_a_larger_count_of_a_later_day_has_grown(days: tuple[int, int | None], grew: bool) -> None:
    few, many = Quantity(12, 12, "12", 0, 2, noun="people"), Quantity(31, 31, "31", 0, 2, noun="people")
    left, right = claim(document="d", quantities=(few,)), claim(document="e", quantities=(many,))
    dated = {name: date(2024, 5, day) for name, day in zip("de", days, strict=True) if day is not None}
    assert grew_later(left, right, dated) is grew
    assert grew_later(right, left, dated) is grew
    moment = TimeInterval(date(2024, 5, 1), date(2024, 5, 1), "on Wednesday", 1)
    assert not grew_later(replace(left, time=moment), replace(right, time=moment), dated)


def test_days_apart_are_counted_where_both_are_known() -> None:
    left, right = claim(document="d"), claim(document="e")
    documents = [Document("d", "x", published=date(2024, 5, 1)), Document("e", "y", published=date(2024, 5, 31))]
    assert measured(left, right, documents)["days_apart"] == pytest.approx(1)
    assert measured(left, right, documents[:1])["days_apart"] == 0


def measured(left: Claim, right: Claim, documents: Sequence[Document] = ()) -> dict[str, float]:
    def scores(values: dict[str, float]) -> NLIScores:
        return NLIScores(*(np.array([values[name]], dtype=np.float32) for name in ("entailment", "neutral", "contradiction")))

    pairs = CandidatePairs(np.array([0]), np.array([1]), np.array([0.5], dtype=np.float32))
    (values,) = measure([left, right], pairs, scores(FORWARD), scores(BACKWARD), documents)
    return values


def test_a_pair_knows_how_many_of_its_claims_pairs_surpass_it() -> None:
    claims = [claim(document=name) for name in "abc"]
    pairs = CandidatePairs(np.array([0, 0, 1]), np.array([1, 2, 2]), np.full(3, 0.5, dtype=np.float32))
    rest, opposed = np.full(3, 0.1, dtype=np.float32), np.array([0.8, 0.2, 0.5], dtype=np.float32)
    scores = NLIScores(rest, rest, opposed)
    assert [v["opposition_rank"] for v in measure(claims, pairs, scores, scores)] == pytest.approx([0, np.log(2), np.log(2)])


def test_every_signal_has_a_number() -> None:
    values = measured(claim(), claim(document="e"))
    assert set(values) == set(NAMES) and len(NAMES) == len(set(NAMES))
    assert all(isinstance(value, float) and np.isfinite(value) for value in values.values())


@pytest.mark.parametrize(
    ("left", "right", "on"),
    [
        (claim(), claim(polarity=DENIED, document="e"), {"denied", "other_holder"}),
        (claim(polarity=DENIED), claim(polarity=DENIED, document="e"), {"other_holder"}),
        (claim(), claim(polarity=UNCOMMITTED, document="e"), {"uncommitted", "other_holder"}),
        (claim(), claim("not x", document="e"), {"negation_differs", "other_holder"}),
        (claim("not x"), claim("never y", document="e"), {"negated_both", "other_holder"}),
        (claim(mood=Mood.FORECAST), claim(document="e"), {"forecast_and_fact", "other_holder"}),
        (claim(mood=Mood.FORECAST), claim(mood=Mood.FORECAST, document="e"), {"forecasts", "other_holder"}),
        (claim(mood=Mood.OPINION), claim(document="e"), {"opinion", "other_holder"}),
        (claim(certainty=Certainty.HEDGED), claim(document="e"), {"hedged", "other_holder"}),
        (claim(holder="Anna Holm"), claim(holder="Holm", document="e"), {"same_holder"}),
        (claim(), claim(), {"same_document", "adjacent"}),
    ],
)
def test_signals_that_are_on(left: Claim, right: Claim, on: set[str]) -> None:
    values = measured(left, right)
    flags = {
        "denied", "uncommitted", "negation_differs", "negated_both", "forecast_and_fact", "forecasts", "opinion", "hedged",
        "same_holder", "other_holder", "same_document", "adjacent", "concerned", "counts_differ", "times_exclude", "causes", "copy",
    }  # fmt: skip
    assert {name for name in flags if values[name]} == on
