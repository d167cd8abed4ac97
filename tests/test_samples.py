"""The two samples, end to end: valid, without a warning, and file by file as they were.

`pytest tests/test_samples.py --update-golden` rewrites the golden reports after they have been read.
"""

import csv
import json
import shutil
from pathlib import Path

import pytest

import pressmark
from pressmark.finding import Severity
from pressmark.report.cells import count_cells
from pressmark.report.model import Report

TOP = Path(__file__).resolve().parents[1]
GOLDEN = TOP / "tests" / "golden"
CIK = "1097264"
# Hand-checked against the releases: facts of tables, of prose alone, concepts of the report's own.
EXPECTED = {
    "allos-2004-q1": (34, 1, {"ClinicalManufacturing"}),
    "allos-2003-q4": (48, 5, {"ClinicalManufacturing"}),
}


@pytest.fixture(scope="module", params=EXPECTED)
def converted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Report, Path]:
    """A sample's name, its report, and the folder it was written to."""
    stem = str(request.param)
    out = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(TOP)
        return stem, pressmark.convert(f"samples/{stem}.txt", out, cik=CIK), out / stem


def test_the_report_is_valid_and_nothing_in_it_is_doubtful(converted: tuple[str, Report, Path]) -> None:
    """Arelle: no errors, no calculation inconsistencies, no inconsistent duplicates; and no warnings of ours."""
    _, report, _ = converted
    assert {f.severity for f in report.findings} <= {Severity.INFO}


def test_every_numeric_cell_is_a_fact(converted: tuple[str, Report, Path]) -> None:
    stem, report, _ = converted
    tables, prose, extensions = EXPECTED[stem]
    cells = count_cells(report.statements, report.facts, report.skipped)
    assert (cells.numeric, cells.facts, cells.skipped) == (tables, tables, 0)
    assert sum(f.statement is None and f.concept.prefix != "dei" for f in report.facts) == prose
    own = {c.name for c in report.concepts if c.extension and not c.abstract}
    assert extensions < own
    assert len(own) == len(extensions) + 1  # and the total of cash and securities that a sentence states


def test_places_point_at_the_printed_number(converted: tuple[str, Report, Path]) -> None:
    stem, report, folder = converted
    lines = (TOP / "samples" / f"{stem}.txt").read_text(encoding="utf-8").split("\n")
    with (folder / "facts.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["unit"]]
    assert len(rows) == sum(f.unit is not None for f in report.facts)
    for row in rows:
        line, column = map(int, row["places"].split()[0].split(":"))
        printed = lines[line - 1][column - 1 :].split()[0]
        assert printed.strip("$(),.") == "--" or any(c.isdigit() for c in printed), row


def test_findings_are_listed(converted: tuple[str, Report, Path]) -> None:
    _, report, folder = converted
    listed = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    assert [f["code"] for f in listed] == [f.code for f in report.findings]


def test_the_files_are_as_they_were(converted: tuple[str, Report, Path], update_golden: bool) -> None:
    stem, _, folder = converted
    golden = GOLDEN / stem
    if update_golden:
        shutil.rmtree(golden, ignore_errors=True)
        shutil.copytree(folder, golden)
    assert {p.name for p in folder.iterdir()} == {p.name for p in golden.iterdir()}
    for path in folder.iterdir():
        assert path.read_text(encoding="utf-8") == (golden / path.name).read_text(encoding="utf-8"), path.name
