"""The joint choice over all statements: one concept never carries two values for a period and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pressmark.statements.statement import LineItem

EXTENSION = ""  # the choice of a concept of the report's own
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line to be decided: its log-chances by concept (with `EXTENSION` among them), best first."""

    line: LineItem
    chances: Mapping[str, float]


def choose(lines: Sequence[Row]) -> list[str]:
    """A concept for each line, `EXTENSION` where none of the table fits.

    Of the lines that want one concept with different values, the one that would lose most by giving way keeps it;
    the others take their next choice. This repeats until no two collide, at most as often as there are choices.
    """
    options = [sorted(r.chances, key=lambda c, r=r: -r.chances[c]) for r in lines]  # type: ignore[misc]
    at = [0] * len(lines)
    facts = [_facts(r.line) for r in lines]
    for _ in range(sum(len(o) for o in options)):
        loser = _first_loser(lines, options, at, facts)
        if loser is None:
            break
        at[loser] += 1
    return [o[i] for o, i in zip(options, at, strict=True)]


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
                    return min(a, b, key=lambda i: (_loss(lines[i], options[i], at[i]), -i))
    return None


def collide(a: dict[Key, Decimal], b: dict[Key, Decimal]) -> bool:
    """Whether two lines hold different values for one period and unit."""
    return any(k in b and abs(b[k]) != abs(v) for k, v in a.items())


def _facts(line: LineItem) -> dict[Key, Decimal]:
    return {(v.period, line.currency, line.measure): v.amount for v in line.values}


def _loss(row: Row, options: Sequence[str], at: int) -> float:
    """What a line loses by its next choice."""
    following = row.chances[options[at + 1]] if at + 1 < len(options) else -99.0
    return row.chances[options[at]] - following
