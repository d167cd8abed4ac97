"""A check for a terminal or a log: by release, statement and line, each place as editors jump to it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from pressmark.check.formats.common import differing, place_of, shown, summary
from pressmark.check.policy import Noted
from pressmark.check.release import ReleaseCheck
from pressmark.check.run import Outcome
from pressmark.finding import Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def told(outcome: Outcome) -> str:
    """The releases with something to tell, the remarks, and the summary."""
    return "\n".join([*_lines(outcome), summary(outcome), ""])


def _lines(outcome: Outcome) -> Iterator[str]:
    for release in outcome.releases:
        written = release.facts_file in outcome.updated
        found = [noted for noted in release.findings if shown(outcome, noted)]
        if not (found or release.differences or written):
            continue
        accepted = f"; written to {release.facts_file}" if written else ""
        yield click.style(f"{release.source}: {differing(release)}{accepted}", bold=True)
        yield from _by_statement(release, found)
    for noted in outcome.remarks:
        if shown(outcome, noted):
            yield _line("", noted)


def _by_statement(release: ReleaseCheck, found: list[Noted]) -> Iterator[str]:
    statement = ""
    for noted in sorted(found, key=lambda n: (bool(n.statement), n.statement)):
        if noted.statement != statement:
            statement = noted.statement
            yield f"  {statement}"
        yield f"    {_line(release.source, noted)}"


def _line(source: str, noted: Noted) -> str:
    one = noted.finding
    severity = click.style(one.severity.value, fg=_COLOURS[one.severity])
    known = "" if noted.new else " (accepted)"
    return f"{place_of(source, noted)}: {severity} {one.code}: {one.message}{known}"
