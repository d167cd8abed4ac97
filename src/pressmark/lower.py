"""Lower case that keeps every offset, so that patterns need not ignore case, which is slow."""

from __future__ import annotations


def lowered(text: str) -> str:
    """`text` in lower case, as long as it was: the dotted capital I alone would become two characters."""
    return text.replace("İ", "I").lower()
