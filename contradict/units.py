"""Units of measure: recognised in text, and brought to one base unit each, so that 3 miles and 5 km can be compared."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pint import UnitRegistry

# The words that news uses for units; pint alone would take "hand", "pin" and "can" for units too.
_PREFIX = "(?:kilo|centi|milli|micro|mega|giga|tera|deci|hecto)?"
_WORD = (
    rf"{_PREFIX}(?:met(?:er|re)s?|grams?|grammes?|lit(?:er|re)s?|watts?|hertz|volts?|joules?|tonn?es?|bytes?|pascals?)"
    r"|kilos?|tons?|nautical\ miles?|miles?|feet|foot|inch(?:es)?|yards?|acres?|hectares?|barrels?|gallons?|ounces?|knots?"
    r"|seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|years?|decades?|degrees?\ (?:Celsius|Fahrenheit|centigrade)"
)
_SIGN = "(?-i:km/h|km|kg|cm|mm|mg|ft|lbs?|oz|mph|kph|kWh|MWh|GWh|TWh|kW|MW|GW|ha|°C|°F)"
_WHOLE = rf"(?:(?:square|cubic)\ (?:{_WORD})|(?:{_WORD})|{_SIGN})"
UNIT = re.compile(
    rf"[-\s]?(?P<unit>{_WHOLE}(?:\s+hours?(?<=watt[-\s]hour|att\shours))?)(?P<per>\s+per\s+(?:{_WORD}))?(?![\w'’])", re.IGNORECASE
)
_NAMES = {
    "kilo": "kilogram", "ton": "metric_ton", "tonne": "metric_ton", "barrel": "oil_barrel", "mph": "mile/hour",
    "kph": "kilometer/hour", "km/h": "kilometer/hour",
    "foot": "foot", "feet": "foot", "inches": "inch", "lb": "pound", "lbs": "pound", "ha": "hectare", "degree celsius": "degree_Celsius",
    "degree centigrade": "degree_Celsius", "degree fahrenheit": "degree_Fahrenheit", "°c": "degree_Celsius", "°f": "degree_Fahrenheit",
    "hertz": "hertz", "gramme": "gram",
}  # fmt: skip
# The base of each dimension, and pint's name for it. Years are not counted in days: "two years" is 24 months, whatever the days.
_BASES = {
    "[length]": ("metre", "meter"),
    "[mass]": ("kilogram", "kilogram"),
    "[length] ** 2": ("square metre", "meter**2"),
    "[length] ** 3": ("litre", "liter"),
    "[length] / [time]": ("kilometre per hour", "kilometer/hour"),
    "[temperature]": ("degree Celsius", "degree_Celsius"),
}
_CALENDAR = {"second": ("minute", 1 / 60), "minute": ("minute", 1.0), "hour": ("minute", 60.0), "day": ("day", 1.0), "week": ("day", 7.0)}
_CALENDAR |= {"fortnight": ("day", 14.0), "month": ("month", 1.0), "year": ("month", 12.0), "decade": ("month", 120.0)}
_DAYS = {"minute": 1 / 1440, "day": 1.0, "month": 365.25 / 12}


@lru_cache(maxsize=1)
def _registry() -> "UnitRegistry[float]":
    from pint import UnitRegistry

    return UnitRegistry(autoconvert_offset_to_baseunit=True)


def _singular(word: str) -> str:
    lower = word.lower() if not re.fullmatch(r"k?[MGTW]?Wh?", word) else word
    if lower in _NAMES:
        return lower
    lower = re.sub(r"^(degree)s\b", r"\1", lower)
    return lower[:-1] if lower.endswith("s") and lower not in ("celsius", "degree celsius", "hertz") and len(lower) > 3 else lower


def _pint_name(unit: str) -> str:
    power = 2 if unit.lower().startswith("square ") else 3 if unit.lower().startswith("cubic ") else 1
    word = _singular(unit.split(" ", 1)[1] if power > 1 else unit)
    name = _NAMES.get(word, word.replace(" ", "_").replace("-", "_"))
    return f"({name})**{power}" if power > 1 else name


@lru_cache(maxsize=1024)
def _scale(unit: str) -> tuple[str, float, float] | None:
    """Base unit, and factor and offset to it; None for what is no unit of measure (a currency, a percentage, a plain count)."""
    unit = " ".join(unit.split())
    single = _singular(unit)
    if single in _CALENDAR:
        return (*_CALENDAR[single], 0.0)
    if not UNIT.fullmatch(unit):
        return None
    registry = _registry()
    try:
        parsed = registry.parse_units("/".join(_pint_name(part) for part in unit.split(" per ")))
    except (AttributeError, ValueError):  # pint's UndefinedUnitError is an AttributeError
        return None
    kind = str(parsed.dimensionality).strip("()")
    kind = re.sub(r"\[(\w+)\] \*\* (\d)", r"[\1] ** \2", kind)
    base, name = _BASES.get(kind, (None, None))
    if base is None:
        value = registry.Quantity(1.0, parsed).to_base_units()
        return str(value.units), float(value.magnitude), 0.0
    zero, one = (float(registry.Quantity(x, parsed).to(name).magnitude) for x in (0.0, 1.0))
    return base, one - zero, zero


def to_base(value: float, unit: str) -> tuple[float, str]:
    """A value in its base unit: metre, kilogram, square metre, litre, minute, day, month, kilometre per hour, degree Celsius.

    What is no unit of measure ("USD", "percent", "") comes back as it is.
    """
    scale = _scale(unit)
    return (value, unit) if scale is None else (value * scale[1] + scale[2], scale[0])


def common(a: str, b: str) -> tuple[float, float] | None:
    """Factors that bring values in two base units to one measure; None where the two measure different things."""
    if a == b:
        return 1.0, 1.0
    return (_DAYS[a], _DAYS[b]) if a in _DAYS and b in _DAYS else None
