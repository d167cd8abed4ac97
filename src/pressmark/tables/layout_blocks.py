"""Cuts lines into blocks of a table: the heads, the lines of values under them, and what stands around.

A block is a run of lines of values with their labels under one set of heads. A title, an EDGAR table mark or
prose between two blocks makes them two tables; heads alone repeat within one table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressmark.tables.layout_line import Line, LineKind, Piece, is_year
from pressmark.tables.layout_words import is_head_word, is_note, is_scale, is_title, names_period

_MARKED_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d ?\(\w{1,2}\)|(?:19|20)\d?")
_LONGEST_HEAD = 48
_LONGEST_HEAD_LABEL = 110
_MOST_HEAD_WORDS = 8
_SHORT_HEAD = 14
_MOST_LABEL_LINES = 14
_MOST_BLANK = 24
_PROSE_WORDS = 8
_CAPTION_LINES = 12
_NOTE_LINES = 12
_CAPTION_SEARCH = 60
_SLACK = 6


@dataclass(frozen=True, slots=True)
class Zone:
    """The character columns that hold values."""

    start: int
    end: int

    def holds(self, piece: Piece) -> bool:
        """True for a piece over the values rather than over the labels."""
        if not self.start - 1 < piece.center or piece.start >= self.end + _SLACK:
            return False
        narrow = len(piece.text) <= self.end - self.start + 2 * _SLACK and names_period(piece.text)
        return narrow or piece.start >= self.start - _SLACK


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


def is_head(line: Line) -> bool:
    """True for a line that is a head by its words alone: bare years, or dates and periods side by side."""
    if line.kind is LineKind.VALUES:
        numbers = [cell for cell in line.cells if cell.number is not None and not cell.mark and not cell.tight]
        words = [cell for cell in line.cells if cell.number is None and not cell.mark]
        label = line.label_text
        return (
            any(is_year(cell) for cell in numbers)
            and all(_yearly(cell) for cell in numbers)
            and all(_heads(word) for word in words)
            and len(label) < _LONGEST_HEAD_LABEL
            and (len(numbers) > 1 or not label or names_period(label) or is_scale(label) or bool(words))
        )
    if line.kind is not LineKind.WORDS or len(line.pieces) < 2:
        return False
    rest = line.pieces[1:]
    return all(_heads(piece) for piece in rest) and any(names_period(piece.text) for piece in rest)


def _yearly(cell: Piece) -> bool:
    """True for a year, also one with a note's mark, or cut off at the edge of a printed page."""
    return is_year(cell) or _MARKED_YEAR.fullmatch(cell.text) is not None


def _heads(piece: Piece) -> bool:
    """True for a piece that can be a head of a column."""
    text = piece.text
    if len(text) > _LONGEST_HEAD or len(text.split()) > _MOST_HEAD_WORDS:
        return False
    return names_period(text) or is_head_word(text)


def _over(line: Line, zone: Zone) -> bool:
    """True where some of a line stands over the values."""
    return any(piece.end > zone.start - _SLACK for piece in line.pieces)


def is_prose(line: Line, zone: Zone) -> bool:
    """True for a sentence's line that runs under the values."""
    if line.kind is not LineKind.WORDS or not line.pieces:
        return False
    words = line.at.text.split()
    return line.pieces[-1].end > zone.start + 2 and len(words) >= _PROSE_WORDS and not _spread(line)


