"""Numbers in a claim: value, unit, bound, and what is counted.

Measures come in base units (`contradict.units`), so that they can be compared; `text` keeps the words as they stand.
"""

import re
from math import inf

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token
from text_to_num import text2num

from contradict.records import Bound, Quantity
from contradict.segment.time import MONTH_NAMES
from contradict.units import UNIT, to_base

_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9}
_SCALES |= {"trillion": 1e12, "tn": 1e12, "dozen": 12, "dozens": 12, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6}
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_WORD = "|".join(
    sorted(f"{_ONES} eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion".split(),
           key=len, reverse=True)
)  # fmt: skip
_SIGNS = {"$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NZ$": "NZD", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY"}
_SIGNS |= {"₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₦": "NGN", "฿": "THB", "₱": "PHP", "₫": "VND"}
# ISO 4217 codes of the currencies whose bare name means one of them most of the time.
_MONEY = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rupee": "INR",
    "rouble": "RUB", "ruble": "RUB", "hryvnia": "UAH", "zloty": "PLN", "zlotys": "PLN", "krona": "SEK", "kronor": "SEK", "kroner": "NOK",
    "krone": "NOK", "franc": "CHF", "lira": "TRY", "shekel": "ILS", "rand": "ZAR", "real": "BRL", "reais": "BRL", "peso": "MXN",
    "naira": "NGN", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "dirham": "AED", "riyal": "SAR", "forint": "HUF", "leu": "RON",
    "lei": "RON", "koruna": "CZK", "dong": "VND", "won": "KRW", "shilling": "KES", "lari": "GEL", "dram": "AMD", "tenge": "KZT",
}  # fmt: skip
_LANDS = {
    ("australian", "dollar"): "AUD", ("canadian", "dollar"): "CAD", ("hong kong", "dollar"): "HKD", ("new zealand", "dollar"): "NZD",
    ("singapore", "dollar"): "SGD", ("us", "dollar"): "USD", ("danish", "kroner"): "DKK", ("norwegian", "kroner"): "NOK",
    ("swedish", "kronor"): "SEK", ("icelandic", "kronur"): "ISK", ("pakistani", "rupee"): "PKR", ("egyptian", "pound"): "EGP",
    ("syrian", "pound"): "SYP", ("lebanese", "pound"): "LBP", ("argentine", "peso"): "ARS", ("philippine", "peso"): "PHP",
    ("chilean", "peso"): "CLP", ("colombian", "peso"): "COP", ("swiss", "franc"): "CHF", ("iranian", "rial"): "IRR",
}  # fmt: skip
_CODES = frozenset(_MONEY.values()) | frozenset(_LANDS.values())
_PARTS = {"cent": None, "penny": "GBP", "pence": "GBP", "kopeck": "RUB"}  # hundredths; a cent of what is paid in beside it
_NUMBER = re.compile(
    rf"""(?P<currency>(?<![A-Za-z])(?:US|A|C|HK|NZ|R)?\$|[€£¥₹₽₩₺₴₪₦฿₱₫]|(?<![A-Za-z])(?-i:{"|".join(sorted(_CODES))})\s)?\s?
    (?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
       (?P<more>\+|[-\s]?plus\b(?!\s))?
       (?:(?P<scale>(?:[-\s](?:hundred|thousand|million|billion|trillion|dozen)|[-\s]?(?:bn|mn|tn|k|(?(currency)(?:m|b)|bn)))\b))?
      |\b(?P<half>half\ an?\ (?P<halfscale>million|billion|dozen))\b
      |\b(?:an?\ (?=hundred|thousand|million|billion|dozen))?
       (?P<words>(?:{_WORD})(?:(?:[-\s]|\ and\ )(?:{_WORD}))*(?P<dozen>\ dozen)?|dozen)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:(?P<points>percentage[\s-]points?|pp\b)|(?P<basis>basis\ points?)|%|per\s?cent\b|percent\b)", re.I)
_MONEY_AFTER = re.compile(
    rf"[-\s](?:(?P<land>{'|'.join(sorted({land for land, _ in _LANDS} | {'u.s.', 'american'}))})\ )?"
    rf"(?:(?P<name>{'|'.join(sorted({*_MONEY, *(n for _, n in _LANDS), *_PARTS}, key=len, reverse=True))})s?\b"
    rf"|(?-i:(?P<code>{'|'.join(sorted(_CODES))}))\b)",
    re.I,
)
_AGE_AFTER = re.compile(r"[-\s]years?[-\s]olds?\b", re.I)
_MORE = "more|greater|higher|longer|larger|bigger|older|taller|heavier|deeper|wider|farther|further|faster|later"
_LESS = "fewer|less|lower|shorter|smaller|younger|cheaper|lighter|slower|earlier"
_OF_AGE = r"(?:\s+(?:the\s+)?ages?\s+of)?"
_AT_LEAST = re.compile(
    rf"\b(?:at least|(?:no|not) (?:{_LESS}) than|(?<!no )(?<!not )(?:{_MORE}) than|(?<!no )(?<!not )over|above|beyond|upwards? of|exceed\w*"
    rf"|surpass\w*|topp(?:ed|ing)|in excess of|not under|a minimum(?: of)?|minimum of|as (?:few|little) as){_OF_AGE}(?: an?| the)?\s*$",
    re.I,
)
_AT_MOST = re.compile(
    rf"\b(?:at (?:the )?most|(?:no|not) (?:{_MORE}) than|up to|(?:{_LESS}) than|under|below|not over|not exceeding|barely|a maximum(?: of)?"
    rf"|maximum of|as (?:many|much|long|high|large) as|not above){_OF_AGE}(?: an?| the)?\s*$",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|an estimated|estimated|close to|nearly|almost|circa|perhaps|in the (?:region|order) of"
    r"|on the order of|more or less|virtually|approaching|just (?:over|under))(?: an?)?\s*$",
    re.I,
)
_AFTER_LEAST = re.compile(r"\s*(?:or|and)\s+(?:more|over|older|above|higher|longer)\b|\s*at (?:the )?least\b", re.I)
_AFTER_MOST = re.compile(r"\s*(?:or|and)\s+(?:less|fewer|under|younger|below|lower)\b|\s*at (?:the )?most\b", re.I)
_AFTER_ABOUT = re.compile(r"\s*(?:or so\b|give or take|-odd\b|or thereabouts)", re.I)
_RANGE = re.compile(r"\s*(?:(?P<and>and)|(?P<to>to|or)|(?P<dash>-))\s*$", re.I)
_FRACTION = re.compile(
    r"[-\s](?:thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|halves)\b|-(?:first|second|third|\w+th)\b", re.I
)
# A length of time that only says when: "over the past three weeks", "two days after the truce", "five years ago". `time` reads it.
_WHEN_BEFORE = re.compile(r"\b(?:past|last|next|coming|previous|preceding|following|within(?: the)?)\s*$", re.I)
_WHEN_AFTER = re.compile(r"\s+(?:ago|after|before|later|earlier|from now|since|hence)\b", re.I)
# A number next to one of these is part of a date or a clock time, which `time` reads.
_MONTH = re.compile(rf"(?:{MONTH_NAMES})\.?$")
_DATES = re.compile(rf"\s*(?:and|to|or|until|-)\s*\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTH_NAMES})\b")
_DATED = re.compile(rf"\b(?:{MONTH_NAMES})\.?\s+\d{{1,2}}\s*(?:and|to|or|until|-)\s*$")
_CLOCK = re.compile(r"\s*(?:a\.?m\b\.?|p\.?m\b\.?|o'clock|:\d\d|(?:and|to|-)\s*\d{1,2}\s*[ap]\.?m\b)", re.I)
_LABELS = frozenset(
    "number no no. page room block route flight highway article section chapter phase level channel gate platform lot pier act line".split()
)
_AGED = re.compile(
    r"\b(?:aged?|ages|age of|the ages of)\s+(?:between\s+)?(?:\d{1,3}\s+(?:and|to)\s+)?(?:(?:over|under|at least|up to)\s+)?$", re.I
)


def _scale(match: re.Match[str]) -> float:
    return _SCALES.get((match["scale"] or "").strip(" -\n\t").lower(), 1.0)


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        return float(match["digits"].replace(",", "")) * _scale(match)
    if match["half"]:
        return 0.5 * _SCALES[match["halfscale"].lower()]
    words = match["words"].lower()
    if words == "dozen":
        return 12.0
    try:
        number = float(text2num(words.removesuffix(" dozen"), "en"))
    except ValueError:
        return None
    return number * 12 if match["dozen"] else number


def _is_date(token: Token, match: re.Match[str], value: float) -> bool:
    before = token.doc[token.i - 1].text if token.i else ""
    following = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    if _MONTH.match(before) and value < 2100 and not match["scale"]:
        return True
    if _MONTH.match(following) and value <= 31:
        return True
    year = match["digits"] and "," not in match["digits"] and 1000 <= value <= 2100 and not match["scale"]
    return bool(year and not match["currency"] and (token.ent_type_ == "DATE" or token.dep_ in ("pobj", "npadvmod")))


def _is_age(token: Token, before: str, after: str) -> bool:
    """ "His grandmother, 91, was ...", "aged 19 to 54", "two sisters, 9 and 11,"."""
    if _AGED.search(before):
        return True
    if not token.is_digit or len(token) > 3 or not re.match(r"\s*(?:[,.;)]|$|and\s+\d{1,3}\s*,)", after):
        return False
    apposed = re.search(r"(?P<comma>,\s*)(?:\d{1,3}\s+and\s+)?$", before)
    if apposed is None:
        return False
    at = token.i - 1
    while at > 0 and token.doc[at].text != ",":
        at -= 1
    return at > 0 and token.doc[at - 1].pos_ in ("NOUN", "PROPN") and token.doc[at - 1].ent_type_ != "DATE"


def _is_label(token: Token, match: re.Match[str]) -> bool:
    """ "Bunker 7", "number nine"."""
    if token.i == 0:
        return False
    before = token.doc[token.i - 1]
    if before.lower_ in _LABELS:
        return True
    return bool(match["digits"]) and token.head == before and token.dep_ in ("nummod", "appos") and before.text[:1].isupper()


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


def _money(match: re.Match[str], found: list[Quantity]) -> tuple[str, float]:
    """Currency and factor of a name after a number; a cent is one of the currency named before, else of the dollar."""
    if match["code"]:
        return match["code"], 1.0
    name = match["name"].lower()
    if name in _PARTS:
        beside = next((q.unit for q in reversed(found) if q.unit in _CODES), "USD")
        return _PARTS[name] or beside, 0.01
    return _LANDS.get(((match["land"] or "").lower(), name)) or _MONEY[name], 1.0


def _bound(before: str, after: str) -> Bound:
    if (_AT_LEAST.search(before) and not _ABOUT.search(before)) or _AFTER_LEAST.match(after):
        return Bound.AT_LEAST
    if _ABOUT.search(before) or _AFTER_ABOUT.match(after):
        return Bound.ABOUT
    return Bound.AT_MOST if _AT_MOST.search(before) or _AFTER_MOST.match(after) else Bound.EXACT


def find_quantities(span: SpacySpan) -> tuple[Quantity, ...]:
    """The quantities in a piece of a parsed article; offsets are into the article."""
    text = span.text
    found: list[Quantity] = []
    raw: list[tuple[float, str]] = []  # of each quantity its value and its unit as written
    for match in _NUMBER.finditer(text):
        value = _value(match)
        core = match["digits"] or match["half"] or match["words"]
        at = match.start("digits") if match["digits"] else match.start("half" if match["half"] else "words")
        place = span.doc.char_span(span.start_char + at, span.start_char + at + len(core), alignment_mode="expand")
        if value is None or place is None:
            continue
        begun = match.end() - len(match.group().lstrip())
        before, after = text[max(0, begun - 60) : begun], text[match.end() :]
        if match["currency"] is None and (
            _is_date(place[0], match, value) or _CLOCK.match(after) or _DATES.match(after) or _DATED.search(before)
        ):
            continue
        if text[max(0, begun - 1) : begun] in ("/", ":") or text[max(0, begun - 1) : begun].isalnum() or re.match(r":\d|/\d", after):
            continue  # a score, a time, or part of a name ("A9")
        if _FRACTION.match(after) or _is_label(place[0], match):
            continue
        if core.lower() == "one" and (place[0].dep_ != "nummod" or place[0].head.lower_ in ("day", "thing", "time")):
            continue
        noun = _counted(place[-1])
        name = noun.lemma_.lower() if noun is not None and noun.lower_ not in _SCALES else ""
        unit = measured = ""
        percent, money, measure, age = (pattern.match(after) for pattern in (_PERCENT, _MONEY_AFTER, UNIT, _AGE_AFTER))
        end = match.end()
        if percent:
            unit = "percentage point" if percent["points"] or percent["basis"] else "percent"
            value *= 0.01 if percent["basis"] else 1.0
            name = name if name not in ("%", "percent", "cent", "point") else ""
            end += percent.end()
        elif match["currency"]:
            sign = match["currency"].strip().upper()
            unit = _SIGNS.get(sign, sign)
            if measure is None:
                money = _MONEY_AFTER.match(after)
            end += money.end() if money and money["code"] else 0
        elif money:
            unit, factor = _money(money, found)
            value, name, end = value * factor, "", end + money.end()
        elif age:
            (value, unit), name, end = to_base(value, "year"), "", end + age.end()
        elif measure:
            calendar = to_base(1, measure["unit"])[1] in ("minute", "day", "month")
            after = text[end + measure.end() :]
            if calendar and (_WHEN_BEFORE.search(before) or _WHEN_AFTER.match(after)):
                continue
            measured = measure["unit"] + (measure["per"] or "")
            (value, unit), name, end = to_base(value, measured), "", end + measure.end()
        elif _is_age(place[0], before, after):
            (value, unit), name = to_base(value, "year"), ""
        closing = text[end:]
        bound = _bound(before, closing)
        low = high = value
        if bound is Bound.AT_LEAST or match["more"]:
            bound, high = Bound.AT_LEAST, inf
        elif bound is Bound.ABOUT:
            low, high = low * 0.9, high * 1.1
        elif bound is Bound.AT_MOST:
            low = 0.0
        written, named = _value(match) or 0.0, bool(unit or name)
        joint = _RANGE.match(text[found[-1].end - span.start_char : begun]) if found else None
        if (
            found
            and joint is not None
            and bound is Bound.EXACT
            and _ranges(found[-1], raw[-1], joint, written, text, span.start_char, unit)
        ):
            # "between 10 and 20 million people", "40 to 60 millimetres": one quantity, and the first number shares scale and unit.
            first, (start_value, own) = found.pop(), raw.pop()
            share = value / written if written else 1.0
            scale = _scale(match) if not own and start_value * _scale(match) <= written and start_value < 1000 else 1.0
            smaller = first.low if own else start_value * scale * share
            if first.bound is Bound.ABOUT:
                smaller, high, bound = smaller / (0.9 if own else 1.0) * 0.9, value * 1.1, Bound.ABOUT
            low, begun = smaller, first.start - span.start_char
            name = name or ("" if unit else first.noun)
        elif text[begun - 1 : begun] == "-" and begun > 0:
            if found and found[-1].end - span.start_char == begun - 1:
                found.pop()  # a score
                raw.pop()
            continue  # part of a name ("Sarab-4")
        elif re.match(r"-\d", text[match.end() :]) and not _hyphened(text[match.end() :], written):
            continue
        elif not named and found and _understood(found[-1], before):
            unit, measured = found[-1].unit, raw[-1][1]
            low, high = (to_base(x, measured)[0] for x in (low, high))
        found.append(Quantity(low, high, text[begun:end], span.start_char + begun, span.start_char + end, unit, name, bound))
        raw.append((written, measured or unit))
    return tuple(found)


def _hyphened(after: str, value: float) -> bool:
    """Whether "20-30" goes on as a range, from small to large, and is no score or part of a number."""
    match = re.match(r"-(\d[\d,.]*)", after)
    return match is not None and float(match[1].rstrip(".,").replace(",", "") or 0) > value


def _ranges(first: Quantity, raw: tuple[float, str], joint: re.Match[str], second: float, text: str, offset: int, unit: str) -> bool:
    """Whether a number and the one before it are the ends of one range."""
    value, own = raw
    before = text[max(0, first.start - offset - 16) : first.start - offset]
    if own and first.unit != unit:
        return False
    if joint["and"]:
        return bool(re.search(r"\bbetween\s*$", before, re.I))
    if re.search(r"\bfrom\s*$", before, re.I) and joint["to"]:
        return False  # a change, not a range
    return value < second


def _understood(last: Quantity, before: str) -> bool:
    """Whether a bare number leaves out the unit of the last: "9,000 cubic metres into a hole meant for 3,000", "4 percent, up from 3"."""
    if not last.unit or last.unit in ("minute", "day", "month"):
        return False
    measured = last.unit not in _CODES and not last.unit.startswith("percent")
    return measured or bool(re.search(r"\b(?:from|to|than|against|of|at)\s+(?:the\s+)?$", before, re.I))
