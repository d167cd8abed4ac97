"""Which lines of a flow statement state a balance: opening and closing cash, retained earnings carried forward."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from pressmark.dates import Mention, mentions
from pressmark.fiscal import DAY
from pressmark.period import Period
from pressmark.statements.measures import named_measure
from pressmark.statements.statement import Measure, StatementKind
from pressmark.statements.words import says


class Moment(Enum):
    """When the balance of a line stands: not at all, before the column's period, at its end, on a named day."""

    NONE = 0
    OPENING = 1
    CLOSING = 2
    NAMED = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """The moment of a line, decided once for its row; `days` are the dates that its label names."""

    moment: Moment
    days: tuple[Mention, ...] = ()

    def period(self, column: Period) -> Period:
        """The period of the line's value in a column of that period; the first day's balance is the day before's."""
        if column.start is None or self.moment is Moment.NONE:
            return column
        if self.moment is Moment.OPENING:
            return Period(column.start - DAY)
        if self.moment is Moment.CLOSING:
            return Period(column.end)
        before = column.start - DAY
        for day, instant in ((column.end, column.end), (before, before), (column.start, before)):
            if any((m.month, m.day) == (day.month, day.day) and m.year in (None, day.year) for m in self.days):
                return Period(instant)
        return column


@lru_cache(maxsize=4096)
def standing(kind: StatementKind, full: str, held: tuple[str, ...]) -> Standing:
    """What a line's full label and sections say of its moment; balance sheets have none, their columns are days."""
    if kind is StatementKind.CASH_FLOW:
        return _of_cash(full, held[-1] if held else "")
    if kind is StatementKind.INCOME_STATEMENT:
        if says("carried-balance", full):
            return _by_words(full) or Standing(Moment.CLOSING)
        if says("closing", full) and named_measure(full) is Measure.SHARES:
            return Standing(Moment.CLOSING)
    return Standing(Moment.NONE)


def _of_cash(full: str, about: str) -> Standing:
    if says("cash", full) or "cash" in about.lower():
        told = _by_words(full)
        if told is not None:
            return told
        days = tuple(m for m in mentions(full) if m.month is not None and m.day is not None)
        if days:
            return Standing(Moment.NAMED, days)
    return Standing(Moment.CLOSING if says("cash-reconciled", about) else Moment.NONE)


def _by_words(full: str) -> Standing | None:
    if says("opening", full):
        return Standing(Moment.OPENING)
    return Standing(Moment.CLOSING) if says("closing", full) else None
