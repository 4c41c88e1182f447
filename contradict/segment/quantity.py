"""Numbers in a claim: value, unit, bound, and what is counted."""

import re

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token
from text_to_num import text2num

from contradict.records import Bound, Quantity

_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
_SCALES |= {"trillion": 1e12, "dozen": 12, "dozens": 12, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6}
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_WORDS = frozenset(
    f"{_ONES} eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion".split()
)
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CURRENCY_WORDS = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY"}
_NUMBER = re.compile(
    rf"""(?P<currency>[$€£¥])?\s?
    (?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
       (?:(?P<scale>(?:[-\s](?:hundred|thousand|million|billion|trillion|dozen)|[-\s]?(?:bn|mn|k|(?(currency)m|bn)))\b))?
      |\b(?P<half>half\ an?\ (?P<halfscale>million|billion|dozen))\b
      |\b(?:(?P<article>an?)\ )?(?P<words>(?:{_WORD})(?:(?:[-\s]|\ and\ )(?:{_WORD}))*|dozen)\b)
    (?P<percent>\s?%|\s?per\s?cent\b|\spercent\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:at least|(?:no|not) (?:fewer|less) than|(?<!no )(?<!not )more than|(?<!not )over|above|upwards of|exceed\w*|not under)\s*$", re.I
)
_AT_MOST = re.compile(r"\b(?:at most|(?:no|not) more than|up to|fewer than|less than|under|below|not over|barely|just)\s*$", re.I)
_ABOUT = re.compile(r"\b(?:about|around|some|roughly|approximately|an estimated|close to|nearly|almost|circa)\s*$", re.I)
_BETWEEN = re.compile(r"\bbetween\s*$", re.I)
_UNITS = {
    "km": ("metre", 1e3), "kilometre": ("metre", 1e3), "kilometer": ("metre", 1e3), "metre": ("metre", 1.0),
    "meter": ("metre", 1.0), "mile": ("metre", 1609.344), "foot": ("metre", 0.3048), "centimetre": ("metre", 0.01),
    "centimeter": ("metre", 0.01), "tonne": ("kilogram", 1e3), "ton": ("kilogram", 1e3), "kg": ("kilogram", 1.0),
    "kilogram": ("kilogram", 1.0), "kilo": ("kilogram", 1.0), "hectare": ("hectare", 1.0), "acre": ("hectare", 0.404686),
    "litre": ("litre", 1.0), "liter": ("litre", 1.0), "barrel": ("litre", 158.987), "gallon": ("litre", 3.78541),
    "minute": ("minute", 1.0), "hour": ("minute", 60.0), "day": ("day", 1.0), "week": ("day", 7.0),
}  # fmt: skip
# A number next to one of these is part of a date or a clock time, which `time` reads.
_MONTH = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?$"
)
_CLOCK = re.compile(r"\s*(?:a\.?m\.?|p\.?m\.?|o'clock|:\d\d)", re.I)


def _scale(match: re.Match[str]) -> float:
    return _SCALES.get((match["scale"] or "").strip(" -\n\t").lower(), 1.0)


def _between(first: Quantity, text: str, offset: int, match: re.Match[str]) -> bool:
    joint = text[first.end - offset : match.start()].strip().lower()
    return joint == "and" and bool(_BETWEEN.search(text[max(0, first.start - offset - 12) : first.start - offset]))


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        number = float(match["digits"].replace(",", ""))
        return number * _scale(match)
    if match["half"]:
        return 0.5 * _SCALES[match["halfscale"].lower()]
    words = match["words"].lower()
    if words == "dozen":
        return 12.0
    try:
        return float(text2num(words, "en"))
    except ValueError:
        return None


def _is_date(token: Token, match: re.Match[str], value: float) -> bool:
    before = token.doc[token.i - 1].text if token.i else ""
    following = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    if _MONTH.match(before) and value < 2100 and not match["scale"]:
        return True
    if _MONTH.match(following) and value <= 31:
        return True
    year = match["digits"] and "," not in match["digits"] and 1000 <= value <= 2100 and not match["scale"]
    return bool(year and not match["currency"] and (token.ent_type_ == "DATE" or token.dep_ in ("pobj", "npadvmod")))


def _counted(last: Token) -> Token | None:
    """The noun that a number counts: its head, or the noun a few words on."""
    head = last.head
    if last.dep_ in ("nummod", "quantmod", "compound", "amod") and head.pos_ in ("NOUN", "PROPN"):
        return head
    if head.pos_ == "NUM" and head.head.pos_ in ("NOUN", "PROPN"):
        return head.head
    for child in last.children:  # "two of the men", "12 of them"
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                if noun.pos_ in ("NOUN", "PROPN"):
                    return noun
    return None


def find_quantities(span: SpacySpan) -> tuple[Quantity, ...]:
    """The quantities in a piece of a parsed article; offsets are into the article."""
    text = span.text
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        value = _value(match)
        core = match["digits"] or match["half"] or match["words"]
        at = match.start("digits") if match["digits"] else match.start("half" if match["half"] else "words")
        place = span.doc.char_span(span.start_char + at, span.start_char + at + len(core), alignment_mode="expand")
        if value is None or place is None:
            continue
        if not match["currency"] and (_is_date(place[0], match, value) or _CLOCK.match(text[match.end() :])):
            continue
        if text[max(0, match.start() - 1) : match.start()] in ("-", "/", ":") or re.match(r":|[-/]\d", text[match.end() :]):
            continue  # part of a name ("Sarab-4"), a score or a time
        if match["digits"] and place[0].dep_ == "nummod" and place[0].head.i == place[0].i - 1 and place[0].head.text[:1].isupper():
            continue  # a label: "Bunker 7"
        if core.lower() == "one" and (place[0].dep_ != "nummod" or place[0].head.lower_ in ("day", "thing", "time")):
            continue
        noun = _counted(place[-1])
        unit, factor = "", 1.0
        name = noun.lemma_.lower() if noun is not None and noun.lower_ not in _SCALES else ""
        if match["percent"]:
            unit, name = "percent", name if name not in ("%", "percent", "cent") else ""
        elif match["currency"]:
            unit = _CURRENCY[match["currency"]]
        elif name in _CURRENCY_WORDS:
            unit, name = _CURRENCY_WORDS[name], ""
        elif name in _UNITS:
            (unit, factor), name = _UNITS[name], ""
        before = text[max(0, match.start() - 40) : match.start()].rstrip() + " "
        bound, low, high = Bound.EXACT, value * factor, value * factor
        if _AT_LEAST.search(before):
            bound, high = Bound.AT_LEAST, float("inf")
        elif _ABOUT.search(before):
            bound, low, high = Bound.ABOUT, low * 0.9, high * 1.1
        elif _AT_MOST.search(before):
            bound, low = Bound.AT_MOST, 0.0
        start, end = match.end() - len(match.group().lstrip()) + span.start_char, match.end() + span.start_char
        if found and _between(found[-1], text, span.start_char, match):
            first = found.pop()  # "between 10 and 20 million people" is one quantity
            same = 1.0 if first.unit == unit else factor
            scale = _scale(match) if first.low * same < low and not first.text[-1:].isalpha() else 1.0
            low, start = first.low * same * scale, first.start
        found.append(Quantity(low, high, text[start - span.start_char : match.end()], start, end, unit, name, bound))
    return tuple(found)
