"""What lines tell of each other: the heading they stand under, and lines that name the same investments."""

from __future__ import annotations

import re

import pytest

from mapping_lines import instants, line, statement
from pressmark.mapping.blocks import OUT_OF_PLACE, blocks, in_its_block
from pressmark.mapping.features import Context, words
from pressmark.mapping.kindred import OTHER_KIND, of_one_kind
from pressmark.mapping.ladder import map_statements
from pressmark.mapping.sums import named_by_sums
from pressmark.mapping.table import concept_table
from pressmark.resources import rows
from pressmark.statements.statement import StatementKind

ADJUSTMENTS = "Adjustments to reconcile net income to net cash provided by operating activities:"
CHANGES = "Changes in operating assets and liabilities:"
OTHER = {"OtherNoncashIncomeExpense": 0.6, "IncreaseDecreaseInOtherOperatingCapitalNet": 0.4}


def standing(*lines):
    return blocks("CF", lines, [""] * len(lines))


def test_a_heading_names_the_block_of_the_lines_below_it_up_to_the_next_heading_or_subtotal() -> None:
    lines = [
        line(0, "Net income", 9),
        line(1, ADJUSTMENTS),
        line(2, "Depreciation", 4),
        line(3, CHANGES),
        line(4, "Inventories", -2),
        line(5, "Net cash provided by operating activities", 11),
        line(6, "Effect of exchange rates", 1),
    ]
    found = blocks("CF", lines, ["", "", "", "", "", "OP", ""])
    assert found == ["", "adjustments", "adjustments", "changes", "changes", "changes", ""]
    assert blocks("BS", lines, [""] * 7) == [""] * 7


def test_adjustments_are_a_block_only_beside_changes() -> None:
    assert standing(line(0, ADJUSTMENTS), line(1, "Inventories", -2)) == ["", ""]


@pytest.mark.parametrize(
    ("heading", "block"),
    [
        ("Changes in assets and liabilities, net of acquisitions:", "changes"),
        ("Changes in certain working capital components", "changes"),
        ("Increase (decrease) from changes in:", "changes"),
        ("(Increase) decrease in:", "changes"),
        ("Changes in:", "changes"),
        ("Adjustments to reconcile net income to net cash: increase (decrease) in operating capital", ""),
        ("Adjustments to reconcile net income, and changes in operating assets and liabilities:", ""),
        ("Cash flows from investing activities:", ""),
        ("Items not affecting cash:", "adjustments"),
        ("Effect of exchange rate changes on cash", ""),
    ],
)
def test_headings(heading: str, block: str) -> None:
    beside = [line(0, CHANGES), line(1, "Inventories", -2)]
    assert standing(*beside, line(2, heading), line(3, "Other", 1))[3] == block


@pytest.mark.parametrize(
    ("heading", "block", "concept", "fits"),
    [
        ("Noninterest income:", "noninterest income", "OtherNoninterestExpense", False),
        ("Noninterest income:", "noninterest income", "NoninterestIncomeOther", True),
        ("Noninterest expense:", "noninterest expense", "NoninterestIncomeOther", False),
        ("Interest income:", "interest income", "NoninterestIncomeOther", False),
        ("Interest income:", "interest income", "OtherInterestAndDividendIncome", True),
        ("Interest expense:", "interest expense", "GainsLossesOnExtinguishmentOfDebt", False),
        ("Costs and expenses:", "costs", "Revenues", False),
        ("Costs and expenses:", "costs", "CostOfRevenue", True),
        ("Other income (expense):", "", "Revenues", True),
    ],
)
def test_blocks_of_an_income_statement(heading: str, block: str, concept: str, fits: bool) -> None:
    found = blocks("IS", [line(0, heading), line(1, "Other", 1)], ["", ""])[1]
    assert found == block
    left = in_its_block({concept: 0.5}, Context("IS", block=found))[concept]
    assert left == (0.5 if fits else pytest.approx(0.5 * OUT_OF_PLACE))


