"""Says of each fact that two sources state differently what kind of difference it is, and why.

The ladder for two values, the first that fits: most values of a statement and period are a power of ten apart, or
those of another period; shares and per-share amounts scale by one factor (a split); lines under one total took the
difference from one another; a total moved with its lines; the source itself says that it restated; a per-share amount
follows income and shares; the amounts differ in sign alone. Nothing fits: the sources contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from pressmark.comparison.difference import Difference, Kind
from pressmark.comparison.footing import Books, Change, Move, books, moves
from pressmark.comparison.pairs import Pairs, rounding, same, step
from pressmark.comparison.source import Source, Stated
from pressmark.period import Period

MOST_TERMS = 20
"""Splits are of small numbers: 3 for 2, 1 for 20, 21 for 20 (a stock dividend of 5 %)."""
MOST = 3
"""So many values must show one pattern before a whole column is said to."""

Pair = tuple[Stated, Stated]


@dataclass(slots=True)
class _Verdicts:
    """Kind, reason and cause of pairs and of lonely facts, by statement key of the older (or only) fact."""

    kinds: dict[tuple[str, Period], tuple[Kind, str, int]] = field(default_factory=dict)
    causes: int = 0

    def say(self, keys: Iterable[tuple[str, Period]], kind: Kind, why: str) -> None:
        """One cause for some facts; what was said first stands."""
        self.causes += 1
        for key in keys:
            self.kinds.setdefault(key, (kind, why, self.causes))


def explained(older: Source, newer: Source, pairs: Pairs) -> tuple[Difference, ...]:
    """Every pair whose values differ beyond rounding, and every fact that one side alone states, with its kind."""
    names = {b.name: a.name for a, b in pairs.both if a.name != b.name}
    differing = [(a, b) for a, b in pairs.both if not _equal(a, b)]
    said = _Verdicts()
    _patterns(differing, older, said)
    _split(differing, said)
    _footing(older, newer, names, differing, pairs, said)
    _words(differing, said)  # what stands on no statement that foots
    _follows(older, newer, differing, said)
    found = [_pair(a, b, said) for a, b in differing]
    found += [_lonely(f, None, Kind.GONE, newer, said) for f in pairs.gone]
    found += [_lonely(None, f, Kind.NEW, older, said) for f in pairs.new]
    return tuple(found)


def _equal(one: Stated, other: Stated) -> bool:
    """Whether two values are one; where the concepts differ, the sign may be that of the other concept."""
    turned = one.name != other.name and same(one, replace(other, value=-other.value))
    return turned or same(one, other) or rounding(one, other)


def _key(fact: Stated, names: Mapping[str, str] | None = None) -> tuple[str, Period]:
    return ((names or {}).get(fact.name, fact.name), fact.period)


def _pair(older: Stated, newer: Stated, said: _Verdicts) -> Difference:
    kind, why, cause = said.kinds.get(_key(older), (Kind.CONTRADICTORY, "", 0))
    if kind is Kind.CONTRADICTORY and not why and older.value == -newer.value:
        return Difference(Kind.SIGN, older, newer, "the amounts differ in their sign alone")
    if not why:
        why = "no other line took the difference, and no total moved with it"
    return Difference(kind, older, newer, why, cause)


def _lonely(older: Stated | None, newer: Stated | None, kind: Kind, other: Source, said: _Verdicts) -> Difference:
    fact = older or newer
    assert fact is not None  # noqa: S101 - one of the two is there
    found, why, cause = said.kinds.get(_key(fact), (kind, "", 0))
    narrowed = other.narrowed.get((fact.period, fact.unit, fact.value))
    if not why and narrowed is not None:
        why = f"the filing has the amount with a dimension, under {narrowed.concept}"
    return Difference(found if found is Kind.RECLASSIFIED else kind, older, newer, why, cause)


def _patterns(differing: Sequence[Pair], older: Source, said: _Verdicts) -> None:
    """A whole column that is at another scale, or that holds another period's values."""
    columns: dict[tuple[str, Period], list[Pair]] = {}
    for a, b in differing:
        if a.money and a.statement:
            columns.setdefault((a.statement, a.period), []).append((a, b))
    for pairs in columns.values():
        powers = [_power(a.value, b.value) for a, b in pairs]
        for power in dict.fromkeys(p for p in powers if p):
            alike = [pair for pair, p in zip(pairs, powers, strict=True) if p == power]
            if len(alike) >= MOST and len(alike) * 2 > len(pairs):
                factor = f"{Decimal(1).scaleb(abs(power)):,f}"
                why = f"{len(alike)} values of the column differ by a factor of {factor}: look at the scale"
                said.say([_key(a) for a, _ in alike], Kind.CONTRADICTORY, why)
        others = dict.fromkeys(f.period for f in older.facts if f.period != pairs[0][0].period)
        for period in others:
            alike = [(a, b) for a, b in pairs if (o := older.by_key.get((a.name, period, a.unit))) and same(o, b)]
            if len(alike) >= MOST and len(alike) * 2 > len(pairs):
                why = f"{len(alike)} values of the column are those of {period}: look at the column's period"
                said.say([_key(a) for a, _ in alike], Kind.CONTRADICTORY, why)


def _power(one: Decimal, other: Decimal) -> int:
    """The power of ten between two values, 0 where they are not one apart."""
    if not one or not other:
        return 0
    power = other.adjusted() - one.adjusted()
    return power if power and one.scaleb(power) == other else 0


