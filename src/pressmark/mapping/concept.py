"""A concept of the table, or one that a report adds, as XBRL 2.1 section 5.1 describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept's name and attributes.

    `prefix` is us-gaap, dei, or the report's own; `type` a local item type name (monetaryItemType, ...);
    `period_type` instant or duration; `balance` debit, credit or ""; `statements` the codes it is used in.

    `wider` names the us-gaap concept that an extension concept is anchored to (general-special), "" for none.
    """

    prefix: str
    name: str
    type: str
    period_type: str
    balance: str = ""
    label: str = ""
    statements: tuple[str, ...] = ()
    abstract: bool = False
    wider: str = ""

    @property
    def qname(self) -> str:
        """`prefix:name`."""
        return f"{self.prefix}:{self.name}"

    @property
    def extension(self) -> bool:
        """True for a concept of the report's own namespace."""
        return self.prefix not in ("us-gaap", "dei")


@lru_cache(maxsize=8192)
def is_named(pattern: re.Pattern[str], concept: str) -> bool:
    """Whether a concept's local name is one of those that a pattern finds."""
    return pattern.search(concept) is not None
