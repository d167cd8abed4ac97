"""What sums say about lines that stand side by side or add into each other.

`beside_their_parts`: a line is not the sum of its neighbours. Where a line carries a concept of which another line
of the statement carries a published part, and that line does not add into it, the first is what remains beside the
part, where filers tag it so (`taxonomy/residuals.tsv`). `by_their_parts`: what adds into a total, or stands
below it and does not, says which total it is.
`on_their_side`: what is printed plain and added into a total stands on the total's side.
`bridges`: one line between two subtotals carries all that lies between them.
`named_by_sums`: equal totals, sums before depreciation, an allowance or amortization, and the line before tax are
what they are, whatever their labels say or leave out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

from pressmark.mapping.context import subtotal
from pressmark.mapping.features import words
from pressmark.mapping.table import concept_table
from pressmark.resources import rows
from pressmark.statements.statement import Statement, StatementKind

_INTEREST = re.compile(r"\binterest\b", re.IGNORECASE)  # a line that names itself is not all that lies between
_BEFORE_TAX = re.compile(r"BeforeIncomeTaxes(?!.*IncludingPortion)")
_AMORTIZATION = re.compile(r"Amortization|Depreciation")
_UNAMORTIZED = "CostOfGoodsAndServiceExcludingDepreciationDepletionAndAmortization"
_TOTALS = ("Assets", "LiabilitiesAndStockholdersEquity")
_PROPERTY = ("PropertyPlantAndEquipmentGross", "PropertyPlantAndEquipmentNet")
_RECEIVABLES = ("AccountsReceivableGrossCurrent", "AccountsReceivableNetCurrent")
_COMMON, _PARENT = "NetIncomeLossAvailableToCommonStockholdersBasic", "NetIncomeLoss"
_NONCONTROLLING = "NetIncomeLossAttributableToNoncontrollingInterest"
LIKELY = 0.1  # a second choice below this is none
_SIDES = {StatementKind.BALANCE_SHEET: ("debit", "credit"), StatementKind.INCOME_STATEMENT: ("debit",)}


def beside_their_parts(choice: Sequence[str], into: Sequence[tuple[int, ...]]) -> list[str]:
    """The choice for the lines of one statement with residual concepts where a line stands beside a part of its own.

    `into[i]` gives the positions of the totals that line `i` adds into.
    """
    out = list(choice)
    taken = set(choice)
    totals = {t for ups in into for t in ups}
    places = _places(choice)
    for i, name in enumerate(choice):
        rest, parts = _residuals().get(name, ""), _parts().get(name, ())
        beside = any(i not in into[j] for part in parts for j in places.get(part, ()))
        if rest and beside and i not in totals and rest not in taken:
            out[i] = rest
            taken.add(rest)
    return out


def by_their_parts(choice: Sequence[str], into: Sequence[tuple[int, ...]]) -> list[str]:
    """The choice for the lines of one statement with totals named by the families of their parts."""
    out = list(choice)
    places = _places(choice)
    for row in _structure():
        if row["total"] not in places or row["instead"] in places:
            continue
        family = {f["concept"] for f in _families() if f["family"] == row["family"]}
        held = [j for part in family for j in places.get(part, ())]
        into_family = {i for j in held for i in into[j]}
        for i in places[row["total"]]:
            below = i not in into_family and any(j > i for j in held)
            if {"part": i in into_family, "none": not held, "below": below}[row["where"]]:
                out[i] = row["instead"]
    return out


def on_their_side(
    statement: Statement, choice: Mapping[int, str], chances: Mapping[int, Mapping[str, float]]
) -> dict[int, str]:
    """New choices, by line index, for lines whose concept has another balance than the total they add into.

    Only for plain figures, which can't be contra lines, of a balance sheet or among the costs or the revenues of an
    income statement (a benefit or a share in a loss may well add to income), and where the total is the surer of the
    two, or, in a balance sheet, most of its parts agree with it. The next likely concept on the right side takes the
    place, else none ("": an extension).
    """
    entries = concept_table().entries
    out: dict[int, str] = {}
    sides = _SIDES.get(statement.kind, ())
    lines = {line.index: line for line in statement.lines}
    for total in statement.totals:
        whole = choice.get(total.line, "")
        side = entries[whole].concept.balance if whole in entries else ""
        for part, weight in total.parts if side in sides or whole.startswith("Revenue") else ():
            name = choice.get(part, "")
            if name not in entries or weight < 0 or any(v.printed < 0 for v in lines[part].values):
                continue
            if entries[name].concept.balance in ("", side):
                continue
            others = [entries[c].concept.balance for i, _ in total.parts if (c := choice.get(i, "")) in entries]
            agreed = statement.kind is StatementKind.BALANCE_SHEET and others.count(side) > max(2, len(others) / 2)
            if not agreed and chances[total.line].get(whole, 0.0) <= chances[part].get(name, 0.0):
                continue
            taken = {*choice.values(), *_family(whole)}
            rest = (n for n, p in chances[part].items() if p >= LIKELY and n in entries and n not in taken)
            out[part] = next((n for n in rest if entries[n].concept.balance == side), "")
    return out


def named_by_sums(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """New choices, by line index, for lines that only their sums can name ("": an extension).

    In a balance sheet, lines without a label: the total of the assets, which equals that of the claims; the cost of
    property before its depreciation, and what is left after it; and receivables before their allowance. In an income
    statement the line that less the tax gives the next is income before tax, and the next is not; the cost that
    amortization completes is without it; what a noncontrolling interest leaves of all income is the parent's.
    """
    if statement.kind is StatementKind.BALANCE_SHEET:
        return _balanced(statement, choice) | _depreciated(statement, choice) | _allowed_for(statement, choice)
    if statement.kind is StatementKind.INCOME_STATEMENT:
        return _taxed(statement, choice) | _unamortized(statement, choice) | _attributed(statement, choice)
    return {}


def _balanced(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Total assets and total claims, one of them or both without a label: the largest two lines that are equal."""
    open_ = {i for i in choice if choice[i] in _TOTALS or _nameless(statement, i)}
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
    for total in statement.totals:
        less = [i for i, _ in total.parts if choice.get(i, "").startswith("AccumulatedDepreciation")]
        cost = [i for i, _ in total.parts if i not in less]
        if len(less) == 1 and len(cost) == 1:
            before_after = zip((cost[0], total.line), _PROPERTY, strict=True)
            out |= {i: n for i, n in before_after if _nameless(statement, i) and "RealEstate" not in choice[i]}
    gross, net = _PROPERTY
    if net not in choice.values() and not any(name.startswith("AccumulatedDepreciation") for name in choice.values()):
        said = {line.index: set(words(line.label.text)) for line in statement.lines}
        out |= {i: net for i, name in choice.items() if name == gross and not said[i] & {"gross", "cost"}}
    return out


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
    """Income before tax and the line right after tax, where the choice has them the wrong way."""
    out: dict[int, str] = {}
    for total in statement.totals:
        tax = [i for i, _ in total.parts if choice.get(i) == "IncomeTaxExpenseBenefit"]
        income = [i for i, weight in total.parts if i not in tax and weight > 0]
        if len(tax) != 1 or len(total.parts) != 2 or len(income) != 1 or not _BEFORE_TAX.search(choice[total.line]):
            continue
        after = "IncomeLossFromContinuingOperations"
        if _BEFORE_TAX.search(choice.get(income[0], "")):
            out[total.line] = "" if after in choice.values() else after
        else:
            out |= {income[0]: choice[total.line], total.line: "" if after in choice.values() else after}
    return out


