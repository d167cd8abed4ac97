"""Settles the scale of share counts: net income over earnings per share tells it where the words do not.

"($000's)" may or may not cover the share line; "except share data" is often said of counts printed in
thousands. The power of ten that the statement's own figures confirm is taken, and a change is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pressmark.finding import Finding, finding
from pressmark.statements.scales import label_power
from pressmark.statements.statement import LineItem, Measure, Statement, StatementKind, Value
from pressmark.statements.words import says

_POWERS = (0, 3, 6)


def settle(statement: Statement) -> Statement:
    """The statement with its share counts scaled as its earnings per share confirm; unchanged where they can't."""
    if statement.kind is not StatementKind.INCOME_STATEMENT:
        return statement
    net = next(
        (
            li
            for li in statement.lines
            if li.measure is Measure.MONEY and li.values and says("net-income", li.full_label)
        ),
        None,
    )
    each = [li for li in statement.lines if li.measure is Measure.PER_SHARE and li.values]
    if net is None or not each:
        return statement
    lines, findings = list(statement.lines), list[Finding]()
    for i, line in enumerate(lines):
        if line.measure is not Measure.SHARES or not line.values or line.parenthetical:
            continue
        if label_power(line.full_label) is not None:
            continue
        power = _confirmed(line, net, _beside(line, each))
        if power is not None and power != line.values[0].scale:
            lines[i] = replace(line, values=tuple(_rescaled(v, power) for v in line.values))
            message = f"{line.full_label!r} is read as 10^{power} shares: earnings per share confirm it"
            findings.append(finding("scale.shares", message, line.label.span))
    return replace(statement, lines=tuple(lines), findings=(*statement.findings, *findings))


def _beside(line: LineItem, each: Sequence[LineItem]) -> LineItem:
    """The per-share line of the same kind, basic or diluted."""
    diluted = says("diluted", line.full_label)
    return next((li for li in each if says("diluted", li.full_label) == diluted), each[0])


def _confirmed(line: LineItem, net: LineItem, each: LineItem) -> int | None:
    """The one power that fits within a factor of two in every column that can be checked."""
    powers: set[int | None] = set()
    for value in line.values:
        income, per = _at(net, value.column), _at(each, value.column)
        if income is None or per is None or not value.printed or abs(per.printed) < Decimal("0.04"):
            continue
        ratio = abs(income.amount / per.printed / value.printed)
        powers.add(next((p for p in _POWERS if Decimal("0.5") < ratio.scaleb(-p) < 2), None))
    return powers.pop() if len(powers) == 1 else None


def _at(line: LineItem, column: int) -> Value | None:
    return next((v for v in line.values if v.column == column), None)


def _rescaled(value: Value, power: int) -> Value:
    return value._replace(scale=power, decimals=value.decimals + value.scale - power)
