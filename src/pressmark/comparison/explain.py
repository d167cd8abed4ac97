"""Says of each fact that two sources state differently what kind of difference it is, and why.

The ladder for two values, the first that fits: two lines have each other's values; most values of a column are a
power of ten apart, or those of another period; shares and per-share amounts scale by one factor (a split); lines under
one total took the difference from one another; a source says itself that it restated; a total moved with its lines;
lines of no total cancel out; a per-share amount follows income and shares; the amounts differ in sign alone. Nothing
fits: the sources contradict each other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pressmark.comparison.columns import columns, split, swapped
from pressmark.comparison.difference import Difference, Kind
from pressmark.comparison.lines import accounts, loose, reclassified, restated, unexplained
from pressmark.comparison.pairs import Pairs, rounding, same, step
from pressmark.comparison.source import Source, Stated
from pressmark.comparison.verdicts import Line, Pair, Verdicts, line_of
from pressmark.statements.statement import Measure


def explained(older: Source, newer: Source, pairs: Pairs) -> tuple[Difference, ...]:
    """Every pair whose values differ beyond rounding, and every fact that one side alone states, with its kind."""
    differing = [(a, b) for a, b in pairs.both if not _equal(a, b)]
    opened = accounts(older, newer, differing, pairs)
    said = Verdicts()
    swapped(differing, said)
    columns(differing, older, newer, said)
    split(pairs.both, differing, said)
    reclassified(opened, said)
    _words(differing, unexplained(opened), said)
    restated(opened, said)
    loose(opened, older, newer, differing, said)
    _follows(older, newer, differing, said)
    found = [_pair(a, b, said) for a, b in differing]
    found += [_lonely(f, None, Kind.GONE, newer, said) for f in pairs.gone]
    found += [_lonely(None, f, Kind.NEW, older, said) for f in pairs.new]
    return tuple(found)


def _equal(one: Stated, other: Stated) -> bool:
    """Whether two values are one; where the concepts differ, the sign may be that of the other concept."""
    turned = one.name != other.name and same(one, replace(other, value=-other.value))
    return turned or same(one, other) or rounding(one, other)


def _pair(older: Stated, newer: Stated, said: Verdicts) -> Difference:
    kind, why, cause = said.said.get(line_of(older), (Kind.CONTRADICTORY, "", 0))
    if kind is Kind.CONTRADICTORY and not why and older.value == -newer.value:
        return Difference(Kind.SIGN, older, newer, "the amounts differ in their sign alone")
    if not why:
        why = "no other line took the difference, and no total moved with it"
    return Difference(kind, older, newer, why, cause)


def _lonely(older: Stated | None, newer: Stated | None, kind: Kind, other: Source, said: Verdicts) -> Difference:
    fact = older or newer
    assert fact is not None  # noqa: S101 - one of the two is there
    found, why, cause = said.said.get(line_of(fact), (kind, "", 0))
    narrowed = other.narrowed.get((fact.period, fact.unit, fact.value))
    if not why and narrowed is not None:
        why = f"the filing has the amount with a dimension, under {narrowed.concept}"
    return Difference(found, older, newer, why, cause)


def _words(differing: Sequence[Pair], wrong: Collection[Line], said: Verdicts) -> None:
    """What the sources say themselves, but for a line that its totals do not follow: a restatement foots."""
    for a, b in differing:
        words = b.restated or a.restated
        if words and line_of(a) not in wrong:
            said.say([line_of(a)], Kind.RESTATED, f"the source says “{words}”")


def _follows(older: Source, newer: Source, differing: Sequence[Pair], said: Verdicts) -> None:
    """Per-share amounts whose income or shares have changed, and shares without dilution where income became a loss."""
    changed = {line_of(a) for a, _ in differing}
    for a, b in differing:
        before = _quotient(older, a) if a.per_share else None
        after = _quotient(newer, b) if b.per_share else None
        moved = [f for f in before or () if line_of(f) in changed]
        if moved and after is not None:
            said.say([line_of(a)], Kind.RESTATED, f"it follows {' and '.join(f'“{f.label}”' for f in moved)}")
        if a.unit == Measure.SHARES and (loss := _turned(a, differing)) is not None:
            basic = any(f.unit == a.unit and f.period == b.period and f is not b and same(f, b) for f in newer.facts)
            if basic:
                said.say([line_of(a)], Kind.RESTATED, f"nothing dilutes a loss, and “{loss.label}” is one now")


def _turned(shares: Stated, differing: Sequence[Pair]) -> Stated | None:
    """A line of the shares' statement and period that was a gain and is a loss now."""
    here = ((a, b) for a, b in differing if (a.statement, a.period) == (shares.statement, shares.period) and a.money)
    return next((b for a, b in here if b.value < 0 <= a.value), None)


def _quotient(source: Source, amount: Stated) -> Pair | None:
    """Income and shares of the same statement and period whose quotient is the per-share amount.

    The income that stands nearest above is meant where several lines would do.
    """
    there = [f for f in source.facts if f.statement == amount.statement and f.period == amount.period]
    above = there[: there.index(amount)]
    for income in (f for f in reversed(above) if f.money and f.value):
        for shares in (f for f in there if f.unit == Measure.SHARES and f.value):
            if abs(income.value / shares.value - amount.value) <= step(amount):
                return income, shares
    return None
