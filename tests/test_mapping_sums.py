"""What sums, prints and words rule out: rungs that correct the choice of concepts."""

from __future__ import annotations

from math import log

import pytest

from mapping_lines import instants, line, statement
from pressmark.mapping.candidates import basic_and_diluted, earned, flowing, part_of_earnings
from pressmark.mapping.choose import EXTENSION, Row, choose
from pressmark.mapping.features import Context, words
from pressmark.mapping.ladder import map_statements
from pressmark.mapping.siblings import beside_their_parts, on_their_side
from pressmark.report.model import CalculationArc
from pressmark.report.trees import joined
from pressmark.statements.statement import Measure, StatementKind

CASH = Context("CF")
CUSTOMERS = "RevenueFromContractWithCustomerExcludingAssessedTax"
INCOME, BALANCE = StatementKind.INCOME_STATEMENT, StatementKind.BALANCE_SHEET


def flow(chances, item, context):
    return flowing(chances, item, words(item.label.text), context)


def test_money_printed_as_going_out_was_not_received() -> None:
    chances = {"ProceedsFromIssuanceOfCommonStock": 0.6, "PaymentsForRepurchaseOfCommonStock": 0.3}
    assert list(flow(chances, line(0, "Common stock", -5, -6), CASH)) == ["PaymentsForRepurchaseOfCommonStock"]
    assert list(flow(chances, line(0, "Common stock", 5, -6), CASH)) == list(chances)
    assert list(flow(chances, line(0, "Sale of common stock", 5, 6), CASH)) == ["ProceedsFromIssuanceOfCommonStock"]
    assert list(flow(chances, line(0, "Common stock", -5, -6), Context("BS"))) == list(chances)


def test_what_is_taken_off_net_income_is_hardly_a_cost_that_it_bears() -> None:
    chances = {"AmortizationOfIntangibleAssets": 0.5, "AdjustmentForAmortization": 0.2}
    off = flow(chances, line(0, "Amortization of license revenue", -97, -96), CASH)
    assert off == pytest.approx({"AmortizationOfIntangibleAssets": 0.05, "AdjustmentForAmortization": 0.2})
    assert flow(chances, line(0, "Amortization", 97, 96), Context("CF")) == chances
    assert flow(chances, line(0, "Amortization", -97, -96), Context("IS")) == chances  # costs in parentheses


@pytest.mark.parametrize(
    ("label", "amount", "statement", "kept"),
    [
        ("Royalties", -7, "IS", False),
        ("Royalties", 7, "IS", True),
        ("Royalty revenue, reversed", -7, "IS", True),
        ("Royalties", -7, "CF", True),
    ],
)
def test_what_is_taken_off_income_is_no_revenue(label, amount, statement, kept) -> None:
    left = earned({CUSTOMERS: 0.8, "CostOfRevenue": 0.1}, line(0, label, amount), words(label), Context(statement))
    assert (CUSTOMERS in left) == kept


def test_money_that_goes_both_ways_was_neither_paid_nor_received() -> None:
    both = "PaymentsForProceedsFromOtherInvestingActivities"
    chances = {"ProceedsFromSaleOfOtherInvestments": 0.5, "PaymentsToAcquireOtherInvestments": 0.4, both: 0.1}
    left = flow(chances, line(0, "Investments and other, net", 5, -6), CASH)
    assert max(left, key=left.__getitem__) == both
    assert left.keys() == chances.keys()


@pytest.mark.parametrize(("word", "kept"), [("Basic", "EarningsPerShareBasic"), ("Diluted", "EarningsPerShareDiluted")])
def test_a_line_that_says_basic_is_not_diluted(word: str, kept: str) -> None:
    chances = {"EarningsPerShareDiluted": 0.5, "EarningsPerShareBasic": 0.4}
    item = line(0, word, 1, 2, measure=Measure.PER_SHARE, full=f"Earnings per share: {word}")
    assert list(basic_and_diluted(chances, item)) == [kept]


