"""Finds the tables in preformatted text by the geometry of its columns.

The ladder: read each line on its own; cut the lines into blocks of heads and values; find the value columns
of a block; put each cell into its column; join labels that wrap; put the heads over the columns; gather
blocks that belong together, their caption and their notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressmark.span import Text
from pressmark.tables.heads import HeadLine, head_lines
from pressmark.tables.layout_blocks import Block, blocks
from pressmark.tables.layout_captions import caption_start, notes_of, words_of
from pressmark.tables.layout_cells import Piece
from pressmark.tables.layout_columns import Column, assign, nearest
from pressmark.tables.layout_entry import Entry, label_of, label_parts
from pressmark.tables.layout_labels import completed, joined
from pressmark.tables.layout_line import Line, LineKind, is_year, read_line
from pressmark.tables.layout_pushed import crowded, is_sure, placed
from pressmark.tables.layout_words import is_unfinished
from pressmark.tables.layout_zone import settled
from pressmark.tables.table import Cell, Row, RowKind, Table

_CENTERED = 6
_DEEPER = 3
"""A heading that stands so much further in than the line below it is centered, not indented."""

_PAGE = re.compile(r"\d{1,3}")
_DIGIT = re.compile(r"\d")
_CAPTION = 12


@dataclass(frozen=True, slots=True)
class _Part:
    """A block read: its rows, how many columns, and the line after its last."""

    block: Block
    rows: tuple[Row, ...]
    width: int
    stop: int


def tables_in_text(texts: Sequence[Text]) -> tuple[Table, ...]:
    """The tables of some consecutive lines, in order. Spans are those of the lines, columns counted from 1."""
    lines = [read_line(text) for text in texts]
    lines = [_page_number(lines, i) for i in range(len(lines))]
    parts = [part for block in blocks(lines) if (part := _read(lines, block)) is not None]
    tables: list[Table] = []
    floor = 0
    for number, part in enumerate(parts):
        start = max(floor, caption_start(lines, floor, part.block))
        if tables:
            notes = tuple(line.at for line in notes_of(lines, floor, start))
            last = tables[-1]
            if not part.block.opens and part.width == last.width:
                between = tuple(_text_row(line) for line in words_of(lines, floor, part.block.top, _CAPTION))
                tables[-1] = replace(last, rows=last.rows + between + part.rows)
                floor = part.stop
                continue
            tables[-1] = replace(last, notes=notes)
        caption = tuple(line.at for line in words_of(lines, start, part.block.top, _CAPTION))
        if not caption and not part.block.opens and tables:
            caption = tables[-1].caption
        tables.append(Table(caption, part.rows, part.width))
        floor = part.stop
        if number + 1 == len(parts):
            tables[-1] = replace(tables[-1], notes=tuple(line.at for line in notes_of(lines, floor, len(lines))))
    return tuple(tables)


def _page_number(lines: Sequence[Line], i: int) -> Line:
    """A small whole number alone on its line is the page's, unless it stands under values."""
    line = lines[i]
    if line.kind is not LineKind.VALUES or len(line.pieces) > 1 or not _PAGE.fullmatch(line.pieces[0].text):
        return line
    ends = {cell.end + shift for near in lines[max(0, i - 3) : i] for cell in near.cells for shift in (-1, 0, 1)}
    around = [lines[k].kind for k in (i - 1, i + 1) if 0 <= k < len(lines)]
    alone = any(kind not in (LineKind.WORDS, LineKind.VALUES) for kind in around)
    return replace(line, kind=LineKind.FURNITURE) if alone and line.cells[-1].end not in ends else line


def _text_row(line: Line) -> Row:
    text = " ".join(line.at.text.split())
    start = len(line.at.text) - len(line.at.text.lstrip())
    return Row(RowKind.TEXT, Text(text, line.span(Piece(text, start, len(line.at.text)))), 0, ())


def _read(lines: Sequence[Line], block: Block) -> _Part | None:
    """The rows of a block, or None where nothing makes it a table."""
    body = range(block.first, block.last + 1)
    read = {i: settled(lines[i], block.zone) for i in body}
    values = [line for line in read.values() if line.kind is LineKind.VALUES]
    columns, local = placed(values, [lines[i] for i in block.heads])
    if not columns:
        return None
    entries: list[Entry] = []
    gap = ruled = False
    valued = iter(local)
    for i in (*body, *_tail(lines, block.last)):
        line = read.get(i, lines[i])
        if line.kind is LineKind.VALUES:
            line, own = next(valued)
            entries.append(_entry(line, own, gap=gap, ruled=ruled))
        elif line.kind is LineKind.WORDS:
            full = crowded(line, columns)
            entries.append(_entry(*full, gap=gap, ruled=ruled) if full else _words(line, gap=gap))
        else:
            gap = True
            if line.kind is LineKind.RULE:
                ruled = "=" not in line.at.text and "═" not in line.at.text
            continue
        gap = ruled = False
    groups = joined(completed(entries))
    while groups and not any(entry.values for entry in groups[-1]):
        groups.pop()
    if not _is_table(groups, block, columns):
        return None
    last = (groups[-1][-1], *groups[-1][-1].more)[-1]
    end = next(i for i in range(block.first, len(lines)) if lines[i].at is last.line.at)
    head_span = lines[block.heads[0] : block.first] if block.heads else []
    kept = {id(lines[i]) for i in block.heads}
    over = head_lines([line for line in head_span if line.kind is LineKind.RULE or id(line) in kept], columns)
    rows = [_head_row(line) for line in over] + _body_rows(groups)
    return _Part(block, tuple(rows), len(columns), end + 1)


