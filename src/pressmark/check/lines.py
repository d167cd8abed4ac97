"""Finds the line of a statement that a finding is about."""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.check.accepted import one_line, statement_of, titles
from pressmark.check.policy import Noted
from pressmark.mapping.mapped import MappedLine
from pressmark.report.extraction import Extraction
from pressmark.report.gather import label_of


def noted(made: Extraction) -> list[Noted]:
    """The report's findings, each with the statement and label of the line it stands at, or of its concept."""
    at: dict[tuple[str, int], tuple[str, str]] = {}
    for title, line in _lines(made):
        for span in (line.line.label.span, *(value.span for value in line.line.values)):
            at.setdefault((span.file, span.line), (title, one_line(label_of(line.line))))
    shown_in = titles(made.report)
    of: dict[str, tuple[str, str]] = {}
    for fact in made.report.facts:
        of.setdefault(fact.concept.qname, (statement_of(fact, shown_in), one_line(fact.label)))
    found = []
    for one in made.report.findings:
        line_of = at.get((one.span.file, one.span.line)) if one.span else None
        found.append(Noted(one, *(line_of or of.get(one.concept, ("", "")))))
    return found


def cells(made: Extraction) -> set[tuple[str, str]]:
    """Label and text of every value in the statements."""
    return {
        (one_line(label_of(line.line)), one_line(value.text)) for _, line in _lines(made) for value in line.line.values
    }


def _lines(made: Extraction) -> Iterator[tuple[str, MappedLine]]:
    for title, statement in zip(titles(made.report), made.mapped, strict=True):
        for line in statement.lines:
            yield title, line
