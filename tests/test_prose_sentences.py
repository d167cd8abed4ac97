"""Figures in made-up sentences, labelled by hand: thirty for each way of naming a period."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pressmark.period import Period
from pressmark.prose.calendar import Reported, from_periods
from pressmark.prose.figures import stated_figures
from pressmark.reading.document import Document, Paragraph
from pressmark.reading.paragraphs import paragraphs
from pressmark.span import Span, Text

FIXTURES = Path(__file__).parent / "fixtures" / "prose"
PRECISION = 0.98
RECALL = 0.9


def table(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def period(text: str) -> Period:
    first, _, last = text.partition("/")
    return Period(date.fromisoformat(last), date.fromisoformat(first)) if last else Period(date.fromisoformat(first))


def contexts() -> dict[str, Reported]:
    return {
        r["context"]: from_periods([period(p) for p in r["periods"].split()], r["opening"])
        for r in table("contexts.tsv")
    }


def stated(sentence: str, context: Reported) -> list[str]:
    document = Document("made-up.txt", (Paragraph(Text(sentence, Span("made-up.txt", 1))),))
    figures = stated_figures(paragraphs(document), context)
    return [f"{f.subject} {f.value:f} {f.period}" for f in figures if f.gaap]


def wanted(row: dict[str, str]) -> list[str]:
    return [w for w in row["figures"].split(" | ") if w]


@pytest.mark.parametrize("way", sorted({r["way"] for r in table("sentences.tsv")}))
def test_each_way_of_naming_a_period(way: str) -> None:
    known = contexts()
    rows = [r for r in table("sentences.tsv") if r["way"] == way]
    assert len(rows) >= 30
    right = found = asked = 0
    wrong = []
    for row in rows:
        got, want = Counter(stated(row["sentence"], known[row["context"]])), Counter(wanted(row))
        right += sum((got & want).values())
        found += sum(got.values())
        asked += sum(want.values())
        if got != want:
            wrong.append((row["sentence"], sorted(got.elements()), sorted(want.elements())))
    assert right >= PRECISION * found, wrong
    assert right >= RECALL * asked, wrong


def test_the_ways_are_all_there() -> None:
    ways = Counter(r["way"] for r in table("sentences.tsv"))
    named = {"ended", "numbered", "quarter", "year-ago", "preceding", "to-date", "year", "instant"}
    named = {"ended", "numbered", "quarter", "year-ago", "preceding", "to-date", "year", "instant"}
    assert set(ways) == named | {"carried", "nothing", "mixed"}
