"""Tells differences by their pattern: two lines swapped, a column's scale or period, a stock split."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pressmark.comparison.difference import Kind
from pressmark.comparison.pairs import same, step
from pressmark.comparison.source import Source
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


def columns(differing: Sequence[Pair], older: Source, said: Verdicts) -> None:
    """A whole column that is at another scale, or that holds another period's values."""
    columns: dict[tuple[str, Period], list[Pair]] = {}
    for a, b in differing:
        if a.money and a.statement:
            columns.setdefault((a.statement, a.period), []).append((a, b))
    for pairs in columns.values():
        powers = [_power(a.value, b.value) for a, b in pairs]
        for power in dict.fromkeys(p for p in powers if p):
            alike = [pair for pair, p in zip(pairs, powers, strict=True) if p == power]
            if len(alike) >= LEAST and len(alike) * 2 > len(pairs):
                factor = f"{Decimal(1).scaleb(abs(power)):,f}"
                why = f"{len(alike)} values of the column differ by a factor of {factor}: look at the scale"
                said.say([line_of(a) for a, _ in alike], Kind.CONTRADICTORY, why)
        others = dict.fromkeys(f.period for f in older.facts if f.period != pairs[0][0].period)
        for period in others:
            alike = [(a, b) for a, b in pairs if (o := older.by_key.get((a.name, period, a.unit))) and same(o, b)]
            if len(alike) >= LEAST and len(alike) * 2 > len(pairs):
                why = f"{len(alike)} values of the column are those of {period}: look at the column's period"
                said.say([line_of(a) for a, _ in alike], Kind.CONTRADICTORY, why)


def _power(one: Decimal, other: Decimal) -> int:
    """The power of ten between two values, 0 where they are not one apart."""
    if not one or not other:
        return 0
    power = other.adjusted() - one.adjusted()
    return power if power and one.scaleb(power) == other else 0


def split(differing: Sequence[Pair], said: Verdicts) -> None:
    """Share counts and per-share amounts that one factor carries from the older source to the newer."""
    shares = [(a, b) for a, b in differing if a.unit == Measure.SHARES and a.value and b.value]
    amounts = [(a, b) for a, b in differing if a.per_share]
    for factor in dict.fromkeys(_factor(a.value, b.value) for a, b in shares):
        times = Decimal(factor.numerator) / Decimal(factor.denominator)
        counts = [(a, b) for a, b in shares if abs(b.value - a.value * times) <= step(a, b) * (1 + times)]
        scaled = [(a, b) for a, b in amounts if abs(a.value - b.value * times) <= step(a, b) * (1 + times) / 2]
        if len(counts) + len(scaled) >= 2 and len(scaled) * 2 >= len(amounts):
            why = f"shares and per-share amounts scale by one factor, {factor.numerator} for {factor.denominator}"
            said.say([line_of(a) for a, _ in (*counts, *scaled)], Kind.SPLIT, why)


def _factor(older: Decimal, newer: Decimal) -> Fraction:
    """The ratio of two share counts as a fraction of small numbers, or one of them 1."""
    if newer < older:
        return 1 / _factor(newer, older)
    return Fraction(newer / older).limit_denominator(MOST_TERMS)
