"""Builds a Table from a compact picture, for tests of the statements stage.

One row a line: `kind depth label | cell | cell`. Kinds: H head, B body, T text. A cell `a>2` spans two
columns. An empty cell is left out.
"""

from __future__ import annotations

import re

from pressmark.numbers import parse_number
from pressmark.reading.document import Document, Header
from pressmark.span import Span, Text
from pressmark.tables.table import Cell, Row, RowKind, Table

KINDS = {"H": RowKind.HEAD, "B": RowKind.BODY, "T": RowKind.TEXT}


def table(caption: str, picture: str, file: str = "made-up.txt", first: int = 1) -> Table:
    """The table of a picture; `caption` holds one title line a line."""
    lines = [line.strip() for line in caption.strip().splitlines() if line.strip()]
    captions = tuple(Text(t, Span(file, first + i)) for i, t in enumerate(lines))
    rows = []
    width = 0
    at = first + len(lines)
    for line in picture.strip().splitlines():
        at += 1
        match = re.match(r"\s*([HBT])(\d?)(_?)\s?([^|]*)(\|.*)?$", line)
        assert match, line
        cells, column = [], 0
        for part in (match[5] or "|")[1:].split("|"):
            text, _, span = part.strip().partition(">")
            wide = int(span or 1)
            if text.strip():
                kind = KINDS[match[1]]
                made = parse_number(text) if kind is RowKind.BODY else None
                place = Span(file, at, 40 + 12 * column)
                cells.append(Cell(text.strip(), place, column, column + wide - 1, made))
            column += wide
        width = max(width, column if match[5] else 0)
        label = match[4].strip()
        rows.append(
            Row(
                KINDS[match[1]],
                Text(label, Span(file, at)) if label else None,
                int(match[2] or 0),
                tuple(cells),
                ruled=bool(match[3]),
            )
        )
    return Table(captions, tuple(rows), width)


def document(fiscal_year_end: str = "") -> Document:
    """A release without text, perhaps with a header."""
    return Document("made-up.txt", (), Header(fiscal_year_end=fiscal_year_end))
