"""A line on its way through the ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.mapping.features import Context
from pressmark.statements.statement import LineItem

if TYPE_CHECKING:
    from pressmark.mapping.evidence import Told

Place = tuple[int, int]
"""A line: the number of its statement and its index in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with values on its way through the ladder; `read` holds its chances before what is told of it.

    `label` holds its words, `known` tells whether filers are known to word a line so.
    """

    place: Place
    item: LineItem
    context: Context
    label: tuple[str, ...]
    known: bool
    chances: dict[str, float]
    told: Told | None
    read: Mapping[str, float]
