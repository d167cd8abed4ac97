"""Retrieval for wording that no filer used before: concepts whose own words are like those of the label.

Words weigh by how rare they are among the concepts of the statement; the likeness is the cosine of both.
"""

from __future__ import annotations

import re
from functools import cache
from math import log, sqrt

from pressmark.mapping.features import small_words, words
from pressmark.mapping.table import concept_table

NEAR = 0.5  # likeness from which a concept counts
STRENGTH = 2.0  # log-odds that likeness of 1 adds over none


def alike(label: tuple[str, ...], statement: str) -> dict[str, float]:
    """Log-odds for the concepts of a statement whose label or name is like the wording."""
    index, weights, lengths = _index(statement)
    said = {w: weights.get(w, weights[""]) for w in label if w not in small_words()}
    length = sqrt(sum(v * v for v in said.values()))
    sums: dict[tuple[str, int], float] = {}
    for word, weight in said.items():
        for text in index.get(word, ()):
            sums[text] = sums.get(text, 0.0) + weight * weight
    out: dict[str, float] = {}
    for text, shared in sums.items():
        likeness = shared / (length * lengths[text])
        if likeness >= NEAR:
            out[text[0]] = max(out.get(text[0], 0.0), STRENGTH * likeness)
    return out


Text = tuple[str, int]
"""One wording of a concept: its name and which of its wordings."""


@cache
def _index(statement: str) -> tuple[dict[str, list[Text]], dict[str, float], dict[Text, float]]:
    """Wordings by word, the weight of each word ("" for one that is not there), the length of each wording."""
    texts: dict[Text, set[str]] = {}
    for concept in concept_table().of(statement):
        named = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", concept.name)
        for number, wording in enumerate((concept.label, named)):
            texts[concept.name, number] = {w for w in words(wording) if w not in small_words()}
    index: dict[str, list[Text]] = {}
    for text, said in texts.items():
        for word in said:
            index.setdefault(word, []).append(text)
    weights = {w: log(1 + len(texts) / len(found)) for w, found in index.items()} | {"": log(1 + len(texts))}
    lengths = {t: sqrt(sum(weights[w] ** 2 for w in said)) or 1.0 for t, said in texts.items()}
    return index, weights, lengths
