"""The tables that sentences are read by: every concept is a real one, every amount is read as printed."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.mapping.table import concept_table
from pressmark.prose.items import Amount, Kind, items, sentences, subjects
from pressmark.resources import rows
from pressmark.statements.statement import Measure

REFERENCE = Path(__file__).resolve().parents[1] / ".." / "shared" / "reference" / "us-gaap-concepts.tsv"


def named(entry: str) -> set[str]:
    return {name for one in entry.split("|") for name in one.split("+") if name}


def amount(text: str) -> Amount:
    (found,) = [i.amount for i in items(f"Revenue was {text} in the quarter.", ()) if i.kind is Kind.AMOUNT]
    assert found is not None
    return found


def test_what_can_become_a_fact_is_in_the_concept_table() -> None:
    table = concept_table()
    for row in rows("taxonomy/prose.tsv"):
        if row["new"] == "=":
            assert all(name in table for name in named(row["concepts"].split("|")[0])), row["subject"]


def test_concepts_fit_their_subject() -> None:
    table = concept_table()
    for row in rows("taxonomy/prose.tsv"):
        for concept in (table[name] for name in named(row["concepts"]) if name in table):
            assert concept.period_type == row["period"], concept.name
            kinds = {"monetaryItemType": Measure.MONEY, "sharesItemType": Measure.SHARES}
            assert kinds.get(concept.type, Measure.PER_SHARE) is Measure(row["measure"]), concept.name


@pytest.mark.skipif(not REFERENCE.exists(), reason="the element reference is not beside this checkout")
def test_concepts_are_elements() -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        known = {r["concept"] for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert {n for row in rows("taxonomy/prose.tsv") for n in named(row["concepts"])} <= known


@pytest.mark.parametrize(
    ("text", "value", "decimals", "negative"),
    [
        ("$0.8 million", "800000", -5, False),
        ("$19,433,000", "19433000", -3, False),
        ("$1,173,420", "1173420", 0, False),
        ("$12,000,000", "12000000", -6, False),
        ("$(1.5) million", "1500000", -5, True),
        ("($0.28)", "0.28", 2, True),
        ("$.12", "0.12", 2, False),
        ("11 cents", "0.11", 2, False),
        ("$1,618 million", "1618000000", -6, False),
        ("$2.6 billion", "2600000000", -8, False),
        ("-$3.1 million", "3100000", -5, True),
        ("US$40.0 million", "40000000", -5, False),
        ("$5.2B", "5200000000", -8, False),
    ],
)
def test_an_amount_as_printed(text: str, value: str, decimals: int, *, negative: bool) -> None:
    found = amount(text)
    assert (found.value, found.decimals, found.negative) == (Decimal(value), decimals, negative)
    assert found.currency == "USD"


def test_other_currencies() -> None:
    assert [amount(t).currency for t in ("€5.0 million", "£5.0 million", "C$5.0 million")] == ["EUR", "GBP", "CAD"]


def test_a_per_cent_is_no_amount() -> None:
    kinds = [i.kind for i in items("Revenue grew 12.5% and margin was 40 percent.", ())]
    assert kinds.count(Kind.PERCENT) == 2
    assert Kind.AMOUNT not in kinds


@given(st.integers(1, 10**9), st.integers(0, 3), st.sampled_from(["", " thousand", " million", " billion"]))
def test_amounts_round_trip(units: int, places: int, scale: str) -> None:
    number = Decimal(units).scaleb(-places)
    power = {"": 0, " thousand": 3, " million": 6, " billion": 9}[scale]
    found = amount(f"${number:,.{places}f}{scale}")
    assert found.value == number.scaleb(power)


def test_sentences_end_at_full_stops_alone() -> None:
    text = "Halden Tool, Inc. of St. Paul grew. Sales were $5.0 million vs. $4.1 million in 2003. It hired."
    assert [text[a:b].strip() for a, b in sentences(text)] == [
        "Halden Tool, Inc. of St. Paul grew.",
        "Sales were $5.0 million vs. $4.1 million in 2003.",
        "It hired.",
    ]


@given(st.text(alphabet="$()., 019millonetrevufqay-", max_size=120))
def test_items_cover_a_sentence_once(text: str) -> None:
    at = 0
    for item in items(text, subjects(text)):
        assert at <= item.at < item.end <= len(text)
        at = item.end
