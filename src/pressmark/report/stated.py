"""Checks the figures that sentences state against the tables' facts: another place, a disagreement, or a new fact.

A figure and a fact are compared when they mean the same (the subject's concepts), their periods end together and
begin within days, and their units match. The ladder, in order: any such fact agrees as far as the coarser of the
two tells: the sentence is another place of it. One disagrees: a finding. None is there: a new fact, where subject,
period and sign are certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from pressmark.finding import Finding, finding
from pressmark.period import Period
from pressmark.prose import vocabulary
from pressmark.prose.figure import Figure
from pressmark.report.gather import thousandfold
from pressmark.report.model import Fact
from pressmark.span import Span
from pressmark.statements.statement import Measure

_NEAR_DAYS = 8
_WORD = re.compile(r"[A-Za-z]+")
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class NewFact:
    """A figure that no table states. `concept` is a us-gaap name, or a name of the report's own when `extension`.

    `label` is the wording in the release; `reasons` say why it is a fact and under this concept.
    """

    concept: str
    extension: bool
    instant: bool
    balance: str
    period: Period
    measure: Measure
    currency: str
    value: Decimal
    decimals: int
    span: Span
    label: str
    reasons: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the tables say of a figure: `agrees`, `disagrees`, `new`, or `unmatched`; with the facts it is about."""

    figure: Figure
    outcome: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciled:
    """New facts, further places by fact id, findings, and the verdict on each GAAP figure in order."""

    facts: tuple[NewFact, ...]
    places: dict[str, tuple[Span, ...]]
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]


def reconcile(figures: Sequence[Figure], facts: Iterable[Fact]) -> Reconciled:
    """What the `figures` add to the `facts` of the tables. Figures that are not GAAP are left out."""
    numeric = [f for f in facts if isinstance(f.value, Decimal) and f.unit is not None]
    by_end: dict[date, list[Fact]] = {}
    for fact in numeric:
        by_end.setdefault(fact.context.period.end, []).append(fact)
    verdicts = [_verdict(figure, by_end) for figure in figures if figure.gaap]
    places: dict[str, tuple[Span, ...]] = {}
    findings: list[Finding] = []
    fresh: list[Figure] = []
    for verdict in verdicts:
        figure = verdict.figure
        if verdict.outcome == "agrees":
            for fact in verdict.facts:
                places[fact.id] = (*places.get(fact.id, ()), figure.span)
        elif verdict.outcome == "disagrees":
            findings.append(_disagreement(figure, verdict.facts[0]))
        elif verdict.outcome == "new":
            fresh.append(figure)
    new = list(_new_facts(fresh, numeric, findings))
    for one in new:
        findings.extend(_sum(one, numeric))
    return Reconciled(tuple(new), places, tuple(findings), tuple(verdicts))


def rows(reconciled: Reconciled) -> Iterator[dict[str, object]]:
    """A JSON-ready row for each figure: line, column, words, subject, value, decimals, unit, period, finding, facts.

    A doubtful figure that differs from the fact it might be is of something else, and left out; so is one
    whose period the text does not tell.
    """
    for verdict in reconciled.verdicts:
        figure = verdict.figure
        if verdict.outcome == "unmatched" and (verdict.facts or figure.period is None):
            continue
        yield {
            "line": figure.span.line,
            "column": figure.span.column,
            "words": figure.words,
            "subject": figure.subject,
            "value": f"{figure.value:f}",
            "decimals": figure.decimals,
            "unit": unit_name(figure.measure, figure.currency),
            "period": str(figure.period) if figure.period else None,
            "finding": verdict.outcome,
            "facts": [f.id for f in verdict.facts],
        }


def unit_name(measure: Measure, currency: str) -> str:
    """A unit in words: USD, shares, USD/shares, pure."""
    return {
        Measure.MONEY: currency,
        Measure.SHARES: "shares",
        Measure.PER_SHARE: f"{currency}/shares",
        Measure.PURE: "pure",
    }[measure]


def _verdict(figure: Figure, facts: dict[date, list[Fact]]) -> Verdict:
    """What the facts, given by the last day of their periods, say of a figure."""
    if figure.period is None:
        return Verdict(figure, "unmatched")
    unit = _unit(figure)
    timely = [f for f in facts.get(figure.period.end, ()) if _same_start(figure.period, f) and _of(f, unit)]
    order = [name for entry in vocabulary.subject(figure.subject).concepts for name in entry.split("+")]
    same = [f for f in timely if f.concept.prefix == "us-gaap" and f.concept.name in order]
    agreeing = [f for f in same if _agree(figure, f)]
    if agreeing:
        return Verdict(figure, "agrees", tuple(_own(order, agreeing)))
    named = [f for f in timely if _agree(figure, f) and _named_alike(figure, f)]
    if named:
        return Verdict(figure, "agrees", tuple(named[:1]))
    if same:
        return Verdict(figure, "disagrees" if figure.certain else "unmatched", tuple(same))
    subject = vocabulary.subject(figure.subject)
    return Verdict(figure, "new" if figure.certain and subject.new else "unmatched")


def _own(order: Sequence[str], agreeing: Sequence[Fact]) -> Sequence[Fact]:
    """Of the facts that agree, those of the concept that comes first in `order`, the likeliest one of the words.

    A line that carries both a basic and a diluted concept is stated whole.
    """
    best = min(order.index(f.concept.name) for f in agreeing)
    first = [f for f in agreeing if order.index(f.concept.name) == best]
    lines = {f.places[0] for f in first if f.places}
    return [f for f in agreeing if f in first or (f.places and f.places[0] in lines)]


