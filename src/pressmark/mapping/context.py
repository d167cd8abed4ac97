"""What stands around each line of a statement: the subtotals above and below, the heading, the filer's cues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pressmark.mapping.features import Context, cues, words
from pressmark.resources import rows
from pressmark.statements.statement import LineItem, Measure, Statement

RECENT = 2018  # the year from which filers use today's revenue, lease and credit-loss elements


def release_cues(statements: Sequence[Statement]) -> tuple[str, ...]:
    """What the labels of all statements together tell about the filer."""
    return cues(line.label.text for s in statements for line in s.lines)


def is_recent(statements: Sequence[Statement]) -> bool:
    """Whether the latest period falls in the years of today's elements."""
    return max((c.period.end.year for s in statements for c in s.columns if c.period), default=RECENT) >= RECENT


def contexts(statement: Statement, found: tuple[str, ...], *, recent: bool) -> tuple[Context, ...]:
    """The context of each line of the statement, in order."""
    kind = statement.kind.value
    codes = [subtotal(kind, line) for line in statement.lines]
    below, next_code = [""] * len(codes), ""
    for i in range(len(codes) - 1, -1, -1):
        below[i] = next_code
        next_code = codes[i] or next_code
    out: list[Context] = []
    above, section = "^", ""
    for line, code, under in zip(statement.lines, codes, below, strict=True):
        if not line.values:
            section = " ".join(words(line.label.text))
        out.append(Context(kind, above, under, measure(line), section, found, recent))
        above = code or above
    return tuple(out)


def measure(line: LineItem) -> str:
    """The measure as the model knows it."""
    return line.measure.value if line.measure is not Measure.PURE else "money"


def subtotal(statement: str, line: LineItem) -> str:
    """The code of a subtotal that frames a statement, or "" for another line."""
    if not line.values or line.measure is not Measure.MONEY:
        return ""
    text = line.label.text.replace("’", "'").lower()
    for code, pattern in _patterns().get(statement, ()):
        if pattern.search(text):
            return code
    return ""


@cache
def _patterns() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for row in rows("taxonomy/subtotals.tsv"):
        found.setdefault(row["statement"], []).append((row["code"], re.compile(row["pattern"])))
    return {k: tuple(v) for k, v in found.items()}
