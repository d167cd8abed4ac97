"""Retrieval for wording that no filer used before: concepts whose own words are like those of the label.

Words weigh by how rare they are among the concepts of the statement; the likeness is the cosine of both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from math import log, sqrt

from pressmark.mapping.features import small_words, words
from pressmark.mapping.table import concept_table

NEAR = 0.5  # likeness from which a concept counts
STRENGTH = 2.0  # log-odds that likeness of 1 adds over none


@lru_cache(maxsize=2048)
def alike(label: tuple[str, ...], statement: str) -> Mapping[str, float]:
    """Log-odds for the concepts of a statement whose label or name is like the wording."""
    names, index, weights = _index(statement)
    said = {w: weights.get(w, weights[""]) for w in label if w not in small_words()}
    sums = [0.0] * len(names)
    for word in said:
        for text, part in index.get(word, ()):
            sums[text] += part
    least = NEAR * sqrt(sum(v * v for v in said.values()))
    factor = STRENGTH * NEAR / (least or 1.0)
    near = sorted((v, text) for text, v in enumerate(sums) if v >= least and v)
    return {names[text]: factor * v for v, text in near}  # the best wording of a concept comes last


Index = dict[str, list[tuple[int, float]]]


@cache
def _index(statement: str) -> tuple[list[str], Index, dict[str, float]]:
    """Concepts of wordings; by word its part of the likeness to each; the weights of words ("": other)."""
    texts: list[tuple[str, set[str]]] = []
    for concept in concept_table().of(statement):
        named = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", concept.name)
        said_in = ({w for w in words(wording) if w not in small_words()} for wording in (concept.label, named))
        texts.extend((concept.name, said) for said in said_in)
    holders: dict[str, list[int]] = {}
    for text, (_, said) in enumerate(texts):
        for word in said:
            holders.setdefault(word, []).append(text)
    weights = {w: log(1 + len(texts) / len(found)) for w, found in holders.items()} | {"": log(1 + len(texts))}
    lengths = [sqrt(sum(weights[w] ** 2 for w in said)) or 1.0 for _, said in texts]
    index = {w: [(t, weights[w] ** 2 / lengths[t]) for t in found] for w, found in holders.items()}
    return [name for name, _ in texts], index, weights