def _unamortized(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """Cost of revenue that has no concept of its own because it adds into the total beside amortization."""
    costs = {row["concept"] for row in _families() if row["family"] == "cost of revenue"}
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
    """Net income of the parent, where nothing but a noncontrolling interest leads to what common stockholders have."""
    if _PARENT in choice.values():
        return {}
    return {
        total.line: _PARENT
        for total in statement.totals
        if choice.get(total.line) == _COMMON
        and {choice.get(i) for i, _ in total.parts} == {"ProfitLoss", _NONCONTROLLING}
    }


def _nameless(statement: Statement, index: int) -> bool:
    return any(line.index == index and not words(line.label.text) for line in statement.lines)


def bridges(statement: Statement) -> dict[int, str]:
    """By line index, the concept of lines that alone lead from one subtotal to another."""
    kind = statement.kind.value
    found: dict[int, str] = {}
    lines = {line.index: line for line in statement.lines}
    codes = {index: subtotal(kind, line) for index, line in lines.items()}
    for total in statement.totals:
        for row in _bridges():
            ends = [part for part, _ in total.parts if codes.get(part) == row["from"]]
            if row["statement"] == kind and codes.get(total.line) == row["to"] and len(total.parts) == 2 and ends:
                found |= {
                    part: row["concept"]
                    for part, _ in total.parts
                    if part not in ends and not _INTEREST.search(lines[part].label.text)
                }
    return found


def _places(choice: Sequence[str]) -> dict[str, list[int]]:
    """The positions of each concept."""
    places: dict[str, list[int]] = {}
    for i, name in enumerate(choice):
        places.setdefault(name, []).append(i)
    return places


@cache
def _residuals() -> dict[str, str]:
    return {r["whole"]: r["rest"] for r in rows("taxonomy/residuals.tsv")}


@cache
def _structure() -> tuple[dict[str, str], ...]:
    return tuple(rows("taxonomy/structure.tsv"))


@cache
def _families() -> tuple[dict[str, str], ...]:
    return tuple(rows("taxonomy/families.tsv"))


@cache
def _family(concept: str) -> frozenset[str]:
    """The concepts that name the same in another way, itself among them; none for a concept without such."""
    own = {f["family"] for f in _families() if f["concept"] == concept}
    return frozenset(f["concept"] for f in _families() if f["family"] in own)


@cache
def _bridges() -> tuple[dict[str, str], ...]:
    return tuple(rows("taxonomy/bridges.tsv"))


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows("taxonomy/calculations.tsv"):
        if row["weight"] == "1":
            found.setdefault(row["parent"], []).append(row["child"])
    return {k: tuple(v) for k, v in found.items()}
