"""What a release reports on: its periods, its current quarter, its fiscal calendar; sentences are read by them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pressmark import dates, fiscal
from pressmark.fiscal import Calendar
from pressmark.period import Period
from pressmark.statements.statement import Statement, StatementKind

_NEAR = timedelta(days=8)
_YEAR_DAYS = 350
_LONGEST_QUARTER = 100
_QUARTERS_BACK = 9
_LONGEST_YEAR = 380
_YEAR_AGO = 10
_SOON, _PAST = 8, 2200
_TELLING = re.compile(r"\b(?:ended|ending|fiscal|quarter)\b", re.IGNORECASE)
_BY_NAME = re.compile(r"year|yr", re.IGNORECASE)
_REACH = 700


@dataclass(frozen=True, slots=True)
class Reported:
    """The periods of a release's statements and what follows from them.

    `known` holds the columns' periods, `current` the latest quarter (or the shortest period that is known),
    `annual` says that the current quarter ends a fiscal year that is reported too. `ends` are the ends of the
    current quarter and of those before it, latest first, as far as they can be derived.
    """

    known: tuple[Period, ...]
    current: Period | None
    calendar: Calendar
    annual: bool = False
    ends: tuple[date, ...] = ()

    def snapped(self, period: Period) -> Period:
        """A period of the statements that differs by a few days at most, else the period itself."""
        near = [k for k in self.known if k.instant == period.instant and _near(k, period)]
        return min(near, key=lambda k: abs((k.end - period.end).days)) if near else period

    def ending(self, end: date, months: int, weeks: int = 0) -> Period | None:
        """The period of that length that ends on `end`; None where its start can't be derived."""
        days = weeks * 7 or months * 30.4375
        for known in self.known:
            if not known.instant and abs((known.end - end).days) <= 3 and abs(known.days - days) < 12:
                return known
        start = self.calendar.start(end, months, weeks)
        return Period(end, start) if start else None

    def instant(self, day: date) -> Period:
        """A point in time."""
        return self.snapped(Period(day))

    def states(self, period: Period) -> bool:
        """True for a period that a release can state: no longer than a year, not to come, not long past."""
        recent = self.current is None or -_SOON <= (self.current.end - period.end).days <= _PAST
        return period.days <= _LONGEST_YEAR and recent

    def sure(self, period: Period) -> bool:
        """Whether its days are beyond doubt: a column's, whole months, or between ends that the release names."""
        if period in self.known or period.start is None:
            return True
        before = period.start - timedelta(days=1)
        named = self.calendar.ends
        whole = fiscal.is_month_end(period.end) and fiscal.is_month_end(before) and self.calendar.weekday is None
        return whole or (period.end in named and before in named)

    def months(self, period: Period) -> int:
        """The length of a period in months, rounded."""
        return round(period.days / 30.4375)

    def years_before(self, period: Period, years: int) -> Period | None:
        """The same period `years` years earlier: a column's, or by the calendar."""
        if period.instant:
            return self.instant(_years_back(period.end, years))
        target = _years_back(period.end, years)
        if not fiscal.is_month_end(period.end) or (period.start is not None and period.start.day != 1):
            near = [k for k in self.known if not k.instant and abs((k.end - target).days) <= 8]
            same = [k for k in near if self.months(k) == self.months(period)]
            if same:
                return same[0]
            ends = {d for d in self.calendar.ends if abs((d - target).days) <= 8}
            if len(ends) != 1:
                return None
            target = ends.pop()
        return self.ending(target, self.months(period))

    def quarter_before(self, period: Period) -> Period | None:
        """The period of three months right before `period`."""
        if period.start is None:
            return None
        end = period.start - timedelta(days=1)
        return self.ending(end, 3)

    def quarter(self, number: int, year: int | None = None) -> Period | None:
        """Quarter 1 to 4 of the fiscal year called `year`; without a year the last one up to the current quarter."""
        if self.current is None:
            return None
        if year is None:
            last = next((d for d in self.ends[:5] if self.calendar.quarter_of(d) == number), None)
            return self.ending(last, 3) if last else None
        known = [
            d
            for d in {*self.calendar.ends, *self.ends}
            if self.calendar.quarter_of(d) == number and self.calendar.label(d) == year
        ]
        end = known[0] if len(known) == 1 else self.calendar.quarter_end(year, number)
        return self.ending(end, 3) if end else None

    def quarter_ends(self, count: int) -> Iterator[date]:
        """The end of the current quarter and of those before it, as far as they can be derived."""
        end = self.current.end if self.current else None
        for _ in range(count):
            if end is None:
                return
            yield end
            period = self.ending(end, 3)
            end = period.start - timedelta(days=1) if period and period.start else None

    def year(self, year: int | None = None) -> Period | None:
        """The fiscal year called `year`; without one that which the current quarter ends, else the last reported."""
        if year is None:
            if self.current and self.annual:
                return self.ending(self.current.end, 12)
            return max((k for k in self.known if _YEAR_DAYS <= k.days <= 380), key=lambda k: k.end, default=None)
        known = [k for k in self.known if _YEAR_DAYS <= k.days <= 380 and self.calendar.label(k.end) == year]
        if len(known) == 1:
            return known[0]
        end = self.calendar.year_end(year)
        return self.ending(end, 12) if end else None

    def to_date(self, end: date) -> Period | None:
        """From the start of the fiscal year to `end`."""
        same = [k for k in self.known if k.start and k.end == end]
        longest = max(same, key=lambda k: k.days, default=None)
        start = self.calendar.year_start(end)
        if start is None:
            return longest
        return self.snapped(Period(end, start))


