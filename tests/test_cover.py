"""The cover of a report: fiscal year and period by the columns and the words, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest

from pressmark.period import Period
from pressmark.prose.figures import read_prose
from pressmark.reading.document import Document, Header, Paragraph
from pressmark.reading.entity import Entity, Named
from pressmark.report.cover import Cover, cover_facts
from pressmark.span import Span, Text
from pressmark.statements.statement import Column, Statement, StatementKind


def period(text: str) -> Period:
    first, _, last = text.partition("/")
    return Period(date.fromisoformat(last), date.fromisoformat(first)) if last else Period(date.fromisoformat(first))


def statement(periods: str) -> Statement:
    columns = tuple(Column(n, p, period(p)) for n, p in enumerate(periods.split()))
    return Statement(StatementKind.INCOME_STATEMENT, "", Span("x", 1), columns, ())


def cover(periods: str, text: str = "", header: Header | None = None, entity: Entity | None = None) -> Cover:
    document = Document("x", (Paragraph(Text(text, Span("x", 1))),), header or Header())
    prose = read_prose(document, [statement(periods)])
    return cover_facts(document, entity or Entity(Named("Halden Tool")), prose)


def values(found: Cover) -> dict[str, str]:
    return {f.concept.name: str(f.value) for f in found.facts}


CASES = [
    ("2004-01-01/2004-03-31 2003-01-01/2003-03-31 2003-12-31", "", "2004", "Q1", "--12-31"),
    ("2003-01-01/2003-12-31 2002-01-01/2002-12-31", "", "2003", "FY", "--12-31"),
    ("2003-10-01/2003-12-31 2003-01-01/2003-12-31", "", "2003", "FY", "--12-31"),
    ("2005-01-01/2005-03-31 2004-07-01/2005-03-31", "", "2005", "Q3", "--06-30"),
    ("2005-01-01/2005-03-31", "its fiscal third quarter ended March 31, 2005", "2005", "Q3", "--06-30"),
    (
        "2024-08-04/2024-11-02 2024-02-04/2024-11-02",
        "third quarter of fiscal 2024, ended November 2, 2024",
        "2024",
        "Q3",
        None,
    ),
    ("2025-03-30/2025-06-28 2024-09-29/2025-06-28", "third quarter ended June 28, 2025", "2025", "Q3", None),
    ("2003-01-01/2003-03-31 2002-01-01/2002-03-31", "REPORTS FIRST QUARTER 2003 RESULTS", "2003", "Q1", "--12-31"),
    ("2002-04-01/2002-06-30 2001-04-01/2001-06-30", "Reports first quarter fiscal 2003", "2003", "Q1", "--03-31"),
    ("2004-07-01/2004-09-30 2004-10-01/2004-12-31", "announced fourth quarter results", "2004", "FY", "--12-31"),
    ("2026-04-01/2026-06-30 2026-01-01/2026-06-30", "", "2026", "Q2", "--12-31"),
    ("2026-04-01/2026-06-30 2026-01-01/2026-06-30 2025-07-01/2026-06-30", "", "2026", "Q2", "--12-31"),
    (
        "2026-04-01/2026-06-30 2026-01-01/2026-06-30 2025-07-01/2026-06-30",
        "earnings for the quarter and twelve months ended June 30, 2026",
        "2026",
        "Q2",
        "--12-31",
    ),
    (
        "2026-04-01/2026-06-30 2025-07-01/2026-06-30",
        "earnings for the quarter and twelve months ended June 30, 2026",
        "2026",
        "FY",
        "--06-30",
    ),
]


@pytest.mark.parametrize(("periods", "text", "year", "focus", "closes"), CASES)
def test_fiscal_year_and_period(periods: str, text: str, year: str, focus: str, closes: str | None) -> None:
    found = values(cover(periods, text))
    assert (found["DocumentFiscalYearFocus"], found["DocumentFiscalPeriodFocus"]) == (year, focus)
    if closes:
        assert found["CurrentFiscalYearEndDate"] == closes


def test_the_header_tells_the_fiscal_year_end() -> None:
    found = values(cover("2005-01-01/2005-03-31 2004-01-01/2004-03-31", header=Header(fiscal_year_end="0630")))
    assert (found["DocumentFiscalPeriodFocus"], found["CurrentFiscalYearEndDate"]) == ("Q3", "--06-30")


def test_the_context_is_the_shortest_current_duration() -> None:
    assert cover("2005-01-01/2005-03-31 2004-07-01/2005-03-31").period == period("2005-01-01/2005-03-31")
    assert cover("2003-01-01/2003-12-31 2002-01-01/2002-12-31").period == period("2003-01-01/2003-12-31")
    assert cover("2003-10-01/2003-12-31 2003-01-01/2003-12-31").period == period("2003-01-01/2003-12-31")


def test_what_can_not_be_derived_is_left_out_and_said() -> None:
    found = cover("2005-01-01/2005-03-31 2004-01-01/2004-03-31")
    assert "DocumentFiscalPeriodFocus" not in values(found)
    assert "cover.fiscal-period" in [f.code for f in found.findings]


def test_several_quarters_in_the_opening_words_tell_nothing() -> None:
    found = cover("2005-01-01/2005-03-31 2004-01-01/2004-03-31", "First quarter results; second quarter outlook")
    assert "DocumentFiscalPeriodFocus" not in values(found)


def test_no_duration_no_cover() -> None:
    found = cover("2005-03-31")
    assert found.period is None
    assert not found.facts
    assert [f.code for f in found.findings] == ["cover.no-period"]


def test_who_and_which_document() -> None:
    place = Span("x", 4, 7)
    entity = Entity(
        Named("Halden Tool Corporation", Span("x", 3)),
        ticker=Named("HLD", place),
        exchange=Named("NYSE", place),
        cik=Named("0000000042"),
        city=Named("Akron", place, inferred=True),
        state=Named("OH", place, inferred=True),
    )
    text = "Halden's Common Stock, $0.01 par value per share, trades on the NYSE."
    found = cover("2003-01-01/2003-12-31", text, Header(form="8-K/A"), entity)
    told = values(found)
    assert told["EntityRegistrantName"] == "Halden Tool Corporation"
    assert (told["TradingSymbol"], told["SecurityExchangeName"]) == ("HLD", "NYSE")
    assert (told["EntityAddressCityOrTown"], told["EntityAddressStateOrProvince"]) == ("Akron", "OH")
    assert told["EntityCentralIndexKey"] == "0000000042"
    assert (told["DocumentType"], told["AmendmentFlag"]) == ("8-K/A", "true")
    assert told["DocumentPeriodEndDate"] == "2003-12-31"
    assert told["Security12bTitle"] == "Common Stock, $0.01 par value per share"
    assert [f.code for f in found.findings] == ["entity.inferred", "entity.inferred"]
    assert all(f.context.period == found.period for f in found.facts)
    assert len({f.id for f in found.facts}) == len(found.facts)
