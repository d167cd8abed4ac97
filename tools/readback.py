"""Reads every format of a report back and counts what differs from the report itself.

usage: python tools/readback.py RELEASE... [--standalone] [--log FILE]

Each release is written in every format. Arelle loads and validates the XBRL ones, with our two packages or, with
--standalone, with none; pyarrow and openpyxl read the tables. A line is printed for each release, then the sums; with
--log the outcome of each release is kept there, and a release that it holds is not done again. Exits with 1 where a
fact differs or Arelle finds an error.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pressmark.conversion import Settings, convert
from pressmark.errors import PressmarkError
from pressmark.render.formats import FORMATS
from pressmark.render.taxonomy import package_paths
from pressmark.report.flat import unit_words
from pressmark.report.model import Report

# What Arelle opens, by the end of the file's name; the others are read by their own means.
XBRL = (".xml", ".json", "_csv.json", ".xbr", ".xbri", ".htm")


class Key(NamedTuple):
    """A fact, whatever the syntax it was written in. `start` is "" for an instant, days are inclusive."""

    concept: str
    entity: str
    start: str
    end: str
    unit: str
    decimals: str
    value: str


def of_report(report: Report) -> Counter[Key]:
    """The facts of the report that was written."""
    return Counter(
        Key(
            fact.concept.qname,
            report.identifier,
            str(fact.context.period.start or ""),
            str(fact.context.period.end),
            unit_words(fact.unit) if fact.unit else "",
            _decimals(fact.decimals) if isinstance(fact.value, Decimal) else "",
            canonical(fact.value),
        )
        for fact in report.facts
    )


def of_arelle(path: Path, *, packages: bool = True) -> tuple[Counter[Key], list[str]]:
    """The facts that Arelle finds in a report, and its errors and warnings; without `packages` it gets no taxonomy."""
    from arelle.api.Session import Session
    from arelle.RuntimeOptions import RuntimeOptions

    archive = path.suffix in (".xbr", ".xbri")
    inline = path.suffix in (".xbri", ".htm")
    options = RuntimeOptions(
        entrypointFile=json.dumps([{"file": str(path.absolute())}]),
        workOffline=True,
        internetConnectivity="offline",
        validate=True,
        calcs="c11r",
        utrValidate=True,
        validateDuplicateFacts="inconsistent",
        packages=[str(one) for one in package_paths()] if packages else None,
        plugins="inlineXbrlDocumentSet" if archive or inline else None,
        keepOpen=True,
        disablePersistentConfig=True,
    )
    with Session() as session:
        session.run(options, logFileName="logToStructuredMessage")
        found = Counter(_of_arelle_fact(fact) for model in session.get_models() for fact in model.factsInInstance)
        found = finest(found) if inline else found
        log = json.loads(session.get_logs("json"))["log"]
    said = [f"{r['level']} {r['code']}: {r['message']['text']}" for r in log if r["level"] in ("error", "warning")]
    return found, said


def finest(found: Counter[Key]) -> Counter[Key]:
    """The facts of an inline report, which tags one wherever it is printed: of each the one stated most precisely."""
    best: dict[Key, Key] = {}
    for key in found:
        about = key._replace(decimals="", value="")
        best[about] = max(best.get(about, key), key, key=lambda one: float(one.decimals.replace("INF", "inf") or 0))
    return Counter(best.values())


def _of_arelle_fact(fact: Any) -> Key:  # noqa: ANN401 - Arelle's ModelFact
    context = fact.context
    day = timedelta(days=1)
    end = context.instantDatetime if context.isInstantPeriod else context.endDatetime
    sides = fact.unit.measures if fact.isNumeric and fact.unit is not None else ()
    words = "/".join("*".join(measure.localName for measure in side) for side in sides if side)
    value = Decimal(str(fact.xValue)) if fact.isNumeric else fact.value
    return Key(
        f"{fact.qname.prefix}:{fact.qname.localName}",
        context.entityIdentifier[1],
        "" if context.isInstantPeriod else str(context.startDatetime.date()),
        str((end - day).date()),
        words,
        _decimals(None if fact.decimals in (None, "INF") else int(fact.decimals)) if fact.isNumeric else "",
        canonical(value),
    )


def of_parquet(path: Path, identifier: str) -> Counter[Key]:
    """The facts of a Parquet file. It names a CIK alone, so that `identifier` stands for any other entity."""
    from pyarrow import parquet

    return Counter(
        Key(
            row["concept"],
            row["cik"] or identifier,
            str(row["period_start"] or ""),
            str(row["period_end"]),
            row["unit"],
            _decimals(row["decimals"]) if row["unit"] else "",
            canonical(row["text"] if row["value"] is None else row["value"]),
        )
        for row in parquet.read_table(path).to_pylist()
    )


def of_workbook(path: Path, identifier: str) -> Counter[Key]:
    """The facts of a workbook's sheet of facts; it names no entity by number."""
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True)["Facts"]
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return Counter(_of_row(dict(zip(heads, row, strict=False)), identifier) for row in rows)


