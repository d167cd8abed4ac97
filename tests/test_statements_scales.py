"""Scale and currency phrases of releases."""

from __future__ import annotations

import pytest

from pressmark.statements.interpret import interpret
from pressmark.statements.scales import Scale, currency_of, label_power, parse_scale
from pressmark.statements.statement import Measure
from statement_grid import document, table

CASES = [
    ("(in thousands - except share and per share information)", Scale(3, 0, "")),
    ("(In thousands, except per share data)", Scale(3, None, "")),
    ("(In millions, except per-share amounts)", Scale(6, None, "")),
    ("(Unaudited; $000's)", Scale(3, None, "USD")),
    ("US$'000", Scale(3, None, "USD")),
    (
        "(In millions, except number of shares, which are reflected in thousands, and per-share amounts)",
        Scale(6, 3, ""),
    ),
    ("(dollars in millions, shares in thousands (except per share data))", Scale(6, 3, "USD")),
    ("(in millions, except shares (thousands) and per share data)", Scale(6, 3, "")),
    ("(Millions, except share data)", Scale(6, 0, "")),
    ("(Shares in millions)", Scale(None, 6, "")),
    ("(dollars and shares in thousands)", Scale(3, 3, "USD")),
    ("(Dollars in thousands, except per share amounts; shares in millions)", Scale(3, 6, "USD")),
    ("Expressed in thousands of U.S. dollars", Scale(3, None, "USD")),
    ("(Expressed in thousands of Canadian dollars, except per share)", Scale(3, None, "CAD")),
    ("(Millions of yen)", Scale(6, None, "JPY")),
    ("(in €  millions)", Scale(6, None, "EUR")),
    ("(000's omitted)", Scale(3, None, "")),
    ("(in dollars)", Scale(0, None, "USD")),
    ("net loss of $177.6 million", None),
    ("sold 2,000 units, of which thousands of customers", None),
]


@pytest.mark.parametrize(("text", "scale"), CASES)
def test_phrase(text: str, scale: Scale | None) -> None:
    assert parse_scale(text) == scale


def test_a_label_may_state_its_own_power() -> None:
    assert label_power("Weighted-average shares outstanding (in millions)") == 6
    assert label_power("Shares (000's)") == 3
    assert label_power("Common stock, 10,000 shares authorized") is None


@pytest.mark.parametrize(
    ("text", "code"), [("C$", "CAD"), ("HK$ million", "HKD"), ("£", "GBP"), ("$", "USD"), ("", "")]
)
def test_currencies(text: str, code: str) -> None:
    assert currency_of(text) == code


def test_the_sign_in_the_cells_gives_the_currency() -> None:
    picture = """
    H | Year Ended December 31, 2003
    B0 Net sales | €1,000
    B0 Cost of sales | 400
    B0 Gross profit | 600
    B0 Net income | €100
    """
    (made,) = interpret([table("Statements of Income (in millions)", picture)], document())
    assert {line.currency for line in made.lines} == {"EUR"}


IN_THOUSANDS = "Statements of Income\n(In thousands, except per share data)"
SALES = """
H | Three Months Ended June 30,>2
H | 1997 | 1996
B0 Net sales | 18,220 | 14,117
B0 Costs and expenses | 17,564 | 13,930
"""


def counts(below: str, caption: str = IN_THOUSANDS) -> tuple[list[int], list[str]]:
    """The share counts of an income statement with these lines below its costs, and its findings."""
    (made,) = interpret([table(caption, SALES + below)], document())
    shares = [int(v.amount) for li in made.lines if li.measure is Measure.SHARES for v in li.values]
    return shares, [f.code for f in made.findings if f.code.startswith("scale")]


@pytest.mark.parametrize(
    "each",
    [
        "B0 Net income per share | 0.01 | 0.00",
        "B0 Net income per share | 0.01 | --",
        "T0 Earnings per share:\nB1 Before extraordinary item | 0.19 | 0.09\nB1 Net income | 0.01 | 0.00",
        "B0 Dividends per share | 4.00 | 4.00",
        "T0 Other data",
    ],
)
def test_shares_printed_in_full_below_thousands_are_no_billions(each: str) -> None:
    made = counts(f"B0 Net income | 656 | 187\n{each}\nB0 Average shares outstanding | 52,330,118 | 48,117,440")
    assert made == ([52_330_118, 48_117_440], ["scale.shares"])


def test_the_earnings_per_share_are_those_of_net_income() -> None:
    below = """B0 Net income before extraordinary item | 2,233 | 1,103
    B0 Extraordinary charge | -- | (940)
    B0 Net income | 2,233 | 163
    T0 Earnings per share:
    B1 Before extraordinary item | 0.71 | 0.35
    B1 Extraordinary charge | -- | (0.30)
    B1 Net income | 0.71 | 0.05
    B0 Average shares outstanding | 3,140,117 | 3,120,220"""
    assert counts(below) == ([3_140_117, 3_120_220], ["scale.shares"])


def test_a_column_in_which_no_scale_fits_leaves_it_to_the_others() -> None:
    below = (
        "B0 Net income | 656 | 187\nB0 Net income per share | 0.21 | 9.99\nB0 Average shares | 3,110,117 | 3,108,220"
    )
    assert counts(below) == ([3_110_117, 3_108_220], ["scale.shares"])


@pytest.mark.parametrize(
    ("each", "shares"),
    [
        ("0.01 | 0.00", "52,330 | 48,117"),  # thousands, as the amounts are
        ("0.00 | 0.00", "1,238,585 | 1,100,250"),  # more than a billion of a small company
        ("9.99 | 9.99", "1,238,585 | 1,100,250"),  # nothing fits
        ("0.21 | 0.06", "3,110 | 3,108"),
    ],
)
def test_counts_in_thousands_stay(each: str, shares: str) -> None:
    made = counts(f"B0 Net income | 656 | 187\nB0 Net income per share | {each}\nB0 Average shares | {shares}")
    assert made == ([int(n.replace(",", "")) * 1000 for n in shares.split(" | ")], [])
