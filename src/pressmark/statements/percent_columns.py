"""Columns that state each number of the column beside them as a percentage of one of its lines, by the numbers alone.

"Net sales 41,220 100.0 / Cost of sales 28,854 70.0": the head may say nothing, or what no table of words foresees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pressmark.numbers import Number
from pressmark.statements.head import Head
from pressmark.statements.split import Block
from pressmark.tables.table import Row, RowKind

_WHOLE = Decimal(100)
_LEAST = 3
_FIT = 5


def without_percentages(block: Block, heads: Sequence[Head]) -> list[Head]:
    """The heads, those of columns of percentages marked to be left out: of the column to the left, then to the right.

    A column whose head names another year than its neighbour's is one of amounts, whatever its numbers are.
    """
    made = list(heads)
    rows = [_alone(row) for row in block.rows if row.kind is RowKind.BODY]
    for aside in (-1, 1):
        for i, head in enumerate(made):
            other = made[i + aside] if 0 <= i + aside < len(made) else head
            if other is head or head.skip or other.skip or (head.year and _day(head) != _day(other)):
                continue
            if _is_percentage_of(_pairs(rows, i, i + aside)):
                made[i] = replace(head, skip="a percent column")
    return made


def _day(head: Head) -> tuple[int | None, int | None, int | None]:
    return head.year, head.month, head.day


def _is_percentage_of(pairs: list[tuple[Number, Number]]) -> bool:
    """Whether the first of each two numbers is the second as a percentage of the line that is 100."""
    base = next((abs(amount.value) for part, amount in pairs if part.value == _WHOLE and amount.value), None)
    if base is None:
        return False
    rest = [(part, amount) for part, amount in pairs if abs(part.value) != _WHOLE]
    fits = sum(_near(part, _WHOLE * abs(amount.value) / base) for part, amount in rest)
    return fits >= _LEAST and (len(rest) - fits) * _FIT <= len(rest)


def _near(part: Number, share: Decimal) -> bool:
    """True within one unit of the last place: percentages are adjusted to add up."""
    return abs(abs(part.value) - share) <= Decimal(1).scaleb(-part.places)


def _alone(row: Row) -> dict[int, Number]:
    """The numbers of a row by column, those of one column alone."""
    return {c.first: c.number for c in row.cells if c.first == c.last and c.number and not c.number.dash}


def _pairs(rows: Sequence[Mapping[int, Number]], index: int, beside: int) -> list[tuple[Number, Number]]:
    """The numbers of a column, each with that of its line in another column."""
    found = ((row.get(index), row.get(beside)) for row in rows)
    return [(part, amount) for part, amount in found if part and amount]
