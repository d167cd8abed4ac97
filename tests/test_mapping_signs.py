"""Signs: what is printed against what the concept measures."""

from __future__ import annotations

import pytest

from mapping_lines import instants, line, statement
from pressmark.mapping.sign import pure_benefit, pure_loss, signs
from pressmark.mapping.table import concept_table

PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"


def sign_of(kind, items, totals=()):
    """Signs of (label, concept, amounts...) lines."""
    lines = [line(i, label, *amounts) for i, (label, _, *amounts) in enumerate(items)]
    if kind == "BS":
        lines = instants(*lines)
    table = concept_table()
    concepts = {i: table[name] for i, (_, name, *_) in enumerate(items)}
    found = signs(statement(kind, lines, totals), concepts)
    return [found[i] for i in range(len(items))]


@pytest.mark.parametrize(
    ("label", "concept", "amounts", "sign"),
    [
        ("Net loss", "NetIncomeLoss", (5147, 7133), -1),
        ("Net loss", "NetIncomeLoss", (-5147, -7133), 1),
        ("Net income (loss)", "NetIncomeLoss", (-5, 7), 1),
        ("Loss from operations", "OperatingIncomeLoss", (5285, 7505), -1),
        ("Income from operations", "OperatingIncomeLoss", (5285, 7505), 1),
        ("Cost of sales", "CostOfRevenue", (-40, -30), -1),
        ("Cost of sales", "CostOfRevenue", (40, 30), 1),
        ("Income tax benefit", "IncomeTaxExpenseBenefit", (30, 20), -1),
        ("Provision (benefit) for income taxes", "IncomeTaxExpenseBenefit", (-30, 20), 1),
        ("Interest expense", "InterestExpense", (-3, -4), -1),
        ("Other (income), net", "OtherNonoperatingIncomeExpense", (-6, 4), -1),
        ("Other income (expense), net", "OtherNonoperatingIncomeExpense", (-6, 4), 1),
        ("Loss (gain) on sale of business", "GainLossOnSaleOfBusiness", (-6, 4), -1),
        ("Capitalized interest", "InterestCostsCapitalized", (-4, -3), -1),
        ("Capitalized interest", "InterestCostsCapitalized", (4, 3), 1),
    ],
)
def test_income_statement(label, concept, amounts, sign):
    assert sign_of("IS", [(label, concept, *amounts)]) == [sign]


@pytest.mark.parametrize(
    ("label", "concept", "amounts", "sign"),
    [
        ("Purchases of equipment", "PaymentsToAcquirePropertyPlantAndEquipment", (-500, -400), -1),
        ("Purchases of equipment", "PaymentsToAcquirePropertyPlantAndEquipment", (500, 400), 1),
        ("Accounts receivable", "IncreaseDecreaseInAccountsReceivable", (-500, 400), -1),
        ("Accounts payable", "IncreaseDecreaseInAccountsPayable", (-500, 400), 1),
        ("Stock-based compensation", "ShareBasedCompensation", (50, 40), 1),
        ("Proceeds from notes", "ProceedsFromNotesPayable", (50, 40), 1),
        ("Net cash used in investing activities", "NetCashProvidedByUsedInInvestingActivities", (-50, -40), 1),
        ("Net loss", "NetIncomeLoss", (50, 40), -1),
    ],
)
def test_cash_flow(label, concept, amounts, sign):
    assert sign_of("CF", [(label, concept, *amounts)]) == [sign]


