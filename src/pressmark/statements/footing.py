"""Finds which lines add up to which total, in the signs as printed.

Lines go by in order; those that no total has taken yet are open. A line is a total when it is the weighted
sum of a run of open lines right above it; it then takes their place. The ladder of weights, in order:

1. all +1: sections of a balance sheet, operating expenses, cash flows;
2. the first +1, the rest -1: revenue less costs, income less tax, a gross amount less its allowance;
3. the first +1, then by the words: costs, expenses, taxes and losses -1, the rest +1;
4. all -1: a loss from operations where there is no revenue;
5. any weights, for runs of at most `_FREE` lines, when all columns but one at most agree.

A total is taken when it foots in every column; or, where its label says that it is one, when it foots in
some column: so a wrong number in one column does not remove the total that would have caught it. Without such
a label two exact columns are asked, and what is subtracted ends in what its label takes off ("Less: allowance").
A column of zeros proves nothing. The work is bounded by lines x `_LONGEST` x columns; no statement has `_MOST` lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pressmark.statements.statement import LineItem, Measure, StatementKind, Total
from pressmark.statements.words import label_word, says

_RUNGS = {
    StatementKind.BALANCE_SHEET: (1, 3),
    StatementKind.CASH_FLOW: (1,),
    StatementKind.INCOME_STATEMENT: (1, 2, 3, 4, 5),
    StatementKind.COMPREHENSIVE_INCOME: (1, 2, 3, 5),
}
_LONGEST = 80
_MOST = 1000
_FREE = 7


class Addend(NamedTuple):
    """A line as footing sees it: its printed values by column as whole units of the last place, None for none."""

    line: int
    label: str
    values: tuple[int | None, ...]
    ruled: bool = False
    first: bool = False

    @property
    def total(self) -> bool:
        """True where the label, or its lack, says that the line sums others."""
        return _total(self.label)


class Fit(NamedTuple):
    """How a candidate fits: positions of the columns where it is exact, within rounding, and off."""

    foots: tuple[int, ...]
    rounds: tuple[int, ...]
    fails: tuple[int, ...]

    @property
    def checked(self) -> int:
        """The columns that could be checked."""
        return len(self.foots) + len(self.rounds) + len(self.fails)


def totals(lines: Sequence[LineItem], kind: StatementKind) -> tuple[Total, ...]:
    """The totals among the money lines of one statement, top to bottom.

    A cash flow statement only adds; a balance sheet subtracts only what its label says ("less",
    "allowance", "treasury"), and nothing below total assets reaches above them.
    """
    found: list[Total] = []
    open_: list[Addend] = []
    columns, rows = addends(lines)
    if len(rows) > _MOST:
        return ()
    for addend in rows:
        best = _best(addend, open_, _RUNGS[kind])
        if best is not None:
            weights, got = best
            parts = open_[len(open_) - len(weights) :]
            found.append(
                Total(
                    addend.line,
                    tuple((p.line, w) for p, w in zip(parts, weights, strict=True)),
                    tuple(columns[c] for c in got.foots),
                    tuple(columns[c] for c in got.rounds),
                    tuple(columns[c] for c in got.fails),
                )
            )
            del open_[len(open_) - len(weights) :]
        if kind is StatementKind.BALANCE_SHEET and re.match(r"total assets\b", addend.label, re.IGNORECASE):
            open_.clear()
        else:
            open_.append(addend)
    return tuple(found)


def addends(lines: Sequence[LineItem]) -> tuple[list[int], list[Addend]]:
    """The columns, and the money lines that carry values, all numbers in whole units of the finest last place."""
    money = [li for li in lines if li.measure is Measure.MONEY and li.values and not li.parenthetical]
    if not money:
        return [], []
    columns = sorted({v.column for li in money for v in li.values})
    finest = max(v.decimals for li in money for v in li.values)
    made = []
    headed = True
    for line in lines:
        if not line.values:
            headed = True
            continue
        if line.measure is not Measure.MONEY or line.parenthetical:
            continue
        at = {v.column: int(v.printed.scaleb(v.scale + finest)) for v in line.values}
        made.append(Addend(line.index, line.label.text, tuple(at.get(c) for c in columns), line.ruled, headed))
        headed = False
    return columns, made


def fit(total: Addend, parts: Sequence[Addend], weights: Sequence[int]) -> Fit:
    """Compares a total with the weighted sum of its parts, column by column; blank parts count as zero.

    Rounding: each printed number is within half a unit of its last place (Calculations 1.1, section 3).
    """
    foots: list[int] = []
    rounds: list[int] = []
    fails: list[int] = []
    slack = (len(parts) + 1) // 2
    for column, value in enumerate(total.values):
        terms = [w * v for p, w in zip(parts, weights, strict=True) if (v := p.values[column]) is not None]
        if value is None or not terms or (value == 0 and not any(terms)):
            continue
        off = abs(sum(terms) - value)
        (foots if off == 0 else rounds if off <= slack else fails).append(column)
    return Fit(tuple(foots), tuple(rounds), tuple(fails))


def _best(total: Addend, open_: Sequence[Addend], rungs: tuple[int, ...]) -> tuple[tuple[int, ...], Fit] | None:
    """The best candidate: one that holds in every column, else for a line called a total one that holds in some."""
    ranked: list[tuple[tuple[int, ...], tuple[int, ...], Fit]] = []
    for rung, weights in _candidates(total, open_, rungs):
        if rung not in rungs:
            continue
        parts = open_[len(open_) - len(weights) :]
        got = fit(total, parts, weights)
        if not got.foots and not got.rounds:
            continue
        grade = _grade(total, parts, rung, got)
        if grade is not None:
            ranked.append(((*grade, -rung, parts[0].first, -len(weights)), weights, got))
    if not ranked:
        return None
    _, weights, got = max(ranked, key=lambda r: r[0])
    return weights, got


def _grade(total: Addend, parts: Sequence[Addend], rung: int, got: Fit) -> tuple[int, int] | None:
    """How far a candidate can be trusted (3 sure, 1 weak) and in how many columns it is exact; None: not at all."""
    count = len(parts)
    whole = not got.fails
    if count == 1 and not (total.total and (rung == 4 or _one_part(total, parts[0]))):
        return None
    if whole and got.foots:
        told = rung == 1 or (rung in (2, 3) and _contra(parts[-1].label))
        if total.total or (count >= 2 and told and len(got.foots) >= 2):
            return (3, len(got.foots)) if not got.rounds or total.total else None
        return None
    if not total.total:
        return None
    if whole:
        return (2, 0) if got.checked >= 2 and rung <= 3 and count >= 2 else None
    if rung == 5:
        return (1, len(got.foots)) if got.checked >= 3 and len(got.fails) == 1 and count <= 5 else None
    if got.foots:
        return (1, len(got.foots)) if 2 * (len(got.foots) + len(got.rounds)) >= got.checked else None
    # Within rounding of a large number, the more so from the head of a section on: no accident.
    least = (100 if parts[0].first else 5000) * count
    large = [c for c in got.rounds if abs(total.values[c] or 0) >= least]
    return (1, 0) if large and 2 * len(large) >= got.checked else None


def _one_part(total: Addend, part: Addend) -> bool:
    """A total of a single line: "Total minority interest", the only purchase of a section of cash flows.

    Not a line that merely equals the one above.
    """
    lower = total.label.lower()
    return not part.total and (lower.startswith("total") or (part.first and lower.startswith("net cash")))


def _candidates(
    total: Addend, open_: Sequence[Addend], rungs: tuple[int, ...]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Rungs 1 to 5 for each length of run; the sums of a run grow by one line at a time."""
    reach = min(len(open_), _LONGEST)
    columns = [c for c, value in enumerate(total.values) if value]
    values = [value for value in total.values if value]
    plain, signed = [0] * len(values), [0] * len(values)
    signs: list[int] = []
    minus = _minus if 2 in rungs else _contra
    for count in range(1, reach + 1 if values else 1):
        part = open_[len(open_) - count]
        sign = -1 if minus(part.label) else 1
        slack = (count + 1) // 2
        # Whether some column is within rounding: a quick test before a candidate is looked at.
        added = lessened = mixed = taken = False
        for i, value in enumerate(values):
            head, below = part.values[columns[i]] or 0, plain[i]
            lessened = lessened or -slack <= value - head + below <= slack
            mixed = mixed or -slack <= value - head - signed[i] <= slack
            added = added or -slack <= value - head - below <= slack
            taken = taken or -slack <= value + head + below <= slack
            plain[i] += head
            signed[i] += sign * head
        if count > 1 and lessened:
            yield 2, (1, *(-1,) * (count - 1))
        if mixed and -1 in signs:
            yield 3, (1, *signs)
        signs.insert(0, sign)
        if added:
            yield 1, (1,) * count
        if taken:
            yield 4, (-1,) * count
        if 5 in rungs and total.total and 3 <= count <= _FREE:
            yield from _free(total, open_[len(open_) - count :])


def _free(total: Addend, parts: Sequence[Addend]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Any weights with the first line +1."""
    for rest in product((1, -1), repeat=len(parts) - 1):
        if len(set(rest)) == 1:
            continue
        weights = (1, *rest)
        got = sum(
            1
            for c, value in enumerate(total.values)
            if value and value == sum(w * (p.values[c] or 0) for p, w in zip(parts, weights, strict=True))
        )
        if got >= max(1, sum(1 for v in total.values if v) - 1):
            yield 5, weights


@lru_cache(maxsize=4096)
def _total(label: str) -> bool:
    return says("total", label) and not says("part", label)


@lru_cache(maxsize=4096)
def _minus(label: str) -> bool:
    """True where the label names a cost before it names income: "Interest expense (income)", "Income taxes"."""
    text = re.sub(r"\bincome (?=tax)", "", label, flags=re.IGNORECASE)
    cost, income = label_word("minus").search(text), label_word("plus").search(text)
    return cost is not None and (income is None or cost.start() < income.start())


@lru_cache(maxsize=4096)
def _contra(label: str) -> bool:
    return says("contra", label)
