"""Blocks of lines within a statement: what a heading says about the concepts of the lines below it.

A cash flow tells first of adjustments, then of changes in assets and liabilities; what stands under the heading of
the one is none of the other, however alike the words ("Other, net"). `taxonomy/blocks.tsv` names the blocks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pressmark.mapping.concept import is_named
from pressmark.mapping.features import Context, words
from pressmark.resources import rows
from pressmark.statements.statement import LineItem

OUT_OF_PLACE = 0.1  # what remains of the chance of a concept that the lines of a block do not have


@dataclass(frozen=True, slots=True)
class _Block:
    heading: re.Pattern[str]
    concepts: re.Pattern[str]
    beside: str


def blocks(code: str, lines: Sequence[LineItem], subtotals: Sequence[str]) -> list[str]:
    """The block that each line of a statement stands in, "" for none; a subtotal ends a block."""
    known = {name: block for (statement, name), block in _table().items() if statement == code}
    out: list[str] = []
    at = ""
    for line, closes in zip(lines, subtotals, strict=True):
        if not line.values:
            said = " ".join(words(line.label.text))
            at = next((name for name, block in known.items() if block.heading.search(said)), "")
        out.append(at)
        at = "" if closes else at
    there = {"", *out}
    return [name if name and known[name].beside in there else "" for name in out]


def in_its_block(chances: Mapping[str, float], context: Context) -> dict[str, float]:
    """Lowers the concepts that the lines of this block do not have."""
    if not context.block:
        return dict(chances)
    fits = _table()[context.statement, context.block].concepts
    return {n: p if is_named(fits, n) else p * OUT_OF_PLACE for n, p in chances.items()}


@cache
def _table() -> dict[tuple[str, str], _Block]:
    return {
        (r["statement"], r["block"]): _Block(re.compile(r["heading"]), re.compile(r["concepts"]), r["beside"])
        for r in rows("taxonomy/blocks.tsv")
    }
