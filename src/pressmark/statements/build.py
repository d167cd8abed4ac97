"""Builds one statement from its block: columns with periods, lines with sections, measures and scaled values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pressmark.finding import Finding, finding
from pressmark.fiscal import Calendar
from pressmark.numbers import Number
from pressmark.period import Period
from pressmark.span import Span, Text
from pressmark.statements.asides import Asides
from pressmark.statements.classify import Classified
from pressmark.statements.footnotes import Footnotes
from pressmark.statements.head import Head
from pressmark.statements.instants import standing
from pressmark.statements.labels import Sections, clean_label, cleaned, full_label
from pressmark.statements.measures import measure, measuring, money_places, named_measure
from pressmark.statements.parentheticals import parenthetical_lines
from pressmark.statements.periods import resolve_all
from pressmark.statements.scales import Scale, label_power
from pressmark.statements.split import Block
from pressmark.statements.statement import (
    Column,
    LineItem,
    Measure,
    Skipped,
    Statement,
    StatementKind,
    Value,
)
from pressmark.statements.words import says
from pressmark.tables.table import Cell, Row, RowKind

# A number with letters in it, as scanning makes them: "1O9,496", "l2,340".
_GARBLED = re.compile(r"^\W*\d[\d,.]*[A-Za-z][\d,.A-Za-z]*\W*$|^\W*[OolIS][\d,.]{2,}\W*$")


@dataclass(slots=True)
class _Draft:
    """What is gathered while the rows go by."""

    lines: list[LineItem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unread: list[Cell] = field(default_factory=list)
    cells: int = 0


def flow(kind: StatementKind) -> bool:
    """True for statements of a period; a balance sheet is one of a day."""
    return kind is not StatementKind.BALANCE_SHEET


def columns_of(
    heads: Sequence[Head], kind: StatementKind, cal: Calendar, used: set[int]
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns with their periods, and what was assumed of them.

    A column without numbers has neither period nor reason.
    """
    made = [Column(head.index, head.text, None, head.skip) for head in heads]
    live = [(i, head) for i, head in enumerate(heads) if not head.skip and head.index in used]
    resolved = resolve_all([head for _, head in live], cal, flow=flow(kind))
    for (i, _), got in zip(live, resolved, strict=True):
        made[i] = replace(made[i], period=got.period, skip=got.refused)
    return tuple(_one_each(made)), tuple(got.assumed for got in resolved if got.assumed)


def _one_each(columns: Sequence[Column]) -> list[Column]:
    """One column a period: among several the one that is the whole ("Total", "Consolidated", "As restated").

    Where no head says so the columns are parts of a period (segments, subsidiaries), and none is taken.
    """
    made = list(columns)
    for period in {c.period for c in columns if c.period is not None}:
        same = [c for c in columns if c.period == period]
        whole = [c for c in same if says("whole-column", c.head)]
        why = "beside the column that is the whole" if len(whole) == 1 else "one of several columns for one period"
        for column in same if len(same) > 1 else ():
            if len(whole) != 1 or column is not whole[0]:
                made[columns.index(column)] = replace(column, period=None, skip=why)
    return made


def left_out(block: Block, told: Classified, reason: str) -> Statement:
    """A statement that is not tagged: every numeric cell is skipped with the reason."""
    cells = [c for r in block.rows if r.kind is RowKind.BODY for c in r.cells if _counts(c)]
    skipped = tuple(Skipped(c.text, c.span, reason) for c in cells)
    title, span = _title(block, told)
    return Statement(told.kind, title, span, (), (), skipped, gaap=False, reason=reason, numeric_cells=len(cells))


def build(block: Block, told: Classified, columns: tuple[Column, ...], scale: Scale, cal: Calendar) -> Statement:
    """The statement of a block whose kind, columns and scale are known."""
    draft, sections = _Draft(), Sections()
    places = money_places(block.rows)
    maker = _Maker(told.kind, columns, scale, cal, places, draft, Asides(told.kind, places))
    for row in block.rows:
        maker.row(row, sections)
    lines = tuple(draft.lines)
    lines += parenthetical_lines(lines, columns, told.kind, scale)
    title, span = _title(block, told)
    refused = [_refused(c, title, span) for c in columns if c.skip and c.period is None and is_refusal(c.skip)]
    unread = [finding("cells.unread", f"{c.text.strip()!r} is not read as a number", c.span) for c in draft.unread]
    findings = (*refused, *unread)
    return Statement(
        told.kind,
        title,
        span,
        columns,
        lines,
        tuple(draft.skipped),
        findings=findings,
        numeric_cells=draft.cells,
    )


