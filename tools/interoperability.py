"""Shows one report to every reader and writes what each sees to docs/interoperability.md.

usage: python tools/interoperability.py [--check]    --check: write nothing, exit with 1 where the page is stale

Needs the readers' environments: python tools/readers.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd

import readers
from pressmark.conversion import Settings, convert
from pressmark.period import Period
from pressmark.pipeline import Options
from pressmark.render.formats import FORMATS
from pressmark.report.flat import FactRow, unit_words
from pressmark.report.model import PresentationArc, Report, Role
from readback import XBRL, Key, canonical, finest, of_arelle, of_report, of_workbook

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs" / "interoperability.md"
RELEASE = TOP / "tests" / "fixtures" / "formats" / "wendover-2021-q4.txt"
CIK = "0009999991"
# No reader gets a network: a download would fail at once.
OFFLINE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
STANDARD = "http://www.xbrl.org/2003/role/label"


class Sighting(NamedTuple):
    """What one reader sees of one output: how many facts, how many of them differ, and what else is to be said."""

    reader: str
    version: str
    opens: str
    facts: int
    differ: int
    sees: str


def written(folder: Path) -> tuple[Report, Path, Path]:
    """The report, and its folder as it is and standalone, in every format."""
    for standalone in (False, True):
        out = folder / ("standalone" if standalone else "plain")
        settings = Settings(Options(cik=CIK), to=tuple(FORMATS), standalone=standalone)
        report = convert(str(RELEASE), out, settings)
    return report, folder / "plain" / RELEASE.stem, folder / "standalone" / RELEASE.stem


def sightings(folder: Path) -> Iterator[Sighting]:
    """What each reader sees of the report. Raises RuntimeError for an environment that is not made."""
    report, plain, alone = written(folder)
    for place, packages in ((plain, True), (alone, False)):
        yield from _arelle(report, place, packages=packages)
    yield _edgartools(report, plain)
    for ending in (".xml", ".htm"):
        if (alone / f"{report.base}{ending}").exists():
            yield _py_xbrl(report, alone / f"{report.base}{ending}")
    yield _docling(report, alone)
    yield from _tables(report, plain)


def _arelle(report: Report, folder: Path, *, packages: bool) -> Iterator[Sighting]:
    for path in sorted(folder.glob(f"{report.base}[._]*")):
        if path.name.removeprefix(report.base) in XBRL:
            found, said = of_arelle(path, packages=packages)
            given = "our two packages" if packages else "`--standalone`, no package"
            sees = f"{sum(line.startswith('error') for line in said)} errors, "
            sees += f"{sum(line.startswith('warning') for line in said)} warnings ({given})"
            yield _sighting(report, "Arelle", "", f"`<base>{path.name.removeprefix(report.base)}`", found, sees)


def _sighting(
    report: Report, reader: str, version: str, opens: str, found: Counter[Key], sees: str, *, numeric: bool = False
) -> Sighting:
    expected = of_report(report)
    if numeric:
        expected = Counter(key for key in expected if key.unit)
    return Sighting(reader, version, opens, found.total(), difference(expected, found), sees)


def difference(expected: Counter[Key], found: Counter[Key]) -> int:
    """How many facts are on one side alone."""
    return ((expected - found) | (found - expected)).total()


def _read(name: str, path: Path) -> dict[str, Any]:
    """What the reader's script prints of a file or folder."""
    python = readers.python(name)
    if python is None:
        raise RuntimeError(f".readers/{name} is not made: python tools/readers.py {name}")
    script = readers.PINS / f"read_{name.replace('-', '_')}.py"
    with TemporaryDirectory() as home:
        environment = {**os.environ, **OFFLINE, "HOME": home}
        run = subprocess.run([python, script, path], capture_output=True, text=True, env=environment, check=False)
    if run.returncode:
        raise RuntimeError(f"{name}: {run.stderr[-2000:]}")
    return dict(json.loads(run.stdout))


