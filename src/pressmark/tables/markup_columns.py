"""Which grid columns of a marked-up table make up one value column.

The ladder: the grid columns of numbers that overlap and never stand in one row are one column; so are
those under one and the same lowest head; and a sparse one without a head of its own joins its
neighbour; a column of note references or note marks is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from pressmark.tables.markup_cells import Piece
from pressmark.tables.markup_words import is_word

_SPARSE = 0.34
_MOST_NOTE = 40
_MOST_PLACES = 1000
"""More places of numbers than this in one table are no columns: the table is damaged."""


@dataclass(slots=True)
class ValueColumn:
    """A value column: its numbers' grid columns (`first` to `last`), those with signs around, its numbers by row."""

    first: int
    last: int
    outer_first: int
    outer_last: int
    numbers: dict[int, Piece] = field(default_factory=dict)

    def add(self, pieces: list[Piece]) -> None:
        """Takes numbers in that stand in the same grid columns."""
        first, last = pieces[0].own
        self.first, self.last = min(self.first, first), max(self.last, last)
        self.outer_first = min(self.outer_first, *[piece.first for piece in pieces])
        self.outer_last = max(self.outer_last, *[piece.last for piece in pieces])
        self.numbers.update([(piece.row, piece) for piece in pieces])

    def take(self, other: ValueColumn) -> None:
        """Takes another column in."""
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.outer_first = min(self.outer_first, other.outer_first)
        self.outer_last = max(self.outer_last, other.outer_last)
        self.numbers.update(other.numbers)


def value_columns(numbers: list[Piece], words: list[Piece], heads: list[Piece]) -> list[ValueColumn]:
    """The value columns, left to right, of a table's numbers.

    `words` are the other pieces right of the labels in rows of numbers, `heads` the pieces above the first
    of these rows: a column of words ("Up 5%", "n/a") or with nothing but a head is a column too.
    """
    columns = _ordered(_overlapping(numbers))
    columns = _under_one_head(columns, heads)
    columns = _sparse_joined(columns, heads)
    columns = [column for i, column in enumerate(columns) if not _of_notes(columns, i, heads)]
    if not columns:
        return columns
    edge = columns[0].outer_first
    apart = [word for word in words if word.first >= edge and not any(_over(word, c) for c in columns)]
    columns = _ordered([*columns, *_overlapping([word for word in apart if _headed_by(word, heads)])])
    return _ordered([*columns, *_empty(columns, heads)])


def _ordered(columns: list[ValueColumn]) -> list[ValueColumn]:
    return sorted(columns, key=lambda column: (column.first, column.last))


def _over(piece: Piece, column: ValueColumn) -> bool:
    return piece.first <= column.outer_last and column.outer_first <= piece.last


def _headed_by(word: Piece, heads: list[Piece]) -> bool:
    return any(head.first <= word.last and word.first <= head.last for head in heads)


def _empty(columns: list[ValueColumn], heads: list[Piece]) -> list[ValueColumn]:
    """Columns with a head and nothing else: the head stands over no column and beside one that is headed."""
    edge = columns[0].outer_first
    alone = [h for h in heads if h.first >= edge and not any(_over(h, c) for c in columns)]
    found: list[ValueColumn] = []
    for head in alone:
        nearest = columns[covered(columns, head.first, head.last)[0]]
        beside = any(h.row == head.row and h is not head and _over(h, nearest) for h in heads)
        if beside and not any(_over(head, c) for c in found):
            found.append(ValueColumn(head.first, head.last, head.first, head.last))
    return found


def covered(columns: list[ValueColumn], first: int, last: int) -> tuple[int, int]:
    """The value columns, as indices first and last, that stand under the grid columns `first` to `last`.

    Where none does, the nearest one.
    """
    for inner in (True, False):
        under = [
            i
            for i, c in enumerate(columns)
            if (c.first if inner else c.outer_first) <= last and first <= (c.last if inner else c.outer_last)
        ]
        if under:
            return under[0], under[-1]
    middle = first + last
    nearest = min(range(len(columns)), key=lambda i: abs(columns[i].first + columns[i].last - middle))
    return nearest, nearest


def _overlapping(numbers: list[Piece]) -> list[ValueColumn]:
    """Columns of numbers whose own cells overlap; most frequent places first, so that odd ones join the rule."""
    places: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in numbers:
        places[piece.own].append(piece)
    columns: list[ValueColumn] = []
    if len(places) > _MOST_PLACES:
        return columns
    for (first, last), pieces in sorted(places.items(), key=lambda place: (-len(place[1]), place[0])):
        best, most = None, 0
        for column in columns:
            overlap = min(last, column.last) - max(first, column.first) + 1
            if overlap > most and not any(piece.row in column.numbers for piece in pieces):
                best, most = column, overlap
        if best is None:
            best = ValueColumn(first, last, first, last)
            columns.append(best)
        best.add(pieces)
    return columns


def _under_one_head(columns: list[ValueColumn], heads: list[Piece]) -> list[ValueColumn]:
    """Joins columns that stand under the same narrow head and never in one row."""
    for head in sorted(heads, key=lambda piece: piece.last - piece.first):
        under = [c for c in columns if head.first <= c.first and c.last <= head.last]
        for column in under[1:]:
            if not under[0].numbers.keys() & column.numbers.keys():
                under[0].take(column)
                columns = [each for each in columns if each is not column]
    return columns


def _sparse_joined(columns: list[ValueColumn], heads: list[Piece]) -> list[ValueColumn]:
    """Joins a sparse column without a head of its own to a neighbour that it never stands beside."""
    kept = list(columns)
    for column in sorted(columns, key=lambda each: len(each.numbers)):
        at = kept.index(column)
        if _headed(column, heads):
            continue
        near = [kept[i] for i in (at - 1, at + 1) if 0 <= i < len(kept)]
        near = [n for n in near if len(column.numbers) <= _SPARSE * len(n.numbers)]
        near = [n for n in near if not n.numbers.keys() & column.numbers.keys()]
        if near:
            min(near, key=lambda n: max(n.first - column.last, column.first - n.last)).take(column)
            kept.pop(at)
    return kept


def _headed(column: ValueColumn, heads: list[Piece]) -> bool:
    return any(head.first <= column.last and column.first <= head.last for head in heads)


def _of_notes(columns: list[ValueColumn], at: int, heads: list[Piece]) -> bool:
    """Whether the column holds references to notes ("Note": 3, 4, 5) or marks of them, "(1)", beside numbers."""
    column = columns[at]
    over = [head for head in heads if head.first <= column.last and column.first <= head.last]
    if any(is_word("notes", head.text) for head in over):
        return True
    values = [piece.number for piece in column.numbers.values() if piece.number is not None]
    small = all(n.places == 0 and not n.currency and not n.dash and abs(n.value) <= _MOST_NOTE for n in values)
    if not small or at == 0:
        return False
    left = columns[at - 1]
    marks = all(re.fullmatch(r"\(\d{1,2}\)", piece.text) for piece in column.numbers.values())
    headed = any(not _over(head, left) for head in over)
    return marks and column.numbers.keys() <= left.numbers.keys() and not headed
