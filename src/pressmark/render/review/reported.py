"""Tells each fact as the page does, once for all the places that name it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from pressmark.report.model import Fact, Report, Unit


class Reported(NamedTuple):
    """A fact as the page tells it: its number on the page, its period in words, and "1,989,000 USD"."""

    number: int
    period: str
    value: str


def reported(report: Report) -> dict[str, Reported]:
    """The facts by their ids."""
    contexts = {fact.context.id: fact.context for fact in report.facts}
    periods = {name: context.period.words for name, context in contexts.items()}
    units = {
        name: _unit(unit) for name, unit in {fact.unit.id: fact.unit for fact in report.facts if fact.unit}.items()
    }
    return {
        fact.id: Reported(number, periods[fact.context.id], _value(fact, units))
        for number, fact in enumerate(report.facts, 1)
    }


def _value(fact: Fact, units: Mapping[str, str]) -> str:
    """A fact's value with its unit."""
    if not isinstance(fact.value, Decimal) or fact.unit is None:
        return str(fact.value)
    return f"{fact.value.normalize():,f} {units[fact.unit.id]}"


def _unit(unit: Unit) -> str:
    sides = [unit.numerator, unit.denominator] if unit.denominator else [unit.numerator]
    return " / ".join("*".join(m.rpartition(":")[2] for m in side) for side in sides)
