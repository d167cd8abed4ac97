"""The facts as rows: the dataset that releases are added to, the workbook, the data frame, the notebook's HTML."""

import io
import re
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from pyarrow import parquet

import pressmark
from pressmark.errors import UsageError
from pressmark.fiscal import calendar
from pressmark.period import Period
from pressmark.pipeline import extraction
from pressmark.render.parquet import schema, to_parquet
from pressmark.render.workbook import workbook
from pressmark.report.extraction import Extraction
from pressmark.report.flat import FactRow, fact_rows, fiscal_period
from pressmark.report.model import Report
from reports import QUARTER, REVENUES, USD, fact, facts, report

TOP = Path(__file__).resolve().parents[1]
SAMPLE = TOP / "samples" / "allos-2004-q1.txt"
WENDOVER = TOP / "tests" / "fixtures" / "formats" / "wendover-2021-q4.txt"


@pytest.fixture(scope="module")
def wendover() -> Extraction:
    return extraction(WENDOVER)


# Rows


def row(of: Report, concept: str, end: str, start: str = "") -> FactRow:
    (found,) = (
        one
        for one in fact_rows(of)
        if one.concept == concept and (str(one.period_end), str(one.period_start or "")) == (end, start)
    )
    return found


def test_row_has_all_that_is_known_of_a_fact(wendover: Extraction) -> None:
    loss = row(wendover.report, "us-gaap:NetIncomeLoss", "2021-12-31", "2021-10-01")
    assert loss.release == "wndv-20211231"
    assert loss.entity == "Wendover Tideworks, Inc."
    assert loss.label == "Net income"
    assert (loss.value, loss.text, loss.decimals, loss.unit) == (Decimal(1910000), "", -3, "USD")
    assert (loss.fiscal_year, loss.fiscal_period, loss.statement) == (2021, "Q4", "IncomeStatement")
    printed = WENDOVER.read_text(encoding="utf-8").split("\n")
    assert loss.line is not None
    assert printed[loss.line - 1].startswith("Net income       ")
    name = row(wendover.report, "dei:EntityRegistrantName", "2021-12-31", "2021-01-01")
    assert (name.value, name.text, name.unit, name.statement) == (None, "Wendover Tideworks, Inc.", "", "")
    shares = row(wendover.report, "us-gaap:EarningsPerShareBasic", "2021-12-31", "2021-01-01")
    assert (shares.value, shares.unit, shares.decimals) == (Decimal("0.62"), "USD/shares", 2)


def test_cik_is_only_a_cik() -> None:
    assert {one.cik for one in fact_rows(report())} == {"0009999999"}
    assert {one.cik for one in fact_rows(report(scheme="http://pressmark.example/entity"))} == {""}


@pytest.mark.parametrize(
    ("end", "start", "month", "expected"),
    [
        (date(2021, 9, 30), date(2021, 7, 1), "0630", (2022, "Q1")),
        (date(2021, 12, 31), date(2021, 7, 1), "0630", (2022, "H1")),
        (date(2022, 3, 31), date(2021, 7, 1), "0630", (2022, "M9")),
        (date(2022, 6, 30), date(2021, 7, 1), "0630", (2022, "FY")),
        (date(2022, 6, 30), date(2022, 4, 1), "0630", (2022, "Q4")),
        (date(2022, 6, 30), None, "0630", (2022, "FY")),
        (date(2022, 3, 31), None, "0630", (2022, "Q3")),
        (date(2022, 3, 31), date(2021, 4, 1), "0630", (None, "")),  # twelve months that are no fiscal year
        (date(2022, 5, 15), date(2022, 4, 1), "0630", (None, "")),
        (date(2022, 6, 30), date(2021, 7, 1), "", (None, "")),
        (date(2024, 1, 28), date(2023, 10, 30), "0131", (2024, "Q4")),  # thirteen weeks near to January's end
    ],
)
def test_fiscal_period_by_the_calendar(
    end: date, start: date | None, month: str, expected: tuple[int | None, str]
) -> None:
    assert fiscal_period(Period(end, start), calendar((), header=month)) == expected


