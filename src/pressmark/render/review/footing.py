"""Draws the footing of a statement: brackets in lanes left of the lines, from the parts of a sum to its total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pressmark.statements.statement import Total

_MOST_LANES = 8
"""Sums beyond so many side by side are told in words alone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one lane shows beside one line.

    `lane` counts from the labels outwards; `up` and `down` say whether the stem goes on above and below;
    `role` is part, minus (a part that is taken off), total, or "" where the stem only passes;
    `state` is foots, rounds or fails.
    """

    lane: int
    up: bool
    down: bool
    role: str
    state: str

    @property
    def words(self) -> str:
        """All of this but the lane, as a page names it."""
        return f"{'up ' if self.up else ''}{'down ' if self.down else ''}{self.role} {self.state}"


@dataclass(frozen=True, slots=True)
class Footing:
    """The pieces beside each line, in the order of the lines, and how many lanes there are."""

    pieces: tuple[tuple[Piece, ...], ...]
    lanes: int


def state(total: Total) -> str:
    """The worst that a column of the sum shows: fails, rounds or foots."""
    return "fails" if total.fails else "rounds" if total.rounds else "foots"


def draw(totals: Sequence[Total], lines: int) -> Footing:
    """The brackets of a statement of so many `lines`: short ones near the labels, none across another's lane."""
    taken: list[list[tuple[int, int]]] = []
    pieces: list[list[Piece]] = [[] for _ in range(lines)]
    for total in sorted(totals, key=_length):
        first, last = _reach(total)
        lane = next((n for n, used in enumerate(taken) if all(last < a or b < first for a, b in used)), len(taken))
        if lane >= _MOST_LANES:
            continue
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
        weights = dict(total.parts)
        for line in range(first, last + 1):
            role = "total" if line == total.line else {1: "part", -1: "minus"}.get(weights.get(line, 0), "")
            pieces[line].append(Piece(lane, line > first, line < last, role, state(total)))
    return Footing(tuple(map(tuple, pieces)), len(taken))


def _reach(total: Total) -> tuple[int, int]:
    """The first and the last line that the bracket touches."""
    lines = [total.line, *(line for line, _ in total.parts)]
    return min(lines), max(lines)


def _length(total: Total) -> tuple[int, int]:
    first, last = _reach(total)
    return last - first, first
