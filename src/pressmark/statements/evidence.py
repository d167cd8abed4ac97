"""Gathers what a release says of its fiscal calendar: heads, balance sheet dates, phrases with "ended", the header.

Where no table names a date, the periods that sentences say have ended stand in for those of the tables; the last
of them, or the last quarter that a head names, is the release's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from pressmark.dates import Mention, mentions
from pressmark.fiscal import Calendar, calendar, month_end
from pressmark.lower import lowered
from pressmark.reading.document import Document, Lines, Paragraph
from pressmark.reading.identify import release_date
from pressmark.statements.head import Head, full_date
from pressmark.statements.statement import StatementKind

_ENDED = re.compile(r"\bend(?:ed|ing|s)\b")
_WEEKS = {13: 3, 14: 3, 26: 6, 27: 6, 39: 9, 40: 9, 52: 12, 53: 12}
_TO_DATE = (26, 27, 39, 40, 52, 53)
_PERIOD = re.compile(r"[^.;]*\bperiods? ended (?:on )?", re.IGNORECASE)
_ALONE = re.compile(r"(?s)(?!.{0,4}\d\d).{8}")  # behind a day without a year, where the window is not cut
_NEAR = 24
_WINDOWS = 60
_LINES = 160


@dataclass(slots=True)
class _Said:
    """What sentences tell: the ends of years that are over, and of all periods that have ended with their months.

    `label` is a date with what its fiscal year is called, `month` the one that the year ends in by the number
    of a quarter, `coming` the one that a year still to come ends in (0 where none is named).
    """

    years: set[date] = field(default_factory=set)
    ends: list[tuple[date, int]] = field(default_factory=list)
    label: tuple[date, int] | None = None
    month: int = 0
    coming: int = 0


def gather(heads: Sequence[tuple[StatementKind, Sequence[Head]]], document: Document) -> Calendar:
    """The calendar of the release, from every head of its statements and the sentences that say when a year ended."""
    over = [(kind, h) for kind, columns in heads for h in columns if not h.skip]
    dated = [(kind, h, day) for kind, h in over if (day := full_date(h))]
    points = {day for kind, _, day in dated if kind is StatementKind.BALANCE_SHEET}
    spans = [(h, day) for kind, h, day in dated if kind is not StatementKind.BALANCE_SHEET]
    flows = {day for _, day in spans}
    news = release_date(document) if len(dated) < len(over) else None
    news = news if news and news >= max(points | flows, default=news) else None
    said = _said(document, news, news or max(points | flows, default=None))
    years = {day for h, day in spans if _months(h) == 12}
    named = _fiscal_years(heads)
    if named and not flows and not years:
        month = _quarter(heads, max(points, default=None))[0]
        years = _plausible(points, document.header.fiscal_year_end or _code(month))
    told = set() if dated else {day for day, _ in said.ends}
    latest = max(points | flows if dated else {day for day, months in said.ends if months != 12}, default=None)
    quarter = _quarter(heads, latest)
    years |= _plausible(said.years, _code(said.month)) if said.month else said.years
    to_date = [(day, _months(h)) for h, day in spans] if dated else said.ends
    month = said.month or said.coming or quarter[0]
    header = document.header.fiscal_year_end or _month_code(to_date) or _code(month)
    before = {d for d in points - flows if flows and d < max(flows)}
    if not years:
        years = _plausible(before, header)
    years |= {day - timedelta(weeks=h.weeks) for h, day in spans if h.weeks in _TO_DATE}
    ends = flows | points | told | years | {day - timedelta(weeks=h.weeks) for h, day in spans if h.weeks}
    made = calendar(ends, years, header)
    offset = said.label
    if offset is None and named and years:
        offset = (max(years), max(named))
    own = quarter[1] or max(_fiscal_years(heads, within=True), default=0)
    if offset is None and latest is not None and own:
        offset = (latest, own)
    if offset is not None and made.month:
        label = made.label(offset[0])
        if label is not None and abs(offset[1] - label) <= 1:
            made = calendar(ends, years, header, offset[1] - label)
    latest = latest if dated else _reported(over, made, told)
    return replace(made, latest=latest, news=news, ahead=_ahead(over, made, latest))


def _ahead(over: Sequence[tuple[StatementKind, Head]], cal: Calendar, latest: date | None) -> int:
    """How far the years that heads name beside a length are ahead of the release's own: they are fiscal years."""
    years = [h.year for _, h in over if h.year is not None and h.month is None and h.has_length]
    newest = max(years, default=0)
    return newest - latest.year if latest and newest > latest.year and newest == cal.label(latest) else 0


