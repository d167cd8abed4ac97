"""What stands around each line of a statement: the subtotals above and below, the heading, the filer's cues."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from pressmark.mapping.blocks import blocks
from pressmark.mapping.features import Context, cues, words
from pressmark.resources import rows
from pressmark.statements.statement import LineItem, Measure, Statement

RECENT = 2018  # the year from which filers use today's revenue, lease and credit-loss elements
LATEST = 2024


def release_cues(statements: Sequence[Statement]) -> dict[str, tuple[str, ...]]:
    """By kind of statement, what labels tell about the filer."""
    labels: dict[str, list[str]] = {}
    for statement in statements:
        labels.setdefault(statement.kind.value, []).extend(line.label.text for line in statement.lines)
    return cues(labels)


def era(statements: Sequence[Statement]) -> str:
    """The era of the elements that were in use at the end of the latest period."""
    year = max((c.period.end.year for s in statements for c in s.columns if c.period), default=RECENT)
    return "latest" if year >= LATEST else "recent" if year >= RECENT else "old"


def contexts(statement: Statement, found: Mapping[str, tuple[str, ...]], when: str) -> tuple[Context, ...]:
    """The context of each line of the statement, in order."""
    kind = statement.kind.value
    codes = [subtotal(kind, line) for line in statement.lines]
    below, next_code = [""] * len(codes), ""
    for i in range(len(codes) - 1, -1, -1):
        below[i] = next_code
        next_code = codes[i] or next_code
    out: list[Context] = []
    above, section = "^", ""
    standing = blocks(kind, statement.lines, codes)
    for line, code, under, block in zip(statement.lines, codes, below, standing, strict=True):
        if not line.values:
            section = " ".join(words(line.label.text))
        out.append(Context(kind, above, under, measure(line), section, found[kind], when, block))
        above = code or above
    return tuple(out)


def measure(line: LineItem) -> str:
    """The measure as the model knows it."""
    return line.measure.value if line.measure is not Measure.PURE else "money"


def subtotal(statement: str, line: LineItem) -> str:
    """The code of a subtotal that frames a statement, or "" for another line."""
    if not line.values or line.measure is not Measure.MONEY:
        return ""
    return _subtotal(statement, line.label.text)


@lru_cache(maxsize=4096)
def _subtotal(statement: str, label: str) -> str:
    text = label.replace("’", "'").lower()
    return next((code for code, pattern in _patterns().get(statement, ()) if pattern.search(text)), "")


@cache
def _patterns() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for row in rows("taxonomy/subtotals.tsv"):
        found.setdefault(row["statement"], []).append((row["code"], re.compile(row["pattern"])))
    return {k: tuple(v) for k, v in found.items()}
