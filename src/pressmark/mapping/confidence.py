"""How sure the choice of a concept is: how often a choice of that kind is right, by what is known of it.

Two things tell: the chance that the evidence gives the concept, and how often filers that the model never saw agree
where that concept is the likeliest (`taxonomy/reliability.tsv`). Both are weighed by logistic regression, fitted on
whole statements of companies that nothing was learned from.
"""

from __future__ import annotations

from functools import cache
from math import exp, log

from pressmark.resources import rows

HIGH, MEDIUM = 0.95, 0.6
CONSTANT, OF_CHANCE, OF_CONCEPT = 0.14, 0.40, 0.68
UNKNOWN_CONCEPT = 0.6
INSIDE = 0.97  # how often the words around a figure inside a label are right
_CLOSEST = 0.001


def confidence(concept: str, chance: float) -> float:
    """How often a us-gaap concept is right that has this chance."""
    right = _reliability().get(concept, UNKNOWN_CONCEPT)
    odds = CONSTANT + OF_CHANCE * _logit(chance) + OF_CONCEPT * _logit(right)
    return 1 / (1 + exp(-odds))


def level(sure: float) -> str:
    """High, medium or low."""
    return "high" if sure >= HIGH else "medium" if sure >= MEDIUM else "low"


def _logit(chance: float) -> float:
    inside = min(max(chance, _CLOSEST), 1 - _CLOSEST)
    return log(inside / (1 - inside))


@cache
def _reliability() -> dict[str, float]:
    return {r["concept"]: float(r["right"]) for r in rows("taxonomy/reliability.tsv")}
