"""The sign of a line: what a printed number has to be multiplied with to mean what its concept says.

In order, the later rung correcting the earlier: the words of the label and the side of the statement that the
concept stands on (`by_words`), then footing against a total whose sign is known, because balances demand a weight
(XBRL 2.1, section 5.1.1.2) that the printed sum shows (`settle`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pressmark.mapping.concept import Concept, is_named
from pressmark.statements.statement import LineItem, Measure, Statement, StatementKind

_GAIN = re.compile(r"\b(income|earnings|profit|gains?|increase|surplus)\b", re.IGNORECASE)
_LOSS = re.compile(r"\b(loss(es)?|deficit)\b", re.IGNORECASE)
_DEFICIT = re.compile(r"\bdeficit|\baccumulated (net )?loss(es)?\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^)]*\)")
_SHORT = re.compile(r"\bdeficit|\bdeficienc(y|ies)", re.IGNORECASE)
_OR_SHORT = re.compile(r"\b(equity|capital|earnings)\s*(/|or|and)\s*(the )?(accumulated )?defici", re.IGNORECASE)
_OWNED = re.compile(r"\b(equity|capital|earnings|income|surplus|investment)\b", re.IGNORECASE)
_EITHER = re.compile(
    r"\((loss|losses|income|earnings|profit)\)|(income|earnings|profit)/\(?loss|\(?loss\)?/\(?(income|earnings)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\b(before|per|from|attributable|applicable|available)\b.*", re.IGNORECASE)
_BENEFIT = re.compile(r"\b(benefit|credit|recovery)\b", re.IGNORECASE)
_EXPENSE = re.compile(r"\b(provision|expense|charge|costs?|taxes)\b", re.IGNORECASE)
_SUPPLEMENT = re.compile(r"supplement|non-?cash (investing|financ|activit|trans)|disclosure", re.IGNORECASE)
_CONTRA = re.compile(
    r"Accumulated(Depreciation|Amortization|DistributionsInExcess)|(?<!After)(?<!Before)Allowance|^TreasuryStock"
)
# Of what a debit is where it is reported at all: printed as a deduction, or in a note below.
_CAPITALIZED = re.compile(r"^InterestCostsCapitalized|CapitalizedInterest$")
# The two sides of a balance sheet, which no deficit within them turns.
_SIDES = ("Assets", "LiabilitiesAndStockholdersEquity")
_INCOME_IN_BRACKETS = re.compile(r"\((income|gains?|earnings)\)", re.IGNORECASE)
_TAX_OF_OCI = re.compile(r"^OtherComprehensiveIncome.*Tax(Parent)?$(?<!AfterTax)(?<!NetOfTax)(?<!AndTax)(?<!BeforeTax)")
_BENEFIT_PLAIN = re.compile(r"\(expense\)\W*benefit|benefit\W*\(expense\)|tax benefit\b", re.IGNORECASE)
_END = re.compile(r"\bend", re.IGNORECASE)
_PAID = re.compile(r"^(Payments|Repayments)(?!ForProceeds|OfProceeds)(?!.*Proceeds)")
# Results, which a statement prints with their own sign: nothing below them turns it.
_RESULTS = re.compile(
    r"^(NetIncomeLoss|ProfitLoss|GrossProfit|OperatingIncomeLoss|Revenues|RevenueFromContract\w+|NetCashProvided\w+"
    r"|Cash\w+PeriodIncreaseDecrease\w*|ComprehensiveIncomeNetOfTax(IncludingPortion\w+)?|NetIncomeLossAvailable\w+|NetIncomeLossAllocatedTo\w+"
    r"|IncomeLossFromContinuingOperations(Before|Including|Per)?\w*|IncomeLossIncludingPortion\w+"
    r"|OtherComprehensiveIncomeLossNetOfTax(PortionAttributableToParent)?)$"
)


def signs(statement: Statement, concepts: Mapping[int, Concept]) -> dict[int, int]:
    """+1 or -1 for each line that has a concept, by line index."""
    out: dict[int, int] = {}
    supplement = ended = False
    for line in statement.lines:
        if not line.values:
            supplement = bool(_SUPPLEMENT.search(line.label.text)) or (supplement and not ended)
            continue
        if line.index not in concepts:  # the user leaves it out
            continue
        concept = concepts[line.index]
        out[line.index] = by_words(line, concept, statement.kind, supplement=supplement or ended)
        ended = ended or (concept.period_type == "instant" and bool(_END.search(line.label.text)))
    fixed = {i for i, c in concepts.items() if c.type != "monetaryItemType" or is_named(_RESULTS, c.name)}
    for _ in range(2):
        for total in reversed(statement.totals):
            settle(total.line, total.parts, concepts, out, fixed)
    if _gained(statement, concepts, out):
        out |= {x.index: 1 for x in statement.lines if x.index in out and x.measure is Measure.PER_SHARE}
    summed = {part for total in statement.totals for part, _ in total.parts}
    for line in statement.lines:
        if line.index not in out or line.index in fixed:
            continue
        if _one_way(concepts[line.index], statement.kind, summed=line.index in summed):
            out[line.index] = by_words(line, concepts[line.index], StatementKind.BALANCE_SHEET, supplement=True)
    return out | _deductions(statement, concepts) | _taxes_inside(statement, concepts)


def _deductions(statement: Statement, concepts: Mapping[int, Concept]) -> dict[int, int]:
    """The signs of what a balance sheet takes off the other side, by line index: positive, also in parentheses.

    A debit below the total of assets ("Unearned compensation (1,710)") is what it says, and so is a credit above it.
    """
    sides = [line.index for line in statement.lines if line.index in concepts and concepts[line.index].name == "Assets"]
    if statement.kind is not StatementKind.BALANCE_SHEET or len(sides) != 1:
        return {}
    out = {}
    for line in statement.lines:
        concept = concepts.get(line.index)
        if concept is None or concept.type != "monetaryItemType" or concept.period_type != "instant":
            continue
        if concept.balance == ("debit" if line.index > sides[0] else "credit") and _mostly_negative(line):
            out[line.index] = -1
    return out


def _mostly_negative(line: LineItem) -> bool:
    amounts = [v.printed for v in line.values if v.printed]
    return bool(amounts) and sum(a < 0 for a in amounts) * 2 > len(amounts)


def _taxes_inside(statement: Statement, concepts: Mapping[int, Concept]) -> dict[int, int]:
    """The signs of taxes inside the labels of comprehensive income, by line index: -1 where a benefit is plain."""
    inside = [line for line in statement.lines if line.of is not None and line.index in concepts]
    around = {line.index: " ".join((*line.section[-1:], line.label.text)) for line in statement.lines if inside}
    return {
        line.index: (-1 if _BENEFIT_PLAIN.search(around[line.of]) else 1) * _debit(concepts[line.index])
        for line in inside
        if line.of in around and _TAX_OF_OCI.search(concepts[line.index].name)
    }


def _debit(concept: Concept) -> int:
    return -1 if concept.balance == "credit" else 1


def _gained(statement: Statement, concepts: Mapping[int, Concept], out: Mapping[int, int]) -> bool:
    """Whether every net result of the statement is a gain: then no word of loss turns a per-share line."""
    results = [
        v.printed * out[line.index]
        for line in statement.lines
        if line.index in out and concepts[line.index].name in ("NetIncomeLoss", "ProfitLoss")
        for v in line.values
    ]
    return bool(results) and all(r >= 0 for r in results)


def _one_way(concept: Concept, kind: StatementKind, *, summed: bool) -> bool:
    """A concept that is positive however the line is printed; of a payment the sum tells where the line is in one."""
    if kind is StatementKind.BALANCE_SHEET:
        return concept.balance != ""
    return is_named(_CAPITALIZED, concept.name) or (not summed and is_named(_PAID, concept.name))


def settle(
    total: int, parts: Sequence[tuple[int, int]], concepts: Mapping[int, Concept], out: dict[int, int], fixed: set[int]
) -> None:
    """Sets the signs of the parts of a total so that weights agree with balances.

    A total without a balance is a flow of cash, which counts as a debit.
    """
    above = concepts.get(total)
    if above is None or above.type != "monetaryItemType":
        return
    side = above.balance or "debit"
    for index, weight in parts:
        concept = concepts.get(index)
        if concept is None or index in fixed or concept.balance == "" or concept.period_type != above.period_type:
            continue
        out[index] = weight * out[total] * (1 if concept.balance == side else -1)


def by_words(line: LineItem, concept: Concept, kind: StatementKind, *, supplement: bool = False) -> int:
    """The sign as the label, the print and the concept's balance tell it, without footing."""
    amounts = [v.printed for v in line.values if v.printed]
    negative = _mostly_negative(line)
    positive = bool(amounts) and all(a > 0 for a in amounts)
    if line.measure is Measure.PER_SHARE:
        return -1 if positive and pure_loss(line.full_label) and "dividend" not in line.full_label.lower() else 1
    if concept.type != "monetaryItemType":
        return -1 if negative else 1
    if is_named(_RESULTS, concept.name):
        return -1 if positive and pure_loss(line.label.text) else 1
    if kind is StatementKind.CASH_FLOW and not supplement and concept.period_type == "duration":
        return -1 if concept.balance == "credit" else 1
    if kind is StatementKind.BALANCE_SHEET:
        return _standing(line, concept, negative=negative, positive=positive)
    if "OtherComprehensiveIncome" in concept.name:
        return -1 if concept.balance == "debit" and "Noncontrolling" not in concept.name else 1
    if concept.balance == "debit":
        return _expense(line, negative=negative, positive=positive)
    return -1 if (positive and pure_loss(line.label.text)) or _costs(line.label.text) else 1


