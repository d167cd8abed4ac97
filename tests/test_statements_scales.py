"""Scale and currency phrases of releases."""

from __future__ import annotations

import pytest

from pressmark.statements.interpret import interpret
from pressmark.statements.scales import Scale, currency_of, label_power, parse_scale
from statement_grid import document, table

CASES = [
    ("(in thousands - except share and per share information)", Scale(3, 0, "")),
    ("(In thousands, except per share data)", Scale(3, None, "")),
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
