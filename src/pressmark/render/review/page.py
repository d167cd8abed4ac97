"""Puts the page together: what was found, the statements, what sentences state, the cover, and the release itself."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pressmark.finding import Finding, Severity
from pressmark.mapping.confidence import level
from pressmark.render.lexical import plain
from pressmark.render.review.places import Place, places
from pressmark.render.review.release import release_pane
from pressmark.render.review.reported import reported
from pressmark.render.review.sheets import Known, Sheet, by_reason, sheet
from pressmark.render.templates import fill_in
from pressmark.report.cells import Cells, count_cells
from pressmark.report.extensions import own_extensions
from pressmark.report.extraction import Extraction
from pressmark.report.model import Fact, Report
from pressmark.resources import resource
from pressmark.span import Span
from pressmark.statements.statement import Statement

if TYPE_CHECKING:
    from markupsafe import Markup

_FOLDER = "templates/review"
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of a sentence that is a fact: its words, the fact, and whether a table states it too."""

    words: str
    fact: Fact
    place: Place
    repeats: bool


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding with the number of the place it is about, or of one near it; 0 where there is none."""

    finding: Finding
    place: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of the strip on top."""

    cells: Cells
    levels: Mapping[str, int]
    sums: Mapping[str, int]
    severities: Mapping[Severity, int]


def render_review(extraction: Extraction, findings: Sequence[Finding] | None = None) -> bytes:
    """The page to judge an extraction by, as HTML in UTF-8 that loads nothing and runs one script, its own.

    `findings` stand in the place of the report's, as where validation has added to them.
    """
    report = extraction.report
    noted = sorted(report.findings if findings is None else findings, key=lambda one: one.severity.rank)
    numbered = places(extraction)
    facts = reported(report)
    sheets = _sheets(extraction, Known(facts, numbered, _by_place(noted)))
    values = {
        "report": report,
        "summary": _summary(report, sheets, noted),
        "sheets": sheets,
        "stated": _stated(extraction, numbered),
        "cover": [(fact, _first_place(fact, numbered)) for fact in report.facts if fact.concept.prefix == "dei"],
        "untagged": [(one, by_reason(one.skipped, numbered)) for one in report.statements if _shown(one)],
        "findings": _noticed(noted, numbered),
        "facts": facts,
        "release": release_pane(extraction.document, numbered),
        "camel": _Names(),
        **_own(),
    }
    return fill_in(_FOLDER, "page.html.j2", values, clean=_visible)


@cache
def _own() -> Mapping[str, str]:
    """The page's own script and styles; by the script's hash a browser knows it."""
    names = {"script": "page.js", "style": "page.css", "release_style": "release.css"}
    own = {name: resource(f"{_FOLDER}/{file}").read_text(encoding="utf-8") for name, file in names.items()}
    return {**own, "script_hash": base64.b64encode(hashlib.sha256(own["script"].encode()).digest()).decode()}


def _visible(text: str) -> str:
    """A text whose characters that override the direction of writing stand there by their names."""
    return _DIRECTIONS.sub(lambda match: f"[U+{ord(match[0]):04X}]", plain(text))


class _Names(dict[str, "Markup"]):
    """Concepts' names as the page writes them, by name: templates look up faster than they call."""

    def __missing__(self, name: str) -> Markup:
        written = self[name] = _camel(name)
        return written


@lru_cache(maxsize=4096)
def _camel(name: str) -> Markup:
    """A concept's name that may break before its words."""
    from markupsafe import Markup, escape

    return Markup(_WORD.sub("<wbr>", str(escape(name))))  # noqa: S704 - escaped in this very call


def _shown(statement: Statement) -> bool:
    return not statement.gaap and bool(statement.skipped)


def _by_place(noted: Sequence[Finding]) -> dict[Span, list[Finding]]:
    at: dict[Span, list[Finding]] = {}
    for one in noted:
        if one.span is not None:
            at.setdefault(one.span, []).append(one)
    return at


def _sheets(extraction: Extraction, known: Known) -> list[Sheet]:
    found: list[Sheet] = []
    first = 1
    for mapped in own_extensions(extraction.mapped, extraction.report.prefix):
        found.append(sheet(mapped, known, first))
        first += len(mapped.lines)
    return found


def _summary(report: Report, sheets: Sequence[Sheet], noted: Sequence[Finding]) -> Summary:
    numeric = [fact for fact in report.facts if isinstance(fact.value, Decimal)]
    sums = Counter[str]()
    for one in sheets:
        sums.update(one.states)
    return Summary(
        cells=count_cells(report.statements, report.facts, report.skipped),
        levels=Counter(level(fact.confidence) for fact in numeric),
        sums=sums,
        severities=Counter(one.severity for one in noted),
    )


def _stated(extraction: Extraction, numbered: Mapping[Span, Place]) -> list[Stated]:
    """The facts that stand in sentences, in the order of the release."""
    words = {figure.span: figure.words for figure in extraction.figures}
    found = [
        Stated(words[place], fact, numbered[place], fact.statement is not None)
        for fact in extraction.report.facts
        for place in fact.places
        if place in words
    ]
    order = {figure.span: number for number, figure in enumerate(extraction.figures)}
    return sorted(found, key=lambda one: order[one.place.span])


def _first_place(fact: Fact, numbered: Mapping[Span, Place]) -> Place | None:
    return numbered[fact.places[0]] if fact.places else None


def _noticed(noted: Sequence[Finding], numbered: Mapping[Span, Place]) -> list[Noticed]:
    """The findings with their places; of one in HTML that is about no number, the first in the same row or table."""
    within: dict[str, int] = {}
    for place in numbered.values():
        path = place.span.path
        while path and path not in within:
            within[path] = place.number
            path = path.rpartition("/")[0]
    return [Noticed(one, _about(one.span, numbered, within) if one.span is not None else 0) for one in noted]


def _about(span: Span, numbered: Mapping[Span, Place], within: Mapping[str, int]) -> int:
    if span in numbered:
        return numbered[span].number
    path = span.path
    while path and path not in within:
        path = path.rpartition("/")[0]
    return within.get(path, 0)
