"""A company's fiscal calendar: where its years and quarters begin and end, derived from what a release states.

Two kinds exist. A *month* calendar ends its years and quarters with a month. A *weekday* calendar ends
them on the same day of the week (52 or 53 weeks a year, quarters of 13 weeks, one of 14 in a long year).
Some companies mix them: weekday quarters inside a year that ends with a month.

Nothing here guesses: every function gives None where the evidence does not fix the answer.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@lru_cache(maxsize=1024)
def month_end(year: int, month: int) -> date:
    """The last day of a month; `month` may lie outside 1 to 12 and carries into the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def is_month_end(day: date) -> bool:
    """True for the last day of a month."""
    return (day + DAY).day == 1


def months_start(end: date, months: int) -> date:
    """The first day of the `months` calendar months that end on `end`, a month end."""
    return month_end(end.year, end.month - months) + DAY


def weeks_start(end: date, weeks: int) -> date:
    """The first day of the `weeks` weeks that end on `end`."""
    return end - weeks * WEEK + DAY


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of a fiscal calendar.

    `month` is the month that the year ends in or near to (0: unknown), `ends` every period end that
    the release names, `year_ends` those known to end a fiscal year; both sorted. `weekday` is the day of
    the week that quarters end on (0 = Monday), None for a month calendar; `years_by_weekday` says that
    years do so too. `label_offset` is what to add to the calendar year of a year's end to get its label.
    `latest` is the end of the release's own period: the last date that its statements state. `news` is the day
    of the release where it is known: no period that it reports ends later. `ahead` is what to add to the calendar
    year of an end to get the year that heads name beside a length ("Six Months 1998" in a fiscal year).
    """

    month: int = 0
    ends: tuple[date, ...] = ()
    year_ends: tuple[date, ...] = ()
    weekday: int | None = None
    years_by_weekday: bool = False
    label_offset: int = 0
    latest: date | None = None
    news: date | None = None
    ahead: int = 0

    def start(self, end: date, months: int = 0, weeks: int = 0) -> date | None:
        """The first day of the period of that length which ends on `end`; None where it can't be derived."""
        if weeks:
            return weeks_start(end, weeks)
        if not months:
            return self.year_start(end)
        if is_month_end(end) and not self._weekly(end):
            return months_start(end, months)
        return self._weekday_start(end, months)

    def _weekly(self, end: date) -> bool:
        """True where `end` belongs to a weekday calendar, even if it falls on a month end."""
        if self.weekday != end.weekday():
            return False
        if self.years_by_weekday:
            return True
        return not (self.month and (end.month - self.month) % 12 == 0)

    def _weekday_start(self, end: date, months: int) -> date | None:
        starts = self.starts(end, months)
        return starts[0] if len(starts) == 1 else None

    def starts(self, end: date, months: int) -> tuple[date, ...]:
        """The days on which such a period of a weekday calendar may begin, the likeliest first.

        A year has 52 or 53 weeks. The 14th week of a long year falls in its first or its last quarter, so
        the second and third quarters have 13. More than one answer: the evidence leaves it open.
        """
        known = self._known_start(end, months)
        if known is not None:
            return (known,)
        quarters = months / 3
        firsts = {d + DAY for d in self._year_ends_before(end)}
        if months % 12 == 0 and months > 12:
            return ()
        # The last such weekday of a month is the commoner rule; it gives the earlier day.
        whole = sorted(d for d in firsts if _weeks_fit(d, end, quarters))
        if whole:
            return tuple(whole)
        if months == 3 and self.weekday == end.weekday():
            last = any(_weeks_fit(d, end, 4) and ((end - d).days + 1) // 7 == 53 for d in firsts)
            plain = weeks_start(end, 13)
            return (plain, weeks_start(end, 14)) if last else (plain,)
        near = [d for d in firsts if abs(_months_between(d, end) - months) < 0.6]
        return (near[0],) if len(near) == 1 else ()

    def _known_start(self, end: date, months: int) -> date | None:
        """The day after a known end that lies that many months back: stated in the release, so not a guess.

        For a year only year ends count; months are 4 1/3 weeks, so 13 weeks and 14 weeks both fit three.
        """
        pool = self.year_ends if months % 12 == 0 else self.ends
        near = [d for d in pool if d < end and abs(_months_between(d + DAY, end) - months) < 0.4]
        return near[-1] + DAY if len(near) == 1 else None

    def year_start(self, end: date) -> date | None:
        """The first day of the fiscal year that `end` falls in (or ends)."""
        before = self.year_end_before(end)
        return before + DAY if before is not None else None

    def year_end_before(self, day: date) -> date | None:
        """The last fiscal year end before `day`; None where neither the release nor the calendar's rule tells."""
        answers = self._year_ends_before(day)
        return answers.pop() if len(answers) == 1 else None

    def _year_ends_before(self, day: date) -> set[date]:
        """The day that the year before may have ended on: one where it is known, two where two rules fit."""
        known = [d for d in self.year_ends if d < day and (day - d).days <= 372]
        if known:
            return {known[-1]}
        if not self.month:
            return set()
        if self.weekday is None or not self.years_by_weekday:
            before = month_end(day.year, self.month)
            return {before if before < day else month_end(day.year - 1, self.month)}
        answers = set()
        for rule in (_last, _nearest):
            if all(rule(_anchor(d, self.month), self.month, self.weekday) == d for d in self.year_ends):
                around = [rule(y, self.month, self.weekday) for y in range(day.year - 2, day.year + 2)]
                answers.add(max(d for d in around if d < day))
        return answers

    def year_end(self, year: int) -> date | None:
        """The end of the fiscal year that is called `year`."""
        if not self.month:
            return None
        anchor = year - self.label_offset
        known = [d for d in self.year_ends if _anchor(d, self.month) == anchor]
        if known:
            return known[0]
        if not self.years_by_weekday:
            return month_end(anchor, self.month)
        ruled = self.year_end_before(month_end(anchor, self.month) + 8 * DAY)
        return ruled if ruled is not None and _anchor(ruled, self.month) == anchor else None

    def quarter_end(self, year: int, quarter: int) -> date | None:
        """The end of quarter 1 to 4 of the fiscal year called `year`: one the release names, else by the calendar."""
        last = self.year_end(year)
        if last is None or quarter == 4:
            return last
        target = month_end(year - self.label_offset, self.month - 3 * (4 - quarter))
        near = [d for d in self.ends if abs((d - target).days) <= 10]
        if len(near) == 1:
            return near[0]
        return target if self.weekday is None and not near else None

    def same_day(self, year: int) -> date | None:
        """The end, in that year, of a period that ends on the release's own day of the year."""
        if self.latest is None:
            return None
        if is_month_end(self.latest) and not self._weekly(self.latest):
            return month_end(year, self.latest.month)
        near = [d for d in self.ends if abs((d - self.latest.replace(year=year, day=28)).days) <= 10]
        return near[0] if len(near) == 1 else None

    def quarter_of(self, day: date) -> int:
        """The fiscal quarter 1 to 4 that ends on or near `day`, 0 where it does not end a quarter or is unknown."""
        if not self.month:
            return 0
        month = (day - 8 * DAY).month if day.day <= 8 else day.month
        months = (month - self.month) % 12
        return {0: 4, 3: 1, 6: 2, 9: 3}.get(months, 0)

    def label(self, day: date) -> int | None:
        """What the company calls the fiscal year that `day` falls in."""
        if not self.month:
            return None
        near = (day - 8 * DAY) if day.day <= 8 else day
        year = near.year + (near.month > self.month)
        return year + self.label_offset


def _weeks_fit(first: date, end: date, quarters: float) -> bool:
    """True where the days are whole weeks, 13 a quarter or one more."""
    weeks, rest = divmod((end - first).days + 1, 7)
    return not rest and weeks in (13 * quarters, 13 * quarters + 1)


def _months_between(first: date, last: date) -> float:
    return ((last - first).days + 1) / 30.4375


def _anchor(day: date, month: int) -> int:
    """The year of the month end that a fiscal year's end belongs to (it may fall a few days into the next month)."""
    return min((day.year - 1, day.year, day.year + 1), key=lambda y: abs((month_end(y, month) - day).days))


def _last(year: int, month: int, weekday: int) -> date:
    """The last such weekday of the month."""
    end = month_end(year, month)
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def _nearest(year: int, month: int, weekday: int) -> date:
    """The weekday nearest to the month's end."""
    last = _last(year, month, weekday)
    return last if (month_end(year, month) - last).days <= 3 else last + WEEK


def calendar(ends: Iterable[date], year_ends: Iterable[date] = (), header: str = "", label_offset: int = 0) -> Calendar:
    """The calendar that fits the evidence.

    `ends`: every period end of the release (balance sheet dates, column ends); `year_ends`: those that a
    heading says are a year's; `header`: MMDD as EDGAR prints a fiscal year end, "" where there is none.
    """
    years = tuple(sorted(set(year_ends)))
    every = tuple(sorted({*ends, *years}))
    month = _year_month(years, header)
    if month and not years:
        years = tuple(d for d in every if abs((month_end(_anchor(d, month), month) - d).days) <= 7)
    weekday = _weekday(every, month)
    by_weekday = weekday is not None and bool(years) and all(d.weekday() == weekday for d in years)
    if by_weekday and all(is_month_end(d) for d in years) and len(years) > 1:
        by_weekday = False
    return Calendar(month, every, years, weekday, by_weekday, label_offset)


def _year_month(years: tuple[date, ...], header: str) -> int:
    """The month whose end lies nearest to all the year ends; the header's month where none is known."""
    if years:
        return min(range(1, 13), key=lambda m: max(abs((month_end(_anchor(d, m), m) - d).days) for d in years))
    if len(header) == 4 and header.isdigit() and 1 <= int(header[:2]) <= 12:
        month, day = int(header[:2]), int(header[2:])
        return (month - 2) % 12 + 1 if day <= 8 else month
    return 0


def _weekday(ends: tuple[date, ...], month: int) -> int | None:
    """The weekday that the ends which aren't month ends share; None when there is none or they disagree."""
    odd = [d for d in ends if not is_month_end(d)]
    if len({d.weekday() for d in odd}) != 1:
        return None
    weekday = odd[0].weekday()
    # A month end on another weekday is compatible only as the end of a fiscal year; one may be a misprint.
    others = [d for d in ends if is_month_end(d) and d.weekday() != weekday]
    against = [d for d in others if not month or (d.month - month) % 12]
    return weekday if 4 * len(against) < len(odd) else None
