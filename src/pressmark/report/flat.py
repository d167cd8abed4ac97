"""The facts of a report as rows of a table: what spreadsheets, data frames and datasets are made of.

Named tuples, for there is one for each fact: frozen dataclasses of so many fields take four times as long to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pressmark import fiscal
from pressmark.fiscal import Calendar
from pressmark.period import Period
from pressmark.report.model import Context, Fact, Report, Unit

CIK_SCHEME = "http://www.sec.gov/CIK"
# Months of a duration that ends with a fiscal quarter: the code that dei has for it (fiscalPeriodItemType).
_SPANS = {(3, 1): "Q1", (3, 2): "Q2", (3, 3): "Q3", (3, 4): "Q4", (6, 2): "H1", (9, 3): "M9", (12, 4): "FY"}


class FactRow(NamedTuple):
    """A fact with everything that is known of it.

    `release` is the base name of the report. `cik` is "" where the entity is known by another scheme.
    `period_start` is None for an instant; both days are inclusive. `fiscal_year` and `fiscal_period` (Q1 to Q4, H1, M9,
    FY; for an instant the quarter or the year that it ends) are None and "" where the company's calendar does not tell.
    `value` is None for a fact that is no number, which `text` then holds.
    `statement` is BalanceSheet, IncomeStatement, CashFlow or ComprehensiveIncome, "" for cover and prose.
    """

    release: str
    entity: str
    cik: str
    fact: str
    concept: str
    label: str
    period_start: date | None
    period_end: date
    fiscal_year: int | None
    fiscal_period: str
    unit: str
    value: Decimal | None
    text: str
    decimals: int | None
    statement: str
    confidence: float
    file: str
    line: int | None


def fact_rows(report: Report) -> Iterator[FactRow]:
    """A row for each fact, in the order of the report."""
    calendar = _calendar(report)
    statements = [role.uri.rpartition("/")[2].rstrip("0123456789") for role in report.roles]
    contexts = contexts_by_id(report.facts)
    fiscal_periods = {name: fiscal_period(context.period, calendar) for name, context in contexts.items()}
    units = {name: unit_words(unit) for name, unit in units_by_id(report.facts).items()}
    entity, cik = report.entity.name.value, report.identifier if report.scheme == CIK_SCHEME else ""
    for fact in report.facts:
        period = fact.context.period
        place = fact.places[0] if fact.places else None
        number = fact.value if isinstance(fact.value, Decimal) else None
        year, part = fiscal_periods[fact.context.id]
        yield FactRow(
            report.base,
            entity,
            cik,
            fact.id,
            fact.concept.qname,
            fact.label or fact.concept.label,
            period.start,
            period.end,
            year,
            part,
            units[fact.unit.id] if fact.unit else "",
            number,
            str(fact.value) if number is None else "",
            fact.decimals,
            statements[fact.statement] if fact.statement is not None else "",
            fact.confidence,
            place.file if place else report.source,
            place.line if place else None,
        )


def contexts_by_id(facts: Iterable[Fact]) -> dict[str, Context]:
    """The contexts of facts in order of first use: few stand for very many facts, so that each is written out once."""
    return {fact.context.id: fact.context for fact in facts}


def units_by_id(facts: Iterable[Fact]) -> dict[str, Unit]:
    """The units of facts in order of first use."""
    return {fact.unit.id: fact.unit for fact in facts if fact.unit}


def fiscal_period(period: Period, calendar: Calendar) -> tuple[int | None, str]:
    """The fiscal year that a period belongs to, and which part of it it is; None and "" where that can't be told."""
    year, quarter = calendar.label(period.end), calendar.quarter_of(period.end)
    if year is None or not quarter:
        return None, ""
    months = 3 if period.instant and quarter < 4 else 12 if period.instant else round(period.days / 30.4375)
    part = _SPANS.get((months, quarter), "")
    return (year, part) if part else (None, "")


def _calendar(report: Report) -> Calendar:
    """The company's calendar as the cover tells it."""
    cover = {f.concept.name: str(f.value) for f in report.facts if f.concept.prefix == "dei"}
    known = fiscal.calendar((), header=cover.get("CurrentFiscalYearEndDate", "").replace("-", ""))
    year, focus = known.label(report.period.end), cover.get("DocumentFiscalYearFocus", "")
    offset = int(focus) - year if year is not None and focus.isdigit() else 0
    return replace(known, label_offset=offset)


def unit_words(unit: Unit) -> str:
    """A unit without its prefixes: USD, shares, USD/shares, pure."""
    sides = (unit.numerator, unit.denominator)
    return "/".join("*".join(m.partition(":")[2] for m in side) for side in sides if side)