@pytest.mark.parametrize(
    ("label", "heading", "kept"),
    [
        ("Net income per share", "", "EarningsPerShareBasic"),
        ("Net income", "Earnings per common share", "EarningsPerShareBasic"),
        ("Net income", "Primary EPS", "EarningsPerShareBasic"),
        ("Net income", "Diluted", "EarningsPerShareDiluted"),
        ("Assuming dilution", "Net income per share", "EarningsPerShareDiluted"),
    ],
)
def test_an_amount_per_share_is_basic_unless_something_says_diluted(label: str, heading: str, kept: str) -> None:
    chances = {"EarningsPerShareDiluted": 0.5, "EarningsPerShareBasic": 0.4}
    item = line(0, label, 1, 2, measure=Measure.PER_SHARE, section=(heading,) if heading else ())
    assert list(basic_and_diluted(chances, item)) == [kept]


@pytest.mark.parametrize(("label", "left"), [("Before extraordinary item", 0.05), ("Book value", 0.05), ("Net", 0.5)])
def test_a_part_of_the_earnings_per_share_is_hardly_the_whole(label: str, left: float) -> None:
    chances = part_of_earnings({"EarningsPerShareBasic": 0.5}, line(0, label, 1, 2, measure=Measure.PER_SHARE))
    assert chances["EarningsPerShareBasic"] == pytest.approx(left)


def test_a_sum_without_a_label_is_named_by_its_heading() -> None:
    under = {"section": ("Inventories:",)}
    lines = instants(line(0, "Inventories:"), line(1, "Raw materials", 1, 2, **under), line(2, "", 1, 2, **under))
    (mapped,) = map_statements([statement("BS", lines, [(2, ((1, 1),))])])
    assert [c.name for c in mapped.lines[2].concepts] == ["InventoryNet"]


def test_a_sum_without_a_label_whose_parts_tell_nothing_is_an_extension() -> None:
    lines = instants(line(0, "Blue widgets", 1, 2), line(1, "Red widgets", 3, 4), line(2, "", 4, 6))
    (mapped,) = map_statements([statement("BS", lines, [(2, ((0, 1), (1, 1)))])])
    (concept,) = mapped.lines[2].concepts
    assert concept.extension
    assert concept.name == "Subtotal"


@pytest.mark.parametrize(
    ("labels", "concepts"),
    [
        (("", ""), ["Assets", "LiabilitiesAndStockholdersEquity"]),
        (("Total assets", ""), ["Assets", "LiabilitiesAndStockholdersEquity"]),
        (("", "Total liabilities and equity"), ["Assets", "LiabilitiesAndStockholdersEquity"]),
    ],
)
def test_two_equal_sums_are_the_sides_of_a_balance_sheet(labels: tuple[str, str], concepts: list[str]) -> None:
    lines = instants(
        line(0, "Blue widgets", 1, 2),
        line(1, "Red widgets", 3, 4),
        line(2, labels[0], 4, 6),
        line(3, "Owed", 3, 1),
        line(4, "Owned", 1, 5),
        line(5, labels[1], 4, 6),
    )
    (mapped,) = map_statements([statement("BS", lines, [(2, ((0, 1), (1, 1))), (5, ((3, 1), (4, 1)))])])
    assert [mapped.lines[i].concepts[0].name for i in (2, 5)] == concepts


def test_two_sums_that_differ_in_a_column_are_no_sides() -> None:
    lines = instants(line(0, "Blue widgets", 1, 2), line(1, "", 1, 2), line(2, "Owed", 1, 3), line(3, "", 1, 3))
    (mapped,) = map_statements([statement("BS", lines, [(1, ((0, 1),)), (3, ((2, 1),))])])
    assert "Assets" not in {c.name for x in mapped.lines for c in x.concepts}


