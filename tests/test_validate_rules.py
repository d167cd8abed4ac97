"""The business rules: each fires where it fails, and nowhere else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from instances import SOUND, InstanceFact, but, element_of, write_instance
from pressmark.mapping.table import concept_sets
from pressmark.render.taxonomy_rules import assertions
from pressmark.validate.arelle import validate

CASES = Path(__file__).parent / "fixtures" / "rules.tsv"
DECIMALS = {"perShareItemType": "2", "sharesItemType": "0", "monetaryItemType": "-3"}


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((x for x in file if not x.startswith("#")), delimiter="\t"))


def fact_of(text: str, entity: str) -> InstanceFact:
    """`Concept@when=value` as a fact."""
    name, _, value = text.partition("=")
    concept, _, when = name.partition("@")
    decimals = DECIMALS[element_of(concept)["type"].partition(":")[2]]
    return InstanceFact(concept, value, decimals, entity, f"e{int(entity)}-{concept}-{when}", when=when)


def fired(path: Path) -> dict[str, set[str]]:
    """Entity to the ids of the rules that fired for it, told by the ids of the facts."""
    found: dict[str, set[str]] = {}
    for message in validate(path).messages:
        assert message.finding.code.startswith("message:rule."), message
        (entity,) = {i.partition("-")[0].removeprefix("e") for i in message.fact_ids}
        found.setdefault(entity, set()).add(message.finding.code.removeprefix("message:"))
    return found


def test_rules_fire_where_they_fail_and_nowhere_else(tmp_path: Path) -> None:
    """Every line of the fixture, each under an entity of its own, in one instance."""
    table = cases()
    facts = [fact_of(text, f"{n:010}") for n, case in enumerate(table) for text in case["facts"].split()]
    found = fired(write_instance(tmp_path, facts))
    for number, case in enumerate(table):
        assert found.get(str(number), set()) == set(case["fires"].split()), case


def test_every_rule_has_a_line_that_fires_and_one_that_does_not() -> None:
    table = cases()
    for rule in assertions():
        own = [case for case in table if case["rule"] == rule.id]
        assert any(rule.id in case["fires"].split() for case in own), rule.id
        assert any(rule.id not in case["fires"].split() for case in own), rule.id
        if rule.absent or rule.absent_end:
            unwanted = {*rule.absent, *rule.absent_end}
            named = [{text.partition("=")[0].partition("@")[0] for text in case["facts"].split()} for case in own]
            assert any(names & unwanted for names in named), rule.id


def test_a_concept_that_is_zero_does_not_keep_a_rule_from_firing(tmp_path: Path) -> None:
    facts = [*but(SOUND, Assets="99000000"), InstanceFact("MinorityInterest", "0")]
    found = {m.finding.code for m in validate(write_instance(tmp_path, facts)).messages}
    assert "message:rule.assets" in found


def test_sets_hold_what_their_names_say() -> None:
    found = concept_sets()
    assert "InventoryNet" in found["assets"]
    assert "DeferredTaxAssetsNet" not in found["assets"]
    assert "PaymentsOfDividends" in found["dividends-and-buybacks"]
    assert "PaymentsForProceedsFromInvestments" not in found["payments"]
    assert all(found.values())


def test_there_are_rules_enough() -> None:
    assert len(assertions()) >= 50


@pytest.mark.parametrize(
    ("per_share", "shares", "income", "fires"),
    [
        # half a cent on 25,358 thousand shares is 126,790, half a thousand shares 140, half a thousand dollars 500
        (("-0.28", "2"), ("25358000", "-3"), ("-7100000", "-3"), False),
        (("-0.28", "2"), ("25358000", "-3"), ("-7227600", "-3"), False),
        (("-0.28", "2"), ("25358000", "-3"), ("-7229000", "-3"), True),
        (("-0.28", "2"), ("25358000", "-3"), ("-6972000", "-3"), True),
        (("-0.28", "2"), ("25358000", "-3"), ("7100000", "-3"), True),
        (("-0.28", "2"), ("25358000", "-3"), ("-7270000", "-4"), True),
        (("-0.28", "2"), ("25358000", "-3"), ("-7270000", "-5"), False),  # half a hundred thousand more
        (("2.5", "INF"), ("1000", "INF"), ("2500", "INF"), False),
        (("2.5", "INF"), ("1000", "INF"), ("2499", "INF"), True),
        (("2.5", "INF"), ("1000", "INF"), ("2551", "INF"), False),  # what participating securities may get of an income
        (("2.5", "INF"), ("1000", "INF"), ("2552", "INF"), True),
        (("-2.5", "INF"), ("1000", "INF"), ("-2501", "INF"), True),  # but not of a loss
        (("0", "2"), ("1000", "0"), ("5", "0"), False),
        (("0", "2"), ("1000", "0"), ("6", "0"), True),
    ],
)
def test_tolerance_follows_the_decimals(
    tmp_path: Path, per_share: tuple[str, str], shares: tuple[str, str], income: tuple[str, str], fires: bool
) -> None:
    facts = [
        InstanceFact("EarningsPerShareBasic", *per_share, id="e1-eps"),
        InstanceFact("WeightedAverageNumberOfSharesOutstandingBasic", *shares, id="e1-shares"),
        InstanceFact("NetIncomeLoss", *income, id="e1-income"),
    ]
    assert fired(write_instance(tmp_path, facts)) == ({"1": {"rule.per-share-basic"}} if fires else {})


@pytest.mark.parametrize(("current", "fires"), [("1000400", False), ("1001000", False), ("1001100", True)])
def test_tolerance_of_an_inequality_follows_the_decimals(tmp_path: Path, current: str, fires: bool) -> None:
    facts = [
        InstanceFact("AssetsCurrent", current, "-3", id="e1-current"),
        InstanceFact("Assets", "1000000", "-3", id="e1-assets"),
    ]
    assert bool(fired(write_instance(tmp_path, facts))) is fires


def test_a_rule_compares_one_currency_only(tmp_path: Path) -> None:
    facts = [
        InstanceFact("EarningsPerShareBasic", "2", "2"),
        InstanceFact("WeightedAverageNumberOfSharesOutstandingBasic", "1000"),
        InstanceFact("NetIncomeLoss", "900000000", unit="EUR"),
    ]
    assert fired(write_instance(tmp_path, facts)) == {}


def test_rules_can_be_left_out(tmp_path: Path) -> None:
    path = write_instance(tmp_path, but(SOUND, Assets="1"))
    assert validate(path, rules=False).findings == ()
