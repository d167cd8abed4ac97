"""Pairs the facts of two sources: the same concept, period and unit, else the same line under another concept.

The ladder: periods that mean the same days (`aligned`); facts of one concept, period and unit; of these, a pair
whose values differ is given up where one of the two has its value under another concept beside the same label;
then lines that only one side has, by label and value, else by their values in every period that both give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pressmark.comparison.source import Source, Stated, faces
from pressmark.period import Period

NEAR_DAYS = 6
"""A quarter "to March 31" of a company whose weeks end on March 29 is one quarter."""
ROUNDED_FROM = 10
"""A value of at least so many units of its last digit may differ by one for the sake of a sum."""
DIGITS_ALONE = 3
"""Digits that two values must share to make one line of two labels."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Facts that both sources state, in the order of the older, and those that one alone states.

    `gone` and `new` hold facts of statements and periods that the other source covers too.
    """

    both: tuple[tuple[Stated, Stated], ...]
    gone: tuple[Stated, ...]
    new: tuple[Stated, ...]


def aligned(older: Iterable[Period], newer: Iterable[Period]) -> dict[Period, Period]:
    """The newer source's period for each of the older's that means the same: equal, else both ends within days."""
    theirs = set(newer)
    found = {p: p for p in older if p in theirs}
    free = sorted(theirs - found.keys(), key=str)
    for period in sorted(set(older) - found.keys(), key=str):
        near = min((p for p in free if _near(period, p)), key=lambda p: abs((p.end - period.end).days), default=None)
        if near is not None:
            found[period] = near
            free.remove(near)
    return found


def _near(one: Period, other: Period) -> bool:
    if abs((one.end - other.end).days) > NEAR_DAYS or one.instant != other.instant:
        return False
    return one.start is None or other.start is None or abs((one.start - other.start).days) <= NEAR_DAYS


def same(one: Stated, other: Stated) -> bool:
    """Whether two values agree as far as the coarser of them tells."""
    return abs(one.value - other.value) <= _slack(one, other)


def rounding(one: Stated, other: Stated) -> bool:
    """Whether two values differ by no more than rounding does, as where a line was trimmed to make a sum foot."""
    if one.per_share:
        return same(one, other)
    unit = step(one, other)
    return abs(one.value - other.value) <= unit and abs(one.value) >= ROUNDED_FROM * unit


def step(*facts: Stated) -> Decimal:
    """One unit of the last digit of the coarsest; 0 where all are exact."""
    known = [f.decimals for f in facts if f.decimals is not None]
    return Decimal(1).scaleb(-min(known)) if known else Decimal(0)


def _slack(one: Stated, other: Stated) -> Decimal:
    return step(one, other) / 2 if one.decimals != other.decimals else Decimal(0)


def paired(older: Source, newer: Source) -> Pairs:
    """The pairs of two sources whose periods are already the same."""
    differing = {f.key for f in older.facts if f.key in newer.by_key and not rounding(f, newer.by_key[f.key])}
    lonely = [f for f in faces(older) if f.key not in newer.by_key or f.key in differing]
    fresh = [f for f in faces(newer) if f.key not in older.by_key or f.key in differing]
    lines = list(_same_lines(lonely, fresh))
    moved, taken = {a.key for a, _ in lines}, {b.key for _, b in lines}
    both = [(f, newer.by_key[f.key]) for f in older.facts if f.key in newer.by_key and f.key not in moved | taken]
    gone = [f for f in lonely if f.key not in moved and (f.key not in newer.by_key or f.key in taken)]
    new = [f for f in fresh if f.key not in taken and (f.key not in older.by_key or f.key in moved)]
    return Pairs(
        (*both, *lines),
        tuple(f for f in gone if f.value and (f.statement, f.period) in newer.covered),
        tuple(f for f in new if f.value and (f.statement, f.period) in older.covered),
    )


def _same_lines(older: Sequence[Stated], newer: Sequence[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Facts of one line that the sources give different concepts, the surest lines first."""
    ours, theirs = _lines(older), _lines(newer)
    ranked = sorted(
        ((rank, a, b) for a in ours for b in theirs if a != b and (rank := _likeness(ours[a], theirs[b]))),
        key=lambda x: (-x[0][0], -x[0][1], x[1], x[2]),
    )
    left, right = set(ours), set(theirs)
    for _, a, b in ranked:
        if a in left and b in right:
            left.remove(a)
            right.remove(b)
            by_period = {f.period: f for f in theirs[b]}
            yield from ((f, by_period[f.period]) for f in ours[a] if f.period in by_period)


def _lines(facts: Iterable[Stated]) -> dict[tuple[str, str, str], list[Stated]]:
    """Facts by statement, unit and concept."""
    found: dict[tuple[str, str, str], list[Stated]] = {}
    for fact in facts:
        found.setdefault((fact.statement, fact.unit, fact.name), []).append(fact)
    return found


def _likeness(older: Sequence[Stated], newer: Sequence[Stated]) -> tuple[int, int] | None:
    """How sure it is that two lines are one (label, digits that agree); None where they are not.

    The values have to agree in every period that both give: a sign may differ, as concepts do in their balance.
    """
    one, other = older[0], newer[0]
    if (one.statement, one.unit) != (other.statement, other.unit):
        return None
    by_period = {f.period: f for f in newer}
    shared = [(f, by_period[f.period]) for f in older if f.period in by_period]
    if not shared:
        return None
    worded = bool(one.wordings & other.wordings)
    placed = worded and one.section == other.section
    if not all(_same_amount(a, b) for a, b in shared):
        return None
    digits = sum(_digits(a) for a, _ in shared)
    if not worded and digits < DIGITS_ALONE:
        return None
    return (worded + placed, digits)


def _same_amount(one: Stated, other: Stated) -> bool:
    return same(one, other) or same(one, replace(other, value=-other.value))


def _digits(fact: Stated) -> int:
    """Digits of a value as it is printed."""
    printed = abs(fact.value).scaleb(fact.decimals or 0)
    return len(f"{printed:.0f}") if printed else 0


def labels_differ(one: Stated, other: Stated) -> bool:
    """Whether two labels of one concept say different things: neither has all the words of the other."""
    ours, theirs = ({frozenset(w.split()) for w in f.wordings} for f in (one, other))
    return bool(ours and theirs) and not any(a <= b or b <= a for a in ours for b in theirs)