def test_a_plain_cost_that_adds_into_costs_is_no_revenue() -> None:
    lines = [line(0, "Subscription", 3, 4), line(1, "Total cost of revenue", 3, 4)]
    made = statement("IS", lines, [(1, ((0, 1),))])
    choice = {0: "Revenues", 1: "CostOfRevenue"}
    sure, unsure = {"CostOfRevenue": 0.9}, {"CostOfRevenue": 0.3}
    assert on_their_side(made, choice, {0: {"Revenues": 0.5}, 1: sure}) == {0: ""}
    rest = {"Revenues": 0.5, "OtherCostOfOperatingRevenue": 0.2}
    assert on_their_side(made, choice, {0: rest, 1: sure}) == {0: "OtherCostOfOperatingRevenue"}
    again = {"Revenues": 0.5, "CostOfGoodsAndServicesSold": 0.2}  # the total in other words
    assert on_their_side(made, choice, {0: again, 1: sure}) == {0: ""}
    assert on_their_side(made, choice, {0: {"Revenues": 0.5}, 1: unsure}) == {}


def test_only_what_filers_call_a_rest_is_one() -> None:
    part, short = "MarketableSecuritiesCurrent", "ShortTermInvestments"
    assert beside_their_parts([part, short], [(), ()]) == [part, "OtherShortTermInvestments"]
    part, debt = "ConvertibleDebtNoncurrent", "LongTermDebtNoncurrent"
    assert beside_their_parts([part, debt], [(), ()]) == [part, debt]
    part = "NetIncomeLossAttributableToNoncontrollingInterest"  # the only other part is comprehensive income
    whole = "ComprehensiveIncomeNetOfTaxAttributableToNoncontrollingInterest"
    assert beside_their_parts([part, whole], [(), ()]) == [part, whole]


def test_a_part_whose_concept_its_total_carries_is_the_filers_own_where_nothing_else_is_likely() -> None:
    chances = {"CostOfGoodsAndServicesSold": log(0.9), "CostDirectMaterial": log(0.05), EXTENSION: log(0.02)}
    part = Row(line(0, "Product", 3, 4), chances, into=(1,))
    total = Row(line(1, "Total cost of revenue", 5, 9), {"CostOfRevenue": log(0.9), EXTENSION: log(0.02)})
    assert choose([part, total]) == [EXTENSION, "CostOfRevenue"]
    likely = Row(part.line, {**chances, "CostDirectMaterial": log(0.4)}, into=(1,))
    assert choose([likely, total]) == ["CostDirectMaterial", "CostOfRevenue"]


def test_a_total_of_one_part_is_the_same_fact_as_its_part() -> None:
    chances = {"MinorityInterest": log(0.9), EXTENSION: log(0.02)}
    part = Row(line(0, "Minority interest in subsidiary", 3, 4), chances, into=(1,))
    same, more = Row(line(1, "Total minority interest", 3, 4), chances), Row(line(1, "Total minority", 5, 4), chances)
    assert choose([part, same]) == ["MinorityInterest", "MinorityInterest"]
    assert choose([part, more]) == [EXTENSION, "MinorityInterest"]


def test_a_benefit_may_add_to_income() -> None:
    lines = [line(0, "Benefit for income taxes", 3, 4), line(1, "Net income", 3, 4)]
    made = statement("IS", lines, [(1, ((0, 1),))])
    choice = {0: "IncomeTaxExpenseBenefit", 1: "NetIncomeLoss"}
    assert on_their_side(made, choice, {0: {"IncomeTaxExpenseBenefit": 0.5}, 1: {"NetIncomeLoss": 0.9}}) == {}


def test_a_loss_among_costs_may_carry_the_concept_of_gains_and_losses() -> None:
    lines = [line(0, "Wages", 60), line(1, "Loss on sale of assets", 9), line(2, "Total costs", 69)]
    made = statement("IS", lines, [(2, ((0, 1), (1, 1)))])
    choice = {0: "LaborAndRelatedExpense", 1: "GainLossOnDispositionOfAssets1", 2: "CostsAndExpenses"}
    assert on_their_side(made, choice, {0: {}, 1: {choice[1]: 0.3}, 2: {choice[2]: 0.9}}) == {}


