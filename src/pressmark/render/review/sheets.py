"""A tagged statement as the page shows it: rows with concept, confidence and values, and the sums they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pressmark.finding import Finding
from pressmark.mapping.concept import Concept
from pressmark.mapping.confidence import level
from pressmark.mapping.mapped import Candidate, MappedLine, MappedStatement
from pressmark.render.review.footing import Footing, Piece, draw
from pressmark.render.review.places import Place
from pressmark.render.review.reported import Reported
from pressmark.span import Span
from pressmark.statements.statement import LineItem, Measure, Skipped, Statement, Total, Value

_SCALES = {3: "thousands", 6: "millions", 9: "billions"}
_STATES = ("foots", "rounds", "fails")
_ELSEWHERE = "left out: another line states it"
_MOST_CANDIDATES = 6
_LEAST_SCORE = 0.005


@dataclass(frozen=True, slots=True)
class Known:
    """What the page knows by place, the findings too, and the facts as they are told by their ids."""

    facts: Mapping[str, Reported]
    places: Mapping[Span, Place]
    findings: Mapping[Span, Sequence[Finding]]


class Cell(NamedTuple):
    """A value: as printed, its place's number (0: none), its fact or why it is none, how the sum it states came out.

    `text` is "" where the line says nothing.
    """

    text: str
    number: int
    fact: Reported | None
    reason: str
    sum: str


_NO_CELL = Cell("", 0, None, "", "")


class Chip(NamedTuple):
    """A number that was left out: that of its place, and as printed."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Added:
    """One column of a sum: what its lines add up to, what is printed, and the difference, in the printed scale."""

    head: str
    summed: str
    printed: str
    difference: str
    state: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that a row states: its parts as (sign, label), the first without a plus, and each column's outcome."""

    parts: tuple[tuple[str, str], ...]
    columns: tuple[Added, ...]


class Choice(NamedTuple):
    """A candidate for a line: its local name, "" for an element of the report's own; how likely; what speaks for it."""

    concept: str
    share: str
    percent: str
    reasons: str
    chosen: bool


class Row(NamedTuple):
    """A line of a statement. `cells` has one entry a column.

    `names` are those of its concepts; `percent` says how sure they are. `kinds` are the words that the page filters by.
    `unit` is told where it is not that of the statement; `pieces` draw the footing beside the row.
    """

    number: int
    line: LineItem
    label: str
    concepts: tuple[Concept, ...]
    names: str
    percent: str
    level: str
    kinds: str
    negated: bool
    reasons: tuple[str, ...]
    choices: tuple[Choice, ...]
    unit: str
    cells: tuple[Cell, ...]
    pieces: tuple[Piece, ...]
    sums: tuple[Sum, ...]
    findings: tuple[Finding, ...]

    @property
    def heading(self) -> bool:
        """Whether the line stands over others and has no values of its own."""
        return not self.line.values


@dataclass(frozen=True, slots=True)
class Sheet:
    """A statement: its rows, what most of them count in, how many sums hold, and the cells it leaves out."""

    statement: Statement
    rows: tuple[Row, ...]
    unit: str
    footing: Footing
    states: Mapping[str, int]
    skipped: Mapping[str, list[Chip]]


def sheet(mapped: MappedStatement, known: Known, first: int) -> Sheet:
    """The sheet of a statement whose rows are numbered from `first`."""
    statement = mapped.statement
    footing = draw(statement.totals, len(mapped.lines))
    unit = _usual_unit(statement)
    totals: dict[int, list[Total]] = {}
    for total in statement.totals:
        totals.setdefault(total.line, []).append(total)
    rows = tuple(
        _row(first + number, line, footing.pieces[number], totals.get(number, ()), statement, unit, known)
        for number, line in enumerate(mapped.lines)
    )
    states = Counter[str]()
    for total in statement.totals:
        states.update(state for state, _ in _outcomes(total))
    return Sheet(statement, rows, unit, footing, states, by_reason(statement.skipped, known.places))


def by_reason(skipped: Sequence[Skipped], places: Mapping[Span, Place]) -> dict[str, list[Chip]]:
    """Cells that were left out, by the reason."""
    found: dict[str, list[Chip]] = {}
    for one in skipped:
        found.setdefault(one.reason, []).append(Chip(places[one.span].number, one.text))
    return found


@cache
def unit_words(measure: Measure, currency: str, scale: int) -> str:
    """A unit and scale in words: "USD, in thousands", "USD per share", "shares"."""
    unit = {
        Measure.MONEY: currency,
        Measure.PER_SHARE: f"{currency} per share",
        Measure.SHARES: "shares",
        Measure.PURE: "a pure number",
    }[measure]
    return f"{unit}, in {_SCALES.get(scale, f'10^{scale}')}" if scale else unit


def _usual_unit(statement: Statement) -> str:
    """The unit of most values."""
    count = Counter(_unit(line) for line in statement.lines if line.values)
    return count.most_common(1)[0][0] if count else ""


