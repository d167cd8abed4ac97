"""The rungs that give a line its candidates, each testable alone.

0. `parenthetical`: a figure inside a label is named by what it says (shares authorized, par value, allowance).
1. `exact`: a label that the lexicon does not know is a standard label or synonym of a concept.
2. `learned`: the model, which knows labels of many filers with their context, then the counts of the lexicon.
3. `fitting`: hard constraints of item type and period type; `without_minority`: no concept of a noncontrolling
   interest where no line speaks of one; `before_equity`: what is before the income of affiliates is without it;
   `in_its_term`: what stands above the total of current assets is current; `flowing`: cash that is printed as going
   out did not come in; `in_its_block` (`blocks`): a heading tells changes in assets and liabilities from other
   adjustments.
4. `basic_and_diluted`: a line that is both takes the concept that says so, one that is one of them not the other's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from pressmark.mapping import comprehensive
from pressmark.mapping.blocks import in_its_block
from pressmark.mapping.choose import EXTENSION
from pressmark.mapping.concept import is_named
from pressmark.mapping.features import SHARED, Context
from pressmark.mapping.lexicon import blended, counted
from pressmark.mapping.model import models
from pressmark.mapping.spoken import spoken
from pressmark.mapping.table import by_wording, concept_set, concept_table
from pressmark.resources import rows
from pressmark.statements.statement import LineItem, Measure
from pressmark.statements.words import says

SYNONYM = 4.0  # log-odds that a hand-made wording adds
STANDARD = 1.5  # log-odds that a standard label adds
KEEP = 8
_CURRENT = re.compile(r"(?<!Non)Current$")
_TERM = re.compile(r"(Current|Noncurrent)$")
_TERM_WORDS = {"current", "noncurrent", "longterm", "shortterm", "total"}
_TERMS = {"CA": "Current", "CL": "Current", "A": "Noncurrent", "L": "Noncurrent", "E": "Noncurrent"}
MINORITY = 0.2  # what remains of the chance of a concept with a noncontrolling interest where none is spoken of
_MINORITY = re.compile(r"IncludingPortionAttributableToNoncontrolling|^ProfitLoss$")
_BEFORE_EQUITY = re.compile(r"\bbefore\b.*\b(equity|affiliate|investee|unconsolidated)\b")
_PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
_PRETAX_AND_EQUITY = (
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments"
)
_DISCONTINUED = re.compile(r"IncludingDisposalGroup")
_RECEIVED = re.compile(r"^Proceeds(?!FromPayments|FromRepayments|FromPaid)")
_PAID = re.compile(r"^(Payments|Repayments)(?!ForProceeds|OfProceeds|For.*Proceeds)")
TURNED = 0.1  # what remains of the chance of a concept of one way where the line goes both ways
_INFLOW = re.compile(r"^(proceed|sale|maturity|issuance|collection)\b")
_REVENUE_WORDS = {"revenue", "sale"}
_REVENUES = re.compile(r"^Revenue|^(?!.*Cost).*Revenues?$")
_SIDES = re.compile(r"\b(basic|primary|dilut|equivalent)")
_EARNINGS = re.compile(r"^EarningsPerShare")
PARENTHETICAL = 0.9  # how often the words around a figure inside a label are right
_TYPES = {
    Measure.MONEY: "monetaryItemType",
    Measure.SHARES: "sharesItemType",
    Measure.PER_SHARE: "perShareItemType",
    Measure.PURE: "pureItemType",
}


def candidates(line: LineItem, context: Context) -> dict[str, float]:
    """Concepts for a line with their probability, best first, at most `KEEP`."""
    if line.parenthetical:
        named = parenthetical(line)
        return {named: PARENTHETICAL} if named else {}
    label = spoken(line, context.statement)
    if context.statement == "CI":
        label = comprehensive.spoken(line, label)
    if not label:
        return {}  # a sum without label and heading: only other sums can tell what it is
    elements = {n: p for n, p in worded(label, context).items() if n != EXTENSION}
    fits = in_its_block(earned(flowing(fitting(elements, line), line, label, context), line, label, context), context)
    if context.statement == "CI":
        fits = comprehensive.of_its_kind(fits, line)
    best = sorted(fits.items(), key=lambda x: -x[1])[:KEEP]
    return basic_and_diluted(part_of_earnings(dict(best), line), line)


@lru_cache(maxsize=4096)
def worded(label: tuple[str, ...], context: Context) -> Mapping[str, float]:
    """Chances by the words of a label in their place: kept, since a company's next release has most of them again."""
    counts = counted(label, context)
    chances = blended(learned(label, context, {} if counts else exact(label, context)), counts)
    chances = in_its_term(unclassified(chances, label, context), label, context)
    return before_equity(without_minority(chances, context), label)


