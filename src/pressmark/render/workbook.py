"""Writes a workbook: a sheet a statement, laid out as in the release, then the facts and the findings.

Each number of a statement links to its row among the facts. XlsxWriter takes several times as long for a link as for a
cell, so that there is none back.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pressmark.finding import Finding
from pressmark.mapping.mapped import MappedLine, MappedStatement
from pressmark.period import Period
from pressmark.render.lexical import number, plain
from pressmark.render.tables import finding_record
from pressmark.report.extraction import Extraction
from pressmark.report.flat import fact_rows
from pressmark.report.model import Report
from pressmark.span import Span
from pressmark.statements.statement import StatementKind, Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FACTS, FINDINGS = "Facts", "Findings"
_NAMES = {
    StatementKind.BALANCE_SHEET: "Balance sheet",
    StatementKind.INCOME_STATEMENT: "Income statement",
    StatementKind.CASH_FLOW: "Cash flow",
    StatementKind.COMPREHENSIVE_INCOME: "Comprehensive income",
}
_SCALES = {0: "", 3: ",", 6: ",,", 9: ",,,"}
_UNITS = {3: "thousands", 6: "millions", 9: "billions"}
_HEAD = 5  # rows above a statement's first line
_LONGEST_TEXT = 32_767
_WIDEST = 70
_DAY_ZERO = date(1899, 12, 30).toordinal()
# A fixed day, so that the bytes are the same on every run.
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
_COLUMNS = (
    ("Statement", 18),
    ("Label", 44),
    ("Concept", 52),
    ("From", 11),
    ("To", 11),
    ("Fiscal", 9),
    ("Unit", 11),
    ("Value", 18),
    ("Decimals", 9),
    ("Confidence", 11),
    ("Line", 7),
)


@dataclass(slots=True)
class _Book:
    """A workbook being filled: by place the fact that stands there, and the formats so far."""

    book: Workbook
    facts: Mapping[Span, tuple[str, int]]
    formats: dict[tuple[object, ...], Format] = field(default_factory=dict)

    def format(self, **properties: object) -> Format:
        """A format; each is made once."""
        key = tuple(properties.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


def workbook(extraction: Extraction, findings: Sequence[Finding]) -> bytes:
    """The workbook of a release and its findings, the same on every run. Numbers are numbers, in whole units."""
    from xlsxwriter import Workbook

    report = extraction.report
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, options) as book:
        book.set_properties({"title": plain(f"{report.entity.name.value}, {report.period.end}"), "created": _CREATED})
        made = _Book(book, _facts_by_place(report))
        for name, mapped in _named(extraction.mapped):
            _statement(made, book.add_worksheet(name), name, mapped, report)
        _facts(made, book.add_worksheet(FACTS), report)
        _findings(made, book.add_worksheet(FINDINGS), findings)
    return buffer.getvalue()


def _named(statements: Iterable[MappedStatement]) -> list[tuple[str, MappedStatement]]:
    """Each statement with the name of its sheet; a second one of a kind gets a number."""
    seen: dict[str, int] = {}
    named = []
    for mapped in statements:
        name = _NAMES[mapped.statement.kind]
        seen[name] = seen.get(name, 0) + 1
        named.append((f"{name} {seen[name]}" if seen[name] > 1 else name, mapped))
    return named


def _facts_by_place(report: Report) -> dict[Span, tuple[str, int]]:
    """Place to the first fact that stands there: name of the concept and its row, counted from 1."""
    found: dict[Span, tuple[str, int]] = {}
    for row, fact in enumerate(report.facts, 2):
        told = (fact.concept.qname, row)
        for place in fact.places:
            found.setdefault(place, told)
    return found


def _statement(made: _Book, sheet: Worksheet, name: str, mapped: MappedStatement, report: Report) -> None:
    statement = mapped.statement
    lines = [line for line in mapped.lines if not line.line.parenthetical]
    shown = [c for c in statement.columns if c.period is not None]
    at = {column.index: place for place, column in enumerate(shown, 1)}
    sheet.write_string(0, 0, plain(report.entity.name.value), made.format(bold=True, font_size=14))
    sheet.write_string(1, 0, plain(statement.title or name), made.format(bold=True))
    sheet.write_string(2, 0, _note(mapped), made.format(italic=True, font_color="#595959"))
    for column in shown:
        if column.period is not None:
            _head(made, sheet, at[column.index], column.period)
    sheet.set_column(0, 0, min(_WIDEST, max((_width(line) for line in lines), default=20)))
    sheet.set_column(1, max(len(shown), 1), 16)
    sheet.freeze_panes(_HEAD, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _HEAD - 1)
    totals = {total.line for total in statement.totals}
    for row, line in enumerate(lines, _HEAD):
        item = line.line
        bold = item.index in totals or not item.values
        label = made.format(bold=bold, indent=min(item.depth, 15), text_wrap=True, valign="top")
        sheet.write_string(row, 0, plain(item.label.text)[:_LONGEST_TEXT], label)
        for value in item.values:
            if value.column in at:
                _value(made, sheet, (row, at[value.column]), value, (bold, item.ruled))


def _head(made: _Book, sheet: Worksheet, column: int, period: Period) -> None:
    """The head of a column: the length of its period over its last day."""
    months = round(period.days / 30.4375)
    kind = "" if period.instant else f"{months} months to" if abs(period.days - months * 30.4375) <= 4 else "from"
    over = f"{period.days} days to" if kind == "from" else kind
    sheet.write_string(_HEAD - 2, column, over, made.format(bold=True, align="right"))
    day = made.format(bold=True, align="right", num_format="mmm d, yyyy", bottom=1)
    sheet.write_number(_HEAD - 1, column, _day(period.end), day)


def _value(made: _Book, sheet: Worksheet, at: tuple[int, int], value: Value, line: tuple[bool, bool]) -> None:
    """A number in whole units, signed as printed; a link to its fact, or grey where it is none.

    `line` says whether its line is bold, and ruled off from those above. A link comes with a text, which the number
    then replaces: that of the concept is in the workbook anyway.
    """
    fact = made.facts.get(value.span)
    if fact is not None:
        concept, row = fact
        sheet.write_url(*at, f"internal:'{FACTS}'!B{row}", string=concept, tip=concept[:255])
    key = (value.scale, value.decimals, value.dash, line, fact is None)
    shown = made.formats.get(key)
    if shown is None:
        bold, ruled = line
        grey = {} if fact is not None else {"font_color": "#7F7F7F"}
        properties = {"num_format": _number_format(value), "bold": bold, "top": int(ruled), **grey}
        shown = made.formats[key] = made.format(**properties)
    sheet.write_number(*at, value.amount, shown)


def _facts(made: _Book, sheet: Worksheet, report: Report) -> None:
    head = made.format(bold=True, bottom=1)
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(report.facts), 1), len(_COLUMNS) - 1)
    day = made.format(num_format="yyyy-mm-dd")
    for row, fact in enumerate(fact_rows(report), 1):
        fiscal = f"{fact.fiscal_year} {fact.fiscal_period}" if fact.fiscal_year else ""
        label = plain(fact.label)[:_LONGEST_TEXT]
        for column, text in ((0, fact.statement), (1, label), (2, fact.concept), (5, fiscal), (6, fact.unit)):
            if text:
                sheet.write_string(row, column, text)
        if fact.period_start is not None:
            sheet.write_number(row, 3, _day(fact.period_start), day)
        sheet.write_number(row, 4, _day(fact.period_end), day)
        if fact.value is None:
            sheet.write_string(row, 7, plain(fact.text)[:_LONGEST_TEXT])
        else:
            sheet.write_number(row, 7, fact.value, made.format(num_format=_plain_format(fact.value)))
        for column, count in ((8, fact.decimals), (9, fact.confidence), (10, fact.line)):
            if count is not None:
                sheet.write_number(row, column, count)


def _findings(made: _Book, sheet: Worksheet, findings: Sequence[Finding]) -> None:
    wrap = made.format(text_wrap=True, valign="top")
    columns = (("severity", 10), ("code", 26), ("message", 90), ("line", 7), ("concept", 44), ("hint", 60))
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name.capitalize(), made.format(bold=True, bottom=1))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(findings), 1), len(columns) - 1)
    for row, found in enumerate(map(finding_record, findings), 1):
        for column, (name, _) in enumerate(columns):
            cell = found[name]
            if isinstance(cell, str):
                sheet.write_string(row, column, cell[:_LONGEST_TEXT], wrap)
            elif cell is not None:
                sheet.write_number(row, column, cell, wrap)


def _note(mapped: MappedStatement) -> str:
    """What the numbers are in, as they are shown."""
    lines = [line.line for line in mapped.lines if line.line.values]
    scales = Counter(value.scale for line in lines if line.currency for value in line.values if value.scale)
    scale = max(scales, key=scales.__getitem__, default=0)
    currencies = ", ".join(dict.fromkeys(line.currency for line in lines))
    shown = f"{currencies} in {_UNITS[scale]}" if scale in _UNITS else currencies
    return f"{shown}; a cell holds the whole amount and links to its fact"


def _number_format(value: Value) -> str:
    """A format that shows the number as printed: scaled, with as many places, in parentheses where it is negative."""
    places = max(0, value.scale + value.decimals) if value.scale in _SCALES else 0
    shown = f"#,##0{'.' + '0' * places if places else ''}{_SCALES.get(value.scale, '')}"
    return f"{shown}_);({shown});–_)" if value.dash else f"{shown}_);({shown})"


def _plain_format(value: Decimal) -> str:
    """A format with as many places as the number has."""
    places = len(number(value).partition(".")[2])
    return f"#,##0{'.' + '0' * places if places else ''}"


def _width(line: MappedLine) -> int:
    return len(line.line.label.text) + 2 * line.line.depth + 2


def _day(day: date) -> int:
    """A day as a workbook counts it, from the end of 1899; what reads a release knows no year before 1950."""
    return day.toordinal() - _DAY_ZERO
