"""Puts together the parts of one statement that stand in different tables: assets here, liabilities there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pressmark.statements.statement import Column, LineItem, Statement, StatementKind

_SECOND = {
    StatementKind.BALANCE_SHEET: (re.compile(r"^total assets\b"), re.compile(r"^total .*liabilities")),
    StatementKind.CASH_FLOW: (re.compile(r"operating activities"), re.compile(r"financing activities")),
}


def put_together(statements: Sequence[Statement], summaries: Sequence[bool]) -> tuple[list[Statement], list[bool]]:
    """The statements, each continuation joined to the one before; `summaries` is kept in step."""
    made: list[Statement] = []
    flags: list[bool] = []
    for statement, summary in zip(statements, summaries, strict=True):
        if made and _continues(made[-1], statement):
            made[-1] = _joined(made[-1], statement)
        else:
            made.append(statement)
            flags.append(summary)
    return made, flags


def _continues(first: Statement, second: Statement) -> bool:
    """The second half of a statement: same kind and periods, one half has what the other lacks."""
    if not (first.gaap and second.gaap) or first.kind is not second.kind or first.kind not in _SECOND:
        return False
    if _periods(first) != _periods(second):
        return False
    opening, closing = _SECOND[first.kind]
    one, two = _labels(first), _labels(second)
    has = [any(p.search(x) for x in labels) for labels in (one, two) for p in (opening, closing)]
    return has == [True, False, False, True] and len(one & two) * 3 < len(two)


def _joined(first: Statement, second: Statement) -> Statement:
    """The lines of both, the second's moved to the first's columns by their periods."""
    place = {c.period: c.index for c in first.columns if c.period is not None}
    moved = {c.index: place[c.period] for c in second.columns if c.period is not None}
    offset = len(first.lines)
    lines = tuple(_moved(line, offset, moved) for line in second.lines)
    return replace(
        first,
        lines=first.lines + lines,
        skipped=first.skipped + second.skipped,
        findings=first.findings + second.findings,
        numeric_cells=first.numeric_cells + second.numeric_cells,
    )


def _moved(line: LineItem, offset: int, columns: dict[int, int]) -> LineItem:
    values = tuple(v._replace(column=columns[v.column]) for v in line.values)
    of = None if line.of is None else line.of + offset
    return replace(line, index=line.index + offset, values=values, of=of)


def _periods(statement: Statement) -> set[Column]:
    return {replace(c, index=0, head="", skip="") for c in statement.columns if c.period is not None}


def _labels(statement: Statement) -> set[str]:
    return {line.label.text.lower() for line in statement.lines if line.values and not line.parenthetical}
