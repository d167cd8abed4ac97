"""Where something stands in the source: every cell, label, figure and finding carries a span.

Named tuples, for there is one for each cell: frozen dataclasses take twice as long to make.
"""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one line of a source file.

    `line` and `column` count from 1; `end` is the column after the last character (0: unknown).
    `path` is the element path in an HTML source, empty for text. In HTML the columns count in the element's
    text, white space folded and lines joined by newlines; in preformatted text they count in the printed line.
    """

    file: str
    line: int
    column: int = 1
    end: int = 0
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Text(NamedTuple):
    """A piece of text and where its first line stands.

    `parts` holds where the pieces of a text stand that is put together of several, each with its offset; a piece
    ends where the next begins.
    """

    text: str
    span: Span
    parts: tuple[tuple[int, Span], ...] = ()

    def place(self, start: int, end: int) -> Span:
        """Where the characters from `start` up to `end` stand, cut off at the end of the part they begin in."""
        at, span, stop = 0, self.span, end
        for offset, part in self.parts:
            if offset > start:
                stop = start + len(self.text[start : min(end, offset)].rstrip())
                break
            at, span = offset, part
        column = span.column + start - at
        return Span(span.file, span.line, column, column + stop - start, span.path)
