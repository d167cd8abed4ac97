"""Hostile and huge text: bounded time, nothing raised, prose is never a table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds import bounded
from pressmark.reading.document import Document
from pressmark.reading.read import read_document
from pressmark.reading.text import parse_text
from pressmark.tables.find import find_tables

ROW = "Net revenues                 $  19,433    $   19,217    $   18,466\n"


def tables(text: str):
    return find_tables(Document("t.txt", parse_text("t.txt", text)))


@pytest.mark.slow
def test_a_table_of_a_hundred_thousand_rows_is_read():
    (table,) = tables("               2004   2003\n" + "Net sales     1,234  1,111\n" * 100_000)
    assert table.width == 2
    assert len(table.rows) == 100_001


HEADED = "                      Three Months Ended\n                          2004         2003\n" + ROW
LINES = (
    ROW,
    "Some label without values\n",
    "A label:\n" + ROW + "\n",
    "  5,000   4,000\n",
    "-" * 900 + "x\n",
    "The company said that sales rose to $5 million in 2004, and 4% more was earned.\n",
    "(" * 500 + "\n",
    HEADED,
)


@pytest.mark.parametrize("line", LINES)
def test_many_lines_of_a_kind_end(line):
    with bounded(20):
        tables(line * 4000)


@pytest.mark.parametrize("line", ["5   " * 500_000, "a" * 2_000_000, "$ " * 400, "1," * 400, ". " * 400, "=_" * 400])
def test_long_lines_end(line):
    with bounded(10):
        tables(f"{line}\n{ROW}{line}\n")


def test_a_submission_of_ten_thousand_documents_is_read():
    body = "<DOCUMENT>\n<TYPE>EX-10\n<TEXT>\nA contract.\n</TEXT>\n</DOCUMENT>\n"
    release = f"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{ROW * 20}</TEXT>\n</DOCUMENT>\n"
    text = "<SEC-DOCUMENT>x\n" + body * 10_000 + release
    with bounded(10):
        document = read_document("s.txt", text.encode())
    assert document.blocks[0].lines[0].span.line == text.count("\n", 0, text.index(ROW)) + 1


PROSE = """\
     Pelham Corporation today reported a net loss of $177.6 million, or $5.37 per share, on sales of
$120.9 million for the third fiscal quarter ended March 31, 1993.  This compares with earnings of
$4.1 million, or $.12 per share on sales of $194.6 million in the year-ago quarter. The call begins at
1:30 p.m. and may be accessed by calling 800-555-0163 and referencing conference number 5447863.

     --   The first product shipped in 2004.
     --   Revenues are expected to increase 2-4% from the prior
          quarter.

     (1)  Net of tax of $5.
     (2)  See page 12.

SOURCE  Pelham Corporation
    -0-                             05/06/2004
    /CONTACT:  A. Person of Pelham, +1-720-555-5241/

                                    Page
Consolidated Balance Sheets            3
Notes                                  4

                                       3
"""


def test_prose_and_contents_are_no_tables():
    assert tables(PROSE) == ()


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab5,.()$%-— \n\t<>=_/:0", max_size=400))
def test_any_text_is_read(text):
    for table in tables(text):
        for row in table.rows:
            indexes = [cell.first for cell in row.cells]
            assert all(0 <= cell.first <= cell.last < table.width for cell in row.cells)
            assert row.kind == "head" or indexes == sorted(indexes)


PARTS = (
    *(ROW, "\n", "       Three Months Ended\n", "       March 31,\n", "        2004      2003\n", "Assets:\n"),
    *("  ------   ------\n", "   (5)\n", "<PAGE>\n", "</TABLE>\n", "2004\n", "   12\n", "   1,234   (1)   --\n"),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_any_order_of_lines_is_read(parts):
    text = "".join(parts)
    for table in tables(text):
        spans = [cell.span for row in table.rows for cell in row.cells]
        assert len(spans) == len(set(spans))
