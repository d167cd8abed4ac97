"""Preformatted text as numbered lines: tabs expanded, every space a plain one, columns kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from pressmark.reading.document import Lines
from pressmark.span import Span, Text

_SPACES = re.compile(
    "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
)
_WIDTHLESS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{2,5});", re.IGNORECASE)
_PLAIN = re.compile(r"[\x09\x20-\x7e]*")
_SINGLE = re.compile(r"[\x20-\x25\x27-\x7e]*")
_TAB = 8


def parse_text(file: str, text: str, first: int = 1) -> tuple[Lines, ...]:
    """The lines of `text`, the first of which is line `first` of the file; no block for blank text.

    A form feed and other control characters count as one space; tabs stop at every eighth column.
    Characters that EDGAR's SGML escaped (`&amp;`) count as the one they stand for, as the columns were
    set before they were escaped.
    """
    lines = tuple(_line(file, line, number) for number, line in enumerate(text.split("\n"), first))
    return (Lines(lines),) if any(line.text for line in lines) else ()


def offsets(line: str) -> Sequence[int]:
    """Where each character of a line of `parse_text` stands in the source's line; at the end, that line's length."""
    if _SINGLE.fullmatch(line):
        return range(len(line) + 1)
    found: list[int] = []
    at = 0
    while at < len(line):
        entity = _ENTITY.match(line, at) if line[at] == "&" else None
        said = unescape(entity[0].lower()) if entity else line[at]
        for character in said:
            if not _WIDTHLESS.match(character):
                width = _TAB - len(found) % _TAB if character == "\t" else 1
                found += [at] * width
        at = entity.end() if entity else at + 1
    return (*found, len(line))


def _line(file: str, line: str, number: int) -> Text:
    if "&" in line and _ENTITY.search(line):
        line = _ENTITY.sub(lambda match: unescape(match[0].lower()), line)
    if not _PLAIN.fullmatch(line):
        line = _WIDTHLESS.sub("", _SPACES.sub(" ", line))
    clean = line.expandtabs().rstrip()
    return Text(clean, Span(file, number, 1, len(clean) + 1))
