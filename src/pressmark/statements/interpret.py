"""From tables to statements: split, classify, date the columns, scale, build the lines, tell repeats, foot, doubt.

Each step stands in its own module; this one only puts them in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pressmark.finding import Finding, finding
from pressmark.fiscal import Calendar
from pressmark.reading.document import Document
from pressmark.statements.build import build, columns_of, flow, is_refusal, left_out
from pressmark.statements.classify import PRIMARY, Classified, classify
from pressmark.statements.comparatives import with_period_findings
from pressmark.statements.doubts import with_doubts
from pressmark.statements.evidence import gather
from pressmark.statements.footing import totals
from pressmark.statements.footing_findings import footing_findings
from pressmark.statements.head import Head
from pressmark.statements.heads import read_heads, year_to_date
from pressmark.statements.parts import put_together
from pressmark.statements.repeats import leave_out_repeats
from pressmark.statements.scales import Scale, block_scale, cell_currency, document_scale
from pressmark.statements.share_scale import settle
from pressmark.statements.split import Block, join, split
from pressmark.statements.statement import Statement, StatementKind
from pressmark.tables.table import RowKind, Table

_LONG_ONE_IN = 8


def interpret(tables: Sequence[Table], document: Document) -> tuple[Statement, ...]:
    """The statements of a release in its order, the tagged ones and, with a reason, those left out.

    For each, numeric cells = values of its lines that are not parenthetical + skipped cells.
    """
    blocks = join([block for table in tables for block in split(table)])
    told = [classify(block) for block in blocks]
    heads = year_to_date(told, [_heads(block, t.kind) for block, t in zip(blocks, told, strict=True)])
    cal = gather([(t.kind, h) for t, h in zip(told, heads, strict=True) if t.kind in PRIMARY], document)
    scales = [block_scale(block) if t.kind in PRIMARY else None for block, t in zip(blocks, told, strict=True)]
    common = _common([s for s in scales if s is not None]) or document_scale(document)
    made = [
        _statement(block, one, over, scale, common, cal)
        for block, one, over, scale in zip(blocks, told, heads, scales, strict=True)
    ]
    whole, summaries = put_together(made, [t.summary for t in told])
    return with_period_findings([with_doubts(_footed(settle(s))) for s in leave_out_repeats(whole, summaries)])


def _heads(block: Block, kind: StatementKind) -> tuple[Head, ...]:
    """The heads of a primary statement; those of a table that is left out say nothing."""
    return read_heads(block, flow=flow(kind)) if kind in PRIMARY else ()


def _footed(statement: Statement) -> Statement:
    if not statement.gaap:
        return statement
    made = replace(statement, totals=totals(statement.lines, statement.kind))
    return replace(made, findings=(*made.findings, *footing_findings(made)))


def _statement(
    block: Block, told: Classified, heads: Sequence[Head], scale: Scale | None, common: Scale | None, cal: Calendar
) -> Statement:
    if told.kind not in PRIMARY:
        return left_out(block, told, told.reason)
    columns, assumed = columns_of(heads, told.kind, cal, _used(block))
    if not any(c.period for c in columns):
        refused = next((c.skip for c in columns if is_refusal(c.skip)), "")
        made = left_out(block, told, refused or next((c.skip for c in columns if c.skip), "no column has a period"))
        said = f"{made.title or 'a statement'}: {refused}"
        return replace(made, findings=(finding("period.refused", said, made.span),) if refused else ())
    findings: list[Finding] = []
    made = build(block, told, columns, _scale(scale, common, findings, block), cal)
    if any(h.derived for h in heads):
        findings.append(
            finding("period.derived", f"{made.title or 'a statement'}: the period is the year to date", made.span)
        )
    findings.extend(finding("period.assumed", f"{made.title or 'a statement'}: {said}", made.span) for said in assumed)
    return replace(made, findings=(*made.findings, *findings))


def _scale(scale: Scale | None, common: Scale | None, findings: list[Finding], block: Block) -> Scale:
    """The block's own scale, completed by what the release's other statements agree on; that is reported."""
    currency = (scale.currency if scale else "") or cell_currency(block) or (common.currency if common else "")
    if scale is not None and scale.money is not None:
        return replace(scale, currency=currency)
    first = next((r for r in block.rows if r.cells), None)
    span = first.cells[0].span if first is not None else None
    shares = scale.shares if scale is not None else None
    if common is not None:
        said = f"no scale is stated; 10^{common.money} as elsewhere in the release"
        findings.append(finding("scale.inherited", said, span))
        return Scale(common.money, shares if shares is not None else common.shares, currency)
    if not _whole(block):
        said = "no scale is stated anywhere; the numbers are taken as they stand"
        findings.append(finding("scale.missing", said, span))
    return Scale(0, shares, currency)


def _whole(block: Block) -> bool:
    """True where many numbers are so long that they can only be whole units; a count of shares alone says nothing."""
    numbers = [c.number for r in block.rows for c in r.cells if r.kind is RowKind.BODY and c.number is not None]
    long = [n for n in numbers if abs(n.value) >= 1_000_000 and not n.places and n.value % 1000]
    return len(long) * _LONG_ONE_IN > len(numbers)


def _common(scales: Sequence[Scale]) -> Scale | None:
    """The scale that all statements with one share, None where they differ."""
    powers = {s.money for s in scales if s.money is not None}
    if len(powers) != 1:
        return None
    currency = next((s.currency for s in scales if s.currency), "")
    return Scale(powers.pop(), next((s.shares for s in scales if s.shares is not None), None), currency)


def _used(block: Block) -> set[int]:
    """The columns in which a number stands."""
    return {
        i
        for r in block.rows
        if r.kind is RowKind.BODY
        for c in r.cells
        if c.number is not None
        for i in range(c.first, c.last + 1)
    }
