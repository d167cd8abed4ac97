"""Value columns from where the cells of a table stand: rows are added one by one, columns grow by overlap.

The ladder: cells that overlap share a column, whether they are flush left or right; two cells of one row
never do. Where that can't hold any more, the rest of the table has shifted: it gets columns of its own,
which are then matched with those of the widest part, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pressmark.tables.layout_cells import Piece


@dataclass(frozen=True, slots=True)
class Column:
    """A value column: the character columns `start` to `end` that its cells cover."""

    start: int
    end: int

    @property
    def center(self) -> float:
        """The middle."""
        return (self.start + self.end) / 2

    def gap(self, piece: Piece) -> int:
        """Characters between the column and a piece; 0 or less where they overlap."""
        return max(self.start - piece.end, piece.start - self.end) + (0 if self.overlap(piece) else 1)

    def overlap(self, piece: Piece) -> int:
        """Characters that the column and a piece share."""
        return max(0, min(self.end, piece.end) - max(self.start, piece.start))


_APART = 8
"""The most characters between cells of one column: pages laid out from print shift short cells."""


@dataclass(slots=True)
class _Growing:
    start: int
    end: int
    rows: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Part:
    """Rows whose cells fall into the same columns."""

    columns: list[_Growing] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def add(self, row: int, cells: Sequence[Piece]) -> bool:
        """Take a row in, or leave everything as it was and say no."""
        chosen = self._in_order(cells) or [self._choose(cell) for cell in cells]
        taken = [id(column) for columns in chosen for column in columns]
        if len(set(taken)) < len(taken):
            return False
        for cell, columns in zip(cells, chosen, strict=True):
            self._grow(row, cell, columns)
        self.columns.sort(key=lambda column: column.start)
        self.rows.append(row)
        return True

    def _in_order(self, cells: Sequence[Piece]) -> list[list[_Growing]]:
        """One column for each cell of a full row, though some stand a little beside theirs; else nothing."""
        if len(cells) < 2 or len(cells) != len(self.columns):
            return []
        pairs = list(zip(cells, self.columns, strict=True))
        beside = [max(column.start - cell.end, cell.start - column.end) for cell, column in pairs]
        return [[column] for _, column in pairs] if max(beside) <= _APART and min(beside) < 0 else []

    def merge(self, most: int) -> None:
        """Joins neighbours that no row has both of, while there are more columns than any row has cells."""
        while len(self.columns) > most:
            pairs = [
                (b.start - a.end, a, b)
                for a, b in pairwise(self.columns)
                if not a.rows & b.rows and b.start - a.end <= _APART
            ]
            if not pairs:
                return
            _, first, second = min(pairs, key=lambda pair: pair[0])
            first.end = second.end
            first.rows |= second.rows
            self.columns.remove(second)

    def _choose(self, cell: Piece) -> list[_Growing]:
        """The columns that a cell belongs to: more than one where it shows that they are one."""
        over = [column for column in self.columns if column.start < cell.end and cell.start < column.end]
        if len(over) > 1 and any(a.rows & b.rows for i, a in enumerate(over) for b in over[:i]):
            return [max(over, key=lambda c: min(c.end, cell.end) - max(c.start, cell.start))]
        return over

    def _grow(self, row: int, cell: Piece, columns: list[_Growing]) -> None:
        if not columns:
            self.columns.append(_Growing(cell.start, cell.end, {row}))
            return
        first, *others = columns
        for other in others:
            first.start, first.end = min(first.start, other.start), max(first.end, other.end)
            first.rows |= other.rows
            self.columns.remove(other)
        before = max((c.end for c in self.columns if c.end <= first.start), default=0)
        after = min((c.start for c in self.columns if c.start >= first.end), default=cell.end)
        first.start = min(first.start, max(cell.start, before))
        first.end = max(first.end, min(cell.end, max(after, first.end)))
        first.rows.add(row)


def place(rows: Sequence[Sequence[Piece]]) -> tuple[tuple[Column, ...], list[tuple[Column, ...]]]:
    """The columns of a table, and for each row the same columns as they stand around it.

    `rows` hold the cells that are surely values. Both answers have the same number of columns, left to
    right; a row's own columns differ from the first answer where the table shifts.
    """
    parts: list[_Part] = []
    for number, cells in enumerate(rows):
        if not parts or not parts[-1].add(number, cells):
            parts.append(_Part())
            parts[-1].add(number, cells)
    if not parts:
        return (), []
    for part in parts:
        part.merge(max(len(rows[number]) for number in part.rows))
    widest = max(parts, key=lambda part: (len(part.columns), len(part.rows)))
    columns = tuple(Column(column.start, column.end) for column in widest.columns)
    local = [columns] * len(rows)
    for part in parts:
        if part is not widest:
            own = _matched(columns, part)
            for number in part.rows:
                local[number] = own
    return columns, local


def _matched(columns: tuple[Column, ...], part: _Part) -> tuple[Column, ...]:
    """The columns with those of a shifted part put in their places, in order and at the least distance."""
    own = [Column(column.start, column.end) for column in part.columns]
    n, m = len(columns), len(own)
    far = float("inf")
    cost = [[0.0] * (n + 1)] + [[far] * (n + 1) for _ in range(m)]
    for i in range(1, m + 1):
        for j in range(i, n + 1):
            pair = cost[i - 1][j - 1] + abs(own[i - 1].end - columns[j - 1].end)
            cost[i][j] = min(pair, cost[i][j - 1])
    result = list(columns)
    i, j = m, n
    while i and j:
        if cost[i][j] == cost[i][j - 1] and j > i:
            j -= 1
            continue
        result[j - 1] = own[i - 1]
        i, j = i - 1, j - 1
    return tuple(result)


def assign(cells: Sequence[Piece], columns: Sequence[Column]) -> list[int | None]:
    """For each cell the index of its column, each used once and in order; None for a cell that finds none.

    Cells that overlap a column come first; one that overlaps none takes the nearest that is free.
    """
    plain = _overlapped(cells, columns)
    if plain is not None:
        return plain
    n, m = len(columns), len(cells)
    best = [[0.0] * (n + 1) for _ in range(m + 1)]
    for i in range(1, m + 1):
        for j in range(1, n + 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + _worth(cells[i - 1], columns[j - 1]))
    out: list[int | None] = [None] * m
    i, j = m, n
    while i and j:
        if best[i][j] == best[i][j - 1]:
            j -= 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            out[i - 1] = j - 1
            i, j = i - 1, j - 1
    return out


def fits(cells: Sequence[Piece], columns: Sequence[Column]) -> bool:
    """True where each cell overlaps a column of its own and no other."""
    return _overlapped(cells, columns) is not None


def nearest(cell: Piece, columns: Sequence[Column]) -> int:
    """The column whose middle is nearest: no number is lost where two of a row crowd into one column."""
    return min(range(len(columns)), key=lambda index: abs(columns[index].center - cell.center))


def _overlapped(cells: Sequence[Piece], columns: Sequence[Column]) -> list[int | None] | None:
    """The columns where each cell overlaps one of its own and no other, as in most tables."""
    out: list[int | None] = []
    at = 0
    for cell in cells:
        while at < len(columns) and columns[at].end <= cell.start:
            at += 1
        if at == len(columns) or columns[at].start >= cell.end:
            return None
        if at + 1 < len(columns) and columns[at + 1].start < cell.end:
            return None
        out.append(at)
        at += 1
    return out


_NEAR = 12


def _worth(cell: Piece, column: Column) -> float:
    overlap = column.overlap(cell)
    if overlap:
        return 1000 + overlap
    return max(0, _NEAR - column.gap(cell))
