"""Footnote marks of labels: taken off at the end, and known again below the statement."""

from __future__ import annotations

import pytest

from pressmark.statements.footnotes import Footnotes
from pressmark.statements.labels import Sections, clean_label

MANY = 50_000


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Net sales (1)", "Net sales"),
        ("Net sales (1) (a)*", "Net sales"),
        ("Cost of revenue(1)(2):", "Cost of revenue:"),
        ("Cash [3] .....", "Cash"),
        ("Earned income (a) and (b)", "Earned income (a) and"),
        ("Loss of $(5)", "Loss of $(5)"),
        ("(1) Costs relate to:", "Costs relate to:"),
        ("Net sales" + "*" * MANY + ":", "Net sales:"),
        ("Net sales" + "*" * MANY + "a:", "Net sales" + "*" * MANY + "a:"),
        ("(a)" * MANY + "x:", "(a)" * MANY + "x:"),
    ],
    ids=range(10),
)
def test_marks_at_the_end_go(printed: str, label: str) -> None:
    assert clean_label(printed) == label


@pytest.mark.parametrize("below", ["(a) Costs relate to:", "(A) Costs relate to:"])
@pytest.mark.parametrize("above", ["Costs (a)", "Costs (A)", "Costs (1)(a)"])
def test_a_line_that_begins_with_the_mark_of_one_above_opens_a_breakdown(above: str, below: str) -> None:
    notes = Footnotes()
    assert not notes.read(above)
    assert notes.read(below)
    assert not notes.read("(b) Other costs relate to:")


def test_a_breakdown_is_known_by_its_heading_whatever_is_left_of_it() -> None:
    notes, sections = Footnotes(), Sections()
    notes.open(sections.heading("Costs (unaudited) relate to:", 0))
    assert notes.hold(sections.line("Wages", 1))
    assert not notes.hold(())