# Parquet


def test_table_has_a_row_a_fact_in_order_with_decimals(wendover: Extraction) -> None:
    table = parquet.read_table(io.BytesIO(to_parquet(wendover.report)))
    assert table.schema.equals(schema())
    assert table.schema.field("value").type == pa.decimal128(38, 10)
    assert table.column("fact").to_pylist() == [one.id for one in wendover.report.facts]
    for written, one in zip(table.column("value").to_pylist(), wendover.report.facts, strict=True):
        assert written == (one.value if isinstance(one.value, Decimal) else None)


@settings(deadline=None)  # the machine may be busy
@example(Decimal("99960621856666668.679617839095"))  # more digits than Decimal's arithmetic keeps
@example(Decimal("1.500000000000"))
@given(st.decimals(allow_nan=False, allow_infinity=False, places=12) | st.integers(-(10**40), 10**40).map(Decimal))
def test_no_number_is_lost_or_rounded(value: Decimal) -> None:
    """What the column can't hold exactly stands in the text."""
    made = report(facts=(replace(fact(REVENUES, "1", QUARTER, USD), value=value),))
    (read,) = parquet.read_table(io.BytesIO(to_parquet(made))).to_pylist()
    assert (read["value"] if read["text"] == "" else Decimal(read["text"])) == value
    assert read["text"] == "" or read["value"] is None


def test_releases_are_added_and_replaced_one_by_one(tmp_path: Path) -> None:
    pressmark.convert(SAMPLE, tmp_path, to=["parquet"])
    pressmark.convert(WENDOVER, tmp_path, to=["parquet"])
    dataset = tmp_path / "facts.parquet"
    assert {path.name for path in dataset.iterdir()} == {f"{SAMPLE.stem}.parquet", f"{WENDOVER.stem}.parquet"}
    facts = duckdb.read_parquet(f"{dataset}/*.parquet")
    counts = facts.filter("unit <> ''").aggregate("entity, count(*)").order("entity")
    before = counts.fetchall()
    assert [name for name, _ in before] == ["Allos Therapeutics, Inc.", "Wendover Tideworks, Inc."]
    with pytest.raises(UsageError, match="already holds a report"):
        pressmark.convert(SAMPLE, tmp_path, to=["parquet"])
    pressmark.convert(SAMPLE, tmp_path, to=["parquet"], force=True)
    assert counts.fetchall() == before
    assert len(pd.read_parquet(dataset)) == len(facts.fetchall())


def test_query_of_the_docs_gives_the_margins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pressmark.convert(WENDOVER, "out", to=["parquet"])
    (query,) = re.findall(r"```sql\n(.*?)```", (TOP / "docs/how-to/tables.md").read_text(encoding="utf-8"), re.DOTALL)
    margins = {(year, part): margin for _, year, part, _, _, margin in duckdb.sql(query).fetchall()}
    assert margins == {(2020, "FY"): 4.7, (2020, "Q4"): 5.7, (2021, "FY"): 6.7, (2021, "Q4"): 7.9}


def test_file_in_the_dataset_is_not_replaced_without_force(tmp_path: Path) -> None:
    dataset = tmp_path / "facts.parquet"
    dataset.mkdir()
    (dataset / f"{SAMPLE.stem}.parquet").write_bytes(to_parquet(report()))
    with pytest.raises(UsageError, match="is already there; replace it with --force"):
        pressmark.convert(SAMPLE, tmp_path, to=["parquet"])
    (dataset / f"{SAMPLE.stem}.parquet").rename(dataset / "other.parquet")
    (dataset / f"{SAMPLE.stem}.parquet").mkdir()
    with pytest.raises(UsageError, match="is already there"):
        pressmark.convert(SAMPLE, tmp_path, to=["parquet"], force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["facts.parquet"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"a": [1]}, "its column a is int64, where Pressmark's is none"),
        ({"value": ["1"]}, "can't be appended to: its column cik is missing, where Pressmark's is string"),
    ],
)
def test_dataset_of_other_columns_is_left_as_it_is(tmp_path: Path, columns: dict[str, list[object]], said: str) -> None:
    dataset = tmp_path / "facts.parquet"
    dataset.mkdir()
    parquet.write_table(pa.table(columns), dataset / "theirs.parquet")
    before = (dataset / "theirs.parquet").read_bytes()
    with pytest.raises(UsageError, match=said):
        pressmark.convert(SAMPLE, tmp_path, to=["parquet"])
    assert [path.name for path in dataset.iterdir()] == ["theirs.parquet"]
    assert (dataset / "theirs.parquet").read_bytes() == before
    assert not (tmp_path / SAMPLE.stem).exists()


