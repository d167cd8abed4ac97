"""Tells the lines of heads over the values of a block, by their words and by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pressmark.tables.layout_cells import Piece
from pressmark.tables.layout_line import Line, LineKind, is_year
from pressmark.tables.layout_words import is_head_word, is_scale, is_title, names_period
from pressmark.tables.layout_zone import SLACK, Zone, is_caption_line, is_prose

_MARKED_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d ?\(\w{1,2}\)|(?:19|20)\d?")
_LONGEST_HEAD = 48
_LONGEST_HEAD_LABEL = 110
_MOST_HEAD_WORDS = 8
_SHORT_HEAD = 14
_MOST_LABEL_LINES = 14
_MOST_BLANK = 6
_MOST_BLANK_IN_HEADS = 3


def is_head(line: Line) -> bool:
    """True for a line that is a head by its words alone: bare years, or dates and periods side by side."""
    if line.kind is LineKind.VALUES:
        yearly = line.label if line.label and is_year(line.label[0]) else ()  # "1997  Sales  1996  Sales"
        numbers = [cell for cell in line.cells if cell.number is not None and not cell.mark and not cell.tight]
        words = [cell for cell in (*yearly[1:], *line.cells) if cell.number is None and not cell.mark]
        label = "" if yearly else line.label_text
        return (
            any(is_year(cell) for cell in numbers)
            and all(_yearly(cell) for cell in numbers)
            and all(_heads(word) or (not label and len(word.text) <= _SHORT_HEAD) for word in words)
            and len(label) < _LONGEST_HEAD_LABEL
            and (len(numbers) > 1 or not label or names_period(label) or is_scale(label) or bool(words))
        )
    if line.kind is not LineKind.WORDS or len(line.pieces) < 2:
        return False
    rest = line.pieces[1:]
    return all(_heads(piece) for piece in rest) and any(names_period(piece.text) for piece in rest)


def is_year_head(lines: Sequence[Line], i: int) -> bool:
    """A line of years is no head in the midst of values, where it is a line of numbers that look like years."""
    if not is_head(lines[i]):
        return False
    if not lines[i].label or names_period(lines[i].label_text):
        return True
    around = [lines[k] for k in (i - 1, i + 1) if 0 <= k < len(lines)]
    return not all(line.kind is LineKind.VALUES and not is_head(line) for line in around)


def is_over(line: Line, zone: Zone) -> bool:
    """True where some of a line stands over the values."""
    return any(piece.end > zone.start - SLACK for piece in line.pieces)


def above(lines: Sequence[Line], start: int, floor: int, zone: Zone) -> tuple[list[int], int]:
    """The head lines above the first line of values, and the first line of the body."""
    heads: list[int] = []
    pending: list[int] = []
    k = start - 1
    empty = 0
    while k >= floor:
        line = lines[k]
        if line.kind in (LineKind.WORDS, LineKind.VALUES):
            if _is_heading(lines, k, zone, heads):
                heads.append(k)
                empty = 0
            elif heads or is_caption_line(line, zone) or is_prose(line, zone) or len(pending) > _MOST_LABEL_LINES:
                break
            else:
                pending.append(k)
        elif line.kind is LineKind.BLANK:
            empty += 1
            if empty > (_MOST_BLANK_IN_HEADS if heads else _MOST_BLANK):
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


def _is_heading(lines: Sequence[Line], k: int, zone: Zone, heads: Sequence[int]) -> bool:
    """True where line `k` is a head, given those found below it (lowest first)."""
    line = lines[k]
    if (is_head(line) and is_over(line, zone)) or _weak_head(line, zone):
        return True
    if heads and k == heads[-1] - 1 and _is_upper_head(line, zone):
        return True
    return is_caption_line(line, zone) and _under_heads(lines, k)


def _yearly(cell: Piece) -> bool:
    """True for a year, also one with a note's mark, or cut off at the edge of a printed page."""
    return is_year(cell) or _MARKED_YEAR.fullmatch(cell.text) is not None


def _heads(piece: Piece) -> bool:
    """True for a piece that can be a head of a column."""
    text = piece.text
    if len(text) > _LONGEST_HEAD or len(text.split()) > _MOST_HEAD_WORDS:
        return False
    return names_period(text) or is_head_word(text)


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
    higher = (lines[i] for i in range(k - 1, max(-1, k - 4), -1))
    line = next((line for line in higher if line.kind in (LineKind.WORDS, LineKind.VALUES)), None)
    return line is not None and is_head(line)


def _weak_head(line: Line, zone: Zone) -> bool:
    """True for words over the values that can be heads there."""
    beyond = [piece for piece in line.pieces[1:] if piece.start >= zone.end]
    over = [piece for piece in line.pieces if zone.holds(piece) or piece in beyond]
    left = [piece for piece in line.pieces if piece not in over]
    if not over or len(left) > 1 or any(piece.end > zone.start + SLACK for piece in left):
        return False
    if any(len(piece.text) > _LONGEST_HEAD for piece in over):
        return False
    if len(over) > 1:
        return True
    text = over[0].text
    return (names_period(text) or is_head_word(text)) and not (is_title(text) and not left)
