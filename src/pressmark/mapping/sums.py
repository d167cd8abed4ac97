"""What sums name, whatever a label says or leaves out.

Equal totals, sums before depreciation, an allowance or amortization, the line before tax, what a noncontrolling
interest or preferred dividends leave of net income, and costs without a label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

from pressmark.mapping.features import words
from pressmark.mapping.siblings import families
from pressmark.mapping.table import concept_table
from pressmark.statements.statement import Statement, StatementKind

_BEFORE_TAX = re.compile(r"BeforeIncomeTaxes(?!.*IncludingPortion)")
_AMORTIZATION = re.compile(r"Amortization|Depreciation")
_UNAMORTIZED = "CostOfGoodsAndServiceExcludingDepreciationDepletionAndAmortization"
_DEPRECIATED = re.compile(r"^AccumulatedDepreciation(?!.*RealEstate)")
_TOTALS = ("Assets", "LiabilitiesAndStockholdersEquity")
_PROPERTY = ("PropertyPlantAndEquipmentGross", "PropertyPlantAndEquipmentNet")
_RECEIVABLES = ("AccountsReceivableGrossCurrent", "AccountsReceivableNetCurrent")
_COMMON, _PARENT, _ALL = "NetIncomeLossAvailableToCommonStockholdersBasic", "NetIncomeLoss", "ProfitLoss"
_NONCONTROLLING = "NetIncomeLossAttributableToNoncontrollingInterest"
_PREFERRED = ("PreferredStockDividendsIncomeStatementImpact", "PreferredStockDividendsAndOtherAdjustments")
_TAX, _CONTINUING = "IncomeTaxExpenseBenefit", "IncomeLossFromContinuingOperations"
_EQUITY = "IncomeLossFromEquityMethodInvestments"
_PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
_PRETAX_AND_EQUITY = (
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments"
)
_COSTS = "CostsAndExpenses"
_PAIR, _MANY = 2, 3


def named_by_sums(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """New choices, by line index, for lines that only their sums can name ("": an extension).

    In a balance sheet, lines without a label: the total of the assets, which equals that of the claims; the cost of
    property before its depreciation, and what is left after it; and receivables before their allowance. In an income
    statement the line that less the tax gives the next is income before tax, and the next is not; the cost that
    amortization completes is without it; what a noncontrolling interest leaves of all income is the parent's, what
    preferred dividends leave of that is the common stockholders'.
    """
    if statement.kind is StatementKind.BALANCE_SHEET:
        return _balanced(statement, choice) | _depreciated(statement, choice) | _allowed_for(statement, choice)
    if statement.kind is StatementKind.INCOME_STATEMENT:
        found = _taxed(statement, choice) | _unamortized(statement, choice) | _attributed(statement, choice)
        return found | _unnamed(statement, choice)
    return {}


def _balanced(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Total assets and total claims, one of them or both without a label: the largest two lines that are equal."""
    nameless = _nameless(statement)
    open_ = {i for i in choice if choice[i] in _TOTALS or i in nameless}
    stated = {x.index: {v.period: v.amount for v in x.values} for x in statement.lines if x.index in open_}
    pairs = [(i, j) for i, j in combinations(stated, 2) if stated[i] == stated[j]]
    if not pairs:
        return {}
    ends = max(pairs, key=lambda pair: sum(stated[pair[0]].values()))
    found = dict(zip(ends, _TOTALS, strict=True))
    return {i: "" for i, name in choice.items() if name in _TOTALS and i not in found} | found


