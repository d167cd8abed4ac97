"""Weighs the candidates anew of a line whose wording no two filers are known to use, where the model is too sure.

For each candidate: how much of the concept's name and of its standard label the line says, and they say of the line;
how many filers use the concept, of late and before 2018; whether another line of the filing wants it. The weights
(`taxonomy/weights.tsv`) are fitted by `tools/build_weights.py` on recent filings of companies that nothing else was
learned from. Wordings that filers are known to use gain nothing by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import exp, log, log1p

from pressmark.mapping.features import Context, small_words
from pressmark.resources import rows

EVIDENCE = (
    "chance",
    "name said",
    "of name",
    "label said",
    "of label",
    "recent filers",
    "older filers",
    "free",
    "beaten",
    "other said",
    "other meant",
)
"""What is weighed, in order."""
UNHEARD = 1 / log(3)  # what a word counts that no concept's name holds
LEAST_SAID = 0.33  # of the weight of a line's words, what a concept's name must say to gain
MOST_RIVALS = 50  # of the lines that may carry a concept, so many are looked at
_SAYS = EVIDENCE.index("of name")
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A line with its candidates, whether filers are known to word a line so, and the amounts that it states."""

    label: tuple[str, ...]
    context: Context
    chances: dict[str, float]
    known: bool = False
    amounts: tuple[Decimal, ...] = ()

    def rivals(self, other: Asked) -> bool:
        """Whether another line is not this one again: in other words and with other amounts."""
        return self.label != other.label and not (self.amounts and self.amounts == other.amounts)


@dataclass(frozen=True, slots=True)
class Used:
    """A concept: the words of its name and of its standard label, how many filers use it (as logarithms)."""

    name: Words
    label: Words
    recent: float
    older: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What filers use. `rarity` tells what a word counts: the less, the more names hold it."""

    concepts: Mapping[str, Used]
    rarity: Mapping[str, float]

    def weight(self, some: Words) -> float:
        """What some words count together."""
        rarity = self.rarity
        return sum([rarity.get(w, UNHEARD) for w in some]) if some else 0.0


def usage(table: Iterable[Mapping[str, str]]) -> Usage:
    """What filers use, by rows with the columns of `taxonomy/filers.tsv`."""
    concepts: dict[str, Used] = {}
    for row in table:
        name, label = frozenset(row["name"].split()), frozenset(row["label"].split())
        concepts[row["concept"]] = Used(name, label, log1p(int(row["recent"])), log1p(int(row["older"])))
    often = Counter(word for used in concepts.values() for word in used.name)
    return Usage(concepts, {word: 1 / log(2 + n) for word, n in often.items()})


def weighed(lines: Sequence[Asked]) -> list[dict[str, float]]:
    """The chances of each line's candidates, best first.

    A concept whose name says less than `LEAST_SAID` of the line does not gain, and where that is true of all of them
    nothing changes: what is like nothing in the table is to become an extension, not the nearest concept.
    """
    weights = _weights()
    out: list[dict[str, float]] = []
    for line, evidence in zip(lines, weighable(lines, _usage()), strict=True):
        if len(evidence) < 2 or all(each[_SAYS] < LEAST_SAID for each in evidence):
            out.append(line.chances)
            continue
        odds = [sum([w * x for w, x in zip(weights, each, strict=True)]) for each in evidence]
        top = max(odds)
        powers = [exp(x - top) for x in odds]
        share = sum(line.chances.values()) / sum(powers)
        anew = [
            p * share if p * share < was or each[_SAYS] >= LEAST_SAID else was
            for p, was, each in zip(powers, line.chances.values(), evidence, strict=True)
        ]
        out.append(dict(sorted(zip(line.chances, anew, strict=True), key=lambda x: -x[1])))
    return out


def weighable(lines: Sequence[Asked], known: Usage) -> list[list[tuple[float, ...]]]:
    """What is weighed of each candidate of each line; nothing of a line whose wording is known."""
    wanted: dict[tuple[str, str], list[Asked]] = {}
    for line in lines:
        for name in line.chances:
            wanted.setdefault((line.context.statement, name), []).append(line)
    first = {key: sorted(own, key=lambda x, key=key: -x.chances[key[1]])[:MOST_RIVALS] for key, own in wanted.items()}  # type: ignore[misc]
    return [[] if x.known else _evidence(x, known, first) for x in lines]


def _evidence(line: Asked, known: Usage, wanted: Mapping[tuple[str, str], Sequence[Asked]]) -> list[tuple[float, ...]]:
    """`wanted` holds, by statement and concept, the lines that may carry it, the likeliest first."""
    said = frozenset(line.label) - small_words()
    weight, statement = known.weight, line.context.statement
    whole = weight(said) or 1.0
    out: list[tuple[float, ...]] = []
    for name, chance in line.chances.items():
        used = known.concepts.get(name, _UNUSED)
        of_name, of_label = weight(said & used.name), weight(said & used.label)
        rival = next((x.chances[name] for x in wanted[statement, name] if line.rivals(x)), 0.0)
        out.append(
            (
                log(chance),
                of_name / (weight(used.name) or 1.0),
                of_name / whole,
                of_label / (weight(used.label) or 1.0),
                of_label / whole,
                used.recent,
                used.older,
                log(1.02 - rival),
                float(rival > chance),
                float("other" in said and "other" not in used.name),
                float("other" in used.name and "other" not in said),
            )
        )
    return out


_UNUSED = Used(frozenset(), frozenset(), 0.0, 0.0)


@cache
def _usage() -> Usage:
    return usage(rows("taxonomy/filers.tsv"))


@cache
def _weights() -> tuple[float, ...]:
    found = {r["evidence"]: float(r["weight"]) for r in rows("taxonomy/weights.tsv")}
    return tuple(found[name] for name in EVIDENCE)