def _unit(line: LineItem) -> str:
    return unit_words(line.measure, line.currency, line.values[0].scale) if line.values else ""


def _row(
    number: int,
    mapped: MappedLine,
    pieces: tuple[Piece, ...],
    totals: Sequence[Total],
    statement: Statement,
    usual: str,
    known: Known,
) -> Row:
    line = mapped.line
    names = {concept.qname for concept in mapped.concepts}
    outcome = _worst(totals) if totals else {}
    cells = {value.column: _cell(value, known, names, outcome) for value in line.values}
    unit = _unit(line)
    noticed: list[Finding] = []
    if known.findings:
        for span in (line.label.span, *[value.span for value in line.values]):
            noticed += known.findings.get(span, ())
    sure = level(mapped.confidence) if line.values and mapped.concepts else ""
    doubt = "doubt " if sure not in ("", "high") else ""
    own = "own " if mapped.concepts and mapped.concepts[0].extension else ""
    skip = "skip " if any(cell.fact is None for cell in cells.values()) else ""
    return Row(
        number=number,
        line=line,
        label=" ".join(line.label.text.split()) or "(no label)",
        concepts=mapped.concepts,
        names=" + ".join([concept.qname for concept in mapped.concepts]),
        percent=f"{mapped.confidence * 100:.0f}",
        level=sure,
        kinds=f"{doubt}{'finding ' if noticed else ''}{own}{skip}",
        negated=mapped.sign < 0,
        reasons=mapped.reasons,
        choices=_choices(mapped),
        unit=unit if unit != usual else "",
        cells=tuple([cells.get(column.index, _NO_CELL) for column in statement.columns]),
        pieces=pieces,
        sums=tuple(_sum(total, statement) for total in totals),
        findings=tuple(dict.fromkeys(noticed)),
    )


def _worst(totals: Sequence[Total]) -> dict[int, str]:
    """How the columns of a line's sums came out, each by its worst."""
    outcomes = [one for total in totals for one in _outcomes(total)]
    return {column: state for state, column in sorted(outcomes, key=lambda one: _STATES.index(one[0]))}


def _outcomes(total: Total) -> list[tuple[str, int]]:
    """How the columns of a sum came out: (state, column)."""
    columns = zip(_STATES, (total.foots, total.rounds, total.fails), strict=True)
    return [(state, column) for state, found in columns for column in found]


def _cell(value: Value, known: Known, names: set[str], outcome: Mapping[int, str]) -> Cell:
    state, place = outcome.get(value.column, ""), known.places.get(value.span)
    if place is None:
        return Cell(value.text, 0, None, _ELSEWHERE, state)
    facts = [fact for fact in place.facts if fact.concept.qname in names]
    if not facts:
        return Cell(value.text, place.number, None, place.reason or _ELSEWHERE, state)
    own = facts[0]
    if len(facts) > 1:
        own = next((fact for fact in facts if fact.context.period == value.period), own)
    return Cell(value.text, place.number, known.facts[own.id], "", state)


def _choices(mapped: MappedLine) -> tuple[Choice, ...]:
    """What the line could also be, the likeliest first; nothing where there was no choice."""
    likely = [one for one in mapped.candidates if one.score >= _LEAST_SCORE]
    if len(likely) < 2 and mapped.confidence >= 1:
        return ()
    names = {concept.name for concept in mapped.concepts}
    return tuple([_choice(one, names) for one in likely[:_MOST_CANDIDATES]])


def _choice(one: Candidate, names: Collection[str]) -> Choice:
    chosen = one.concept.rpartition(":")[2] in names
    return Choice(one.concept, f"{one.score:.3f}", f"{one.score * 100:.0f}", "; ".join(one.reasons), chosen)


def _sum(total: Total, statement: Statement) -> Sum:
    parts = tuple(
        ("−" if weight < 0 else "+" if number else "", _name(statement.lines[line]))
        for number, (line, weight) in enumerate(total.parts)
    )
    periods = {column.index: column for column in statement.columns}
    columns: list[Added] = []
    for state, column in sorted(_outcomes(total), key=lambda pair: pair[1]):
        printed = _value(statement.lines[total.line], column)
        terms = [(weight, _value(statement.lines[line], column)) for line, weight in total.parts]
        summed = sum((weight * value.amount for weight, value in terms if value is not None), Decimal(0))
        scale = printed.scale if printed is not None else 0
        shown = printed.amount if printed is not None else Decimal(0)
        period = periods[column].period
        head = period.words if period is not None else periods[column].head
        columns.append(Added(head, _plain(summed, scale), _plain(shown, scale), _plain(shown - summed, scale), state))
    return Sum(parts, tuple(columns))


def _value(line: LineItem, column: int) -> Value | None:
    for value in line.values:
        if value.column == column:
            return value
    return None


def _name(line: LineItem) -> str:
    return line.full_label or line.label.text or "(no label)"


def _plain(amount: Decimal, scale: int) -> str:
    return f"{amount.scaleb(-scale).normalize():,f}"
