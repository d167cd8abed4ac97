"""Text that stands on the page by coordinates or widths, brought back into lines and rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pressmark.reading.document import Lines
from pressmark.reading.html_items import Beside, Item, Placed, RawCell, RawRow, RawTable, lines_of
from pressmark.span import Span, Text

_SAME_LINE = 5
"""Tops that differ by less than this many px are one line (a raised figure, a smaller type)."""

_LEAST_PLACED = 0.7
"""Of the paragraphs, this part at least must be placed singly for the page to be laid out by coordinates."""

_USUAL = 7.0
"""The width of a character, in px, where none is known."""

_LEAST = 0.4
"""A character is never taken to be narrower than this part of the usual width."""

_TIGHT = 50
"""One in so many runs of words may reach into the next column."""

_SPACE = 1.3
"""Words nearer than so many characters have one space between them."""

_WIDEST = 600
"""No printed line is laid out wider than this many characters."""


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text on a page: left edge, right edge (None: unknown) and top, in px or pt."""

    left: float
    right: float | None
    top: float
    text: Text


def lay_out(pages: list[list[Word]]) -> list[tuple[Text, ...]]:
    """The words of each page as printed lines in which columns line up by character.

    A line is a run of words whose tops differ little; the width of a character, one for all pages, is
    what lets nearly all words keep their place without running into the next one.
    """
    lined = [_lines(words) for words in pages]
    unit = _unit([line for lines in lined for line in lines])
    margin = min((word.left for words in pages for word in words), default=0)
    return [tuple(_line(line, unit, margin) for line in lines) for lines in lined]


def arrange_placed(file: str, items: list[Placed]) -> list[Item]:
    """Placed elements as printed lines; those that hold whole paragraphs, as these paragraphs."""
    elements = {id(item.element) for item in items}
    if len(elements) < _LEAST_PLACED * len(items):
        return [item.piece for item in items]
    return [Lines(lay_out([_placed_words(file, items)])[0])]


def _placed_words(file: str, items: list[Placed]) -> list[Word]:
    """The words of placed elements; the lines of one element stand below each other."""
    words = []
    for item in items:
        piece = item.piece
        for i, text in enumerate(lines_of(file, piece.text.split("\n"), piece.line, piece.path, piece.offset)):
            if text.text.strip():
                words.append(Word(item.left, None, item.top + 15 * i, text))
    return words


def beside_table(items: list[Beside]) -> RawTable:
    """Rows of elements that stand beside each other, as a table whose columns are the distinct left edges."""
    lefts = sorted({item.left for item in items})
    table = RawTable(None, items[0].piece.line)
    row_of: object = None
    same: list[Item] = []
    for item in items:
        if not table.rows or item.row is not row_of:
            table.rows.append(RawRow())
            row_of = item.row
        column = bisect_left(lefts, item.left)
        span = bisect_left(lefts, item.right) - column
        row = table.rows[-1]
        if row.cells and row.cells[-1].column == column:
            same.append(item.piece)
        else:
            same = [item.piece]
            row.cells.append(RawCell(item.piece.line, None, column, max(1, span), 1, same))
            row.column, row.count = column + max(1, span), len(row.cells)
    table.end()
    return table


def _lines(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.top, each.left)):
        if lines and word.top - lines[-1][0].top < _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda each: each.left)
    return lines


def _unit(lines: list[list[Word]]) -> float:
    """The width of a character: the usual one where widths are known, less where words would run into columns."""
    widths = sorted(_width(word) for line in lines for word in line if word.right is not None)
    usual = max(widths[len(widths) // 2], 0.5) if widths else _USUAL
    room = sorted(each for line in lines for each in _room(line) if each > 0)
    tight = room[len(room) // _TIGHT] if room else usual
    return max(min(usual, tight), usual * _LEAST)


def _width(word: Word) -> float:
    """The width of a character of the word."""
    return (word.right - word.left) / len(word.text.text) if word.right is not None else _USUAL


def _room(line: list[Word]) -> Iterator[float]:
    """How wide a character may be for each run of words on the line to end two before the next run."""
    start, length = line[0].left, len(line[0].text.text)
    for word, after in pairwise(line):
        if _near(word, after):
            length += 1 + len(after.text.text)
        else:
            yield (after.left - start) / (length + 2)
            start, length = after.left, len(after.text.text)


def _near(word: Word, after: Word) -> bool:
    """Whether no more than a space parts two words."""
    return word.right is not None and after.left - word.right < _SPACE * max(_width(word), _width(after))


def _line(line: list[Word], unit: float, margin: float) -> Text:
    text = ""
    parts: list[tuple[int, Span]] = []
    before: Word | None = None
    for word in line:
        column = min(round((word.left - margin) / unit), _WIDEST)
        if before is not None:
            column = len(text) + 1 if _near(before, word) else max(column, len(text) + 2)
        text = text.ljust(column)
        parts.append((len(text), word.text.span))
        text += word.text.text
        before = word
    return Text(text, line[0].text.span._replace(column=1, end=len(text) + 1), tuple(parts))
