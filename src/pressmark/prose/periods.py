"""Which days a sentence's period phrase means, given what the release reports and the period it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pressmark.dates import Mention
from pressmark.period import Period
from pressmark.prose.calendar import Reported
from pressmark.prose.items import Item, Kind, Relation

_BETWEEN = re.compile(
    r"[\s,(]*(?:(?:of|in|the|for|ended|ending|that|which|on|our|its|fiscal|calendar|year|period|quarter|a)[\s,]*){0,3}",
    re.IGNORECASE,
)
_AND = re.compile(r"[\s,]*(?:and|,)\s*(?:for\s+|in\s+)?(?:the\s+)?", re.IGNORECASE)
_QUARTER = re.compile(r"\s*(?:fiscal\s+)?(?:quarter|qtr)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a period phrase names, put together from the mentions in it.

    `relations` holds the values of the kind "rel" in it. `month_quarter` is the month of "the March quarter".
    """

    at: int
    end: int
    text: str
    day: date | None = None
    year: int | None = None
    fiscal: bool = False
    months: int = 0
    weeks: int = 0
    to_date: bool = False
    ended: bool = False
    quarter: int = 0
    half: int = 0
    month_quarter: int = 0
    relations: frozenset[str] = frozenset()

    @property
    def relative(self) -> bool:
        """True where the phrase says itself that it means an earlier period: the same one, a year ago, before."""
        return bool(self.relations & {"same", "year-ago", "previous"})

    @property
    def instant(self) -> bool:
        """True for a point in time: as of a date, at the end of a quarter, or a date alone."""
        alone = self.day is not None and not (self.months or self.weeks or self.quarter or self.half or self.to_date)
        return bool(self.relations & {"as-of", "end", "opening"}) or (alone and not self.relations)


def phrases(sentence: str, items: Sequence[Item]) -> Iterator[Phrase]:
    """The period phrases of a sentence: items that stand together and don't contradict each other are one."""
    held: Phrase | None = None
    for index, item in enumerate(items):
        if item.kind is not Kind.PERIOD:
            continue
        one = _phrase(sentence, items, index)
        if one is None:
            continue
        joined = _joined(held, one) if held and _BETWEEN.fullmatch(sentence, held.end, one.at) else None
        if joined is None and held is not None:
            yield held
        held = joined or one
    if held is not None:
        yield held


def parallel(sentence: str, spoken: Sequence[Phrase]) -> Iterator[tuple[Phrase, ...]]:
    """Phrases joined by "and": "the three and nine months ended March 31, 2005", "the first quarter of 2004 and 2003".

    Each is completed by what it shares with the others: the date or year, or the length.
    """
    run: list[Phrase] = []
    for phrase in spoken:
        if run and not _AND.fullmatch(sentence, run[-1].end, phrase.at):
            if len(run) > 1:
                yield tuple(_completed(run))
            run = []
        run.append(phrase)
    if len(run) > 1:
        yield tuple(_completed(run))


def _completed(run: Sequence[Phrase]) -> Iterator[Phrase]:
    first, last = run[0], run[-1]
    for phrase in run:
        if not _part(phrase) and not phrase.relations and phrase.year is not None:
            day = (
                first.day.replace(year=phrase.year)
                if first.day and (first.day.month, first.day.day) != (2, 29)
                else None
            )
            yield replace(first, day=day, year=None if day else phrase.year)
        elif phrase.day is None and phrase.year is None and not phrase.relations:
            yield replace(phrase, day=last.day, year=last.year, fiscal=phrase.fiscal or last.fiscal)
        else:
            yield phrase


def _phrase(sentence: str, items: Sequence[Item], index: int) -> Phrase | None:
    item = items[index]
    match item.period:
        case Relation("as-of"):
            following = items[index + 1] if index + 1 < len(items) else None
            dated = following is not None and isinstance(following.period, Mention) and following.period.month
            ended = following is not None and following.period == Relation("end")
            return Phrase(item.at, item.end, item.text, relations=frozenset({"as-of"})) if dated or ended else None
        case Relation(what):
            return Phrase(item.at, item.end, item.text, relations=frozenset({what}))
        case Mention() as m:
            if m.month and not m.date:
                after = _QUARTER.match(sentence, item.end)
                if not after:
                    return None
                end = after.end()
                return Phrase(item.at, end, sentence[item.at : end], month_quarter=m.month, year=m.year)
            return Phrase(
                item.at,
                item.end,
                item.text,
                day=m.date,
                year=None if m.date else m.year,
                fiscal=m.fiscal,
                months=m.months,
                weeks=m.weeks,
                to_date=m.to_date,
                ended=m.ended,
                quarter=m.quarter,
                half=m.half,
            )
    return None


