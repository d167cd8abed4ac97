"""The learned model of the lexicon: scores today's concepts for a line from the words and context of its label.

`taxonomy/lexicon.bin` holds one block a statement, little endian: magic `PMLX`, statement code (2), number of
concepts (u16), bytes of their names (u32), number of features (u32), number of weights (u32), scale (f32);
then the names, newline separated; the feature buckets (u32, ascending); the offsets of their weights (u32, one
more than features); the concept of each weight (u16); the weights (i8, times scale).
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import exp

from pressmark.mapping.features import Context, bucket, features
from pressmark.resources import resource

_HEAD = struct.Struct("<4s2sHIIIf")


@dataclass(frozen=True, slots=True)
class Model:
    """A sparse linear model: `index` gives the place of a feature bucket, `offsets` where its weights lie."""

    concepts: tuple[str, ...]
    index: dict[int, int]
    offsets: array[int]
    classes: array[int]
    weights: array[int]
    scale: float

    def scores(self, label: tuple[str, ...], context: Context) -> dict[str, float]:
        """The log-odds of the concepts that any feature of the line speaks for or against."""
        sums: dict[int, int] = {}
        index, offsets, classes, weights = self.index, self.offsets, self.classes, self.weights
        get = sums.get
        for key in {bucket(f) for f in features(label, context)}:
            at = index.get(key)
            if at is not None:
                first, last = offsets[at], offsets[at + 1]
                for concept, weight in zip(classes[first:last], weights[first:last], strict=True):
                    sums[concept] = get(concept, 0) + weight
        names, scale = self.concepts, self.scale
        return {names[i]: v * scale for i, v in sums.items()}


def probabilities(scores: dict[str, float], of: int) -> dict[str, float]:
    """Softmax of log-odds over `of` concepts, those without a score at zero."""
    if not scores:
        return {}
    top = max(max(scores.values()), 0.0)
    powers = {c: exp(v - top) for c, v in scores.items()}
    total = sum(powers.values()) + max(of - len(scores), 0) * exp(-top)
    return {c: v / total for c, v in powers.items()}


@cache
def models() -> dict[str, Model]:
    """The shipped models by statement code."""
    return dict(_read(resource("taxonomy/lexicon.bin").read_bytes()))


def _read(data: bytes) -> Iterable[tuple[str, Model]]:
    at = 0
    while at < len(data):
        magic, statement, concepts, text, columns, weights, scale = _HEAD.unpack_from(data, at)
        if magic != b"PMLX":
            raise ValueError("taxonomy/lexicon.bin is not in the layout of this version; build it again")
        at += _HEAD.size
        names = tuple(data[at : at + text].decode().split("\n"))
        at += text
        keys, at = _array("I", data, at, columns)
        offsets, at = _array("I", data, at, columns + 1)
        classes, at = _array("H", data, at, weights)
        values, at = _array("b", data, at, weights)
        yield statement.decode(), Model(names, dict(zip(keys, range(columns), strict=True)), offsets, classes, values, scale)
        if len(names) != concepts:
            raise ValueError("taxonomy/lexicon.bin is damaged; build it again")


def _array(code: str, data: bytes, at: int, count: int) -> tuple[array[int], int]:
    out: array[int] = array(code)
    end = at + count * out.itemsize
    out.frombytes(data[at:end])
    if sys.byteorder == "big":
        out.byteswap()
    return out, end
