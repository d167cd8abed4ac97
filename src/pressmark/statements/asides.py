"""Lines that stand in a statement's table and are no part of it: operating data, ratios, non-GAAP measures, memos.

The words stand in `taxonomy/skip-words.tsv`. What they tell depends on how far the statement has come: customers above
the total of a balance sheet owe money, and a breakdown is one only below the figures per share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pressmark.numbers import Number
from pressmark.statements.statement import Measure, StatementKind
from pressmark.statements.words import says, skip_reason

_OPERATING = "operating data"
_RATIO = "a ratio, not an amount"


@dataclass(slots=True)
class Asides:
    """Tells which lines of a statement are left out, while its rows with values go by.

    `seen` holds the measures of the lines so far; `closed` says that a balance sheet has given its total twice.
    """

    kind: StatementKind
    seen: set[Measure] = field(default_factory=set)
    closed: bool = False
    _largest: tuple[Decimal, ...] = ()

    def reason(self, label: str, held: Sequence[str], measure: Measure, numbers: Sequence[Number]) -> str:
        """Why the line with this label, under these headings, is left out; "" for a line of the statement."""
        self._see_total(label, numbers)
        reason = self._told(label, held, measure)
        self.seen.add(measure)
        return reason

    def _told(self, label: str, held: Sequence[str], measure: Measure) -> str:
        reason = _first("row", (label, *held))
        if measure is Measure.PER_SHARE and reason == _RATIO:
            return ""
        if self.kind is StatementKind.BALANCE_SHEET and reason == _OPERATING and not self.closed:
            return ""
        if reason or measure is not Measure.MONEY or not self.seen & {Measure.SHARES, Measure.PER_SHARE}:
            return reason
        return _first("appendix", held)

    def _see_total(self, label: str, numbers: Sequence[Number]) -> None:
        """The largest amounts of a balance sheet come once as assets and once as what is claimed of them."""
        amounts = tuple(n.value for n in numbers)
        claims = says("total-claims", label) and " " in label
        self.closed = self.closed or claims or (amounts == self._largest and any(amounts))
        self._largest = max(self._largest, amounts)


def _first(scope: str, texts: Sequence[str]) -> str:
    return next((why for text in texts if (why := skip_reason(scope, text))), "")
