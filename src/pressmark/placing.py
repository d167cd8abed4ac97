"""Finds the place in the release of what a processor said of its report: by fact, by concept, by statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pressmark.finding import Finding
from pressmark.report.model import Fact, Report
from pressmark.span import Span
from pressmark.validate.messages import ArelleMessage


def placed(messages: Iterable[ArelleMessage], report: Report) -> list[Finding]:
    """The findings, each at a place of the release, and under the concept it is about.

    In order: the first fact that the message names; the first line of the concept that it names (an arc, an element, a
    label); the statement whose role it names; else the release's first line.
    """
    facts = {f.id: f for f in report.facts}
    lines: dict[str, Fact] = {}
    for fact in report.facts:
        if fact.places:
            lines.setdefault(fact.concept.qname, fact)
    return [_placed(message, facts, lines, report) for message in messages]


def _placed(message: ArelleMessage, facts: Mapping[str, Fact], lines: Mapping[str, Fact], report: Report) -> Finding:
    named = [facts[i] for i in message.fact_ids if i in facts] or [lines[c] for c in message.concepts if c in lines]
    if named:
        # A cover fact may stand nowhere in the release.
        fact = next((f for f in named if f.places), named[0])
        place = fact.places[0] if fact.places else Span(report.source, 1)
        return replace(message.finding, span=place, concept=fact.concept.qname)
    return replace(message.finding, span=_statement(message.finding.message, report) or Span(report.source, 1))


def _statement(text: str, report: Report) -> Span | None:
    """The place of the statement whose role is the longest one that the text names: one may begin another's name."""
    tagged = [s for s in report.statements if s.gaap]
    found = [(len(r.uri), s.span) for r, s in zip(report.roles, tagged, strict=False) if r.uri in text]
    return max(found, key=lambda x: x[0])[1] if found else None
