"""How sure the choice of a concept is: how often such a choice is right, by what is known of it.

What tells (`Grounds`): the chance that the evidence gives the concept among those that no other line has taken; how
many filers who word a line so mean it; whether the line adds up others, frames the statement, or stands in the release
twice; how often filers that the model never saw agree where the concept is the likeliest (`taxonomy/reliability.tsv`,
by `tools/build_reliability.py`), and how often it was right in labelled releases (`taxonomy/judged.tsv`). The weights
(`taxonomy/confidence.tsv`) are fitted by `benchmarks/fit_confidence.py` on whole releases of companies that nothing
else was learned from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, log, log1p

from pressmark.resources import rows

HIGH, MEDIUM = 0.965, 0.6
UNKNOWN_CONCEPT = 0.6
JUDGED = 2.0  # what the reliability counts, in companies, beside the companies of labelled releases
_CLOSEST = 0.001
EVIDENCE = (
    "constant",
    "chance",
    "companies that mean it",
    "adds up",
    "frames",
    "repeated",
    "likeliest",
    "inside a label",
    "right where judged",
    "companies judged",
    "chance, the more were judged",
)
"""What is weighed, in order."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is known of the choice of a us-gaap concept for a line.

    `chance` is its chance among the candidates that no other line has; `meant` companies that word a line so tag it
    with this concept.
    """

    concept: str
    chance: float
    meant: int
    adds_up: bool
    frames: bool
    repeated: bool
    likeliest: bool
    inside: bool


def confidence(grounds: Grounds) -> float:
    """How often a us-gaap concept is right on such grounds."""
    odds = sum([w * x for w, x in zip(_weights(), weighable(grounds, *judged(grounds.concept)), strict=True)])
    return 1 / (1 + exp(-odds))


def weighable(on: Grounds, right: float, companies: int) -> tuple[float, ...]:
    """What is weighed; the concept was `right` in so much of the labelled releases of so many `companies`."""
    base = reliability(on.concept)
    seen = log1p(companies)
    return (
        1.0,
        _logit(on.chance),
        log1p(on.meant),
        float(on.adds_up),
        float(on.frames),
        float(on.repeated),
        float(on.likeliest),
        float(on.inside),
        _logit((companies * right + JUDGED * base) / (companies + JUDGED)),
        seen,
        _logit(on.chance) * seen,
    )


def level(sure: float) -> str:
    """High, medium or low."""
    return "high" if sure >= HIGH else "medium" if sure >= MEDIUM else "low"


def _logit(chance: float) -> float:
    inside = min(max(chance, _CLOSEST), 1 - _CLOSEST)
    return log(inside / (1 - inside))


def reliability(concept: str) -> float:
    """How often unseen filers agree where this concept is the likeliest."""
    return _reliability().get(concept, UNKNOWN_CONCEPT)


def judged(concept: str) -> tuple[float, int]:
    """In what share of the lines it was right in labelled releases, and of how many companies."""
    return _judged().get(concept, (0.0, 0))


@cache
def _reliability() -> dict[str, float]:
    return {r["concept"]: float(r["right"]) for r in rows("taxonomy/reliability.tsv")}


@cache
def _judged() -> dict[str, tuple[float, int]]:
    return {r["concept"]: (float(r["right"]), int(r["companies"])) for r in rows("taxonomy/judged.tsv")}


@cache
def _weights() -> tuple[float, ...]:
    found = {r["evidence"]: float(r["weight"]) for r in rows("taxonomy/confidence.tsv")}
    return tuple(found[name] for name in EVIDENCE)
