"""A table of numbers as it stands on the page: the one shape that text and markup both end in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pressmark.numbers import Number
from pressmark.span import Span, Text


class RowKind(StrEnum):
    """What a row is for: a head over columns, a line of values, or a text row (heading, note) without values."""

    HEAD = "head"
    BODY = "body"
    TEXT = "text"


class Cell(NamedTuple):
    """One cell right of the labels. It stands over the value columns `first` to `last` (inclusive, from 0).

    `number` is None where the text is not a number (a head, a note mark, "n/a").
    `text` is as printed, with the currency sign and parentheses that stand in spacer columns joined to it.
    """

    text: str
    span: Span
    first: int
    last: int
    number: Number | None = None


class Row(NamedTuple):
    """A row with its label joined over all the lines it wraps. `depth` ranks indentation in the table, from 0.

    A HEAD row's label is what stands above the labels ("(In thousands)"). `ruled` says that a rule is
    drawn right above the values (a sum follows).
    """

    kind: RowKind
    label: Text | None
    depth: int
    cells: tuple[Cell, ...]
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of `width` value columns with the text around it.

    `caption` holds the non-blank lines above, top to bottom (titles, "(in thousands)"), at most a screenful;
    `notes` the lines right below (footnotes).

    Several statements, or one with repeated heads, may stand in one table: HEAD rows and TEXT rows
    between BODY rows tell.
    """

    caption: tuple[Text, ...]
    rows: tuple[Row, ...]
    width: int
    notes: tuple[Text, ...] = ()
