"""Sentences against tables: another place of a fact, a disagreement, a new fact; never two values for one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pressmark.mapping.concept import Concept
from pressmark.period import Period
from pressmark.prose.figure import Figure
from pressmark.report.gather import context_of, fact_id, unit_of
from pressmark.report.model import Fact
from pressmark.report.stated import Reconciled, reconcile, rows
from pressmark.span import Span
from pressmark.statements.statement import Measure

QUARTER = Period(date(2004, 3, 31), date(2004, 1, 1))
BEFORE = Period(date(2003, 12, 31), date(2003, 10, 1))
DAY = Period(date(2004, 3, 31))


def fact(name: str, value: str, decimals: int, period: Period = QUARTER, measure: Measure = Measure.MONEY) -> Fact:
    concept = Concept("us-gaap", name, "", "", "")
    context, unit = context_of(period), unit_of(measure, "USD")
    return Fact(
        fact_id(concept, context, unit), concept, context, Decimal(value), unit, decimals, name, (Span("x", 90, 40),)
    )


def figure(subject: str, value: str, decimals: int, period: Period | None = QUARTER, **more: object) -> Figure:
    measure = Measure.PER_SHARE if subject.startswith("eps") else Measure.MONEY
    made = Figure(subject, f"{subject} of {value}", Span("x", 7, 5), Decimal(value), decimals, measure, "USD", period)
    for name, one in more.items():
        object.__setattr__(made, name, one)
    return made


def outcomes(found: Reconciled) -> list[str]:
    return [v.outcome for v in found.verdicts]


def test_a_rounded_repetition_is_another_place() -> None:
    known = fact("NetIncomeLoss", "-5147000", -3)
    found = reconcile([figure("net-loss", "-5100000", -5)], [known])
    assert outcomes(found) == ["agrees"]
    assert found.places == {known.id: (Span("x", 7, 5),)}
    assert not found.facts
    assert not found.findings


def test_a_line_that_is_basic_and_diluted_is_repeated_whole() -> None:
    basic = fact("EarningsPerShareBasic", "-0.28", 2, measure=Measure.PER_SHARE)
    diluted = fact("EarningsPerShareDiluted", "-0.28", 2, measure=Measure.PER_SHARE)
    assert reconcile([figure("eps", "-0.28", 2)], [basic, diluted]).places.keys() == {basic.id, diluted.id}
    elsewhere = replace(diluted, places=(Span("x", 91, 40),))
    assert reconcile([figure("eps-basic", "-0.28", 2)], [basic, elsewhere]).places.keys() == {basic.id}


def test_another_value_is_a_finding_with_the_line() -> None:
    found = reconcile([figure("net-loss", "-5200000", -5)], [fact("NetIncomeLoss", "-5147000", -3)])
    assert outcomes(found) == ["disagrees"]
    assert [f.code for f in found.findings] == ["prose.disagrees"]
    assert "line 90" in found.findings[0].message
    assert not found.facts


def test_the_wrong_sign_disagrees() -> None:
    found = reconcile([figure("net-income", "5100000", -5)], [fact("NetIncomeLoss", "-5147000", -3)])
    assert outcomes(found) == ["disagrees"]


def test_what_is_doubtful_is_never_a_finding_nor_a_fact() -> None:
    doubtful = [figure("revenue", "9000000", -5, certain=False), figure("equity", "9000000", -5, DAY, certain=False)]
    found = reconcile(doubtful, [fact("Revenues", "18300000", -5)])
    assert outcomes(found) == ["unmatched", "unmatched"]
    assert not found.findings
    assert not found.facts
    assert [row["subject"] for row in rows(found)] == ["equity"]


def test_a_new_fact_takes_the_concept_of_the_tables() -> None:
    tables = [
        fact("ProfitLoss", "2400000", -3),
        fact("EarningsPerShareBasicAndDiluted", "0.11", 2, measure=Measure.PER_SHARE),
    ]
    found = reconcile([figure("net-income", "1900000", -5, BEFORE), figure("eps", "0.09", 2, BEFORE)], tables)
    assert [(f.concept, f.value, f.decimals, f.period) for f in sorted(found.facts, key=lambda f: -f.value)] == [
        ("ProfitLoss", Decimal(1900000), -5, BEFORE),
        ("EarningsPerShareBasicAndDiluted", Decimal("0.09"), 2, BEFORE),
    ]
    assert outcomes(found) == ["new", "new"]


def test_without_a_table_the_first_concept_is_taken() -> None:
    found = reconcile([figure("cash", "12500000", -5, DAY)], [])
    assert [(f.concept, f.extension, f.instant) for f in found.facts] == [
        ("CashAndCashEquivalentsAtCarryingValue", False, True)
    ]


def test_a_wider_cash_total_is_an_extension_and_its_parts_are_named() -> None:
    words = "Cash, cash equivalents, short-term investments and long-term marketable securities were $41.5 million"
    total = figure("cash-long-term", "41500000", -5, DAY, words=words)
    tables = [
        fact("CashCashEquivalentsAndShortTermInvestments", "41405000", -3, DAY),
        fact("MarketableSecuritiesNoncurrent", "139000", -3, DAY),
        fact("Assets", "43366000", -3, DAY),
    ]
    found = reconcile([total], tables)
    (new,) = found.facts
    assert new.concept == "CashCashEquivalentsShortTermInvestmentsAndLongTermMarketableSecurities"
    assert new.extension
    assert new.label == "Cash, cash equivalents, short-term investments and long-term marketable securities"
    assert [f.code for f in found.findings] == ["prose.sum"]


def test_what_is_said_twice_is_one_fact_with_two_places() -> None:
    twice = [figure("revenue", "18300000", -5, BEFORE), figure("revenue", "18312000", -3, BEFORE, span=Span("x", 9, 2))]
    (new,) = reconcile(twice, []).facts
    assert (new.value, new.decimals) == (Decimal(18312000), -3)
    assert {p.line for p in new.places} == {7, 9}


def test_two_values_for_one_thing_are_never_both_facts() -> None:
    found = reconcile([figure("revenue", "18300000", -5, BEFORE), figure("revenue", "19300000", -5, BEFORE)], [])
    assert len(found.facts) == 1
    assert [f.code for f in found.findings] == ["prose.disagrees"]


@pytest.mark.parametrize("more", [{"gaap": False}, {"period": None}])
def test_what_is_not_gaap_or_has_no_period_is_no_fact(more: dict[str, object]) -> None:
    found = reconcile([figure("revenue", "18300000", -5, **more)], [fact("Revenues", "15000000", -3)])
    assert not found.facts
    assert not found.findings


def test_another_unit_or_period_is_not_compared() -> None:
    euros = figure("revenue", "18300000", -5, currency="EUR")
    found = reconcile([euros, figure("revenue", "18300000", -5, BEFORE)], [fact("Revenues", "15000000", -3)])
    assert outcomes(found) == ["new", "new"]


def test_about_allows_one_unit_of_the_last_digit() -> None:
    known = fact("CashAndCashEquivalentsAtCarryingValue", "49400000", -5, DAY)
    assert outcomes(reconcile([figure("cash", "50000000", -6, DAY, approximate=True)], [known])) == ["agrees"]
    assert outcomes(reconcile([figure("cash", "50000000", -6, DAY)], [known])) == ["disagrees"]


def test_rows_are_plain_numbers() -> None:
    known = fact("NetIncomeLoss", "-5147000", -3)
    (row,) = rows(reconcile([figure("net-loss", "-5.1E+6", -5)], [known]))
    assert row["value"] == "-5100000"
    assert row["unit"] == "USD"
    assert row["period"] == "2004-01-01/2004-03-31"
    assert row["facts"] == [known.id]