def _spread(line: Line) -> bool:
    """True where wide gaps part the pieces as in a table."""
    gaps = [b.start - a.end for a, b in zip(line.pieces, line.pieces[1:], strict=False)]
    return any(gap > 4 for gap in gaps[1:]) or len(gaps) > 3


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks in order. Lines of values that stand alone in prose make none."""
    values = [i for i, line in enumerate(lines) if line.kind is LineKind.VALUES and not _is_year_head(lines, i)]
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


def _is_year_head(lines: Sequence[Line], i: int) -> bool:
    """A line of years is no head in the midst of values, where it is a line of numbers that look like years."""
    if not is_head(lines[i]):
        return False
    if not lines[i].label or names_period(lines[i].label_text):
        return True
    around = [lines[k] for k in (i - 1, i + 1) if 0 <= k < len(lines)]
    return not all(line.kind is LineKind.VALUES and not is_head(line) for line in around)


def zone_of(lines: Sequence[Line], group: Sequence[int]) -> Zone:
    """Where the values of some lines stand; a few that stick out to the left don't count."""
    cells = [cell for i in group for cell in lines[i].cells if cell.number is not None and not cell.tight and not cell.mark]
    starts = sorted(min(c.start for c in lines[i].cells if c in cells) for i in group if any(c in cells for c in lines[i].cells))
    return Zone(starts[len(starts) // 8], max(cell.end for cell in cells))


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
    heads = [line for line in words if is_head(line) and (_over(line, zone) or _over(line, next_zone))]
    titled = any(_titles(line, zone) for line in words if line not in heads)
    titled = titled or any(is_title(line.pieces[0].text) for line in heads)
    prose = sum(is_prose(line, zone) for line in words if line not in heads)
    weak = any(len(line.pieces) == 1 and next_zone.holds(line.pieces[0]) and names_period(line.at.text) for line in words)
    if heads or (titled and weak):
        return "table" if titled or prose or marks & {"TABLE", "/TABLE"} else "head"
    if prose > 3 or len(words) > _MOST_LABEL_LINES or blank > _MOST_BLANK:
        return "table"
    if (titled and (marks or blank > 3)) or (prose and not _aligned(lines, group, i)):
        return "table"
    paged = any(lines[k].kind is LineKind.FURNITURE for k in gap)
    wider = len(lines[i].cells) > max(len(lines[k].cells) for k in group[-12:])
    apart = blank > 1 and (wider if paged else bool(words) or len(lines[i].cells) == 1)
    if apart and not _under(lines, group, i):
        return "table"
    return "same"


def _titles(line: Line, zone: Zone) -> bool:
    """True for a title or scale that is no row's label."""
    text = line.at.text.strip()
    return len(line.pieces) == 1 and not text.endswith(":") and (is_title(text) or is_scale(text)) and len(text) < 120 and zone.end > 0


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
    heads, first = _walk_up(lines, group[0], floor, zone)
    return Block(tuple(heads), first, group[-1], kind == "table", zone)


def _walk_up(lines: Sequence[Line], start: int, floor: int, zone: Zone) -> tuple[list[int], int]:
    """The head lines above the first line of values, and the first line of the body."""
    heads: list[int] = []
    pending: list[int] = []
    k = start - 1
    empty = 0
    while k >= floor:
        line = lines[k]
        if line.kind in (LineKind.WORDS, LineKind.VALUES):
            if (
                (is_head(line) and _over(line, zone))
                or _weak_head(line, zone)
                or (heads and k == heads[-1] - 1 and _is_upper_head(line, zone))
            ):
                heads.append(k)
                empty = 0
            elif _titles(line, zone) and _under_heads(lines, k):
                heads.append(k)
            elif heads or _titles(line, zone) or is_prose(line, zone) or len(pending) > _MOST_LABEL_LINES:
                break
            else:
                pending.append(k)
        elif line.kind is LineKind.BLANK:
            empty += 1
            if empty > (3 if heads else 6):
                break
        else:
            empty = 0
        k -= 1
    heads.reverse()
    if heads:
        below = heads[-1] + 1
        if below < start and _closes(lines[heads[-1]], lines[below]):
            heads.append(below)
        return heads, heads[-1] + 1
    first = start
    while first - 1 in pending and not lines[first - 1].pieces[0].start > zone.start - 8:
        first -= 1
    return [], first


def _closes(head: Line, below: Line) -> bool:
    """True for the end of a scale in parentheses that wrapped from the head's line."""
    if below.kind is not LineKind.WORDS or len(below.pieces) > 1 or not head.pieces:
        return False
    text, end = head.pieces[0].text, below.pieces[0].text
    return text.count("(") > text.count(")") and end.count(")") > end.count("(")


def _is_upper_head(line: Line, zone: Zone) -> bool:
    """True for a word or two over the values, right above a head."""
    return all(zone.holds(piece) and len(piece.text) <= _SHORT_HEAD for piece in line.pieces)


def _under_heads(lines: Sequence[Line], k: int) -> bool:
    """True for a scale that stands below the heads of its table."""
    above = (lines[i] for i in range(k - 1, max(-1, k - 4), -1) if lines[i].kind in (LineKind.WORDS, LineKind.VALUES))
    line = next(above, None)
    return line is not None and is_head(line)


def _weak_head(line: Line, zone: Zone) -> bool:
    """True for words over the values that can be heads there."""
    over = [piece for piece in line.pieces if zone.holds(piece)]
    left = [piece for piece in line.pieces if not zone.holds(piece)]
    if not over or len(left) > 1 or any(piece.end > zone.start + _SLACK for piece in left):
        return False
    if any(len(piece.text) > _LONGEST_HEAD for piece in over):
        return False
    if len(over) > 1:
        return True
    text = over[0].text
    return (names_period(text) or is_head_word(text)) and not (is_title(text) and not left)


def caption_start(lines: Sequence[Line], floor: int, block: Block) -> int:
    """The first line of the caption of a block: titles, scale and company name above it, blank lines between.

    Sentences between the titles and the heads are part of it; beyond a screenful only the titles count.
    """
    taken, titled, blank, start = 0, False, 0, block.top
    for k in range(block.top - 1, max(floor, block.top - _CAPTION_SEARCH) - 1, -1):
        line = lines[k]
        if line.kind is LineKind.VALUES or (line.kind is LineKind.MARK and "/TABLE" in line.tags):
            break
        if line.kind is LineKind.BLANK:
            blank += 1
            continue
        if line.kind is not LineKind.WORDS:
            continue
        sentence = _in_paragraph(lines, k, block.zone)
        if titled and (blank > 2 or sentence):
            break
        if is_note(line.at.text.strip()) or (taken >= _CAPTION_LINES and titled):
            break
        titles = not sentence and _titles(line, block.zone)
        titled = titled or titles
        taken += 1
        blank = 0
        if titles or taken <= _CAPTION_LINES:
            start = k
    return start


def _in_paragraph(lines: Sequence[Line], k: int, zone: Zone) -> bool:
    """True for a line of a sentence: a long one, or what follows right below a long one."""
    for line in (lines[k], *lines[k - 1 : k]):
        if line.kind is not LineKind.WORDS or (line is lines[k] and _is_caption(line, zone)):
            return False
        if not _is_caption(line, zone) and _is_sentence(line):
            return True
    return False


def _is_caption(line: Line, zone: Zone) -> bool:
    return _titles(line, zone) and not line.at.text.rstrip().endswith(".")


def _is_sentence(line: Line) -> bool:
    words = line.at.text.split()
    small = sum(word[:1].islower() for word in words)
    return len(words) >= _PROSE_WORDS - 1 and small * 2 >= len(words) and not _spread(line)


def settled(line: Line, zone: Zone) -> Line:
    """The line with numbers that stand where labels do, left of all values, given back to its label."""
    if line.label or not line.cells or line.cells[0].end > zone.start - _SLACK // 2:
        return line
    label = tuple(cell for cell in line.cells if cell.end <= zone.start - _SLACK // 2)
    cells = line.cells[len(label) :]
    if any(cell.number is not None for cell in cells):
        return replace(line, label=label, cells=cells)
    return replace(line, kind=LineKind.WORDS, label=line.pieces, cells=())


def words_of(lines: Sequence[Line], first: int, stop: int, most: int) -> list[Line]:
    """The lines of words between two indexes, at most so many."""
    return [line for line in lines[first:stop] if line.kind in (LineKind.WORDS, LineKind.VALUES)][:most]


def notes_of(lines: Sequence[Line], first: int, stop: int) -> list[Line]:
    """The lines of words right below a table, up to a page mark."""
    marks = (k for k in range(first, stop) if lines[k].kind is LineKind.MARK and lines[k].tags & {"PAGE", "TABLE"})
    return words_of(lines, first, next(marks, stop), _NOTE_LINES)
