"""What the rows of a marked-up table are for: heads, lines of values, text; their labels and depth."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import accumulate
from typing import NamedTuple

from pressmark.dates import mentions
from pressmark.span import Span, Text
from pressmark.tables.markup_cells import MARK, Piece
from pressmark.tables.markup_columns import ValueColumn
from pressmark.tables.markup_words import is_head, is_period, is_word
from pressmark.tables.table import Row, RowKind

_REFERENCE = re.compile(
    r"(?:notes?\s*)?\(?\d{1,2}\)?[a-z]?(?:\([a-z]\))?(?:\s*(?:,|;|&|and)\s*\d{1,2}[a-z]?)*", re.IGNORECASE
)
_LEADER = re.compile(r"(?:\s*[.·…_]){3,}\s*\Z|\s*…+\s*\Z|\s+\.\.\s*\Z")
_LEADERS = frozenset(".·…_")
_CONTINUED = re.compile(r"[a-z]")
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[A-Za-z]{3}")
_LEAST_LABELS = 3
_INDENT_STEP = 2
_COLUMN_INDENT = 16


class Line(NamedTuple):
    """A row of joined cells.

    `values` are its numbers that are values for sure: not a bare year, not the label at the left.
    """

    row: int
    pieces: tuple[Piece, ...]
    values: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(piece.text for piece in self.pieces)

    def divided(self, columns: list[ValueColumn], kind: RowKind) -> tuple[list[Piece], list[Piece]]:
        """The pieces that are the label, and those over the value columns."""
        if kind is RowKind.TEXT:
            return list(self.pieces), []
        edge = columns[0].outer_first
        taken = [c.numbers.get(self.row) for c in columns] if self.values else []
        labels: list[Piece] = []
        rest: list[Piece] = []
        for piece in self.pieces:
            (labels if piece.first < edge and piece not in taken else rest).append(piece)
        if kind is RowKind.HEAD and labels and labels[-1].last >= columns[-1].first and len(self.pieces) == 1:
            return [], labels
        return labels, rest


def line_of(row: int, pieces: tuple[Piece, ...]) -> Line:
    """The line of a row's pieces."""
    values = tuple([p for p in pieces if p.number is not None and not p.year])
    labelled = values and values[0] is pieces[0] and len(pieces) > 1 and values[0].own[0] == 0
    return Line(row, pieces, values[1:] if labelled else values)


