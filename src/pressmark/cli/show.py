"""What a person sees in the terminal: a report's summary, findings, tables. Colours only on a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from pressmark.cli.streams import plain_terminal
from pressmark.finding import Finding, Severity
from pressmark.mapping.concept import Concept
from pressmark.report.cells import count_cells
from pressmark.report.model import Report
from pressmark.span import Span

if TYPE_CHECKING:
    from rich.console import Console

    from pressmark.cli.run import Outcome

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
SHOWN_REASONS = 12


class Progress:
    """One line on a terminal's standard error that says which release is being worked on; silent elsewhere."""

    def __init__(self, total: int, *, enabled: bool) -> None:
        self._total, self._count = total, 0
        self._live = enabled and total > 1 and sys.stderr.isatty() and not plain_terminal()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.done()

    def start(self, source: str) -> None:
        """Shows the release that is next."""
        self._count += 1
        if self._live:
            sys.stderr.write(f"\r\x1b[K[{self._count}/{self._total}] {source}")
            sys.stderr.flush()

    def done(self) -> None:
        """Clears the line for what is printed next."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def finding_line(finding: Finding) -> str:
    """A finding as one line that editors can jump to: file:line:column: severity code: message."""
    place = f"{finding.span}: " if finding.span else ""
    severity = click.style(finding.severity, fg=COLOURS[finding.severity])
    return f"{place}{severity} {finding.code}: {finding.message}"


def show_report(report: Report, folder: Path | None, seconds: float, *, brief: bool) -> None:
    """Prints what was found in one release, or with `brief` only its errors and warnings."""
    if not brief:
        for name, lines in _parts(report, folder, seconds):
            for number, line in enumerate(lines):
                heading = "" if number else name
                click.echo(click.style(f"{heading:<13}", bold=True) + line)
    shown = [f for f in report.findings if f.severity.rank < 2 or not brief]
    for finding in shown:
        click.echo(f"  {finding_line(finding)}")
    if not brief:
        click.echo()


def _parts(report: Report, folder: Path | None, seconds: float) -> list[tuple[str, list[str]]]:
    """The parts of a report's summary: a name and its lines."""
    entity = report.entity
    listed = (
        f" ({entity.exchange.value + ': ' if entity.exchange else ''}{entity.ticker.value})" if entity.ticker else ""
    )
    count = Counter(f.severity for f in report.findings)
    parts: list[tuple[str, list[str]]] = [
        ("Release", [f"{report.source}  ({seconds:.1f} s)"]),
        ("Entity", [f"{entity.name.value}{listed}, {report.identifier} under {report.scheme}"]),
        ("Periods", _periods(report)),
        ("Statements", _statements(report)),
        ("Facts", _facts(report)),
        ("Cells", _cells(report)),
        ("Cross-checks", _checks(report)),
        ("Validation", [_validation(report)]),
        ("Findings", [", ".join(f"{count[s]} {s}" for s in Severity)]),
    ]
    if folder is not None:
        names = sorted(p.name for p in folder.iterdir())
        parts.insert(-1, ("Files", [f"{folder}/", "  " + "  ".join(names)]))
    return parts


def _periods(report: Report) -> list[str]:
    periods = sorted({f.context.period for f in report.facts}, key=lambda p: (p.instant, p.days, p.end), reverse=False)
    spans = [p.words for p in periods if not p.instant]
    days = [p.words for p in periods if p.instant]
    return [part for part in (", ".join(spans), ", ".join(days)) if part]


def _statements(report: Report) -> list[str]:
    lines = []
    for statement in report.statements:
        valued = sum(bool(line.values) for line in statement.lines)
        where = f"line {statement.span.line}"
        if statement.gaap:
            columns = sum(c.period is not None for c in statement.columns)
            lines.append(f"{statement.title or statement.kind}: {valued} lines, {columns} columns ({where})")
        elif statement.numeric_cells:
            lines.append(f"not tagged: {statement.title or 'a table'} ({where}): {statement.reason}")
    return lines


