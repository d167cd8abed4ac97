"""Lines that stand in a statement's table and are no part of it: operating data, ratios, non-GAAP measures, memos.

The words stand in `taxonomy/skip-words.tsv`. What they tell depends on how far the statement has come: customers above
the total of a balance sheet owe money, and a breakdown is one only below the figures per share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pressmark.numbers import Number
from pressmark.statements.measures import in_cents, named_measure
from pressmark.statements.statement import Measure, StatementKind
from pressmark.statements.words import says, skip_reason

_OPERATING = "operating data"
_RATIO = "a ratio, not an amount"


@dataclass(slots=True)
class Asides:
    """Tells which lines of a statement are left out, while its rows with values go by.

    `places` are the digits after the point that the statement's money has. `seen` holds the measures of the lines so
    far; `closed` says that a balance sheet has given its total twice, or an income statement its net income.
    """

    kind: StatementKind
    places: int
    seen: set[Measure] = field(default_factory=set)
    closed: bool = False
    _largest: tuple[Decimal, ...] = ()

    @property
    def below(self) -> bool:
        """True below the totals of a balance sheet, or the first figure per share or number of shares of another."""
        if self.kind is StatementKind.BALANCE_SHEET:
            return self.closed
        return not self.seen.isdisjoint({Measure.SHARES, Measure.PER_SHARE})

    def reason(self, label: str, held: Sequence[str], measure: Measure, numbers: Sequence[Number]) -> str:
        """Why the line with this label, under these headings, is left out; "" for a line of the statement."""
        reason = self._told(label, held, measure, numbers)
        self._see(label, measure, numbers)
        return reason

    def _told(self, label: str, held: Sequence[str], measure: Measure, numbers: Sequence[Number]) -> str:
        told = (label, *held)
        reason = _first("row", told)
        if measure is Measure.PER_SHARE and reason == _RATIO:
            return ""
        if self.kind is StatementKind.BALANCE_SHEET and reason == _OPERATING and not self.closed:
            return ""
        if reason or (measure is not Measure.MONEY and named_measure(label)):
            return reason
        if measure is not Measure.MONEY and held and named_measure(held[-1]):
            told = (label,)
        below = self.seen & {Measure.SHARES, Measure.PER_SHARE}
        if self.kind is StatementKind.INCOME_STATEMENT:
            if (below or self.closed) and not any(n.currency for n in numbers):
                reason = _first("volume", told)
            if below:
                reason = reason or _first("memo", told) or self._ratio(measure, numbers)
        return reason or (_first("appendix", held) if below and measure is Measure.MONEY else "")

    def _ratio(self, measure: Measure, numbers: Sequence[Number]) -> str:
        """A ratio by its cents, in a statement whose money has none, below the figures per share."""
        printed = [n for n in numbers if not n.dash and not n.percent]
        per_share = Measure.PER_SHARE in self.seen and measure is Measure.MONEY
        return _RATIO if per_share and in_cents(printed, self.places) else ""

    def _see(self, label: str, measure: Measure, numbers: Sequence[Number]) -> None:
        """The largest amounts of a balance sheet come once as assets and once as what is claimed of them."""
        self.seen.add(measure)
        if self.kind is StatementKind.BALANCE_SHEET:
            amounts = tuple(n.value for n in numbers)
            claims = says("total-claims", label) and " " in label
            self.closed = self.closed or claims or (amounts == self._largest and any(amounts))
            self._largest = max(self._largest, amounts)
        elif says("net-income", label) and says("sum", label):
            self.closed = True


def _first(scope: str, texts: Sequence[str]) -> str:
    return next((why for text in texts if (why := skip_reason(scope, text))), "")
