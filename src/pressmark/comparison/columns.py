"""Tells differences by their pattern: two lines swapped, a column's scale or period, a stock split."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pressmark.comparison.difference import Kind
from pressmark.comparison.pairs import same, step
from pressmark.comparison.source import Source, Stated
from pressmark.comparison.verdicts import Pair, Verdicts, line_of
from pressmark.period import Period
from pressmark.statements.statement import Measure

MOST_TERMS = 20
"""Splits are of small numbers: 3 for 2, 21 for 20 (a stock dividend of 5 %)."""
LEAST = 3
"""So many values must show one pattern before a whole column is said to."""


def swapped(differing: Sequence[Pair], said: Verdicts) -> None:
    """Two lines that have each other's values."""
    there = {(a.period, a.unit, a.value, b.value): a for a, b in differing if a.value}
    for a, b in differing:
        other = there.get((a.period, a.unit, b.value, a.value))
        if other is not None and other is not a:
            said.say([line_of(a)], Kind.CONTRADICTORY, f"“{a.label}” and “{other.label}” have each other's values")


def columns(differing: Sequence[Pair], older: Source, newer: Source, said: Verdicts) -> None:
    """A whole column that is at another scale, or that holds another period's values."""
    found: dict[tuple[str, Period], list[Pair]] = {}
    for a, b in differing:
        if a.money and a.statement:
            found.setdefault((a.statement, a.period), []).append((a, b))
    for pairs in found.values():
        powers = [_power(a.value, b.value) for a, b in pairs]
        for power in dict.fromkeys(p for p in powers if p):
            alike = [pair for pair, p in zip(pairs, powers, strict=True) if p == power]
            if len(alike) >= LEAST and len(alike) * 2 > len(pairs):
                factor = f"{Decimal(1).scaleb(abs(power)):,f}"
                why = f"{len(alike)} values of the column differ by a factor of {factor}: look at the scale"
                said.say([line_of(a) for a, _ in alike], Kind.CONTRADICTORY, why)
        for period in dict.fromkeys(f.period for f in (*older.facts, *newer.facts)):
            here = [(a, b) for a, b in pairs if a.period != period and _moved(a, b, period, older, newer)]
            if len(here) >= LEAST and len(here) * 2 > len(pairs):
                why = f"{len(here)} values of the column are those of {period}: look at the column's period"
                said.say([line_of(a) for a, _ in here], Kind.CONTRADICTORY, why)


def _moved(one: Stated, other: Stated, period: Period, older: Source, newer: Source) -> bool:
    """Whether a side's value of a line is the one that the other side gives for another period."""
    before, after = older.by_key.get((one.name, period, one.unit)), newer.by_key.get((other.name, period, other.unit))
    return bool((before and same(before, other)) or (after and same(after, one)))


def _power(one: Decimal, other: Decimal) -> int:
    """The power of ten between two values, 0 where they are not one apart."""
    if not one or not other:
        return 0
    power = other.adjusted() - one.adjusted()
    return power if power and one.scaleb(power) == other else 0


def split(pairs: Sequence[Pair], differing: Sequence[Pair], said: Verdicts) -> None:
    """Share counts and per-share amounts that one factor carries from the older source to the newer.

    Counts alone are a split only where no earnings per share say otherwise, and by a factor of small numbers.
    """
    counted = [(a, b) for a, b in differing if a.unit == Measure.SHARES and a.value and b.value]
    amounts = [(a, b) for a, b in differing if a.per_share]
    earnings = any(a.per_share and a.value and a.statement == "IS" for a, _ in pairs)
    for factor in dict.fromkeys(_factor(a.value, b.value) for a, b in counted):
        times = Decimal(factor.numerator) / Decimal(factor.denominator)
        shares = [(a, b) for a, b in counted if abs(b.value - a.value * times) <= step(a, b) * (1 + times)]
        scaled = [(a, b) for a, b in amounts if abs(a.value - b.value * times) <= step(a, b) * (1 + times) / 2]
        alone = not earnings and max(factor.numerator, factor.denominator) <= MOST_TERMS
        enough = len(shares) + len(scaled) > 1 and len(scaled) * 2 >= len(amounts)
        if factor != 1 and enough and (scaled or alone):
            why = f"shares and per-share amounts scale by one factor, {factor.numerator} for {factor.denominator}"
            said.say([line_of(a) for a, _ in (*shares, *scaled)], Kind.SPLIT, why)


def _factor(older: Decimal, newer: Decimal) -> Fraction:
    """The ratio of two share counts as a fraction of small numbers, or one of them 1."""
    if newer < older:
        return 1 / _factor(newer, older)
    return Fraction(newer / older).limit_denominator(MOST_TERMS)
