"""What sums say about lines that stand side by side or add into each other.

`beside_their_parts`: a line is not the sum of its neighbours. Where a line carries a concept of which another line
of the statement carries a published part, and that line does not add into it, the first is what remains beside the
part, where filers tag it so (`taxonomy/residuals.tsv`). `by_their_parts`: what adds into a total, or stands
below it and does not, says which total it is.
`on_their_side`: what is printed plain and added into a total stands on the total's side.
`bridges`: one line between two subtotals carries all that lies between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from pressmark.mapping.concept import is_named
from pressmark.mapping.context import subtotal
from pressmark.mapping.table import concept_table
from pressmark.resources import rows
from pressmark.statements.statement import Statement, StatementKind

_INTEREST = re.compile(r"\binterest\b", re.IGNORECASE)  # a line that names itself is not all that lies between
_TWO_WAYS = re.compile(
    r"GainLoss|GainsLosses|^IncomeLossFromEquityMethod|IncomeExpense|ExpenseBenefit|ChangeInAmount|ChangesInFairValue"
)
_EARNED = re.compile(r"^Revenue|^(?!.*Cost).*Revenues?$|^Noninterest.*Income|^InterestAndDividendIncome")
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
        family = {f["concept"] for f in families() if f["family"] == row["family"]}
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
    two, or most of its parts agree with it. The next likely concept on the right side takes the place, else none ("":
    an extension).
    """
    entries = concept_table().entries
    out: dict[int, str] = {}
    sides = _SIDES.get(statement.kind, ())
    lines = {line.index: line for line in statement.lines}
    for total in statement.totals:
        whole = choice.get(total.line, "")
        side = entries[whole].concept.balance if whole in entries else ""
        for part, weight in total.parts if side in sides or is_named(_EARNED, whole) else ():
            name = choice.get(part, "")
            if name not in entries or weight < 0 or any(v.printed < 0 for v in lines[part].values):
                continue
            if entries[name].concept.balance in ("", side) or is_named(_TWO_WAYS, name):
                continue
            others = [entries[c].concept.balance for i, _ in total.parts if (c := choice.get(i, "")) in entries]
            agreed = others.count(side) > max(2, len(others) / 2)
            if not agreed and chances[total.line].get(whole, 0.0) <= chances[part].get(name, 0.0):
                continue
            taken = {*choice.values(), *_family(whole)}
            rest = (n for n, p in chances[part].items() if p >= LIKELY and n in entries and n not in taken)
            out[part] = next((n for n in rest if entries[n].concept.balance == side), "")
    return out


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
def families() -> tuple[dict[str, str], ...]:
    """The families of concepts that name one thing in different ways, a row each: family, concept."""
    return tuple(rows("taxonomy/families.tsv"))


@cache
def _family(concept: str) -> frozenset[str]:
    """The concepts that name the same in another way, itself among them; none for a concept without such."""
    own = {f["family"] for f in families() if f["concept"] == concept}
    return frozenset(f["concept"] for f in families() if f["family"] in own)


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
