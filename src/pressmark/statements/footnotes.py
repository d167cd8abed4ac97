"""Footnotes below a statement that break a line of it down: told by the mark that the line carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARK = re.compile(r"(?<!\$)\((?:\d{1,2}|[a-z]|\*+)\)|\[\d{1,2}\]|\*+|[†‡§¹²³⁴⁵]+", re.IGNORECASE)


@dataclass(slots=True)
class Footnotes:
    """The marks that the labels carry so far, and the headings that begin with one of them."""

    _marks: set[str] = field(default_factory=set)
    _headings: set[str] = field(default_factory=set)

    def read(self, text: str) -> bool:
        """Takes a label as printed; True where it begins with a mark that a label above carries."""
        found = list(_MARK.finditer(text))
        begins = bool(found) and not text[: found[0].start()].strip()
        opens = begins and found[0][0] in self._marks
        self._marks.update(match[0] for match in found[begins:])
        return opens

    def open(self, heading: str) -> None:
        """Takes the heading of a breakdown."""
        self._headings.add(heading.strip().rstrip(": "))

    def hold(self, sections: tuple[str, ...]) -> bool:
        """True for a line in a breakdown."""
        return not self._headings.isdisjoint(sections)
