"""The sign of a line: what a printed number has to be multiplied with to mean what its concept says.

In order: footing against a total whose sign is known (balances give the weight that Calculations 1.1 demands),
the words of the label (a pure loss, a pure benefit), the side of the statement that the concept stands on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pressmark.mapping.concept import Concept
from pressmark.statements.statement import LineItem, Measure, Statement, StatementKind

_GAIN = re.compile(r"\b(income|earnings|profit|gains?|net cash provided|increase|surplus)\b", re.I)
_LOSS = re.compile(r"\b(loss(es)?|deficit)\b", re.I)
_BRACKETED = re.compile(r"\([^)]*\)")
_BENEFIT = re.compile(r"\b(benefit|credit|recovery)\b", re.I)
_EXPENSE = re.compile(r"\b(provision|expense|charge|tax(es)? on|costs?|taxes$)\b", re.I)
_TOPS = re.compile(r"IncomeLoss|^ProfitLoss$|ComprehensiveIncome|^Revenues|GrossProfit|^RevenueFrom|NetIncome")
_FLOW_TOTALS = re.compile(r"^NetCash|PeriodIncreaseDecrease")


def signs(statement: Statement, concepts: Mapping[int, Concept]) -> dict[int, int]:
    """+1 or -1 for each line that has a concept."""
    lines = {line.index: line for line in statement.lines if line.index in concepts}
    out = {i: by_words(line, concepts[i], statement.kind) for i, line in lines.items()}
    fixed = {i for i, c in concepts.items() if _TOPS.search(c.name) or _FLOW_TOTALS.search(c.name) or not c.balance}
    for _ in range(2):
        for total in reversed(statement.totals):
            settle(total.line, total.parts, concepts, out, fixed)
    return out


def settle(
    total: int, parts: Sequence[tuple[int, int]], concepts: Mapping[int, Concept], out: dict[int, int], fixed: set[int]
) -> None:
    """Sets the signs of the parts of one total so that weights agree with balances (XBRL 2.1, 5.1.1.2)."""
    above = concepts.get(total)
    if above is None or above.balance == "":
        return
    for index, weight in parts:
        concept = concepts.get(index)
        if concept is None or index in fixed or concept.balance == "" or concept.period_type != above.period_type:
            continue
        demanded = 1 if concept.balance == above.balance else -1
        out[index] = weight * out[total] * demanded


def by_words(line: LineItem, concept: Concept, kind: StatementKind) -> int:
    """The sign as the label and the concept alone tell it."""
    label = line.label.text
    amounts = [v.printed for v in line.values if v.printed]
    negative = bool(amounts) and sum(a < 0 for a in amounts) * 2 > len(amounts)
    positive = bool(amounts) and all(a > 0 for a in amounts)
    if line.measure is Measure.PER_SHARE:
        return -1 if positive and pure_loss(line.full_label) else 1
    if concept.type != "monetaryItemType":
        return -1 if negative else 1
    if kind is StatementKind.CASH_FLOW:
        return flow(line, concept, negative=negative)
    if kind is StatementKind.BALANCE_SHEET:
        if _LOSS.search(label) and not _GAIN.search(label) and concept.balance == "credit":
            return 1 if not positive or "comprehensive" in label.lower() else -1
        return -1 if negative and contra(concept) else 1
    if concept.balance == "debit":
        if pure_benefit(label):
            return -1 if positive else 1
        return -1 if negative and not _BENEFIT.search(label) else 1
    return -1 if positive and pure_loss(label) else 1


def flow(line: LineItem, concept: Concept, *, negative: bool) -> int:
    """A line of a cash flow statement adds as printed; what a credit concept measures takes cash away."""
    if concept.period_type == "instant" or _TOPS.search(concept.name) and "Adjust" not in concept.name:
        return -1 if not negative and pure_loss(line.label.text) and concept.period_type != "instant" else 1
    if concept.balance == "credit":
        return -1 if negative or not _SUPPLEMENT.search(concept.name) else 1
    return 1


_SUPPLEMENT = re.compile(r"Paid(Net)?$|Noncash|^StockIssued|Incurred|Assumed|^CapitalExpenditures|ObtainedInExchange")


def contra(concept: Concept) -> bool:
    """A concept that is printed as a deduction and reported positive."""
    return bool(re.search(r"^Accumulated(Depreciation|Amortization)|^Allowance|^TreasuryStock|AccumulatedAmortization", concept.name))


def pure_loss(label: str) -> bool:
    """Whether the label speaks of a loss and of nothing else: "Net loss", not "Net income (loss)"."""
    plain = label.lower()
    return bool(_LOSS.search(plain)) and not _GAIN.search(_LOSS_TAIL.sub("", plain)) and not _BRACKETED_LOSS.search(plain)


_LOSS_TAIL = re.compile(r"before .*|per .*share.*|from .*|attributable .*")
_BRACKETED_LOSS = re.compile(r"\((loss|losses|income|earnings)\)|income/\(?loss|\(?loss\)?/income")


def pure_benefit(label: str) -> bool:
    """Whether the label speaks of a benefit and of nothing else: "Income tax benefit"."""
    plain = _BRACKETED.sub("", label)
    bracketed = " ".join(_BRACKETED.findall(label))
    return bool(_BENEFIT.search(plain)) and not _EXPENSE.search(plain) and not _EXPENSE.search(bracketed)