def second_labels(lines: list[Line]) -> int:
    """The grid column at which labels begin anew between numbers, as in a balance sheet of two sides; 0 for none."""
    starts: defaultdict[int, set[str]] = defaultdict(set)
    rows = 0
    for line in lines:
        values = line.values
        rows += bool(values)
        for piece in line.pieces[1:]:
            if (
                values
                and values[0].last < piece.first <= values[-1].first
                and piece.number is None
                and _WORDS.search(piece.text)
                and not _DIGIT.search(piece.text)
                and not is_word("missing", piece.text)
            ):
                starts[piece.first].add(piece.text)
    column = max(starts, key=lambda start: len(starts[start]), default=0)
    return column if len(starts[column]) >= max(_LEAST_LABELS, rows // 3) else 0


def kinds(lines: list[Line], columns: list[ValueColumn]) -> dict[int, RowKind]:
    """What each row is for, by row number."""
    found: dict[int, RowKind] = {}
    numbered = {row for column in columns for row in column.numbers}
    dated = False
    bodies = 0
    for line in lines:
        if line.row in numbered:
            kind = RowKind.BODY
        else:
            labels, rest = line.divided(columns, RowKind.BODY)
            kind = _kind(line, labels, rest, columns, first=bodies == 0, dated=dated)
            dated = dated or (kind is RowKind.HEAD and bool(mentions(" ".join(p.text for p in rest))))
        bodies += kind is RowKind.BODY
        found[line.row] = kind
    return found


def _kind(
    line: Line, labels: list[Piece], rest: list[Piece], columns: list[ValueColumn], *, first: bool, dated: bool
) -> RowKind:
    """What a row without a number over a value column is for."""
    if not rest:
        whole = len(labels) == 1 and labels[0].last >= columns[-1].first
        return RowKind.HEAD if whole and is_period(line.text) else RowKind.TEXT
    label = " ".join(piece.text for piece in labels)
    if any(piece.year for piece in rest):
        mixed = not all(piece.year for piece in rest)  # beside a quarter a year is one too
        headed = not label or label.startswith("(") or is_head(label) or (first and (mixed or not dated))
        others = [p for p in rest if not p.year and not is_head(p.text)]
        return RowKind.HEAD if headed or others else RowKind.BODY
    if all(is_word("missing", piece.text) for piece in rest):
        return RowKind.BODY if label else RowKind.HEAD
    words = len(rest) > 1 and not any(_DIGIT.search(piece.text) for piece in rest)
    if first or not label or words or any(is_head(piece.text) for piece in rest):
        return RowKind.HEAD
    return RowKind.BODY


def label_of(pieces: list[Piece]) -> Text | None:
    """The label, its parts joined; references to notes after the first part are left out."""
    parts = [p for i, p in enumerate(pieces) if i == 0 or not _REFERENCE.fullmatch(p.text)]
    parts = [p for p in parts if not is_word("notes", p.text)]
    if not parts:
        return None
    text = " ".join([piece.text for piece in parts]).replace("\n", " ")
    if text[-1:] in _LEADERS:
        text = _LEADER.sub("", text)
    if not text:
        return None
    file, line, column, _, path = parts[0].span
    span = Span(file, line, column, len(text) + 1, path)
    if len(parts) == 1:
        return Text(text, span)
    starts = accumulate((len(p.text) + 1 for p in parts[:-1]), initial=0)
    return Text(text, span, tuple((at, part.span) for at, part in zip(starts, parts, strict=True)))


def is_note_reference(piece: Piece, columns: list[ValueColumn]) -> bool:
    """Whether a piece of a line of values stands over no value column and refers to a note."""
    over = any(c.outer_first <= piece.last and piece.first <= c.outer_last for c in columns)
    return not over and (_REFERENCE.fullmatch(piece.text) or MARK.fullmatch(piece.text)) is not None


def depths(lines: list[Line], kinds_of: dict[int, RowKind], columns: list[ValueColumn]) -> list[int]:
    """The rank of each row's indentation among those of the table's labels; heads count as 0."""
    edge = columns[0].outer_first
    indents = [
        None
        if kinds_of[line.row] is RowKind.HEAD or line.pieces[0].first >= edge
        else line.pieces[0].indent + _COLUMN_INDENT * line.pieces[0].first
        for line in lines
    ]
    ranks: dict[int | None, int] = {None: 0}
    last = None
    rank = -1
    for indent in sorted({each for each in indents if each is not None}):
        if last is None or indent - last > _INDENT_STEP:
            rank += 1
            last = indent
        ranks[indent] = rank
    return [ranks[indent] for indent in indents]


def joined_labels(rows: list[Row]) -> list[Row]:
    """Rows with labels that wrap put together: a text row that a lower-case label goes on from, or that goes on."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before is None or before.label is None or row.label is None or not _CONTINUED.match(row.label.text):
            joined.append(row)
        elif before.kind is RowKind.TEXT and row.kind is RowKind.BODY and _open(before.label.text):
            joined[-1] = row._replace(label=_both(before.label, row.label), depth=before.depth)
        elif before.kind is RowKind.BODY and row.kind is RowKind.TEXT and before.cells and _open(before.label.text):
            joined[-1] = before._replace(label=_both(before.label, row.label))
        else:
            joined.append(row)
    return joined


def _open(text: str) -> bool:
    return not text.rstrip().endswith((":", "."))


def _both(first: Text, second: Text) -> Text:
    at = len(first.text) + 1
    parts = [(at + offset, span) for offset, span in second.parts or ((0, second.span),)]
    return Text(f"{first.text} {second.text}", first.span, (*(first.parts or ((0, first.span),)), *parts))
