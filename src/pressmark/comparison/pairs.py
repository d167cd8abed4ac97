"""Pairs the facts of two sources: the same concept, period and unit, else the same line under another concept.

The ladder: periods that mean the same days (`aligned`); facts of one concept, period and unit; of these, a pair
whose values and labels differ is given up where the value stands under another concept; lines that only one side
has, by their values in every period that both give and by their labels; what is left, by the very same label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pressmark.comparison.source import Source, Stated, faces
from pressmark.mapping.features import small_words
from pressmark.period import Period

NEAR_DAYS = 6
"""A quarter "to March 31" of a company whose weeks end on March 29 is one quarter."""
ROUNDED_FROM = 10
"""A value of at least so many units of its last digit may differ by one for the sake of a sum."""
ROUNDED, MOST_UNITS = Decimal("0.000001"), 3
"""A few units are rounding too where they are so little of the value, as a few dollars of millions printed in full."""
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
    unit, most = step(one, other), max(abs(one.value), abs(other.value))
    apart = abs(one.value - other.value)
    return (apart <= unit and most >= ROUNDED_FROM * unit) or apart <= min(most * ROUNDED, unit * MOST_UNITS)


def step(*facts: Stated) -> Decimal:
    """One unit of the last digit of the coarsest; 0 where all are exact."""
    known = [f.decimals for f in facts if f.decimals is not None]
    return Decimal(1).scaleb(-min(known)) if known else Decimal(0)


def _slack(one: Stated, other: Stated) -> Decimal:
    return step(one, other) / 2 if one.decimals != other.decimals else Decimal(0)


def paired(older: Source, newer: Source) -> Pairs:
    """The pairs of two sources whose periods are already the same."""
    shared = [(f, newer.by_key[f.key]) for f in older.facts if f.key in newer.by_key]
    differing = {a.key for a, b in shared if not rounding(a, b) and not _same_place(a, b)}
    lonely = [f for f in faces(older) if f.key not in newer.by_key or f.key in differing]
    fresh = [f for f in faces(newer) if f.key not in older.by_key or f.key in differing]
    lines = list(_same_lines(lonely, fresh))
    known = {f.key for pair in lines for f in pair} | older.by_key.keys() & newer.by_key.keys()
    lines += _same_labels([f for f in lonely if f.key not in known], [f for f in fresh if f.key not in known])
    moved, taken = {a.key for a, _ in lines}, {b.key for _, b in lines}
    both = [(f, newer.by_key[f.key]) for f in older.facts if f.key in newer.by_key and f.key not in moved | taken]
    gone = [f for f in lonely if f.key not in moved and (f.key not in newer.by_key or f.key in taken)]
    new = [f for f in fresh if f.key not in taken and (f.key not in older.by_key or f.key in moved)]
    return Pairs(
        (*both, *lines),
        tuple(f for f in gone if _counts(f, newer)),
        tuple(f for f in new if _counts(f, older)),
    )


def _counts(fact: Stated, other: Source) -> bool:
    """Whether it means something that the other source does not state a fact.

    A line of zero need not be printed; of which days a cash flow statement shows balances is a matter of its columns.
    """
    balance = fact.statement == "CF" and fact.period.instant
    return bool(fact.value) and not balance and (fact.statement, fact.period) in other.covered


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


def _same_place(one: Stated, other: Stated) -> bool:
    """Whether two facts of one concept stand beside the same label, under the same heading where both have one."""
    headed = one.section == other.section or not one.section or not other.section
    return headed and bool(one.wordings & other.wordings)


def _same_labels(older: Sequence[Stated], newer: Sequence[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Facts beside the same label, the only ones there under that heading or at all: concept and value differ."""
    left, right = list(older), list(newer)
    for headed in (True, False):
        ours, theirs = _labelled(left, headed=headed), _labelled(right, headed=headed)
        for place, facts in ours.items():
            match = theirs.get(place, [])
            if len(facts) == len(match) == 1:
                yield facts[0], match[0]
                left.remove(facts[0])
                right.remove(match[0])


def _labelled(facts: Iterable[Stated], *, headed: bool) -> dict[tuple[object, ...], list[Stated]]:
    """Facts by statement, label, period and unit, and by the heading above."""
    found: dict[tuple[object, ...], list[Stated]] = {}
    for fact in (f for f in facts if f.wordings):
        place = (fact.statement, fact.section if headed else "", fact.wordings, fact.period, fact.unit)
        found.setdefault(place, []).append(fact)
    return found


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
    if not all(_same_amount(a, b) for a, b in shared):
        return None
    digits = sum(_digits(a) for a, _ in shared)
    if one.wordings & other.wordings:
        return (3 if one.section == other.section else 2, digits)
    if digits and _like_labels(one, other):
        return (1, digits)
    return (0, digits) if digits >= DIGITS_ALONE else None


def _like_labels(one: Stated, other: Stated) -> bool:
    """Whether two labels share half of their words or more."""
    return any(len(a & b) * 2 >= len(a | b) for a in _words(one) for b in _words(other))


def _words(fact: Stated) -> list[frozenset[str]]:
    """The words that matter of each label."""
    small = small_words()
    split = (w.replace("-", " ").split() for w in fact.wordings)
    return [frozenset(x for x in words if x not in small) for words in split]


def _same_amount(one: Stated, other: Stated) -> bool:
    return same(one, other) or same(one, replace(other, value=-other.value))


def _digits(fact: Stated) -> int:
    """Digits of a value as it is printed."""
    printed = abs(fact.value).scaleb(fact.decimals or 0)
    return len(f"{printed:.0f}") if printed else 0


def labels_differ(one: Stated, other: Stated) -> bool:
    """Whether two labels of one concept say different things: neither has all the words of the other."""
    ours, theirs = _words(one), _words(other)
    return bool(ours and theirs) and not any(a <= b or b <= a for a in ours for b in theirs)
