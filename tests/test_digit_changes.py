"""A sample with any one digit of any total or component changed gets a finding on the line or its statement."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pressmark.reading.read import read_document
from pressmark.span import Span
from pressmark.statements.interpret import interpret
from pressmark.statements.statement import Measure, Statement
from pressmark.tables.find import find_tables

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("allos-*.txt"))
MONEY = {"allos-2003-q4": 22 + 17, "allos-2004-q1": 14 + 16}


def statements(name: str, text: str) -> tuple[Statement, ...]:
    document = read_document(name, text.encode())
    return interpret(find_tables(document), document)


def footed_cells(statement: Statement) -> list[Span]:
    """The values of every line that is a total or enters one."""
    lines = {i for t in statement.totals for i in (t.line, *(part for part, _ in t.parts))}
    return [v.span for i in sorted(lines) for v in statement.lines[i].values if not v.dash]


def noticed(statement: Statement, span: Span) -> bool:
    """Whether a finding stands on the line, or on another line of the same statement."""
    inside = {x.label.span.line for x in statement.lines} | {v.span.line for x in statement.lines for v in x.values}
    return any(f.span and (f.span.line == span.line or f.span.line in inside) for f in statement.findings)


def name(value: object) -> str:
    return value.stem if isinstance(value, Path) else str(getattr(value, "line", value))


def cells() -> list[tuple[Path, int, Span]]:
    found = []
    for path in SAMPLES:
        for index, statement in enumerate(statements(path.name, path.read_text(encoding="utf-8"))):
            found.extend((path, index, span) for span in footed_cells(statement))
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=name)
def test_every_monetary_line_of_the_samples_is_footed(path: Path) -> None:
    """The tests below are about all of them: a total that went unnoticed would make them pass for nothing."""
    read = statements(path.name, path.read_text(encoding="utf-8"))
    lines = [x for s in read for x in s.lines if x.measure is Measure.MONEY]
    money = {v.span for x in lines for v in x.values if not v.dash}
    assert {span for s in read for span in footed_cells(s)} == money
    assert len(money) == MONEY[path.stem]
    assert not [f for s in read for f in s.findings]


def neighbours(digit: str) -> str:
    """The digits next to one: a change by one unit is the hardest to notice, for rounding can explain it."""
    return str((int(digit) + 1) % 10) + str((int(digit) + 9) % 10)


def check(path: Path, index: int, span: Span, others: Callable[[str], str]) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    line = lines[span.line - 1]
    for column in range(span.column, span.end):
        old = line[column - 1]
        for digit in others(old) if old.isdigit() else "":
            lines[span.line - 1] = line[: column - 1] + digit + line[column:]
            read = statements(path.name, "\n".join(lines))
            assert noticed(read[index], span), f"{line!r}: {old} -> {digit} at column {column}"


@pytest.mark.parametrize(("path", "index", "span"), cells(), ids=name)
def test_one_changed_digit_is_noticed(path: Path, index: int, span: Span) -> None:
    check(path, index, span, neighbours)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "index", "span"), cells(), ids=name)
def test_any_other_digit_is_noticed(path: Path, index: int, span: Span) -> None:
    check(path, index, span, lambda old: "0123456789".replace(old, ""))