def test_what_adds_into_noninterest_income_is_no_expense() -> None:
    lines = [line(0, "Deposit fees", 60), line(1, "Wealth management fees", 9), line(2, "Total", 69)]
    made = statement("IS", lines, [(2, ((0, 1), (1, 1)))])
    choice = {0: "FeesAndCommissionsDepositorAccounts1", 1: "ManagementFeeExpense", 2: "NoninterestIncome"}
    assert on_their_side(made, choice, {0: {}, 1: {choice[1]: 0.7}, 2: {choice[2]: 0.9}}) == {1: ""}


@pytest.mark.parametrize(
    ("sales", "other", "total", "chosen"),
    [(90, 10, "Revenues", CUSTOMERS), (40, 60, "Revenues", EXTENSION), (90, 10, CUSTOMERS, EXTENSION)],
)
def test_most_of_all_revenues_may_be_from_contracts_with_customers(sales, other, total, chosen) -> None:
    rows = [
        Row(line(0, "Sales and other operating revenues", sales), {CUSTOMERS: log(0.8), EXTENSION: log(0.02)}, (2,)),
        Row(line(1, "Other income", other), {"OtherIncome": log(0.8), EXTENSION: log(0.02)}, (2,)),
        Row(line(2, "Total revenues", 100), {total: log(0.9), EXTENSION: log(0.02)}),
    ]
    assert choose(rows) == [chosen, "OtherIncome", total]


def test_a_heading_of_losses_turns_no_gain() -> None:
    shares = {"measure": Measure.PER_SHARE, "full": "Loss per share: Basic"}
    gain = [line(0, "Net income", 6, 5), line(1, "Basic", "0.06", "0.05", **shares)]
    loss = [line(0, "Net loss", 6, 5), line(1, "Basic", "0.06", "0.05", **shares)]
    for lines, sign in ((gain, 1), (loss, -1)):
        (mapped,) = map_statements([statement("IS", lines)])
        assert mapped.lines[1].sign == sign


def test_a_total_of_two_tables_has_the_parts_of_both() -> None:
    def arcs(*children: str) -> list[CalculationArc]:
        return [CalculationArc("Expenses", child, 1, n) for n, child in enumerate(children, 1)]

    quarter, year = joined([(INCOME, arcs("Research", "Judgment")), (INCOME, arcs("Research", "Selling"))])
    assert [(a.child, a.order) for a in quarter] == [("Research", 1), ("Judgment", 2), ("Selling", 3)]
    assert year == []
    apart = joined([(INCOME, arcs("Research")), (BALANCE, arcs("Selling"))])
    assert [[a.child for a in found] for found in apart] == [["Research"], ["Selling"]]


def test_where_one_table_has_a_subtotal_more_it_stands_for_what_it_sums() -> None:
    quarter = [CalculationArc("Net", "Pretax", 1, 1), CalculationArc("Net", "Tax", -1, 2)]
    year = [
        CalculationArc("Net", "Before", 1, 1),
        CalculationArc("Net", "Extraordinary", 1, 2),
        CalculationArc("Before", "Pretax", 1, 1),
        CalculationArc("Before", "Tax", -1, 2),
    ]
    one, other = joined([(INCOME, quarter), (INCOME, year)])
    assert [(a.parent, a.child, a.order) for a in (*one, *other)] == [
        ("Net", "Before", 1),
        ("Net", "Extraordinary", 2),
        ("Before", "Pretax", 1),
        ("Before", "Tax", 2),
    ]


def test_totals_of_very_many_tables_are_joined_in_no_time() -> None:
    tables = [[CalculationArc("Assets", f"Part{n}x{i}", 1, i) for i in range(80)] for n in range(400)]
    first, *others = joined([(BALANCE, arcs) for arcs in tables])
    assert len(first) == 400 * 80
    assert not any(others)


def test_joined_arcs_close_no_circle() -> None:
    one, other = CalculationArc("A", "B", 1, 1), CalculationArc("B", "C", 1, 1)
    circle = CalculationArc("B", "A", 1, 1)
    assert joined([(INCOME, [one, other]), (INCOME, [circle])]) == [[one, other], []]
