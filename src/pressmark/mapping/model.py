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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp

from pressmark.mapping.features import Context, bucket, of_context, of_label
from pressmark.resources import resource

LEAST = 0.004  # a chance below this makes no candidate
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
        sums = self.add(of_label(label, context), list(_standing(context)))
        for name, more in (bonus or {}).items():
            if name in self.places:
                sums[self.places[name]] += round(more / self.scale)
        powers = _powers(self.scale)
        top = max(sums)
        floor = top - len(powers)
        near = [(i, powers[top - v]) for i, v in enumerate(sums) if v > floor]
        total = sum(p for _, p in near)
        least = LEAST * total
        return {self.concepts[i]: p / total for i, p in near if p > least}

    def add(self, said: Iterable[str], sums: list[int]) -> list[int]:
        """Adds the weights of features to the sums, which are by concept and in units of `scale`."""
        for key in {bucket(f) for f in said}:
            for concept, weight in _weights(self, key):
                sums[concept] += weight
        return sums


@lru_cache(maxsize=8192)
def _weights(model: Model, key: int) -> tuple[tuple[int, int], ...]:
    """The places of concepts and the weights that one feature bucket gives them."""
    at = model.index.get(key)
    if at is None:
        return ()
    first, last = model.offsets[at], model.offsets[at + 1]
    return tuple(zip(model.classes[first:last], model.weights[first:last], strict=True))


@cache
def _powers(scale: float) -> tuple[float, ...]:
    """The weight of a concept that lies so many units of `scale` behind the best, down to `DEEPEST`."""
    return tuple(exp(-units * scale) for units in range(int(DEEPEST / scale) + 1))


@lru_cache(maxsize=512)
def _standing(context: Context) -> tuple[int, ...]:
    """The sums that the place of a line gives by itself, the same for all lines of that place."""
    model = models()[context.statement]
    return tuple(model.add(of_context(context), [0] * len(model.concepts)))


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
