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
from math import exp, log

from pressmark.mapping.features import Context, bucket, of_context, of_label
from pressmark.resources import resource

LEAST = 0.004  # a chance below this makes no candidate
BIAS = 128  # what makes a weight of eight bits positive
DEPTHS = (1, 2, 3, 4, 5, 6, 7, 8, 10)  # log-odds behind the best; what lies deeper is as good as none
NEARLY = 0.95  # so much of its estimate the total surely is
_BANDS = tuple(zip((0, *DEPTHS), DEPTHS, strict=False))
_WEIGHTS = tuple(exp(-0.4 * upper - 0.6 * lower) for upper, lower in _BANDS)  # of a concept between two depths
LANE = 16  # bits that the sum of a concept takes
TOP_BIT = 1 << LANE - 1
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
    ) -> Mapping[str, float]:
        """The likeliest concepts of a line with their probability; `bonus` adds log-odds to some of them."""
        packed = self.packed(of_label(label, context)) + _standing(context)
        for name, more in (bonus or {}).items():
            if name in self.places:
                packed += round(more / self.scale) << self.places[name] * LANE
        count = len(self.concepts)
        sums = _array("H", packed.to_bytes(count * LANE // 8, "little"))
        top = max(sums)
        # How many lie within so many log-odds of the best tells the total well enough to know which are candidates.
        within = [_at_least(top - int(deep / self.scale), packed, count).bit_count() for deep in DEPTHS]
        bands = [(n - nearer) * weight for n, nearer, weight in zip(within, (0, *within), _WEIGHTS, strict=False)]
        deepest = -log(LEAST * NEARLY * sum(bands))
        near = _places(_at_least(top - int(deepest / self.scale), packed, count), count)
        likely = [(i, exp((sums[i] - top) * self.scale)) for i in near]
        last = bisect_left(DEPTHS, deepest)
        total = (
            sum([power for _, power in likely]) + (within[last] - len(near)) * _WEIGHTS[last] + sum(bands[last + 1 :])
        )
        return {self.concepts[i]: power / total for i, power in likely if power > LEAST * total}

    def packed(self, said: Iterable[str]) -> int:
        """The sum of the weights of features, as one integer with `LANE` bits a concept.

        Adding such integers adds all concepts at once, far quicker than one by one. Each feature adds `BIAS` to every
        concept besides, so that no weight is negative; what counts is how concepts differ.
        """
        return sum([_packed(self, feature) for feature in set(said)])


@lru_cache(maxsize=8192)
def _packed(model: Model, feature: str) -> int:
    """The weights that one feature gives the concepts; 0 for a feature that the model does not know."""
    at = model.index.get(bucket(feature))
    if at is None:
        return 0
    sums = array("H", [BIAS]) * len(model.concepts)
    first, last = model.offsets[at], model.offsets[at + 1]
    for concept, weight in zip(model.classes[first:last], model.weights[first:last], strict=True):
        sums[concept] += weight
    return int.from_bytes(_swapped(sums).tobytes(), "little")


def _at_least(least: int, packed: int, count: int) -> int:
    """`packed` with the top bit set in the lanes of at least `least`, and no other bit.

    The top bit of each lane is set before `least` without its own is taken away, so that nothing is borrowed from
    the next lane; it stays set where the low bits are enough.
    """
    ones, tops = _ones(count)
    least = max(least, 0)
    enough = (packed | tops) - (least & TOP_BIT - 1) * ones
    return (packed & enough if least & TOP_BIT else packed | enough) & tops


def _places(lanes: int, count: int) -> list[int]:
    """The places of the lanes whose top bit is set, where no other bit is."""
    data = lanes.to_bytes(count * LANE // 8, "little")
    out: list[int] = []
    at = data.find(0x80)
    while at >= 0:
        out.append(at // 2)
        at = data.find(0x80, at + 1)
    return out


@cache
def _ones(count: int) -> tuple[int, int]:
    """Integers with the lowest bit of each of `count` lanes set, and with the highest."""
    ones = sum(1 << LANE * i for i in range(count))
    return ones, ones * TOP_BIT


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
        parts = []
        for code, length in (("I", columns), ("I", columns + 1), ("H", weights), ("b", weights)):
            end = at + length * array(code).itemsize
            parts.append(_array(code, data[at:end]))
            at = end
        keys, offsets, classes, values = parts
        if len(names) != concepts:
            raise ValueError("taxonomy/lexicon.bin is damaged; build it again")
        index = dict(zip(keys, range(columns), strict=True))
        places = {n: i for i, n in enumerate(names)}
        yield statement.decode(), Model(names, places, index, offsets, classes, values, scale)


def _array(code: str, data: bytes) -> array[int]:
    """The numbers that `data` holds, which are little endian."""
    out: array[int] = array(code)
    out.frombytes(data)
    return _swapped(out)


def _swapped(numbers: array[int]) -> array[int]:
    """The numbers with their bytes the other way on a machine that is big endian: to little endian, and back."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