def learned(label: tuple[str, ...], context: Context, bonus: Mapping[str, float]) -> Mapping[str, float]:
    """Chances from the model of the statement; `bonus` adds log-odds."""
    model = models().get(context.statement)
    return model.chances(label, context, bonus) if model else {}


def exact(label: tuple[str, ...], context: Context) -> dict[str, float]:
    """Concepts of this statement whose synonym or standard label has these very words, with the bonus for it.

    Asked only for a label that the lexicon does not know: there, what filers do counts for more.
    """
    table = concept_table()
    found = by_wording().get(label, {})
    return {n: SYNONYM if hand else STANDARD for n, hand in found.items() if context.statement in table[n].statements}


def parenthetical(line: LineItem) -> str:
    """The concept of a figure inside a label, such as shares authorized; "" where the table has none.

    What the label leaves open its heading may tell.
    """
    for text in (line.full_label, *line.section[-1:]):
        for pattern, measure, concept in _parentheticals():
            if measure == line.measure.value and pattern.search(text.lower()):
                return concept
    return ""


def fitting(chances: Mapping[str, float], line: LineItem) -> dict[str, float]:
    """The concepts whose item type and period type the line's values can have, likelier by what the line can't be."""
    entries = concept_table().entries
    instants = {v.period.instant for v in line.values}
    if len(instants) > 1:
        return {}
    wanted = (_TYPES[line.measure], "instant" if True in instants else "duration")
    concepts = ((n, p, entries[n].concept) for n, p in chances.items())
    found = {n: p for n, p, c in concepts if (c.type, c.period_type) == wanted}
    share = sum(found.values()) / (sum(chances.values()) or 1.0)
    return {n: p / share for n, p in found.items()}


def without_minority(chances: Mapping[str, float], context: Context) -> dict[str, float]:
    """Lowers concepts that include a noncontrolling interest or a disposal group where no line speaks of one."""
    absent = [] if SHARED in context.cues else [_MINORITY]
    absent += [] if "disc" in context.cues else [_DISCONTINUED]
    return {n: p * MINORITY if any(is_named(a, n) for a in absent) else p for n, p in chances.items()}


def before_equity(chances: dict[str, float], label: tuple[str, ...]) -> dict[str, float]:
    """Income before taxes that its label sets before the income of affiliates as well is the concept that says so."""
    if _PRETAX not in chances or not _BEFORE_EQUITY.search(" ".join(label)):
        return chances
    moved = chances | {_PRETAX_AND_EQUITY: chances[_PRETAX] + chances.get(_PRETAX_AND_EQUITY, 0.0)}
    return {n: p for n, p in moved.items() if n != _PRETAX}


def unclassified(chances: Mapping[str, float], label: tuple[str, ...], context: Context) -> dict[str, float]:
    """Where a balance sheet is not divided into current and noncurrent, the whole stands for either of its parts.

    What the label itself calls long-term or noncurrent stays so.
    """
    if context.statement != "BS" or "class" in context.cues:
        return dict(chances)
    said = not _TERM_WORDS.isdisjoint(label)
    out: dict[str, float] = {}
    for name, chance in chances.items():
        undivided = name if said else _TERM.sub("", name)
        whole = f"{name}AndNoncurrent" if _CURRENT.search(name) else undivided
        kept = whole if whole in concept_table() else name
        out[kept] = out.get(kept, 0.0) + chance
    return out


def in_its_term(chances: dict[str, float], label: tuple[str, ...], context: Context) -> dict[str, float]:
    """Above the total of what is current, gives the chance of a noncurrent concept to its current counterpart.

    Below it, the other way round, for assets also where no total of them is known. A label that tells the term itself
    is left alone.
    """
    ending = _TERMS.get(context.below)
    if context.statement != "BS" or "class" not in context.cues or ending is None or _TERM_WORDS & set(label):
        return chances
    out: dict[str, float] = {}
    table = concept_table()
    for name, chance in chances.items():
        late = context.above == "CA" and name in table and table[name].balance == "debit"
        other = _TERM.sub("Noncurrent" if late else ending, name)
        kept = other if other in table else name
        out[kept] = out.get(kept, 0.0) + chance
    return out