def _version(name: str) -> str:
    package = "docling-slim" if name == "docling" else name
    pins = (readers.PINS / f"{name}.txt").read_text(encoding="utf-8").split()
    return next(pin.partition("==")[2] for pin in pins if pin.startswith(f"{package}=="))


def _facts(report: Report, facts: list[Mapping[str, str]], prefixes: Mapping[str, str] | None = None) -> Counter[Key]:
    """The facts that a script printed; `prefixes` gives the concept of a name without one."""
    units = {fact.unit.id: unit_words(fact.unit) for fact in report.facts if fact.unit}
    return Counter(
        Key(
            prefixes[one["concept"]] if prefixes else one["concept"],
            report.identifier,
            one["start"],
            one["end"],
            units.get(one["unit"], one["unit"]),
            one["decimals"],
            canonical(Decimal(one["value"])) if one["unit"] else one["value"],
        )
        for one in facts
    )


def _edgartools(report: Report, folder: Path) -> Sighting:
    seen = _read("edgartools", folder)
    wrong = [name for name, rows in seen["statements"].items() if not _as_presented(report, rows)]
    missing = 3 - len(seen["statements"])
    sees = (
        "balance sheet, income statement and cash flow with our labels in our order, each value right"
        if not wrong and not missing
        else f"statements missing: {missing}, other than ours: {', '.join(wrong)}"
    )
    return _sighting(
        report,
        "edgartools",
        _version("edgartools"),
        "the folder, `XBRL.from_directory`",
        _facts(report, seen["facts"]),
        sees,
    )


def _as_presented(report: Report, rows: list[dict[str, Any]]) -> bool:
    """Whether a rendered statement is one of ours: its labels, their order, and each value of its periods."""
    head, *lines = rows
    shown = [[one["label"], *one["cells"]] for one in lines]
    return any(shown == _presented(report, role, head["cells"]) for role in report.roles)


def _presented(report: Report, role: Role, periods: list[str]) -> list[list[str | float]]:
    """The lines of a statement that have a value in one of the periods: label and cells, "" where there is none."""
    labels = {(one.concept, one.role): one.text for one in report.labels}
    values = {(fact.concept.qname, fact.context.period): fact.value for fact in report.facts}
    lines = []
    for arc in role.presentation:
        found = [values.get((arc.child, _period(period, arc))) for period in periods]
        if any(value is not None for value in found):
            cells = [float(value) if isinstance(value, Decimal) else "" for value in found]
            lines.append([labels[arc.child, arc.preferred or STANDARD], *cells])
    return lines


def _period(key: str, arc: PresentationArc) -> Period:
    """The period of a column, named `instant_END` or `duration_START_END`, for a line: balances are at its edges."""
    days = [date.fromisoformat(day) for day in key.split("_")[1:]]
    if arc.preferred.endswith("eriodStartLabel"):
        return Period(days[0] - timedelta(days=1))
    if arc.preferred.endswith("eriodEndLabel") or len(days) == 1:
        return Period(days[-1])
    return Period(days[1], days[0])


def _py_xbrl(report: Report, path: Path) -> Sighting:
    seen = _read("py-xbrl", path)
    prefixes = {fact.concept.name: fact.concept.qname for fact in report.facts}
    labelled = {prefixes[one["concept"]]: one["labels"] for one in seen["facts"]}
    ours: dict[str, set[str]] = {}
    for label in report.labels:
        ours.setdefault(label.concept, set()).add(label.text)
    right = all(set(labelled[name]) == texts for name, texts in ours.items() if name in labelled)
    sees = "our labels; no download from an empty cache" if right else "other labels than ours"
    opens = f"`<base>{path.name.removeprefix(report.base)}` of `--standalone`"
    found = _facts(report, seen["facts"], prefixes)
    if path.suffix == ".htm":
        found, sees = finest(found), f"{sees}; {found.total()} tags, each fact wherever it is printed"
    return _sighting(report, "py-xbrl", _version("py-xbrl"), opens, found, sees)


