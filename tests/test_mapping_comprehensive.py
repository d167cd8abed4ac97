"""Comprehensive income: kinds from headings, roles within a kind, taxes inside labels; and lines that are unsure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping_lines import SPAN, line, statement
from pressmark.mapping.candidates import unclassified
from pressmark.mapping.comprehensive import kinds, of_its_kind, roles, spoken, taxes
from pressmark.mapping.features import Context, is_date, words
from pressmark.mapping.ladder import MappingOptions, map_statements
from pressmark.span import Text

HEDGES = ("Other comprehensive income (loss), net of tax", "Cash flow hedges")
AFTER = "OtherComprehensiveIncomeLossCashFlowHedgeGainLossAfterReclassificationAndTax"
BEFORE = "OtherComprehensiveIncomeLossCashFlowHedgeGainLossBeforeReclassificationAfterTax"
RECLASSIFIED = "OtherComprehensiveIncomeLossCashFlowHedgeGainLossReclassificationAfterTax"
TAX = "OtherComprehensiveIncomeLossCashFlowHedgeGainLossAfterReclassificationTax"


def hedged():
    """Net income, three lines on hedges, a translation line, comprehensive income."""
    inside = replace(line(7, "net of tax", 6, 4, section=HEDGES), parenthetical=True, of=4)
    return statement(
        "CI",
        [
            line(0, "Net income", 90, 80),
            line(1, "Cash flow hedges:"),
            line(2, "Unrealized gains", 12, 9, section=HEDGES),
            line(3, "Reclassified to net income", -2, -1, section=HEDGES),
            line(4, "Net change, net of tax of $6 and $4", 10, 8, section=HEDGES),
            line(5, "Foreign currency translation adjustment", 3, 2, section=HEDGES[:1]),
            line(6, "Total comprehensive income", 103, 90),
            inside,
        ],
    )


def test_each_line_of_a_kind_has_its_role():
    translation = "OtherComprehensiveIncomeLossForeignCurrencyTransactionAndTranslationAdjustmentNetOfTax"
    assert roles(hedged()) == {2: BEFORE, 3: RECLASSIFIED, 4: AFTER, 5: translation}


def test_amounts_before_tax_have_no_roles():
    whole = hedged()
    taxed = (*whole.lines, line(8, "Income tax expense", 5, 4))
    assert roles(replace(whole, lines=taxed)) == {}


def test_a_statement_of_comprehensive_income_is_mapped_whole():
    (found,) = map_statements([hedged()])
    names = {m.line.index: m.concepts[0].name for m in found.lines}
    assert [names[i] for i in (2, 3, 4, 7)] == [BEFORE, RECLASSIFIED, AFTER, TAX]
    assert names[6].startswith("ComprehensiveIncomeNetOfTax")


def test_a_tax_takes_the_concept_of_its_amount():
    assert taxes(hedged(), {4: AFTER, 7: ""}) == {7: TAX}
    assert taxes(hedged(), {4: "NetIncomeLoss", 7: ""}) == {}


@pytest.mark.parametrize(
    ("label", "sign"),
    [
        ("Net change, net of tax benefit (expense) of $6 and $4", -1),
        ("Net change, net of tax (benefit)/expense of $6 and $4", 1),
        ("Net change, net of tax of $6 and $4", 1),
    ],
)
def test_the_sign_of_a_tax_follows_its_words(label, sign):
    whole = hedged()
    amount = replace(whole.lines[4], label=Text(label, SPAN))
    (found,) = map_statements([replace(whole, lines=(*whole.lines[:4], amount, *whole.lines[5:]))])
    assert {m.line.index: m.sign for m in found.lines}[7] == sign


def test_a_heading_completes_a_label_that_names_no_kind():
    plain, own = line(0, "Unrealized gains", 1, section=HEDGES), line(0, "Pension adjustment", 1, section=HEDGES)
    assert spoken(plain, words(plain.label.text)) == (*words(HEDGES[-1]), *words("Unrealized gains"))
    assert spoken(own, words(own.label.text)) == words("Pension adjustment")


def test_a_line_carries_no_concept_of_another_kind():
    chances = {BEFORE: 0.5, "OtherComprehensiveIncomeLossAvailableForSaleSecuritiesTax": 0.3, "NetIncomeLoss": 0.2}
    assert set(of_its_kind(chances, line(0, "Unrealized gains", 1, section=HEDGES))) == {BEFORE, "NetIncomeLoss"}
    assert kinds("Fair value hedges") == {"excluded"}


def test_a_total_is_not_other_comprehensive_income():
    chances = {"OtherComprehensiveIncomeLossNetOfTax": 0.6, "ComprehensiveIncomeNetOfTax": 0.2}
    left = of_its_kind(chances, line(0, "Total comprehensive income, net of taxes", 1))
    assert list(left) == ["ComprehensiveIncomeNetOfTax"]
    assert left["ComprehensiveIncomeNetOfTax"] == pytest.approx(0.8)
    minority = line(0, "Less: Comprehensive income attributable to noncontrolling interests", 1)
    assert list(of_its_kind(chances, minority)) == ["ComprehensiveIncomeNetOfTax"]


def test_an_undivided_balance_sheet_has_undivided_payables():
    chances = {"AccountsPayableCurrent": 0.6, "Assets": 0.4}
    assert unclassified(chances, (), Context("BS")) == {"AccountsPayableCurrentAndNoncurrent": 0.6, "Assets": 0.4}
    assert unclassified(chances, (), Context("BS", cues=("class",))) == chances
    later = {"OtherAssetsNoncurrent": 0.5, "OtherAssets": 0.3}
    assert unclassified(later, words("Other assets"), Context("BS")) == {"OtherAssets": pytest.approx(0.8)}
    assert unclassified(later, words("Other long-term assets"), Context("BS")) == later


def test_a_date_is_no_label():
    assert is_date("June 30, 2024")
    assert is_date("June 2024")
    assert not is_date("Marketing")
    assert not is_date("May Department Stores")


def test_lines_below_the_bar_keep_their_concepts_and_are_told():
    plain = map_statements([hedged()])[0]
    (found,) = map_statements([hedged()], MappingOptions(min_confidence=1.0, below="finding"))
    assert [m.concepts for m in found.lines] == [m.concepts for m in plain.lines]
    assert {f.code for f in found.findings} == {"mapping.unsure"}
    assert len(found.findings) == sum(bool(m.line.values) and not m.concepts[0].extension for m in found.lines)
