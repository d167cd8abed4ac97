"""Releases of made-up companies of many trades and times, each number of their statements checked by hand.

`concept` is given for the lines whose element is beyond doubt (A|B: either is right); of the others only the number is
judged.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pressmark.finding import Severity
from pressmark.pipeline import extract
from pressmark.render.lexical import fact_value, unit_text
from pressmark.report.cells import count_cells
from pressmark.report.model import Fact

FOLDER = Path(__file__).parent / "fixtures" / "industries"
RELEASES = sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".htm"))


def key(fact: Fact) -> tuple[str, ...]:
    period = fact.context.period
    assert fact.unit is not None
    start = str(period.start) if period.start else ""
    return (fact.label or fact.concept.label, start, str(period.end), unit_text(fact.unit), fact_value(fact))


@pytest.mark.parametrize("release", RELEASES, ids=lambda p: p.stem)
def test_every_number_is_read(release: Path) -> None:
    with release.with_name(f"{release.stem}.facts.tsv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    report = extract(release)
    facts = [f for f in report.facts if f.unit is not None]
    wanted = Counter((r["label"], r["start"], r["end"], r["unit"], r["value"]) for r in truth)
    assert Counter(key(f) for f in facts) == wanted
    found = {(*key(f), f.concept.name) for f in facts}
    *_, told = truth[0]
    assert told == "concept"
    sure = [(tuple(r.values())[:-1], r["concept"].split("|")) for r in truth if r["concept"]]
    assert [number for number, names in sure if not any((*number, name) in found for name in names)] == []
    assert [f for f in report.findings if f.severity is Severity.ERROR] == []
    cells = count_cells(report.statements, report.facts, report.skipped)
    assert cells.numeric == cells.facts + cells.skipped
