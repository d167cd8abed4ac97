"""The joint choice over all statements: one concept never carries two values for a period and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from math import log

from pressmark.period import Period
from pressmark.resources import rows
from pressmark.statements.statement import LineItem, Measure

EXTENSION = ""  # the choice of a concept of the report's own
EXTENSION_CHANCE = 0.02  # a line whose best concept is less likely than this is the filer's own
UNKNOWN_CHANCE = 0.2  # the same for a label that no two filers use
LIKELY = -2.5  # log-chance of a concept that counts as likely
MOST_PLACES = 50  # what more lines than these say is not one fact in several places
RULED_OUT = -6.0  # log-chance of a concept that is not among a row's candidates
Key = tuple[Period, str, Measure]


@dataclass(frozen=True, slots=True)
class Row:
    """A line to be decided: its log-chances by concept (with `EXTENSION` among them).

    `into` gives the places (in the sequence of rows) of the totals that it adds into, nearest first; `firm` the
    concepts that a prior filing or the user told of it, which a rule about families does not overrule. A `first`
    line, such as net sales above total revenues, may share the family of its total, though not its concept.
    """

    line: LineItem
    chances: Mapping[str, float]
    into: tuple[int, ...] = ()
    firm: frozenset[str] = frozenset()
    first: bool = False


def choose(lines: Sequence[Row]) -> list[str]:
    """A concept for each line, `EXTENSION` where none of the table fits.

    Lines that hold the same values and share a likely concept are one fact in several places and choose together.
    Of the lines that want one concept with different values, the one that would lose most by giving way keeps it
    (a total before its parts where both are of one family); the others take their next choice. This repeats until
    no two collide, at most as often as there are choices. A part never takes a concept of its total's family; where
    it has no other that is likely, it is the filer's own part of that total.
    """
    facts = [facts_of(r.line) for r in lines]
    group = _same_facts(lines, facts)
    pooled = [_pooled([lines[i].chances for i in members]) for members in group]
    options = [sorted(p, key=lambda c, p=p: -p[c]) for p in pooled]  # type: ignore[misc]
    at = [0] * len(lines)
    pool = [Row(r.line, p, r.into, r.firm, r.first) for r, p in zip(lines, pooled, strict=True)]
    for _ in range(sum(len(o) for o in options)):
        wide = _too_wide(pool, options, at, facts)
        loser = _first_loser(pool, options, at, facts) if wide is None else wide
        if loser is None:
            break
        following = at[loser] + 1
        scarce = pooled[loser][options[loser][following]] < log(UNKNOWN_CHANCE)
        if wide is not None and scarce and not lines[loser].first:
            following = options[loser].index(EXTENSION)
        for member in group[loser]:
            at[member] = following
    return [o[i] for o, i in zip(options, at, strict=True)]


def _same_facts(lines: Sequence[Row], facts: Sequence[dict[Key, Decimal]]) -> list[list[int]]:
    """For each row the rows (itself among them) that state the same facts under a likely common concept."""
    seen: dict[tuple[Key, Decimal], list[int]] = {}
    for i, held in enumerate(facts):
        for key, value in held.items():
            if value and not key[0].instant:  # cash has a wider concept in its flows
                seen.setdefault((key, abs(value)), []).append(i)
    group = [[i] for i in range(len(lines))]
    few = [members for members in seen.values() if len(members) <= MOST_PLACES]
    for i, j in sorted({pair for members in few for pair in combinations(members, 2)}):
        if group[i] is not group[j] and not collide(facts[i], facts[j]) and _alike(lines[i], lines[j]):
            group[i].extend(group[j])
            for k in group[j]:
                group[k] = group[i]
    return group


def _alike(a: Row, b: Row) -> bool:
    likely = [{c for c, p in r.chances.items() if p > LIKELY and c != EXTENSION} for r in (a, b)]
    return bool(likely[0] & likely[1])


def _pooled(chances: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """The mean log-chances of rows that are one fact; a concept that one of them rules out is far off."""
    if len(chances) == 1:
        return chances[0]
    names = dict.fromkeys(n for c in chances for n in c)
    return {n: sum(c.get(n, RULED_OUT) for c in chances) / len(chances) for n in names}


def _first_loser(
    lines: Sequence[Row], options: Sequence[Sequence[str]], at: Sequence[int], facts: Sequence[dict[Key, Decimal]]
) -> int | None:
    holders: dict[str, list[int]] = {}
    for i, chosen in enumerate(at):
        name = options[i][chosen]
        if name != EXTENSION:
            holders.setdefault(name, []).append(i)
    for rivals in holders.values():
        for n, a in enumerate(rivals):
            for b in rivals[n + 1 :]:
                if collide(facts[a], facts[b]):
                    name = options[a][at[a]]
                    family = name in _families() and name not in lines[a].firm | lines[b].firm
                    if family and (a in lines[b].into or b in lines[a].into):
                        return b if a in lines[b].into else a
                    # A line of dashes gives way to one with figures.
                    return min(a, b, key=lambda i: (any(facts[i].values()), _loss(lines[i], options[i], at[i]), -i))
    return None


def _too_wide(
    lines: Sequence[Row], options: Sequence[Sequence[str]], at: Sequence[int], facts: Sequence[dict[Key, Decimal]]
) -> int | None:
    """The first line whose concept is of the family of a total it adds into, unless both state the same facts."""
    for i, row in enumerate(lines):
        own = options[i][at[i]]
        family = _families().get(own)
        if not family or own in row.firm:
            continue
        totals = [t for t in row.into if _families().get(options[t][at[t]]) == family]
        same = [t for t in totals if options[t][at[t]] == own]
        if not same and (row.first or _from_customers(i, totals, lines, options, at)):
            continue
        if any(t not in same or collide(facts[i], facts[t]) for t in totals):
            return i
    return None


def _from_customers(
    i: int, totals: Sequence[int], lines: Sequence[Row], options: Sequence[Sequence[str]], at: Sequence[int]
) -> bool:
    """Whether this line is the one from contracts with customers among several that add up to all revenues.

    It is most of them, and no other line that adds into them is of their family.
    """
    name = options[i][at[i]]
    family = _families()[name]
    if not name.startswith("RevenueFromContract") or [options[t][at[t]] for t in totals] != ["Revenues"]:
        return False
    parts = (j for j, row in enumerate(lines) if j != i and totals[0] in row.into)
    alone = not any(_families().get(options[j][at[j]]) == family for j in parts)
    own, whole = facts_of(lines[i].line), facts_of(lines[totals[0]].line)
    return alone and all(abs(v) * 2 > abs(whole[k]) for k, v in own.items() if k in whole)


@cache
def _families() -> dict[str, str]:
    return {r["concept"]: r["family"] for r in rows("taxonomy/families.tsv")}


def collide(a: dict[Key, Decimal], b: dict[Key, Decimal]) -> bool:
    """Whether two lines hold different values for one period and unit."""
    return any(k in b and abs(b[k]) != abs(v) for k, v in a.items())


def facts_of(line: LineItem) -> dict[Key, Decimal]:
    """What a line states, by period, currency and measure."""
    return {(v.period, line.currency, line.measure): v.amount for v in line.values}


def _loss(row: Row, options: Sequence[str], at: int) -> float:
    """What a line loses by its next choice."""
    following = row.chances[options[at + 1]] if at + 1 < len(options) else -99.0
    return row.chances[options[at]] - following
