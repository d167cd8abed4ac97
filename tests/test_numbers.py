"""Numbers as releases print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.numbers import Number, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", "1234"),
        ("$ (5,147)", "-5147"),
        ("$(5,147)", "-5147"),
        ("( 5,147 )", "-5147"),
        ("(5,147", "-5147"),
        ("5,147)", "-5147"),
        ("-5,147", "-5147"),
        ("−5,147", "-5147"),
        ("5,147-", "-5147"),
        ("$-5", "-5"),
        ("-$5", "-5"),
        ("<1,234>", "-1234"),
        ("(.19)", "-0.19"),
        (".19", "0.19"),
        ("$    0.17", "0.17"),
        ("31,109,944", "31109944"),
        ("26 7/8", "26.875"),
        ("26½", "26.5"),
        ("5,147(1)", "5147"),
        ("5,147 (a)", "5147"),
        ("1,234 *", "1234"),
        ("(1)", "-1"),
        ("2004", "2004"),
        ("+5", "5"),
    ],
)
def test_values(text, value):
    number = parse_number(text)
    assert number is not None
    assert number.value == Decimal(value)


NO_NUMBERS = (
    *("", " ", "n/a", "March", "March 31", "4/26", "1,23", "12345,678", "1.5x", "()", "(", "$", "%", ".", "5-6"),
    *("1-800", "10-Q", "((5))", "$5$", "12.5¢", "3 4", "5 million", "12/31/03", "7" * 80, "-----", "$ $ 5"),
)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["-", "--", "---", "—", "–", "−", "-0-", "$ --", "$—", "( -- )", "—%", "- -"])
def test_a_dash_is_zero(text):
    number = parse_number(text)
    assert number is not None
    assert number.dash
    assert number.value == 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("EUR 1,234", Number(Decimal(1234), currency="EUR")),
        ("US$ 5", Number(Decimal(5), currency="US$")),
        ("5 €", Number(Decimal(5), currency="€")),
        ("(12.3)%", Number(Decimal("-12.3"), 1, percent=True)),
        ("(12.3%)", Number(Decimal("-12.3"), 1, percent=True)),
        ("$0.05", Number(Decimal("0.05"), 2, currency="$")),
        ("—%", Number(Decimal(0), percent=True, dash=True)),
    ],
)
def test_currency_percent_and_places(text, number):
    assert parse_number(text) == number


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
    st.sampled_from(("", "$", "$ ", "€")),
    st.sampled_from(("paren", "minus", "apart")),
)
def test_what_is_printed_is_read_back(value, sign, style):
    amount = f"{abs(value):,}"
    if value < 0:
        amount = {"paren": f"({amount})", "minus": f"-{amount}", "apart": f"( {amount} )"}[style]
    number = parse_number(sign + amount)
    assert number is not None
    assert number.value == value
    assert number.places == 2
    assert number.currency == sign.strip()


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text):
    number = parse_number(text)
    assert number is None or number.value.is_finite()