def _standing(line: LineItem, concept: Concept, *, negative: bool, positive: bool) -> int:
    """A balance: contra lines are reported positive, a deficit negative."""
    label = line.label.text
    if is_named(_CONTRA, concept.name) or is_named(_PAID, concept.name) or is_named(_CAPITALIZED, concept.name):
        return -1 if negative else 1
    if not positive or concept.balance != "credit" or concept.name in _SIDES:
        return 1
    return -1 if _DEFICIT.search(label) and pure_loss(label) and not _either_way(label) else 1


def _either_way(label: str) -> bool:
    """Whether the label speaks of equity, maybe short: "equity (deficit)", "(deficit) equity", "equity/deficit"."""
    plain, bracketed = _BRACKETED.sub(" ", label), " ".join(_BRACKETED.findall(label))
    apart = (_SHORT.search(bracketed) and _OWNED.search(plain)) or (_SHORT.search(plain) and _OWNED.search(bracketed))
    return bool(apart or _OR_SHORT.search(label))


def _expense(line: LineItem, *, negative: bool, positive: bool) -> int:
    """An expense is positive, whether it is printed plain or in parentheses; a benefit is negative."""
    label = line.label.text
    if pure_benefit(label):
        return -1 if positive else 1
    return -1 if negative and not _BENEFIT.search(label) and not _EITHER.search(label) else 1


def pure_loss(label: str) -> bool:
    """Whether the label speaks of a loss and of nothing else: "Net loss", not "Net income (loss)"."""
    head = _TAIL.sub("", label)
    return bool(_LOSS.search(head)) and not _GAIN.search(head) and not _EITHER.search(label)


def _costs(label: str) -> bool:
    """Whether the label says that income is printed in parentheses: "Other (income), net", "Loss (gain) on sales"."""
    return bool(_INCOME_IN_BRACKETS.search(label)) and not _GAIN.search(_BRACKETED.sub(" ", label))


def pure_benefit(label: str) -> bool:
    """Whether the label speaks of a benefit and of nothing else: "Income tax benefit"."""
    plain = _BRACKETED.sub("", label)
    bracketed = " ".join(_BRACKETED.findall(label))
    return bool(_BENEFIT.search(plain)) and not _EXPENSE.search(plain) and not _EXPENSE.search(bracketed)
