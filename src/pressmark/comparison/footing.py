"""Finds who took a difference: lines under one total whose changes cancel out, or move the total with them.

For each total and period, what every part adds to it is taken from both sources; a part that one source does not
have adds nothing there, and a subtotal that one source does not have stands for its own parts. Changes that sum to
zero within rounding explain one another: a line that grew by what another lost was reclassified, and a total that
grew with its lines was restated. What is left over has no explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from pressmark.comparison.pairs import step
from pressmark.comparison.source import Source, Stated
from pressmark.period import Period

MOST_CHANGES = 16
"""Changed parts of one total among which sets that cancel out are looked for."""
MOST_TOGETHER = 4


@dataclass(frozen=True, slots=True)
class Change:
    """A line under a total: its name and how much more it adds to it in the newer source."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Move:
    """Changes of parts of a total that cancel out, or that together move the total by `total` (0: unchanged).

    `open` marks what is left of a total's changes, which nothing explains.
    """

    parent: str
    period: Period
    changes: tuple[Change, ...]
    total: Decimal
    open: bool = False


@dataclass(frozen=True, slots=True)
class Books:
    """Two sources in one period: values by name, and the parts of each total."""

    period: Period
    older: Mapping[str, Stated]
    newer: Mapping[str, Stated]
    older_sums: Mapping[str, Mapping[str, int]]
    newer_sums: Mapping[str, Mapping[str, int]]


def books(older: Source, newer: Source, names: Mapping[str, str], period: Period) -> Books:
    """The money of one period in both sources; `names` carries the newer's names to the older's for one line."""
    ours = {f.name: f for f in older.facts if f.period == period and f.money}
    theirs = {names.get(f.name, f.name): f for f in newer.facts if f.period == period and f.money}
    sums = {names.get(p, p): {names.get(c, c): w for c, w in parts.items()} for p, parts in newer.sums.items()}
    return Books(period, ours, theirs, older.sums, sums)


def moves(found: Books, free: Sequence[Change] = ()) -> Iterator[Move]:
    """The moves of a period, total by total. `free` holds lines of a source that does not tell what they add to."""
    for parent in dict.fromkeys((*found.older_sums, *found.newer_sums)):
        if parent in found.older and parent in found.newer:
            yield from _of_total(parent, found, free)


def _of_total(parent: str, found: Books, free: Sequence[Change]) -> Iterator[Move]:
    ours = parts(parent, found.older_sums, found.newer, found.older)
    theirs = parts(parent, found.newer_sums, found.older, found.newer)
    changes, values = [], [found.older[parent], found.newer[parent]]
    for name in dict.fromkeys((*ours, *theirs)):
        before = _adds(name, ours or theirs, found.older)
        after = _adds(name, theirs or ours, found.newer)
        values += [v for v in (found.older.get(name), found.newer.get(name)) if v is not None]
        changes.append(Change(name, after - before))
    unit = step(*values)
    changed = [c for c in changes if c.amount and abs(c.amount) >= unit]
    total = found.newer[parent].value - found.older[parent].value
    whole = [Change(parent, -total)] if total and abs(total) >= unit else []
    if not changed or len(changed) > MOST_CHANGES or not _foots(parent, found, ours, theirs, unit):
        return
    rest: list[Change] = [*changed, *whole]
    slack = unit * max(1, len(changes) // 2)
    # Sets that cancel out to the digit, then all that is left, then sets that do within rounding.
    for within in (Decimal(0), unit):
        for together in cancelling(rest, within):
            yield _move(parent, found.period, together, total)
            rest = [c for c in rest if c not in together]
        if not rest or abs(_sum(rest)) <= slack:
            if rest:
                yield _move(parent, found.period, rest, total)
            return
    residue = _sum(rest)
    others = [c for c in free if c.name not in ours and c.name not in theirs][:MOST_CHANGES]
    for count in range(1, min(MOST_TOGETHER, len(others) + 1)):
        for some in combinations(others, count):
            sign = next((s for s in (1, -1) if abs(residue + s * _sum(some)) <= unit), 0)
            if sign:
                yield _move(parent, found.period, [*rest, *(Change(c.name, sign * c.amount) for c in some)], total)
                return
    yield replace(_move(parent, found.period, rest, total), open=True)


def _foots(parent: str, found: Books, ours: Mapping[str, int], theirs: Mapping[str, int], unit: Decimal) -> bool:
    """Whether the total is the sum of its parts in one of the sources: without that, a gap says nothing."""
    sides = ((ours, found.older), (theirs, found.newer))
    return any(
        w and abs(sum((_adds(n, w, v) for n in w), Decimal(0)) - v[parent].value) <= unit * max(1, len(w) // 2)
        for w, v in sides
    )


def _sum(changes: Iterable[Change]) -> Decimal:
    return sum((c.amount for c in changes), Decimal(0))


def _move(parent: str, period: Period, together: Sequence[Change], total: Decimal) -> Move:
    inside = any(c.name == parent for c in together)
    return Move(parent, period, tuple(c for c in together if c.name != parent), total if inside else Decimal(0))


def cancelling(changes: Sequence[Change], unit: Decimal) -> Iterator[tuple[Change, ...]]:
    """The smallest sets of changes that sum to zero within a unit, each change in one set at most."""
    rest = list(changes)
    for count in range(2, min(MOST_TOGETHER, len(rest)) + 1):
        again = True
        while again and len(rest) >= count:
            again = False
            for together in combinations(rest, count):
                if abs(_sum(together)) <= unit:
                    yield together
                    rest = [c for c in rest if c not in together]
                    again = True
                    break


def _adds(name: str, weights: Mapping[str, int], values: Mapping[str, Stated]) -> Decimal:
    """What a line adds to the total: its value times its weight, nothing where the source has no such line there."""
    return values[name].value * weights[name] if name in weights and name in values else Decimal(0)


def parts(
    parent: str, sums: Mapping[str, Mapping[str, int]], other: Mapping[str, Stated], own: Mapping[str, Stated]
) -> dict[str, int]:
    """The parts of a total with their weights, a subtotal that the other source lacks replaced by its own parts."""
    found: dict[str, int] = {}
    stack = [(parent, 1, 0)]
    while stack:
        name, weight, depth = stack.pop()
        for child, sign in reversed(tuple(sums.get(name, {}).items())):
            if child in sums and depth < MOST_TOGETHER and (child not in other or child not in own):
                stack.append((child, weight * sign, depth + 1))
            else:
                found[child] = weight * sign
    return found
