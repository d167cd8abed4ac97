"""What the lines of a statement count, and which of them are no part of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from pressmark.mapping.features import words
from pressmark.statements.interpret import interpret
from pressmark.statements.measures import named_measure
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


@pytest.mark.parametrize(
    "label", ["Avg. Shares Outstdg.", "Wtd. avg. shares", "Avg shs outstanding", "WTD AVG SHS - DIL"]
)
def test_shares_that_are_cut_short_are_shares(label: str) -> None:
    made = income(f"B0 Earnings per sh. | $ .21 | $ .06\nB0 {label} | 3,110 | 3,108")
    assert latest(made)[label] == (SHARES, 3_110_000)
    assert latest(made)["Earnings per sh."] == (PER_SHARE, Decimal("0.21"))


def test_the_words_of_a_line_are_written_out_for_its_concept() -> None:
    assert words("Avg. shs. outstdg.") == words("Average shares outstanding")
    assert words("Cash divs. per sh.") == words("Cash dividends per share")


@pytest.mark.parametrize(
    "heading", ["Weighted average number of shares used in computing:", "Shares used in calculating:"]
)
@pytest.mark.parametrize(
    ("printed", "caption"), [("3,110", "(In thousands)"), ("3.1", "(Dollars and shares in millions)")]
)
def test_under_shares_earnings_per_share_tell_what_they_are_used_for(heading: str, printed: str, caption: str) -> None:
    below = f"T0 {heading}\nB1 Basic earnings per share | {printed} | {printed}"
    (line,) = (li for li in income(below, caption).lines if li.values and li.measure is SHARES)
    assert line.full_label == f"{heading.rstrip(':')}: Basic earnings per share"


def test_cents_under_a_heading_of_shares_are_money_per_share() -> None:
    made = income("T0 Shares outstanding and\nB0 Net income per share | .21 | .06")
    assert latest(made)["Net income per share"] == (PER_SHARE, Decimal("0.21"))


def test_long_labels_take_no_time() -> None:
    assert named_measure("per share " * 5000) is not None
    assert named_measure("per " * 20_000) is None


@pytest.mark.parametrize("heading", ["Earnings per common share:", "Per share data"])
def test_a_bare_basic_or_diluted_leaves_what_its_heading_counts(heading: str) -> None:
    made = income(f"""T0 {heading}
    T1 Basic:
    B2 Continuing operations | 0.20 | 0.05
    B2 Net income | 0.21 | 0.06
    T1 Diluted:
    B2 Continuing operations | 0.19 | 0.04
    B2 Net income | 0.20 | 0.05
    B0 Dividends paid | 466 | 435""")
    per_share = [li for li in made.lines if li.measure is PER_SHARE]
    assert [li.section[-1] for li in per_share] == ["Basic", "Basic", "Diluted", "Diluted"]
    assert latest(made)["Net income"] == (MONEY, 656_000)
    assert latest(made)["Dividends paid"] == (MONEY, 466_000)


def test_cents_below_the_earnings_per_share_are_money_per_share() -> None:
    made = income("""B0 Basic EPS | 0.21 | 0.06
    B0 Dividends declared | 0.15 | 0.14
    B0 Book value | 14.20 | 13.90
    B0 Dividends paid | 466 | 435""")
    assert latest(made)["Dividends declared"] == (PER_SHARE, Decimal("0.15"))
    assert latest(made)["Book value"] == (PER_SHARE, Decimal("14.20"))
    assert latest(made)["Dividends paid"] == (MONEY, 466_000)


def test_many_figures_with_cents_do_not_make_cents_of_the_money() -> None:
    made = income("""B0 Net income per share | 0.21 | 0.06
    B0 Dividends | 0.15 | 0.14
    B0 Book value | 14.20 | 13.90
    B0 Closing stock price | 31.25 | 28.50
    B0 Net interest margin | 4.11 | 4.02
    B0 Return on average assets | 1.10 | 1.05""")
    assert latest(made)["Book value"] == (PER_SHARE, Decimal("14.20"))
    assert set(skipped(made)) == {"4.11", "4.02", "1.10", "1.05"}


def test_cents_tell_nothing_where_the_money_has_cents() -> None:
    picture = """
    H | Three Months Ended June 30,>2
    H | 1997 | 1996
    B0 Net sales | $18.22 | $14.11
    B0 Costs and expenses | 17.56 | 13.93
    B0 Net income | $ 0.66 | $ 0.18
    B0 Net income per share | $ .21 | $ .06
    B0 Dividends declared | 0.15 | 0.14
    """
    (made,) = interpret([table("Consolidated Statements of Income\n(In millions)", picture)], document())
    assert latest(made)["Dividends declared"] == (MONEY, 150_000)


@pytest.mark.parametrize(
    ("label", "printed", "reason"),
    [
        ("Net interest margin", "4.11", "a ratio, not an amount"),
        ("Meals per occupied bed", "4.11", "a ratio, not an amount"),
        ("Nonperforming assets to total loans", "0.45", "a ratio, not an amount"),
        ("Return on equity", "14.1", "a ratio, not an amount"),
        ("Cash flow per share", "0.41", "a non-GAAP line"),
        ("Discretionary cash flow", "$ 411", "a non-GAAP line"),
        ("Operating cash flow", "411", "a non-GAAP line"),
        ("LIFO charge included in cost of sales", "$ 602", "a breakdown of another line"),
        ("Average oil price per barrel", "$25.14", "operating data"),
        ("Revenue per available seat mile", "0.09", "operating data"),
        ("Tons shipped (thousands)", "590", "operating data"),
        ("Electric sales (MWh)", "3,110", "operating data"),
        ("Heating degree days", "3,110", "operating data"),
        ("Passenger miles (000)", "3,110", "operating data"),
        ("Revenue passenger miles (000)", "3,110", "operating data"),
        ("Homes delivered", "311", "operating data"),
        ("Shipments", "311", "operating data"),
    ],
)
def test_what_stands_below_the_earnings_per_share_and_is_none_of_the_statement(
    label: str, printed: str, reason: str
) -> None:
    made = income(f"B0 Net income per share | $ .21 | $ .06\nB0 {label} | {printed} | {printed}")
    assert skipped(made) == {printed: reason}


def test_a_heading_gives_its_unit_to_the_lines_below_it() -> None:
    made = income("T0 Electric sales (MWh)\nB1 Residential | 801,220 | 788,330\nB1 Industrial | 1,330,412 | 1,301,995")
    assert set(skipped(made).values()) == {"operating data"}
    assert len(made.skipped) == 4


def test_a_heading_that_is_unaudited_is_one_all_the_same() -> None:
    made = income("""B0 Net income per share | $ .21 | $ .06
    T0 Operating cash flow data (unaudited - in thousands)
    B0 Operating income | 1,197 | 1,031
    B0 Depreciation | 404 | 388""")
    assert set(skipped(made).values()) == {"a non-GAAP line"}
    assert len(made.skipped) == 4


@pytest.mark.parametrize(
    "label", ["Sales of barrels", "Gain on operating leases included in sales", "Passenger revenue"]
)
def test_the_same_words_above_net_income_are_lines_of_the_statement(label: str) -> None:
    picture = SALES.replace("Net sales", label)
    (made,) = interpret([table("Consolidated Statements of Income\n(In thousands)", picture)], document())
    assert latest(made)[label] == (MONEY, 18_220_000)
    assert not made.skipped


@pytest.mark.parametrize(
    "label",
    [
        "Production costs",
        "Passenger revenue",
        "Preferred dividends",
        "Retained earnings at beginning of period",
        "Comprehensive income",
    ],
)
def test_money_below_net_income_stays(label: str) -> None:
    made = income(f"B0 Net income per share | $ .21 | $ .06\nB0 {label} | 3,110 | 3,108")
    assert latest(made)[label] == (MONEY, 3_110_000)


def test_a_unit_of_the_label_is_stronger_than_a_heading_that_is_not_indented_under() -> None:
    made = income("""T0 Average shares
    B0 Basic | 3,110 | 3,108
    B0 Tons shipped | 590 | 562""")
    assert latest(made)["Average shares: Basic"] == (SHARES, 3_110_000)
    assert skipped(made) == {"590": "operating data", "562": "operating data"}


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("Net interest spread", "3.45 | 3.40"),
        ("Debt-to-capital", ".31 | .33"),
        ("Guest check average", "$ 14.22 | $ 13.90"),
        ("Average weekly sales", "$ 70,118 | $ 69,004"),
        ("Franchised restaurants", "30 | 28"),
        ("Basic subscribers", "441,220 | 430,118"),
        ("New orders", "$ 22,118 | $ 21,004"),
    ],
)
def test_what_is_no_amount_per_share_below_the_earnings_per_share_is_left_out(label: str, printed: str) -> None:
    made = income(f"B0 Net income per share | 0.21 | 0.06\nB0 Average shares | 3,110 | 3,108\nB0 {label} | {printed}")
    assert label not in latest(made)
    assert set(skipped(made).values()) <= {"a ratio, not an amount", "operating data"}
    assert len(skipped(made)) == 2