def _tail(lines: Sequence[Line], last: int) -> list[int]:
    """The lines right below the last values, on which its label may go on."""
    found = []
    for i in range(last + 1, min(last + 5, len(lines))):
        if lines[i].kind is not LineKind.WORDS or len(lines[i].pieces) > 1:
            break
        found.append(i)
    return found


def _is_table(groups: Sequence[tuple[Entry, ...]], block: Block, columns: Sequence[Column]) -> bool:
    """False for what only looks like one: a number or two in prose, a list of page numbers."""
    rows = [next(entry for entry in group if entry.values) for group in groups if any(e.values for e in group)]
    labelled = sum(bool(label_of(group)) for group in groups if any(e.values for e in group))
    if not labelled or (len(rows) < 2 and not block.heads):
        return False
    if len(columns) == 1:
        texts = [piece.text for row in rows for piece, _ in row.cells]
        return not all(text.isdigit() and len(text) < 4 for text in texts)
    return True


def _entry(line: Line, columns: Sequence[Column], *, gap: bool, ruled: bool) -> Entry:
    """A line of values with each cell in its column; doubtful cells that find none go back to the label."""
    sure = [cell for cell in line.cells if is_sure(cell)]
    found = zip(sure, assign(sure, columns), strict=True)
    placed = {cell: nearest(cell, columns) if index is None else index for cell, index in found}
    taken = set(placed.values())
    label = list(line.label)
    for cell in line.cells:
        if cell in placed or (cell in sure):
            continue
        worded = cell.tight and is_year(cell) and is_unfinished(line.label_text)
        free = [i for i, column in enumerate(columns) if i not in taken and column.overlap(cell) and not worded]
        if free and (cell.number is not None or not cell.mark) and cell.text not in ("$", "*"):
            placed[cell] = free[0]
            taken.add(free[0])
        elif cell.tight or (
            cell.start < columns[0].start and not any(c in placed and c.start < cell.start for c in line.cells)
        ):
            label.append(cell)
    cells = tuple(sorted(((cell, index) for cell, index in placed.items()), key=lambda pair: pair[1]))
    return _made(line, label, cells, gap=gap, ruled=ruled)


def _words(line: Line, *, gap: bool) -> Entry:
    return _made(line, list(line.pieces), (), gap=gap, ruled=False)


def _made(line: Line, label: list[Piece], cells: tuple[tuple[Piece, int], ...], *, gap: bool, ruled: bool) -> Entry:
    text = " ".join(" ".join(piece.text.split()) for piece in label)
    start = label[0].start if label else 0
    end = label[-1].end if label else 0
    return Entry(line, text, start, end, cells, gap, ruled)


def _body_rows(groups: Sequence[tuple[Entry, ...]]) -> list[Row]:
    starts = {id(group): next((e.start for e in group if e.label), 0) for group in groups}
    valued = [starts[id(group)] for group in groups if any(e.values for e in group) and label_of(group)]
    limit = max(valued, default=0) + _CENTERED
    levels = sorted({starts[id(g)] for g in groups if label_of(g) and starts[id(g)] <= limit})
    rank = {start: number for number, start in enumerate(levels)}
    rows = []
    for number, group in enumerate(groups):
        text = label_of(group)
        holder = next((e for e in group if e.label), None)
        label = None
        if holder is not None:
            span = holder.line.span(Piece(holder.label, holder.start, holder.end))
            label = Text(text, span, label_parts(group) if _DIGIT.search(text) else ())
        valued_entry = next((e for e in group if e.values), None)
        cells = () if valued_entry is None else _cells(valued_entry)
        kind = RowKind.TEXT if valued_entry is None else RowKind.BODY
        ruled = valued_entry is not None and number > 0 and any(e.ruled for e in group)
        start = starts[id(group)]
        below = starts[id(groups[number + 1])] if number + 1 < len(groups) else start
        centered = kind is RowKind.TEXT and start > below + _DEEPER
        rows.append(Row(kind, label, 0 if centered else rank.get(start, 0), cells, ruled))
    return rows


def _cells(entry: Entry) -> tuple[Cell, ...]:
    placed = [(index, piece, part.line) for part in (entry, *entry.more) for piece, index in part.cells]
    placed.sort(key=lambda item: item[0])
    return tuple(Cell(piece.text, line.span(piece), index, index, piece.number) for index, piece, line in placed)


def _head_row(head: HeadLine) -> Row:
    label = None
    if head.label:
        first, last = head.label[0], head.label[-1]
        text = " ".join(" ".join(piece.text.split()) for piece in head.label)
        label = Text(text, head.line.span(Piece(text, first.start, last.end)))
    cells = tuple(Cell(" ".join(o.piece.text.split()), head.line.span(o.piece), o.first, o.last) for o in head.over)
    return Row(RowKind.HEAD, label, 0, cells)