@dataclass(slots=True)
class _Maker:
    kind: StatementKind
    columns: tuple[Column, ...]
    scale: Scale
    cal: Calendar
    places: int
    draft: _Draft
    asides: Asides
    before: tuple[str, Measure] | None = None
    notes: Footnotes = field(default_factory=Footnotes)

    def row(self, row: Row, sections: Sections) -> None:
        """Adds the line of a row: a heading where no cell of it counts."""
        label = clean_label(row.label.text) if row.label is not None else ""
        cells = [c for c in row.cells if _counts(c)]
        if len(cells) < len(row.cells):
            self.draft.unread.extend(c for c in row.cells if not _counts(c) and _GARBLED.search(c.text))
        explains = self.notes.read(row.label.text if row.label is not None else "") and self.asides.below
        if not cells:
            if label:
                opened = sections.heading(label, row.depth)
                if explains and opened:
                    self.notes.open(opened)
                self._add(row, label, label, (), Measure.MONEY, ())
            return
        held = sections.line(label, row.depth)
        numbers = [c.number for c in cells if c.number is not None]
        after = Measure.PER_SHARE in self.asides.seen
        heading = measuring(held)
        kind = measure(self.kind, label, heading, self.before, numbers, places=self.places, after=after)
        carry = kind in (Measure.SHARES, Measure.PER_SHARE) and named_measure(label) is not kind and bool(heading)
        full = full_label(label, held, carry=carry and named_measure(heading) is not None)
        reason = self.asides.reason(label, held, kind, numbers)
        if not reason and kind is Measure.MONEY and (explains or self.notes.hold(held)):
            reason = "a breakdown of another line"
        values = self._values(cells, full, held, kind, reason)
        self.before = (full, kind)
        self._add(row, label, full, held, kind, values)

    def _add(
        self, row: Row, label: str, full: str, held: tuple[str, ...], kind: Measure, values: tuple[Value, ...]
    ) -> None:
        text = cleaned(row.label, label) if row.label is not None else Text(label, row.cells[0].span)
        currency = self.scale.currency or "USD"
        self.draft.lines.append(
            LineItem(len(self.draft.lines), text, full, row.depth, held, kind, values, currency, row.ruled)
        )

    def _values(
        self, cells: Sequence[Cell], full: str, held: tuple[str, ...], kind: Measure, reason: str
    ) -> tuple[Value, ...]:
        values: dict[int, Value] = {}
        power = self._power(full, held, kind)
        when = standing(self.kind, full, held)
        for cell in cells:
            self.draft.cells += 1
            column = self._column(cell, values)
            why = self._why_not(cell, column, reason) or (
                "a second number in its column" if column.index in values else ""
            )
            if why or column.period is None or cell.number is None:
                self.draft.skipped.append(Skipped(cell.text, cell.span, why or "its period can't be derived"))
                continue
            period = when.period(column.period)
            values[column.index] = self._value(cell, cell.number, column, period, kind, power)
        return tuple(values[i] for i in sorted(values))

    def _column(self, cell: Cell, taken: dict[int, Value]) -> Column:
        """The column of a cell; one that spans several goes to the first that has a period and is free."""
        spanned = self.columns[cell.first : cell.last + 1]
        if len(spanned) == 1:
            return spanned[0]
        free = [c for c in spanned if c.period is not None and c.index not in taken]
        return (free or spanned or (Column(cell.first, "", None, "it stands outside the columns"),))[0]

    def _why_not(self, cell: Cell, column: Column, reason: str) -> str:
        if column.skip:
            return column.skip
        if cell.number is None:
            return f"{cell.text.strip()!r} is not a number"
        if cell.number.percent:
            return "a ratio, not an amount"
        return reason

    def _power(self, full: str, held: tuple[str, ...], kind: Measure) -> int:
        if kind is Measure.PER_SHARE:
            return 0
        stated = label_power(full)
        if stated is None and held and kind is Measure.SHARES:
            stated = label_power(held[-1])
        if stated is not None:
            return stated
        if kind is Measure.SHARES and self.scale.shares is not None:
            return self.scale.shares
        return self.scale.money or 0

    def _value(self, cell: Cell, number: Number, column: Column, period: Period, kind: Measure, power: int) -> Value:
        places = number.places
        if number.dash:
            places = 2 if kind is Measure.PER_SHARE else self.places if kind is Measure.MONEY else 0
        return Value(
            column.index,
            cell.text,
            cell.span,
            number.value,
            power,
            places - power,
            period,
            number.dash,
        )


def _counts(cell: Cell) -> bool:
    """A cell that is a number, or a word where a number would stand ("n/a", "NM")."""
    return cell.number is not None or bool(re.fullmatch(r"\W*n\.?/?\s?[amc]\.?f?\W*", cell.text.strip(), re.IGNORECASE))


def _title(block: Block, told: Classified) -> tuple[str, Span]:
    if told.title is not None:
        return " ".join(told.title.text.split()), told.title.span
    spans = (each.span for row in (*block.rows, *block.heads) for each in (row.label, *row.cells) if each is not None)
    return "", next(spans)


def is_refusal(reason: str) -> bool:
    """True where a column is left out because its period can't be told, not for what its head says."""
    return "head" in reason or "derived" in reason or "several" in reason


def _refused(column: Column, title: str, span: Span) -> Finding:
    where = f"{title or 'a statement'}, column {column.index + 1}"
    return finding("period.refused", f"{where}: {column.skip}", span)