@pytest.mark.parametrize(
    ("label", "concept", "amounts", "sign"),
    [
        ("Treasury stock, at cost", "TreasuryStockValue", (-9, -8), -1),
        ("Accumulated deficit", "RetainedEarningsAccumulatedDeficit", (9, 8), -1),
        ("Accumulated deficit", "RetainedEarningsAccumulatedDeficit", (-9, -8), 1),
        ("Accumulated other comprehensive loss", "AccumulatedOtherComprehensiveIncomeLossNetOfTax", (-9, -8), 1),
        (
            "Accumulated depreciation",
            "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment",
            (-9, -8),
            -1,
        ),
        ("Inventories", "InventoryNet", (9, 8), 1),
        ("Total shareholders' equity (deficit)", "StockholdersEquity", (9, 8), 1),
        ("Total shareholders' equity (deficit)", "StockholdersEquity", (-9, 8), 1),
        ("Total stockholders' (deficit) equity", "StockholdersEquity", (9, 8), 1),
        ("Shareholders' equity/deficit", "StockholdersEquity", (9, 8), 1),
        ("Partners' capital (deficiency)", "StockholdersEquity", (9, 8), 1),
        ("Total stockholders' deficit", "StockholdersEquity", (9, 8), -1),
        ("Total liabilities and stockholders' deficit", "LiabilitiesAndStockholdersEquity", (9, 8), 1),
    ],
)
def test_balance_sheet(label, concept, amounts, sign):
    assert sign_of("BS", [(label, concept, *amounts)]) == [sign]


def test_what_one_side_takes_off_is_positive():
    """In parentheses a debit below the assets is what it says, and a credit above their total."""
    items = [
        ("Loans", "NotesReceivableGross", 90, 80),
        ("Unearned income", "DeferredRevenue", -9, -8),
        ("Total assets", "Assets", 81, 72),
        ("Common stock", "CommonStockValue", 90, 80),
        ("Unearned compensation - ESOP", "UnearnedESOPShares", -9, -8),
        ("Accumulated other comprehensive loss", "AccumulatedOtherComprehensiveIncomeLossNetOfTax", -1, -1),
    ]
    assert sign_of("BS", items) == [1, -1, 1, 1, -1, 1]


def test_footing_turns_a_part_that_its_balance_contradicts():
    items = [
        ("Income before taxes", PRETAX, 10, 8),
        ("Income taxes", "IncomeTaxExpenseBenefit", 3, 2),
        ("Net income", "NetIncomeLoss", 13, 10),
    ]  # fmt: skip
    assert sign_of("IS", items, [(2, ((0, 1), (1, 1)))]) == [1, -1, 1]
    assert sign_of("IS", items, [(2, ((0, 1), (1, -1)))]) == [1, 1, 1]


@pytest.mark.parametrize(("printed", "weight", "sign"), [(60, 1, -1), (60, -1, 1), (-60, 1, -1)])
def test_a_payment_inside_a_sum_follows_it(printed, weight, sign):
    """Printed plain and added, it came in: an acquisition that brought more cash than it cost."""
    items = [
        ("Acquisitions, net of cash acquired", "PaymentsToAcquireBusinessesNetOfCashAcquired", printed),
        ("Purchases of equipment", "PaymentsToAcquirePropertyPlantAndEquipment", -100),
        ("Net cash used in investing activities", "NetCashProvidedByUsedInInvestingActivities", weight * printed - 100),
    ]
    assert sign_of("CF", items, [(2, ((0, weight), (1, 1)))]) == [sign, -1, 1]


def test_supplemental_payments_are_positive_as_printed():
    items = [
        ("Cash at end of period", "CashAndCashEquivalentsAtCarryingValue", 5, 4),
        ("Cash paid for interest", "InterestPaidNet", 2, 1),
    ]
    lines = [*instants(line(0, items[0][0], 5, 4)), line(1, items[1][0], 2, 1)]
    table = concept_table()
    found = signs(statement("CF", lines), {i: table[name] for i, (_, name, *_) in enumerate(items)})
    assert found == {0: 1, 1: 1}


@pytest.mark.parametrize("label", ["Net loss", "Operating loss", "Loss before income taxes", "Net loss per share"])
def test_pure_losses(label):
    assert pure_loss(label)


@pytest.mark.parametrize("label", ["Net income (loss)", "Net (loss) income", "Income/(loss)", "Net income"])
def test_not_pure_losses(label):
    assert not pure_loss(label)


def test_benefits():
    assert pure_benefit("Income tax benefit")
    assert not pure_benefit("Income tax (benefit) expense")
    assert not pure_benefit("Provision for income taxes")
