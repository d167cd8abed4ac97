"""Doubts about a concept that the user's mapping gives: the line's own words, place and figures say another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pressmark.finding import Finding, finding
from pressmark.mapping.candidates import of_both_sides
from pressmark.mapping.concept import Concept
from pressmark.statements.statement import LineItem

SURE = 0.3
"""How likely the concept must be that a line's own words say, for another to be doubted."""
UNLIKELY = 0.02
"""A concept less likely than this is doubted."""


def doubts(line: LineItem, concept: Concept, rule: str, chances: Mapping[str, float]) -> Iterator[Finding]:
    """`mapping.unlikely` for a concept that `rule` (FILE:LINE) gives, where `chances` without it speak against it.

    A concept of the user's own is not doubted: it says that none of us-gaap fits. Nor is one side of a concept that
    is both basic and diluted.
    """
    best = max(chances, key=lambda c: chances[c], default="")
    likely = max(chances.get(concept.name, 0.0), chances.get(of_both_sides(concept.name), 0.0))
    if not best or concept.extension or chances[best] < SURE or likely >= UNLIKELY:
        return
    message = f"{rule} maps “{line.label.text}” to {concept.name}, but it reads like {best} ({chances[best]:.0%})"
    yield finding("mapping.unlikely", message, line.label.span, concept.qname)
