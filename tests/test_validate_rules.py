"""The business rules: each fires where it fails, and nowhere else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from instances import SOUND, InstanceFact, but, element_of, write_instance
from pressmark.render.taxonomy_rules import Assertion, assertions
from pressmark.validate.arelle import validate


def facts_of(rule: Assertion, *, entity: str, off: Decimal = Decimal(0)) -> list[InstanceFact]:
    """Facts that satisfy a rule exactly, the result then changed by `off`."""
    *parts, result = rule.concepts
    signs = [1 if sign == "+" else -1 for sign in ["+", *rule.equation.partition(" = ")[0].split()[1::2]]]
    if rule.product:
        values = [Decimal("-0.28"), Decimal(25400000)]
        total = values[0] * values[1]
    else:
        values = [Decimal(9000000) - 1000000 * i for i in range(len(parts))]
        total = sum((s * v for s, v in zip(signs, values, strict=True)), Decimal(0))
    facts = [InstanceFact(c, str(v), _decimals(c), entity) for c, v in zip(parts, values, strict=True)]
    return [*facts, InstanceFact(result, str(total + off), "-3", entity)]


def _decimals(concept: str) -> str:
    return "2" if "PerShare" in concept else "-3"


def fired(path: Path) -> dict[str, set[str]]:
    """Rule id to the entities it fired for, told by the ids of the facts, which begin with the entity's."""
    found: dict[str, set[str]] = {}
    for message in validate(path).messages:
        assert message.finding.code.startswith("message:"), message
        found.setdefault(message.finding.code.removeprefix("message:"), set()).update(message.fact_ids)
    return found


def each_rule(off: Decimal = Decimal(0), extra: dict[str, InstanceFact] | None = None) -> list[InstanceFact]:
    """The facts of every rule, each under an entity of its own, with ids `rN-concept`."""
    facts = []
    for number, rule in enumerate(assertions()):
        own = facts_of(rule, entity=f"{number:010}", off=off)
        if extra and rule.id in extra:
            more = extra[rule.id]
            own.append(InstanceFact(more.concept, more.value, more.decimals, f"{number:010}"))
        facts += [InstanceFact(f.concept, f.value, f.decimals, f.entity, f"r{number}-{f.concept}") for f in own]
    return facts


def expected(rules: tuple[Assertion, ...]) -> dict[str, set[str]]:
    numbers = {rule.id: number for number, rule in enumerate(assertions())}
    return {rule.id: {f"r{numbers[rule.id]}-{concept}" for concept in rule.concepts} for rule in rules}


def test_no_rule_fires_where_all_hold(tmp_path: Path) -> None:
    assert fired(write_instance(tmp_path, each_rule())) == {}


def test_each_rule_fires_on_its_own_facts_where_it_fails(tmp_path: Path) -> None:
    found = fired(write_instance(tmp_path, each_rule(off=Decimal(1500000))))
    assert found == expected(assertions())


def test_no_rule_fires_where_what_it_wants_absent_is_reported(tmp_path: Path) -> None:
    table = {rule.id: _first_in_table(rule) for rule in assertions()}
    nonzero = {i: InstanceFact(c, "1000000") for i, c in table.items() if c}
    found = fired(write_instance(tmp_path / "a", each_rule(off=Decimal(1500000), extra=nonzero)))
    assert found == expected(tuple(rule for rule in assertions() if not table[rule.id]))
    zero = {i: InstanceFact(c, "0") for i, c in table.items() if c}
    found = fired(write_instance(tmp_path / "b", each_rule(off=Decimal(1500000), extra=zero)))
    assert set(found) == {rule.id for rule in assertions()}


def _first_in_table(rule: Assertion) -> str:
    """A concept the rule wants absent, that no rule binds itself, of a unit the helper knows."""
    bound = {concept for other in assertions() for concept in other.concepts}
    for concept in rule.absent:
        if concept in bound:
            continue
        try:
            if element_of(concept)["type"] == "xbrli:monetaryItemType":
                return concept
        except KeyError:
            continue
    return ""


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
        (("2.5", "INF"), ("1000", "INF"), ("2501", "INF"), True),
        (("0", "2"), ("1000", "0"), ("5", "0"), False),
        (("0", "2"), ("1000", "0"), ("6", "0"), True),
    ],
)
def test_tolerance_follows_the_decimals(
    tmp_path: Path, per_share: tuple[str, str], shares: tuple[str, str], income: tuple[str, str], fires: bool
) -> None:
    facts = [
        InstanceFact("EarningsPerShareBasic", *per_share),
        InstanceFact("WeightedAverageNumberOfSharesOutstandingBasic", *shares),
        InstanceFact("NetIncomeLoss", *income),
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
