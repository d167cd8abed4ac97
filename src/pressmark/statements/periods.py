"""From what a column's head says to its period, by the company's calendar; what can't be derived is refused.

In order for the end: the full date; month and year (the end named elsewhere in that month, else the month's
end); a quarter of a fiscal year; a fiscal year (with a shorter length, the release's own day of it); a year
alone (the release's own day of that year, where a length is given or all dates of the release fall on one day
of the year). An end that is so derived never lies after the day of the release.
For the start: weeks are counted; months are calendar months when they end with a month; otherwise
`fiscal.Calendar.start` derives it from known ends. Where a weekday calendar is established but leaves two
starts a week apart (a year of 52 or of 53 weeks), the shorter is taken and the choice is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pressmark.fiscal import Calendar, month_end
from pressmark.period import Period
from pressmark.statements.head import Head, full_date


@dataclass(frozen=True, slots=True)
class Resolved:
    """A column's period; None with the reason for its refusal. `assumed` says what was chosen among two.

    `late` is True where the period would end after the day of the release.
    """

    period: Period | None
    refused: str = ""
    assumed: str = ""
    late: bool = False


def resolve_all(heads: Sequence[Head], cal: Calendar, *, flow: bool) -> list[Resolved]:
    """The periods of a statement's columns: where one would end too late, others of its length are no better known."""
    made = [resolve(head, cal, flow=flow) for head in heads]
    late = {_length(head) for head, one in zip(heads, made, strict=True) if one.late}
    return [
        _too_late(head) if _length(head) in late and full_date(head) is None else one
        for head, one in zip(heads, made, strict=True)
    ]


def _length(head: Head) -> tuple[int, int, int, int, bool]:
    return head.months, head.weeks, head.quarter, head.half, head.to_date


def _too_late(head: Head) -> Resolved:
    said = f"a period like that under its head {head.text!r} would end after the day of the release"
    return Resolved(None, said, late=True)


def resolve(head: Head, cal: Calendar, *, flow: bool) -> Resolved:
    """The period of a column, or why it is refused."""
    if not head.dated and not head.quarter:
        return Resolved(None, "its head names no date")
    end = _end(head, cal, flow=flow)
    if end is None:
        return Resolved(None, f"the end of the period can't be derived from its head {head.text!r}")
    if cal.news is not None and end > cal.news and full_date(head) is None:
        return _too_late(head)
    if not flow:
        return Resolved(Period(end))
    start = _start(head, end, cal)
    if start is not None:
        return Resolved(Period(end, start)) if start <= end else Resolved(None, f"its head {head.text!r} ends first")
    months = _months(head)
    open_ = cal.starts(end, months) if months else ()
    if len(open_) == 2:
        weeks = (end - open_[0]).days // 7 + 1
        said = f"{weeks} weeks from {open_[0]} are assumed under the head {head.text!r}; it may begin on {open_[1]}"
        return Resolved(Period(end, open_[0]), assumed=said)
    cause = "says no length" if not months and not head.to_date else "has a start that can't be derived"
    return Resolved(None, f"the period under the head {head.text!r} {cause}")


def _months(head: Head) -> int:
    return head.months or (3 if head.quarter else 6 if head.half else 12 if head.fiscal else 0)


def _end(head: Head, cal: Calendar, *, flow: bool) -> date | None:
    if head.year is not None and head.month is not None:
        if head.day:
            return full_date(head)
        target = month_end(head.year, head.month)
        near = [d for d in cal.ends if abs((d - target).days) <= 8]
        return near[0] if len(near) == 1 else target if cal.weekday is None else None
    if head.year is None:
        return None
    if head.quarter or head.half:
        quarter = head.quarter or 2 * head.half
        return cal.quarter_end(head.year, quarter)
    if head.months == 12 or (head.fiscal and not head.within_year):
        return cal.year_end(head.year)
    if flow and (head.months or head.weeks or head.to_date):
        return _own_end(head, head.year, cal)
    if not cal.ends:
        return cal.year_end(head.year)
    one_day = len({(d.month if d.day > 8 else (d.month - 2) % 12 + 1) for d in cal.ends}) == 1
    return cal.same_day(head.year) if not flow and one_day else None


def _own_end(head: Head, year: int, cal: Calendar) -> date | None:
    """The release's own day of the year that the head names; where weeks are counted, whole weeks from it."""
    ahead = _ahead(cal) if head.fiscal else cal.ahead
    day = cal.same_day(year - ahead) if ahead is not None else None
    apart = (cal.latest - day).days if day is not None and cal.latest is not None else 0
    return None if head.weeks and apart % 7 else day


def _ahead(cal: Calendar) -> int | None:
    """How far the fiscal year that the release's own period falls in is ahead of the period's end."""
    label = cal.label(cal.latest) if cal.latest is not None else None
    return label - cal.latest.year if label is not None and cal.latest is not None else None


def _start(head: Head, end: date, cal: Calendar) -> date | None:
    if head.begin:
        return head.begin
    if head.weeks:
        return cal.start(end, weeks=head.weeks)
    if head.to_date and not head.months:
        return cal.year_start(end)
    months = _months(head)
    return cal.start(end, months=months) if months else None
