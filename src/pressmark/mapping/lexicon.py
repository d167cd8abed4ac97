"""The learned label counts: how many companies tag a label with each element, by era.

`taxonomy/lexicon.tsv` has a row for each statement, code of the subtotal below, measure and label (in base words)
that two or more companies use; its concepts read `Name:old:recent:latest`, counted in companies.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from pressmark.mapping.features import Context
from pressmark.resources import resource

COUNTS = {"old": (1.0, 0.01, 0.01), "recent": (0.03, 1.0, 1.0), "latest": (0.03, 0.3, 1.0)}
"""What a company of an era counts for a line of an era."""
PRIOR = 20.0  # the model counts as much as so many companies


def counted(label: tuple[str, ...], context: Context) -> Mapping[str, float]:
    """Weighted numbers of companies by concept for this label in this place; empty for a label not known."""
    factors = COUNTS[context.era]
    return {name: sum(f * n for f, n in zip(factors, eras, strict=True)) for name, eras in _found(label, context)}


@lru_cache(maxsize=2048)
def companies(label: tuple[str, ...], context: Context) -> Mapping[str, int]:
    """Numbers of companies by concept, of all years."""
    return {name: sum(eras) for name, eras in _found(label, context)}


@lru_cache(maxsize=4096)
def heard(label: tuple[str, ...], statement: str, measure: str) -> bool:
    """Whether two or more companies word a line of this statement so, in whatever place, with or without "total"."""
    said = " ".join(bare(label))
    keys = (f"{statement}\t{below}\t{measure}\t" for below in _places()[statement])
    return any(key + text in _table() for key in keys for text in (said, f"total {said}"))


def bare(label: tuple[str, ...]) -> tuple[str, ...]:
    """A label without the word that says that the line is a sum."""
    return label[1:] if len(label) > 1 and label[0] == "total" else label


def _found(label: tuple[str, ...], context: Context) -> list[tuple[str, list[int]]]:
    said = _table().get(f"{context.statement}\t{context.below}\t{context.measure}\t{' '.join(label)}", "")
    items = (item.split(":") for item in said.split(" ") if item)
    return [(name, [int(n) for n in eras]) for name, *eras in items]


def blended(chances: Mapping[str, float], counts: Mapping[str, float]) -> dict[str, float]:
    """The model's chances with the counted ones: the model stands for `PRIOR` companies (Dirichlet smoothing)."""
    total = sum(counts.values()) + PRIOR
    return {c: (counts.get(c, 0.0) + PRIOR * chances.get(c, 0.0)) / total for c in {**chances, **counts}}


@cache
def _places() -> dict[str, frozenset[str]]:
    """The codes of subtotals below by statement."""
    found: dict[str, set[str]] = {}
    for key in _table():
        statement, below, _ = key.split("\t", 2)
        found.setdefault(statement, set()).add(below)
    return {statement: frozenset(codes) for statement, codes in found.items()}


@cache
def _table() -> dict[str, str]:
    text = resource("taxonomy/lexicon.tsv").read_text(encoding="utf-8")
    rows = (line.rpartition("\t") for line in text.splitlines()[1:])
    return {key: concepts for key, _, concepts in rows}
