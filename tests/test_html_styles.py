"""One made-up release as nine makers of HTML would set it: every style gives the same statements."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from pressmark.numbers import parse_number
from pressmark.reading.read import read_document
from pressmark.resources import rows
from pressmark.tables.find import find_tables
from pressmark.tables.table import RowKind, Table

HTML = Path(__file__).parent / "fixtures" / "html"
RELEASES = sorted(path.stem for path in HTML.glob("*.htm"))
GRIDS = ("breaks", "fonts", "inline", "nested", "word")

Line = tuple[str, tuple[Decimal, ...]]


def wanted() -> list[list[Line]]:
    table = [line.split("\t") for line in (HTML / "quillon.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return [[(label, numbers(text)) for _, label, text in group] for _, group in groupby(table, lambda line: line[0])]


def numbers(text: str) -> tuple[Decimal, ...]:
    found = [parse_number(part) for part in text.split("|")]
    return tuple(number.value for number in found if number is not None)


def tables(name: str) -> tuple[Table, ...]:
    return find_tables(read_document(HTML / f"{name}.htm"))


def body(table: Table) -> list[Line]:
    lines = []
    for row in table.rows:
        if row.kind is RowKind.BODY:
            cells = sorted((cell.first, cell.number.value) for cell in row.cells if cell.number)
            assert [first for first, _ in cells] == list(range(table.width))
            label = row.label.text.replace("'", "’") if row.label else ""
            lines.append((label, tuple(value for _, value in cells)))
    return lines


def test_there_are_nine() -> None:
    assert len(RELEASES) == 9


@pytest.mark.parametrize("name", RELEASES)
def test_every_style_gives_the_same_lines(name: str) -> None:
    assert [body(table) for table in tables(name)] == wanted()


@pytest.mark.parametrize("name", [*GRIDS, "floats"])
def test_heads_stand_over_their_columns(name: str) -> None:
    income, balance, cash = tables(name)
    heads = [[(c.text, c.first, c.last) for c in row.cells] for row in income.rows if row.kind is RowKind.HEAD]
    assert heads == [
        [("Three months ended", 0, 1), ("Nine months ended", 2, 3)],
        [("September 30,", 0, 1), ("September 30,", 2, 3)],
        [("2031", 0, 0), ("2030", 1, 1), ("2031", 2, 2), ("2030", 3, 3)],
    ]
    head = next(row for row in balance.rows if row.kind is RowKind.HEAD)
    assert head.label is not None
    assert head.label.text == "(In thousands)"
    assert [cell.text for cell in head.cells] == ["September 30, 2031", "December 31, 2030"]
    head = next(row for row in cash.rows if row.kind is RowKind.HEAD)
    assert [cell.text for cell in head.cells] == ["Nine months ended September 30,"]


@pytest.mark.parametrize("name", GRIDS)
def test_depth_follows_the_indentation(name: str) -> None:
    ranks = {row.label.text: row.depth for table in tables(name) for row in table.rows if row.label}
    assert ranks["Net sales"] == ranks["Operating expenses:"] == 0
    assert ranks["Gross profit"] == ranks["Research and development"] == 1
    assert ranks["Total operating expenses"] == 2


@pytest.mark.parametrize("name", ["fonts", "inline", "word"])
def test_rules_stand_above_sums(name: str) -> None:
    income = tables(name)[0]
    ruled = [row.label.text for row in income.rows if row.ruled and row.label]
    assert ruled == [
        "Gross profit", "Total operating expenses", "Operating income", "Income (loss) before income taxes",
        "Net income (loss)",
    ]  # fmt: skip


@pytest.mark.parametrize("name", RELEASES)
def test_what_is_hidden_or_not_of_the_release_is_not_read(name: str) -> None:
    blocks = repr(read_document(HTML / f"{name}.htm").blocks)
    assert "do not distribute" not in blocks
    assert "0000000000" not in blocks
    assert "var a" not in blocks
    assert "(NASDAQ: QMIL), a maker" in blocks


def test_the_words_of_tables_are_well_formed() -> None:
    assert {row["kind"] for row in rows("taxonomy/table-words.tsv")} == {"head", "missing", "notes"}
