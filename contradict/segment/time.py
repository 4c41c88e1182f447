"""When a claim is meant to hold: time expressions resolved to days against the publication date."""

import calendar
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import dateparser

from contradict.records import TimeInterval
from contradict.segment.cues import EXHAUSTIVE_WORDS

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
_MONTH += r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAY = "(?:" + "|".join(_DAYS) + ")"
_NUMBER_WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBER_WORDS |= {"a": 1, "an": 1}
_COUNT = r"(?:\d+|" + "|".join(_NUMBER_WORDS) + ")"
# Month names open a date only when capitalised or beside a number: "may" is a verb.
_EXPRESSION = re.compile(
    rf"""\b(?:
      (?:{_DAY}\s*,?\s+)?(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?)
    | (?:{_DAY}\s*,?\s+)?(?P<mdy>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d|:)(?:,?\s+\d{{4}})?)
    | (?P<iso>\d{{4}}-\d\d-\d\d)
    | (?P<my>(?:(?:early|late|mid)[\s-])?{_MONTH}\s+(?:of\s+)?(?P<myyear>\d{{4}}))
    | (?P<month>(?:(?:early|late|mid|last|this|next)[\s-])?{_MONTH}(?:\s+(?:this|last)\s+year)?)
    | (?P<ago>(?P<agocount>{_COUNT})\s+(?P<agounit>day|week|month|year)s?\s+(?:ago))
    | (?P<rel>(?P<relword>last|this|next|previous|past)\s+(?P<relunit>week|month|year|summer|winter|spring|autumn|night|{_DAY}))
    | (?P<weekday>{_DAY})
    | (?P<day>yesterday|today|tonight|tomorrow)
    | (?P<year>(?:19|20)\d\d)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# A year stands after one of these; elsewhere four digits count something ("2000 people").
_BEFORE_YEAR = re.compile(
    r"(?:^|[(,:;]\s*|['’]s?\s|\bmid-|\b(?:in|since|before|after|until|till|of|by|from|to|and|or|during|the|early|late|year|between)\s)$",
    re.I,
)
# An event may come between ("before the invasion of February"), but not after "by", "from" and "up to", which lead much else.
_EVENT = r"(?:[\w'’-]+\s+){0,7}?"
_PART = r"(?:the\s+(?:end|start|beginning|middle)\s+of\s+)?"
_ON = r"(?:in\s+|on\s+)?(?:the\s+)?$"
_BEFORE = re.compile(rf"\b(?:(?:before|prior to|ahead of|until|till)\s+{_EVENT}|(?:by|up to)\s+{_PART}){_ON}", re.I)
_AFTER = re.compile(rf"\b(?:(?:since|after|following)\s+{_EVENT}|from\s+{_PART}){_ON}", re.I)
_OPENS = re.compile(r"\b(?:between|from)\s+$", re.I)
_CLOSES = re.compile(r"\s+(?:and|to|until|till)\s+", re.I)
_AHEAD = re.compile(r"\b(?:will|would|shall|going to|next|planned|plans|due|expected|scheduled|forthcoming)\b", re.I)
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (1, 2)}


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


def _resolve(match: re.Match[str], base: date | None, ahead: bool) -> tuple[date, date, int] | None:
    """First day, last day, granularity in days; None where only a publication date would tell."""
    text = match.group().lower()
    if match["dmy"] or match["mdy"] or match["iso"]:
        day = _parse_day(match["dmy"] or match["mdy"] or match["iso"], base, ahead)
        return (day, day, 1) if day else None
    if match["year"]:
        year = int(text)
        return date(year, 1, 1), date(year, 12, 31), 366
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", text)), 0)
    if match["my"]:
        return (*_month(int(match["myyear"]), month), 31)
    if base is None:
        return None
    if match["month"]:
        year = base.year - 1 if "last year" in text or ("this year" not in text and month > base.month) else base.year
        if "next" in text or (ahead and "last" not in text):
            year = base.year + (month < base.month or ("next" in text and month == base.month))
        return (*_month(year, month), 31)
    if match["ago"]:
        count = int(match["agocount"]) if match["agocount"].isdigit() else _NUMBER_WORDS[match["agocount"].lower()]
        days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["agounit"].lower()]
        if count * days > 36500:
            return None
        day = base - timedelta(days=count * days)
        slack = timedelta(days=days // 2)
        return day - slack, day + slack, days
    if match["rel"] and match["relunit"].lower() not in _DAYS:
        unit, word = match["relunit"].lower(), match["relword"].lower()
        step = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1}[word]
        if unit == "year":
            return date(base.year + step, 1, 1), date(base.year + step, 12, 31), 366
        if unit == "month":
            index = base.year * 12 + base.month - 1 + step
            return (*_month(index // 12, index % 12 + 1), 31)
        if unit == "week":
            monday = base - timedelta(days=base.weekday()) + timedelta(weeks=step)
            return monday, monday + timedelta(days=6), 7
        if unit == "night":
            return base - timedelta(days=1), base, 2
        first, last = _SEASON_MONTHS[unit]
        year = base.year + (base.month >= first if step > 0 else -(base.month <= last) if step < 0 else 0)
        return _month(year, first)[0], _month(year, last)[1], 92
    name = next((d for d in _DAYS if d in text), None)
    if name:
        back = (base.weekday() - _DAYS.index(name)) % 7
        forward = "next" in text or (ahead and back > 0 and not match["rel"])
        day = base + timedelta(days=7 - back) if forward else base - timedelta(days=back)
        return day, day, 1
    day = base + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(text, 0))
    return day, day, 1


def find_time(text: str, published: date | None) -> TimeInterval | None:
    """The interval that a claim's time expressions leave open, or None where it names none that can be resolved.

    Several expressions are intersected where they can be ("since August 2022 ... in June" keeps the bound), else the first holds.
    """
    start: date | None = None
    end: date | None = None
    granularity = 0
    words: list[str] = []
    ahead = bool(_AHEAD.search(text))
    opened: tuple[int, date] | None = None  # "from May to July": where its first half ends, and its first day
    for match in _EXPRESSION.finditer(text):
        named = match["month"] or match["my"] or match["mdy"] or match["dmy"]
        letters = re.sub(r"^(?:early|late|mid|last|this|next)[\s-]", "", named or "X", flags=re.I).lstrip("0123456789sthnrd ")
        if named and not letters[:1].isupper():
            continue
        if match["year"] and not _BEFORE_YEAR.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        resolved = _resolve(match, published, ahead)
        if resolved is None:
            continue
        first: date | None
        last: date | None
        first, last, grain = resolved
        before = text[max(0, match.start() - 80) : match.start()]
        lead = _BEFORE.search(before) or _AFTER.search(before)
        if opened and resolved[1] >= opened[1] and _CLOSES.fullmatch(text[opened[0] : match.start()]):
            end, granularity = resolved[1], max(granularity, grain)
            words[-1] += text[opened[0] : match.end()]
            continue
        if _BEFORE.search(before):
            first, last = None, (last if re.search(r"\b(?:until|till|by|up to)\b", lead.group(), re.I) else first) if lead else last
        elif _AFTER.search(before):
            last = published if published and lead and "since" in lead.group().lower() else None
        if words and ((last and start and last < start) or (first and end and first > end)):
            continue
        start = max((d for d in (start, first) if d), default=None)
        end = min((d for d in (end, last) if d), default=None)
        granularity = max(granularity, grain)
        opens = _OPENS.search(before)
        opened = (match.end(), resolved[0]) if opens else None
        lead = lead or opens
        words.append((lead.group() if lead else "") + match.group())
    if not words:
        return None
    exhaustive = not EXHAUSTIVE_WORDS.isdisjoint(re.findall(r"[a-z]+", text.lower()))
    return TimeInterval(start, end, "; ".join(" ".join(w.split()) for w in words), granularity, exhaustive)