def _split(differing: Sequence[Pair], said: _Verdicts) -> None:
    """Share counts and per-share amounts that one factor carries from the older source to the newer."""
    shares = [(a, b) for a, b in differing if a.unit == "shares" and a.value and b.value]
    amounts = [(a, b) for a, b in differing if a.per_share]
    factors = [Fraction(b.value / a.value).limit_denominator(MOST_TERMS) for a, b in shares]
    for factor in dict.fromkeys(f for f in factors if f.numerator <= MOST_TERMS or f.denominator == 1):
        if factor in (0, 1):
            continue
        times = Decimal(factor.numerator) / Decimal(factor.denominator)
        counts = [(a, b) for a, b in shares if abs(b.value - a.value * times) <= step(a, b) * (1 + times)]
        scaled = [(a, b) for a, b in amounts if abs(a.value - b.value * times) <= step(a, b) * (1 + times) / 2]
        if len(counts) + len(scaled) >= 2 and len(scaled) * 2 >= len(amounts):
            why = f"shares and per-share amounts scale by one factor, {factor.numerator} for {factor.denominator}"
            said.say([_key(a) for a, _ in (*counts, *scaled)], Kind.SPLIT, why)


def _footing(
    older: Source, newer: Source, names: Mapping[str, str], differing: Sequence[Pair], pairs: Pairs, said: _Verdicts
) -> None:
    """What the totals tell, and the words: reclassified between lines of one total, or restated together with it."""
    lonely = (*pairs.gone, *pairs.new)
    for period in dict.fromkeys(f.period for f in (*(a for a, _ in differing), *lonely)):
        ours, theirs = _placed(older), _placed(newer)
        free = [Change(f.name, -f.value) for f in pairs.gone if f.period == period and f.money and f.name not in ours]
        free += [Change(f.name, f.value) for f in pairs.new if f.period == period and f.money and f.name not in theirs]
        opened = books(older, newer, names, period)
        labels = {name: f.label for name, f in (*opened.newer.items(), *opened.older.items())}
        found = list(moves(opened, free))
        for move in (m for m in found if not m.total and len(m.changes) > 1):
            said.say([(c.name, period) for c in move.changes], Kind.RECLASSIFIED, _took(move, labels))
        _words([(a, b) for a, b in differing if a.period == period], said)
        for chain in _chains([m for m in found if m.total]):
            keys = [(n, period) for m in chain for n in (m.parent, *(c.name for c in m.changes))]
            said.say(keys, Kind.RESTATED, _moved(chain, labels, opened))


def _chains(found: Sequence[Move]) -> list[list[Move]]:
    """Moves that hang together: a total that moved is a line of the next."""
    chains: list[list[Move]] = []
    for move in found:
        names = {move.parent, *(c.name for c in move.changes)}
        joined = [c for c in chains if any(m.parent in names or names & {x.name for x in m.changes} for m in c)]
        chains = [c for c in chains if c not in joined]
        chains.append([*(m for c in joined for m in c), move])
    return chains


def _moved(chain: Sequence[Move], labels: Mapping[str, str], opened: Books) -> str:
    """Which lines moved the totals, by how much each."""
    parents = {m.parent for m in chain}
    lines = list(dict.fromkeys(c.name for m in chain for c in m.changes if c.name not in parents))
    told = [f"“{labels[n]}” {_difference(n, opened):+,f}" for n in lines[:MOST]]
    more = f" and {len(lines) - MOST} more lines" if len(lines) > MOST else ""
    totals = "the totals moved" if len(parents) > 1 else f"“{labels[chain[0].parent]}” moved"
    return f"{totals} with {', '.join(told)}{more}"


def _difference(name: str, opened: Books) -> Decimal:
    ours, theirs = opened.older.get(name), opened.newer.get(name)
    return (theirs.value if theirs else Decimal(0)) - (ours.value if ours else Decimal(0))


def _placed(source: Source) -> set[str]:
    """The concepts that the source adds up to some total."""
    return {c for p in source.sums.values() for c in p}


def _took(move: Move, labels: Mapping[str, str]) -> str:
    gave = [f"“{labels[c.name]}”" for c in move.changes if c.amount < 0]
    got = [f"“{labels[c.name]}”" for c in move.changes if c.amount > 0]
    amount = sum((c.amount for c in move.changes if c.amount > 0), Decimal(0))
    whole = f"“{labels[move.parent]}”"
    return f"{amount:,f} went from {' and '.join(gave)} to {' and '.join(got)}; {whole} is unchanged"


def _words(differing: Sequence[Pair], said: _Verdicts) -> None:
    """What the sources say themselves."""
    for a, b in differing:
        if words := b.restated or a.restated:
            said.say([_key(a)], Kind.RESTATED, f"the source says “{words}”")


def _follows(older: Source, newer: Source, differing: Sequence[Pair], said: _Verdicts) -> None:
    """Per-share amounts that are income divided by shares on both sides, where one of these has changed."""
    changed = {_key(a) for a, _ in differing}
    for a, b in differing:
        if not a.per_share:
            continue
        before, after = list(_quotients(older, a)), list(_quotients(newer, b))
        for income, shares in before:
            moved = [f for f in (income, shares) if _key(f) in changed]
            if moved and (income.name, shares.name) in {(i.name, s.name) for i, s in after}:
                names = " and ".join(f"“{f.label}”" for f in moved)
                said.say([_key(a)], Kind.RESTATED, f"it follows {names}")
                break


def _quotients(source: Source, amount: Stated) -> Iterator[Pair]:
    """Income and shares of the same statement and period whose quotient is the per-share amount."""
    there = [f for f in source.facts if f.statement == amount.statement and f.period == amount.period]
    for income in (f for f in there if f.money and f.value):
        for shares in (f for f in there if f.unit == "shares" and f.value):
            if abs(income.value / shares.value - amount.value) <= step(amount):
                yield income, shares