def _near(one: Period, other: Period) -> bool:
    if one.start is None or other.start is None:
        return abs((one.end - other.end).days) <= 4
    return abs(one.end - other.end) <= _NEAR and abs(one.start - other.start) <= _NEAR


def _years_back(day: date, years: int) -> date:
    if fiscal.is_month_end(day):
        return fiscal.month_end(day.year - years, day.month)
    return day - timedelta(weeks=52 * years)


def reported(statements: Sequence[Statement], text: str = "", header: str = "") -> Reported:
    """What the statements' columns, the release's opening words and the submission header (MMDD) say of its periods."""
    primary = [s for s in statements if s.gaap] or [s for s in statements if s.kind is not StatementKind.OTHER]
    known = {c.period for s in primary for c in s.columns if c.period}
    return from_periods(known, text, header)


def from_periods(known: Iterable[Period], text: str = "", header: str = "") -> Reported:
    """As `reported`, from the periods themselves."""
    periods = tuple(sorted(set(known), key=lambda p: (p.end, p.days)))
    spans = [p for p in periods if not p.instant]
    pairs = tuple(pair for pair in _pairs(text) if not _rolling(pair, _within(spans)))
    named = list(_named(pairs))
    if not spans and not named:
        return Reported(periods, None, fiscal.calendar([p.end for p in periods], header=header))
    last = max((p.end for p in spans), default=None) or max(end for end, _ in named)
    years = _year_ends(spans, named)
    if not years and not header:
        header = _header(last, named)
        # The balance sheet beside a quarter's is that of the last year's end, or of the same quarter a year before.
        points = {p.end for p in periods if p.instant and p.end < last and abs((last - p.end).days - 365) > _YEAR_AGO}
        years = points if not header and len({d.month for d in points}) == 1 else set()
    if not years and not header and any(p.end == last and p.days <= _LONGEST_QUARTER for p in spans):
        pairs += _opened(text, last)
        header = _header(last, list(_named(pairs)))
    ends = (
        {p.end for p in periods} | {end for end, _ in named} | {p.start - timedelta(days=1) for p in spans if p.start}
    )
    calendar = fiscal.calendar(sorted(ends), sorted(years), header, 0)
    offset = _label_offset(calendar, pairs)
    calendar = replace(calendar, label_offset=offset)
    shell = Reported(periods, None, calendar)
    quarters = [p for p in spans if p.end == last and p.days <= _LONGEST_QUARTER]
    current = min(quarters, key=lambda p: p.days) if quarters else shell.ending(last, 3)
    if current is None:
        current = min((p for p in spans if p.end == last), key=lambda p: p.days, default=None)
    closing = calendar.quarter_of(last)
    annual = closing == 4 or (not closing and any(p.end == last and p.days >= _YEAR_DAYS for p in spans))
    known_so_far = Reported(periods, current, calendar, annual)
    return replace(known_so_far, ends=tuple(known_so_far.quarter_ends(_QUARTERS_BACK)))