def test_a_block_lowers_the_concepts_that_its_lines_do_not_have() -> None:
    under = Context("CF", "^", "OP", block="changes")
    assert in_its_block(OTHER, under) == OTHER | {
        "OtherNoncashIncomeExpense": pytest.approx(0.6 * OUT_OF_PLACE),
    }
    above = Context("CF", "^", "OP", block="adjustments")
    assert in_its_block(OTHER, above)["IncreaseDecreaseInOtherOperatingCapitalNet"] == pytest.approx(0.4 * OUT_OF_PLACE)
    assert in_its_block(OTHER, Context("CF", "^", "OP")) == OTHER


def test_two_lines_that_read_other_are_told_apart_by_their_headings() -> None:
    lines = [
        line(0, "Net income", 90, 80),
        line(1, ADJUSTMENTS),
        line(2, "Depreciation", 40, 30),
        line(3, "Other", 3, 5),
        line(4, CHANGES),
        line(5, "Inventories", -20, 10),
        line(6, "Other", 7, -4),
        line(7, "Net cash provided by operating activities", 120, 121),
    ]
    (mapped,) = map_statements([statement(StatementKind.CASH_FLOW, lines)])
    names = [m.concepts[0].name for m in mapped.lines]
    assert not names[3].startswith("IncreaseDecrease")
    assert names[6].startswith("IncreaseDecrease")


BOUGHT = {"PaymentsToAcquireShortTermInvestments": 0.6, "PaymentsToAcquireAvailableForSaleSecuritiesDebt": 0.3}
MATURED = {
    "ProceedsFromMaturitiesPrepaymentsAndCallsOfAvailableForSaleSecurities": 0.5,
    "ProceedsFromMaturitiesPrepaymentsAndCallsOfShorttermInvestments": 0.45,
}
PLANT = {"PaymentsToAcquirePropertyPlantAndEquipment": 0.9}


def first(found):
    return [next(iter(chances)) for chances in found]


def test_lines_that_name_the_same_investments_are_of_one_kind() -> None:
    said = [
        (words("Purchases of short-term investments"), BOUGHT),
        (words("Proceeds from maturities of short-term investments"), MATURED),
        (words("Capital expenditures"), PLANT),
    ]
    found = of_one_kind(said)
    assert first(found) == [
        "PaymentsToAcquireShortTermInvestments",
        "ProceedsFromMaturitiesPrepaymentsAndCallsOfShorttermInvestments",
        "PaymentsToAcquirePropertyPlantAndEquipment",
    ]
    assert found[0]["PaymentsToAcquireAvailableForSaleSecuritiesDebt"] == pytest.approx(0.3 * OTHER_KIND)
    assert found[2] == PLANT


def test_other_investments_are_a_matter_of_their_own() -> None:
    said = [
        (words("Purchases of short-term investments"), BOUGHT),
        (words("Maturities of marketable securities"), MATURED),
    ]
    assert of_one_kind(said) == [BOUGHT, MATURED]


def test_a_line_that_stands_twice_does_not_decide_with_itself() -> None:
    again = (words("Maturities of short-term investments"), MATURED)
    assert of_one_kind([again, again]) == [MATURED, MATURED]


def test_a_line_without_a_candidate_of_the_common_kind_keeps_its_own() -> None:
    only = {"ProceedsFromSaleOfAvailableForSaleSecuritiesDebt": 0.4}
    said = [
        (words("Purchases of investments"), {"PaymentsToAcquireInvestments": 0.9}),
        (words("Sales of investments"), only),
    ]
    assert of_one_kind(said)[1] == only


@pytest.mark.parametrize("table", ["taxonomy/blocks.tsv", "taxonomy/investment-kinds.tsv"])
def test_every_pattern_of_a_table_names_concepts_that_there_are(table: str) -> None:
    for row in rows(table):
        assert any(re.search(row["concepts"], name) for name in concept_table().entries), row


