"""What a release makes doubtful beyond its sums: periods that don't fit, swapped cells, other scales, odd mappings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mapping_lines import line
from pressmark.finding import Finding
from pressmark.mapping.doubts import doubts
from pressmark.mapping.table import concept_table
from pressmark.report.gather import thousandfold
from pressmark.statements.interpret import interpret
from pressmark.statements.statement import Statement
from statement_grid import document, table

IS = "Statements of Operations\n(in thousands)"
BS = "Balance Sheets\n(in thousands)"
CF = "Statements of Cash Flows\n(in thousands)"
INCOME = """
H | Three Months Ended {0} | Three Months Ended {1}
B Net sales | 9,000 | 8,000
B Cost of sales | 4,000 | 3,500
B Gross profit | 5,000 | 4,500
"""
BALANCE = """
H | {0} | {1}
T Current assets:
B1 Cash | 1,000 | 900
B1 Receivables | 400 | 350
B Total current assets | 1,400 | 1,250
B Property | 600 | 700
B Total assets | 2,000 | 1,950
"""
CASH = """
H | Three Months Ended {0} | Three Months Ended {1}
B Net income | 500 | 450
B Depreciation | 40 | 50
B Net cash provided by operating activities | 540 | 500
"""


def made(*pictures: tuple[str, str]) -> tuple[Statement, ...]:
    tables = [table(caption, text, first=1 + 100 * n) for n, (caption, text) in enumerate(pictures)]
    return interpret(tables, document("1231"))


def found(code: str, *pictures: tuple[str, str]) -> list[Finding]:
    return [f for s in made(*pictures) for f in s.findings if f.code == code]


@pytest.mark.parametrize(
    ("first", "second", "odd"),
    [
        ("March 31, 2014", "March 31, 2013", False),
        ("March 31, 2014", "December 31, 2013", False),  # the quarter before
        ("March 30, 2014", "March 31, 2013", False),  # weeks
        ("March 31, 2014", "March 31, 2012", True),
        ("March 31, 2014", "May 31, 2013", True),
        ("March 31, 2015", "March 31, 2013", True),
    ],
)
def test_comparatives_are_quarters_apart_and_no_more_than_a_year(first: str, second: str, odd: bool) -> None:
    assert bool(found("period.odd", (IS, INCOME.format(first, second)))) is odd


@pytest.mark.parametrize(
    ("second", "odd"), [("December 31, 2013", False), ("December 31, 2012", True), ("November 30, 2013", True)]
)
def test_the_balance_before_is_no_older_than_a_year(second: str, odd: bool) -> None:
    assert bool(found("period.odd", (BS, BALANCE.format("March 31, 2014", second)))) is odd


def test_statements_end_on_one_day() -> None:
    dates = ("March 31, 2014", "March 31, 2013")
    fitting = (IS, INCOME.format(*dates)), (CF, CASH.format(*dates))
    assert found("period.odd", *fitting, (BS, BALANCE.format("March 31, 2014", "December 31, 2013"))) == []
    (odd,) = found("period.odd", *fitting, (BS, BALANCE.format("June 30, 2014", "December 31, 2013")))
    assert odd.span is not None
    assert odd.span.line == 201
    assert "2014-06-30" in odd.message


def test_of_two_statements_that_end_on_different_days_each_is_odd() -> None:
    pictures = (
        (IS, INCOME.format("March 31, 2014", "March 31, 2013")),
        (BS, BALANCE.format("June 30, 2014", "December 31, 2013")),
    )
    assert [f.span.line for f in found("period.odd", *pictures) if f.span] == [1, 101]


SWAPPED = """
H | March 31, 2014 | December 31, 2013
T Current assets:
B1 Cash | {0} | 900
B1 Inventories | {1} | 250
B Total current assets | 1,200 | 1,150
B Total assets | 1,200 | 1,150
"""


@pytest.mark.parametrize(("cash", "inventories", "doubted"), [(950, 250, False), (250, 950, True), (500, 700, False)])
def test_cells_that_fit_the_other_column_better_the_other_way_round(cash: int, inventories: int, doubted: bool) -> None:
    got = found("cells.swapped", (BS, SWAPPED.format(cash, inventories)))
    assert bool(got) is doubted
    assert all("Cash" in f.message and "Inventories" in f.message for f in got)


def test_a_change_of_sign_in_cash_flows_is_no_swap() -> None:
    picture = """
