"""Which lines add up to which total, and what is said where they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounds import bounded
from pressmark.statements.interpret import interpret
from pressmark.statements.statement import Statement
from statement_grid import document, table
from test_statements_interpret import BALANCE, CASH, INCOME

IS = "Statements of Operations\n(in thousands, except per share data)"
BS = "Balance Sheets\n(in thousands)"
CF = "Statements of Cash Flows\n(in thousands)"


def statement(caption: str, picture: str) -> Statement:
    (made,) = interpret([table(caption, picture)], document())
    return made


def sums(made: Statement) -> dict[str, dict[str, int]]:
    return {
        made.lines[t.line].label.text: {made.lines[i].label.text.split(",")[0]: w for i, w in t.parts}
        for t in made.totals
    }


def test_the_tree_of_an_income_statement() -> None:
    assert sums(statement(IS, INCOME)) == {
        "Gross profit": {"Net sales": 1, "Cost of sales": -1},
        "Total operating expenses": {
            "Research and development": 1,
            "Selling": 1,
            "Restructuring": 1,
        },
        "Operating income": {"Gross profit": 1, "Total operating expenses": -1},
        "Net income": {"Operating income": 1, "Provision for income taxes": -1},
    }


def test_the_tree_of_a_balance_sheet_stops_at_total_assets() -> None:
    found = sums(statement(BS, BALANCE))
    assert found["Total assets"] == {"Total current assets": 1, "Property and equipment": 1}
    assert found["Total liabilities and stockholders' equity"] == {
        "Total current liabilities": 1,
        "Total stockholders' equity": 1,
    }
    assert len(found) == 5


def test_a_cash_flow_statement_rolls_forward() -> None:
    found = sums(statement(CF, CASH))
    assert found["Cash at end of period"] == {"Net increase in cash": 1, "Cash at beginning of period": 1}
    assert len(found["Net increase in cash"]) == 3
    assert found["Net cash used in investing activities"] == {"Purchases of equipment": 1}


def test_a_loss_without_revenue_is_minus_its_expenses() -> None:
    picture = """
    H | Years Ended December 31,>2
    H | 2003|2002
    B1 Research | 100 | 80
    B1 Administration | 50 | 45
    B2 Total operating expenses | 150 | 125
    B0 Loss from operations | (150) | (125)
    B0 Interest income | 10 | 15
    B0 Net loss | $ (140) | $ (110)
    """
    found = sums(statement(IS, picture))
    assert found["Loss from operations"] == {"Total operating expenses": -1}
    assert found["Net loss"] == {"Loss from operations": 1, "Interest income": 1}


def test_what_a_label_takes_off_leaves_a_sum_whatever_its_label() -> None:
    picture = """
    H | December 31, | December 31,
    H | 2003|2002
    B0 Loans | 900 | 800
    B0 Less: allowance for loan losses | 20 | 30
    B0 Loans, net of allowance for loan losses | 880 | 770
    B0 Premises | 120 | 130
    B0 Total assets | 1,000 | 900
    """
    net = "Loans, net of allowance for loan losses"
    found = sums(statement(BS, picture))
    assert found[net] == {"Loans": 1, "Less: allowance for loan losses": -1}
    assert found["Total assets"] == {"Loans": 1, "Premises": 1}
    one_column = [line.rsplit("|", 1)[0] for line in picture.strip().splitlines()]
    assert net not in sums(statement(BS, "\n".join(one_column)))
    assert net not in sums(statement(BS, picture.replace("Less: allowance for loan losses", "Loans of others")))


@pytest.mark.parametrize(("caption", "picture"), [(IS, INCOME), (BS, BALANCE), (CF, CASH)])
def test_every_changed_total_or_part_is_noticed(caption: str, picture: str) -> None:
    made = statement(caption, picture)
    footed = {i for t in made.totals for i in (t.line, *(p for p, _ in t.parts))}
    rows = picture.strip().splitlines()
    checked = 0
    for index in footed:
        label = made.lines[index].label.text
        (at,) = (i for i, r in enumerate(rows) if label in r.split("|")[0] and r.startswith("B"))
        cells = rows[at].split("|")
        for column in range(1, len(cells)):
            for position, digit in enumerate(cells[column]):
                if not digit.isdigit():
                    continue
                new = "7" if digit != "7" else "4"
                changed = [*cells]
                changed[column] = cells[column][:position] + new + cells[column][position + 1 :]
                wrong = statement(caption, "\n".join([*rows[:at], "|".join(changed), *rows[at + 1 :]]))
                told = [f for f in wrong.findings if f.code.startswith("footing.")]
                assert told, (label, changed[column])
                assert len(wrong.totals) == len(made.totals), (label, changed[column])
                checked += 1
    assert checked > 50


def test_the_finding_names_line_difference_and_likely_cell() -> None:
    wrong = statement(BS, BALANCE.replace("| 200 | 190", "| 260 | 190"))
    (found,) = wrong.findings
    assert found.code == "footing.inconsistent"
    assert "Total current assets" in found.message
    assert "difference of -60" in found.message
    assert "260 as 200" in found.message
    assert found.span is not None


def test_rounding_is_told_from_error() -> None:
    rounded = statement(BS, BALANCE.replace("| 200 | 190", "| 201 | 190"))
    assert {f.code for f in rounded.findings} == {"footing.rounding"}


def test_assets_that_differ_from_the_claims_on_them() -> None:
    picture = BALANCE.replace("B1 Accounts payable | $ 80", "B1 Accounts payable | $ 90")
    picture = picture.replace("| 120 | 100", "| 130 | 100")
    picture = picture.replace("equity | $ 600 | $ 550", "equity | $ 610 | $ 550")
    (found,) = statement(BS, picture).findings
    assert "'Total assets' is 600" in found.message


def test_equal_neighbours_and_zeros_make_no_total() -> None:
    picture = """
    H | Years Ended December 31,>2
    H | 2003|2002
    B0 Net sales | 900 | 800
    B0 Cost of sales | 500 | 400
    B0 Other income | -- | --
    B0 Sundry income | -- | --
    B0 Net income | 400 | 400
    B0 Net income available to common | 400 | 400
    """
    assert set(sums(statement(IS, picture))) == {"Net income"}


@given(
    parts=st.lists(st.tuples(st.integers(1, 9999), st.integers(1, 9999)), min_size=2, max_size=12),
    wrong=st.booleans(),
)
def test_a_section_of_any_size_foots(parts: list[tuple[int, int]], wrong: bool) -> None:
    rows = [f"B1 Item {chr(65 + i)} | {a:,} | {b:,}" for i, (a, b) in enumerate(parts)]
    total = [sum(p[0] for p in parts), sum(p[1] for p in parts) + (500 if wrong else 0)]
    picture = "\n".join(
        [
            "H | March 31, 2004 | March 31, 2003",
            "T0 Current assets:",
            *rows,
            f"B2 Total current assets | {total[0]:,} | {total[1]:,}",
            f"B2 Total assets | {total[0]:,} | {total[1]:,}",
            "B0 Total liabilities and stockholders' equity | " + f"{total[0]:,} | {total[1]:,}",
        ]
    )
    made = statement(BS, picture)
    assert len(sums(made)["Total current assets"]) == len(parts)
    footing = [f.code for f in made.findings if f.code.startswith("footing.")]
    assert footing == (["footing.inconsistent"] if wrong else [])


def test_the_search_for_sums_is_bounded() -> None:
    rows = "\n".join(f"B1 Item {i} | {i * 37 % 1009:,} | {i * 53 % 2003:,} | {i * 11 % 997:,}" for i in range(1, 160))
    heads = "H | Years Ended December 31,>3\nH | 2003|2002|2001\nB0 Net sales | 1 | 1 | 1"
    picture = f"{heads}\n{rows}\nB0 Net income | 3 | 2 | 1"
    with bounded(5):
        assert len(statement(IS, picture).lines) == 161


def test_signs_come_from_the_words_when_a_column_is_wrong() -> None:
    picture = """
    H | Three Months Ended June 30,>2
    H | 2003|2002
    B0 Income from operations | 577,028 | 129,651
    B0 Interest income | 7,475 | 13,901
    B0 Interest expense | 1,799 | 5,431
    B0 Other income (expense) | (3,567) | (462)
    B0 Income before income taxes | 599,137 | 137,659
    B0 Income taxes | 232,078 | 57,063
    B0 Net income | 367,059 | 80,596
    """
    made = statement(IS, picture)
    assert sums(made)["Income before income taxes"] == {
        "Income from operations": 1,
        "Interest income": 1,
        "Interest expense": -1,
        "Other income (expense)": 1,
    }
    (found,) = made.findings
    assert found.code == "footing.inconsistent"
    assert "20,000" in found.message
