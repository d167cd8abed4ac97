"""Tells which statement of a kind is the one to tag where a release states it more than once.

The full one is kept: not a summary, with more lines, the first. Another of the same kind that shares a
period is left out: a pure repeat, or other figures for a period that is already stated. One that restates
earlier periods is kept too where it says the same of the periods that both have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pressmark.period import Period
from pressmark.statements.statement import Skipped, Statement
from pressmark.statements.words import says


def leave_out_repeats(statements: Sequence[Statement], summaries: Sequence[bool]) -> tuple[Statement, ...]:
    """The statements in their order; `summaries` says of each whether its title calls it highlights or selected."""
    order = sorted(
        (i for i, s in enumerate(statements) if s.gaap and s.columns),
        key=lambda i: (summaries[i], -_size(statements[i]), i),
    )
    kept: list[int] = []
    made = list(statements)
    for i in order:
        own = statements[i]
        same = [statements[k] for k in kept if statements[k].kind is own.kind]
        if any(_periods(own) & _periods(other) for other in same) and not _restates(own, same):
            made[i] = without_values(own, _reason(own, same))
        else:
            kept.append(i)
    return tuple(made)


def without_values(statement: Statement, reason: str) -> Statement:
    """The statement left out: all its values become skipped cells."""
    values = [v for line in statement.lines if not line.parenthetical for v in line.values]
    moved = tuple(Skipped(v.text, v.span, reason) for v in values)
    return replace(
        statement, lines=(), totals=(), skipped=(*moved, *statement.skipped), gaap=False, reason=reason, findings=()
    )


def _restates(own: Statement, same: Sequence[Statement]) -> bool:
    """Whether a column head says that periods which stand nowhere else are restated, and the others agree."""
    stated = {(v.period, abs(v.amount)) for s in same for line in s.lines for v in line.values}
    known = {period for period, _ in stated}
    if not any(c.period and c.period not in known and says("restated", c.head) for c in own.columns):
        return False
    shared = [v for line in own.lines for v in line.values if v.period in known and v.printed]
    return sum((v.period, abs(v.amount)) in stated for v in shared) * 10 >= len(shared) * 9


def _reason(own: Statement, same: Sequence[Statement]) -> str:
    stated = {(v.period, abs(v.amount)) for s in same for line in s.lines for v in line.values}
    mine = {(v.period, abs(v.amount)) for line in own.lines for v in line.values if v.printed}
    if len(mine & stated) * 10 >= len(mine) * 6:
        return "repeats figures of the full statement"
    return "another statement of the same kind and period stands in the release"


def _periods(statement: Statement) -> set[Period]:
    return {c.period for c in statement.columns if c.period is not None}


def _size(statement: Statement) -> int:
    return sum(1 for line in statement.lines if line.values)
