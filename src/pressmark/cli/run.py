"""Runs a command over its inputs: one after the other, going on after a failure, with the worst exit code."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import Any

import click

from pressmark.cli.show import Progress, finding_line, show_report, show_summary
from pressmark.cli.streams import json_text
from pressmark.conversion import Settings, convert
from pressmark.errors import InputError, PressmarkError, UsageError
from pressmark.inputs import left_out, releases, stem
from pressmark.pipeline import Options, extract
from pressmark.render.files import finding_record, flat_csv, xbrl_json
from pressmark.report.cells import count_cells
from pressmark.report.model import Report
from pressmark.writing import write_whole


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one release: a report, or the error that stopped it."""

    source: str
    report: Report | None
    error: PressmarkError | None
    folder: Path | None
    seconds: float

    @property
    def code(self) -> int:
        """The exit code it asks for: 1 where a finding is an error."""
        if self.error is not None:
            return self.error.exit_code
        return int(self.report is not None and any(f.severity.rank == 0 for f in self.report.findings))


def _one_release(sources: Sequence[str], options: Options) -> None:
    """A CIK or a ticker belongs to one company's release."""
    for flag, value in (("--cik", options.cik), ("--ticker", options.ticker)):
        if value and len(sources) > 1:
            raise UsageError(flag, f"it is given for {len(sources)} releases", "convert the company's release alone")


def _releases(arguments: Sequence[str], options: Options) -> list[str]:
    """The releases that are named; what stands in folders of a folder is left out, and that is said."""
    sources = releases(arguments)
    _one_release(sources, options)
    for folder in left_out(arguments, sources):
        click.echo(f"pressmark: note: {folder} is left out; name it too, or give a pattern ('**' goes down)", err=True)
    return sources


def convert_all(arguments: Sequence[str], out: Path, settings: Settings, *, as_json: bool, quiet: bool) -> int:
    """Converts every release; prints a report each and, for more than one, a summary table. Gives the worst code."""
    sources = _releases(arguments, settings.options)
    outcomes: list[Outcome] = []
    with Progress(len(sources), enabled=not (as_json or quiet)) as progress:
        for source in sources:
            progress.start(source)
            outcome = _convert(source, out, settings)
            outcomes.append(outcome)
            progress.done()
            if outcome.error is not None:
                click.echo(f"pressmark: error: {outcome.error}", err=True)
            elif outcome.report is not None and not as_json:
                show_report(outcome.report, outcome.folder, outcome.seconds, brief=quiet)
    if as_json:
        click.echo(json_text([_record(o) for o in outcomes]))
    elif len(outcomes) > 1 and not quiet:
        show_summary(outcomes)
    return max(o.code for o in outcomes)


def _convert(source: str, out: Path, settings: Settings) -> Outcome:
    begun = time.perf_counter()
    try:
        report = convert(source, out, settings)
    except PressmarkError as error:
        return Outcome(source, None, error, None, time.perf_counter() - begun)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one release must not cost the others
        *_, last = extract_tb(error.__traceback__)
        where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {error}"
        fault = InputError(source, f"a fault of Pressmark's ({where})", "please report it")
        return Outcome(source, None, fault, None, time.perf_counter() - begun)
    return Outcome(source, report, None, out / stem(source), time.perf_counter() - begun)


def _record(outcome: Outcome) -> dict[str, Any]:
    """One release of the JSON summary."""
    report = outcome.report
    if report is None:
        return {"release": outcome.source, "exit_code": outcome.code, "error": str(outcome.error)}
    cells = count_cells(report.statements, report.facts, report.skipped)
    return {
        "release": outcome.source,
        "exit_code": outcome.code,
        "folder": str(outcome.folder),
        "entity": report.entity.name.value,
        "period_end": str(report.period.end) if report.period else None,
        "statements": [s.title for s in report.statements if s.gaap],
        "facts": len(report.facts),
        "extensions": [c.qname for c in report.concepts if c.extension and not c.abstract],
        "cells": {"numeric": cells.numeric, "facts": cells.facts, "skipped": cells.skipped},
        "findings": [finding_record(f) for f in report.findings],
    }


def facts_all(arguments: Sequence[str], out: Path | None, form: str, options: Options) -> int:
    """Writes the facts of each release, to standard output for one or to a file each. Gives the worst code."""
    sources = _releases(arguments, options)
    if out is None and len(sources) > 1:
        raise UsageError("facts", f"{len(sources)} releases can't share standard output", "name a folder with -o")
    worst = 0
    with _folder(out), Progress(len(sources), enabled=out is not None) as progress:
        for source in sources:
            progress.start(source)
            try:
                report = extract(source, options)
            except PressmarkError as error:
                click.echo(f"pressmark: error: {error}", err=True)
                worst = max(worst, error.exit_code)
                continue
            finally:
                progress.done()
            for finding in report.findings:
                if finding.severity.rank == 0:
                    click.echo(finding_line(finding), err=True)
                    worst = max(worst, 1)
            data = flat_csv(report) if form == "csv" else xbrl_json(report)
            if out is None:
                sys.stdout.buffer.write(data)
            else:
                write_whole(out / f"{stem(source)}.{form}", data)
    return worst


@contextmanager
def _folder(out: Path | None) -> Iterator[None]:
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(str(out), f"the folder can't be made ({error.strerror})", "name another folder") from error
    yield
