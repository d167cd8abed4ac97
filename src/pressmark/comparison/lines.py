"""Tells which lines took a difference: reclassified between lines of one total, restated together with their totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pressmark.comparison.difference import Kind
from pressmark.comparison.footing import MOST_CHANGES, Books, Change, Move, books, cancelling, moves
from pressmark.comparison.pairs import Pairs, step
from pressmark.comparison.source import Source, Stated
from pressmark.comparison.verdicts import Line, Pair, Verdicts, line_of
from pressmark.period import Period

SHOWN = 3
"""So many lines are named in a reason; the others are counted."""


@dataclass(frozen=True, slots=True)
class Account:
    """The money of one period on both sides, and what moved in it."""

    books: Books
    moves: tuple[Move, ...]

    def label(self, name: str) -> str:
        """A line's label in quotation marks, that of the older source where both have one."""
        found = self.books.older.get(name) or self.books.newer.get(name)
        return f"“{found.label if found else name}”"

    def change(self, name: str) -> Decimal:
        """How much larger a line's value is in the newer source."""
        ours, theirs = self._values(name)
        return theirs - ours

    def growth(self, name: str) -> Decimal:
        """The same of its size, the sign left aside."""
        ours, theirs = self._values(name)
        return abs(theirs) - abs(ours)

    def _values(self, name: str) -> tuple[Decimal, Decimal]:
        ours, theirs = self.books.older.get(name), self.books.newer.get(name)
        return (ours.value if ours else Decimal(0), theirs.value if theirs else Decimal(0))


def accounts(older: Source, newer: Source, differing: Sequence[Pair], pairs: Pairs) -> list[Account]:
    """The periods in which something differs, with the moves of each."""
    names = {b.name: a.name for a, b in pairs.both if a.name != b.name}
    found = []
    for period in dict.fromkeys(f.period for f in (*(a for a, _ in differing), *pairs.gone, *pairs.new)):
        free = [Change(f.name, -f.value) for f in _free(pairs.gone, older, period)]
        free += [Change(f.name, f.value) for f in _free(pairs.new, newer, period)]
        opened = books(older, newer, names, period)
        found.append(Account(opened, tuple(moves(opened, free))))
    return found


def _free(facts: Sequence[Stated], source: Source, period: Period) -> list[Stated]:
    """Lonely facts of a period of which the source does not tell what they add up to."""
    placed = _placed(source)
    return [f for f in facts if f.period == period and f.money and f.name not in placed]


def unexplained(found: Sequence[Account]) -> set[Line]:
    """The lines whose change some total does not follow, and none does."""
    lines: dict[bool, set[Line]] = {True: set(), False: set()}
    for move in (m for account in found for m in account.moves):
        inside = [move.parent] if move.total else []
        lines[move.open].update((name, move.period) for name in (*inside, *(c.name for c in move.changes)))
    return lines[True] - lines[False]


def reclassified(found: Sequence[Account], said: Verdicts) -> None:
    """Lines whose changes cancel out while their total stands still."""
    for account in found:
        for move in (m for m in account.moves if not (m.open or m.total) and len(m.changes) > 1):
            why = f"{_took(move, account)}; {account.label(move.parent)} is unchanged"
            said.say([(c.name, move.period) for c in move.changes], Kind.RECLASSIFIED, why)


def restated(found: Sequence[Account], said: Verdicts) -> None:
    """Totals and the lines that moved them."""
    for account in found:
        for chain in _chains([m for m in account.moves if m.total and m.changes and not m.open]):
            lines = [(n, m.period) for m in chain for n in (m.parent, *(c.name for c in m.changes))]
            said.say(lines, Kind.RESTATED, _moved(chain, account))


def _chains(found: Sequence[Move]) -> list[list[Move]]:
    """Moves that hang together: a total that moved is a line of the next."""
    chains: list[list[Move]] = []
    for move in found:
        names = {move.parent, *(c.name for c in move.changes)}
        joined = [c for c in chains if any(m.parent in names or names & {x.name for x in m.changes} for m in c)]
        chains = [c for c in chains if c not in joined]
        chains.append([*(m for c in joined for m in c), move])
    return chains


def _moved(chain: Sequence[Move], account: Account) -> str:
    """Which lines moved the totals, by how much each."""
    parents = {m.parent: None for m in chain}
    lines = list(dict.fromkeys(c.name for m in chain for c in m.changes if c.name not in parents))
    told = ", ".join(f"{account.label(n)} {account.change(n):+,f}" for n in lines[:SHOWN])
    more = f" and {len(lines) - SHOWN} more lines" if len(lines) > SHOWN else ""
    totals = "the totals" if len(parents) > 1 else account.label(chain[0].parent)
    return f"{totals} moved with {told}{more}"


def _placed(source: Source) -> set[str]:
    """The concepts that the source adds up to some total."""
    return {c for p in source.sums.values() for c in p}


def _took(move: Move, account: Account) -> str:
    """Which lines lost an amount and which gained it.

    Told by the size of the lines where that tells both sides: costs that went from one line to another made one
    smaller and one larger, whatever they did to the total. Else by what they add to the total.
    """
    sizes = [Change(c.name, account.growth(c.name)) for c in move.changes]
    told_by_size = not sum(c.amount for c in sizes) and any(c.amount for c in sizes)
    return _from_to(sizes if told_by_size else move.changes, account)


def _from_to(changes: Sequence[Change], account: Account) -> str:
    gave = " and ".join(account.label(c.name) for c in changes if c.amount < 0)
    got = " and ".join(account.label(c.name) for c in changes if c.amount > 0)
    if not gave or not got:
        return "the changes are within rounding"
    return f"{sum(c.amount for c in changes if c.amount > 0):,f} went from {gave} to {got}"


def loose(found: Sequence[Account], older: Source, newer: Source, differing: Sequence[Pair], said: Verdicts) -> None:
    """Lines that are in no total, as in an excerpt of a cash flow: they cancel out, or move the cash at its end."""
    placed = _placed(older) | _placed(newer)
    free = [(a, b) for a, b in differing if a.money and a.statement and line_of(a) not in said.said]
    free = [(a, b) for a, b in free if not placed & {a.name, b.name}]
    account = {x.books.period: x for x in found}
    for statement, period in dict.fromkeys((a.statement, a.period) for a, _ in free):
        here = [(a, b) for a, b in free if (a.statement, a.period) == (statement, period)]
        unit = step(*(f for pair in here for f in pair))
        changes = [Change(a.name, b.value - a.value) for a, b in here][:MOST_CHANGES]
        for together in cancelling(changes, unit):
            why = _from_to(together, account[period])
            said.say([(c.name, period) for c in together], Kind.RECLASSIFIED, why)
        ends = [(a, b.value - a.value) for a, b in differing if period.start and a.period == Period(period.end)]
        for change in changes:
            end = next((a for a, moved in ends if a.money and abs(moved - change.amount) <= unit), None)
            if end is not None:
                why = f"“{end.label}” at the end of the period moved with it by {change.amount:+,f}"
                said.say([(change.name, period)], Kind.RESTATED, why)
