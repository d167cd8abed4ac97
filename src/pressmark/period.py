"""Periods as XBRL knows them (XBRL 2.1, section 4.7.2): an instant or a span of whole days."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

_MONTH = 30.4375
_NEARLY = 4
"""So many days a number of weeks may differ from the months it stands for."""


class Period(NamedTuple):
    """`end` is the last day, inclusive; `start` is the first day, or None for an instant (end of that day)."""

    end: date
    start: date | None = None

    @property
    def instant(self) -> bool:
        """True for a point in time."""
        return self.start is None

    @property
    def days(self) -> int:
        """Length in days; 0 for an instant."""
        return 0 if self.start is None else (self.end - self.start).days + 1

    def __str__(self) -> str:
        return f"{self.start}/{self.end}" if self.start else f"{self.end}"

    @property
    def words(self) -> str:
        """The period as people say it: "3 months to 2004-03-31", or the day of an instant."""
        if self.start is None:
            return f"{self.end}"
        months = round(self.days / _MONTH)
        if months > 0 and abs(self.days - months * _MONTH) <= _NEARLY:
            count, name = months, "month"
        else:
            count, name = (self.days, "day") if self.days % 7 else (self.days // 7, "week")
        return f"{count} {name}{'s' * (count != 1)} to {self.end}"