def _joined(one: Phrase, other: Phrase) -> Phrase | None:
    """Both as one phrase, None where they contradict each other."""
    clash = (
        (one.day and (other.day or other.year))
        or (one.year and (other.year or other.day))
        or (_part(one) and _part(other))
        or ("as-of" in other.relations)
        or (one.relations & other.relations)
    )
    if clash:
        return None
    return Phrase(
        one.at,
        other.end,
        f"{one.text} {other.text}",
        one.day or other.day,
        one.year or other.year,
        one.fiscal or other.fiscal,
        one.months or other.months,
        one.weeks or other.weeks,
        one.to_date or other.to_date,
        one.ended or other.ended,
        one.quarter or other.quarter,
        one.half or other.half,
        one.month_quarter or other.month_quarter,
        one.relations | other.relations,
    )


def _part(phrase: Phrase) -> bool:
    return bool(
        phrase.months or phrase.weeks or phrase.to_date or phrase.quarter or phrase.half or phrase.month_quarter
    )


def resolve(phrase: Phrase, reported: Reported, base: Period | None, *, compared: bool) -> Period | None:
    """The period that a phrase means; None where it can't be derived.

    `base` is what "the same period" refers to. `compared`: the phrase stands after "compared with", so that
    a bare year means the base period in that year.
    """
    found = _duration(phrase, reported, base, compared=compared)
    if found is None:
        return None
    if phrase.relations & {"end", "as-of"} or phrase.instant:
        return reported.instant(found.end)
    if "opening" in phrase.relations and found.start:
        return reported.instant(found.start - timedelta(days=1))
    return reported.snapped(found)


def _duration(phrase: Phrase, reported: Reported, base: Period | None, *, compared: bool) -> Period | None:
    if phrase.day:
        return _dated(phrase, phrase.day, reported, base)
    if phrase.month_quarter:
        return _month_quarter(phrase, reported)
    if phrase.quarter:
        if "year-ago" in phrase.relations:
            this = reported.quarter(phrase.quarter)
            return reported.years_before(this, 1) if this else None
        return reported.quarter(phrase.quarter, phrase.year)
    if phrase.half or phrase.months or phrase.weeks or phrase.to_date:
        return _length(phrase, reported)
    return _related(phrase, reported, base, compared=compared)


def _related(phrase: Phrase, reported: Reported, base: Period | None, *, compared: bool) -> Period | None:
    """A period told by its year or by relation to another."""
    relations, start = phrase.relations, base or reported.current
    if relations & {"same", "year-ago"} and base is not None:
        if phrase.year is not None:
            return _in_year(base, phrase.year, reported)
        return reported.years_before(base, 1) if "year-ago" in relations or compared else None
    if "previous" in relations:
        return reported.quarter_before(start) if start else None
    if phrase.year is not None:
        if compared and base is not None and not base.instant and reported.months(base) < 11:
            return _in_year(base, phrase.year, reported)
        return reported.year(phrase.year)
    if "year" in relations:
        return reported.year()
    return reported.current if relations & {"current", "end"} else None


def _in_year(base: Period, year: int, reported: Reported) -> Period | None:
    """The base period in another year: of the calendar, for a whole year the fiscal year of that name."""
    shift = base.end.year - year
    label = reported.calendar.label(base.end)
    if reported.months(base) >= 11 and label is not None:
        shift = label - year
    return reported.years_before(base, shift) if shift > 0 else (base if shift == 0 else None)


def _dated(phrase: Phrase, day: date, reported: Reported, base: Period | None) -> Period | None:
    if phrase.weeks or phrase.months:
        return reported.ending(day, phrase.months, phrase.weeks)
    if phrase.half:
        return reported.ending(day, 6)
    if phrase.to_date:
        return reported.to_date(day)
    if phrase.quarter or "current" in phrase.relations or "previous" in phrase.relations:
        return reported.ending(day, 3)
    if "year" in phrase.relations:
        return reported.ending(day, 12)
    if phrase.relations & {"same", "year-ago"} and base is not None and not base.instant:
        return reported.ending(day, reported.months(base))
    return Period(day)


def _month_quarter(phrase: Phrase, reported: Reported) -> Period | None:
    """As in "The March quarter": the last quarter up to the current one that ends in that month or days after it."""
    for end in reported.ends:
        near = end - timedelta(days=8) if end.day <= 8 else end
        if near.month == phrase.month_quarter and phrase.year in (None, near.year):
            return reported.ending(end, 3)
    return None


def _length(phrase: Phrase, reported: Reported) -> Period | None:
    """As in "the nine months", "first half of 2003": up to the quarter that closes it, or the current end."""
    if reported.current is None:
        return None
    months = 6 if phrase.half else phrase.months
    if months == 12:
        return reported.year(phrase.year)
    closing = {1: 2, 2: 4}.get(phrase.half, months // 3 if months in (6, 9) else 0)
    quarter = reported.quarter(closing, phrase.year) if closing else None
    if quarter is None and (phrase.year is not None or phrase.half):
        return None
    end = quarter.end if quarter else reported.current.end
    whole = phrase.to_date and not months and not phrase.weeks
    found = reported.to_date(end) if whole else reported.ending(end, months, phrase.weeks)
    earlier = found is not None and bool(phrase.relations & {"same", "year-ago"}) and phrase.year is None
    return reported.years_before(found, 1) if earlier and found is not None else found
