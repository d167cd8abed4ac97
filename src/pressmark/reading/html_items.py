"""What the walk over an HTML document gathers: paragraphs, placed ones, tables as they are being read.

Named tuples hold what there is one of for each cell: they are made several times as fast as frozen dataclasses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pressmark.reading.document import Grid, Lines
from pressmark.reading.html_attributes import Said
from pressmark.reading.html_element import Entry
from pressmark.span import Span, Text


class Piece(NamedTuple):
    """A paragraph on its way into a block or a cell; an empty text keeps a line free inside a cell.

    It stands on the source's `line`, `offset` characters into the text of an element: `entry`, or the one at `known`.
    `leads` holds what the non-breaking spaces before each of its lines indent it by, 4 px each.
    """

    text: str
    line: int = 1
    entry: Entry | None = None
    indent: int = 0
    bold: bool = False
    leads: tuple[int, ...] = ()
    offset: int = 0
    known: str = ""

    @property
    def path(self) -> str:
        """The XPath of its element; asked for late, for those of deep elements take much room."""
        return self.known or (self.entry.path() if self.entry is not None else "")


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


class Flat(NamedTuple):
    """A cell with text: its place, its text, how it looks; `leads` indents its lines beyond `indent`.

    `text` is without the empty lines, `lines` are all of several; `offset` is where it begins in the text of its
    element. `inner` is the path from there to the innermost element around all of the text, on line `inner_line`.
    """

    text: str
    lines: tuple[str, ...]
    column: int
    colspan: int
    rowspan: int
    indent: int
    bold: bool
    line: int
    path: str
    leads: tuple[int, ...] = ()
    offset: int = 0
    inner: str = ""
    inner_line: int = 0

    @property
    def items(self) -> tuple[Piece]:
        """The paragraph of a cell that the walk found to hold but one."""
        path = self.path + self.inner
        return (Piece(self.text, self.inner_line, None, self.indent, self.bold, self.leads, known=path),)

    def texts(self) -> tuple[str, ...]:
        """The cell's text by line."""
        return self.lines or (self.text,)


@dataclass(slots=True)
class RawCell:
    """A cell of more than one text, as it is being read; one without an `entry` stands where its first text does."""

    line: int
    entry: Entry | None
    column: int
    colspan: int
    rowspan: int
    items: Sequence[Item]
    above: str = ""
    below: str = ""

    @property
    def path(self) -> str:
        """The XPath of its element."""
        return self.entry.path() if self.entry is not None else self.pieces()[0].path

    def pieces(self) -> list[Piece]:
        """The cell's paragraphs, empty ones too."""
        return [item for item in self.items if isinstance(item, Piece)]

    def texts(self) -> list[str]:
        """The cell's text by line, empty lines too."""
        return "\n".join([piece.text for piece in self.pieces()]).split("\n")


_Reach = tuple[int, int, int]


@dataclass(slots=True)
class RawRow:
    """A row as it is being read: its cells with text, and the rules drawn above and below it.

    `column` is the first right of all its `count` cells so far. `reaching` tells which columns (first, last + 1) cells
    of it and of the rows above take, and in how many rows from this one on; `busy` those of the rows above that
    stand further right, the leftmost last.
    """

    above: str = ""
    below: str = ""
    reaching: list[_Reach] = field(default_factory=list)
    busy: list[_Reach] = field(default_factory=list)
    cells: list[Flat | RawCell] = field(default_factory=list)
    column: int = 0
    count: int = 0

    def take(self, said: Said) -> int:
        """The column of the next cell, with such attributes: the first that no cell from a row above reaches into.

        Rules that cells right of the first column draw become the row's.
        """
        column = self.column
        while self.busy and self.busy[-1][0] <= column:
            column = max(column, self.busy.pop()[1])
        self.column = column + said.colspan
        self.count += 1
        if said.rowspan > 1:
            self.reaching.append((column, self.column, said.rowspan))
        if said.ruled and column:
            self.rule(said.style.above, said.style.below)
        return column

    def rule(self, above: str, below: str) -> None:
        """Draws rules; of two at one place the heavier one is seen."""
        self.above = above if above == "double" or not self.above else self.above
        self.below = below if below == "double" or not self.below else self.below


@dataclass(slots=True)
class RawTable:
    """A table as it is being read, `parts` tables of the source joined into one; its `width` is known at its end."""

    entry: Entry | None
    line: int
    rows: list[RawRow] = field(default_factory=list)
    width: int = 0
    parts: int = 1

    def begin(self, above: str = "", below: str = "") -> RawRow:
        """A new row, with rules above and below."""
        row = RawRow(above, below)
        if self.rows and (last := self.rows[-1].reaching):
            row.reaching = [(start, end, left - 1) for start, end, left in last if left > 1]
            row.busy = sorted(row.reaching, reverse=True)
        self.rows.append(row)
        return row

    def end(self) -> None:
        """Counts its columns."""
        self.width = max([row.column for row in self.rows], default=0)


Item = Piece | Placed | Beside | Lines | Grid | RawTable


def text_of(file: str, text: str, line: int, path: str, offset: int = 0) -> Text:
    """The text with where it stands: on the source's `line`, `offset` characters into the text of the element."""
    at = offset + 1
    # As `Text(...)` and `Span(...)` would: without their call of a function, for there is one of each for each cell.
    return tuple.__new__(Text, (text, tuple.__new__(Span, (file, line, at, at + len(text), path)), ()))


def lines_of(file: str, parts: Iterable[str], line: int, path: str, offset: int = 0) -> Iterator[Text]:
    """The lines of one paragraph, each with where it begins in the element's text."""
    for part in parts:
        yield text_of(file, part, line, path, offset)
        offset += len(part) + 1
