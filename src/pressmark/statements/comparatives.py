"""Holds the periods of columns against each other: within a statement, and with the release's other statements.

Comparatives stand whole quarters apart, a year at most (Regulation S-X, 3-01, 3-02, 10-01(c)), and all statements of a
release end on one day. A column that doesn't fit has a head that was misread or misprinted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from pressmark.finding import Finding, finding
from pressmark.period import Period
from pressmark.statements.statement import Statement

_QUARTER = 365.25 / 4
_NEAR = 9
_WEEKS = 28
"""A year of weeks may be parted in 12, 12, 12 and 16 of them."""
_MONTH = 365.25 / 12


def with_period_findings(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with `period.odd` where a column's period does not fit the others'."""
    last = {n: max(p.end for p in _periods(s)) for n, s in enumerate(statements) if s.gaap and _periods(s)}
    common = _common(list(last.values()))
    made = []
    for number, statement in enumerate(statements):
        found = list(_gaps(statement)) if statement.gaap else []
        if number in last and last[number] not in common:
            said = f"ends on {last[number]}, other statements of the release on {', '.join(map(str, sorted(common)))}"
            found.append(_odd(statement, said))
        made.append(replace(statement, findings=(*statement.findings, *found)) if found else statement)
    return tuple(made)


def _periods(statement: Statement) -> list[Period]:
    return [c.period for c in statement.columns if c.period is not None]


def _common(ends: Sequence[date]) -> set[date]:
    """The day on which most statements end; none where as many end on another."""
    ranked = Counter(ends).most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
        return set()
    return {day for day, _ in ranked[:1]}


def _gaps(statement: Statement) -> Iterator[Finding]:
    """Neighbouring columns of one length that are not whole quarters apart, or more than a year."""
    lengths: dict[int, list[Period]] = {}
    for period in _periods(statement):
        lengths.setdefault(round(period.days / _MONTH), []).append(period)
    for months, periods in lengths.items():
        for later, earlier in pairwise(sorted(periods, reverse=True)):
            days = (later.end - earlier.end).days
            quarters = round(days / _QUARTER)
            apart = abs(days - quarters * _QUARTER) <= _NEAR or days % _WEEKS == 0
            if not apart or not max(1, months // 3) <= quarters <= 4:
                yield _odd(statement, f"has columns for {later} and {earlier}, which are no comparatives")


def _odd(statement: Statement, said: str) -> Finding:
    return finding("period.odd", f"{statement.title or 'a statement'} {said}", statement.span)
