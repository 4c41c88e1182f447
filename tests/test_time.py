from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.segment.time import find_time
from contradict.signals import times_conflict, times_meet
from tests.segmenting import PUBLISHED, only

DAY, MONTH, YEAR = 1, 31, 366


@pytest.mark.parametrize(
    ("text", "start", "end", "granularity"),
    [
        ("since August 2022", "2022-08-01", "2024-06-12", MONTH),
        ("since August", "2023-08-01", "2024-06-12", MONTH),
        ("since the war began in 2014", "2014-01-01", "2024-06-12", YEAR),
        ("before February 2022", None, "2022-02-01", MONTH),
        ("before the invasion of February 2022", None, "2022-02-01", MONTH),
        ("until May 2024", None, "2024-05-31", MONTH),
        ("until Tuesday", None, "2024-06-11", DAY),
        ("by the end of May", None, "2024-05-31", MONTH),
        ("after 3 May", "2024-05-03", None, DAY),
        ("after the second blast on Tuesday", "2024-06-11", None, DAY),
        ("between 3 May and 10 May", "2024-05-03", "2024-05-10", DAY),
        ("from March to May", "2024-03-01", "2024-05-31", MONTH),
        ("on Monday", "2024-06-10", "2024-06-10", DAY),
        ("on Wednesday", "2024-06-12", "2024-06-12", DAY),
        ("on Thursday", "2024-06-06", "2024-06-06", DAY),
        ("will meet on Thursday", "2024-06-13", "2024-06-13", DAY),
        ("would end by Thursday", None, "2024-06-13", DAY),
        ("next Monday", "2024-06-17", "2024-06-17", DAY),
        ("last month", "2024-05-01", "2024-05-31", MONTH),
        ("next month", "2024-07-01", "2024-07-31", MONTH),
        ("last week", "2024-06-03", "2024-06-09", 7),
        ("last year", "2023-01-01", "2023-12-31", YEAR),
        ("last summer", "2023-06-01", "2023-08-31", 92),
        ("in May last year", "2023-05-01", "2023-05-31", MONTH),
        ("will close in May", "2025-05-01", "2025-05-31", MONTH),
        ("yesterday", "2024-06-11", "2024-06-11", DAY),
        ("tomorrow", "2024-06-13", "2024-06-13", DAY),
        ("three days ago", "2024-06-09", "2024-06-09", DAY),
        ("on 31 May", "2024-05-31", "2024-05-31", DAY),
        ("on Tuesday, 11 June", "2024-06-11", "2024-06-11", DAY),
        ("June 14, 2023", "2023-06-14", "2023-06-14", DAY),
        ("on 2024-05-06", "2024-05-06", "2024-05-06", DAY),
        ("in 2021", "2021-01-01", "2021-12-31", YEAR),
        ("Russia's 2022 invasion", "2022-01-01", "2022-12-31", YEAR),
        ("were killed by a rocket on Monday", "2024-06-10", "2024-06-10", DAY),
        ("withdrew from the depot on 31 May", "2024-05-31", "2024-05-31", DAY),
    ],
)
def test_interval(text: str, start: str | None, end: str | None, granularity: int) -> None:
    found = find_time(text, PUBLISHED)
    assert found is not None
    assert (found.start and found.start.isoformat(), found.end and found.end.isoformat(), found.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    "text", ["", "it may rain", "they march on", "sold 2000 cars", "31 February 2024", "for a second time", "at 2:40 a.m."]
)
def test_no_time(text: str) -> None:
    assert find_time(text, PUBLISHED) is None


@pytest.mark.parametrize("text", ["on Monday", "since August", "last month", "yesterday", "on 31 May", "three days ago"])
def test_relative_times_need_a_publication_date(text: str) -> None:
    assert find_time(text, None) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("since August 2022", date(2022, 8, 1), None),
        ("in May 2021", date(2021, 5, 1), date(2021, 5, 31)),
        ("on 14 June 2023", date(2023, 6, 14), date(2023, 6, 14)),
    ],
)
def test_absolute_times_need_none(text: str, start: date, end: date | None) -> None:
    found = find_time(text, None)
    assert found is not None and (found.start, found.end) == (start, end)


