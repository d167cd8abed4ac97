"""The words that tell what cells are for, from `taxonomy/table-words.tsv`, and whether a text heads a column."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pressmark.dates import mentions
from pressmark.resources import rows

_PLAIN = re.compile(r"\b(?:for|the|as|of|at|and|to|in|ended|ending)\b|[^a-z0-9]", re.IGNORECASE)
_PERIOD_PART = 0.8


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    table = rows("taxonomy/table-words.tsv")
    return re.compile("|".join(f"(?:{r['pattern']})" for r in table if r["kind"] == kind), re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_word(kind: str, text: str) -> bool:
    """Whether the whole text is a word of a kind: "missing" ("n/a") or "notes" ("Note")."""
    return _pattern(kind).fullmatch(" ".join(text.split())) is not None


@lru_cache(maxsize=1024)
def is_head(text: str) -> bool:
    """Whether a text names a period or says otherwise that it heads a column ("Unaudited", "Change")."""
    return bool(mentions(text)) or _pattern("head").search(text) is not None


def is_period(text: str) -> bool:
    """Whether a text says a period and little else: "For the three months ended March 31," but no title."""
    found = mentions(text)
    said = sum(len(_PLAIN.sub("", mention.text)) for mention in found)
    return bool(found) and said >= _PERIOD_PART * len(_PLAIN.sub("", text))
