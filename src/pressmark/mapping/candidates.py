"""The rungs that give a line its candidates, each testable alone.

1. `exact`: the label is a standard label or a synonym of concepts of this statement.
2. `learned`: the model of the lexicon, which knows labels of many filers with their context.
3. `fitting`: hard constraints of item type and period type.
4. `basic_and_diluted`: a line that is both takes the concept that says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pressmark.mapping.concept import Concept
from pressmark.mapping.features import Context, words
from pressmark.mapping.model import models, probabilities
from pressmark.mapping.table import by_wording, concept_table
from pressmark.resources import rows
from pressmark.statements.statement import LineItem, Measure

EXACT_BONUS = 1.5  # log-odds that a hand-made wording adds
SURE = 0.4  # a likelier concept stands, whatever a standard label says
KEEP = 8
_TYPES = {
    Measure.MONEY: "monetaryItemType",
    Measure.SHARES: "sharesItemType",
    Measure.PER_SHARE: "perShareItemType",
    Measure.PURE: "pureItemType",
}


def candidates(line: LineItem, context: Context) -> dict[str, float]:
    """Concepts for a line with their probability, best first, at most `KEEP`."""
    label = words(line.label.text)
    scores = learned(label, context)
    model = models().get(context.statement)
    size = len(model.concepts) if model else len(scores)
    chances = probabilities(scores, size)
    wordings = exact(label, context)
    if wordings and max(chances.values(), default=0.0) < SURE:
        for name in wordings:
            scores[name] = scores.get(name, 0.0) + EXACT_BONUS
        chances = probabilities(scores, size)
    fits = fitting(chances, line)
    best = sorted(fits.items(), key=lambda x: -x[1])[:KEEP]
    return basic_and_diluted(dict(best), line)


def learned(label: tuple[str, ...], context: Context) -> dict[str, float]:
    """Log-odds from the model of the statement."""
    model = models().get(context.statement)
    return model.scores(label, context) if model else {}


def exact(label: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """Concepts of this statement whose standard label or synonym has these very words."""
    table = concept_table()
    found = by_wording().get(label, ())
    return tuple(n for n in found if context.statement in table[n].statements)


def fitting(chances: Mapping[str, float], line: LineItem) -> dict[str, float]:
    """The concepts whose item type and period type the line's values can have."""
    table = concept_table()
    wanted = _TYPES[line.measure]
    instants = {v.period.instant for v in line.values}

    def fits(concept: Concept) -> bool:
        return concept.type == wanted and instants <= {concept.period_type == "instant"}

    return {n: p for n, p in chances.items() if fits(table[n])}


def basic_and_diluted(chances: dict[str, float], line: LineItem) -> dict[str, float]:
    """Adds up the chances of the basic and the diluted concept for a line that says it is both."""
    if line.measure not in (Measure.PER_SHARE, Measure.SHARES):
        return chances
    if not (re.search(r"\bbasic\b", line.full_label, re.I) and re.search(r"\bdiluted\b", line.full_label, re.I)):
        return chances
    out: dict[str, float] = {}
    for name, chance in chances.items():
        both = _both().get(name, name)
        out[both] = out.get(both, 0.0) + chance
    return dict(sorted(out.items(), key=lambda x: -x[1]))


@cache
def _both() -> dict[str, str]:
    return {r["concept"]: r["both"] for r in rows("taxonomy/basic-and-diluted.tsv")}
