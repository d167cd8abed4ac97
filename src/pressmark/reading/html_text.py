"""How the text of an HTML element reads: characters of no width left out, white space folded line by line."""

from __future__ import annotations

import re
from typing import NamedTuple

BREAK = "\0"
"""Stands for a hard line break; no source has it."""

_ODD = re.compile("[\x80-\x9f\u200b-\u200d\u2060\ufeff\u00ad]")
_FOLD = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad"} | {
    code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)
}
_LEAD_PX = 4


class Folded(NamedTuple):
    """A paragraph: its text, a newline for a hard break; what each line's leading non-breaking spaces indent it by.

    `leads` is empty where the text has none of these; `lead` is that of the first line with text.
    """

    text: str
    leads: tuple[int, ...] = ()
    lead: int = 0


def readable(raw: str) -> str:
    """The text without characters of no width, and with what Windows-1252 means by control characters."""
    return raw.translate(_FOLD) if not raw.isascii() and _ODD.search(raw) else raw


def folded(raw: str) -> Folded:
    """A readable text folded; its text is empty where there is nothing but white space."""
    if "\xa0" not in raw and BREAK not in raw:
        return Folded(" ".join(raw.split()))
    parts = raw.split(BREAK)
    lines = [" ".join(part.split()) for part in parts]
    text = "\n".join(lines)
    if not text.strip():
        return Folded("")
    if "\xa0" not in raw:
        return Folded(text)
    leads = tuple([_LEAD_PX * part[: len(part) - len(part.lstrip())].count("\xa0") for part in parts])
    return Folded(text, leads, next(lead for lead, line in zip(leads, lines, strict=True) if line))
