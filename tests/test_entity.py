"""Who the release is of: names, tickers, exchanges, places and days in made-up datelines and wire texts."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from pressmark.pipeline import Options, extract
from pressmark.reading.dateline import state_code
from pressmark.reading.document import Document, Header, Lines, Paragraph
from pressmark.reading.identify import identify, release_date
from pressmark.span import Span, Text

FIXTURES = Path(__file__).parent / "fixtures" / "entity"


def openings() -> list[dict[str, str]]:
    with (FIXTURES / "datelines.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def flowing(text: str, header: Header | None = None) -> Document:
    return Document("made-up.htm", (Paragraph(Text(text, Span("made-up.htm", 3, 1, 0, "/p[1]"))),), header or Header())


def printed(path: Path) -> Document:
    texts = path.read_text(encoding="utf-8").splitlines()
    return Document(path.name, (Lines(tuple(Text(t, Span(path.name, n)) for n, t in enumerate(texts, 1))),))


@pytest.mark.parametrize("row", openings(), ids=lambda r: r["name"])
def test_opening(row: dict[str, str]) -> None:
    document = flowing(row["text"])
    entity = identify(document)
    told = [n.value if n else "" for n in (entity.city, entity.state, entity.name, entity.ticker, entity.exchange)]
    assert told == [row["city"], row["state"], row["name"], row["ticker"], row["exchange"]]
    assert release_date(document) == (date.fromisoformat(row["day"]) if row["day"] else None)


def test_wire_text() -> None:
    document = printed(FIXTURES / "wire.txt")
    entity = identify(document)
    assert entity.name.value == "Corvane Instruments, Inc."
    assert entity.name.span is not None
    assert (entity.name.span.line, entity.name.span.column) == (5, 48)
    assert entity.ticker is not None
    assert entity.ticker.value == "CRVN"
    assert entity.city is not None
    assert (entity.city.value, entity.city.inferred) == ("St. Louis", True)
    assert entity.state is not None
    assert entity.state.value == "MO"
    assert entity.cik is None
    assert release_date(document) == date(2004, 5, 6)


def test_the_header_comes_first() -> None:
    header = Header(cik="1234567", name="HALDEN TOOL CORP", sic="3540", fiscal_year_end="0630")
    entity = identify(flowing("AKRON, Ohio, May 6 -- Halden Tool (NYSE: HLD) today reported.", header))
    assert entity.name.value == "HALDEN TOOL CORP"
    assert entity.cik is not None
    assert entity.cik.value == "0001234567"
    assert (entity.sic, entity.fiscal_year_end) == ("3540", "0630")


def test_the_caller_wins() -> None:
    entity = identify(flowing("AKRON, Ohio, May 6 -- Halden Tool (NYSE: HLD) today reported."), cik="42", ticker="hldx")
    assert entity.cik is not None
    assert entity.cik.value == "0000000042"
    assert entity.ticker is not None
    assert entity.ticker.value == "HLDX"


def test_a_short_name_gets_its_legal_form() -> None:
    blocks = (
        Paragraph(Text("CUPERTINO, CALIFORNIA — Pomona® today announced results.", Span("x", 1))),
        Paragraph(Text("Pomona Inc.", Span("x", 9))),
    )
    assert identify(Document("x", blocks)).name.value == "Pomona Inc."


@pytest.mark.parametrize("row", ["Common shares reported in equity at June 30", "Common shares reported:"])
def test_a_row_that_speaks_of_what_is_reported_is_no_headline(row: str) -> None:
    heading, below = (flowing(text).blocks for text in ("HALDEN TOOL CORPORATION", row))
    assert identify(Document("made-up.htm", (*heading, *below))).name.value == "HALDEN TOOL CORPORATION"
    headline = flowing("Halden Tool Reported Higher Earnings in May").blocks
    assert identify(Document("made-up.htm", (*below, *headline))).name.value == "Halden Tool"


def test_nothing_told() -> None:
    entity = identify(flowing("the meeting is at noon"))
    assert entity.name.value == ""
    assert entity.ticker is None
    assert entity.exchange is None
    assert entity.city is None


@pytest.mark.parametrize(("words", "code"), [("N. Y.", "NY"), ("colo.", "CO"), ("Ontario", "ON"), ("Utopia", "")])
def test_state_codes(words: str, code: str) -> None:
    assert state_code(words) == code


def test_a_sentence_with_a_dash_is_no_dateline() -> None:
    entity = identify(flowing("Revenue -- which grew again -- was $5.0 million."))
    assert entity.city is None


FILERS = (
    "<SEC-HEADER>x\nFILER:\n\tCENTRAL INDEX KEY: 0000123456\nFILER:\n\tCENTRAL INDEX KEY: 0000654321\n</SEC-HEADER>\n"
)


@pytest.mark.parametrize(("cik", "told"), [("", False), ("123456", False), ("0000654321", False), ("77", True)])
def test_a_cik_that_the_submission_belies_is_told(tmp_path: Path, cik: str, told: bool) -> None:
    text = (FIXTURES.parent / "check" / "harrowgate-2019-q1.txt").read_text(encoding="utf-8")
    path = tmp_path / "submission.txt"
    path.write_text(f"{FILERS}<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{text}</TEXT>\n</DOCUMENT>\n", encoding="utf-8")
    report = extract(path, Options(cik=cik))
    found = [one for one in report.findings if one.code == "entity.cik"]
    assert [one.severity.value for one in found] == ["warning"] * told
    assert report.identifier == (cik or "123456").zfill(10)
    assert not told or ("0000000077" in found[0].message and "0000123456 and 0000654321" in found[0].message)
