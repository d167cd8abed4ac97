"""A wording that no two filers use is weighed by the concept's own words; confidence by what is known of the choice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pressmark.mapping.confidence import EVIDENCE, Grounds, confidence, level, weighable
from pressmark.mapping.features import Context, of_label, words
from pressmark.mapping.lexicon import heard
from pressmark.mapping.weigh import EVIDENCE as WEIGHED
from pressmark.mapping.weigh import MOST_RIVALS, Asked, usage, weighed

SHEET = Context("BS", "CA", "L")
GROUNDS = Grounds("Assets", 0.9, 40, adds_up=True, frames=True, repeated=False, likeliest=True, inside=False)


def asked(label, chances, *, known=False, amounts=()):
    return Asked(words(label), SHEET, chances, known, tuple(Decimal(a) for a in amounts))


def best(*lines):
    return [next(iter(found)) for found in weighed(lines)]


def test_the_words_of_the_concept_settle_a_wording_that_nobody_knows():
    chances = {"LongTermDebtNoncurrent": 0.45, "OperatingLeaseLiabilityNoncurrent": 0.35}
    label = "Operating lease liabilities of dockyards"
    assert best(asked(label, chances)) == ["OperatingLeaseLiabilityNoncurrent"]
    assert best(asked(label, chances, known=True)) == ["LongTermDebtNoncurrent"]


def test_the_likeliest_comes_first():
    chances = {"LongTermDebtNoncurrent": 0.4, "OperatingLeaseLiabilityNoncurrent": 0.2}
    (found,) = weighed([asked("Operating lease liabilities of dockyards", chances)])
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_a_concept_gains_only_where_its_name_says_a_third_of_the_line():
    chances = {"LongTermDebtNoncurrent": 0.3, "OperatingLeaseLiabilityNoncurrent": 0.25}
    said = weighed([asked("Lease liabilities of dockyards", chances)])[0]
    hardly = weighed([asked("Liabilities for quays, cranes, dockyards and buoys", chances)])[0]
    assert said["OperatingLeaseLiabilityNoncurrent"] > 0.25
    assert hardly == chances


def test_a_concept_that_another_line_wants_more_is_less_likely_unless_it_is_the_same_fact():
    chances = {"PropertyPlantAndEquipmentNet": 0.5, "OtherAssetsNoncurrent": 0.4}
    sure = asked("Property, plant and equipment, net", {"PropertyPlantAndEquipmentNet": 1.0}, known=True, amounts=[7])
    other = weighed([asked("Property and equipment of ports", chances, amounts=[3]), sure])[0]
    again = weighed([asked("Property and equipment of ports", chances, amounts=[7]), sure])[0]
    alone = weighed([asked("Property and equipment of ports", chances, amounts=[3])])[0]
    name = "PropertyPlantAndEquipmentNet"
    assert other[name] < alone[name]
    assert again[name] == alone[name]


def test_the_class_of_a_word_is_among_the_features_of_its_label():
    said = of_label(words("Unpaid tariffs"), SHEET, {"unpaid": 4, "tariff": 7})
    assert {"C4", "C7", "B^ 4", "B4 7", "B7 $"} <= set(said)
    assert {"C4", "C-1"} <= set(of_label(words("Unpaid tariffs"), SHEET, {"unpaid": 4}))


def test_rare_words_count_more():
    row = {"recent": "3", "older": "0", "label": ""}
    names = ("Inventory Net", "Debt Net", "Cash Net")
    found = usage([row | {"concept": n, "name": n.lower()} for n in names])
    assert found.weight(frozenset(["inventory"])) > found.weight(frozenset(["net"])) > 0
    assert found.weight(frozenset()) == 0


def test_a_wording_is_known_in_whatever_place_and_with_total():
    assert heard(words("Total accounts payable"), "BS", "money")
    assert heard(words("Accounts payable"), "BS", "money")
    assert heard(words("Total"), "BS", "money")
    assert not heard(words("Quays and cranes of the dockyards"), "BS", "money")


def test_each_evidence_has_a_weight():
    assert len(WEIGHED) == len(set(WEIGHED))
    assert len(weighable(GROUNDS, 0.9, 3)) == len(EVIDENCE) == len(set(EVIDENCE))


def test_confidence_grows_with_the_chance_and_with_what_confirms_it():
    sure = [confidence(replace(GROUNDS, chance=chance)) for chance in (0.0, 0.3, 0.9, 1.0)]
    assert sure == sorted(sure)
    assert 0 < sure[0] < sure[-1] < 1
    assert (
        confidence(replace(GROUNDS, adds_up=False)) < confidence(GROUNDS) < confidence(replace(GROUNDS, repeated=True))
    )
    assert confidence(GROUNDS) > confidence(replace(GROUNDS, concept="Revenues"))


def test_levels():
    assert [level(x) for x in (0.965, 0.95, 0.5)] == ["high", "medium", "low"]


def test_of_very_many_lines_that_may_carry_a_concept_only_the_likeliest_are_rivals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = 0

    def counted(line: Asked, other: Asked) -> bool:
        nonlocal compared
        compared += 1
        return rivals(line, other)

    rivals = Asked.rivals
    monkeypatch.setattr(Asked, "rivals", counted)
    lines = [Asked(words("Quays of the dockyards"), SHEET, {"Assets": 0.4, "Goodwill": 0.3}) for _ in range(300)]
    weighed(lines)
    assert compared == 300 * 2 * MOST_RIVALS