def test_cost_of_sales_apart_from_amortization_is_the_cost_without_it() -> None:
    lines = [
        line(0, "Net sales", 100, 90),
        line(1, "Cost of sales", 50, 44),
        line(2, "Amortization of acquisition-related intangibles", 6, 5),
        line(3, "Total cost of sales", 56, 49),
        line(4, "Gross profit", 44, 41),
    ]
    total = [(3, ((1, 1), (2, 1))), (4, ((0, 1), (3, -1)))]
    (mapped,) = map_statements([statement(StatementKind.INCOME_STATEMENT, lines, total)])
    names = [m.concepts[0].name for m in mapped.lines]
    assert names[1] == "CostOfGoodsAndServiceExcludingDepreciationDepletionAndAmortization"
    assert names[3] in {"CostOfRevenue", "CostOfGoodsAndServicesSold"}


@pytest.mark.parametrize(
    ("label", "other", "name"),
    [
        ("Property, plant and equipment", "Goodwill", "PropertyPlantAndEquipmentNet"),
        ("Property, plant and equipment, gross", "Goodwill", ""),
        (
            "Property, plant and equipment",
            "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment",
            "",
        ),
    ],
)
def test_property_is_what_it_is_carried_at_where_nothing_is_taken_off(label: str, other: str, name: str) -> None:
    sheet = statement(StatementKind.BALANCE_SHEET, instants(line(0, label, 9), line(1, "Other", 2)))
    assert named_by_sums(sheet, {0: "PropertyPlantAndEquipmentGross", 1: other}).get(0, "") == name


def test_receivables_before_their_allowance_are_gross() -> None:
    lines = [line(0, "Trade receivables", 10), line(1, "Less: allowance", -1), line(2, "Trade receivables, net", 9)]
    sheet = statement(StatementKind.BALANCE_SHEET, instants(*lines), [(2, ((0, 1), (1, 1)))])
    allowance = "AllowanceForDoubtfulAccountsReceivableCurrent"
    chosen = {0: "AccountsReceivableNetCurrent", 1: allowance, 2: "ReceivablesNetCurrent"}
    assert named_by_sums(sheet, chosen) == {0: "AccountsReceivableGrossCurrent", 2: "AccountsReceivableNetCurrent"}
    assert named_by_sums(sheet, chosen | {1: "OtherReceivables"}) == {}


def test_what_a_noncontrolling_interest_alone_leaves_is_net_income_of_the_parent() -> None:
    common, whole = "NetIncomeLossAvailableToCommonStockholdersBasic", "ProfitLoss"
    minority = "NetIncomeLossAttributableToNoncontrollingInterest"
    lines = [line(0, "Net income", 9, 8), line(1, "Less: noncontrolling interests", 1, 2), line(2, "For common", 8, 6)]
    made = statement("IS", lines, [(2, ((0, 1), (1, -1)))])
    choice = {0: whole, 1: minority, 2: common}
    assert named_by_sums(made, choice) == {2: "NetIncomeLoss"}
    assert named_by_sums(made, {**choice, 1: "PreferredStockDividendsIncomeStatementImpact"}) == {}
    assert named_by_sums(made, {**choice, 3: "NetIncomeLoss"}) == {}


def test_what_preferred_dividends_leave_is_income_of_common_stockholders() -> None:
    dividends = "PreferredStockDividendsIncomeStatementImpact"
    lines = [line(0, "Net income", 9, 8), line(1, "Preferred dividends", 1, 1), line(2, "For common", 8, 7)]
    made = statement("IS", lines, [(2, ((0, 1), (1, -1)))])
    common = "NetIncomeLossAvailableToCommonStockholdersBasic"
    assert named_by_sums(made, {0: "", 1: dividends, 2: "NetIncomeLoss"}) == {0: "NetIncomeLoss", 2: common}
    assert named_by_sums(made, {0: "ProfitLoss", 1: dividends, 2: "NetIncomeLoss"}) == {2: common}
    assert named_by_sums(made, {0: "NetIncomeLoss", 1: dividends, 2: common}) == {}


