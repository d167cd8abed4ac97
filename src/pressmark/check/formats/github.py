"""A check as GitHub Actions annotations (workflow commands): each finding at its line in the pull request's files."""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.check.formats.common import place_of, relative, shown, summary
from pressmark.check.policy import Noted
from pressmark.check.run import Outcome
from pressmark.finding import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def told(outcome: Outcome) -> str:
    """A workflow command a finding, gravest first, since GitHub shows only ten of a kind; then the summary."""
    found = [pair for pair in outcome.findings if shown(outcome, pair[1])]
    found.sort(key=lambda pair: pair[1].finding.severity.rank)
    return "\n".join([*_annotations(found), summary(outcome), ""])


def _annotations(found: list[tuple[str, Noted]]) -> Iterator[str]:
    for source, noted in found:
        one, span = noted.finding, place_of(source, noted)
        properties = {"file": relative(span.file), "line": span.line, "col": span.column}
        if span.end > span.column:
            properties["endColumn"] = span.end - 1
        properties["title"] = one.code
        named = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        yield f"::{_COMMANDS[one.severity]} {named}::{_data(one.message)}"


def _data(text: str) -> str:
    """Text escaped as the runner's toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
