"""A line of a table's body with its label and cells, and the label that several lines make together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressmark.span import Span
from pressmark.tables.layout_cells import Piece
from pressmark.tables.layout_line import Line
from pressmark.tables.layout_words import is_hyphened

_WORD = re.compile(r"\S+")
_TORN = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table's body: its label, the place of the label's first character, and its cells with columns.

    `gap` says that a blank line, a rule or a page break stands above it; `ruled` that a rule does.
    `more` holds lines below that carry the rest of its cells.
    """

    line: Line
    label: str
    start: int
    end: int
    cells: tuple[tuple[Piece, int], ...] = ()
    gap: bool = False
    ruled: bool = False
    more: tuple[Entry, ...] = ()

    @property
    def values(self) -> bool:
        """True where the line holds a number."""
        return any(piece.number is not None for piece, _ in self.cells)


def label_of(group: Sequence[Entry]) -> str:
    """The label of a row, its lines joined; a word torn at the end of a line is put together."""
    lines = list(_label_lines(group))
    return lines[-1][1] if lines else ""


def label_parts(group: Sequence[Entry]) -> tuple[tuple[int, Span], ...]:
    """Where the words of a row's label stand, each with its offset in `label_of`."""
    parts = []
    for entry, text in _label_lines(group):
        at, start = len(text) - len(entry.label), entry.start
        for word in _WORD.finditer(entry.line.at.text, start, entry.end):
            if text.startswith(word[0], at):
                parts.append((at, entry.line.at.place(word.start(), word.end())))
                at += len(word[0]) + 1
    return tuple(parts)


def is_torn(text: str) -> bool:
    """True for a line that ends with a hyphen right behind a letter."""
    return _TORN.search(text) is not None


def _label_lines(group: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """The lines of a label, each with the label up to its end."""
    text = ""
    for entry in group:
        text = _mended(text, entry.label) if text and entry.label else text or entry.label
        yield entry, text


def _mended(text: str, rest: str) -> str:
    """The label with its next line; a hyphen at the line's end goes, unless the word is one that has it."""
    left, right = text.rsplit(maxsplit=1)[-1], rest.split(maxsplit=1)[0]
    if not is_torn(left) or not right[0].isalpha():
        return f"{text} {rest}"
    if is_hyphened(left + right):
        return text + rest
    return text[:-1] + rest if left[-2:-1].islower() == right[0].islower() else f"{text} {rest}"