def test_property_after_depreciation_is_net_whatever_its_label_says() -> None:
    gross, less = (
        "PropertyPlantAndEquipmentGross",
        "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment",
    )
    lines = [line(0, "Land", 3), line(1, "Buildings", 9), line(2, "Depreciation", -4), line(3, "Total property", 8)]
    sheet = statement(StatementKind.BALANCE_SHEET, instants(*lines), [(3, ((0, 1), (1, 1), (2, 1)))])
    chosen = {0: "Land", 1: "BuildingsAndImprovementsGross", 2: less, 3: gross}
    assert named_by_sums(sheet, chosen) == {3: "PropertyPlantAndEquipmentNet"}


@pytest.mark.parametrize(
    ("label", "equity", "name"),
    [
        ("", False, "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"),
        (
            "",
            True,
            "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments",
        ),
        ("Something", False, None),
    ],
)
def test_income_without_a_label_that_tax_is_taken_from_is_income_before_tax(label, equity, name) -> None:
    lines = [line(0, label, 10, 9), line(1, "Income tax", 3, 2), line(2, "Affiliates", 1, 1), line(3, "Net", 8, 8)]
    parts = ((0, 1), (1, -1), (2, 1)) if equity else ((0, 1), (1, -1))
    made = statement("IS", lines, [(3, parts)])
    choice = {0: "", 1: "IncomeTaxExpenseBenefit", 2: "IncomeLossFromEquityMethodInvestments", 3: "NetIncomeLoss"}
    assert named_by_sums(made, choice).get(0) == name


def test_a_sum_of_costs_without_a_label_is_all_costs() -> None:
    lines = [line(0, "Wages", 10), line(1, "Rent", 3), line(2, "Repairs", 1), line(3, "", 14)]
    made = statement("IS", lines, [(3, ((0, 1), (1, 1), (2, 1)))])
    costs = {0: "LaborAndRelatedExpense", 1: "LeaseAndRentalExpense", 2: ""}
    assert named_by_sums(made, costs | {3: ""}) == {3: "CostsAndExpenses"}
    assert named_by_sums(made, {0: "", 1: "", 2: "", 3: ""}) == {}


def test_the_line_after_tax_that_leads_on_to_net_income_is_income_of_continuing_operations() -> None:
    pretax = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
    labels = ("Before taxes", "Taxes", "Before cumulative effect", "Cumulative effect", "Net income")
    lines = [line(i, label, amount) for i, (label, amount) in enumerate(zip(labels, (9, 3, 6, 1, 5), strict=True))]
    choice = {0: pretax, 1: "IncomeTaxExpenseBenefit", 2: "", 3: "", 4: "NetIncomeLoss"}
    after = (2, ((0, 1), (1, -1)))
    made = statement("IS", lines, [after, (4, ((2, 1), (3, -1)))])
    assert named_by_sums(made, choice) == {2: "IncomeLossFromContinuingOperations"}
    assert named_by_sums(statement("IS", lines, [after]), choice) == {}


@pytest.mark.parametrize(("label", "chosen"), [("", "OtherAssets"), ("Net property", "")])
def test_what_accumulated_depreciation_leads_from_and_to_are_gross_and_net(label: str, chosen: str) -> None:
    less = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"
    lines = [line(0, "Property and equipment", 188), line(1, "Less depreciation", 81), line(2, label, 107)]
    sheet = statement(StatementKind.BALANCE_SHEET, instants(*lines), [(2, ((0, 1), (1, -1)))])
    found = {0: "PropertyPlantAndEquipmentGross", 2: "PropertyPlantAndEquipmentNet"}
    assert named_by_sums(sheet, {0: "PropertyPlantAndEquipmentNet", 1: less, 2: chosen}) == found
    assert named_by_sums(sheet, {0: "", 1: less, 2: chosen}) == found


def test_what_tax_was_taken_off_is_not_before_tax() -> None:
    pretax = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
    lines = [
        line(0, "Revenues", 98),
        line(1, "Income taxes", 6),
        line(2, "Total expenses", 83),
        line(3, "Before interest", 15),
    ]
    made = statement("IS", lines, [(2, ((1, 1),)), (3, ((0, 1), (2, -1)))])
    choice = {0: "Revenues", 1: "IncomeTaxExpenseBenefit", 2: "CostsAndExpenses", 3: pretax}
    assert named_by_sums(made, choice) == {3: ""}
