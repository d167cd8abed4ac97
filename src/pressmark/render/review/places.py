"""Numbers the places of a release that the page links: every fact's, and every cell that was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pressmark.mapping.confidence import level
from pressmark.report.extraction import Extraction
from pressmark.report.model import Fact
from pressmark.span import Span


class Place(NamedTuple):
    """A place of the release: its number on the page, the facts that stand there, or why none does.

    `level` is high, medium or low, by the least sure of the facts; "" for a cell that was left out.
    """

    number: int
    span: Span
    facts: tuple[Fact, ...]
    reason: str = ""

    @property
    def level(self) -> str:
        """How sure its facts are: high, medium, low; "" where there is none."""
        return level(min([fact.confidence for fact in self.facts])) if self.facts else ""


def places(extraction: Extraction) -> Mapping[Span, Place]:
    """The numbered places by their span: those of facts in the order of the report, then what was left out."""
    report = extraction.report
    facts: dict[Span, list[Fact]] = {}
    for fact in report.facts:
        for place in fact.places:
            facts.setdefault(place, []).append(fact)
    found = {span: Place(number, span, tuple(here)) for number, (span, here) in enumerate(facts.items(), 1)}
    skipped = [*report.skipped, *(s for one in report.statements if not one.gaap for s in one.skipped)]
    for one in skipped:
        if one.span not in found:
            found[one.span] = Place(len(found) + 1, one.span, (), one.reason)
    return found
