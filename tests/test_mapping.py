"""Mapping: the rungs one by one, then whole statements of made-up companies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mapping_lines import YEAR, instants, line, statement
from pressmark.mapping.candidates import (
    basic_and_diluted,
    before_equity,
    candidates,
    exact,
    fitting,
    in_its_term,
    parenthetical,
    spoken,
    without_minority,
)
from pressmark.mapping.choose import EXTENSION, MOST_PLACES, Row, choose
from pressmark.mapping.context import contexts, subtotal
from pressmark.mapping.dictionary import Dictionary
from pressmark.mapping.evidence import Told
from pressmark.mapping.extension import lc3_name, wider_concept
from pressmark.mapping.features import Context, cues, words
from pressmark.mapping.ladder import MappingOptions, bridged, map_statements
from pressmark.mapping.lexicon import blended
from pressmark.mapping.prior_evidence import Match
from pressmark.mapping.siblings import beside_their_parts, bridges, by_their_parts
from pressmark.mapping.table import concept_table
from pressmark.period import Period
from pressmark.statements.statement import Column, Measure


def biotech():
    """An income statement without revenue."""
    under = ("Operating expenses:",)
    lines = [
        line(0, "Operating expenses:"),
        line(1, "Research and development", 40, 50, section=under),
        line(2, "Vaccine fill and finish", 7, 9, section=under),
        line(3, "Marketing, general and administrative", 13, 11, section=under),
        line(4, "Total operating expenses", 60, 70),
        line(5, "Loss from operations", 60, 70),
        line(6, "Interest and other income, net", 4, 5),
        line(7, "Net loss", -56, -65),
        line(8, "Net loss per share: basic and diluted", "-0.56", "-0.65", measure=Measure.PER_SHARE),
        line(9, "Weighted average shares - basic and diluted", 100, 100, measure=Measure.SHARES),
    ]
    return statement("IS", lines, [(4, ((1, 1), (2, 1), (3, 1)))])


def mapped(*statements, options=None):
    return [{m.line.index: m for m in s.lines} for s in map_statements(statements, options)]


def names(found):
    return {i: m.concepts[0].name for i, m in found.items()}


def test_an_income_statement_is_mapped_whole():
    (found,) = mapped(biotech())
    assert names(found) | {2: ""} == {
        0: "OperatingExpensesAbstract",
        1: "ResearchAndDevelopmentExpense",
        2: "",
        3: "SellingGeneralAndAdministrativeExpense",
        4: "OperatingExpenses",
        5: "OperatingIncomeLoss",
        6: "InterestAndOtherIncome",
        7: "NetIncomeLoss",
        8: "EarningsPerShareBasic",
        9: "WeightedAverageNumberOfSharesOutstandingBasic",
    }


def test_a_line_that_is_basic_and_diluted_carries_both_concepts_today_and_one_before_2018():
    (today,) = mapped(biotech())
    assert [c.name for c in today[8].concepts] == ["EarningsPerShareBasic", "EarningsPerShareDiluted"]
    year = Column(0, "2004", Period(date(2004, 12, 31), date(2004, 1, 1)))
    (then,) = mapped(replace(biotech(), columns=(year,)))
    assert [c.name for c in then[8].concepts] == ["EarningsPerShareBasicAndDiluted"]


def test_both_sides_are_left_to_another_line_with_other_values():
    lines = [
        line(0, "Loss per share, basic and diluted", "-0.56", "-0.65", measure=Measure.PER_SHARE),
        line(1, "Diluted loss per share", "-0.50", "-0.60", measure=Measure.PER_SHARE),
    ]
    (found,) = mapped(statement("IS", lines))
    assert [c.name for c in found[0].concepts] == ["EarningsPerShareBasicAndDiluted"]
    assert [c.name for c in found[1].concepts] == ["EarningsPerShareDiluted"]


def test_a_prior_filing_that_tags_both_sides_apart_gives_both_to_a_line_of_both(monkeypatch):
    sides = ("EarningsPerShareBasic", "EarningsPerShareDiluted")
    told = Told(tuple(Match(side, 0.49) for side in sides))
    monkeypatch.setattr("pressmark.mapping.evidence.evidence", lambda *_: {(0, 0): told})
    loss = line(0, "Loss per share, basic and diluted", "-0.56", "-0.65", measure=Measure.PER_SHARE)
    (found,) = mapped(statement("IS", [loss]), options=MappingOptions(prior=Dictionary()))
    assert tuple(c.name for c in found[0].concepts) == sides
    assert found[0].confidence > 0.9
    silent = Told((Match("OperatingIncomeLoss", 0.01),))
    monkeypatch.setattr("pressmark.mapping.evidence.evidence", lambda *_: {(0, 0): silent})
    (found,) = mapped(statement("IS", [loss]), options=MappingOptions(prior=Dictionary()))
    assert tuple(c.name for c in found[0].concepts) == sides
    assert found[0].confidence < 0.9
    assert "carries both concepts" in found[0].reasons[-1]


def test_an_unknown_line_becomes_an_extension_under_its_heading():
    own = mapped(biotech())[0][2].concepts[0]
    assert own.extension
    assert (own.name, own.type, own.period_type, own.balance) == (
        "VaccineFillAndFinish",
        "monetaryItemType",
        "duration",
        "debit",
    )
    assert own.wider == "OperatingExpenses"


def test_every_line_tells_confidence_reasons_and_candidates():
    for line_ in mapped(biotech())[0].values():
        assert 0 <= line_.confidence <= 1
        assert line_.reasons
        assert len(line_.candidates) <= 5
        scores = [c.score for c in line_.candidates]
        assert scores == sorted(scores, reverse=True)


def test_a_balance_sheet_holds_instants_and_parentheticals():
    lines = instants(
        line(0, "Cash, cash equivalents and short-term investments", 30, 20),
        line(1, "Long-term marketable securities", 5, 5),
        line(2, "Long-term investment", 1, 1),
        line(3, "Total assets", 36, 26),
        line(4, "Common stock, $0.01 par value; 500 shares authorized", 1, 1),
        line(5, "par value", "0.01", measure=Measure.PER_SHARE, full="Common stock, par value", inside=True, of=4),
        line(6, "authorized", 500, measure=Measure.SHARES, full="Common stock, authorized", inside=True, of=4),
        line(7, "Stockholders' equity", 36, 26),
    )  # fmt: skip
    (found,) = mapped(statement("BS", lines, [(3, ((0, 1), (1, 1), (2, 1)))]))
    assert names(found) == {
        0: "CashCashEquivalentsAndShortTermInvestments",
        1: "MarketableSecuritiesNoncurrent",
        2: "OtherLongTermInvestments",
        3: "Assets",
        4: "CommonStockValue",
        5: "CommonStockParOrStatedValuePerShare",
        6: "CommonStockSharesAuthorized",
        7: "StockholdersEquity",
    }
    assert all(m.concepts[0].period_type == "instant" for m in found.values())


def test_parts_of_revenue_leave_the_concept_to_the_total():
    lines = [
        line(0, "Net sales:"),
        line(1, "Product sales", 70, 60, section=("Net sales:",)),
        line(2, "Service sales", 30, 20, section=("Net sales:",)),
        line(3, "Total net sales", 100, 80),
    ]
    (found,) = mapped(statement("IS", lines, [(3, ((1, 1), (2, 1)))]))
    assert not found[3].concepts[0].extension
    assert found[1].concepts[0].extension
    assert found[2].concepts[0].extension


def test_the_same_net_income_has_one_concept_everywhere():
    income = statement("IS", [line(0, "Revenues", 90, 80), line(1, "Net income", 12, 9)])
    flows = statement("CF", [line(0, "Net income", 12, 9), line(1, "Depreciation and amortization", 3, 2)])
    first, second = mapped(income, flows)
    assert first[1].concepts[0].name == second[0].concepts[0].name == "NetIncomeLoss"


def test_no_two_values_for_one_concept_and_period():
    lines = [line(i, "Other income, net", 10 + i, 20 + i) for i in range(4)]
    (found,) = mapped(statement("IS", lines))
    taken = [m.concepts[0].name for m in found.values() if not m.concepts[0].extension]
    assert len(taken) == len(set(taken))


def test_a_high_bar_leaves_only_extensions():
    (found,) = mapped(biotech(), options=MappingOptions(min_confidence=1.0))
    assert all(m.concepts[0].extension for m in found.values() if m.line.values)


def test_a_statement_that_is_left_out_has_no_lines():
    out = biotech()
    left = type(out)(out.kind, out.title, out.span, out.columns, out.lines, gaap=False)
    assert map_statements([left])[0].lines == ()


def test_words_drop_notes_plurals_and_share_details():
    assert words("Inventories (Note 5)") == ("inventory",)
    assert words("Common stock, $.01 par value; 500 shares authorized") == ("common", "stock")
    assert words("Shareholders’ equity") == words("Stockholders' Equity")
    assert words("Assets, Total") == ("total", "asset")


@pytest.mark.parametrize(
    ("kind", "label", "code"),
    [
        ("BS", "Total current assets", "CA"),
        ("BS", "Total liabilities and shareholders’ equity", "LE"),
        ("BS", "Total liabilities", "L"),
        ("IS", "Income before income taxes", "PT"),
        ("IS", "Loss from operations", "OI"),
        ("IS", "Net loss", "NI"),
        ("IS", "Pretax income", "PT"),
        ("IS", "Pretax margin analysis", ""),
        ("CF", "Net cash used in investing activities", "IN"),
        ("CF", "Cash generated by operating activities", "OP"),
        ("CF", "Cash provided (used) by operations", "OP"),
        ("CF", "Net cash flows from operations", "OP"),
        ("CF", "Net cash provided by discontinued operations", ""),
        ("CF", "Net cash used in operations of continuing businesses", ""),
        ("CF", "TOTAL FINANCING ACTIVITIES", "FI"),
        ("CF", "Cash and cash equivalents at end of period", "END"),
        ("IS", "Research and development", ""),
    ],
)
def test_subtotals_are_told_by_their_wording(kind, label, code):
    assert subtotal(kind, line(0, label, 1)) == code


def test_context_names_the_subtotals_around_and_the_heading():
    lines = [line(0, "Costs:"), line(1, "Cost of sales", 4), line(2, "Gross profit", 6), line(3, "Other", 1)]
    found = contexts(statement("IS", lines), {"IS": ()}, "recent")
    assert (found[1].above, found[1].below, found[1].section) == ("^", "GP", "cost")
    assert (found[3].above, found[3].below) == ("GP", "")


def test_exact_wording_counts_in_its_own_statement_only():
    said = words("Cash, cash equivalents and short-term investments")
    assert "CashCashEquivalentsAndShortTermInvestments" in exact(said, Context("BS"))
    assert exact(said, Context("IS")) == {}


def test_types_and_periods_are_hard_constraints():
    chances = {"NetIncomeLoss": 0.3, "ProfitLoss": 0.1, "Assets": 0.3, "EarningsPerShareBasic": 0.1}
    flows = fitting(chances, line(0, "x", 1))
    assert flows == pytest.approx({"NetIncomeLoss": 0.6, "ProfitLoss": 0.2})
    assert set(fitting(chances, line(0, "x", 1, measure=Measure.PER_SHARE))) == {"EarningsPerShareBasic"}
    assert set(fitting(chances, instants(line(0, "x", 1))[0])) == {"Assets"}
    assert fitting({"Assets": 0.3}, line(0, "x", 1)) == {}


def test_basic_and_diluted_adds_both_chances():
    both = line(0, "Basic and diluted", 1, measure=Measure.PER_SHARE)
    assert basic_and_diluted({"EarningsPerShareBasic": 0.5, "EarningsPerShareDiluted": 0.4}, both) == {
        "EarningsPerShareBasicAndDiluted": pytest.approx(0.9)
    }


def test_a_figure_inside_a_label_without_a_known_word_has_no_concept():
    assert parenthetical(line(0, "including retainage", 3, inside=True)) == ""
    assert candidates(line(0, "including retainage", 3, inside=True), Context("BS")) == {}


def test_a_figure_that_its_label_does_not_name_is_named_by_the_heading():
    under = {"section": ("Treasury stock at cost",), "inside": True, "measure": Measure.SHARES}
    assert parenthetical(line(0, "Shares: 2024 - 832", 832, **under)) == "TreasuryStockCommonShares"
    assert parenthetical(line(0, "shares issued", 832, **under)) == "CommonStockSharesIssued"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Shares: 2024 – 832; 2023 – 835", "Treasury stock at cost"),
        ("Shares at June 30, 2024: 392,040,626", "Treasury stock at cost"),
        ("Shares issued: 832", "Shares issued: 832"),
        ("Shares of 2024 series", "Shares of 2024 series"),
        ("Shares", "Shares"),
    ],
)
def test_an_amount_whose_label_only_counts_shares_goes_by_its_heading(label, said):
    assert spoken(line(0, label, -40_284, section=("Equity", "Treasury stock at cost")), "BS") == words(said)


def test_what_stands_above_the_total_of_current_assets_is_current():
    chances = {"DebtCurrent": 0.5, "LongTermDebtNoncurrent": 0.3, "LongTermDebtCurrent": 0.1, "Goodwill": 0.1}
    divided = Context("BS", "A", "CL", cues=("class",))
    above = in_its_term(chances, words("Term debt"), divided)
    assert above == pytest.approx({"DebtCurrent": 0.5, "LongTermDebtCurrent": 0.4, "Goodwill": 0.1})
    below = in_its_term(chances, words("Term debt"), Context("BS", "CL", "L", cues=("class",)))
    assert below == pytest.approx({"DebtCurrent": 0.5, "LongTermDebtNoncurrent": 0.4, "Goodwill": 0.1})
    assert in_its_term(chances, words("Long-term debt"), divided) == chances  # it says so itself
    other = {"OtherAssetsCurrent": 0.7, "OtherAssetsNoncurrent": 0.2, "AccountsPayableCurrent": 0.1}
    late = Context("BS", "CA", "CL", cues=("class",))  # total assets are called "Total"
    assert in_its_term(other, words("Other assets"), late) == {
        "OtherAssetsNoncurrent": pytest.approx(0.9),
        "AccountsPayableCurrent": 0.1,
    }
    assert in_its_term(chances, words("Term debt"), Context("BS", "A", "CL")) == chances  # nothing is divided


def test_counts_outweigh_the_model_as_they_grow():
    few = blended({"A": 0.9, "B": 0.1}, {"B": 2.0})
    many = blended({"A": 0.9, "B": 0.1}, {"B": 200.0})
    assert few["A"] > few["B"]
    assert many["B"] > 0.9


def test_the_line_that_loses_least_gives_way():
    sure = Row(line(0, "Other", 1), {"A": -0.1, "B": -4.0, EXTENSION: -5.0})
    torn = Row(line(1, "Other", 2), {"A": -0.6, "B": -0.9, EXTENSION: -5.0})
    assert choose([sure, torn]) == ["A", "B"]


def test_equal_values_may_share_a_concept():
    rows = [Row(line(i, "Net income", 5), {"A": -0.1, EXTENSION: -3.0}) for i in range(2)]
    assert choose(rows) == ["A", "A"]


def test_what_very_many_lines_say_is_not_one_fact():
    lines = [line(i, "Sales", 5, 4) for i in range(MOST_PLACES + 1)]
    rows = [Row(x, {"Revenues": -0.1, EXTENSION: -4.0 + 0.01 * x.index}) for x in lines]
    assert choose(rows) == ["Revenues"] * len(rows)
    alone = Row(line(0, "Other sales", 5, 4), {"Revenues": -2.0, "OtherIncome": -1.9, EXTENSION: -4.0})
    assert choose([*rows, alone])[-1] == "OtherIncome"
    assert choose([*rows[:1], alone])[-1] == "Revenues"


def test_a_line_is_not_the_sum_of_its_neighbours():
    chosen = ["LongTermInvestments", "MarketableSecuritiesNoncurrent"]
    assert beside_their_parts(chosen, [(), ()]) == ["OtherLongTermInvestments", "MarketableSecuritiesNoncurrent"]
    assert beside_their_parts(chosen, [(), (0,)]) == chosen


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Clinical trials, net", "ClinicalTrialsNet"),
        ("The share of losses", "ShareOfLosses"),
        ("SPECIAL CHARGES", "SPECIALCHARGES".title().replace("charges", "Charges")),
        ("401(k) match", "Item401KMatch"),
        ("—", "Line"),
    ],
)
def test_extension_names_follow_label_camel_case(label, name):
    assert lc3_name(label) == name


def test_wider_is_the_head_noun_not_what_the_line_is_part_of():
    kind = ("monetaryItemType", "duration", "debit")
    assert wider_concept(line(0, "Overseas interest expense", 1), kind) == "InterestExpense"
    assert wider_concept(line(0, "Adjustment of interest expense", 1), kind) == ""


def test_no_concept_outside_the_table_is_given_as_us_gaap():
    known = concept_table()
    for found in mapped(biotech())[0].values():
        for concept in found.concepts:
            assert concept.extension or concept.name in known
    assert YEAR.days == 366


def test_a_total_with_cost_of_revenue_is_costs_and_expenses():
    chosen = ["CostOfRevenue", "ResearchAndDevelopmentExpense", "OperatingExpenses"]
    assert by_their_parts(chosen, [(2,), (2,), ()])[2] == "CostsAndExpenses"
    assert by_their_parts(chosen, [(), (2,), ()]) == chosen


def test_equity_with_noncontrolling_interest_below_it_is_without():
    whole = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
    below = [whole, "MinorityInterest", "LiabilitiesAndStockholdersEquity"]
    assert by_their_parts(below, [(2,), (2,), ()])[0] == "StockholdersEquity"
    above = ["MinorityInterest", whole, "LiabilitiesAndStockholdersEquity"]
    assert by_their_parts(above, [(1,), (2,), ()]) == above
    assert by_their_parts(above, [(), (2,), ()]) == above


def test_the_one_line_between_two_subtotals_bridges_them():
    lines = [line(0, "Operating income", 9), line(1, "Other income, net", 1), line(2, "Income before taxes", 10)]
    assert bridges(statement("IS", lines, [(2, ((0, 1), (1, 1)))])) == {1: "NonoperatingIncomeExpense"}
    assert bridges(statement("IS", lines)) == {}
    assert next(iter(bridged({"A": 0.7, "B": 0.2}, "B"))) == "B"
    assert bridged({"A": 0.7}, "B") == {"A": 0.7}


def test_concepts_with_a_minority_need_a_word_of_one():
    chances = {"ProfitLoss": 0.6, "NetIncomeLoss": 0.4}
    assert without_minority(chances, Context("IS"))["ProfitLoss"] < 0.4
    assert without_minority(chances, Context("IS", cues=("shared",))) == chances


def test_income_is_shared_where_the_income_statement_says_so_and_equity_where_the_balance_sheet_does():
    equity = ["Total stockholders' equity", "Noncontrolling interests", "Total equity"]
    found = cues({"BS": equity, "IS": ["Net income"], "CF": ["Net income"]})
    assert {s: "shared" in codes for s, codes in found.items()} == {"BS": True, "IS": False, "CF": False}
    assert all("nci" in codes for codes in found.values())
    assert "shared" in cues({"BS": equity, "CF": ["Net income"]})["CF"]  # no income statement to ask


def test_income_before_equity_income_is_without_it():
    whole = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
    without = (
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments"
    )
    chances = {whole: 0.7, without: 0.2, "OperatingIncomeLoss": 0.1}
    found = before_equity(chances, words("Loss before income taxes and equity in earnings of affiliates"))
    assert set(found) == {without, "OperatingIncomeLoss"}
    assert found[without] == pytest.approx(0.9)
    assert before_equity(chances, words("Loss before income taxes")) == chances