def _facts(report: Report) -> list[str]:
    cover = sum(f.concept.prefix == "dei" for f in report.facts)
    prose = sum(f.statement is None for f in report.facts) - cover
    extensions = [c.label for c in report.concepts if c.extension and not c.abstract]
    tables = len(report.facts) - cover - prose
    lines = [f"{len(report.facts)}: {tables} from statements, {prose} from prose, {cover} for the cover"]
    if extensions:
        lines.append(
            f"{len(extensions)} extension concepts: {'; '.join(extensions[:SHOWN_REASONS])}"
            + (" …" if len(extensions) > SHOWN_REASONS else "")
        )
    return lines


def _cells(report: Report) -> list[str]:
    cells = count_cells(report.statements, report.facts, report.skipped)
    lines = [f"{cells.numeric} numeric = {cells.facts} facts + {cells.skipped} skipped"]
    reasons: dict[str, list[Span]] = {}
    for skipped in report.skipped:
        reasons.setdefault(skipped.reason, []).append(skipped.span)
    for reason, spans in list(reasons.items())[:SHOWN_REASONS]:
        lines.append(f"{len(spans)} skipped: {reason} (line {spans[0].line})")
    if len(reasons) > SHOWN_REASONS:
        lines.append(f"and {len(reasons) - SHOWN_REASONS} more reasons")
    return lines


def _checks(report: Report) -> list[str]:
    totals = [t for s in report.statements if s.gaap for t in s.totals]
    foot = sum(len(t.foots) for t in totals)
    rounds = sum(len(t.rounds) for t in totals)
    fails = sum(len(t.fails) for t in totals)
    lines = [f"{len(totals)} totals: {foot} sums hold, {rounds} within rounding, {fails} do not"]
    repeated = sum(len(f.places) > 1 for f in report.facts)
    disagree = sum(f.code == "prose.disagrees" for f in report.findings)
    lines.append(f"{repeated} facts stand in several places and agree, {disagree} prose figures disagree")
    return lines


def _validation(report: Report) -> str:
    errors = sum(f.severity is Severity.ERROR for f in report.findings)
    return click.style("no errors", fg="green") if not errors else click.style(f"{errors} errors", fg="red")


def show_summary(outcomes: Sequence[Outcome]) -> None:
    """The table at the end: a row a release."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Release", overflow="fold")
    for name in ("Entity", "Period end"):
        table.add_column(name)
    for name in ("Facts", "Extensions", "Skipped", "Errors", "Warnings", "Exit"):
        table.add_column(name, justify="right")
    for outcome in outcomes:
        report = outcome.report
        if report is None:
            table.add_row(outcome.source, "not converted", *[""] * 6, str(outcome.code))
            continue
        count = Counter(f.severity for f in report.findings)
        table.add_row(
            outcome.source,
            report.entity.name.value,
            str(report.period.end) if report.period else "",
            str(len(report.facts)),
            str(sum(c.extension and not c.abstract for c in report.concepts)),
            str(len(report.skipped)),
            str(count[Severity.ERROR]),
            str(count[Severity.WARNING]),
            str(outcome.code),
        )
    _console().print(table)


def _console() -> Console:
    """A console as wide as the terminal; where there is none, as wide as any row needs."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=400)


def show_concepts(concepts: Sequence[Concept]) -> None:
    """Concepts as a table: name, type, period type, balance, statements, label."""
    from rich import box
    from rich.table import Table

    if not concepts:
        click.echo("no concept matches", err=True)
        return
    table = Table(box=box.SIMPLE_HEAD)
    for name in ("Concept", "Type", "Period", "Balance", "In", "Label"):
        table.add_column(name, overflow="fold")
    for c in concepts:
        table.add_row(
            c.name, c.type.removesuffix("ItemType"), c.period_type, c.balance, " ".join(c.statements), c.label
        )
    _console().print(table)
