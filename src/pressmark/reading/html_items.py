"""What the walk over an HTML document gathers: paragraphs, placed ones, tables as they are being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pressmark.reading.document import Grid, Lines
from pressmark.span import Text


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph on its way into a block or a cell; an empty text keeps a line free inside a cell.

    `leads` holds what each of its lines is indented by on its own, where they differ.
    """

    text: Text
    indent: int = 0
    bold: bool = False
    leads: tuple[int, ...] = ()


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
    """A cell as it is being read. `column` is -1 until it has its place."""

    path: str
    line: int
    colspan: int = 1
    rowspan: int = 1
    above: str = ""
    below: str = ""
    column: int = -1
    items: list[Item] = field(default_factory=list)

    @property
    def nested(self) -> bool:
        """Whether the cell holds more than paragraphs."""
        return any(isinstance(item, Grid | Lines) for item in self.items)

    def lines(self) -> list[str]:
        """The cell's text by line, empty lines too."""
        return "\n".join(item.text.text for item in self.items if isinstance(item, Piece)).split("\n")


@dataclass(slots=True)
class RawRow:
    """A row as it is being read."""

    above: str = ""
    below: str = ""
    cells: list[RawCell] = field(default_factory=list)


@dataclass(slots=True)
class RawTable:
    """A table as it is being read."""

    path: str
    line: int
    rows: list[RawRow] = field(default_factory=list)
    width: int = 0


Item = Piece | Placed | Beside | Lines | Grid | RawTable
