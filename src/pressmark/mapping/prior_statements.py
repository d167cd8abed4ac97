"""Which of a filing's tables or roles is which primary statement, told by the elements that are used in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pressmark.mapping.table import concept_table
from pressmark.resources import rows

LEAST = {"BS": 3, "IS": 3, "CF": 3, "CI": 2}  # anchors that a statement holds
STOCK = frozenset(("CommonStockParOrStatedValuePerShare", "CommonStockSharesAuthorized"))
FEW = 16  # elements of a page of par values and share counts, at most
NEAR = 2  # tables further on that may carry the rest of a statement
SHARE = 0.7  # of a table's elements that belong to the statement it goes on with


@dataclass(frozen=True, slots=True)
class Group:
    """The elements of one table or role: those reported without dimensions, and how many facts carry one."""

    concepts: frozenset[str]
    facts: int
    dimensional: int
    periods: frozenset[object] = frozenset()

    @property
    def equity(self) -> bool:
        """A statement of equity: the components are columns, so most facts carry a dimension."""
        return self.dimensional * 2 > self.facts + self.dimensional and any(
            "StockholdersEquity" in c for c in self.concepts
        )


@cache
def _anchors() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    needed: dict[str, set[str]] = {}
    every: dict[str, set[str]] = {}
    for row in rows("taxonomy/statement-anchors.tsv"):
        every.setdefault(row["statement"], set()).add(row["concept"])
        if row["need"]:
            needed.setdefault(row["statement"], set()).add(row["concept"])
    return {k: (frozenset(needed[k]), frozenset(v)) for k, v in every.items()}


def statements(groups: Sequence[Group], *, adjacent: bool = True) -> list[str]:
    """The statement code of each group, "" for one that is none: the best of each kind, and what goes on with it.

    With `adjacent` the groups are tables in the order of the page, so that a statement may run over several.
    """
    found = [""] * len(groups)
    for kind in ("CF", "BS", "IS", "CI"):
        best = _best(groups, found, kind)
        if best is not None:
            found[best] = kind
    for at, group in enumerate(groups):
        if not found[at] and group.equity:
            found[at] = "EQ"
        elif not found[at] and group.concepts & STOCK and len(group.concepts) <= FEW:
            found[at] = "BS"  # the parenthetical page of the balance sheet
    if adjacent:
        for at, kind in [(i, k) for i, k in enumerate(found) if k in ("BS", "IS", "CF", "CI")]:
            _go_on(groups, found, at, kind)
    return found


def _best(groups: Sequence[Group], found: Sequence[str], kind: str) -> int | None:
    """The group with the most anchors of a statement, the first of equals; None where none has enough."""
    needed, every = _anchors()[kind]
    free = [i for i, g in enumerate(groups) if not found[i] and not g.equity and g.concepts & needed]
    best = max(free, key=lambda i: (len(groups[i].concepts & every), -i), default=None)
    return best if best is not None and len(groups[best].concepts & every) >= LEAST[kind] else None


def _go_on(groups: Sequence[Group], found: list[str], at: int, kind: str) -> None:
    for step in (1, -1):
        for distance in range(1, NEAR + 1):
            other = at + step * distance
            if not 0 <= other < len(groups) or found[other]:
                break
            if goes_on(groups[other], groups[at], kind):
                found[other] = kind


def goes_on(group: Group, main: Group, kind: str) -> bool:
    """Whether a table holds the rest of a statement: its elements belong there and its periods are the same."""
    table = concept_table()
    known = [c for c in group.concepts if c in table]
    if not known or group.dimensional > group.facts or not group.periods <= main.periods:
        return False
    return sum(kind in table[c].statements for c in known) >= SHARE * len(group.concepts)
