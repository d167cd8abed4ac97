"""Turns what a walk over an HTML document gathered into the document's blocks."""

from __future__ import annotations

from itertools import groupby

from pressmark.reading.document import Block, Grid, Lines, Paragraph
from pressmark.reading.html_items import Beside, Item, Piece, Placed, text_of
from pressmark.reading.html_place import arrange_placed, beside_table
from pressmark.reading.html_table import settle
from pressmark.reading.html_typed import as_typed


def as_blocks(file: str, items: list[Item]) -> tuple[Block, ...]:
    """The items as blocks: empty paragraphs left out, placed elements laid out, lines that follow each other joined."""
    arranged: list[Item] = []
    for kind, group in groupby(items, _group):
        arranged.extend(_arranged(file, kind, list(group)))
    blocks: list[Block] = []
    run: list[Lines] = []
    for item in reversed(settle(file, arranged, nested=False)):
        typed = as_typed(file, item) if run and isinstance(item, Piece) else item
        if isinstance(typed, Lines):
            run.append(typed)
        elif isinstance(typed, Grid) or (isinstance(typed, Piece) and typed.text.strip()):
            blocks += _joined(run)
            run = []
            blocks.append(typed if isinstance(typed, Grid) else _paragraph(file, typed))
    blocks += _joined(run)
    return tuple(reversed(blocks))


def _paragraph(file: str, piece: Piece) -> Paragraph:
    return Paragraph(text_of(file, piece.text, piece.line, piece.path, piece.offset))


def _joined(run: list[Lines]) -> list[Lines]:
    """Lines that follow each other, given from the last to the first, as one block."""
    return [Lines(tuple(line for lines in reversed(run) for line in lines.lines))] if run else []


def _group(item: Item) -> tuple[str, object]:
    if isinstance(item, Placed):
        return ("placed", item.container)
    return ("beside", item.outer) if isinstance(item, Beside) else ("", None)


def _arranged(file: str, kind: tuple[str, object], group: list[Item]) -> list[Item]:
    if kind[0] == "placed":
        return arrange_placed(file, [item for item in group if isinstance(item, Placed)])
    if kind[0] == "beside":
        return [beside_table([item for item in group if isinstance(item, Beside)])]
    return group