def flowing(chances: Mapping[str, float], line: LineItem, label: tuple[str, ...], context: Context) -> dict[str, float]:
    """Drops concepts of money received for an outflow in parentheses, and of money paid for sales printed plain.

    A cost that net income bears is added back: taken off, it is hardly one. Where money came in and went out, concepts
    of one way become unlikely.
    """
    printed = [v.printed for v in line.values if v.printed]
    if context.statement != "CF" or not printed:
        return dict(chances)
    if all(p < 0 for p in printed):
        costs = concept_set("costs")
        return {n: p * (TURNED if n in costs else 1) for n, p in chances.items() if not is_named(_RECEIVED, n)}
    if all(p > 0 for p in printed) and _INFLOW.search(" ".join(label)):
        return {n: p for n, p in chances.items() if not is_named(_PAID, n)}
    if any(p < 0 for p in printed) and any(p > 0 for p in printed):
        return {n: p * TURNED if is_named(_RECEIVED, n) or is_named(_PAID, n) else p for n, p in chances.items()}
    return dict(chances)


def earned(chances: Mapping[str, float], line: LineItem, label: tuple[str, ...], context: Context) -> dict[str, float]:
    """Drops the concepts of revenue for a line of an income statement in parentheses that does not speak of revenue."""
    printed = [v.printed for v in line.values if v.printed]
    if context.statement != "IS" or not printed or any(p > 0 for p in printed) or _REVENUE_WORDS & set(label):
        return dict(chances)
    return {n: p for n, p in chances.items() if not is_named(_REVENUES, n)}


def part_of_earnings(chances: dict[str, float], line: LineItem) -> dict[str, float]:
    """Lowers earnings per share for an amount per share that is a part of them or none: "before extraordinary item"."""
    if line.measure is not Measure.PER_SHARE or not says("part-of-earnings", line.label.text):
        return chances
    return {n: p * TURNED if is_named(_EARNINGS, n) else p for n, p in chances.items()}


def basic_and_diluted(chances: dict[str, float], line: LineItem) -> dict[str, float]:
    """Adds up the chances of the basic and the diluted concept for a line that says it is both.

    In a line that says one of them, a concept of the other stands for its counterpart; an amount per share of which
    nothing says that it is diluted is basic.
    """
    if line.measure is Measure.PURE:
        return chances
    texts = (line.label.text, line.full_label, *line.section[-1:])
    said = next((found for text in texts if (found := _SIDES.findall(text.lower()))), ())
    basic = not {"basic", "primary"}.isdisjoint(said)
    diluted = "dilut" in said or ("equivalent" in said and not basic)
    if not said and line.measure is Measure.PER_SHARE and not any("dilut" in text.lower() for text in line.section):
        basic = True
    if basic != diluted:
        meant = {r[side]: r["basic" if basic else "diluted"] for r in _sided() for side in ("basic", "diluted")}
    elif basic:
        meant = {r[side]: r["both"] for r in _sided() if r["both"] for side in ("basic", "diluted")}
    else:
        return chances
    out: dict[str, float] = {}
    for name, chance in chances.items():
        right = meant.get(name, name)
        out[right] = out.get(right, 0.0) + chance
    return dict(sorted(out.items(), key=lambda x: -x[1]))


def sides(concept: str) -> tuple[str, ...]:
    """The basic and the diluted concept that one of both stands for; none for any other concept."""
    both = ((r["basic"], r["diluted"]) for r in _sided() if concept and concept == r["both"] != r["basic"])
    return next(both, ())


def of_both_sides(concept: str) -> str:
    """The concept that is both basic and diluted of which this is a side; "" for any other."""
    found = (r["both"] for r in _sided() if concept in (r["basic"], r["diluted"]) and r["both"] != r["basic"])
    return next(found, "")


@cache
def _parentheticals() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    table = rows("taxonomy/parentheticals.tsv")
    return tuple((re.compile(r["pattern"]), r["measure"], r["concept"]) for r in table)


@cache
def _sided() -> tuple[dict[str, str], ...]:
    return tuple(rows("taxonomy/basic-and-diluted.tsv"))
