"""A figure that a sentence states."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pressmark.period import Period
from pressmark.span import Span
from pressmark.statements.statement import Measure


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence: "net loss of $7.1 million" for a quarter.

    `subject` is a key of `taxonomy/prose.tsv` (what the words name), `words` the words as printed,
    `value` in whole units with the sign that the words mean (a loss is negative), `decimals` what the
    printed precision supports (-5 for "$7.1 million"), `period` None where it can't be derived.
    `certain`: subject and period are beyond doubt, so that it may be a fact where no table states it.
    `approximate`: the words say "about", so that the last digit may be off by one.
    """

    subject: str
    words: str
    span: Span
    value: Decimal
    decimals: int
    measure: Measure
    currency: str
    period: Period | None
    gaap: bool = True
    certain: bool = True
    approximate: bool = False
