"""Columns whose heads leave something out: what the rest of the release says, or a refusal; never a guess."""

from __future__ import annotations

import pytest

from pressmark.statements.interpret import interpret
from pressmark.statements.statement import Statement
from statement_grid import document, table

BODY = """
B0 Net sales | 10,000 | 9,000
B0 Cost of sales | 4,000 | 3,000
B0 Gross profit | 6,000 | 6,000
B0 Net income | 1,000 | 2,000
"""
ASSETS = """
T0 ASSETS
B1 Cash | 500 | 400
B1 Inventories | 300 | 200
B1 Total assets | 800 | 600
B0 Accounts payable | 100 | 100
B0 Stockholders' equity | 700 | 500
B1 Total liabilities and stockholders' equity | 800 | 600
"""
THOUSANDS = "(in thousands)"


def both(
    heads: str, dates: str, caption: str = "Statements of Income", header: str = ""
) -> tuple[Statement, Statement]:
    flow = table(f"{caption}\n{THOUSANDS}", heads + BODY)
    point = table(f"Balance Sheets\n{THOUSANDS}", dates + ASSETS, first=50)
    one, two = interpret([flow, point], document(header))
    return one, two


def periods(statement: Statement) -> list[str]:
    return [str(c.period) for c in statement.columns]


def test_quarters_by_name_end_on_the_balance_sheet_date() -> None:
    flow, _ = both("H | Q2 2004 | Q2 2003", "H | June 30, 2004 | December 31, 2003")
    assert periods(flow) == ["2004-04-01/2004-06-30", "2003-04-01/2003-06-30"]


def test_second_quarter_over_years() -> None:
    flow, _ = both("H | Second Quarter>2\nH | 2004 | 2003", "H | June 30, 2004 | December 31, 2003")
    assert periods(flow) == ["2004-04-01/2004-06-30", "2003-04-01/2003-06-30"]


def test_fiscal_quarters_with_a_label_of_their_own() -> None:
    flow, _ = both("H | 1Q FY05 | 1Q FY04", "H | September 30, 2004 | June 30, 2004")
    assert periods(flow) == ["2004-07-01/2004-09-30", "2003-07-01/2003-09-30"]


def test_months_without_a_date_end_on_the_day_of_the_release() -> None:
    flow, _ = both("H | Six Months>2\nH | 2004 | 2003", "H | June 30, 2004 | December 31, 2003")
    assert periods(flow) == ["2004-01-01/2004-06-30", "2003-01-01/2003-06-30"]


def test_the_caption_gives_length_and_day() -> None:
    caption = "Statements of Income\nfor the three months ended June 30, 2004 and 2003"
    flow, _ = both("H | 2004 | 2003", "H | June 30, 2004 | December 31, 2003", caption)
    assert periods(flow) == ["2004-04-01/2004-06-30", "2003-04-01/2003-06-30"]


def test_a_caption_that_names_two_lengths_decides_nothing() -> None:
    caption = "Statements of Income\nfor the three and six months ended June 30, 2004 and 2003"
    flow, _ = both("H | 2004 | 2003", "H | June 30, 2004 | December 31, 2003", caption)
    assert not flow.gaap
    assert [f.code for f in flow.findings] == ["period.refused"]


def test_balance_sheet_years_alone_are_refused_when_the_day_is_open() -> None:
    _, point = both("H | Three Months Ended June 30,>2\nH | 2004 | 2003", "H | 2004 | 2003")
    assert point.gaap
    assert periods(point) == ["2004-06-30", "2003-06-30"]
    heads = "H | Three Months Ended June 30, 2004 | Year Ended December 31, 2003"
    _, point = both(heads, "H | 2004 | 2003")
    assert not point.gaap


def test_years_alone_in_an_annual_release() -> None:
    flow, _ = both("H | Years Ended>2\nH | 2004 | 2003", "H | December 31, 2004 | December 31, 2003")
    assert periods(flow) == ["2004-01-01/2004-12-31", "2003-01-01/2003-12-31"]


def test_quarters_and_years_beside_a_balance_sheet_of_the_quarter_before() -> None:
    flow, _ = both("H | 4Q16 | Full Year 2016", "H | Dec. 31, 2016 | Sept. 30, 2016")
    assert periods(flow) == ["2016-10-01/2016-12-31", "2016-01-01/2016-12-31"]


def test_fiscal_years_are_refused_where_balance_sheets_disagree_on_their_end() -> None:
    flow, _ = both("H | Fiscal 2016 | Fiscal 2015", "H | Dec. 31, 2016 | Sept. 30, 2016")
    assert periods(flow) == []


def test_fiscal_years_named_after_the_year_before_their_end() -> None:
    flow, _ = both("H | Fiscal 2023 | Fiscal 2022", "H | February 3, 2024 | January 28, 2023")
    assert periods(flow) == ["2023-01-29/2024-02-03", "2022-01-30/2023-01-28"]


def test_weekday_quarters_and_the_year_to_date() -> None:
    heads = "H | Nine Months Ended>2\nH | June 28, 2025 | June 29, 2024"
    flow, _ = both(heads, "H | June 28, 2025 | September 28, 2024")
    assert periods(flow) == ["2024-09-29/2025-06-28", "2023-10-01/2024-06-29"]


def test_year_to_date_by_name() -> None:
    heads = "H | Year-to-Date>2\nH | June 30, 2004 | June 30, 2003"
    flow, _ = both(heads, "H | June 30, 2004 | December 31, 2003")
    assert periods(flow) == ["2004-01-01/2004-06-30", "2003-01-01/2003-06-30"]


@pytest.mark.parametrize("heads", ["H | Current | Prior", "H | 2004 | 2003", "H | A | B"])
def test_heads_that_name_no_period_are_refused_with_every_cell(heads: str) -> None:
    flow, _ = both(heads, "H | June 30, 2004 | December 31, 2003")
    assert not flow.gaap
    assert len(flow.skipped) == flow.numeric_cells == 8
    assert all(s.reason for s in flow.skipped)


def test_cash_flows_that_name_only_a_date_are_for_the_year_to_date() -> None:
    flow = table(f"Statements of Income\n{THOUSANDS}", "H | Six Months Ended June 30,>2\nH | 2004 | 2003" + BODY)
    cash = table(
        f"Selected Cash Flows Information\n{THOUSANDS}",
        """
        H | June 30, 2004 | June 30, 2003
        B0 Net income | 1,000 | 2,000
        B0 Depreciation | 100 | 90
        B0 Net cash provided by operating activities | 1,100 | 2,090
        B0 Net cash used in investing activities | (500) | (600)
        B0 Cash, end of period | 900 | 700
        """,
        first=40,
    )
    made = interpret([flow, cash], document())[1]
    assert periods(made) == ["2004-01-01/2004-06-30", "2003-01-01/2003-06-30"]
    assert "period.derived" in [f.code for f in made.findings]