def _year_ends(spans: Sequence[Period], named: Sequence[tuple[date, int]]) -> set[date]:
    """The ends of fiscal years: of years, and before the first day of half years and nine months.

    A year beside a shorter period that began within it and ends with it (six months, "third quarter") is
    the last twelve months, not a fiscal year.
    """
    within = _within(spans) | {e for e, q in named if q < 4}
    years = {p.end for p in spans if p.days >= _YEAR_DAYS and p.end not in within}
    begun = {
        p.start - timedelta(days=1)
        for p in spans
        if p.start and p.days > _LONGEST_QUARTER and (p.days < _YEAR_DAYS or p.end in years)
    }
    return years | begun | {end for end, q in named if q == 4}


def _within(spans: Sequence[Period]) -> set[date]:
    """The ends of periods of more than a quarter and less than a year."""
    return {p.end for p in spans if _LONGEST_QUARTER < p.days < _YEAR_DAYS}


def _rolling(pair: tuple[dates.Mention, dates.Mention], within: set[date]) -> bool:
    """Whether it is "twelve months", not a year by name, that end with a column of six or nine: no fiscal year."""
    length, end = pair
    return length.months == 12 and not _BY_NAME.search(length.text) and end.date in within


def _pairs(text: str) -> Iterator[tuple[dates.Mention, dates.Mention]]:
    """Phrases with the date they end on: "third quarter of fiscal 2007, ended March 31, 2007"."""
    for line in text.splitlines():
        if not _TELLING.search(line):
            continue
        found = dates.mentions(line[:_REACH])
        for one, other in itertools.pairwise(found):
            between = line[one.end : other.at].lower().strip(" ,(")
            if other.date and between in ("ended", "ending", "which ended", "that ended", ""):
                yield one, other


def _opened(text: str, last: date) -> tuple[tuple[dates.Mention, dates.Mention], ...]:
    """The one quarter that the opening words speak of ("reports first quarter 2004 results"): it ended last."""
    found = [m for line in text.splitlines() for m in dates.mentions(line[:_REACH]) if m.quarter]
    if len({m.quarter for m in found}) != 1:
        return ()
    newest = max(found, key=lambda m: m.year or 0)
    return ((newest, dates.Mention(0, 0, "", last.year, last.month, last.day)),)


def _named(pairs: Iterable[tuple[dates.Mention, dates.Mention]]) -> Iterator[tuple[date, int]]:
    """(end, quarter) of a quarter that is named by its number, and 4 for a year's end."""
    for one, other in pairs:
        if other.date and one.quarter:
            yield other.date, one.quarter
        elif other.date and one.ended and one.months == 12:
            yield other.date, 4


def _header(last: date, named: Sequence[tuple[date, int]]) -> str:
    """MMDD of the fiscal year end, from the number of the quarter that ends on `last`."""
    for end, quarter in named:
        if abs((end - last).days) <= 8:
            near = end - timedelta(days=8) if end.day <= 8 else end
            year_end = fiscal.month_end(near.year, near.month + 3 * (4 - quarter))
            return f"{year_end:%m%d}"
    return ""


def _label_offset(calendar: Calendar, pairs: Iterable[tuple[dates.Mention, dates.Mention]]) -> int:
    """What the release calls its years, from a quarter that it names with both its year and its end."""
    for one, other in pairs:
        if one.year and (one.quarter or (one.fiscal and not one.month)) and other.date:
            plain = calendar.label(other.date)
            if plain is not None and abs(one.year - plain) <= 1:
                return one.year - plain
    return 0
