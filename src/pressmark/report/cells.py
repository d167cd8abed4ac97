"""Counts the numeric cells of the tagged statements: each is a fact's place or was skipped with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pressmark.finding import Finding, finding
from pressmark.report.model import Fact
from pressmark.span import Span
from pressmark.statements.statement import Skipped, Statement


@dataclass(frozen=True, slots=True)
class Cells:
    """Numeric cells of the tagged statements; `lost` are those neither tagged nor skipped."""

    numeric: int
    facts: int
    skipped: int
    lost: tuple[Span, ...] = ()

    @property
    def balanced(self) -> bool:
        """Whether numeric cells = facts + skipped."""
        return self.numeric == self.facts + self.skipped and not self.lost


def count_cells(statements: Sequence[Statement], facts: Sequence[Fact], skipped: Sequence[Skipped]) -> Cells:
    """Counts from three independent sources: the table's cells, the places of facts, the skipped list."""
    places = {place for fact in facts for place in fact.places}
    left_out = {s.span for s in skipped}
    inside = {v.span for s in statements if s.gaap for line in s.lines if line.parenthetical for v in line.values}
    tagged: set[Span] = set()
    lost: list[Span] = []
    for statement in statements:
        if not statement.gaap:
            continue
        for line in statement.lines:
            for value in () if line.parenthetical else line.values:
                if value.span in places:
                    tagged.add(value.span)
                elif value.span not in left_out:
                    lost.append(value.span)
    numeric = sum(s.numeric_cells for s in statements if s.gaap)
    return Cells(numeric, len(tagged), len(left_out - tagged - inside), tuple(lost))


def cell_findings(cells: Cells, source: str) -> list[Finding]:
    """An error where the identity does not hold: a number was lost, which is a fault of the program."""
    if cells.balanced:
        return []
    lost: Collection[Span] = cells.lost
    message = (
        f"{source}: {cells.numeric} numeric cells, but {cells.facts} are facts and {cells.skipped} are skipped"
        + (f"; the first one lost is at {next(iter(lost))}" if lost else "")
    )
    return [finding("cells.lost", message, next(iter(lost), None))]