def test_words_and_exhaustive_wording() -> None:
    plain, until, every = find_time("sold in May 2022", None), find_time("sold until May 2022", None), find_time("all sold in 2022", None)
    assert plain is not None and not plain.exhaustive and plain.text == "May 2022"
    assert until is not None and until.exhaustive and until.text == "until May 2022"
    assert every is not None and every.exhaustive


@given(st.text(max_size=80), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_any_text(text: str, published: date | None) -> None:
    found = find_time(text, published)
    assert found is None or found.start is None or found.end is None or found.start <= found.end


@pytest.mark.parametrize(
    ("left", "right", "conflict"),
    [
        ("The drones were sold before February 2022.", "Iran has sold drones since August 2022.", True),
        ("The bridge fell on Monday.", "The bridge fell on Tuesday.", True),
        ("The bridge fell on Monday.", "The bridge fell on 10 June.", False),
        ("The bridge fell on Monday.", "The bridge fell this week.", False),
        ("The bridge fell last week.", "The bridge fell on Monday.", False),  # a day beyond the week: within the tolerance
        ("The bridge fell in May.", "The bridge fell on 3 May.", False),
        ("The bridge fell in May 2023.", "The bridge fell in June 2023.", True),
        ("The bridge fell in 2022.", "The bridge fell in March 2023.", True),
        ("Drones were sold since May 2022.", "Drones were sold in June 2023.", False),
        ("The bridge fell.", "The bridge fell on Monday.", False),
    ],
)
def test_conflict(left: str, right: str, conflict: bool) -> None:
    a, b = only(left), only(right)
    assert times_conflict(a, b) is times_conflict(b, a) is conflict
    assert times_meet(a, b) is (not conflict and a.time is not None and b.time is not None)
    assert not times_conflict(a, replace(b, time=None))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in early May", "2024-05-01", "2024-05-10"),
        ("late last month", "2024-05-21", "2024-05-31"),
        ("in the second half of 2021", "2021-07-01", "2021-12-31"),
        ("in the third quarter of last year", "2023-07-01", "2023-09-30"),
        ("over the past three weeks", "2024-05-22", "2024-06-12"),
        ("within ten days", "2024-06-12", "2024-06-22"),
        ("two days after the truce of 3 May 2023", "2023-05-05", "2023-05-05"),
        ("a week before the verdict of 14 May", "2024-05-07", "2024-05-07"),
        ("on the eve of the vote of 3 May", "2024-05-02", "2024-05-02"),
        ("two years before the merger of 2016", "2014-01-01", "2014-12-31"),
        ("hours after the crash on Monday", "2024-06-10", "2024-06-10"),
        ("in the week to 7 May", "2024-05-01", "2024-05-07"),
        ("between 2 and 6 May", "2024-05-02", "2024-05-06"),
        ("between June and August 2022", "2022-06-01", "2022-08-31"),
        ("by the end of the year", None, "2024-12-31"),
        ("since the start of the year", "2024-01-01", "2024-06-12"),
        ("at the weekend", "2024-06-08", "2024-06-09"),
        ("on Boxing Day", "2023-12-26", "2023-12-26"),
        ("this winter", "2024-12-01", "2025-02-28"),
        ("this morning", "2024-06-12", "2024-06-12"),
        ("must close by March", None, "2025-03-31"),
        ("may have closed in March", "2024-03-01", "2024-03-31"),
    ],
)
def test_parts_of_periods_and_order_words(text: str, start: str | None, end: str | None) -> None:
    found = find_time(text, PUBLISHED)
    assert found is not None
    assert (found.start and found.start.isoformat(), found.end and found.end.isoformat()) == (start, end)


def test_not_until_is_then_and_not_before() -> None:
    found = find_time("Not until March 2020 did engineers test the valve", PUBLISHED)
    assert found is not None and found.exhaustive and (found.start, found.end) == (date(2020, 3, 1), date(2020, 3, 31))


def test_what_is_to_come_looks_ahead() -> None:
    past, future = find_time("on Saturday", PUBLISHED), find_time("on Saturday", PUBLISHED, ahead=True)
    assert past is not None and future is not None
    assert (past.start, future.start) == (date(2024, 6, 8), date(2024, 6, 15))
