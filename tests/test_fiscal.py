"""Fiscal calendars: where periods begin, from what a release states, and nothing guessed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.fiscal import calendar, is_month_end, month_end, months_start

D = date


@pytest.mark.parametrize(
    ("end", "months", "start"),
    [
        (D(2004, 3, 31), 3, D(2004, 1, 1)),
        (D(2004, 2, 29), 3, D(2003, 12, 1)),
        (D(2003, 12, 31), 12, D(2003, 1, 1)),
        (D(2025, 6, 30), 9, D(2024, 10, 1)),
    ],
)
def test_months_end_with_a_month(end: date, months: int, start: date) -> None:
    assert calendar([end]).start(end, months) == start


def test_weeks_are_counted() -> None:
    assert calendar([]).start(D(2025, 6, 28), weeks=13) == D(2025, 3, 30)
    assert calendar([]).start(D(2023, 2, 4), weeks=53) == D(2022, 1, 30)


def test_quarters_of_a_weekday_calendar_from_the_last_year_end() -> None:
    cal = calendar([D(2025, 6, 28), D(2024, 6, 29), D(2024, 9, 28)], [D(2024, 9, 28)])
    assert cal.start(D(2025, 6, 28), 3) == D(2025, 3, 30)
    assert cal.start(D(2025, 6, 28), 9) == D(2024, 9, 29)
    assert cal.start(D(2024, 6, 29), 9) == D(2023, 10, 1)


def test_weekday_quarters_inside_a_calendar_year() -> None:
    cal = calendar([D(2025, 6, 27), D(2024, 6, 28), D(2024, 12, 31)], [D(2024, 12, 31)])
    assert cal.start(D(2025, 6, 27), 3) == D(2025, 3, 29)
    assert cal.start(D(2025, 6, 27), 6) == D(2025, 1, 1)
    assert cal.start(D(2024, 6, 28), 6) == D(2024, 1, 1)


def test_years_of_a_weekday_calendar() -> None:
    ends = [D(2024, 9, 28), D(2023, 9, 30), D(2022, 9, 24)]
    cal = calendar(ends, ends)
    assert [cal.start(d, 12) for d in ends] == [D(2023, 10, 1), D(2022, 9, 25), D(2021, 9, 26)]


def test_a_start_that_the_evidence_leaves_open_is_refused() -> None:
    # Last Saturday of June, or the one nearest to its end? One year end fits both, and they differ the year before.
    cal = calendar([D(2012, 6, 30), D(2011, 10, 1)], [D(2012, 6, 30)])
    assert cal.start(D(2012, 6, 30), 12) is None
    assert calendar([D(2005, 3, 19)]).start(D(2005, 3, 19), 9) is None


def test_quarters_by_name() -> None:
    cal = calendar([D(2025, 1, 26), D(2024, 1, 28), D(2024, 10, 27)], [D(2025, 1, 26), D(2024, 1, 28)])
    assert cal.quarter_end(2025, 4) == D(2025, 1, 26)
    assert cal.quarter_end(2025, 3) == D(2024, 10, 27)
    assert cal.label(D(2024, 10, 27)) == 2025
    assert cal.quarter_of(D(2024, 10, 27)) == 3


def test_a_header_gives_the_year_end() -> None:
    cal = calendar([D(2004, 3, 31)], header="0630")
    assert cal.quarter_end(2004, 2) == D(2003, 12, 31)
    assert cal.year_start(D(2004, 3, 31)) == D(2003, 7, 1)


def test_unknown_calendar_answers_nothing() -> None:
    cal = calendar([D(2004, 3, 31)])
    assert cal.quarter_end(2004, 2) is None
    assert cal.year_start(D(2004, 3, 31)) is None
    assert cal.label(D(2004, 3, 31)) is None
    assert cal.quarter_of(D(2004, 3, 31)) == 0


@given(st.integers(1995, 2040), st.integers(1, 12), st.sampled_from([3, 6, 9, 12]))
def test_month_periods_tile_the_year(year: int, month: int, months: int) -> None:
    end = month_end(year, month)
    start = months_start(end, months)
    assert start.day == 1
    assert is_month_end(start - timedelta(days=1))
    assert calendar([end]).start(end, months) == start
    assert (end.year - start.year) * 12 + end.month - start.month + 1 == months


@given(st.integers(2000, 2030), st.integers(1, 12), st.integers(0, 6))
def test_last_weekday_years_have_52_or_53_weeks(year: int, month: int, weekday: int) -> None:
    ends = []
    for y in range(year, year + 8):
        last = month_end(y, month)
        ends.append(last - timedelta(days=(last.weekday() - weekday) % 7))
    cal = calendar(ends, ends)
    for before, end in pairwise(ends):
        start = cal.start(end, 12)
        if start is not None:
            assert start == before + timedelta(days=1)
            assert (end - start).days + 1 in (364, 371)
