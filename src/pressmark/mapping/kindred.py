"""Lines of a cash flow that name the same investments carry elements of one kind.

"Purchases of short-term investments" and "Maturities of short-term investments" are of the same holdings: who buys
short-term investments does not sell securities available for sale. Alone, either line is hard to tell; together they
decide: five in six of such groups of lines in recent filings are of one kind. (Of debt, three in five.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import log

from pressmark.mapping.features import small_words
from pressmark.resources import rows

OTHER_KIND = 0.1  # what remains of the chance of a concept of another kind than the lines together are of
LEAST = 0.003  # the chance of a kind of which a line has no candidate
Said = tuple[tuple[str, ...], Mapping[str, float]]
"""The words of a line's label and the chances of its concepts, best first."""


def of_one_kind(lines: Sequence[Said]) -> list[Mapping[str, float]]:
    """The chances of cash flow lines, those of concepts lowered that are of another kind than their lines together."""
    out = [chances for _, chances in lines]
    for places in _same_investments(lines):
        best = [_best(out[i]) for i in places]
        kinds = dict.fromkeys(kind for each in best for kind in each)
        chosen = max(kinds, key=lambda kind: sum(log(each.get(kind, LEAST)) for each in best))
        for i, each in zip(places, best, strict=True):
            if chosen in each:
                lowered = {n: p if _kind(n) in ("", chosen) else p * OTHER_KIND for n, p in out[i].items()}
                out[i] = dict(sorted(lowered.items(), key=lambda x: -x[1]))
    return out


def _same_investments(lines: Sequence[Said]) -> list[list[int]]:
    """The places of lines, in other words, whose labels name the same investments."""
    named: dict[frozenset[str], list[int]] = defaultdict(list)
    for i, (label, chances) in enumerate(lines):
        if chances and _kind(next(iter(chances))):
            named[frozenset(label) - _trade_words() - small_words()].append(i)
    return [places for places in named.values() if len({lines[i][0] for i in places}) > 1]


def _best(chances: Mapping[str, float]) -> dict[str, float]:
    """The chance of the likeliest concept of each kind."""
    out: dict[str, float] = {}
    for name, chance in chances.items():
        if (kind := _kind(name)) and chance > out.get(kind, LEAST):
            out[kind] = chance
    return out


@cache
def _kind(concept: str) -> str:
    """The kind of investment that a concept buys or sells, "" for another concept."""
    return next((kind for kind, pattern in _kinds() if pattern.search(concept)), "")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["kind"], re.compile(r["concepts"])) for r in rows("taxonomy/investment-kinds.tsv"))


@cache
def _trade_words() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("taxonomy/trade-words.tsv"))
