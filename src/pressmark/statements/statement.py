"""A financial statement as understood: kind, columns with periods, line items with values. No concepts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pressmark.finding import Finding
from pressmark.period import Period
from pressmark.span import Span, Text


class StatementKind(StrEnum):
    """The primary statements, by the codes the concept table uses, and everything else."""

    BALANCE_SHEET = "BS"
    INCOME_STATEMENT = "IS"
    CASH_FLOW = "CF"
    COMPREHENSIVE_INCOME = "CI"
    EQUITY = "EQ"
    OTHER = "OTHER"


class Measure(StrEnum):
    """What a value counts."""

    MONEY = "money"
    SHARES = "shares"
    PER_SHARE = "per-share"
    PURE = "pure"


@dataclass(frozen=True, slots=True)
class Column:
    """A value column: its heads from top to bottom, its period, or why it is left out (`skip`)."""

    index: int
    head: str
    period: Period | None
    skip: str = ""


class Value(NamedTuple):
    """One number of a statement. `printed` is signed as printed and unscaled; `scale` is a power of ten.

    `decimals` follows XBRL 2.1, 4.6.4: -3 for thousands, 2 for cents. `currency` is an ISO 4217 code.
    """

    column: int
    text: str
    span: Span
    printed: Decimal
    scale: int
    decimals: int
    period: Period
    dash: bool = False

    @property
    def amount(self) -> Decimal:
        """The value in whole units, signed as printed."""
        return self.printed.scaleb(self.scale)


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line of a statement. A line without values is a heading.

    `label` is the row's own wording; `full_label` also carries the sub-heads that complete it
    ("Net loss per share: Basic"). `section` holds the headings it stands under, outermost first.
    `parenthetical` marks a figure inside another line's label; `of` is that line's index.
    """

    index: int
    label: Text
    full_label: str
    depth: int
    section: tuple[str, ...]
    measure: Measure
    values: tuple[Value, ...]
    currency: str = "USD"
    ruled: bool = False
    parenthetical: bool = False
    of: int | None = None


class Skipped(NamedTuple):
    """A numeric cell that is not a fact, and why."""

    text: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Total:
    """A line that is the weighted sum of others: (line index, +1 or -1) in the signs as printed.

    `foots` holds the columns where the sum is exact, `rounds` those where it differs within rounding,
    `fails` those where it does not hold.
    """

    line: int
    parts: tuple[tuple[int, int], ...]
    foots: tuple[int, ...] = ()
    rounds: tuple[int, ...] = ()
    fails: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `numeric_cells` counts every numeric cell of its tables: values + skipped.

    `gaap` is False where the whole statement is left out; `reason` then says why.
    Statements of kind OTHER or EQUITY are always left out.
    """

    kind: StatementKind
    title: str
    span: Span
    columns: tuple[Column, ...]
    lines: tuple[LineItem, ...]
    skipped: tuple[Skipped, ...] = ()
    totals: tuple[Total, ...] = ()
    gaap: bool = True
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    numeric_cells: int = 0

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        from pressmark.statements.notebook import statement_html

        return statement_html(self)