def _of_row(row: dict[str, Any], identifier: str) -> Key:
    unit = row["Unit"] or ""
    value = Decimal(repr(row["Value"])) if unit else row["Value"] or ""
    return Key(
        row["Concept"],
        identifier,
        str(row["From"].date()) if row["From"] else "",
        str(row["To"].date()),
        unit,
        _decimals(row["Decimals"]) if unit else "",
        canonical(value),
    )


def of_flat_csv(path: Path, identifier: str) -> Counter[Key]:
    """The facts of `facts.csv`; it names no entity by number."""
    with path.open(encoding="utf-8", newline="") as file:
        return Counter(
            Key(
                row["concept"],
                identifier,
                row["period"].rpartition("/")[0],
                row["period"].rpartition("/")[2],
                "/".join(part.partition(":")[2] for part in row["unit"].split("/") if part),
                row["decimals"],
                canonical(Decimal(row["value"]) if row["unit"] else row["value"]),
            )
            for row in csv.DictReader(file)
        )


def _decimals(number: int | None) -> str:
    return "INF" if number is None else str(number)


def canonical(value: object) -> str:
    """A value as a key has it: a number without exponent and needless zeros, text as it is."""
    return f"{value.normalize() + 0:f}" if isinstance(value, Decimal) else str(value)


class Reading(NamedTuple):
    """What was read of one file: its facts, and what Arelle said of it."""

    name: str
    facts: Counter[Key]
    said: list[str]


def readings(release: Path, folder: Path, *, standalone: bool = False) -> Iterator[tuple[Report, Reading]]:
    """Writes a release in every format and reads each file back. Raises PressmarkError."""
    report = convert(str(release), folder, Settings(to=tuple(FORMATS), standalone=standalone))
    where, who = folder / release.stem, report.identifier
    for path in sorted(where.glob(f"{report.base}[._]*")):
        name = path.name.removeprefix(report.base)
        if name in XBRL:
            yield report, Reading(name, *of_arelle(path, packages=not standalone))
    yield report, Reading(".xlsx", of_workbook(where / f"{report.base}.xlsx", who), [])
    yield report, Reading("facts.csv", of_flat_csv(where / "facts.csv", who), [])
    table = folder / "facts.parquet" / f"{release.stem}.parquet"
    yield report, Reading("parquet", of_parquet(table, who), [])


def _outcome(release: Path, *, standalone: bool) -> dict[str, Any]:
    """One release: its facts, and of each file how many facts differ and what Arelle said."""
    try:
        with TemporaryDirectory(prefix="readback-") as folder:
            files: dict[str, dict[str, Any]] = {}
            count = 0
            for report, reading in readings(release, Path(folder), standalone=standalone):
                expected = of_report(report)
                count = expected.total()
                differ = ((expected - reading.facts) | (reading.facts - expected)).total()
                files[reading.name] = {"differ": differ, "said": reading.said}
    except PressmarkError as error:
        return {"release": str(release), "refused": str(error)}
    return {"release": str(release), "facts": count, "files": files}


def main() -> int:
    """Reads the releases back and prints the counts."""
    parser = argparse.ArgumentParser(description="Reads every format of a report back.")
    parser.add_argument("releases", nargs="+", type=Path)
    parser.add_argument("--standalone", action="store_true")
    parser.add_argument("--log", type=Path)
    given = parser.parse_args()
    known: dict[str, dict[str, Any]] = {}
    if given.log and given.log.exists():
        lines = given.log.read_text(encoding="utf-8").splitlines()
        known = {one["release"]: one for one in map(json.loads, lines)}
    outcomes = []
    for release in given.releases:
        outcome = known.get(str(release)) or _outcome(release, standalone=given.standalone)
        if given.log and str(release) not in known:
            with given.log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(outcome) + "\n")
        outcomes.append(outcome)
        if "refused" in outcome:
            print(f"{release}: {outcome['refused']}")
        else:
            differ = sum(one["differ"] for one in outcome["files"].values())
            print(f"{release}: {outcome['facts']} facts, {len(outcome['files'])} files, {differ} differ", flush=True)
    return _sums(outcomes)


def _sums(outcomes: list[dict[str, Any]]) -> int:
    read = [one for one in outcomes if "files" in one]
    print(
        f"\n{len(read)} releases, {len(outcomes) - len(read)} refused, {sum(one['facts'] for one in read)} facts each"
    )
    print(f"{'file':<24}{'reports':>9}{'differ':>9}{'errors':>9}{'warnings':>9}")
    wrong = 0
    said: Counter[str] = Counter()
    for name in dict.fromkeys(name for one in read for name in one["files"]):
        files = [one["files"][name] for one in read if name in one["files"]]
        levels = Counter(line.partition(" ")[0] for one in files for line in one["said"])
        said.update(line.partition(":")[0] + ":" + line.split(":")[1] for one in files for line in one["said"])
        differ = sum(one["differ"] for one in files)
        wrong += differ + levels["error"]
        print(f"{name:<24}{len(files):>9}{differ:>9}{levels['error']:>9}{levels['warning']:>9}")
    for line, count in said.most_common():
        print(f"{count:>6}  {line}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
