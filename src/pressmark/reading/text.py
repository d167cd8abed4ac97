"""Preformatted text as numbered lines: tabs expanded, every space a plain one, columns kept."""

from __future__ import annotations

import re
from html import unescape

from pressmark.reading.document import Lines
from pressmark.span import Span, Text

_SPACES = re.compile(
    "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
)
_WIDTHLESS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{2,5});", re.IGNORECASE)
_PLAIN = re.compile(r"[\x09\x20-\x7e]*")


def parse_text(file: str, text: str, first: int = 1) -> tuple[Lines, ...]:
    """The lines of `text`, the first of which is line `first` of the file; no block for blank text.

    A form feed and other control characters count as one space; tabs stop at every eighth column.
    Characters that EDGAR's SGML escaped (`&amp;`) count as the one they stand for, as the columns were
    set before they were escaped.
    """
    lines = tuple(_line(file, line, number) for number, line in enumerate(text.split("\n"), first))
    return (Lines(lines),) if any(line.text for line in lines) else ()


def _line(file: str, line: str, number: int) -> Text:
    if "&" in line and _ENTITY.search(line):
        line = _ENTITY.sub(lambda match: unescape(match[0].lower()), line)
    if not _PLAIN.fullmatch(line):
        line = _WIDTHLESS.sub("", _SPACES.sub(" ", line))
    clean = line.expandtabs().rstrip()
    return Text(clean, Span(file, number, 1, len(clean) + 1))
