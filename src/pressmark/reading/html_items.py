"""What the walk over an HTML document gathers: paragraphs, placed ones, tables as they are being read.

Named tuples hold what there is one of for each cell: they are made several times as fast as frozen dataclasses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pressmark.reading.document import Grid, Lines
from pressmark.reading.html_element import Place
from pressmark.span import Span, Text


class Piece(NamedTuple):
    """A paragraph on its way into a block or a cell; an empty text keeps a line free inside a cell.

    It stands on the source's `line`, `offset` characters into the text of the element `entry`. `leads` holds what
    the non-breaking spaces before each of its lines indent it by, 4 px each.
    """

    text: str
    line: int = 1
    entry: Place | None = None
    indent: int = 0
    bold: bool = False
    leads: tuple[int, ...] = ()
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph of the placed `element`, `left` and `top` px from the corner of the element `container`."""

    piece: Piece
    container: object
    element: object
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph that stands beside others in the element `row`, `left` to `right` px from its edge.

    `outer` holds the rows.
    """

    piece: Piece
    row: object
    outer: object
    left: int
    right: int


@dataclass(slots=True)
class RawCell:
    """A cell as it is being read. `column` is -1 until it has its place; an empty cell needs neither it nor `entry`."""

    entry: Place | None = None
    line: int = 1
    colspan: int = 1
    rowspan: int = 1
    above: str = ""
    below: str = ""
    column: int = -1
    items: Sequence[Item] = ()

    def pieces(self) -> list[Piece]:
        """The cell's paragraphs, empty ones too."""
        return [item for item in self.items if isinstance(item, Piece)]

    def lines(self) -> list[str]:
        """The cell's text by line, empty lines too."""
        return "\n".join([piece.text for piece in self.pieces()]).split("\n")


@dataclass(slots=True)
class RawRow:
    """A row as it is being read."""

    above: str = ""
    below: str = ""
    cells: list[RawCell] = field(default_factory=list)


@dataclass(slots=True)
class RawTable:
    """A table as it is being read, `parts` tables of the source joined into one."""

    entry: Place | None
    line: int
    rows: list[RawRow] = field(default_factory=list)
    width: int = 0
    parts: int = 1


Item = Piece | Placed | Beside | Lines | Grid | RawTable


def text_of(file: str, text: str, line: int, entry: Place | None, offset: int = 0) -> Text:
    """The text with where it stands: on the source's `line`, `offset` characters into the text of `entry`."""
    at = offset + 1
    # As `Text(...)` and `Span(...)` would: without their call of a function, for there is one of each for each cell.
    span = tuple.__new__(Span, (file, line, at, at + len(text), entry.path() if entry else ""))
    return tuple.__new__(Text, (text, span, ()))


def lines_of(file: str, parts: Iterable[str], line: int, entry: Place | None, offset: int = 0) -> Iterator[Text]:
    """The lines of one paragraph, each with where it begins in the element's text."""
    for part in parts:
        yield text_of(file, part, line, entry, offset)
        offset += len(part) + 1
