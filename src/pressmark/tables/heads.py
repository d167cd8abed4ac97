"""Puts the heads of a preformatted table over its value columns: which columns each piece of a head line spans.

Heads are set by eye: shifted, centered over several columns, or over one column only although they hold for
all. The ladder for a line, lowest line first: a rule drawn below a piece shows its span; then as many equal runs of
heads below as there are pieces ("2004 2003 2004 2003"); otherwise the pieces share the columns out, in order, so that
each stands over the middle or an edge of its columns, and columns that still lack a month, a year or a length get one
before others do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pressmark.dates import Mention, mentions
from pressmark.tables.layout_cells import Piece
from pressmark.tables.layout_columns import Column, assign
from pressmark.tables.layout_line import Line, LineKind
from pressmark.tables.layout_words import names_period

_TORN = re.compile(
    r"(?<=\d{4}) (?=[A-Z(])|(?<=\d,) (?=[A-Z][a-z]{2})|(?<=\d{4}) (?=\d{4}\b)|(?<=\)) (?=\()"
    r"|(?<=[Ee]nded) (?=[A-Z][a-z]+ [Mm]onths)"
)
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?,?")
_LACKING = 30.0
_IDLE = 0.5
_BESIDE = 4.0
_MOST = 60
_LABEL_GAP = 4

Align = Callable[[Piece, int, int], float]


@dataclass(frozen=True, slots=True)
class Over:
    """A piece of a head line and the columns it stands over, `first` to `last`."""

    piece: Piece
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of heads: what stands over the labels, and what over the columns."""

    line: Line
    label: tuple[Piece, ...]
    over: tuple[Over, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """Which parts of a period are named."""

    year: bool = False
    month: bool = False
    length: bool = False

    def __or__(self, other: _Named) -> _Named:
        return _Named(self.year or other.year, self.month or other.month, self.length or other.length)


def head_lines(lines: Sequence[Line], columns: Sequence[Column]) -> tuple[HeadLine, ...]:
    """The head lines of a block, top to bottom. `lines` may hold the rules drawn between them."""
    below = [_Named()] * len(columns)
    rule: Line | None = None
    lower: tuple[Over, ...] = ()
    found: list[HeadLine] = []
    for line in reversed(_days_joined(lines)):
        if line.kind is LineKind.RULE:
            rule = line
        if line.kind not in (LineKind.WORDS, LineKind.VALUES):
            continue
        label, pieces = _sides(line, columns)
        over = _ruled(pieces, columns, rule) or _repeated(pieces, columns, lower) or _shared(pieces, columns, below)
        found.append(HeadLine(line, label, over))
        for head in over:
            named = _named(head.piece.text)
            for index in range(head.first, head.last + 1):
                below[index] |= named
        rule, lower = None, over if len(over) == len(columns) else lower
    return tuple(reversed(found))


def _days_joined(lines: Sequence[Line]) -> list[Line]:
    """The lines, the day of a date put back behind its month where it wrapped to a line of its own."""
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        if above is None or not line.pieces or not all(_DAY.fullmatch(piece.text) for piece in line.pieces):
            out.append(line)
            continue
        joined = {
            i: piece
            for piece in line.pieces
            for i, other in enumerate(above.pieces)
            if other.start - 1 <= piece.start < other.end and _ends_in_month(other.text)
        }
        if len(joined) < len(line.pieces):
            out.append(line)
            continue
        pieces = tuple(
            replace(piece, text=f"{piece.text} {joined[i].text}") if i in joined else piece
            for i, piece in enumerate(above.pieces)
        )
        out[-1] = replace(above, pieces=pieces)
    return out


def _ends_in_month(text: str) -> bool:
    found = mentions(text)
    return bool(found) and found[-1].month is not None and found[-1].day is None and found[-1].end == len(text.rstrip())


def _sides(line: Line, columns: Sequence[Column]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What stands over the labels, and what over the columns, torn apart where one space parts two heads."""
    label: list[Piece] = []
    over: list[Piece] = []
    whole = len(line.pieces) == len(columns) and all(names_period(piece.text) for piece in line.pieces)
    for piece in line.pieces:
        if (
            not whole
            and not over
            and piece.end <= columns[0].start + 1
            and piece.center < columns[0].start - _LABEL_GAP
        ):
            label.append(piece)
        else:
            over += _torn(piece)
    if len(label) > 1 and not over:
        return tuple(label), ()
    return tuple(label), tuple(over)


def _torn(piece: Piece) -> list[Piece]:
    found, start = [], 0
    for match in _TORN.finditer(piece.text):
        found.append(Piece(piece.text[start : match.start()], piece.start + start, piece.start + match.start()))
        start = match.end()
    found.append(Piece(piece.text[start:], piece.start + start, piece.end))
    return found


def _named(text: str) -> _Named:
    found = mentions(text)
    return _Named(
        any(m.year is not None for m in found),
        any(m.month is not None or m.quarter or m.half for m in found),
        any(_long(m) for m in found),
    )


def _long(mention: Mention) -> bool:
    return mention.is_length or mention.is_part


def _ruled(pieces: Sequence[Piece], columns: Sequence[Column], rule: Line | None) -> tuple[Over, ...]:
    """The spans that rules below the pieces show, or nothing where not every piece has one of its own."""
    if rule is None or not pieces:
        return ()
    found: list[Over] = []
    for piece in pieces:
        under = [r for r in rule.pieces if r.start < piece.end and piece.start < r.end]
        if len(under) != 1:
            return ()
        covered = [i for i, column in enumerate(columns) if column.overlap(under[0]) * 2 > column.end - column.start]
        if not covered or (found and covered[0] <= found[-1].last):
            return ()
        found.append(Over(piece, covered[0], covered[-1]))
    return tuple(found)


def _repeated(pieces: Sequence[Piece], columns: Sequence[Column], lower: Sequence[Over]) -> tuple[Over, ...]:
    """A piece for each run of heads below that are the same again, if it stands over those that name a period."""
    run, rest = divmod(len(lower), max(len(pieces), 1))
    texts = [over.piece.text for over in lower]
    if len(pieces) < 2 or run < 2 or rest or texts != texts[:run] * len(pieces) or len(set(texts[:run])) < run:
        return ()
    told = [i for i in range(run) if names_period(texts[i])] or range(run)
    over = tuple(Over(piece, i * run + told[0], i * run + told[-1]) for i, piece in enumerate(pieces))
    within = all(o.piece.start < columns[o.last].end and columns[o.first].start < o.piece.end for o in over)
    return over if within else ()


def _shared(pieces: Sequence[Piece], columns: Sequence[Column], below: Sequence[_Named]) -> tuple[Over, ...]:
    """The columns shared out among the pieces, in order, at the least cost."""
    pieces, n = pieces[:_MOST], min(len(columns), _MOST)
    if not pieces:
        return ()
    if len(pieces) > n:
        found = zip(pieces, assign(pieces, columns), strict=True)
        return tuple(Over(piece, index, index) for piece, index in found if index is not None)
    if len(pieces) == n and all(column.overlap(piece) for column, piece in zip(columns, pieces, strict=False)):
        return tuple(Over(piece, index, index) for index, piece in enumerate(pieces))
    lacking = _lacking(pieces, below[:n])
    shared = [_aligned(pieces, columns[:n], lacking, align) for align in (_center, _left, _right)]
    return min(shared, key=lambda pair: pair[0])[1]


def _center(piece: Piece, start: int, end: int) -> float:
    return abs((start + end) / 2 - piece.center)


def _left(piece: Piece, start: int, end: int) -> float:  # noqa: ARG001
    return abs(start - piece.start)


def _right(piece: Piece, start: int, end: int) -> float:  # noqa: ARG001
    return abs(end - piece.end)


def _aligned(
    pieces: Sequence[Piece], columns: Sequence[Column], lacking: Sequence[bool], align: Align
) -> tuple[float, tuple[Over, ...]]:
    """The cheapest way to share out the columns where all heads are set the same way, and its cost."""
    n = len(columns)
    idle = [_LACKING if lack else _IDLE for lack in lacking]
    far = float("inf")
    k = len(pieces)
    cost = [[far] * (k + 1) for _ in range(n + 1)]
    back: list[list[int]] = [[-1] * (k + 1) for _ in range(n + 1)]
    cost[0][0] = 0.0
    for i in range(1, n + 1):
        for used in range(k + 1):
            cost[i][used] = cost[i - 1][used] + idle[i - 1]
            if used == 0:
                continue
            for first in range(i - 1, -1, -1):
                if cost[first][used - 1] == far:
                    continue
                total = cost[first][used - 1] + _cost(pieces[used - 1], columns[first:i], lacking[first:i], align)
                if total < cost[i][used]:
                    cost[i][used], back[i][used] = total, first
    found: list[Over] = []
    i, used = n, k
    while i > 0:
        first = back[i][used]
        if first < 0:
            i -= 1
            continue
        found.append(Over(pieces[used - 1], first, i - 1))
        i, used = first, used - 1
    return cost[n][k], tuple(reversed(found))


def _lacking(pieces: Sequence[Piece], below: Sequence[_Named]) -> list[bool]:
    """For each column whether it needs what this line names; all do where no lower line names a period."""
    named = _Named()
    for piece in pieces:
        named |= _named(piece.text)
    if named != _Named() and all(b == _Named() for b in below) and len(below) >= 2 * len(pieces):
        return [True] * len(below)
    return [
        (named.month and b.year and not b.month)
        or (named.length and (b.year or b.month) and not b.length)
        or (named.year and (b.month or b.length) and not b.year)
        for b in below
    ]


def _cost(piece: Piece, group: Sequence[Column], lacking: Sequence[bool], align: Align) -> float:
    """How badly a piece stands over a group of columns, in characters."""
    start, end = group[0].start, group[-1].end
    off = align(piece, start, end)
    apart = max(0, start - piece.end, piece.start - end)
    beside = sum(_BESIDE for column, lack in zip(group, lacking, strict=True) if not lack and not column.overlap(piece))
    return off + 2 * apart + (beside if len(group) > 1 else 0)
