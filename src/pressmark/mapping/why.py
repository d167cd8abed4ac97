"""Why a line carries its concept, in words a person would want to read."""

from __future__ import annotations

from collections.abc import Mapping

from pressmark.mapping.choose import UNKNOWN_CHANCE
from pressmark.mapping.concept import Concept
from pressmark.mapping.features import Context, words
from pressmark.mapping.lexicon import companies
from pressmark.mapping.table import by_wording
from pressmark.statements.statement import LineItem


def reasons(line: LineItem, context: Context, concept: Concept, chances: Mapping[str, float]) -> tuple[str, ...]:
    """The evidence for the concept of a line, the weightiest first."""
    label = words(line.label.text)
    if concept.extension:
        return _own(chances)
    found: list[str] = []
    if line.parenthetical:
        found.append("the words around this figure inside a label name it")
    hand = by_wording().get(label, {})
    if concept.name in hand:
        found.append("the label is a known wording of it" if hand[concept.name] else "the label is its standard label")
    counts = companies(label, context)
    if concept.name in counts:
        found.append(f"{counts[concept.name]} of {sum(counts.values())} companies with this label here tag it so")
    best = max(chances, key=lambda c: chances[c], default="")
    if best and best != concept.name:
        found.append(f"{best} was likelier by wording, but another line, total or published sum takes it")
    elif not found and not label:
        found.append("it has no label: its heading, its parts or the sum that it equals name it")
    elif not found:
        found.append("its words and its place are most like those of lines with this concept")
    return tuple(found)


def _own(chances: Mapping[str, float]) -> tuple[str, ...]:
    best = max(chances, key=lambda c: chances[c], default="")
    if not best:
        return ("no us-gaap concept of its type and period is like it",)
    if chances[best] > UNKNOWN_CHANCE:
        return (f"{best} would be its wording, but another line or its total takes it",)
    return (f"no us-gaap concept is likely; the nearest is {best} ({chances[best]:.0%})",)
