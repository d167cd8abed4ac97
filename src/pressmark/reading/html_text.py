"""How the text of an HTML element reads: characters of no width left out, white space folded line by line."""

from __future__ import annotations

import re

BREAK = "\0"
"""Stands for a hard line break; no source has it."""

_ODD = re.compile("[\x80-\x9f\u200b-\u200d\u2060\ufeff\u00ad]")
FOLD = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad"} | {
    code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)
}
_LEAD_PX = 4


def readable(raw: str) -> str:
    """The text without characters of no width, and with what Windows-1252 means by control characters."""
    return raw.translate(FOLD) if not raw.isascii() and _ODD.search(raw) else raw


def folded(raw: str) -> tuple[str, tuple[int, ...], int]:
    """A readable text folded, with a newline for a hard break; "" where there is nothing but white space.

    The second is what its leading non-breaking spaces indent each line by, empty where it has none of these;
    the third what they indent the first line with text by.
    """
    if BREAK not in raw:
        text = " ".join(raw.split())
        if not text or "\xa0" not in raw:
            return text, (), 0
        lead = _indented(raw)
        return text, (lead,), lead
    parts = raw.split(BREAK)
    lines = [" ".join(part.split()) for part in parts]
    text = "\n".join(lines)
    if not text.strip():
        return "", (), 0
    if "\xa0" not in raw:
        return text, (), 0
    leads = tuple([_indented(part) for part in parts])
    return text, leads, next(lead for lead, line in zip(leads, lines, strict=True) if line)


def _indented(line: str) -> int:
    """What the non-breaking spaces that a line begins with indent it by."""
    return _LEAD_PX * line[: len(line) - len(line.lstrip())].count("\xa0")
