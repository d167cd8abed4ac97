"""Extracts the facts of a report with Arelle, so that two reports of one release can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.validate.arelle import LOCK, controller, loaded
from pressmark.validate.packages import package_set

if TYPE_CHECKING:
    from arelle.ModelInstanceObject import ModelFact


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """A fact as a processor sees it: its aspects as text, its value; `decimals` is None for INF and for words."""

    concept: str
    entity: str
    period: str
    unit: str
    value: Decimal | str
    decimals: int | None = None

    @property
    def aspects(self) -> tuple[str, str, str, str]:
        """What tells it from other facts."""
        return self.concept, self.entity, self.period, self.unit


def extracted_facts(path: Path, packages: Sequence[Path] = ()) -> tuple[ReportedFact, ...]:
    """The facts of a report in document order, each place of an Inline XBRL document by itself."""
    chosen = package_set(packages)
    with LOCK, controller(chosen.paths, inline_sets=False) as (arelle, _):
        return tuple(_fact(fact) for model in loaded(arelle, path) for fact in model.facts)


def without_duplicates(facts: Iterable[ReportedFact]) -> frozenset[ReportedFact]:
    """The facts without complete and consistent duplicates, the most precise of each kept.

    Duplicates are consistent where the values agree within what their decimals leave open (XBRL: Handling duplicate
    facts, 3.2); inconsistent ones are all kept, so that they show as differences.
    """
    kept: dict[tuple[str, str, str, str], list[ReportedFact]] = {}
    for fact in facts:
        same = kept.setdefault(fact.aspects, [])
        for i, other in enumerate(same):
            if _consistent(fact, other):
                same[i] = max(other, fact, key=_precision)
                break
        else:
            same.append(fact)
    return frozenset(fact for same in kept.values() for fact in same)


def _precision(fact: ReportedFact) -> int:
    return 999 if fact.decimals is None else fact.decimals


def _consistent(one: ReportedFact, other: ReportedFact) -> bool:
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return one.value == other.value
    if one.decimals == other.decimals:
        return one.value == other.value
    slack = sum((Decimal(5).scaleb(-f.decimals - 1) for f in (one, other) if f.decimals is not None), Decimal(0))
    return abs(one.value - other.value) <= slack


def _fact(fact: ModelFact) -> ReportedFact:
    context = fact.context
    period = str(context.endDatetime) if context.isInstantPeriod else f"{context.startDatetime}/{context.endDatetime}"
    unit = ""
    if fact.unit is not None:
        unit = "/".join("*".join(str(m) for m in side) for side in fact.unit.measures if side)
    entity = " ".join(context.entityIdentifier)
    if not fact.isNumeric:
        return ReportedFact(str(fact.qname), entity, period, unit, " ".join(str(fact.value).split()))
    decimals = None if fact.decimals in (None, "INF") else int(fact.decimals)
    return ReportedFact(str(fact.qname), entity, period, unit, Decimal(str(fact.xValue)).normalize(), decimals)
