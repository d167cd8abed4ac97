"""What the values of a line count: money, shares, money per share, or a plain ratio.

In order: the words of the label; those of the heading it stands under; the line before, for a bare
"diluted"; then the digits (cents in a statement of whole thousands, millions of shares).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from pressmark.numbers import Number
from pressmark.resources import rows
from pressmark.statements.statement import Measure, StatementKind
from pressmark.statements.words import says, written_out
from pressmark.tables.table import Row, RowKind

_DIGIT = re.compile(r"\d")
_PRICED = re.compile(r"^(?>.*?\bper\b)(?>.*?\bshare\b).*\$|\bvalue per share")
# Whom an amount belongs to is not what it counts.
_OWNERS = re.compile(r"\b(?:applicable|attributable|available|allocable) (?:to|for) (?:[\w.]+ )*common shares")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Measure], ...]:
    table = rows("taxonomy/measures.tsv")
    return tuple((re.compile(r["pattern"]), Measure(r["measure"])) for r in table)


@lru_cache(maxsize=4096)
def named_measure(text: str) -> Measure | None:
    """The measure that words name; None where they say nothing of shares."""
    lower = _OWNERS.sub("", written_out(" ".join(text.lower().split()))).strip(" -–—•:")
    if _PRICED.search(lower):
        return Measure.PER_SHARE
    return next((measure for pattern, measure in _patterns() if pattern.search(lower)), None)


def measuring(held: Sequence[str]) -> str:
    """The heading that says what a line counts, of those it stands under: the innermost that is not a bare "Basic:"."""
    named = (h for h in reversed(held) if not says("measure-carried", h) or named_measure(h) is not None)
    return next(named, "")


def measure(
    kind: StatementKind,
    label: str,
    heading: str,
    before: tuple[str, Measure] | None,
    numbers: Sequence[Number],
    *,
    places: int,
    after: bool = False,
) -> Measure:
    """The measure of a line. A cash flow statement counts nothing but money.

    `heading` is the innermost heading it stands under, `before` label and measure of the line above it,
    `places` the digits after the point that the statement's money has; `after` says that a line per share came before.
    """
    if kind is StatementKind.CASH_FLOW:
        return Measure.MONEY
    printed = [n for n in numbers if not n.dash and not n.percent]
    if kind is StatementKind.BALANCE_SHEET:
        return _of_balance_sheet(label)
    return _named(label, heading, printed, places) or _carried(label, heading, before, printed, places, after=after)


def _of_balance_sheet(label: str) -> Measure:
    """Money, but for lines that plainly count shares: a stock line names shares and par values, its value is money."""
    if says("stock", label) or _DIGIT.search(label):
        return Measure.MONEY
    return named_measure(label) or Measure.MONEY


def _named(label: str, heading: str, printed: Sequence[Number], places: int) -> Measure | None:
    """The measure that the label names, where its digits allow it.

    Under a heading that names shares, "basic earnings per share" tells what they are used for, unless cents follow.
    """
    own = None if says("stock", label) else named_measure(label)
    cents = any(n.places >= 2 or n.currency for n in printed)
    if own is Measure.PER_SHARE and not cents and heading and named_measure(heading) is Measure.SHARES:
        return Measure.SHARES
    if own is Measure.PER_SHARE and not _fits(own, printed, places, brief=len(label.split()) <= 15):
        return Measure.MONEY if says("income", label) else Measure.SHARES
    if own is Measure.SHARES and any(n.currency for n in printed) and says("amount", label):
        return Measure.MONEY
    return own


def _carried(
    label: str,
    heading: str,
    before: tuple[str, Measure] | None,
    printed: Sequence[Number],
    places: int,
    *,
    after: bool,
) -> Measure:
    """The measure that the heading or the line above carries to a label that names none, or that its digits tell."""
    above = named_measure(heading) if heading else None
    if above is not None and _fits(above, printed, places, brief=len(heading.split()) <= 15):
        return above
    carried = before[1] if above is None and before is not None and says("measure-carried", label) else Measure.MONEY
    if carried is not Measure.MONEY and _fits(carried, printed, places):
        return carried
    basic = above is None and says("basic", label)
    each = after and says("per-share-amount", label) and not says("ratio", f"{heading}: {label}")
    if (basic or each) and in_cents(printed, places):
        return Measure.PER_SHARE
    if basic and printed and not says("income", label) and not any(n.currency for n in printed):
        return Measure.SHARES
    return Measure.MONEY


def in_cents(printed: Sequence[Number], places: int) -> bool:
    """Whether numbers have cents although the statement's money, of so many `places`, has none."""
    return bool(printed) and places < 2 and all(n.places >= 2 and abs(n.value) < 1000 for n in printed)


def _fits(kind: Measure, printed: Sequence[Number], places: int, *, brief: bool = True) -> bool:
    """Whether the digits allow the measure; a long sentence of a label needs a decimal point to be per share."""
    if kind is Measure.PER_SHARE:
        pointed = any(n.places > places or n.places >= 2 for n in printed)
        return not printed or pointed or (brief and all(abs(n.value) < 100 for n in printed))
    return not any(n.currency for n in printed)


def money_places(printed: Sequence[Row]) -> int:
    """The digits after the point that most numbers have above the first line per share, or of all where none is above.

    What follows that line is hardly money.
    """
    body = [r for r in printed if r.kind is RowKind.BODY]
    above = takewhile(lambda r: r.label is None or named_measure(r.label.text) is not Measure.PER_SHARE, body)
    counts = _places(above) or _places(body)
    return max(counts, key=lambda p: (counts[p], -p)) if counts else 0


def _places(body: Iterable[Row]) -> Counter[int]:
    numbers = (c.number for r in body for c in r.cells if c.number is not None)
    return Counter(n.places for n in numbers if not n.dash and not n.percent)
