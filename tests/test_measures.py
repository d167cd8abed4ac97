"""What the lines of a statement count, and which of them are no part of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from pressmark.statements.interpret import interpret
from pressmark.statements.statement import Measure, Statement
from statement_grid import document, table

MONEY, SHARES, PER_SHARE = Measure.MONEY, Measure.SHARES, Measure.PER_SHARE
SALES = """
H | Three Months Ended June 30,>2
H | 1997 | 1996
B0 Net sales | $18,220 | $14,117
B0 Costs and expenses | 17,564 | 13,930
B0 Net income | $ 656 | $ 187
"""


def income(below: str, caption: str = "(In thousands, except per share amounts)") -> Statement:
    """An income statement with these lines below net income."""
    (made,) = interpret([table(f"Consolidated Statements of Income\n{caption}", SALES + below)], document())
    return made


def latest(statement: Statement) -> Mapping[str, tuple[Measure, Decimal]]:
    """Measure and first amount of each line by its label."""
    return {li.full_label: (li.measure, li.values[0].amount) for li in statement.lines if li.values}


def skipped(statement: Statement) -> dict[str, str]:
    """What is left out, with the reason."""
    return {s.text: s.reason for s in statement.skipped}


def test_what_a_balance_sheet_needs_for_its_totals_is_no_operating_data() -> None:
    picture = """
    H | June 30, 2003 | December 31, 2002
    B0 Cash | $ 2,110 | $ 1,844
    T0 Receivables:
    B1 Customers | 19,330 | 18,904
    B1 Other | 1,000 | 1,000
    B0 Total assets | $22,440 | $21,748
    B0 Accounts payable | $ 9,110 | $ 9,220
    B0 Members' equity | 13,330 | 12,528
    B0 Total liabilities and members' equity | $22,440 | $21,748
    B0 Customers | 311 | 310
    """
    (made,) = interpret([table("Consolidated Balance Sheets\n(In thousands)", picture)], document())
    assert {"Customers", "Members' equity"} <= set(latest(made))
    assert skipped(made) == {"311": "operating data", "310": "operating data"}
    assert [t for t in made.totals if not t.foots] == []


@pytest.mark.parametrize("label", ["Number of units used in computation", "Number of ADS", "Number of weighted units"])
def test_a_number_of_units_or_depositary_shares_counts_shares(label: str) -> None:
    made = income(f"B0 Net income per unit | $ .21 | $ .06\nB0 {label} | 3,110 | 3,108")
    assert latest(made)[label] == (SHARES, 3_110_000)


@pytest.mark.parametrize("label", ["Number of units sold", "Number of restaurants", "Members", "Customers"])
def test_numbers_of_other_things_are_operating_data(label: str) -> None:
    made = income(f"B0 Net income per share | $ .21 | $ .06\nB0 {label} | 311 | 310")
    assert skipped(made)["311"] == "operating data"
