"""Says where a statement does not foot: the line, the difference, and the cell that one digit would mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pressmark.finding import Finding, finding
from pressmark.statements.statement import LineItem, Measure, Statement, StatementKind, Total, Value
from pressmark.statements.words import says

_LEAST = 2


def footing_findings(statement: Statement) -> tuple[Finding, ...]:
    """`footing.inconsistent` for each column in which a total fails, `footing.rounding` where it is within rounding.

    `footing.none` where a line is named a total and is none.
    """
    found: list[Finding] = []
    for total in statement.totals:
        found.extend(_told(statement, total, column, "footing.inconsistent") for column in total.fails)
        found.extend(_told(statement, total, column, "footing.rounding") for column in total.rounds)
    found.extend(_no_sum(statement))
    if statement.kind is StatementKind.BALANCE_SHEET:
        found.extend(_balance(statement))
    return tuple(found)


def _no_sum(statement: Statement) -> Iterator[Finding]:
    """`footing.none` for each line that is named a total, stands below two lines or more, and sums nothing.

    A statement in which nothing adds up is an excerpt ("Selected cash flow information"); a line that adds up with
    the one above it is condensed ("Total inventories" between receivables and prepaid expenses).
    """
    sums = {t.line for t in statement.totals}
    within = {part: t.line for t in statement.totals if not t.fails for part, _ in t.parts}
    open_: list[LineItem] = []
    for line in statement.lines if sums else ():
        if line.measure is not Measure.MONEY or not line.values or line.parenthetical:
            continue
        if line.index in sums:
            taken = {part for t in statement.totals if t.line == line.index for part, _ in t.parts}
            open_ = [x for x in open_ if x.index not in taken]
        elif len(open_) >= _LEAST and _says_sum(line) and not _beside(line.index, open_[-1].index, within):
            message = f"{_name(statement, line)} is a total by its name, but no lines above it add up to it"
            yield finding("footing.none", message, line.values[0].span)
        if statement.kind is StatementKind.BALANCE_SHEET and says("total-assets", line.label.text):
            open_ = []
        else:
            open_.append(line)


def _says_sum(line: LineItem) -> bool:
    return says("sum", line.label.text) and any(v.printed for v in line.values)


def _beside(line: int, above: int, within: Mapping[int, int]) -> bool:
    """Whether a line, or a total that it goes into, and the one above it are parts of one total (`within`, by part)."""
    while line in within:
        line = within[line]
        if within.get(above) == line:
            return True
    return False


def _told(statement: Statement, total: Total, column: int, code: str) -> Finding:
    line = statement.lines[total.line]
    value = _value(line, column)
    terms = [(statement.lines[i], weight, _value(statement.lines[i], column)) for i, weight in total.parts]
    summed = sum((w * v.printed.scaleb(v.scale) for _, w, v in terms if v is not None), Decimal(0))
    shown = value.amount if value is not None else Decimal(0)
    scale = value.scale if value is not None else 0
    message = (
        f"{_name(statement, line)}, {_head(statement, column)}: printed {_plain(shown, scale)}, "
        f"its {len(terms)} lines add up to {_plain(summed, scale)}, a difference of {_plain(shown - summed, scale)}"
    )
    if code == "footing.inconsistent":
        likely = list(_likely(line, value, terms, shown - summed))
        if likely:
            message += "; one digit would mend it: " + " or ".join(likely[:3])
    return finding(code, message, value.span if value is not None else line.label.span)


def _likely(
    line: LineItem, value: Value | None, terms: Sequence[tuple[LineItem, int, Value | None]], off: Decimal
) -> Iterator[str]:
    """The cells for which the difference is that of a single digit, with what they would then say."""
    cells = [(line, value, -off)] + [(li, v, w * off) for li, w, v in terms]
    for item, cell, change in cells:
        if cell is None:
            continue
        mended = cell.printed + change.scaleb(-cell.scale)
        if mended.adjusted() - cell.printed.adjusted() > 1:
            continue
        mended = mended.quantize(cell.printed)
        if _one_digit(cell.printed, mended):
            yield f"{item.full_label or 'the line without a label'!r} {cell.text.strip()} as {mended:,f}"


def _one_digit(a: Decimal, b: Decimal) -> bool:
    if (a < 0) != (b < 0):
        return False
    one, two = f"{abs(a):f}", f"{abs(b):f}"
    return len(one) == len(two) and sum(x != y for x, y in zip(one, two, strict=True)) == 1


def _balance(statement: Statement) -> Iterator[Finding]:
    """Assets = liabilities and equity, in every column that states both."""
    assets = next((li for li in statement.lines if li.values and says("total-assets", li.label.text)), None)
    if assets is None:
        return
    claims = [
        li
        for li in statement.lines[assets.index + 1 :]
        if li.values and not li.parenthetical and says("total-claims", li.label.text)
    ]
    if not claims:
        return
    for value in assets.values:
        other = _value(claims[-1], value.column)
        if other is not None and other.amount != value.amount:
            message = (
                f"{_name(statement, claims[-1])}, {_head(statement, value.column)}: printed "
                f"{_plain(other.amount, other.scale)}, but {assets.full_label!r} is {_plain(value.amount, value.scale)}"
            )
            yield finding("footing.inconsistent", message, other.span)


def _value(line: LineItem, column: int) -> Value | None:
    return next((v for v in line.values if v.column == column), None)


def _name(statement: Statement, line: LineItem) -> str:
    label = line.full_label or f"the line without a label at {line.label.span.line}"
    return f"{label!r} of {statement.title or statement.kind.value} (line {line.label.span.line})"


def _head(statement: Statement, column: int) -> str:
    period = next((c.period for c in statement.columns if c.index == column), None)
    return f"column {period}" if period is not None else f"column {column + 1}"


def _plain(amount: Decimal, scale: int) -> str:
    return f"{amount.scaleb(-scale).normalize():,f}"
