"""Addresses of label roles and the statement roots, as the XBRL specifications and the LRR publish them."""

from __future__ import annotations

from pressmark.statements.statement import StatementKind

XBRLI = "http://www.xbrl.org/2003/role/"
STANDARD = XBRLI + "label"
TERSE = XBRLI + "terseLabel"
VERBOSE = XBRLI + "verboseLabel"
TOTAL = XBRLI + "totalLabel"
PERIOD_START = XBRLI + "periodStartLabel"
PERIOD_END = XBRLI + "periodEndLabel"
_NEGATED = "http://www.xbrl.org/2009/role/"

NEGATED = {
    STANDARD: _NEGATED + "negatedLabel",
    TERSE: _NEGATED + "negatedTerseLabel",
    VERBOSE: _NEGATED + "negatedLabel",
    TOTAL: _NEGATED + "negatedTotalLabel",
    PERIOD_START: _NEGATED + "negatedPeriodStartLabel",
    PERIOD_END: _NEGATED + "negatedPeriodEndLabel",
}

ROOTS = {
    StatementKind.BALANCE_SHEET: "StatementOfFinancialPositionAbstract",
    StatementKind.INCOME_STATEMENT: "IncomeStatementAbstract",
    StatementKind.CASH_FLOW: "StatementOfCashFlowsAbstract",
    StatementKind.COMPREHENSIVE_INCOME: "StatementOfIncomeAndComprehensiveIncomeAbstract",
}

NAMES = {
    StatementKind.BALANCE_SHEET: "BalanceSheet",
    StatementKind.INCOME_STATEMENT: "IncomeStatement",
    StatementKind.CASH_FLOW: "CashFlow",
    StatementKind.COMPREHENSIVE_INCOME: "ComprehensiveIncome",
}
