"""Preformatted layouts of made-up companies against hand-checked grids beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressmark.reading.read import read_document
from pressmark.tables.find import find_tables
from pressmark.tables.table import Row, RowKind, Table

FIXTURES = Path(__file__).resolve().parent / "fixtures" / "layout"
RELEASES = sorted(FIXTURES.glob("*.txt"))


def grid(tables: tuple[Table, ...]) -> str:
    """The tables as text: one line a row, cells with their columns; `=` marks a rule above the values."""
    out: list[str] = []
    for table in tables:
        out.append(f"TABLE of {table.width}")
        out += [f"caption {c.span.line}: {c.text.strip()}" for c in table.caption]
        out += [shown(row) for row in table.rows]
        out += [f"note {c.span.line}: {c.text.strip()}" for c in table.notes]
    return "\n".join(out) + "\n"


def shown(row: Row) -> str:
    label = "" if row.label is None else f"{row.label.span.line} {row.label.text}"
    cells = " | ".join(f"{c.first}-{c.last} {c.text}" if row.kind is RowKind.HEAD else cell(c) for c in row.cells)
    return f"{row.kind}{row.depth}{'=' if row.ruled else ''} [{label}] {cells}".rstrip()


def cell(piece) -> str:
    return f"{piece.first}:{piece.text if piece.number is None else piece.number.value}"


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_layout_is_read_as_checked_by_hand(release, update_golden):
    got = grid(find_tables(read_document(release)))
    golden = release.with_suffix(".grid")
    if update_golden:
        golden.write_text(got, encoding="utf-8")
    assert got == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_every_span_points_at_what_was_printed(release):
    source = release.read_text(encoding="utf-8").split("\n")
    tables = find_tables(read_document(release))
    assert tables
    for table in tables:
        for row in table.rows:
            for piece in row.cells:
                printed = source[piece.span.line - 1][piece.span.column - 1 : piece.span.end - 1]
                assert printed.replace(" ", "") == piece.text.replace(" ", "") or row.kind is RowKind.HEAD
                assert 0 <= piece.first <= piece.last < table.width
            if row.label is not None:
                at = row.label.span
                printed = source[at.line - 1][at.column - 1 : at.end - 1]
                assert row.label.text.startswith(" ".join(printed.split()).removesuffix("-"))


def test_there_is_a_grid_for_each_layout():
    assert RELEASES
    assert [r.with_suffix(".grid").name for r in RELEASES] == [g.name for g in sorted(FIXTURES.glob("*.grid"))]
