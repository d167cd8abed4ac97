"""Cuts lines into blocks of a table: the heads, the lines of values under them, and what stands around.

A block is a run of lines of values with their labels under one set of heads. A title, an EDGAR table mark or
prose between two blocks makes them two tables; heads alone repeat within one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pressmark.tables.layout_headings import above, is_head, is_over, is_year_head
from pressmark.tables.layout_line import Line, LineKind
from pressmark.tables.layout_words import is_statement, is_title, names_period
from pressmark.tables.layout_zone import Zone, is_caption_line, is_prose, zone_of

_MOST_LABEL_LINES = 14
_MOST_BLANK = 24
_CENTERED = 8


@dataclass(frozen=True, slots=True)
class Block:
    """Indexes into the lines: the lines of heads, the body `first` to `last`, and whether a new table begins here."""

    heads: tuple[int, ...]
    first: int
    last: int
    opens: bool
    zone: Zone

    @property
    def top(self) -> int:
        """The first line of heads or body."""
        return min((*self.heads, self.first))


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks in order. Lines of values that stand alone in prose make none."""
    values = [i for i, line in enumerate(lines) if line.kind is LineKind.VALUES and not is_year_head(lines, i)]
    groups: list[list[int]] = []
    kinds: list[str] = []
    for i in values:
        kind = _between(lines, groups[-1], i) if groups else "table"
        if kind == "same":
            groups[-1].append(i)
        else:
            groups.append([i])
            kinds.append(kind)
    found: list[Block] = []
    floor = 0
    for group, kind in zip(groups, kinds, strict=True):
        found.append(_block(lines, group, kind, floor))
        floor = group[-1] + 1
    return found


def _between(lines: Sequence[Line], group: list[int], i: int) -> str:
    """What lies between the values so far and line `i`: "same" block, a "head" in one table, or a new "table"."""
    gap = range(group[-1] + 1, i)
    if len(gap) == 0:
        return "same"
    zone = zone_of(lines, group[-12:])
    words = [lines[k] for k in gap if lines[k].kind is LineKind.WORDS or (lines[k].kind is LineKind.VALUES)]
    blank = sum(lines[k].kind is LineKind.BLANK for k in gap)
    marks = frozenset[str]().union(*(lines[k].tags for k in gap if lines[k].kind is LineKind.MARK))
    next_zone = zone_of(lines, [i])
    heads = [line for line in words if is_head(line) and (is_over(line, zone) or is_over(line, next_zone))]
    titled = any(is_caption_line(line, zone) for line in words if line not in heads)
    titled = titled or any(is_title(line.pieces[0].text) for line in heads)
    prose = sum(is_prose(line, zone) for line in words if line not in heads)
    weak = any(
        len(line.pieces) == 1 and next_zone.holds(line.pieces[0]) and names_period(line.at.text) for line in words
    )
    if heads or (titled and weak):
        return "table" if titled or prose or marks & {"TABLE", "/TABLE"} else "head"
    if prose > 3 or len(words) > _MOST_LABEL_LINES or blank > _MOST_BLANK:
        return "table"
    if (titled and (marks or blank > 3)) or (prose and not _aligned(lines, group, i)):
        return "table"
    labels = [lines[k].label[0].start for k in group[-12:] if lines[k].label]
    if blank and any(_entitles(line, min(labels, default=0)) for line in words):
        return "table"
    paged = any(lines[k].kind is LineKind.FURNITURE for k in gap)
    wider = len(lines[i].cells) > max(len(lines[k].cells) for k in group[-12:])
    apart = blank > 1 and (wider if paged else bool(words) or len(lines[i].cells) == 1)
    if apart and not _under(lines, group, i):
        return "table"
    return "same"


def _entitles(line: Line, margin: int) -> bool:
    """True for the title of another statement, centered over its labels."""
    return len(line.pieces) == 1 and line.pieces[0].start >= margin + _CENTERED and is_statement(line.pieces[0].text)


def _aligned(lines: Sequence[Line], group: list[int], i: int) -> bool:
    """True where every number of line `i` stands flush with one of the lines above."""
    above = [cell for k in group[-12:] for cell in lines[k].cells if cell.number is not None]
    edges = {edge + shift for a in above for edge in (a.end, -a.start) for shift in (-1, 0, 1)}
    return all(cell.end in edges or -cell.start in edges for cell in lines[i].cells if cell.number is not None)


def _under(lines: Sequence[Line], group: list[int], i: int) -> bool:
    """True where every number of line `i` stands under one of the lines above."""
    above = [cell for k in group[-12:] for cell in lines[k].cells if cell.number is not None]
    return all(
        any(a.start < cell.end and cell.start < a.end for a in above)
        for cell in lines[i].cells
        if cell.number is not None and not cell.tight
    )


def _block(lines: Sequence[Line], group: list[int], kind: str, floor: int) -> Block:
    zone = zone_of(lines, group[:12])
    heads, first = above(lines, group[0], floor, zone)
    return Block(tuple(heads), first, group[-1], kind == "table", zone)
