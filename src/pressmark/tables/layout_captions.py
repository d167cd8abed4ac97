"""The lines around a block that belong to it: titles and scale above, notes below."""

from __future__ import annotations

from collections.abc import Sequence

from pressmark.tables.layout_blocks import Block
from pressmark.tables.layout_line import Line, LineKind
from pressmark.tables.layout_words import is_note
from pressmark.tables.layout_zone import Zone, is_caption_line, is_spread

_CAPTION_LINES = 12
_CAPTION_SEARCH = 60
_NOTE_LINES = 12
_SENTENCE_WORDS = 7


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
        titles = not sentence and is_caption_line(line, block.zone)
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
    return is_caption_line(line, zone) and not line.at.text.rstrip().endswith(".")


def _is_sentence(line: Line) -> bool:
    words = line.at.text.split()
    if words and words[0][:1].islower() and words[-1].endswith("."):
        return True
    small = sum(word[:1].islower() for word in words)
    return len(words) >= _SENTENCE_WORDS and small * 2 >= len(words) and not is_spread(line)


def words_of(lines: Sequence[Line], first: int, stop: int, most: int) -> list[Line]:
    """The lines of words between two indexes, at most so many."""
    return [line for line in lines[first:stop] if line.kind in (LineKind.WORDS, LineKind.VALUES)][:most]


def notes_of(lines: Sequence[Line], first: int, stop: int) -> list[Line]:
    """The lines of words right below a table, up to a page mark."""
    marks = (k for k in range(first, stop) if lines[k].kind is LineKind.MARK and lines[k].tags & {"PAGE", "TABLE"})
    return words_of(lines, first, next(marks, stop), _NOTE_LINES)
