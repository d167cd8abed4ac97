"""Where a block's values stand, and what lines look like beside that: titles, sentences, stray numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pressmark.tables.layout_cells import Piece
from pressmark.tables.layout_line import Line, LineKind
from pressmark.tables.layout_words import is_scale, is_title, names_period

_PROSE_WORDS = 8
_LONGEST_TITLE = 120
SLACK = 6
"""Characters by which heads and values may be off."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The character columns that hold values."""

    start: int
    end: int

    def holds(self, piece: Piece) -> bool:
        """True for a piece over the values rather than over the labels."""
        if not self.start - 1 < piece.center or piece.start >= self.end + SLACK:
            return False
        narrow = len(piece.text) <= self.end - self.start + 2 * SLACK and names_period(piece.text)
        return narrow or piece.start >= self.start - SLACK


def zone_of(lines: Sequence[Line], group: Sequence[int]) -> Zone:
    """Where the values of some lines stand; a few that stick out to the left don't count."""
    firsts: list[Piece] = []
    end = 0
    for i in group:
        cells = [cell for cell in lines[i].cells if cell.number is not None and not cell.tight and not cell.mark]
        if cells:
            firsts.append(cells[0])
            end = max(end, cells[-1].end)
    if not firsts:
        return Zone(0, 0)
    firsts.sort(key=lambda cell: cell.start)
    usual = firsts[len(firsts) // 8].start
    return Zone(min(cell.start for cell in firsts if cell.end > usual), end)


def is_prose(line: Line, zone: Zone) -> bool:
    """True for a sentence's line that runs under the values."""
    if line.kind is not LineKind.WORDS or not line.pieces:
        return False
    words = line.at.text.split()
    return line.pieces[-1].end > zone.start + 2 and len(words) >= _PROSE_WORDS and not is_spread(line)


def is_spread(line: Line) -> bool:
    """True where wide gaps part the pieces as in a table."""
    gaps = [b.start - a.end for a, b in pairwise(line.pieces)]
    return any(gap > 4 for gap in gaps[1:]) or len(gaps) > 3


def is_caption_line(line: Line, zone: Zone) -> bool:
    """True for a title or scale that is no row's label."""
    text = line.at.text.strip()
    return (
        len(line.pieces) == 1
        and not text.endswith(":")
        and (is_title(text) or is_scale(text))
        and len(text) < _LONGEST_TITLE
        and zone.end > 0
    )


def settled(line: Line, zone: Zone) -> Line:
    """The line with numbers that stand where labels do, left of all values, given back to its label."""
    if line.label or not line.cells or line.cells[0].end > zone.start - SLACK // 2:
        return line
    label = tuple(cell for cell in line.cells if cell.end <= zone.start - SLACK // 2)
    cells = line.cells[len(label) :]
    if any(cell.number is not None for cell in cells):
        return replace(line, label=label, cells=cells)
    return replace(line, kind=LineKind.WORDS, label=line.pieces, cells=())
