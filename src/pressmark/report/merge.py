"""Enters what the sentences state into the facts that the tables gave: further places, and facts of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pressmark.mapping.concept import Concept
from pressmark.mapping.table import concept_table
from pressmark.prose.figure import Figure
from pressmark.report.gather import Ledger, context_of, fact_id, unit_of
from pressmark.report.model import Fact
from pressmark.report.stated import NewFact, Reconciled, reconcile
from pressmark.statements.statement import Measure

ITEM_TYPES = {
    Measure.MONEY: "monetaryItemType",
    Measure.SHARES: "sharesItemType",
    Measure.PER_SHARE: "perShareItemType",
    Measure.PURE: "pureItemType",
}
# A sentence names its subject in few words: a fact from prose is never as sure as one from a table.
PROSE_CONFIDENCE = 0.9


def merge(ledger: Ledger, figures: Sequence[Figure], prefix: str) -> Reconciled:
    """Reconciles the figures with the ledger's facts and enters the outcome into the ledger."""
    outcome = reconcile(figures, ledger.facts.values())
    for name, places in outcome.places.items():
        known = ledger.facts[name]
        ledger.facts[name] = replace(known, places=(*known.places, *places))
    for new in outcome.facts:
        ledger.add(_fact(new, prefix), new.label)
    ledger.findings.extend(outcome.findings)
    return outcome


def _fact(new: NewFact, prefix: str) -> Fact:
    period = "instant" if new.instant else "duration"
    concept = (
        Concept(prefix, new.concept, ITEM_TYPES[new.measure], period, new.balance, new.label)
        if new.extension
        else concept_table()[new.concept]
    )
    unit, context = unit_of(new.measure, new.currency), context_of(new.period)
    return Fact(
        id=fact_id(concept, context, unit),
        concept=concept,
        context=context,
        value=new.value,
        unit=unit,
        decimals=new.decimals,
        label=new.label,
        places=new.places or (new.span,),
        confidence=PROSE_CONFIDENCE,
        reasons=new.reasons,
    )
