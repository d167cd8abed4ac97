"""Reports of a made-up company, built by hand for the tests of rendering."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pressmark.finding import Finding, Severity
from pressmark.mapping.concept import Concept
from pressmark.period import Period
from pressmark.reading.entity import Entity, Named
from pressmark.report.model import (
    CalculationArc,
    Context,
    Fact,
    GeneralSpecial,
    Label,
    PresentationArc,
    Report,
    Role,
    Unit,
)
from pressmark.span import Span

PREFIX = "qux"
NAMESPACE = "http://pressmark.example/qux/20140331"
SOURCE = "quillon.txt"
MONEY, DURATION, INSTANT = "monetaryItemType", "duration", "instant"

USD = Unit("USD", ("iso4217:USD",))
SHARES = Unit("shares", ("xbrli:shares",))
PER_SHARE = Unit("USDPerShare", ("iso4217:USD",), ("xbrli:shares",))
PURE = Unit("pure", ("xbrli:pure",))

QUARTER = Period(date(2014, 3, 31), date(2014, 1, 1))
YEAR_AGO = Period(date(2013, 3, 31), date(2013, 1, 1))
CLOSE = Period(date(2014, 3, 31))
OPEN = Period(date(2013, 12, 31))

STANDARD = "http://www.xbrl.org/2003/role/label"
TOTAL = "http://www.xbrl.org/2003/role/totalLabel"
TERSE = "http://www.xbrl.org/2003/role/terseLabel"
START = "http://www.xbrl.org/2003/role/periodStartLabel"
END = "http://www.xbrl.org/2003/role/periodEndLabel"
NEGATED = "http://www.xbrl.org/2009/role/negatedLabel"
NEGATED_TOTAL = "http://www.xbrl.org/2009/role/negatedTotalLabel"


def gaap(name: str, type_: str = MONEY, period: str = DURATION, balance: str = "", label: str = "") -> Concept:
    return Concept("us-gaap", name, type_, period, balance, label)


def own(name: str, type_: str = MONEY, period: str = DURATION, balance: str = "", **more: object) -> Concept:
    return Concept(PREFIX, name, type_, period, balance, **more)


def heading(name: str) -> Concept:
    return Concept("us-gaap", name, "stringItemType", DURATION, abstract=True)


INCOME = heading("IncomeStatementAbstract")
CASH_FLOWS = heading("StatementOfCashFlowsAbstract")
REVENUES = gaap("Revenues", balance="credit", label="Revenues")
COSTS = gaap("CostsAndExpenses", balance="debit", label="Costs and Expenses")
LOSS = gaap("NetIncomeLoss", balance="credit", label="Net Income (Loss)")
RESEARCH = gaap("ResearchAndDevelopmentExpense", balance="debit", label="Research and Development Expense")
EPS = gaap("EarningsPerShareBasic", "perShareItemType", label="Earnings Per Share, Basic")
WEIGHTED = gaap("WeightedAverageNumberOfSharesOutstandingBasic", "sharesItemType")
CASH = gaap("CashAndCashEquivalentsAtCarryingValue", period=INSTANT, balance="debit")
TIDE = own("TideGaugeMaintenance", balance="debit", label="Tide gauge maintenance", wider="CostsAndExpenses")
YIELD = own("LanternYield", "percentItemType", label="Lantern yield")
PER_LAMP = own("ProceedsPerLamp", "perShareItemType", label="Proceeds per lamp")
OTHER_ITEMS = own("OtherItemsAbstract", "stringItemType", abstract=True, label="Other items")
NAME = Concept("dei", "EntityRegistrantName", "normalizedStringItemType", DURATION)
PERIOD_END = Concept("dei", "DocumentPeriodEndDate", "dateItemType", DURATION)


def context(period: Period) -> Context:
    start = f"d{period.start:%Y%m%d}-" if period.start else "i"
    return Context(f"{start}{period.end:%Y%m%d}", period)


def fact(
    concept: Concept,
    value: str,
    period: Period = QUARTER,
    unit: Unit | None = USD,
    decimals: int | None = -3,
    *places: tuple[int, int],
    **more: object,
) -> Fact:
    where = context(period)
    parts = ["f", concept.name, where.id, *([unit.id] if unit else [])]
    return Fact(
        id="-".join(parts),
        concept=concept,
        context=where,
        value=Decimal(value) if unit else value,
        unit=unit,
        decimals=decimals if unit else None,
        places=tuple(Span(SOURCE, line, column) for line, column in places),
        **more,
    )


def facts() -> tuple[Fact, ...]:
    return (
        fact(NAME, 'Quillon "Lamps" & Söhne <AG>', unit=None),
        fact(PERIOD_END, "2014-03-31", unit=None),
        fact(REVENUES, "1.989E+6", QUARTER, USD, -3, (40, 44), label="Revenues", confidence=0.97),
        fact(REVENUES, "1500000", YEAR_AGO, USD, -3, (40, 60), label="Revenues"),
        fact(RESEARCH, "2100000", QUARTER, USD, -3, (42, 44), label="Research & development"),
        fact(TIDE, "0", QUARTER, USD, -3, (43, 44), label="Tide gauge maintenance", reasons=("no element fits", "own")),
        fact(COSTS, "2100000", QUARTER, USD, -3, (44, 44), label="Total costs and expenses"),
        fact(LOSS, "-111000", QUARTER, USD, -3, (46, 44), (12, 7), label="Net loss"),
        fact(EPS, "-0.10", QUARTER, PER_SHARE, 2, (47, 44), label="Net loss per share"),
        fact(WEIGHTED, "1110000", QUARTER, SHARES, 0, (48, 44), label="Weighted average shares"),
        fact(YIELD, "0.125", QUARTER, PURE, 3, (50, 44), label="Lantern yield"),
        fact(PER_LAMP, "4.50", QUARTER, PER_SHARE, None, (51, 44), label="Proceeds per lamp"),
        fact(CASH, "500000", OPEN, USD, -3, (70, 44), label="Cash at beginning of period"),
        fact(CASH, "389000", CLOSE, USD, -3, (71, 44), label="Cash at end of period"),
    )


def roles() -> tuple[Role, ...]:
    income, cash = INCOME.qname, CASH_FLOWS.qname
    return (
        Role(
            f"{NAMESPACE}/role/IncomeStatement",
            "0000001 - Statement - Statements of Operations & Loss",
            (
                PresentationArc(income, REVENUES.qname, 1),
                PresentationArc(income, RESEARCH.qname, 2),
                PresentationArc(income, TIDE.qname, 3),
                PresentationArc(income, COSTS.qname, 4, TOTAL),
                PresentationArc(income, LOSS.qname, 5, NEGATED_TOTAL),
                PresentationArc(income, OTHER_ITEMS.qname, 6),
                PresentationArc(OTHER_ITEMS.qname, EPS.qname, 7),
                PresentationArc(OTHER_ITEMS.qname, WEIGHTED.qname, 8),
                PresentationArc(OTHER_ITEMS.qname, YIELD.qname, 9),
                PresentationArc(OTHER_ITEMS.qname, PER_LAMP.qname, 10),
            ),
            (
                CalculationArc(LOSS.qname, REVENUES.qname, 1, 1),
                CalculationArc(LOSS.qname, COSTS.qname, -1, 2),
                CalculationArc(COSTS.qname, RESEARCH.qname, 1, 1),
                CalculationArc(COSTS.qname, TIDE.qname, 1, 2),
            ),
        ),
        Role(
            f"{NAMESPACE}/role/CashFlow",
            "0000002 - Statement - Statements of Cash Flows",
            (PresentationArc(cash, CASH.qname, 1, START), PresentationArc(cash, CASH.qname, 2, END)),
            (),
        ),
    )


def labels() -> tuple[Label, ...]:
    words = {
        REVENUES: "Revenues",
        RESEARCH: "Research & development",
        TIDE: "Tide gauge maintenance",
        COSTS: "Total costs and expenses",
        LOSS: "Net loss",
        EPS: 'Net loss per share, "basic" & diluted — stockholders\' <share>',
        WEIGHTED: "Weighted average shares",
        YIELD: "Lantern yield",
        PER_LAMP: "Proceeds per lamp",
        OTHER_ITEMS: "Other items",
        CASH: "Cash and cash equivalents",
        INCOME: "Statements of Operations & Loss",
        CASH_FLOWS: "Statements of Cash Flows",
    }
    return (
        *(Label(concept.qname, STANDARD, text) for concept, text in words.items()),
        Label(COSTS.qname, TOTAL, "Total costs and expenses"),
        Label(LOSS.qname, NEGATED_TOTAL, "Net loss"),
        Label(LOSS.qname, TERSE, "Loss"),
        Label(REVENUES.qname, NEGATED, "Revenues"),
        Label(CASH.qname, START, "Cash at beginning of period"),
        Label(CASH.qname, END, "Cash at end of period"),
    )


def findings() -> tuple[Finding, ...]:
    return (
        Finding(
            "concept.doubtful",
            Severity.WARNING,
            "“Tide gauge maintenance” has no us-gaap concept",
            Span(SOURCE, 43, 3),
            TIDE.qname,
            "name one",
        ),
        Finding("entity.unknown", Severity.INFO, "no CIK", None),
    )


def report(**changes: object) -> Report:
    """The report of Quillon's first quarter; `changes` replace its fields."""
    parts: dict[str, object] = {
        "source": SOURCE,
        "base": "qux-20140331",
        "prefix": PREFIX,
        "namespace": NAMESPACE,
        "scheme": "http://www.sec.gov/CIK",
        "identifier": "0009999999",
        "entity": Entity(Named("Quillon")),
        "period": QUARTER,
        "taxonomy": "2025",
        "concepts": tuple(
            dict.fromkeys([*(f.concept for f in facts()), INCOME, CASH_FLOWS, OTHER_ITEMS]),
        ),
        "contexts": (),
        "units": (),
        "facts": facts(),
        "roles": roles(),
        "labels": labels(),
        "general_special": (GeneralSpecial("us-gaap:CostsAndExpenses", TIDE.qname),),
        "statements": (),
        "skipped": (),
        "numeric_cells": 12,
        "findings": findings(),
    }
    made = Report(**{**parts, **changes})  # type: ignore[arg-type]
    object.__setattr__(made, "contexts", tuple(dict.fromkeys(f.context for f in made.facts)))
    object.__setattr__(made, "units", tuple(dict.fromkeys(f.unit for f in made.facts if f.unit)))
    return made