def _depreciated(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Cost and carrying amount of property: the lines that accumulated depreciation leads from and to.

    Where nothing is depreciated, the one line of property is what it is carried at.
    """
    out: dict[int, str] = {}
    gross, net = _PROPERTY
    nameless = _nameless(statement)
    for total in statement.totals:
        less = [i for i, _ in total.parts if _DEPRECIATED.search(choice.get(i, ""))]
        cost = [i for i, _ in total.parts if i not in less]
        if not less or any("RealEstate" in choice.get(i, "") for i in (*cost, total.line)):
            continue
        after = choice.get(total.line, "")
        if len(cost) == 1 and (choice.get(cost[0]) in (net, "") or cost[0] in nameless):
            out[cost[0]] = gross
        if after == gross or (len(cost) == 1 and (not after or total.line in nameless)):
            out[total.line] = net
    if not any(_DEPRECIATED.search(name) for name in choice.values()) and net not in choice.values():
        said = {line.index: set(words(line.label.text)) for line in statement.lines}
        out |= {i: net for i, name in choice.items() if name == gross and not said[i] & {"gross", "cost"}}
    held = {**choice, **out}
    return {i: name for i, name in out.items() if list(held.values()).count(name) == 1}


def _allowed_for(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Receivables before and after their allowance, where those before it have the concept of those after."""
    gross, net = _RECEIVABLES
    out: dict[int, str] = {}
    for total in statement.totals:
        less = [i for i, _ in total.parts if choice.get(i, "").startswith("AllowanceFor")]
        before = [i for i, _ in total.parts if i not in less]
        if len(less) == 1 and len(before) == 1 and choice.get(before[0]) == net and gross not in choice.values():
            out |= {before[0]: gross, total.line: net}
    return out


def _taxed(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Income before tax and what stands after tax, where the choice has them the wrong way or knows no second."""
    out: dict[int, str] = {}
    for total in statement.totals:
        tax = [i for i, _ in total.parts if choice.get(i) == _TAX]
        income = [i for i, weight in total.parts if i not in tax and weight > 0]
        name, pair = choice.get(total.line, ""), len(total.parts) == _PAIR and len(income) == 1
        before = pair and _BEFORE_TAX.search(choice.get(income[0], ""))
        if len(tax) != 1 or not (_BEFORE_TAX.search(name) or (before and not name)):
            continue
        if _CONTINUING not in choice.values() and ((pair and name) or _leads_on(statement, total.line)):
            out[total.line] = _CONTINUING
        elif name:
            out[total.line] = ""
        if pair and not before:
            out[income[0]] = name
    under = {total.line: [i for i, _ in total.parts] for total in statement.totals}
    late = [i for i in under if _BEFORE_TAX.search(choice.get(i, "")) and _TAX in _named_below(i, under, choice)]
    return dict.fromkeys(late, "") | out


def _named_below(line: int, under: Mapping[int, Sequence[int]], choice: Mapping[int, str]) -> set[str]:
    """The concepts of all lines that add into a line, through whatever sums."""
    stack, seen = [line], set[int]()
    while stack:
        new = [i for i in under.get(stack.pop(), ()) if i not in seen]
        seen.update(new)
        stack.extend(new)
    return {choice.get(i, "") for i in seen}


def _leads_on(statement: Statement, index: int) -> bool:
    """Whether a line adds into a total."""
    return any(index == part for total in statement.totals for part, _ in total.parts)


def _unamortized(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Cost of revenue that has no concept of its own because it adds into the total beside amortization."""
    costs = {row["concept"] for row in families() if row["family"] == "cost of revenue"}
    labels = {line.index: words(line.label.text) for line in statement.lines}
    out: dict[int, str] = {}
    for total in statement.totals:
        parts = [i for i, weight in total.parts if weight > 0]
        open_ = [i for i in parts if not choice.get(i, "") and "cost" in labels[i]]
        beside = any(_AMORTIZATION.search(choice.get(i, "")) for i in parts)
        if choice.get(total.line) in costs and len(open_) == 1 and beside and _UNAMORTIZED not in choice.values():
            out[open_[0]] = _UNAMORTIZED
    return out


def _attributed(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Net income of the parent and of common stockholders, where a minority or preferred dividends lead to it."""
    out: dict[int, str] = {}
    for total in statement.totals:
        name, parts = choice.get(total.line, ""), {choice.get(i, ""): i for i, _ in total.parts}
        if len(parts) != len(total.parts) or len(parts) != _PAIR:
            continue
        if name == _COMMON and parts.keys() == {_ALL, _NONCONTROLLING} and _PARENT not in choice.values():
            out[total.line] = _PARENT
        elif name == _PARENT and parts.keys() & {*_PREFERRED} and _COMMON not in choice.values():
            before = next(i for c, i in parts.items() if c not in _PREFERRED)
            out |= {total.line: _COMMON} | ({before: _PARENT} if not choice[before] else {})
        elif name == _ALL and _NONCONTROLLING in parts and _PARENT not in choice.values():
            before = next(i for c, i in parts.items() if c != _NONCONTROLLING)
            out |= {total.line: _PARENT} | ({before: _ALL} if not choice[before] else {})
    return out


def _unnamed(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Lines of an income statement without a label: income that the tax is taken from, and the sum of costs."""
    entries = concept_table().entries
    nameless = _nameless(statement)
    out: dict[int, str] = {}
    for total in statement.totals:
        parts = {choice.get(i, ""): (i, weight) for i, weight in total.parts}
        left = [i for i, weight in total.parts if weight > 0 and choice.get(i, "") == "" and i in nameless]
        if _TAX in parts and len(left) == 1 and parts.keys() <= {_TAX, _EQUITY, ""}:
            out[left[0]] = _PRETAX_AND_EQUITY if _EQUITY in parts else _PRETAX
        costs = [n for n in parts if n in entries and entries[n].concept.balance == "debit"]
        if not choice.get(total.line) and total.line in nameless and len(total.parts) >= _MANY:
            out |= {total.line: _COSTS} if len(costs) * 2 > len(total.parts) else {}
    return {i: name for i, name in out.items() if name not in choice.values()}


def _nameless(statement: Statement) -> set[int]:
    """The lines without a label, by index."""
    return {line.index for line in statement.lines if not words(line.label.text)}
