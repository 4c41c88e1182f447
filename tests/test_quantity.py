from math import inf

import pytest

from contradict import Claim, Quantity
from contradict.records import Bound
from contradict.signals import describe_number, quantities_agree, quantities_conflict
from tests.segmenting import only, read

EXACT, ABOUT, AT_LEAST, AT_MOST = Bound.EXACT, Bound.ABOUT, Bound.AT_LEAST, Bound.AT_MOST


def quantities(text: str) -> list[Quantity]:
    return [quantity for claim in read(text) for quantity in claim.quantities]


@pytest.mark.parametrize(
    ("text", "value", "unit", "noun"),
    [
        ("The blast killed 12 people.", 12, "", "people"),
        ("Twelve people died there.", 12, "", "people"),
        ("Twenty-five soldiers were wounded.", 25, "", "soldier"),
        ("One hundred and twenty people died.", 120, "", "people"),
        ("They built 2,024 houses.", 2024, "", "house"),
        ("The firm sold 2000 cars.", 2000, "", "car"),
        ("Two million people voted.", 2e6, "", "people"),
        ("Half a million people fled.", 5e5, "", "people"),
        ("A dozen men were arrested.", 12, "", "man"),
        ("Two of the men died.", 2, "", "man"),
        ("One soldier was killed.", 1, "", "soldier"),
        ("Surveyors marked 31 bomblets.", 31, "", "bomblet"),
        ("The death toll rose to 31.", 31, "", ""),
        ("Prices rose by 4.2 percent.", 4.2, "percent", ""),
        ("Prices rose by 4.2%.", 4.2, "percent", ""),
        ("Prices rose by four per cent.", 4, "percent", ""),
        ("The firm paid $3.5 million.", 3.5e6, "USD", ""),
        ("The firm paid 3.5 million dollars.", 3.5e6, "USD", ""),
        ("The firm paid $1.2m for it.", 1.2e6, "USD", ""),
        ("The bridge cost £2bn.", 2e9, "GBP", ""),
        ("The fund received €200,000.", 2e5, "EUR", ""),
        ("The tunnel is 3 km long.", 3000, "metre", ""),
        ("The tunnel is two miles long.", 3218.688, "metre", ""),
        ("The ship carried 300 tonnes of grain.", 3e5, "kilogram", ""),
        ("The march lasted three hours.", 180, "minute", ""),
        ("The drought lasted two weeks.", 14, "day", ""),
    ],
)
def test_value(text: str, value: float, unit: str, noun: str) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high, found.unit, found.noun, found.bound) == (pytest.approx(value), pytest.approx(value), unit, noun, EXACT)


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("At least 30 people died.", 30, inf, AT_LEAST),
        ("More than 30 people died.", 30, inf, AT_LEAST),
        ("No fewer than 30 people died.", 30, inf, AT_LEAST),
        ("Over 30 people died there.", 30, inf, AT_LEAST),
        ("Up to 30 people died.", 0, 30, AT_MOST),
        ("No more than 30 people died.", 0, 30, AT_MOST),
        ("Fewer than 30 people died.", 0, 30, AT_MOST),
        ("About 30 people died.", 27, 33, ABOUT),
        ("Some 30 people died.", 27, 33, ABOUT),
        ("An estimated 30 people died.", 27, 33, ABOUT),
        ("Nearly 30 people died.", 27, 33, ABOUT),
        ("Between 20 and 30 people died.", 20, 30, EXACT),
        ("Between 20 and 30 million people fled.", 2e7, 3e7, EXACT),
    ],
)
def test_bounds(text: str, low: float, high: float, bound: Bound) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high, found.bound) == (pytest.approx(low), pytest.approx(high), bound)


