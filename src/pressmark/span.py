"""Where something stands in the source: every cell, label, figure and finding carries a span.

Named tuples, for there is one for each cell: frozen dataclasses take twice as long to make.
"""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one line of a source file.

    `line` and `column` count from 1; `end` is the column after the last character (0: unknown).
    `path` is the element path in an HTML source, empty for text.
    """

    file: str
    line: int
    column: int = 1
    end: int = 0
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Text(NamedTuple):
    """A piece of text and where its first line stands."""

    text: str
    span: Span