def test_dataset_of_other_types_or_order_is_left_as_it_is(tmp_path: Path) -> None:
    dataset = tmp_path / "facts.parquet"
    dataset.mkdir()
    table = parquet.read_table(io.BytesIO(to_parquet(report())))
    at = table.schema.get_field_index("value")
    floats = table.set_column(at, "value", table.column("value").cast(pa.float64()))
    parquet.write_table(floats, dataset / "theirs.parquet")
    with pytest.raises(UsageError, match=r"its column value is double, where Pressmark's is decimal128\(38, 10\)"):
        pressmark.convert(SAMPLE, tmp_path, to=["parquet"])
    parquet.write_table(table.select(table.column_names[::-1]), dataset / "theirs.parquet")
    with pytest.raises(UsageError, match="its columns are in another order"):
        pressmark.convert(SAMPLE, tmp_path, to=["parquet"])


@pytest.mark.parametrize("content", [b"", b"not Parquet at all"])
def test_file_that_is_no_parquet_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "facts.parquet").mkdir()
    (tmp_path / "facts.parquet" / "notes.txt").write_bytes(content)
    with pytest.raises(UsageError, match=r"notes\.txt: is no Parquet file"):
        pressmark.convert(SAMPLE, tmp_path, to=["parquet"])


def test_dataset_that_is_a_file_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "facts.parquet").write_bytes(b"mine")
    with pytest.raises(UsageError, match="is a file, not a dataset"):
        pressmark.convert(SAMPLE, tmp_path, to=["parquet"])
    assert (tmp_path / "facts.parquet").read_bytes() == b"mine"


# Workbook


@pytest.fixture(scope="module")
def book(wendover: Extraction) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(wendover, wendover.report.findings)))


def test_it_has_a_sheet_a_statement_then_facts_and_findings(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Income statement", "Balance sheet", "Cash flow", "Facts", "Findings"]


def test_statement_is_laid_out_as_in_the_release(book: openpyxl.Workbook, wendover: Extraction) -> None:
    for name, statement in zip(book.sheetnames, (one.statement for one in wendover.mapped), strict=False):
        sheet = book[name]
        assert sheet.freeze_panes == "B6"
        shown = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=6)]
        assert [line[0] for line in shown] == [line.label.text for line in statement.lines]
        printed = [[value.amount for value in line.values] for line in statement.lines]  # noqa: PD011 - no pandas
        assert [[Decimal(str(n)) for n in line[1:] if n is not None] for line in shown] == printed
        ends = [cell.value.date() for cell in sheet[5][1:]]
        assert ends == [column.period.end for column in statement.columns if column.period]
    sheet = book["Income statement"]
    assert [cell.value for cell in sheet[4]][1:] == ["3 months to", "3 months to", "12 months to", "12 months to"]
    assert sheet["A3"].value == "USD in thousands; a cell holds the whole amount and links to its fact"
    styles = {line[0].value: line[0] for line in sheet.iter_rows(min_row=6)}
    assert styles["Total operating expenses"].font.bold
    assert styles["Operating expenses:"].font.bold
    assert not styles["Interest expense"].font.bold
    assert styles["Research and development"].alignment.indent > styles["Revenues"].alignment.indent


