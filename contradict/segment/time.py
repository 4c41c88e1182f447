"""When a claim is meant to hold: time expressions resolved to days against the publication date."""

import calendar
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import dateparser
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from contradict.records import TimeInterval
from contradict.segment.cues import EXHAUSTIVE_WORDS

_MONTHS = "january february march april may june july august september october november december".split()
# `quantity` asks for the capital too.
MONTH_NAMES = "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?"
MONTH_NAMES += "|Dec(?:ember)?"
_MONTH = rf"(?:{MONTH_NAMES})\b\.?"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAY = "(?:" + "|".join(_DAYS) + ")"
_NUMBER_WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBER_WORDS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}
_COUNT = r"(?:\d{1,3}|" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + ")"
_UNIT = r"(?:day|week|fortnight|month|year)"
_PART_OF = r"(?:(?:(?P<{0}>early|late|mid|the\s+(?:very\s+)?(?:end|start|beginning|middle)\s+of)(?:\s+in)?[\s-]+)(?:the\s+)?)?"
_HOLIDAYS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1),
    "halloween": (10, 31), "valentine's day": (2, 14), "may day": (5, 1), "armistice day": (11, 11), "epiphany": (1, 6),
}  # fmt: skip
_EASTER = {"good friday": -2, "easter sunday": 0, "easter monday": 1, "ash wednesday": -46, "palm sunday": -7}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "final": 0}
_YEAR = r"(?:(?:19|20)\d\d|(?:the|this|last|next)\s+year)"
# Month names open a date only when capitalised or beside a number: "may" is a verb.
_EXPRESSION = re.compile(
    rf"""\b(?:
      (?P<days>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:and|to|until|or|-)\s*(?P<daysto>\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?)
    | (?P<mdays>{_MONTH}\s+\d{{1,2}})\s*(?:and|to|-)\s*(?P<mdaysto>\d{{1,2}})\b(?!:)(?:,?\s+(?P<mdaysyear>\d{{4}}))?
    | (?:{_DAY}\s*,?\s+)?(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?)
    | (?:{_DAY}\s*,?\s+)?(?P<mdy>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d|:)(?:,?\s+\d{{4}})?)
    | (?P<iso>\d{{4}}-\d\d-\d\d)
    | (?P<nth>first|second|third|fourth|last|final)\s+(?P<nthcount>(?:two|three|four|five|six|seven|eight|nine|ten|eleven)\s+)?
      (?P<nthunit>half|quarter|months|weeks)(?:\s+of\s+(?P<nthyear>{_YEAR}))?
    | Q(?P<q>[1-4])\s+(?:of\s+)?(?P<qyear>(?:19|20)\d\d)
    | {_PART_OF.format("mypart")}(?P<my>{_MONTH},?\s+(?:of\s+)?(?P<myyear>\d{{4}}))
    | (?P<seasonof>spring|summer|autumn|winter)\s+(?:of\s+)?(?P<seasonyear>(?:19|20)\d\d)
    | {_PART_OF.format("monthpart")}(?P<month>(?:(?:last|this|next)\s+)?{_MONTH}(?:\s+(?:this|last|next)\s+year)?)
    | (?P<ago>(?P<agocount>{_COUNT})\s+(?P<agounit>{_UNIT})s?\s+ago(?P<agoday>\s+(?:today|to\s+the\s+day))?)
    | (?P<span>(?:past|last|previous)\s+(?P<spancount>{_COUNT})\s+(?P<spanunit>{_UNIT})s?)
    | (?P<past>past\s+(?P<pastunit>{_UNIT}))
    | (?P<coming>(?:within(?:\s+the\s+next)?|(?:the\s+)?(?:next|coming))\s+(?P<comingcount>{_COUNT})\s+(?P<comingunit>{_UNIT})s?)
    | (?P<ahead>in\s+(?P<aheadcount>{_COUNT})\s+(?P<aheadunit>{_UNIT})s?['’]?s?\s+time)
    | {_PART_OF.format("relpart")}
      (?P<rel>(?P<relword>last|this|next|previous)\s+(?P<relunit>weekend|week|month|year|summer|winter|spring|autumn|night|{_DAY}))
    | (?P<endof>(?:end|start|beginning|middle|rest|course)\s+of\s+the\s+(?P<endunit>year|month|week))
    | (?P<weekend>(?:at|over|during)\s+the\s+weekend)
    | (?P<holiday>{"|".join(sorted((*_HOLIDAYS, *_EASTER), key=len, reverse=True)).replace("'", "['’]").replace(" ", "[ ]")})
    | (?P<weekday>{_DAY})
    | (?P<day>yesterday|today|tonight|tomorrow|this\s+(?:morning|afternoon|evening))
    | (?P<decade>(?:19|20)\d0s)
    | {_PART_OF.format("yearpart")}(?P<year>(?:19|20)\d\d)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# A year stands after one of these; elsewhere four digits count something ("2000 people").
_BEFORE_YEAR = re.compile(
    r"(?:^|[(,:;]\s*|['’]s?\s|\bmid-|\b(?:in|since|before|after|until|till|of|by|from|to|and|or|during|the|early|late|year|between|as|than"
    r"|summer|winter|spring|autumn)\s)$",
    re.I,
)
# An event may come between ("before the invasion of February"), but not after "by", "from" and "up to", which lead much else.
_EVENT = r"(?:[\w'’-]+\s+){0,7}?"
_PART = r"(?:the\s+(?:end|start|beginning|middle)\s+of\s+)?"
_ON = r"(?:in\s+|on\s+)?(?:the\s+)?$"
_BEFORE = re.compile(
    rf"\b(?:(?:before|prior to|ahead of|until|till)\s+{_EVENT}|(?:by|up to|no later than|not later than)\s+{_PART}){_ON}", re.I
)
_AFTER = re.compile(
    rf"\b(?:(?:since|after|following)\s+{_EVENT}|(?:starting|beginning|effective|as of and after|with effect from|from)\s+{_PART}){_ON}",
    re.I,
)
# Order words that fix the day: "two days after the truce of 3 June", "on the eve of", "hours after the crash on Monday".
_OFFSET = re.compile(
    rf"\b(?:(?P<count>{_COUNT}|the|one)\s+(?P<unit>{_UNIT})s?\s+(?P<way>before|after|prior\s+to|following)|(?P<eve>on\s+the\s+eve\s+of)"
    rf"|(?P<soon>(?:hours|minutes|moments|shortly|soon|immediately|right|just)\s+(?:before|after)))\s+{_EVENT}{_ON}",
    re.I,
)
_UP_TO_DATE = re.compile(rf"\b(?:(?P<count>{_COUNT})\s+)?(?P<unit>{_UNIT})s?\s+(?:to|ending|ended|up to)\s+(?:on\s+)?$", re.I)
_NOT_UNTIL = re.compile(r"\b(?:not|only)\s+(?:until|till|in|on)\s+(?:the\s+)?$", re.I)
_OPENS = re.compile(r"\b(?:between|from)\s+$", re.I)
_CLOSES = re.compile(r"\s+(?:and|to|until|till)\s+", re.I)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|going to|next|planned|plans|due|expected|scheduled|forthcoming|must(?! have)|likely to(?! have)|set to"
    r"|(?-i:could|may|might|should)(?! have| not)|(?:is|are) to)\b|['’]ll\b|^to\b",
    re.I,
)
_SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def _parse_day(text: str, base: date | None, ahead: bool) -> date | None:
    """An absolute day; a missing year is that of the last such day up to the publication, or of the next one if `ahead`."""
    settings: dict[str, Any] = {"REQUIRE_PARTS": ["day", "month"] if base else ["day", "month", "year"]}
    settings["PREFER_DATES_FROM"] = "future" if ahead else "past"
    if base:
        settings["RELATIVE_BASE"] = datetime(base.year, base.month, base.day, 23)
    parsed = dateparser.parse(text, languages=["en"], settings=settings)
    return parsed.date() if parsed else None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBER_WORDS.get(" ".join(word.lower().split()), 1)


def _step(count: int, unit: str) -> relativedelta:
    """A length of calendar time."""
    unit = unit.lower()
    if unit == "fortnight":
        return relativedelta(weeks=2 * count)
    return {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "month": relativedelta(months=count),
        "year": relativedelta(years=count),
    }[unit]


def _shifted(day: date, step: relativedelta) -> date | None:
    try:
        moved: date = day + step
        return moved
    except (ValueError, OverflowError):  # before year 1 or after 9999
        return None


def _third(first: date, last: date, part: str | None) -> tuple[date, date]:
    """The part of a month or year that "early", "mid" and "late" mean: ten days of a month, four months of a year."""
    words = (("early", "start", "begin"), ("mid",), ("late", "end"))
    which = next((n for n, group in enumerate(words) if any(w in (part or "").lower() for w in group)), None)
    if which is None:
        return first, last
    if (last - first).days > 31:
        months = first + relativedelta(months=4 * which)
        return months, months + relativedelta(months=4, days=-1)
    if (last - first).days < 27:
        return first, last
    return first + timedelta(days=10 * which), (last if which == 2 else first + timedelta(days=10 * which + 9))


def _season(year: int, name: str) -> tuple[date, date]:
    first = date(year, _SEASON_MONTHS[name], 1)
    return first, first + relativedelta(months=3, days=-1)


def _year_of(words: str | None, base: date | None) -> int | None:
    """ "2021", "last year", "the year"; None where only a publication date would tell."""
    if words and words.strip()[:1].isdigit():
        return int(words)
    if base is None:
        return None
    return base.year + {"last": -1, "next": 1}.get((words or "the").split()[0].lower(), 0)


def _nth(match: re.Match[str], base: date | None) -> tuple[date, date, int] | None:
    """ "The second half of 2021", "the third quarter", "the first six months of the year"."""
    unit, number = match["nthunit"].lower(), _ORDINALS[match["nth"].lower()]
    year = _year_of(match["nthyear"], base)
    if year is None or (match["nthyear"] is None and unit != "quarter") or bool(match["nthcount"]) != (unit in ("months", "weeks")):
        return None
    if unit in ("months", "weeks"):
        length = _step(_count(match["nthcount"].strip()), unit[:-1])
        first = date(year, 1, 1) if number else date(year + 1, 1, 1) - length
        return (first, first + length - timedelta(days=1), 92) if number < 2 else None
    months = 6 if unit == "half" else 3
    number = number or 12 // months
    if number > 12 // months:
        return None
    first = date(year, 1 + months * (number - 1), 1)
    if match["nthyear"] is None and base is not None and first > base:
        first -= relativedelta(years=1)
    return first, first + relativedelta(months=months, days=-1), 31 * months


def _resolve(match: re.Match[str], base: date | None, ahead: bool) -> tuple[date, date, int] | None:
    """First day, last day, granularity in days; None where only a publication date would tell."""
    text = match.group().lower()
    if match["days"] or match["mdays"]:
        year = f" {match['mdaysyear']}" if match["mdaysyear"] else ""
        name = re.sub(r"\s*\d+$", "", match["mdays"] or "")
        last = _parse_day(match["daysto"] or f"{name} {match['mdaysto']}{year}", base, ahead)
        number = int(match["days"] or match["mdays"].split()[-1])
        return (last.replace(day=number), last, 1) if last and 0 < number <= last.day else None
    if match["dmy"] or match["mdy"] or match["iso"]:
        day = _parse_day(match["dmy"] or match["mdy"] or match["iso"], base, ahead)
        return (day, day, 1) if day else None
    if match["nth"]:
        return _nth(match, base)
    if match["q"]:
        first = date(int(match["qyear"]), 3 * int(match["q"]) - 2, 1)
        return first, first + relativedelta(months=3, days=-1), 92
    if match["decade"]:
        year_ = int(text[:4])
        return date(year_, 1, 1), date(year_ + 9, 12, 31), 3653
    if match["year"]:
        year_ = int(match["year"])
        first, last = _third(date(year_, 1, 1), date(year_, 12, 31), match["yearpart"])
        return first, last, (last - first).days + 1 if match["yearpart"] else 366
    if match["seasonof"]:
        return (*_season(int(match["seasonyear"]), match["seasonof"].lower()), 92)
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", text)), 0)
    if match["my"]:
        if not 1 <= int(match["myyear"]) <= 9999:
            return None
        first, last = _third(*_month(int(match["myyear"]), month), match["mypart"])
        return first, last, 10 if match["mypart"] else 31
    if base is None:
        return None
    return _relative(match, text, month, base, ahead)


def _relative(match: re.Match[str], text: str, month: int, base: date, ahead: bool) -> tuple[date, date, int] | None:
    """The same for what is said from the day of publication."""
    if match["month"]:
        year = base.year - 1 if "last year" in text or ("this year" not in text and month > base.month) else base.year
        if "next" in text or (ahead and "last" not in text):
            year = base.year + (month < base.month or "next year" in text or ("next" in text and month == base.month))
        first, last = _third(*_month(year, month), match["monthpart"])
        return first, last, 10 if match["monthpart"] else 31
    if match["ago"]:
        days = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}[match["agounit"].lower()]
        day = _shifted(base, _step(-_count(match["agocount"]), match["agounit"]))
        if day is None or day.year < 1000:
            return None
        slack = timedelta(days=0 if match["agoday"] else days // 2)
        return day - slack, day + slack, 1 if match["agoday"] else days
    for name, way in (("span", -1), ("past", -1), ("coming", 1), ("ahead", 1)):
        if match[name]:
            count = 1 if name == "past" else _count(match[f"{name}count"])
            day = _shifted(base, _step(way * count, match[f"{name}unit"]))
            if day is None or not 1000 <= day.year <= 9000:
                return None
            return (day, day, 1) if name == "ahead" else (min(base, day), max(base, day), 1)
    if match["holiday"]:
        holiday = text.replace("’", "'")
        for year in (base.year - 1, base.year, base.year + 1) if ahead else (base.year, base.year - 1):
            day = easter(year) + timedelta(days=_EASTER[holiday]) if holiday in _EASTER else date(year, *_HOLIDAYS[holiday])
            if (day >= base) if ahead else (day <= base):
                return day, day, 1
        return None
    if match["endof"]:
        unit, part = match["endunit"].lower(), text.split()[0]
        if unit == "year":
            first, last = date(base.year, 1, 1), date(base.year, 12, 31)
        elif unit == "month":
            first, last = _month(base.year, base.month)
        else:
            first = base - timedelta(days=base.weekday())
            last = first + timedelta(days=6)
        if part == "rest":
            return base, last, 1
        return (*_third(first, last, part), 1)
    if match["weekend"] or (match["rel"] and match["relunit"].lower() == "weekend"):
        word = (match["relword"] or "").lower()
        saturday = base - timedelta(days=(base.weekday() - 5) % 7)
        if word == "next" or word == "this" or (ahead and word != "last"):
            saturday = saturday if base.weekday() >= 5 and word != "next" else saturday + timedelta(weeks=1)
        elif base.weekday() >= 5 and word in ("last", "previous"):
            saturday -= timedelta(weeks=1)
        return saturday, saturday + timedelta(days=1), 2
    if match["rel"] and match["relunit"].lower() not in _DAYS:
        unit, word = match["relunit"].lower(), match["relword"].lower()
        step = {"last": -1, "previous": -1, "this": 0, "next": 1}[word]
        if unit == "year":
            first, last = _third(date(base.year + step, 1, 1), date(base.year + step, 12, 31), match["relpart"])
            return first, last, 366 if not match["relpart"] else 122
        if unit == "month":
            index = base.year * 12 + base.month - 1 + step
            first, last = _third(*_month(index // 12, index % 12 + 1), match["relpart"])
            return first, last, 31 if not match["relpart"] else 10
        if unit == "week":
            monday = base - timedelta(days=base.weekday()) + timedelta(weeks=step)
            return monday, monday + timedelta(days=6), 7
        if unit == "night":
            return base - timedelta(days=1), base, 2
        return (*_season_about(base, unit, step), 92)
    name_ = next((d for d in _DAYS if d in text), None)
    if name_:
        back = (base.weekday() - _DAYS.index(name_)) % 7
        forward = "next" in text or (ahead and back > 0 and not match["rel"])
        day = base + timedelta(days=7 - back) if forward else base - timedelta(days=back)
        return day, day, 1
    day = base + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(text, 0))
    return day, day, 1


def _season_about(base: date, name: str, step: int) -> tuple[date, date]:
    """ "This winter" is the one that runs, is next, or ended some weeks ago; "last" and "next" the ones before and after today."""
    seasons = [_season(year, name) for year in range(base.year - 2, base.year + 2)]
    if step < 0:
        return [s for s in seasons if s[1] < base][-1]
    if step > 0:
        return next((s for s in seasons if s[0] > base), seasons[-1])
    return next(s for s in seasons if s[1] + timedelta(days=60) >= base)


def _lacks_year(match: re.Match[str]) -> bool:
    return bool(match["month"] or match["dmy"] or match["mdy"]) and not re.search(r"\d{4}|year", match.group())


def _placed(first: date, last: date, grain: int, before: str) -> tuple[date, date, int] | None:
    """An interval moved by order words before it: "two days after the truce of", "on the eve of", "in the week to"."""
    offset = _OFFSET.search(before)
    if offset is not None and offset["soon"]:
        return first, last, grain
    if offset is not None:
        back = offset["eve"] is not None or offset["way"].lower().startswith(("before", "prior"))
        count = 1 if offset["eve"] else _count(offset["count"])
        step = _step(-count if back else count, "day" if offset["eve"] else offset["unit"])
        begin, end = _shifted(first, step), _shifted(last, step)
        return (begin, end, grain) if begin and end else None
    until = _UP_TO_DATE.search(before)
    if until is not None:
        begin = _shifted(last + timedelta(days=1), _step(-_count(until["count"] or "one"), until["unit"]))
        return (begin, last, grain) if begin else None
    return None


def find_time(text: str, published: date | None, ahead: bool = False) -> TimeInterval | None:
    """The interval that a claim's time expressions leave open, or None where it names none that can be resolved.

    Several expressions are intersected where they can be ("since August 2022 ... in June" keeps the bound), else the first holds.

    Args:
        text: The claim's words.
        published: The day against which "on Monday" and "last month" are resolved.
        ahead: Whether the claim is known to speak of what is to come, whatever its own words.
    """
    start: date | None = None
    end: date | None = None
    granularity = 0
    words: list[str] = []
    ahead = ahead or bool(_AHEAD.search(text))
    exhaustive = not EXHAUSTIVE_WORDS.isdisjoint(re.findall(r"[a-z]+", text.lower()))
    opened: tuple[int, re.Match[str], date] | None = None  # "from May to July": where its first half ends, and its first day
    for match in _EXPRESSION.finditer(text):
        named = match["month"] or match["my"] or match["mdy"] or match["dmy"] or match["daysto"] or match["mdays"]
        letters = re.sub(r"^(?:early|late|mid|last|this|next|of)[\s-]", "", (named or "X").lstrip("0123456789sthnrd "), flags=re.I)
        if named and not letters[:1].isupper():
            continue
        if match["year"] and not match["yearpart"] and not _BEFORE_YEAR.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        resolved = _resolve(match, published, ahead)
        if resolved is None:
            continue
        first: date | None
        last: date | None
        first, last, grain = resolved
        before = text[max(0, match.start() - 80) : match.start()]
        if opened and _CLOSES.fullmatch(text[opened[0] : match.start()]):
            begin = opened[2]
            if _lacks_year(opened[1]) and not _lacks_year(match):  # "between June and August 2022"
                begin = begin.replace(year=last.year, day=min(begin.day, 28) if begin.month == 2 else begin.day)
                start = begin = begin if begin <= last else begin.replace(year=last.year - 1)
            if resolved[1] >= begin:
                end, granularity = resolved[1], max(granularity, grain)
                words[-1] += text[opened[0] : match.end()]
                continue
        placed = _placed(first, last, grain, before)
        lead = None if placed else _BEFORE.search(before) or _AFTER.search(before)
        part = next((match[name] for name in ("monthpart", "mypart", "relpart", "yearpart", "endof") if match[name]), "") or ""
        if placed:
            first, last, grain = placed
            lead = _OFFSET.search(before) or _UP_TO_DATE.search(before)
        elif _NOT_UNTIL.search(before) and lead and "ntil" in lead.group():
            exhaustive = True  # "not until October": then, and not before
        elif _BEFORE.search(before):
            closes = bool(lead and re.search(r"\b(?:until|till|by|up to|later than)\b", lead.group(), re.I))
            starts = re.search(r"start|beginning", part, re.I)
            grain = 31 if part and (match["month"] or match["my"]) else grain
            first, last = None, (first if starts else last) if closes or re.search(r"\bend\b", part, re.I) else first
        elif _AFTER.search(before):
            since = lead is not None and "since" in lead.group().lower()
            first = last if re.search(r"\bend\b", part, re.I) else first
            last = published if published and since else None
        if words and ((last and start and last < start) or (first and end and first > end)):
            continue
        start = max((d for d in (start, first) if d), default=None)
        end = min((d for d in (end, last) if d), default=None)
        granularity = max(granularity, grain)
        opens = _OPENS.search(before)
        opened = (match.end(), match, resolved[0]) if opens else None
        lead = lead or opens
        words.append((lead.group() if lead else "") + match.group())
    if not words or (start and end and start > end):
        return None
    return TimeInterval(start, end, "; ".join(" ".join(w.split()) for w in words), granularity, exhaustive)