def _docling(report: Report, folder: Path) -> Sighting:
    seen = _read("docling", folder / f"{report.base}.xml")
    sees = f"the numeric facts as key-value pairs, titled “{seen['title']}”"
    opens = "`<base>.xml` of `--standalone`, XBRL backend"
    found = _facts(report, seen["facts"])
    return _sighting(report, "docling", _version("docling"), opens, found, sees, numeric=True)


def _tables(report: Report, folder: Path) -> Iterator[Sighting]:
    import duckdb

    dataset = folder.parent / "facts.parquet"
    yield _sighting(
        report,
        "DuckDB",
        "",
        "`facts.parquet/*.parquet`",
        _of_frame(report, duckdb.read_parquet(f"{dataset}/*.parquet").fetchall()),
        "values as DECIMAL(38,10)",
    )
    frame = pd.read_parquet(dataset)
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    yield _sighting(report, "pandas", "", "`facts.parquet`", _of_frame(report, rows), "values as Decimal")
    frame = report.to_pandas()
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    yield _sighting(report, "pandas", "", "`Report.to_pandas()`", _of_frame(report, rows), "values as Decimal")
    path = folder / f"{report.base}.xlsx"
    found = of_workbook(path, report.identifier)
    yield _sighting(report, "openpyxl", "", "`<base>.xlsx`", found, "a sheet a statement, cells linked to their facts")


def _of_frame(report: Report, rows: list[Any]) -> Counter[Key]:
    """Rows with the columns of `FactRow`."""
    keys = []
    for row in rows:
        one = dict(zip(FactRow._fields, row, strict=True))
        unit = one["unit"]
        decimals = "" if not unit else "INF" if one["decimals"] is None else str(int(one["decimals"]))
        value = one["text"] if one["value"] is None else one["value"]
        start, end = str(one["period_start"] or ""), str(one["period_end"])
        keys.append(Key(one["concept"], one["cik"], start, end, unit, decimals, canonical(value)))
    assert {key.entity for key in keys} == {report.identifier}  # noqa: S101 - a reader that mixes entities is no reader
    return Counter(keys)


HEAD = """# What each reader sees

Written by `python tools/interoperability.py` (`make test-readers` proves it): one made-up release,
`tests/fixtures/formats/wendover-2021-q4.txt`, converted in every format, then shown to each reader without a network.
*Differ* counts the facts that a reader has otherwise than the report, or not at all, by concept, entity,
period, unit, decimals and value. A reader with a version is pinned in `tests/readers`, the others are those that
Pressmark is installed with.

| reader | version | opens | facts | differ | sees |
|---|---|---|---:|---:|---|
"""
FOOT = """
## What to know

- **Arelle** needs the two offline packages (`--packages "$(pressmark taxonomy path)"`), or a report written with
  `--standalone`. Report packages carry their own extension.
- **edgartools** reads the folder as it is. Ask for `statement.render(standard=False)`: by default it shows wording of
  its own for the us-gaap concepts it knows. It leaves some headings out.
- **py-xbrl** follows every schema address, so that it needs `--standalone`, or a network. Its numbers are floats.
- **docling** takes the numeric facts alone. Its full converter imports torch; the XBRL backend by itself does not
  (`docling-slim[format-xml-xbrl]`). It needs `--standalone`, or the folder with our packages as its `taxonomy` option.
- **brel** drops facts with a divided unit (per share), so it is not among them.
"""


def page(seen: list[Sighting]) -> str:
    """The page of the sightings."""
    return HEAD + "".join(f"| {' | '.join(map(str, one))} |\n" for one in seen) + FOOT


def main() -> int:
    """Writes or checks the page."""
    with TemporaryDirectory(prefix="interoperability-") as folder:
        text = page(list(sightings(Path(folder))))
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in sys.argv:
        print(f"stale: {PAGE.name}")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"written: {PAGE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
