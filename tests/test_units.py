import pytest

from contradict.units import common, to_base


@pytest.mark.parametrize(
    ("value", "unit", "base", "name"),
    [
        (3, "miles", 4828.032, "metre"),
        (5, "km", 5000, "metre"),
        (2, "square kilometres", 2e6, "square metre"),
        (5, "hectares", 5e4, "square metre"),
        (2, "cubic metres", 2000, "litre"),
        (1, "barrel", 158.987, "litre"),
        (3, "tonnes", 3000, "kilogram"),
        (60, "mph", 96.56064, "kilometre per hour"),
        (90, "km/h", 90, "kilometre per hour"),
        (100, "degrees Fahrenheit", 37.7778, "degree Celsius"),
        (2, "years", 24, "month"),
        (2, "fortnights", 28, "day"),
        (4, "USD", 4, "USD"),
        (5, "percent", 5, "percent"),
        (5, "hands", 5, "hands"),
        (7, "", 7, ""),
    ],
)
def test_to_base(value: float, unit: str, base: float, name: str) -> None:
    found, unit = to_base(value, unit)
    assert (found, unit) == (pytest.approx(base, rel=1e-4), name)


def test_common() -> None:
    assert common("metre", "metre") == (1, 1) and common("metre", "litre") is None and common("", "percent") is None
    days = common("minute", "day")
    assert days is not None and 2880 * days[0] == pytest.approx(2 * days[1])
