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
_LOOSE = 2
"""How many times the count may be off: dividends on preferred shares stand between net income and what is shared."""
_MOST_SHARES = Decimal(10**10)
"""A company whose every amount is a smaller number than its count of shares has no more of them."""


def settle(statement: Statement) -> Statement:
    """The statement with its share counts scaled as its earnings per share confirm; unchanged where they can't."""
    if statement.kind is not StatementKind.INCOME_STATEMENT:
        return statement
    money = [li for li in statement.lines if li.measure is Measure.MONEY and li.values]
    nets = [li for li in money if says("net-income", li.full_label)]
    net = _whole(nets) if nets else None
    each = [li for li in statement.lines if li.measure is Measure.PER_SHARE and li.values]
    largest = max((abs(v.printed) for li in money for v in li.values), default=Decimal(0))
    beside = {diluted: _beside(each, diluted=diluted) for diluted in (False, True)} if each else {}
    lines, findings = list(statement.lines), list[Finding]()
    for i, line in enumerate(lines):
        if line.measure is not Measure.SHARES or not line.values or line.parenthetical:
            continue
        if label_power(line.full_label) is not None:
            continue
        power, why = None, "earnings per share confirm it"
        if net is not None and each:
            power = _confirmed(line, net, beside[says("diluted", line.full_label)])
        if power is None and all(abs(v.printed) > largest and abs(v.amount) > _MOST_SHARES for v in line.values):
            power, why = 0, f"10^{line.values[0].scale} would be more than there can be"
        if power is not None and power != line.values[0].scale:
            lines[i] = replace(line, values=tuple(_rescaled(v, power) for v in line.values))
            message = f"{line.full_label!r} is read as 10^{power} shares: {why}"
            findings.append(finding("scale.shares", message, line.label.span))
    return replace(statement, lines=tuple(lines), findings=(*statement.findings, *findings))


def _beside(each: Sequence[LineItem], *, diluted: bool) -> LineItem:
    """The per-share line of net income that is diluted, or is not."""
    same = [li for li in each if says("diluted", li.full_label) == diluted] or each
    return _whole([li for li in same if says("net-income", li.label.text)] or same)


def _whole(lines: Sequence[LineItem]) -> LineItem:
    """The first line that is no part of net income, by the words of its label; else the first."""
    return next((li for li in lines if not says("part-of-earnings", li.full_label)), lines[0])


def _confirmed(line: LineItem, net: LineItem, each: LineItem) -> int | None:
    """The one power that fits in every column that any power fits, and that is no fewer than the others."""
    fits = [found for value in line.values if (found := _fitting(value, net, each)) is not None]
    fitting = [powers for powers in fits if powers]
    common = set.intersection(*fitting) if fitting else set()
    return common.pop() if len(common) == 1 and len(fitting) * 2 >= len(fits) else None


def _fitting(value: Value, net: LineItem, each: LineItem) -> set[int] | None:
    """The powers that earnings per share, as rounded as they are, allow for a count; None where nothing is told."""
    income, per = _at(net, value.column), _at(each, value.column)
    if income is None or per is None or not income.printed or not value.printed or per.dash:
        return None
    half, near = _half(per), abs(per.amount)
    least = max(abs(income.amount) - _half(income), Decimal(0)) / (near + half) / _LOOSE
    most = (abs(income.amount) + _half(income)) / (near - half) * _LOOSE if near > half else None
    counts = ((p, abs(value.printed).scaleb(p)) for p in _POWERS)
    return {p for p, count in counts if least <= count and (most is None or count <= most)}


def _half(value: Value) -> Decimal:
    """Half a unit of the last digit that is printed."""
    return Decimal(5).scaleb(-value.decimals - 1)


def _at(line: LineItem, column: int) -> Value | None:
    return next((v for v in line.values if v.column == column), None)


def _rescaled(value: Value, power: int) -> Value:
    return value._replace(scale=power, decimals=value.decimals + value.scale - power)
