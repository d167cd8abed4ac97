"""Figures of real releases: those listed by hand are found, and what sentences repeat agrees with the tables."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from pressmark.prose.figure import Figure
from pressmark.prose.figures import read_prose
from pressmark.reading.read import read_document
from pressmark.report.stated import unit_name
from pressmark.statements.interpret import interpret
from pressmark.tables.find import find_tables

RELEASES = Path(__file__).resolve().parents[1] / ".." / "shared" / "releases" / "ascii"
LISTED = RELEASES / "prose.tsv"
RECALL = 0.9
PRECISION = 0.98

pytestmark = pytest.mark.skipif(not LISTED.exists(), reason="the labelled releases are not beside this checkout")

Key = tuple[str, str, str, Decimal]


def listed(path: Path) -> dict[str, set[Key]]:
    found: dict[str, set[Key]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["release"]].add((row["start"], row["end"], row["unit"], Decimal(row["value"])))
    return found


def key(figure: Figure) -> Key:
    period = figure.period
    start, end = (str(period.start or ""), str(period.end)) if period else ("?", "?")
    return start, end, unit_name(figure.measure, figure.currency), figure.value


def figures(release: str) -> list[Figure]:
    document = read_document(RELEASES / f"{release}.txt")
    statements = interpret(find_tables(document), document)
    return [f for f in read_prose(document, statements).figures if f.gaap and f.period]


def rounded(figure: Figure, truth: set[Key]) -> bool:
    """Whether the labelled release holds the number, as far as the sentence tells it."""
    start, end, unit, value = key(figure)
    slack = Decimal(5).scaleb(-figure.decimals - 1)
    return any((s, e, u) == (start, end, unit) and abs(v - value) <= slack for s, e, u, v in truth)


def test_listed_figures_are_found() -> None:
    wanted = listed(LISTED)
    got = {release: {key(f) for f in figures(release)} for release in wanted}
    missed = [(r, k) for r, keys in wanted.items() for k in keys - got[r]]
    assert len(missed) <= (1 - RECALL) * sum(map(len, wanted.values())), missed


def test_certain_figures_are_numbers_of_the_release() -> None:
    sure = [(release, f) for release in listed(LISTED) for f in figures(release) if f.certain]
    wrong = []
    for release, figure in sure:
        truth = set().union(*listed(RELEASES / f"{release}.facts.tsv").values())
        if not rounded(figure, truth):
            wrong.append((release, figure.words, key(figure)))
    assert len(wrong) <= (1 - PRECISION) * len(sure), wrong
