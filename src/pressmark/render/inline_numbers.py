"""Tags the numbers of a release where they stand: which stretch, and how its words become the fact's value.

A tag states what is printed at its place, at the precision it is printed with, also where another place of the fact is
finer; the facts extracted are then complete or consistent duplicates of the one in the instance. A place is tagged
only where the words found there are read back as the number that was understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pressmark.numbers import parse_number
from pressmark.prose.figure import Figure
from pressmark.render.marks import Published, Stretch, number_in
from pressmark.report.extraction import Extraction
from pressmark.report.model import Fact
from pressmark.span import Span
from pressmark.statements.statement import Value

_ZEROS = frozenset(("nil", "no", "none", "zero"))
_COARSER = 2
"""A figure said to be approximate may be off by more than half its last digit: by so many digits at most."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed at one place of a fact: printed x 10^scale is its size, `decimals` its precision."""

    fact: Fact
    stretch: Stretch
    scale: int
    decimals: int | None
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
    values = _values(extraction)
    figures: dict[Span, list[Figure]] = {}
    for figure in extraction.figures:
        figures.setdefault(figure.span, []).append(figure)
    shared: dict[tuple[int, int], Printed] = {}
    for fact in extraction.report.facts:
        if not isinstance(fact.value, Decimal):
            continue
        seen = set()
        for place in fact.places:
            stretch = release.find(place)
            if stretch is None:
                continue
            found = _printed(fact, number_in(release, stretch), values.get(place, ()), figures.get(place, ()))
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


def _printed(
    fact: Fact, stretch: Stretch, values: list[Value] | tuple[()], figures: list[Figure] | tuple[()]
) -> Printed | None:
    """The fact's number at a stretch; None where the words there are not that number."""
    words = stretch.text.strip()
    number = parse_number(words)
    said = Decimal(0) if words.lower() in _ZEROS else abs(number.value) if number else None
    if said is None or any(c in words for c in "/½¼¾⅛⅜⅝⅞⅓⅔"):
        return None
    zero = not any(c.isdigit() for c in words) or "0-" in words.replace(" ", "")
    for scale, decimals in _readings(said, values, figures):
        found = Printed(fact, stretch, scale, decimals, zero)
        size = said.scaleb(scale)
        for coarser in range(_COARSER + 1 if figures else 1):
            coarse = replace(found, decimals=decimals - coarser)
            if _consistent(fact, -size if coarse.negative else size, coarse.decimals):
                return coarse
    return None


def _readings(
    said: Decimal, values: list[Value] | tuple[()], figures: list[Figure] | tuple[()]
) -> Iterator[tuple[int, int]]:
    """The scale and decimals of each value or figure that is printed as the number `said`."""
    for value in values:
        if abs(value.printed) == said:
            yield value.scale, value.decimals
    for figure in figures:
        size = abs(figure.value)
        scale = size.adjusted() - said.adjusted() if size and said else 0
        if said.scaleb(scale) == size:
            yield scale, figure.decimals


def _consistent(fact: Fact, value: Decimal, decimals: int | None) -> bool:
    """Whether a value is the fact's within what both leave open."""
    assert isinstance(fact.value, Decimal)  # noqa: S101 - the caller passes numeric facts
    slack = sum((Decimal(5).scaleb(-d - 1) for d in (decimals, fact.decimals) if d is not None), Decimal(0))
    same = decimals == fact.decimals
    return value == fact.value if same else abs(value - fact.value) <= slack
