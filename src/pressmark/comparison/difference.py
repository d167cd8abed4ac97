"""What a comparison gives: each fact that two sources state differently, what kind of difference it is, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pressmark.comparison.source import Source, Stated
from pressmark.finding import Finding
from pressmark.period import Period


class Kind(StrEnum):
    """How two sources differ about a fact, the gravest first."""

    CONTRADICTORY = "contradictory"
    SIGN = "sign"
    RESTATED = "restated"
    RECLASSIFIED = "reclassified"
    SPLIT = "split"
    CONCEPT = "concept-changed"
    GONE = "gone"
    NEW = "new"
    LABEL = "label-changed"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact on both sides; `older` or `newer` is None where a side does not state it.

    `why` is a sentence. Differences with one cause (the lines of a reclassification) share `cause`, a number from 1.
    """

    kind: Kind
    older: Stated | None
    newer: Stated | None
    why: str = ""
    cause: int = 0

    @property
    def stated(self) -> Stated:
        """The fact as the newer source has it, else as the older one."""
        found = self.newer or self.older
        assert found is not None  # noqa: S101 - a difference has a side
        return found

    @property
    def change(self) -> Decimal:
        """Newer less older; a side that does not state the fact counts as zero."""
        return (self.newer.value if self.newer else Decimal(0)) - (self.older.value if self.older else Decimal(0))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sources side by side.

    `overlap` holds the periods that statements of both cover, `compared` how many facts both state or could have
    stated for them, `agree` how many of these are the same. Differences of kind ROUNDING are none and stand apart.
    """

    older: Source
    newer: Source
    overlap: tuple[Period, ...]
    agree: int
    differences: tuple[Difference, ...]
    rounded: tuple[Difference, ...]
    findings: tuple[Finding, ...]

    @property
    def compared(self) -> int:
        """Facts that both sources state or could have stated."""
        changed = sum(d.kind is not Kind.LABEL for d in self.differences)
        return self.agree + len(self.rounded) + changed

    def count(self) -> Counter[Kind]:
        """How many differences there are of each kind."""
        return Counter(d.kind for d in self.differences)
