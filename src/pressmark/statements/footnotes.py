"""Footnotes below a statement that break a line of it down: told by the mark that the line carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pressmark.statements.labels import BRACKETED_MARK, MARK_SIGN

_MARKS = re.compile(rf"{BRACKETED_MARK}|{MARK_SIGN}+")


@dataclass(slots=True)
class Footnotes:
    """The marks that the labels carry so far, and the headings that begin with one of them."""

    _marks: set[str] = field(default_factory=set)
    _headings: set[str] = field(default_factory=set)

    def read(self, text: str) -> bool:
        """Takes a label as printed; True where it begins with a mark that a label above carries."""
        found = list(_MARKS.finditer(text.lower()))
        begins = bool(found) and not text[: found[0].start()].strip()
        opens = begins and found[0][0] in self._marks
        self._marks.update(match[0] for match in found[begins:])
        return opens

    def open(self, heading: str) -> None:
        """Takes the heading of a breakdown, as the lines below it have it among their sections."""
        self._headings.add(heading)

    def hold(self, sections: tuple[str, ...]) -> bool:
        """True for a line in a breakdown."""
        return not self._headings.isdisjoint(sections)