def test_numbers_look_as_printed(book: openpyxl.Workbook) -> None:
    formats = {line[0].value: line[1].number_format for line in book["Income statement"].iter_rows(min_row=6)}
    assert formats["Revenues"] == "#,##0,_);(#,##0,)"
    per_share = next(line[1] for line in book["Income statement"].iter_rows(min_row=6) if line[0].value == "Basic")
    assert (per_share.value, per_share.number_format) == (0.19, "#,##0.00_);(#,##0.00)")
    dashes = [
        line[2] for line in book["Income statement"].iter_rows(min_row=6) if line[0].value == "Lantern restoration"
    ]
    assert (dashes[0].value, dashes[0].number_format) == (0, "#,##0,_);(#,##0,);–_)")


def test_cells_link_to_their_facts(book: openpyxl.Workbook) -> None:
    facts = book["Facts"]
    links = 0
    for name in book.sheetnames[:3]:
        for line in book[name].iter_rows(min_row=6, min_col=2):
            for cell in line:
                if cell.value is None:
                    continue
                target = cell.hyperlink.location.removeprefix("'Facts'!")
                row_number = facts[target].row
                value = facts.cell(row_number, 8).value
                assert abs(value) == abs(cell.value)
                links += 1
    assert links == 122


def test_findings_are_all_there(book: openpyxl.Workbook, wendover: Extraction) -> None:
    written = [cell.value for cell in book["Findings"]["B"][1:]]
    assert written == [found.code for found in wendover.report.findings]


def test_text_is_never_a_formula_or_a_link(wendover: Extraction) -> None:
    """A release is a stranger's text: what begins with = or http stays text."""
    label = '=HYPERLINK("http://example.com")\x00\x0b'
    made = tuple(replace(one, label=label) for one in wendover.report.facts)
    hostile = replace(wendover, report=replace(wendover.report, facts=made))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(hostile, ())))["Facts"]
    cell = sheet["B2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=HYPERLINK")
    assert cell.hyperlink is None


def test_report_without_a_release_has_facts_and_findings_alone() -> None:
    from pressmark.reading.document import Document

    made = workbook(Extraction(report(), Document("quillon.txt", ()), (), ()), ())
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Facts", "Findings"]
    assert book["Facts"].max_row == len(facts()) + 1


# Notebook


def test_data_frame_keeps_decimals_and_days(wendover: Extraction) -> None:
    frame = wendover.report.to_pandas()
    assert list(frame.columns) == list(FactRow._fields)
    assert len(frame) == len(wendover.report.facts)
    numbers = frame[frame.unit != ""]
    assert {type(value) for value in numbers.value} == {Decimal}
    assert numbers.value.sum() == sum(one.value for one in wendover.report.facts if isinstance(one.value, Decimal))
    assert {type(day) for day in frame.period_end} == {date}
    assert str(frame.decimals.dtype) == "Int64"
    assert list(report(facts=()).to_pandas().columns) == list(FactRow._fields)


def test_pandas_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pip install 'pressmark\[pandas\]'"):
        report().to_pandas()


def test_report_shows_who_when_and_its_statements(wendover: Extraction) -> None:
    page = html.fromstring(wendover.report._repr_html_())
    assert page.findtext(".//b") == "Wendover Tideworks, Inc."
    tables = page.findall(".//table")
    assert [table.findtext(".//caption/b") for table in tables] == [one.statement.title for one in wendover.mapped]
    cells = [cell.text for cell in tables[0].iterfind(".//tbody/tr[1]/td")]
    assert cells == ["Revenues", "$ 24,310", "$ 21,870", "$ 91,420", "$ 83,150"]


def test_nothing_of_a_release_becomes_markup(wendover: Extraction) -> None:
    statement = wendover.mapped[0].statement
    evil = "<script>alert(1)</script>"
    line = replace(statement.lines[0], label=statement.lines[0].label._replace(text=evil))
    hostile = replace(statement, title=evil, lines=(line, *statement.lines[1:]))
    name = replace(wendover.report.entity, name=replace(wendover.report.entity.name, value=evil))
    shown = replace(wendover.report, statements=(hostile,), entity=name)._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 3


def test_statement_left_out_says_why(wendover: Extraction) -> None:
    statement = replace(wendover.mapped[0].statement, gaap=False, reason="non-GAAP & more")
    assert "(left out: non-GAAP &amp; more)" in statement._repr_html_()
