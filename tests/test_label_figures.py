"""Figures inside the labels of stock lines: every number belongs to one clause and to the dates printed for it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pressmark.statements.interpret import interpret
from pressmark.statements.labels import full_label
from statement_grid import document, table

BALANCE = """
H | June 30, | December 31,
H | 2026|2025
T0 ASSETS
B0 Cash and cash equivalents | $ 300 | $ 250
B0 Total assets | $ 300 | $ 250
T0 LIABILITIES AND STOCKHOLDERS' EQUITY
B0 Accounts payable | $ 90 | $ 60
T0 Stockholders' equity:
B0 {label} | 10 | 10
B0 Retained earnings | 200 | 180
B0 Total liabilities and stockholders' equity | $ 300 | $ 250
"""
NOW, BEFORE = "June 30, 2026", "December 31, 2025"


def figures(label: str) -> dict[str, list[Decimal | None]]:
    """The figures of a stock line's label, in units, one a column; None where a column has none."""
    picture = BALANCE.format(label=label)
    (made,) = interpret([table("Consolidated Balance Sheets\n(in thousands)", picture)], document())
    inside = {}
    for line in made.lines:
        if line.parenthetical:
            by_year = {v.period.end.year: v.amount for v in line.values}
            inside[line.label.text] = [by_year.get(2026), by_year.get(2025)]
    return inside


def thousands(*numbers: int) -> list[Decimal]:
    """The numbers in units."""
    return [Decimal(n * 1000) for n in numbers]


def test_a_par_value_is_never_the_number_of_a_later_clause() -> None:
    label = f"Common stock, $0.02 par value, Authorized - 3.5 billion shares, Issued - 1.2 billion shares at {NOW}"
    assert figures(f"{label} and 1.1 billion shares at {BEFORE}") == {
        "par value": [Decimal("0.02")] * 2,
        "shares authorized": [3_500_000_000] * 2,
        "shares issued": [1_200_000_000, 1_100_000_000],
    }


def test_a_date_stands_for_the_issued_and_the_outstanding_number_before_it() -> None:
    label = f"Common stock, $.01 par value; 900 issued and 700 outstanding at {NOW}"
    assert figures(f"{label}, and 800 issued and 650 outstanding at {BEFORE}") == {
        "par value": [Decimal("0.01")] * 2,
        "shares issued": thousands(900, 800),
        "shares outstanding": thousands(700, 650),
    }


def test_the_older_date_may_come_first() -> None:
    label = f"Common stock; 800 shares issued and 650 shares outstanding at {BEFORE}"
    assert figures(f"{label}; 900 shares issued and 700 shares outstanding at {NOW}") == {
        "shares issued": thousands(900, 800),
        "shares outstanding": thousands(700, 650),
    }


def test_a_number_of_another_date_overrides_the_one_without() -> None:
    found = figures(f"Common stock, 900 issued and outstanding (800 issued and outstanding at {BEFORE})")
    assert found == {"shares issued": thousands(900, 800), "shares outstanding": thousands(900, 800)}


def test_numbers_that_contradict_each_other_are_not_read() -> None:
    assert figures("Common stock, 5,000 shares authorized; 900 issued; and 800 issued") == {
        "shares authorized": thousands(5000, 5000)
    }
    label = f"Common stock, 900 shares issued at {NOW}; 800 shares issued at {NOW} and 700 shares issued at {BEFORE}"
    assert figures(label) == {"shares issued": [None, Decimal(700_000)]}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Common stock, authorized 1,000, 600 issued", {"authorized": 1000, "issued": 600}),
        ("Common stock, shares authorized 1,000 shares issued 600", {"authorized": 1000, "issued": 600}),
        ("Common stock, unlimited authorized, 600 shares issued", {"issued": 600}),
        ("Common stock, par value $1, 1,000 shares authorized, 600 issued", {"authorized": 1000, "issued": 600}),
        ("Common stock, 1,000 shares authorized, 600 shares outstanding", {"authorized": 1000, "outstanding": 600}),
    ],
)
def test_one_number_belongs_to_one_clause(label: str, expected: dict[str, int]) -> None:
    found = {name: values for name, values in figures(label).items() if name != "par value"}
    assert found == {f"shares {name}": thousands(n, n) for name, n in expected.items()}


@pytest.mark.parametrize(
    ("label", "full"),
    [
        ("June 2025", "Shares issued: June 2025"),
        ("December 31, 2025 –", "Shares issued: December 31, 2025 –"),
        ("Notes due June 2025", "Notes due June 2025"),
        ("Retained earnings", "Retained earnings"),
    ],
)
def test_a_label_that_is_only_a_date_is_completed_by_its_heading(label: str, full: str) -> None:
    assert full_label(label, ("Shares issued",), carry=False) == full
    assert full_label(label, (), carry=False) == label


def test_a_par_value_of_thousands_is_read_whole() -> None:
    assert figures("Preferred stock, par value $1,000 per share")["par value"] == [1000, 1000]
    assert figures("Preferred stock, $2,500 par value")["par value"] == [2500, 2500]
