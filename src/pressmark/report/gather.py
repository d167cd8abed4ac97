"""Gathers the values of mapped lines into facts: one fact for each concept, period and unit, with every place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from pressmark.finding import Finding, finding
from pressmark.mapping.concept import Concept
from pressmark.mapping.mapped import MappedLine, MappedStatement
from pressmark.period import Period
from pressmark.report.model import Context, Fact, Unit
from pressmark.span import Span
from pressmark.statements.statement import LineItem, Measure, Skipped, Value

SHARES = Unit("shares", ("xbrli:shares",))
PURE = Unit("pure", ("xbrli:pure",))
_ROUNDED = Decimal("0.01")


@lru_cache(maxsize=256)
def unit_of(measure: Measure, currency: str) -> Unit:
    """The unit of a measure (XBRL 2.1, 4.8.2): ISO 4217 codes for money, currency over shares for per-share."""
    if measure is Measure.SHARES:
        return SHARES
    if measure is Measure.PURE:
        return PURE
    money = f"iso4217:{currency}"
    if measure is Measure.PER_SHARE:
        return Unit(f"{currency}PerShare", (money,), ("xbrli:shares",))
    return Unit(currency, (money,))


@lru_cache(maxsize=256)
def context_of(period: Period) -> Context:
    """The context of a period; its id is built from the dates."""
    end = period.end.strftime("%Y%m%d")
    return Context(f"d{period.start:%Y%m%d}-{end}" if period.start else f"i{end}", period)


def fact_id(concept: Concept, context: Context, unit: Unit | None) -> str:
    """An id from concept, period and unit: the same whatever lines stand above."""
    name = concept.name if concept.prefix in ("us-gaap", "dei") else f"{concept.prefix}_{concept.name}"
    return f"f-{name}-{context.id}-{unit.id}" if unit else f"f-{name}-{context.id}"


@dataclass(slots=True)
class Ledger:
    """Facts as they come in, by concept, period and unit. The one place that builds up state; `gather` uses it."""

    facts: dict[str, Fact] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, fact: Fact, text: str) -> None:
        """Enters a fact; the same fact again is one more place, another value for it is a finding."""
        known = self.facts.get(fact.id)
        if known is None:
            self.facts[fact.id] = fact
        elif agree(known, fact):
            finer = max((known, fact), key=precision)
            places = (*known.places, *(p for p in fact.places if p not in known.places))
            self.facts[fact.id] = replace(
                known,
                value=finer.value,
                decimals=finer.decimals,
                places=places,
                confidence=max(known.confidence, fact.confidence),
            )
        else:
            where = known.places[0] if known.places else None
            reason = f"{fact.concept.name} already has the value {_plain(known)} for {fact.context.period}"
            self.skipped.extend(Skipped(text, place, reason) for place in fact.places)
            stands = f" (line {where.line})" if where else ""
            message = f"“{fact.label}”: {_plain(fact)}, but {reason}{stands}"
            place = fact.places[0] if fact.places else None
            code = "scale.doubtful" if thousandfold(known.value, fact.value) else "fact.conflict"
            self.findings.append(finding(code, message, place, fact.concept.qname))


def _plain(fact: Fact) -> str:
    """A value as people write it."""
    return f"{fact.value:,f}" if isinstance(fact.value, Decimal) else fact.value


def precision(fact: Fact) -> int:
    """Decimals for comparison; a fact without them is the coarsest."""
    return fact.decimals if fact.decimals is not None else -99


def agree(one: Fact, other: Fact) -> bool:
    """Whether two facts state one value, as far as the coarser of them tells (XBRL Duplicates, consistent)."""
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return one.value == other.value
    coarse = min(precision(one), precision(other))
    slack = Decimal(5).scaleb(-coarse - 1) if coarse < max(precision(one), precision(other)) else Decimal(0)
    return abs(one.value - other.value) <= slack


def thousandfold(one: Decimal | str, other: Decimal | str) -> bool:
    """Whether two values differ by a scale: a factor of a thousand or a million, as far as rounding lets one tell."""
    if not isinstance(one, Decimal) or not isinstance(other, Decimal) or not one or not other:
        return False
    ratio = max(abs(one), abs(other)) / min(abs(one), abs(other))
    return any(abs(ratio.scaleb(-power) - 1) < _ROUNDED for power in (3, 6))


def fact_of(mapped: MappedLine, value: Value, concept: Concept, statement: int) -> Fact:
    """The fact of one value under one concept: printed value times the line's sign."""
    line = mapped.line
    unit, context = unit_of(line.measure, line.currency), context_of(value.period)
    amount = value.amount * mapped.sign
    return Fact(
        id=fact_id(concept, context, unit),
        concept=concept,
        context=context,
        value=amount or Decimal(0),
        unit=unit,
        decimals=value.decimals,
        label=label_of(line),
        places=(value.span,),
        confidence=mapped.confidence,
        reasons=mapped.reasons,
        statement=statement,
    )


def label_of(line: LineItem) -> str:
    """The wording that names a line on its own."""
    return line.full_label or line.label.text


def gather(statements: Sequence[MappedStatement]) -> Ledger:
    """Facts of all mapped statements in the order of the release, with what was left out and why."""
    ledger = Ledger()
    for index, mapped in enumerate(statements):
        ledger.skipped.extend(mapped.statement.skipped)
        ledger.findings.extend(mapped.findings)
        for line in mapped.lines:
            if not line.concepts:
                reason = "; ".join(line.reasons) or "no concept fits"
                ledger.skipped.extend(Skipped(v.text, v.span, reason) for v in line.line.values)
            for value in line.line.values:
                for concept in line.concepts:
                    ledger.add(fact_of(line, value, concept, index), value.text)
    return ledger


def distinct(places: Iterable[Span]) -> tuple[Span, ...]:
    """Places in order, each once."""
    return tuple(dict.fromkeys(places))
