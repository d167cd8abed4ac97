"""The words that a line is known by: those of its label, and of the heading above it where the label needs them.

A bare "Total" or "Fixed maturities" under "Sales of:" says little alone; `taxonomy/heading-words.tsv` names the labels
that go by their heading as well.
"""

from __future__ import annotations

import re
from functools import cache

from pressmark.mapping.features import is_date, words
from pressmark.resources import rows
from pressmark.statements.statement import LineItem, Measure

_BARE = ((), ("total",))
_SHARE_COUNT = re.compile(
    r"^\W*shares?\b(?!.*\b(of|for|to|in|issued|outstanding|authorized|held)\b).*\d", re.IGNORECASE
)


def spoken(line: LineItem, statement: str) -> tuple[str, ...]:
    """The words of a line's label, with those of its heading where the label does not stand for itself.

    A bare "Total" and a sum without a label go by the heading that they close, an amount whose label is a number of
    shares alone ("Shares: 2023 - 832; 2022 - 835") by the heading in its place.
    """
    own = words(line.full_label if is_date(line.label.text) else line.label.text)
    if not line.section:
        return own
    heading = words(line.section[-1])
    if line.measure is Measure.MONEY and _SHARE_COUNT.search(line.label.text):
        return heading
    if line.measure is Measure.MONEY and own in _BARE:
        return heading if heading[:1] == own else (*own, *heading)
    return (*heading, *own) if own and _completed(statement, " ".join(own), " ".join(heading)) else own


def _completed(statement: str, label: str, heading: str) -> bool:
    """Whether the heading is part of what the label says."""
    return any(label_.search(label) and heading_.search(heading) for label_, heading_ in _table().get(statement, ()))


@cache
def _table() -> dict[str, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]:
    found: dict[str, list[tuple[re.Pattern[str], re.Pattern[str]]]] = {}
    for row in rows("taxonomy/heading-words.tsv"):
        found.setdefault(row["statement"], []).append((re.compile(row["label"]), re.compile(row["heading"])))
    return {statement: tuple(pairs) for statement, pairs in found.items()}
