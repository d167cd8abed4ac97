"""Paragraphs laid out with non-breaking spaces, as if on a typewriter: they are printed lines, not prose."""

from __future__ import annotations

import re

from pressmark.reading.document import Lines
from pressmark.reading.html_items import Piece, lines_of

_GAP = re.compile(r"[\xa0 ]{4,}+(?=\S)")
_SAID = re.compile(r"[A-Za-z]{3}|\d{3}")
_NEAR = 60
_FAR = 32


def is_typed(raw: str) -> bool:
    """Whether non-breaking spaces part words on one line, other than after a bullet or a note mark."""
    if "\xa0" not in raw:
        return False
    for gap in _GAP.finditer(raw):
        before = raw[max(0, gap.start() - _NEAR) : gap.start()].rpartition("\0")[2]
        if gap[0].count("\xa0") > 2 and _SAID.search(before):
            return True
    return False


def as_typed(file: str, item: Piece) -> Piece | Lines:
    """A paragraph set far right by non-breaking spaces, right above typed lines, as one of them."""
    if max(item.leads, default=0) < _FAR:
        return item
    lines = [" " * (lead // 4) + part for lead, part in zip(item.leads, item.text.split("\n"), strict=True)]
    return Lines(tuple(lines_of(file, lines, item.line, item.path, item.offset)))
