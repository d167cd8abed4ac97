"""Statements from tables: kind, periods, scale, measures, sections, what is left out, and every cell accounted for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.period import Period
from pressmark.statements.interpret import interpret
from pressmark.statements.statement import Measure, Statement, StatementKind
from pressmark.tables.table import Table
from statement_grid import document, table

D = date

INCOME = """
H | Three Months Ended>2 | Nine Months Ended>2
H | March 31,>2 | March 31,>2
H | 2004|2003|2004|2003
B0 Net sales | $ 900 | $ 800 | $ 2,600 | $ 2,500
B0 Cost of sales | 500 | 450 | 1,500 | 1,450
B1 Gross profit | 400 | 350 | 1,100 | 1,050
T0 Operating expenses:
B1 Research and development (1) | 100 | 90 | 300 | 280
B1 Selling, general and administrative | 150 | 140 | 450 | 430
B1 Restructuring | -- | 5 | -- | 5
B2 Total operating expenses | 250 | 235 | 750 | 715
B0 Operating income | 150 | 115 | 350 | 335
B0 Provision for income taxes | 50 | 40 | 120 | 115
B0 Net income | $ 100 | $ 75 | $ 230 | $ 220
T0 Net income per share:
B1 Basic | $ 0.10 | $ 0.08 | $ 0.23 | $ 0.22
B1 Diluted | $ 0.09 | $ 0.07 | $ 0.22 | $ 0.21
T0 Shares used in computing net income per share:
B1 Basic | 1,000,000 | 990,000 | 1,005,000 | 995,000
B1 Diluted | 1,050,000 | 1,040,000 | 1,060,000 | 1,050,000
B0 Gross margin | 44.4% | 43.8% | 42.3% | 42.0%
"""
BALANCE = """
H | March 31, | June 30,
H | 2004|2003
T0 ASSETS
T0 Current assets:
B1 Cash and cash equivalents | $ 300 | $ 250
B1 Accounts receivable, net of allowance of $12 and $10 | 200 | 190
B2 Total current assets | 500 | 440
B0 Property and equipment, net | 100 | 110
B1 Total assets | $ 600 | $ 550
T0 LIABILITIES AND STOCKHOLDERS' EQUITY
T0 Current liabilities:
B1 Accounts payable | $ 80 | $ 70
B1 Accrued liabilities | 40 | 30
B2 Total current liabilities | 120 | 100
T0 Stockholders' equity:
B1 Common stock, $.01 par value; 5,000 shares authorized; 1,010 and 1,000 shares issued | 10 | 10
B1 Retained earnings | 470 | 440
B2 Total stockholders' equity | 480 | 450
B1 Total liabilities and stockholders' equity | $ 600 | $ 550
"""
CASH = """
H | Nine Months Ended>2
H | March 31,>2
H | 2004|2003
T0 Cash flows from operating activities:
B0 Net income | $ 230 | $ 220
T0 Adjustments to reconcile net income to net cash provided by operating activities:
B1 Depreciation | 30 | 25
B1 Accounts receivable | (10) | (5)
B0 Net cash provided by operating activities | 250 | 240
T0 Cash flows from investing activities:
B1 Purchases of equipment | (20) | (30)
B0 Net cash used in investing activities | (20) | (30)
T0 Cash flows from financing activities:
B1 Repurchases of common shares | (180) | (200)
B0 Net cash used in financing activities | (180) | (200)
B0 Net increase in cash | 50 | 10
B0 Cash at beginning of period | 250 | 230
B0 Cash at end of period | $ 300 | $ 240
"""
IN_THOUSANDS = "(in thousands, except per share data)"


def income(caption: str = f"Consolidated Statements of Operations\n{IN_THOUSANDS}", picture: str = INCOME) -> Table:
    return table(caption, picture)


def balance() -> Table:
    return table("Condensed Consolidated Balance Sheets\n(in thousands)", BALANCE, first=100)


def cash() -> Table:
    return table("Consolidated Statements of Cash Flows\n(in thousands)\n(unaudited)", CASH, first=200)


def one(*tables: Table, header: str = "") -> Statement:
    (made,) = (s for s in interpret(tables, document(header)) if s.gaap)
    return made


def line(statement: Statement, label: str) -> list[Decimal]:
    (found,) = (li for li in statement.lines if li.full_label == label)
    return [v.amount for v in found.values]


def accounted(statement: Statement) -> bool:
    values = sum(len(li.values) for li in statement.lines if not li.parenthetical)
    return statement.numeric_cells == values + len(statement.skipped)


def test_three_statements_in_order_with_every_cell_accounted_for() -> None:
    made = interpret([income(), balance(), cash()], document())
    assert [s.kind for s in made] == [
        StatementKind.INCOME_STATEMENT,
        StatementKind.BALANCE_SHEET,
        StatementKind.CASH_FLOW,
    ]
    assert all(s.gaap and accounted(s) for s in made)
    assert [f.code for s in made for f in s.findings] == ["scale.shares"] * 2
    assert [s.numeric_cells for s in made] == [60, 24, 22]


def test_quarter_and_year_to_date_columns() -> None:
    made = one(income())
    assert [c.period for c in made.columns] == [
        Period(D(2004, 3, 31), D(2004, 1, 1)),
        Period(D(2003, 3, 31), D(2003, 1, 1)),
        Period(D(2004, 3, 31), D(2003, 7, 1)),
        Period(D(2003, 3, 31), D(2002, 7, 1)),
    ]


def test_scale_measure_and_decimals() -> None:
    made = one(income())
    values = {(li.full_label, li.measure): li.values[0] for li in made.lines if li.values}
    assert values["Net sales", Measure.MONEY].amount == 900_000
    assert values["Net sales", Measure.MONEY].decimals == -3
    each = values["Net income per share: Basic", Measure.PER_SHARE]
    assert (each.amount, each.decimals) == (Decimal("0.10"), 2)
    # Net income 100 thousand at 0.10 a share: a million shares, printed as 1,000,000 in spite of "in thousands".
    shares = values["Shares used in computing net income per share: Basic", Measure.SHARES]
    assert (shares.amount, shares.decimals) == (1_000_000, 0)


def test_a_dash_is_zero_with_the_decimals_of_the_column() -> None:
    made = one(income())
    (found,) = (li for li in made.lines if li.label.text == "Restructuring")
    first = found.values[0]
    assert (first.amount, first.decimals, first.dash) == (0, -3, True)


def test_footnote_marks_go_and_ratios_are_skipped() -> None:
    made = one(income())
    assert "Research and development" in [li.label.text for li in made.lines]
    assert {s.text for s in made.skipped} == {"44.4%", "43.8%", "42.3%", "42.0%"}
    assert all(s.reason for s in made.skipped)


def test_sections_of_a_balance_sheet() -> None:
    made = one(balance())
    sections = {li.label.text.split(",")[0]: li.section for li in made.lines if li.values and not li.parenthetical}
    assert sections["Cash and cash equivalents"] == ("ASSETS", "Current assets")
    assert sections["Property and equipment"] == ("ASSETS",)
    assert sections["Retained earnings"] == ("LIABILITIES AND STOCKHOLDERS' EQUITY", "Stockholders' equity")


def test_parentheticals_give_lines_of_their_own() -> None:
    made = one(balance())
    inner = {li.full_label: [v.amount for v in li.values] for li in made.lines if li.parenthetical}
    assert inner == {
        "Accounts receivable, net of allowance": [12_000, 10_000],
        "Common stock, par value": [Decimal("0.01")] * 2,
        "Common stock, shares authorized": [5_000_000] * 2,
        "Common stock, shares issued": [1_010_000, 1_000_000],
    }
    of = {made.lines[li.of].label.text.split(",")[0] for li in made.lines if li.of is not None}
    assert of == {"Accounts receivable", "Common stock"}


def test_headings_have_no_footnote_marks() -> None:
    picture = INCOME.replace("Operating expenses:", "Operating expenses (1)(a)*:")
    made = one(income(picture=picture))
    assert next(li.label.text for li in made.lines if not li.values) == "Operating expenses:"
    assert {s for li in made.lines for s in li.section if "expenses" in s} == {"Operating expenses"}


def test_opening_and_closing_cash_are_instants() -> None:
    made = one(cash())
    periods = {li.label.text: [v.period for v in li.values] for li in made.lines}
    assert periods["Cash at beginning of period"] == [Period(D(2003, 6, 30)), Period(D(2002, 6, 30))]
    assert periods["Cash at end of period"] == [Period(D(2004, 3, 31)), Period(D(2003, 3, 31))]
    assert periods["Net increase in cash"][0].start == D(2003, 7, 1)
    repurchases = next(li for li in made.lines if li.label.text == "Repurchases of common shares")
    assert repurchases.measure is Measure.MONEY
    assert repurchases.section == ("Cash flows from financing activities",)


def test_operating_activities_hold_their_adjustments() -> None:
    made = one(cash())
    depreciation = next(li for li in made.lines if li.label.text == "Depreciation")
    assert depreciation.section[0] == "Cash flows from operating activities"


@pytest.mark.parametrize(
    ("caption", "word"),
    [
        (f"Pro Forma Statements of Operations\n{IN_THOUSANDS}", "pro forma"),
        (f"Reconciliation of GAAP to Non-GAAP Statements of Operations\n{IN_THOUSANDS}", "non-GAAP"),
        ("Segment Results\n(in thousands)", "segment"),
        ("Consolidated Statements of Stockholders' Equity\n(in thousands)", "equity"),
        ("Financial Outlook\n(in thousands)", "guidance"),
    ],
)
def test_what_is_not_tagged_is_skipped_whole_with_the_reason(caption: str, word: str) -> None:
    (made,) = interpret([income(caption)], document())
    assert not made.gaap
    assert word.lower() in made.reason.lower()
    assert len(made.skipped) == made.numeric_cells == 60
    assert {s.reason for s in made.skipped} == {made.reason}


def test_change_note_and_non_gaap_columns_are_left_out() -> None:
    picture = """
    H | | Three Months Ended June 30,>2 | |Non-GAAP
    H | Note | 2004 | 2003 | % Change | 2004
    B0 Net sales | 1 | $ 900 | $ 800 | 12.5% | $ 900
    B0 Cost of sales | 2 | 500 | 450 | 11.1% | 490
    B0 Gross profit | | 400 | 350 | 14.3% | 410
    B0 Income taxes | 3 | 100 | 50 | 100.0% | 100
    B0 Net income | | $ 300 | $ 300 | nm | $ 310
    """
    made = one(table("Statements of Income\n(in thousands)", picture))
    assert [c.period is not None for c in made.columns] == [False, True, True, False, False]
    assert all(c.skip for c in made.columns if c.period is None)
    assert line(made, "Gross profit") == [400_000, 350_000]
    assert accounted(made)
    assert "nm" in {s.text for s in made.skipped}


@pytest.mark.parametrize(
    ("year", "head", "reason"),
    [
        ("", "B/(W)", "a change column"),
        ("", "Fav/(Unfav)", "a change column"),
        ("", "Favorable (Unfavorable)", "a change column"),
        ("", "Better/(Worse)", "a change column"),
        ("2004", "Special Items", "beside the column that is the whole"),
    ],
)
def test_a_column_beside_those_of_the_periods_is_skipped_without_a_finding(year: str, head: str, reason: str) -> None:
    picture = f"""
    H | Three Months Ended June 30,>3
    H | 2004 | 2003 | {year}
    H | As Reported | As Reported | {head}
    B0 Net sales | $ 900 | $ 800 | 100
    B0 Cost of sales | 500 | 450 | (50)
    B0 Gross profit | 400 | 350 | 50
    B0 Income taxes | 100 | 50 | (50)
    B0 Net income | $ 300 | $ 300 | --
    """
    made = one(table("Statements of Income\n(in thousands)", picture))
    assert [(c.period is not None, c.skip) for c in made.columns] == [(True, ""), (True, ""), (False, reason)]
    assert not made.findings
    assert accounted(made)


def test_a_statement_without_a_title_is_known_by_its_lines() -> None:
    made = one(income("(in thousands, except per share data)"))
    assert made.kind is StatementKind.INCOME_STATEMENT


def test_a_breakdown_below_the_shares_is_skipped() -> None:
    picture = f"""{INCOME.rstrip()}
    T0 (1) Includes stock-based compensation as follows:
    B1 Cost of sales | 5 | 4 | 15 | 12
    B1 Research and development | 7 | 6 | 20 | 18
    """
    made = one(income(picture=picture))
    assert {s.reason for s in made.skipped if "%" not in s.text} == {"a breakdown of another line"}
    assert len([li for li in made.lines if li.label.text == "Cost of sales" and li.values]) == 1
    assert accounted(made)
    assert made.lines[-3].label.text == "Includes stock-based compensation as follows:"


@pytest.mark.parametrize("mark", ["(1)", "(*)", "(a)", "*", "†"])
def test_what_explains_a_footnote_mark_below_the_shares_is_a_breakdown(mark: str) -> None:
    picture = INCOME.replace("B1 Restructuring", f"B1 Restructuring {mark}").replace("(1)", mark)
    picture = f"""{picture.rstrip()}
    T0 {mark} Stock-based compensation relates to:
    B1 Cost of sales | 5 | 4 | 15 | 12
    B1 Research and development | 7 | 6 | 20 | 18
    B0 | 12 | 10 | 35 | 30
    T0 Other data:
    B1 Depreciation | 20 | 19 | 60 | 57
    B0 {mark} Severance | 3 | 2 | 4 | 1
    """
    made = one(income(picture=picture))
    skipped = [s for s in made.skipped if "%" not in s.text]
    assert {s.reason for s in skipped} == {"a breakdown of another line"}
    assert len(skipped) == 16
    assert line(made, "Depreciation") == [20_000, 19_000, 60_000, 57_000]
    assert len([li for li in made.lines if li.label.text == "Research and development" and li.values]) == 1
    assert accounted(made)


def test_a_mark_that_no_line_carries_begins_no_breakdown() -> None:
    picture = f"""{INCOME.rstrip()}
    T0 (2) Other data:
    B1 Depreciation | 20 | 19 | 60 | 57
    """
    made = one(income(picture=picture))
    assert line(made, "Depreciation") == [20_000, 19_000, 60_000, 57_000]


def test_a_summary_that_repeats_the_full_statement_is_left_out() -> None:
    summary = """
    H | Three Months Ended March 31,>2
    H | 2004 | 2003
    B0 Net sales | $ 900 | $ 800
    B0 Gross profit | 400 | 350
    B0 Income before income taxes | 150 | 115
    B0 Net income | 100 | 75
    B0 Net income per share - diluted | $ 0.09 | $ 0.07
    """
    made = interpret([table("Financial Highlights\n(in thousands)", summary), income()], document())
    assert [s.gaap for s in made] == [False, True]
    assert "repeats" in made[0].reason
    assert accounted(made[0])


RESTATED = """
    H | Three Months Ended>2 | Three Months Ended>2
    H | March 31, | March 31, | December 31, | December 31,
    H | 2004 | 2004 | 2003 | 2003
    H | As Previously Reported | As Restated | As Previously Reported | As Restated
    B0 Net sales | $ 900 | $ 900 | $ 870 | $ 870
    B0 Cost of sales | 480 | 500 | 460 | 475
    B1 Gross profit | 420 | 400 | 410 | 395
    B0 Operating income | 170 | 150 | 160 | 145
    B0 Net income | $ 120 | $ 100 | $ 110 | $ 95
    B0 Net income per share - diluted | $ 0.11 | $ 0.09 | $ 0.10 | $ 0.09
    """


def test_quarters_that_are_restated_are_read_beside_the_statement_that_has_one_of_them() -> None:
    _, restated = interpret([income(), table("Statements of Operations - Restated", RESTATED, first=60)], document())
    assert restated.gaap
    assert {v.period.end for li in restated.lines for v in li.values} == {date(2004, 3, 31), date(2003, 12, 31)}
    assert line(restated, "Cost of sales") == [500_000, 475_000]
    assert {s.reason for s in restated.skipped} == {"a column that a restatement replaces"}
    assert accounted(restated)


def test_quarters_that_are_restated_are_left_out_where_the_other_statement_says_otherwise() -> None:
    picture = RESTATED.replace("500", "501").replace("400", "399").replace("150", "149").replace("| $ 100", "| $ 99")
    _, restated = interpret([income(), table("Statements of Operations - Restated", picture, first=60)], document())
    assert not restated.gaap
    assert accounted(restated)


def test_halves_of_a_balance_sheet_in_two_tables_become_one() -> None:
    lines = BALANCE.strip().splitlines()
    cut = next(i for i, x in enumerate(lines) if "LIABILITIES AND" in x)
    first = table("Balance Sheets\n(in thousands)", "\n".join(lines[:cut]))
    second = table("Balance Sheets (continued)\n(in thousands)", "\n".join(lines[:2] + lines[cut:]), first=60)
    made = one(first, second)
    assert len(made.totals) == 5
    assert accounted(made)
    assert not made.findings


def test_statements_in_one_table_are_cut_at_their_titles() -> None:
    picture = INCOME + "T0 CONDENSED BALANCE SHEETS" + BALANCE
    made = [s for s in interpret([income(picture=picture)], document()) if s.gaap]
    assert [s.kind for s in made] == [StatementKind.INCOME_STATEMENT, StatementKind.BALANCE_SHEET]


def test_a_wrapped_or_shifted_head_takes_what_it_lacks_from_its_neighbours() -> None:
    picture = """
    H | Three Months Ended>2
    H | |March 31,
    H | 2004|2003
    B0 Revenues | 10,000 | 9,000
    B0 Cost of revenues | 4,000 | 3,000
    B0 Gross profit | 6,000 | 6,000
    B0 Net income | 1,000 | 2,000
    """
    made = one(table("Statements of Operations\n(in thousands)", picture))
    assert [str(c.period) for c in made.columns] == ["2004-01-01/2004-03-31", "2003-01-01/2003-03-31"]


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        ("H | Years Ended December 31,>2\nH | 2003|2002", ["2003-01-01/2003-12-31", "2002-01-01/2002-12-31"]),
        ("H Years Ended December 31, | 2003|2002", ["2003-01-01/2003-12-31", "2002-01-01/2002-12-31"]),
        (
            "H Periods ended | Three Months>2\nH March 31 | 1993 | 1992",
            ["1993-01-01/1993-03-31", "1992-01-01/1992-03-31"],
        ),
        (
            "H | 13 Weeks Ended>2\nH | June 28, 2025 | June 29, 2024",
            ["2025-03-30/2025-06-28", "2024-03-31/2024-06-29"],
        ),
        (
            "H | Fifty-three weeks ended | Fifty-two weeks ended\nH | Feb. 3, 2024 | Jan. 28, 2023",
            ["2023-01-29/2024-02-03", "2022-01-30/2023-01-28"],
        ),
        ("H | Quarter Ended>2\nH | 6/30/25 | 6/30/24", ["2025-04-01/2025-06-30", "2024-04-01/2024-06-30"]),
    ],
)
def test_heads_of_many_shapes(heads: str, periods: list[str]) -> None:
    body = """
    B0 Net sales | 10,000 | 9,000
    B0 Cost of sales | 4,000 | 3,000
    B0 Gross profit | 6,000 | 6,000
    B0 Net income | 1,000 | 2,000
    """
    made = one(table("Statements of Income\n(in thousands)", heads + body))
    assert [str(c.period) for c in made.columns] == periods


def test_quarters_by_name_need_the_fiscal_calendar() -> None:
    picture = """
    H | Q2 FY25 | Q2 FY24
    B0 Net sales | 10,000 | 9,000
    B0 Cost of sales | 4,000 | 3,000
    B0 Gross profit | 6,000 | 6,000
    B0 Net income | 1,000 | 2,000
    """
    named = table("Statements of Income\n(in thousands)", picture)
    made = one(named, header="0630")
    assert [str(c.period) for c in made.columns] == ["2024-10-01/2024-12-31", "2023-10-01/2023-12-31"]
    (refused,) = interpret([named], document())
    assert not refused.gaap
    assert [f.code for f in refused.findings] == ["period.refused"]
    assert len(refused.skipped) == refused.numeric_cells == 8


def test_two_starts_a_week_apart_are_not_chosen_in_silence() -> None:
    picture = """
    H | Twelve Months Ended>2
    H | September 28, 2024 | September 30, 2023
    B0 Net sales | 10,000 | 9,000
    B0 Cost of sales | 4,000 | 3,000
    B0 Gross profit | 6,000 | 6,000
    B0 Net income | 1,000 | 2,000
    """
    made = one(table("Statements of Income\n(in thousands)", picture))
    assert [str(c.period) for c in made.columns] == ["2023-10-01/2024-09-28", "2022-09-25/2023-09-30"]
    assert [f.code for f in made.findings] == ["period.assumed"]


def test_a_scale_that_is_stated_elsewhere_is_inherited_and_reported() -> None:
    made = interpret([income(), table("Balance Sheets", BALANCE, first=90)], document())
    assert "scale.inherited" in [f.code for f in made[1].findings]
    assert line(made[1], "Total assets") == [600_000, 550_000]


def test_no_scale_at_all_is_reported() -> None:
    made = one(table("Balance Sheets", BALANCE))
    assert "scale.missing" in [f.code for f in made.findings]


def test_columns_of_parts_of_one_period_are_refused() -> None:
    picture = """
    H | Year Ended December 31, 2011>3
    H | North | South | Total
    B0 Net sales | 6,000 | 4,000 | 10,000
    B0 Cost of sales | 2,000 | 2,000 | 4,000
    B0 Gross profit | 4,000 | 2,000 | 6,000
    B0 Net income | 500 | 500 | 1,000
    """
    made = one(table("Statements of Income\n(in thousands)", picture))
    assert [c.period is not None for c in made.columns] == [False, False, True]


@given(
    scale=st.sampled_from([("(in thousands)", 3), ("(in millions)", 6), ("($000's)", 3), ("(In dollars)", 0)]),
    numbers=st.lists(st.integers(1, 10**6), min_size=4, max_size=4),
    negative=st.booleans(),
)
def test_printed_numbers_come_back_scaled_and_signed(
    scale: tuple[str, int], numbers: list[int], negative: bool
) -> None:
    shown = [f"({n:,})" if negative else f"{n:,}" for n in numbers]
    picture = f"""
    H | Three Months Ended March 31,>2
    H | 2004|2003
    B0 Net sales | 5,000,000 | 4,000,000
    B0 Cost of sales | {shown[0]} | {shown[1]}
    B0 Gross profit | 1 | 1
    B0 Net income | {shown[2]} | {shown[3]}
    """
    made = one(table(f"Statements of Income\n{scale[0]}", picture))
    sign = -1 if negative else 1
    assert line(made, "Cost of sales") == [sign * n * 10 ** scale[1] for n in numbers[:2]]
    assert line(made, "Net income") == [sign * n * 10 ** scale[1] for n in numbers[2:]]
    assert accounted(made)


SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "releases"


@pytest.mark.skipif(not SHARED.exists(), reason="the labelled releases are not beside this checkout")
def test_every_cell_of_real_statements_is_accounted_for() -> None:
    from pressmark.reading.read import read_document
    from pressmark.tables.find import find_tables

    for path in sorted((SHARED / "ascii").glob("*.txt")):
        read = read_document(path)
        for statement in interpret(find_tables(read), read):
            assert accounted(statement), (path.name, statement.title)
            if statement.gaap:
                assert not [c for c in statement.columns if c.period and c.skip]