def _named_alike(figure: Figure, fact: Fact) -> bool:
    """True where the line's own words name the figure's subject, whatever concept it carries."""
    return figure.subject in vocabulary.keys(fact.label)


def _same_start(period: Period, fact: Fact) -> bool:
    """True where both periods start, to within a week, on the same day, or neither does."""
    start, other = period.start, fact.context.period.start
    return start == other or (start is not None and other is not None and abs((start - other).days) <= _NEAR_DAYS)


def _of(fact: Fact, unit: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    return fact.unit is not None and unit == (fact.unit.numerator, fact.unit.denominator)


def _unit(figure: Figure) -> tuple[tuple[str, ...], tuple[str, ...]]:
    money, shares = (f"iso4217:{figure.currency}",), ("xbrli:shares",)
    if figure.measure is Measure.MONEY:
        return money, ()
    if figure.measure is Measure.PER_SHARE:
        return money, shares
    return (shares, ()) if figure.measure is Measure.SHARES else (("xbrli:pure",), ())


def _agree(figure: Figure, fact: Fact) -> bool:
    """Whether both state one value as far as the coarser of them tells."""
    assert isinstance(fact.value, Decimal)  # noqa: S101 - only numeric facts are compared
    coarse = min(figure.decimals, fact.decimals if fact.decimals is not None else figure.decimals)
    slack = Decimal(5).scaleb(-coarse - 1) if coarse != fact.decimals or coarse != figure.decimals else Decimal(0)
    if figure.approximate:
        slack = Decimal(1).scaleb(-coarse)
    return abs(figure.value - fact.value) <= slack


def _disagreement(figure: Figure, fact: Fact) -> Finding:
    where = f" (line {fact.places[0].line})" if fact.places else ""
    message = f"“{figure.words}” is {figure.value:f} for {figure.period}, but “{fact.label}”{where} is {fact.value:f}"
    code = "scale.doubtful" if thousandfold(figure.value, fact.value) else "prose.disagrees"
    return finding(code, message, figure.span, fact.concept.qname)


def _new_facts(figures: Sequence[Figure], facts: Sequence[Fact], findings: list[Finding]) -> Iterator[NewFact]:
    """One new fact for each concept, period and unit; the finest figure wins, one that contradicts it is a finding."""
    used = {f.concept.name for f in facts if f.concept.prefix == "us-gaap"}
    made: dict[tuple[str, Period, Measure, str], NewFact] = {}
    for figure in sorted(figures, key=lambda f: -f.decimals):
        for fact in _made(figure, used):
            key = (fact.concept, fact.period, fact.measure, fact.currency)
            known = made.get(key)
            if known is None:
                made[key] = fact
            elif abs(known.value - fact.value) <= Decimal(5).scaleb(-fact.decimals - 1) or known.value == fact.value:
                made[key] = replace(known, places=(*known.places, fact.span))
            else:
                other = f"line {known.span.line} says {known.value:f}"
                message = f"“{figure.words}” is {fact.value:f} for {fact.period}, but {other}"
                findings.append(finding("prose.disagrees", message, figure.span, fact.concept))
    yield from sorted(made.values(), key=lambda f: (f.span.line, f.span.column))


def _made(figure: Figure, used: set[str]) -> Iterator[NewFact]:
    subject = vocabulary.subject(figure.subject)
    assert figure.period is not None  # noqa: S101 - a figure without a period is never new
    if subject.new == "+":
        label = _title(figure.words)
        names = [("".join(w.capitalize() for w in _WORD.findall(label)), True)]
        reason = "no us-gaap element means just this total"
    else:
        label = _title(figure.words)
        entry = _entry(subject.concepts, used)
        names = [(name, False) for name in entry.split("+")]
        taken = any(name in used for name, _ in names)
        reason = "the concept that the tables use" if taken else "the usual concept of these words"
    for name, extension in names:
        yield NewFact(
            concept=name,
            extension=extension,
            instant=subject.instant,
            balance="debit" if subject.instant else "",
            period=figure.period,
            measure=figure.measure,
            currency=figure.currency,
            value=figure.value,
            decimals=figure.decimals,
            span=figure.span,
            label=label,
            reasons=("stated in a sentence, in no table", reason),
            places=(figure.span,),
        )


def _entry(entries: Sequence[str], used: set[str]) -> str:
    """The concept that the tables use, else the first; where basic and diluted are tagged apart, both."""
    for entry in entries:
        if all(name in used for name in entry.split("+")):
            return entry
    return entries[0]


def _title(words: str) -> str:
    """The words of the subject, without the amount and what leads to it."""
    found = [words[at:end] for at, end, _ in vocabulary.subjects(words)]
    best = max(found, key=len, default=words)
    return best[:1].upper() + best[1:]


def _sum(new: NewFact, facts: Sequence[Fact]) -> Iterator[Finding]:
    """Notes where a total of the prose is the sum of balance-sheet lines at the precision it is stated with."""
    if not new.extension:
        return
    lines = [
        f
        for f in facts
        if f.context.period == new.period
        and isinstance(f.value, Decimal)
        and f.value > 0
        and re.search(r"cash|securit|investment", f.label, re.IGNORECASE)
        and not re.search(r"\btotal\b", f.label, re.IGNORECASE)
    ][:10]
    slack = Decimal(5).scaleb(-new.decimals - 1)
    for count in range(2, _MOST_PARTS + 1):
        for parts in combinations(lines, count):
            if abs(sum((f.value for f in parts if isinstance(f.value, Decimal)), Decimal(0)) - new.value) <= slack:
                names = " + ".join(f"“{f.label}”" for f in parts)
                yield finding(
                    "prose.sum", f"“{new.label}” at {new.period} is {names}, as far as it is stated", new.span
                )
                return
