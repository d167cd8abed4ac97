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
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp
from operator import neg

from pressmark.mapping.features import Context, bucket, of_context, of_label
from pressmark.resources import resource

LEAST = 0.004  # a chance below this makes no candidate
BIAS = 128  # what makes a weight of eight bits positive
DEEPEST = 9.0  # log-odds behind the best at which a chance is as good as none
_HEAD = struct.Struct("<4s2sHIIIf")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A sparse linear model: `index` gives the place of a feature bucket, `offsets` where its weights lie."""

    concepts: tuple[str, ...]
    places: dict[str, int]
    index: dict[int, int]
    offsets: array[int]
    classes: array[int]
    weights: array[int]
    scale: float

    def chances(
        self, label: tuple[str, ...], context: Context, bonus: Mapping[str, float] | None = None
    ) -> dict[str, float]:
        """The likeliest concepts of a line with their probability; `bonus` adds log-odds to some of them."""
        sums = array("H")
        total_of_features = self.packed(of_label(label, context)) + _standing(context)
        sums.frombytes(total_of_features.to_bytes(len(self.concepts) * sums.itemsize, sys.byteorder))
        for name, more in (bonus or {}).items():
            if name in self.places:
                sums[self.places[name]] += round(more / self.scale)
        powers = _powers(self.scale)
        top = max(sums)
        total = sum([powers[top - v] for v in sums])  # a list adds up quicker than a generator
        # Powers fall with each unit: the last that is still a candidate's tells which sums to look at.
        last = top - bisect_left(powers, -LEAST * total, key=neg)
        return {self.concepts[i]: powers[top - v] / total for i, v in enumerate(sums) if v > last}

    def packed(self, said: Iterable[str]) -> int:
        """The sum of the weights of features, as one integer with 16 bits a concept.

        Adding such integers adds all concepts at once, far quicker than one by one. Each feature adds `BIAS` to every
        concept besides, so that no weight is negative; what counts is how concepts differ.
        """
        return sum(_packed(self, key) for key in {bucket(f) for f in said} if key in self.index)


@lru_cache(maxsize=4096)
def _packed(model: Model, key: int) -> int:
    """The weights that one feature bucket gives the concepts."""
    sums = array("H", [BIAS]) * len(model.concepts)
    at = model.index[key]
    first, last = model.offsets[at], model.offsets[at + 1]
    for concept, weight in zip(model.classes[first:last], model.weights[first:last], strict=True):
        sums[concept] += weight
    return int.from_bytes(sums.tobytes(), sys.byteorder)


@cache
def _powers(scale: float) -> tuple[float, ...]:
    """The weight of a concept that lies so many units of `scale` behind the best, none beyond `DEEPEST`."""
    powers = tuple(exp(-units * scale) for units in range(int(DEEPEST / scale) + 1))
    return powers + (0.0,) * ((1 << 16) - len(powers))


@lru_cache(maxsize=512)
def _standing(context: Context) -> int:
    """What the place of a line gives by itself, the same for all lines of that place."""
    return models()[context.statement].packed(of_context(context))


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
        if len(names) != concepts:
            raise ValueError("taxonomy/lexicon.bin is damaged; build it again")
        index = dict(zip(keys, range(columns), strict=True))
        places = {n: i for i, n in enumerate(names)}
        yield statement.decode(), Model(names, places, index, offsets, classes, values, scale)


def _array(code: str, data: bytes, at: int, count: int) -> tuple[array[int], int]:
    out: array[int] = array(code)
    end = at + count * out.itemsize
    out.frombytes(data[at:end])
    if sys.byteorder == "big":
        out.byteswap()
    return out, end
