"""What has been said so far of the facts that differ: the first reason found for a fact stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pressmark.comparison.difference import Kind
from pressmark.comparison.source import Stated
from pressmark.period import Period

Pair = tuple[Stated, Stated]
"""A fact of the older source and the same fact of the newer."""

Line = tuple[str, Period]
"""A line in a period: the name of its concept in the older source, or in the only one that has it."""


@dataclass(slots=True)
class Verdicts:
    """Kind, reason and number of the cause, by line. The one place that builds up state; `explained` uses it."""

    said: dict[Line, tuple[Kind, str, int]] = field(default_factory=dict)
    causes: int = 0

    def say(self, lines: Iterable[Line], kind: Kind, why: str) -> None:
        """Gives some lines one cause, but for those that have one."""
        self.causes += 1
        for line in lines:
            self.said.setdefault(line, (kind, why, self.causes))


def line_of(fact: Stated) -> Line:
    """The line of a fact, or of a pair's older one."""
    return (fact.name, fact.period)
