"""Every format holds the facts of the report: read back by Arelle, pyarrow and openpyxl, none differs."""

from pathlib import Path

import pytest

import pressmark
from pressmark.render.formats import FORMATS
from readback import XBRL, Key, of_report, readings

TOP = Path(__file__).resolve().parents[1]
SHARED = TOP.parent / "shared" / "releases"
WENDOVER = TOP / "tests" / "fixtures" / "formats" / "wendover-2021-q4.txt"


def check(release: Path, folder: Path, *, standalone: bool = False) -> set[str]:
    """Asserts that no file's facts differ and that Arelle finds no error; gives the names of the files read."""
    names = set()
    for report, reading in readings(release, folder, standalone=standalone):
        assert reading.facts == of_report(report), reading.name
        assert [line for line in reading.said if line.startswith("error")] == [], reading.name
        names.add(reading.name)
    return names


@pytest.mark.parametrize("standalone", [False, True])
def test_every_format_holds_the_same_facts(tmp_path: Path, standalone: bool) -> None:
    written = {file for one in FORMATS.values() for file in one.files}
    opened = {file.removeprefix("<base>") for file in written} & set(XBRL)
    read = check(WENDOVER, tmp_path, standalone=standalone)
    assert read == opened | {".xlsx", "facts.csv", "parquet"}


def test_a_difference_would_be_seen() -> None:
    """The comparison is alive: another value, decimals, unit, period or concept is another fact."""
    report = pressmark.extract(WENDOVER)
    facts = of_report(report)
    one = next(iter(key for key in facts if key.unit))
    assert len(facts) == len(report.facts)
    for name in Key._fields:
        assert one._replace(**{name: "x"}) not in facts


def _shared() -> list[Path]:
    labelled = sorted(SHARED.glob("*/*.facts.tsv"))
    releases = [
        path
        for facts in labelled
        for path in sorted(facts.parent.glob(f"{facts.name.removesuffix('.facts.tsv')}.*"))
        if path.suffix in (".txt", ".htm")
    ]
    for kind in ("ascii/*.txt", "html/*.htm", "submissions/*"):
        unlabelled = [path for path in sorted(SHARED.glob(kind)) if path.is_file() and path not in releases]
        releases.extend(path for path in unlabelled[:5] if path.suffix in (".txt", ".htm"))
    return releases


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled releases are not here")
@pytest.mark.parametrize("release", _shared(), ids=lambda path: path.name)
def test_every_format_of_a_real_release_holds_the_same_facts(tmp_path: Path, release: Path) -> None:
    check(release, tmp_path)
