"""Finds the tables of a document, in reading order: marked-up grids, and columns in preformatted text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pressmark.reading.dateline import dateline
from pressmark.reading.document import Block, Document, Grid, Lines, Paragraph
from pressmark.reading.paragraphs import Passage
from pressmark.span import Text
from pressmark.tables.breaks import broken
from pressmark.tables.table import Table

_CAPTION_PARAGRAPHS = 12
_CAPTION_LINES = 24
_NOTE_LINES = 8


def find_tables(document: Document) -> tuple[Table, ...]:
    """The tables of a document. Pages of text that follow one another are read as one run of lines."""
    found: list[Table] = []
    blocks = document.blocks
    for kind, group in groupby(range(len(blocks)), key=lambda i: type(blocks[i])):
        indexes = list(group)
        if kind is Lines:
            from pressmark.tables.layout import tables_in_text

            found += tables_in_text([line for i in indexes for line in _lines(blocks[i])])
        elif kind is Grid:
            found += [table for i in indexes if (table := _grid(blocks, i)) is not None]
    return tuple(found)


def _lines(block: Block) -> tuple[Text, ...]:
    return block.lines if isinstance(block, Lines) else ()


def _grid(blocks: Sequence[Block], index: int) -> Table | None:
    from pressmark.tables.markup import grid_table

    grid = blocks[index]
    if not isinstance(grid, Grid):
        return None
    return grid_table(grid, _above(blocks, index), _below(blocks, index))


def _above(blocks: Sequence[Block], index: int) -> tuple[Text, ...]:
    """The lines of the paragraphs right above a grid, up to a table, or to the dateline, whose day ends no period."""
    found: list[Text] = []
    for block in reversed(blocks[max(0, index - _CAPTION_PARAGRAPHS) : index]):
        if not isinstance(block, Paragraph) or _is_dateline(block.text.text):
            break
        found.extend(reversed(broken(block.text)))
    return tuple(reversed(found[:_CAPTION_LINES]))


def _is_dateline(text: str) -> bool:
    opening = dateline(Passage(text, (), ()))
    return opening is not None and bool(opening.state)


def _below(blocks: Sequence[Block], index: int) -> tuple[Text, ...]:
    found: list[Text] = []
    for block in blocks[index + 1 : index + 1 + _NOTE_LINES]:
        if not isinstance(block, Paragraph):
            break
        found.append(block.text)
    return tuple(found)
