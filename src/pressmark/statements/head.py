"""What a column's head says of its period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pressmark.fiscal import month_end


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head as read. Unknown fields are None or 0; `skip` says why the column is left out.

    `begin` is the first day where the head states it: "period from inception (March 3, 1997) to June 30, 2003".
    """

    index: int
    text: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: int = 0
    weeks: int = 0
    quarter: int = 0
    half: int = 0
    to_date: bool = False
    fiscal: bool = False
    instant: bool = False
    derived: bool = False
    skip: str = ""
    begin: date | None = None

    @property
    def has_length(self) -> bool:
        """True where the head says how long the period is."""
        return bool(self.months or self.weeks or self.quarter or self.half or self.to_date or self.begin)

    @property
    def within_year(self) -> bool:
        """True where the length, of which no part of a year is named by number, is of less than a year."""
        return (0 < self.months < 12 or 0 < self.weeks < 52 or self.to_date) and not (self.quarter or self.half)

    @property
    def dated(self) -> bool:
        """True where the head names a year or a date."""
        return self.year is not None or self.month is not None


def full_date(head: Head) -> date | None:
    """The head's date when it is complete and exists."""
    if head.year is None or head.month is None:
        return None
    try:
        return date(head.year, head.month, head.day) if head.day else month_end(head.year, head.month)
    except ValueError:
        return None