def _reported(over: Sequence[tuple[StatementKind, Head]], cal: Calendar, told: set[date]) -> date | None:
    """The end of the release's own period: the last of the newest year of the heads that they or sentences name."""
    newest = max((h.year for _, h in over if h.year is not None), default=0)
    parts = [h.quarter or 2 * h.half for _, h in over if h.year == newest and (h.quarter or h.half)]
    last = cal.quarter_end(newest, max(parts)) if parts else None
    return max((d for d in (last, *told) if d and newest in (d.year, cal.label(d))), default=None)


def _month(day: date) -> int:
    """The month that a period ending on the day ends in or near to."""
    return day.month if day.day > 8 else (day.month - 2) % 12 + 1


def _code(month: int) -> str:
    """MMDD of a year that ends with the month; "" for 0."""
    return f"{month:02d}28" if month else ""


def _quarter(heads: Sequence[tuple[StatementKind, Sequence[Head]]], latest: date | None) -> tuple[int, int]:
    """The month the year ends in and the year's label, from the last quarter that heads name: it ends on `latest`."""
    named = [
        (h.year, h.quarter) for _, over in heads for h in over if h.quarter and h.year is not None and h.month is None
    ]
    if not named or latest is None:
        return 0, 0
    year, quarter = max(named)
    return (_month(latest) + 3 * (4 - quarter) - 1) % 12 + 1, year


def _months(named: Head | Mention) -> int:
    """The length in months, of weeks where they make whole quarters; else 0."""
    return named.months or _WEEKS.get(named.weeks, 0)


def _fiscal_years(heads: Sequence[tuple[StatementKind, Sequence[Head]]], *, within: bool = False) -> set[int]:
    """The fiscal years that heads without a date name: "Fiscal 2023"; those of months `within` one or of whole ones."""
    return {
        h.year
        for _, columns in heads
        for h in columns
        if (h.fiscal or _months(h) == 12)
        and h.year is not None
        and h.month is None
        and h.within_year == within
        and not (h.quarter or h.half or h.skip)
    }


def _plausible(before: set[date], header: str) -> set[date]:
    """Balance sheet dates that no flow ends on: the year's end, if they agree on its month."""
    if header:
        month = int(header[:2])
        return {
            d for d in before if min(abs((month_end(y, month) - d).days) for y in (d.year - 1, d.year, d.year + 1)) <= 8
        }
    months = {_month(d) for d in before}
    return before if len(months) == 1 else set()


def _month_code(to_date: Sequence[tuple[date, int]]) -> str:
    """MMDD of the year end that columns of six or nine months imply, if they agree."""
    months = set()
    for day, count in (pair for pair in to_date if pair[1] in (6, 9)):
        months.add((_month(day) - count - 1) % 12 + 1)
    return f"{months.pop():02d}28" if len(months) == 1 else ""


def _said(document: Document, news: date | None, last: date | None) -> _Said:
    """What sentences say of the ends of periods: years up to the `last` day, others up to that of the `news`.

    Where no day is known, only what "ended" is over. Of a year still to come the month alone counts: the columns
    report another.
    """
    said = _Said()
    for window in _windows(document):
        for one, two in _pairs(window):
            ended = "ended" in window[one.at : two.at].lower()
            alone = ended and _ALONE.match(window, two.end)
            day = _last_such(two, news) if alone and two.year is None else two.date
            if day is None:
                continue
            year = one.months == 12 or one.weeks in (52, 53)
            if year and one.is_length and one.ended:
                if day <= last if last else ended:
                    said.years.add(day)
                else:
                    said.coming = said.coming or _month(day)
            if ended and (news is None or day <= news) and (one.is_length or one.quarter):
                said.ends.append((day, _months(one)))
            if one.quarter:
                said.month = said.month or (_month(day) + 3 * (4 - one.quarter) - 1) % 12 + 1
                if one.year is not None and one.fiscal:
                    said.label = said.label or (day, one.year)
    return said


def _last_such(named: Mention, news: date | None) -> date | None:
    """The last day of that name up to the day of the `news`: "ended June 30"."""
    if news is None or named.day is None:
        return None
    days = (replace(named, year=year).date for year in (news.year, news.year - 1))
    return next((day for day in days if day is not None and day <= news), None)


def _pairs(window: str) -> Iterator[tuple[Mention, Mention]]:
    """Neighbours in the text; "the period ended" stands for what its sentence names last."""
    for one, two in pairwise(mentions(window)):
        if two.at - one.end <= _NEAR or _PERIOD.fullmatch(window, one.end, two.at):
            yield one, two


def _windows(document: Document) -> Iterator[str]:
    count = 0
    for text in _texts(document):
        lower = lowered(text)
        for match in _ENDED.finditer(lower) if "end" in lower else ():
            first, last = max(0, match.start() - 60), match.end() + 40
            yield text[first:last].ljust(last - first)
            count += 1
            if count == _WINDOWS:
                return


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text.text
        elif isinstance(block, Lines):
            yield " ".join(line.text.strip() for line in block.lines[:_LINES] if line.text.strip())
