"""Tags the numbers of a release where they stand: which stretch, and how its words become the fact's value.

A tag states what is printed at its place, at the precision it is printed with, also where another place of the fact is
finer; the facts extracted are then complete or consistent duplicates of the one in the instance. A place is tagged
only where the words found there are read back as the number that was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pressmark.numbers import parse_number
from pressmark.render.marks import Published, Stretch, number_in
from pressmark.report.extraction import Extraction
from pressmark.report.model import Fact
from pressmark.span import Span
from pressmark.statements.statement import Value

_ZEROS = frozenset(("nil", "no", "none", "zero"))
_FRACTION = re.compile("[/½¼¾⅛⅜⅝⅞⅓⅔]")
_COARSER = 2
"""A figure said to be approximate may be off by more than half its last digit: by so many digits at most."""

_Stated = tuple[Decimal, int]


class Printed(NamedTuple):
    """A number as printed at one place of a fact: printed x 10^scale is its size, `decimals` its precision."""

    fact: Fact
    stretch: Stretch
    scale: int
    decimals: int
    zero: bool = False

    @property
    def format(self) -> str:
        """The transformation (Transformation Rules Registry 5) that reads the words."""
        return "ixt:fixed-zero" if self.zero else "ixt:num-dot-decimal"

    @property
    def negative(self) -> bool:
        """Whether the tag has to turn the number's sign."""
        return not self.zero and isinstance(self.fact.value, Decimal) and self.fact.value < 0


def printed_numbers(extraction: Extraction, release: Published) -> Iterator[Printed]:
    """Every place of a numeric fact that can be tagged, facts in their order, each stretch once for a fact.

    Facts of one stretch have the same unit, scale and format, as nested elements must (Inline XBRL 1.1, 10.1.1).
    """
    values, stated = _values(extraction), _stated(extraction)
    shared: dict[tuple[int, int], Printed] = {}
    for fact in extraction.report.facts:
        if not isinstance(fact.value, Decimal):
            continue
        seen = set()
        for place in fact.places:
            stretch = release.find(place)
            if stretch is None:
                continue
            found = _printed(fact, number_in(release, stretch), values.get(place, ()), stated.get(place, ()))
            if found is None or (at := (found.stretch.start, found.stretch.end)) in seen:
                continue
            outer = shared.setdefault(at, found)
            if (outer.scale, outer.zero, outer.fact.unit) == (found.scale, found.zero, fact.unit):
                seen.add(at)
                yield found


def _values(extraction: Extraction) -> Mapping[Span, list[Value]]:
    """The values of the statements by place; a place in a label may hold for several periods."""
    found: dict[Span, list[Value]] = {}
    for statement in extraction.report.statements:
        for line in statement.lines if statement.gaap else ():
            for value in line.values:
                found.setdefault(value.span, []).append(value)
    return found


def _stated(extraction: Extraction) -> Mapping[Span, list[_Stated]]:
    """The figures of the sentences by place: size and decimals."""
    found: dict[Span, list[_Stated]] = {}
    for figure in extraction.figures:
        found.setdefault(figure.span, []).append((abs(figure.value), figure.decimals))
    return found


def _printed(fact: Fact, stretch: Stretch, values: Sequence[Value], stated: Sequence[_Stated]) -> Printed | None:
    """The fact's number at a stretch; None where the words there are not that number."""
    words = stretch.text.strip()
    number = parse_number(words)
    said = Decimal(0) if words.lower() in _ZEROS else abs(number.value) if number else None
    if said is None or _FRACTION.search(words):
        return None
    zero = not any(map(str.isdigit, words)) or "0-" in words.replace(" ", "")
    for scale, decimals in _readings(said, values, stated):
        size = said.scaleb(scale)
        for coarser in range(_COARSER + 1 if stated else 1):
            found = Printed(fact, stretch, scale, decimals - coarser, zero)
            if _consistent(fact, -size if found.negative else size, decimals - coarser):
                return found
    return None


def _readings(said: Decimal, values: Sequence[Value], stated: Sequence[_Stated]) -> Iterator[tuple[int, int]]:
    """The scale and decimals of each value or figure that is printed as the number `said`."""
    for value in values:
        if abs(value.printed) == said:
            yield value.scale, value.decimals
    for size, decimals in stated:
        scale = size.adjusted() - said.adjusted() if size and said else 0
        if said.scaleb(scale) == size:
            yield scale, decimals


def _consistent(fact: Fact, value: Decimal, decimals: int) -> bool:
    """Whether a value is the fact's within what both leave open."""
    assert isinstance(fact.value, Decimal)  # noqa: S101 - the caller passes numeric facts
    if decimals == fact.decimals:
        return value == fact.value
    slack = sum((Decimal(5).scaleb(-d - 1) for d in (decimals, fact.decimals) if d is not None), Decimal(0))
    return abs(value - fact.value) <= slack