H | Three Months Ended March 31, 2014 | Three Months Ended March 31, 2013
B Net income | 500 | 450
B Receivables | (200) | 45
B Inventories | 40 | (190)
B Net cash provided by operating activities | 340 | 305
"""
    assert found("cells.swapped", (CF, picture)) == []


@pytest.mark.parametrize(("receivables", "payables", "doubted"), [(190, 60, False), (205, 41, True)])
def test_flows_of_cash_must_fit_better_to_seem_swapped(receivables: int, payables: int, doubted: bool) -> None:
    picture = f"""
H | Three Months Ended March 31, 2014 | Three Months Ended March 31, 2013
B Net income | 500 | 450
B Receivables | {receivables} | 40
B Payables | {payables} | 200
B Net cash provided by operating activities | {500 + receivables + payables} | 690
"""
    assert bool(found("cells.swapped", (CF, picture))) is doubted


def test_a_column_in_another_scale() -> None:
    picture = """
H | Three Months Ended March 31, 2014 | Three Months Ended March 31, 2013
B Net sales | 9,000 | 8,000,000
B Cost of sales | 4,000 | 3,500,000
B Gross profit | 5,000 | 4,500,000
"""
    (one,) = found("scale.doubtful", (IS, picture))
    assert "9,000" in one.message
    assert found("scale.doubtful", (IS, picture.replace(",000,000", ",000").replace(",500,000", ",500"))) == []


def test_a_cell_with_a_letter_among_its_digits_is_not_lost_in_silence() -> None:
    picture = INCOME.format("March 31, 2014", "March 31, 2013")
    assert found("cells.unread", (IS, picture)) == []
    (one,) = found("cells.unread", (IS, picture.replace("4,500", "4,5O0")))
    assert "4,5O0" in one.message
    assert found("cells.unread", (IS, picture.replace("4,500", "n/a"))) == []


@pytest.mark.parametrize(
    ("one", "other", "is_scale"),
    [
        ("5000", "5000000", True),
        ("-5123", "5123000000", True),
        ("5000", "5100", False),
        ("0", "5", False),
        ("5", "a", False),
    ],
)
def test_values_a_thousandfold_apart(one: str, other: str, is_scale: bool) -> None:
    values = [Decimal(x) if x.lstrip("-").isdigit() else x for x in (one, other)]
    assert thousandfold(*values) is is_scale


def test_a_total_that_sums_nothing_in_any_column() -> None:
    picture = BALANCE.format("March 31, 2014", "December 31, 2013")
    assert found("footing.none", (BS, picture)) == []
    swapped = picture.replace("Receivables | 400 | 350", "Receivables | 350 | 400")
    (one,) = found("footing.none", (BS, swapped))
    assert "Total current assets" in one.message


CONDENSED = """
H | March 31, 2014 | December 31, 2013
B Cash | 100 | 90
B Receivables | 40 | 35
B Total inventories | 60 | 50
B Prepaid expenses | 10 | 10
B1 Total current assets | 210 | 185
B Land | 90 | 80
B1 Total assets | 300 | 265
B1 Total current liabilities | 80 | 75
B1 Total long-term liabilities | 70 | 65
B Total Quillon stockholders' equity | 140 | 115
B Noncontrolling interests | 10 | 10
B1 Total equity | 150 | 125
B1 Total liabilities and equity | 300 | 265
"""


def test_a_condensed_total_is_a_line_like_those_beside_it() -> None:
    assert found("footing.none", (BS, CONDENSED)) == []
    swapped = CONDENSED.replace("Cash | 100 | 90", "Cash | 90 | 100")
    (none, *_) = found("footing.none", (BS, swapped))
    assert "Total inventories" in none.message


def test_an_excerpt_without_sums_is_not_doubted() -> None:
    picture = """
H | Three Months Ended March 31, 2014 | Three Months Ended March 31, 2013
B Net income | 500 | 450
B Depreciation | 40 | 50
B Net cash provided by operating activities | 999 | 777
B Net cash used in investing activities | (100) | (120)
"""
    assert found("footing.none", (CF, picture)) == []


def test_a_mapping_that_words_speak_against() -> None:
    table_, item = concept_table(), line(0, "Research and development", 10, 9)
    read = {"ResearchAndDevelopmentExpense": 0.95, "DevelopmentCosts": 0.03}
    (one,) = doubts(item, table_["InterestExpense"], "mine.toml:4", read)
    assert one.code == "mapping.unlikely"
    assert "mine.toml:4" in one.message
    assert "ResearchAndDevelopmentExpense (95%)" in one.message
    assert list(doubts(item, table_["DevelopmentCosts"], "mine.toml:4", read)) == []
    assert list(doubts(item, table_["InterestExpense"], "mine.toml:4", {"DevelopmentCosts": 0.2})) == []
    assert list(doubts(item, table_["InterestExpense"], "mine.toml:4", {})) == []