@pytest.mark.parametrize(
    "text",
    [
        "The meeting took place on 14 June 2023.",
        "The meeting took place on June 14.",
        "The war began in 2014.",
        "The first blast came at 2:40 a.m.",
        "The first blast came at 3 p.m.",
        "The team won the match 3-1.",
        "The Mi-24 crashed in the hills.",
        "The fire began in Bunker 7.",
        "One thing is clear to everybody.",
    ],
)
def test_no_quantity(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("left", "right", "conflict"),
    [
        ("The blast killed 12 people.", "The blast killed 20 people.", True),
        ("The blast killed 12 people.", "Twelve people died in the blast.", False),
        ("The blast killed at least 12 people.", "The blast killed 20 people.", False),
        ("The blast killed more than 20 people.", "The blast killed 12 people.", True),
        ("The blast killed up to 12 people.", "The blast killed at least 20 people.", True),
        ("The blast killed about 21 people.", "The blast killed 20 people.", False),
        ("The blast killed about 20 people.", "The blast killed 40 people.", True),
        ("The blast killed 12 people.", "The blast destroyed 20 houses.", False),
        ("The depot held 1,990 tonnes of ammunition.", "The depot held 2,000 tonnes of ammunition.", False),  # rounded
        ("The depot held 600 tonnes of ammunition.", "The depot held about 2,000 tonnes of ammunition.", True),
        ("The tunnel is 3 km long.", "The tunnel is 3000 metres long.", False),
        ("The tunnel is 3 km long.", "The tunnel is 3 miles long.", True),
        ("The firm paid $3 million.", "The firm paid 3 million dollars.", False),
        ("The firm paid $3 million.", "The firm paid €5 million.", False),  # no rate is known
        ("Prices rose by 4 percent.", "Prices rose by 7%.", True),
        ("Between 10 and 20 people died.", "15 people died.", False),
        ("Between 10 and 20 people died.", "35 people died.", True),
        ("The blast killed 12 people.", "The blast killed 20.", True),  # the other leaves out what it counts
        ("The blast killed 12 people and wounded 30 people.", "The blast killed 12 people.", False),
    ],
)
def test_conflict(left: str, right: str, conflict: bool) -> None:
    a, b = only(left), only(right)
    found = quantities_conflict(a, b)
    assert (found is not None) is (quantities_conflict(b, a) is not None) is conflict
    assert found is None or (found[0] in a.quantities and found[1] in b.quantities)
    assert not (conflict and quantities_agree(a, b))


def test_no_numbers_no_conflict() -> None:
    bare = Claim("1", "d", 0, 4, "text", "text")
    assert quantities_conflict(bare, bare) is None and not quantities_agree(bare, bare)


def test_described_for_a_reader() -> None:
    assert [
        describe_number(quantities(f"{words} people died there.")[0]) for words in ("Twelve", "At least 12", "Some 12", "Up to 12")
    ] == [
        "Twelve",
        "at least 12",
        "about 12",
        "at most 12",
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("Rates rose by 1.5 percentage points.", 1.5, 1.5, "percentage point", EXACT),
        ("Rates rose by 25 basis points.", 0.25, 0.25, "percentage point", EXACT),
        ("The firm lost 212 million kronor.", 2.12e8, 2.12e8, "SEK", EXACT),
        ("The firm lost 1,200 Danish kroner.", 1200, 1200, "DKK", EXACT),
        ("His grandmother, 91, was at the station.", 1092, 1092, "month", EXACT),
        ("A 27-year-old man was arrested.", 324, 324, "month", EXACT),
        ("The clinic takes patients aged 70 or over.", 840, inf, "month", AT_LEAST),
        ("The valley got 40 to 60 millimetres of rain.", 0.04, 0.06, "metre", EXACT),
        ("A minimum of 250 signatures is required.", 250, inf, "", AT_LEAST),
        ("They expect a maximum of eight redundancies.", 0, 8, "", AT_MOST),
        ("The player earns as much as 3 million euros.", 0, 3e6, "EUR", AT_MOST),
        ("The town holds 200 or so looters.", 180, 220, "", ABOUT),
        ("The camp has two dozen tents.", 24, 24, "", EXACT),
        ("It reached 100 degrees Fahrenheit.", 37.7778, 37.7778, "degree Celsius", EXACT),
    ],
)
def test_measures_ages_and_bounds(text: str, low: float, high: float, unit: str, bound: Bound) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high) == (pytest.approx(low, rel=1e-4), pytest.approx(high, rel=1e-4))
    assert (found.unit, found.bound) == (unit, bound)


@pytest.mark.parametrize(
    "text",
    [
        "Over the past three weeks the river has risen.",
        "They left two days after the truce.",
        "The road was shut between 2 and 6 December.",
        "Two-thirds of the voters stayed away.",
        "They drove along the A9 at night.",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert quantities(text) == []


def test_units_are_compared_after_conversion() -> None:
    def held(left: str, right: str) -> bool:
        return quantities_conflict(only(left), only(right)) is not None

    assert not held("The tunnel is 5 km long.", "The tunnel is 3.1 miles long.")
    assert held("The tunnel is 5 km long.", "The tunnel is 4 miles long.")
    assert not held("The siege lasted 48 hours.", "The siege lasted two days.")
    assert held("The siege lasted 48 hours.", "The siege lasted two months.")
    assert not held("Rates rose by 2 percent.", "Rates rose by 5 percentage points.")
