"""The concept table: its attributes agree with the reference, its columns with each other, its tables with it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pressmark.mapping.features import word_classes, words
from pressmark.mapping.table import concept_table
from pressmark.resources import rows

REFERENCE = Path(__file__).resolve().parents[1] / ".." / "shared" / "reference" / "us-gaap-concepts.tsv"


@pytest.fixture(scope="module")
def table() -> list[dict[str, str]]:
    return list(rows("taxonomy/concepts.tsv"))


def test_rows_are_sorted_and_unique(table):
    names = [r["name"] for r in table]
    assert names == sorted(set(names))


def test_every_row_is_complete(table):
    for row in table:
        assert row["type"].endswith("ItemType"), row["name"]
        assert row["period"] in ("instant", "duration"), row["name"]
        assert row["label"], row["name"]
        assert row["balance"] in ("debit", "credit", ""), row["name"]
        assert bool(row["abstract"]) == (row["type"] == "stringItemType"), row["name"]
        if row["type"] != "monetaryItemType":
            assert row["balance"] == "", row["name"]
        if not row["abstract"]:
            assert set(row["statements"].split(",")) <= {"BS", "IS", "CF", "CI"}, row["name"]


def test_attributes_equal_the_reference(table):
    if not REFERENCE.exists():
        pytest.skip("the element reference is not here")
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        reference = {r["concept"]: r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for row in table:
        name = row["name"]
        element = reference[name]
        assert "1" in (element["in_2024"], element["in_2025_calculations"]), name
        for field in ("type", "period", "balance"):
            if element[field] == "none":
                assert row[field] == "", name
            elif element[field]:
                assert row[field] == element[field], (name, field)
            elif row[field] and not row["abstract"]:
                assert field in row["inferred"], (name, field)


def test_the_size_is_as_small_as_good_coverage_allows(table):
    assert 600 <= sum(not r["abstract"] for r in table) <= 1300


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("retired.tsv", ["replaced_by"]),
        ("renewed.tsv", ["concept", "renewed"]),
        ("residuals.tsv", ["whole", "rest"]),
        ("families.tsv", ["concept"]),
        ("basic-and-diluted.tsv", ["basic", "diluted", "both"]),
        ("parentheticals.tsv", ["concept"]),
        ("calculations.tsv", ["parent", "child"]),
    ],
)
def test_side_tables_name_concepts_of_the_table(file, columns):
    known = concept_table()
    for row in rows(f"taxonomy/{file}"):
        for column in columns:
            assert row[column] in known or (column == "both" and not row[column]), (file, row)


def test_retired_elements_are_not_in_the_table():
    known = concept_table()
    assert not [r["retired"] for r in rows("taxonomy/retired.tsv") if r["retired"] in known]


def test_published_weights_agree_with_balances():
    known = concept_table()
    for row in rows("taxonomy/calculations.tsv"):
        parent, child = known[row["parent"]], known[row["child"]]
        if parent.balance and child.balance and parent.period_type == child.period_type:
            same = parent.balance == child.balance
            assert same == (row["weight"] == "1"), row


def test_the_lexicon_names_concepts_of_the_table():
    known = concept_table()
    for row in rows("taxonomy/lexicon.tsv"):
        for item in row["concepts"].split(" "):
            assert item.split(":")[0] in known, row


def test_each_wording_by_hand_is_of_a_statement_and_a_concept_of_the_table():
    path = Path(__file__).resolve().parent.parent / "tools" / "wordings.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        found = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    known = concept_table()
    assert found
    for row in found:
        assert row["statement"] in ("BS", "IS", "CF", "CI"), row
        assert row["concept"] == "ext" or row["concept"] in known, row
        assert words(row["wording"]), row
    assert len({tuple(row.values()) for row in found}) == len(found)


def test_words_of_a_class_mean_something_alike():
    classes = word_classes()
    assert classes["payable"] != classes["inventory"]
    assert classes["lawsuit"] == classes["litigation"]
    assert "of" not in classes


def test_search_finds_by_words_of_name_label_and_synonym():
    found = [c.name for c in concept_table().search("basic diluted shares")]
    assert "WeightedAverageNumberOfShareOutstandingBasicAndDiluted" in found
    assert next(c.name for c in concept_table().search("treasury stock")).startswith("TreasuryStock")
    assert concept_table().search("no such words anywhere") == ()


def test_of_gives_the_concepts_of_a_statement():
    balance = {c.name for c in concept_table().of("BS")}
    assert {"Assets", "Liabilities", "StockholdersEquity"} <= balance
    assert "PaymentsToAcquirePropertyPlantAndEquipment" not in balance
