"""Doubts that one statement raises by itself: cells that seem swapped, columns a thousandfold apart.

Footing can't see either: two parts of a sum may change places, and a column in another scale still adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from math import log
from typing import NamedTuple

from pressmark.finding import Finding, finding
from pressmark.statements.statement import LineItem, Measure, Statement, StatementKind, Value

_MONTH = 365.25 / 12
_FAR = 3.0
"""How far apart two values of different sign count, as if one were twenty times the other."""
_APART = 1.2
"""How far (in logarithms, both rows together) the cells are from the other columns, at least."""
_SWAPPED, _SWAPPED_VOLATILE = 0.25, 0.15
"""The part of it that is left once swapped, at most."""
_VOLATILE = (StatementKind.CASH_FLOW, StatementKind.COMPREHENSIVE_INCOME)
"""Where lines turn their sign from one period to the next, so that a sign says nothing, and amounts say less."""
_THOUSANDFOLD = log(100)
_LEAST_ROWS = 3


class _Seen(NamedTuple):
    """A value other than zero: the logarithm of its amount, its sign, the length of its period in months."""

    log: float
    negative: bool
    months: int


_Row = tuple[LineItem, dict[int, _Seen]]


def _seen(line: LineItem) -> dict[int, _Seen]:
    """The values of a line by column, zeros left out."""
    return {
        v.column: _Seen(log(abs(v.amount)), v.printed < 0, round(v.period.days / _MONTH))
        for v in line.values
        if v.printed
    }


def with_doubts(statement: Statement) -> Statement:
    """The statement with `cells.swapped` and `scale.doubtful` findings."""
    if not statement.gaap:
        return statement
    rows = [(x, _seen(x)) for x in statement.lines if x.values and not x.parenthetical]
    found = (*_swaps(statement, rows), *_jumps(statement, rows))
    return replace(statement, findings=(*statement.findings, *found)) if found else statement


def _swaps(statement: Statement, rows: Sequence[_Row]) -> Iterator[Finding]:
    """Two cells, one below the other, that fit their rows much better the other way round."""
    summed = {t.line for t in statement.totals}
    columns = [c.index for c in statement.columns]
    volatile = statement.kind in _VOLATILE
    for (one, upper), (other, lower) in pairwise(rows):
        if one.measure is not other.measure or one.index in summed or other.index in summed:
            continue
        shared = [(c, upper[c], lower[c]) for c in columns if c in upper and c in lower]
        column = min((cell[0] for cell in shared if _swapped(cell, shared, volatile=volatile)), default=None)
        if column is not None:
            a, b = _at(one, column), _at(other, column)
            message = (
                f"“{one.label.text}” {a.text.strip()} and “{other.label.text}” {b.text.strip()} would fit the "
                "other columns better the other way round"
            )
            yield finding("cells.swapped", message, a.span)


def _swapped(cell: tuple[int, _Seen, _Seen], shared: Sequence[tuple[int, _Seen, _Seen]], *, volatile: bool) -> bool:
    """Whether two cells are far from their rows' other columns of like length, and near those of the other row."""
    as_is: list[float] = []
    crossed: list[float] = []
    column, a, b = cell
    for beside, c, d in shared:
        if beside == column or c.months != a.months:
            continue
        if volatile and not a.negative == b.negative == c.negative == d.negative:
            continue
        as_is.append(_distance(a, c) + _distance(b, d))
        crossed.append(_distance(a, d) + _distance(b, c))
    if not as_is:
        return False
    apart, swapped = sum(as_is) / len(as_is), sum(crossed) / len(crossed)
    return apart > _APART and swapped < (_SWAPPED_VOLATILE if volatile else _SWAPPED) * apart


def _jumps(statement: Statement, rows: Sequence[_Row]) -> Iterator[Finding]:
    """Columns of which one is far above the other in every row of one measure."""
    columns = [c.index for c in statement.columns if c.period is not None]
    for measure in (Measure.MONEY, Measure.SHARES, Measure.PER_SHARE):
        own = [(x, seen) for x, seen in rows if x.measure is measure]
        for one, other in combinations(columns, 2):
            both = [(x, seen[one].log - seen[other].log) for x, seen in own if one in seen and other in seen]
            if len(both) < (_LEAST_ROWS if measure is Measure.MONEY else 1):
                continue
            apart = [distance for _, distance in both]
            if min(apart) > _THOUSANDFOLD or max(apart) < -_THOUSANDFOLD:
                a, b = _at(both[0][0], one), _at(both[0][0], other)
                message = (
                    f"{statement.title or 'a statement'}: the column with {a.text.strip()} is of another scale "
                    f"than that with {b.text.strip()}"
                )
                yield finding("scale.doubtful", message, a.span)


def _at(line: LineItem, column: int) -> Value:
    return next(v for v in line.values if v.column == column)


def _distance(a: _Seen, b: _Seen) -> float:
    return _FAR if a.negative != b.negative else abs(a.log - b.log)
