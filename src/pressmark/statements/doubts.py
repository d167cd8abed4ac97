"""Doubts that one statement raises by itself: cells that seem swapped, columns a thousandfold apart.

Footing can't see either: two parts of a sum may change places, and a column in another scale still adds up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from math import log

from pressmark.finding import Finding, finding
from pressmark.statements.statement import LineItem, Measure, Statement, StatementKind, Value

_MONTH = 365.25 / 12
_FAR = 3.0
"""How far apart two values of different sign count, as if one were twenty times the other."""
_APART, _SWAPPED = 1.2, 0.25
_VOLATILE = (StatementKind.CASH_FLOW, StatementKind.COMPREHENSIVE_INCOME)
"""Where lines turn their sign from one period to the next, so that a sign says nothing."""
_THOUSANDFOLD = log(100)
_LEAST_ROWS = 3


def with_doubts(statement: Statement) -> Statement:
    """The statement with `cells.swapped` and `scale.doubtful` findings."""
    if not statement.gaap:
        return statement
    found = (*_swaps(statement), *_jumps(statement))
    return replace(statement, findings=(*statement.findings, *found)) if found else statement


def _swaps(statement: Statement) -> Iterator[Finding]:
    """Two cells, one below the other, that fit their rows much better the other way round."""
    summed = {t.line for t in statement.totals}
    rows = [x for x in statement.lines if x.values and not x.parenthetical]
    for one, other in pairwise(rows):
        if one.measure is not other.measure or one.index in summed or other.index in summed:
            continue
        for column in sorted({v.column for v in one.values} & {v.column for v in other.values}):
            if _swapped(statement, one, other, column):
                a, b = _at(one, column), _at(other, column)
                assert a is not None  # noqa: S101 - both rows have the column
                assert b is not None  # noqa: S101
                message = (
                    f"“{one.label.text}” {a.text.strip()} and “{other.label.text}” {b.text.strip()} would fit the "
                    "other columns better the other way round"
                )
                yield finding("cells.swapped", message, a.span)
                break


def _swapped(statement: Statement, one: LineItem, other: LineItem, column: int) -> bool:
    as_is: list[float] = []
    crossed: list[float] = []
    a, b = _at(one, column), _at(other, column)
    for beside in statement.columns:
        c, d = _at(one, beside.index), _at(other, beside.index)
        if beside.index == column or not (a and b and c and d) or _length(a) != _length(c):
            continue
        if not (a.printed and b.printed and c.printed and d.printed):
            continue
        if statement.kind in _VOLATILE and any((x.printed < 0) != (a.printed < 0) for x in (b, c, d)):
            continue
        as_is.append(_distance(a, c) + _distance(b, d))
        crossed.append(_distance(a, d) + _distance(b, c))
    if not as_is:
        return False
    apart, swapped = sum(as_is) / len(as_is), sum(crossed) / len(crossed)
    return apart > _APART and swapped < _SWAPPED * apart


def _jumps(statement: Statement) -> Iterator[Finding]:
    """Columns of which one is far above the other in every row of one measure."""
    columns = [c.index for c in statement.columns if c.period is not None]
    for measure in (Measure.MONEY, Measure.SHARES, Measure.PER_SHARE):
        rows = [x for x in statement.lines if x.measure is measure and x.values and not x.parenthetical]
        for one, other in combinations(columns, 2):
            pairs = [(_at(row, one), _at(row, other)) for row in rows]
            both = [(a, b) for a, b in pairs if a and b and a.printed and b.printed]
            least = _LEAST_ROWS if measure is Measure.MONEY else 1
            apart = [_log(a) - _log(b) for a, b in both]
            if len(both) >= least and (min(apart) > _THOUSANDFOLD or max(apart) < -_THOUSANDFOLD):
                a, b = both[0]
                message = (
                    f"{statement.title or 'a statement'}: the column with {a.text.strip()} is of another scale "
                    f"than that with {b.text.strip()}"
                )
                yield finding("scale.doubtful", message, a.span)


def _at(line: LineItem, column: int) -> Value | None:
    return next((v for v in line.values if v.column == column), None)


def _length(value: Value) -> int:
    return round(value.period.days / _MONTH)


def _log(value: Value) -> float:
    return log(abs(value.amount))


def _distance(a: Value, b: Value) -> float:
    return _FAR if (a.printed < 0) != (b.printed < 0) else abs(_log(a) - _log(b))
