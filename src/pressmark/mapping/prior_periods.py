"""Sets the release's periods right by the fiscal calendar of a prior filing: days that it states need no deriving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pressmark.fiscal import Calendar, calendar
from pressmark.mapping.dictionary import Dictionary
from pressmark.period import Period
from pressmark.statements.statement import Column, LineItem, Statement

DAY = timedelta(days=1)
SLACK = 8  # days: a period of 52 or 53 weeks that was taken for one of months, or the other way round
LEAST = 4  # facts that a period needs to count as one of the calendar
LENGTHS = ((80, 100), (170, 195), (260, 285), (355, 378))


def aligned(statements: Sequence[Statement], prior: Dictionary) -> tuple[Statement, ...]:
    """The statements with each derived start on the day that the filing's calendar has near it.

    A duration that ends on a day on which one of the filing's ends takes that one's start, where they are at
    most eight days apart; else its start moves to the day after a period end of the filing within as many days.
    Where a start moves, the instant right before it (the opening balance) moves along.
    """
    known = calendar_periods(prior)
    years = _years(known)
    moved: dict[Period, Period] = {}
    for period in _periods(statements):
        start = _start(period, known, years)
        if start is not None and start != period.start:
            moved[period] = Period(period.end, start)
    if not moved:
        return tuple(statements)
    ends = {p.end for p in _periods(statements)}
    for old, new in list(moved.items()):
        if old.start is not None and new.start is not None and old.start - DAY not in ends:
            moved[Period(old.start - DAY)] = Period(new.start - DAY)  # a day that a head states is not touched
    return tuple(_moved(s, moved) for s in statements)


def calendar_periods(prior: Dictionary) -> frozenset[Period]:
    """The quarters, half years and years that the filing reports, told by how many facts they have."""
    counts = Counter(f.period for f in prior.facts if f.period.start is not None)
    return frozenset(p for p, n in counts.items() if n >= LEAST and any(low <= p.days <= high for low, high in LENGTHS))


def _periods(statements: Sequence[Statement]) -> list[Period]:
    values = (v.period for s in statements for line in s.lines for v in line.values)
    columns = (c.period for s in statements for c in s.columns if c.period is not None)
    return list(dict.fromkeys(p for p in (*columns, *values) if p.start is not None))


def _years(known: frozenset[Period]) -> Calendar:
    """The calendar of the filing's fiscal years: what day of the week they end on, and by which rule."""
    years = [p for p in known if p.days > LENGTHS[-1][0]]
    ends = [p.end for p in years] + [p.start - DAY for p in years if p.start]
    return calendar(ends, ends)


def _start(period: Period, known: frozenset[Period], years: Calendar) -> date | None:
    first = period.start
    if first is None:
        return None

    def apart(day: date) -> int:
        return abs((day - first).days)

    same = [p.start for p in known if p.end == period.end and p.start and apart(p.start) <= SLACK]
    if same:
        return min(same, key=apart)
    borders = {p.end + DAY for p in known} | {p.start for p in known if p.start}
    near = [b for b in borders if apart(b) <= SLACK]
    if near:
        return near[0] if len(near) == 1 else (first if first in near else None)
    year = years.year_start(period.end) if years.years_by_weekday else None
    return year if year is not None and apart(year) <= SLACK else None


def _moved(statement: Statement, moved: dict[Period, Period]) -> Statement:
    columns = tuple(_column(c, moved) for c in statement.columns)
    return replace(statement, columns=columns, lines=tuple(_line(x, moved) for x in statement.lines))


def _column(column: Column, moved: dict[Period, Period]) -> Column:
    return replace(column, period=moved.get(column.period, column.period)) if column.period else column


def _line(line: LineItem, moved: dict[Period, Period]) -> LineItem:
    if not any(v.period in moved for v in line.values):
        return line
    return replace(line, values=tuple(v._replace(period=moved.get(v.period, v.period)) for v in line.values))
