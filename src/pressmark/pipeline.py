"""Runs the stages in order: read, find, interpret, state, map, assemble. The only module that knows them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.collection import without_collection
from pressmark.errors import InputError
from pressmark.finding import finding
from pressmark.mapping.ladder import MappingOptions, map_statements
from pressmark.mapping.mapped import MappedStatement
from pressmark.prose.figures import read_prose
from pressmark.reading.document import Document
from pressmark.reading.entity import Entity, Named
from pressmark.reading.identify import identify
from pressmark.reading.limits import DEFAULT, Limits
from pressmark.reading.paragraphs import Passage, paragraphs
from pressmark.reading.read import read_document
from pressmark.report.assemble import assemble
from pressmark.report.extraction import Extraction
from pressmark.report.gather import gather
from pressmark.report.model import Report
from pressmark.report.stated import reconcile, rows
from pressmark.span import Span
from pressmark.statements.interpret import interpret
from pressmark.statements.statement import Statement
from pressmark.tables.find import find_tables

if TYPE_CHECKING:
    from pressmark.mapping.dictionary import Dictionary
    from pressmark.mapping.rules import Rules

_NAME_PERIODS = "state in the heads, or in a sentence, when the periods ended"


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller knows better than the release: who it is of, what its lines were before, what they are."""

    cik: str = ""
    ticker: str = ""
    prior: Dictionary | None = None
    rules: Rules | None = None
    min_confidence: float = 0.0
    below: str = "extension"
    limits: Limits = DEFAULT


@dataclass(frozen=True, slots=True)
class Release:
    """A release before mapping: the document, who it is of, every table as a statement; `mapping` is for its lines."""

    document: Document
    passages: tuple[Passage, ...]
    entity: Entity
    statements: tuple[Statement, ...]
    mapping: MappingOptions

    @property
    def cik(self) -> str:
        """The CIK, "" where it is not known."""
        return self.entity.cik.value if self.entity.cik else ""

    @property
    def ticker(self) -> str:
        """The ticker, "" where it is not known."""
        return self.entity.ticker.value if self.entity.ticker else ""


def understood(source: Path | str, options: Options | None = None) -> Release:
    """A release as read and interpreted, with the user's overrides and the prior filing's calendar applied.

    Raises InputError for a source that can't be read as a release.
    """
    options = options or Options()
    document = _of(options.cik, read_document(source, limits=options.limits))
    statements = tuple(interpret(find_tables(document), document))
    passages = paragraphs(document)
    entity = identify(document, passages, cik=options.cik, ticker=options.ticker)
    mapping = MappingOptions(options.min_confidence, below=options.below)
    release = Release(document, passages, entity, statements, mapping)
    rules, prior = options.rules, options.prior
    if prior is not None:
        release = _with_prior(release, prior)
    if rules is not None:
        from pressmark.mapping.rules import overridden

        rules = rules.of_company(cik=release.cik, ticker=release.ticker)
        release = replace(release, statements=overridden(release.statements, rules))
    return replace(release, mapping=replace(release.mapping, rules=rules))


def _of(cik: str, document: Document) -> Document:
    """The document, with a finding where its own header names other filers than the CIK that the caller gives."""
    filers = document.header.filers
    if not cik or not filers or cik.zfill(10) in filers:
        return document
    message = f"the report is for the given CIK {cik.zfill(10)}, the release's own header names {' and '.join(filers)}"
    told = finding("entity.cik", message, Span(document.file, 1))
    return replace(document, findings=(*document.findings, told))


def _with_prior(release: Release, prior: Dictionary) -> Release:
    """The release with the filer's prior filing: its CIK and its calendar; one of another company is left out."""
    from pressmark.mapping.prior import knows_lines, only_cik, other_company
    from pressmark.mapping.prior_periods import aligned

    entity, used = release.entity, knows_lines(prior, release.statements)
    name = entity.name.value
    foreign = other_company(prior, cik=release.cik, name=name, ticker=release.ticker, used=used)
    if foreign is not None:
        found = (*release.document.findings, foreign)
        release = replace(release, document=replace(release.document, findings=found))
        return replace(release, mapping=replace(release.mapping, prior=prior)) if used else release
    if entity.cik is None and (cik := only_cik(prior)):
        entity = replace(entity, cik=Named(cik))
    statements = aligned(release.statements, prior)
    return replace(release, entity=entity, statements=statements, mapping=replace(release.mapping, prior=prior))


def mapped(source: Path | str, options: Options | None = None) -> tuple[MappedStatement, ...]:
    """The statements of a release with a concept for each line.

    Raises InputError for a source that can't be read as a release or holds no financial statement.
    """
    release = understood(source, options)
    return map_statements(_tagged(release), release.mapping)


def _tagged(release: Release) -> list[Statement]:
    """The statements that are not left out. Raises InputError where none is, with the first reason of a refusal."""
    if found := [s for s in release.statements if s.gaap]:
        return found
    file = release.document.file
    refused = [f for s in release.statements for f in s.findings if f.code == "period.refused"]
    if not refused:
        raise InputError(file, "no financial statement was found in it", "give an earnings release (EX-99.1)")
    raise InputError(file, f"no statement in it has a period that can be told ({refused[0].message})", _NAME_PERIODS)


@without_collection()
def extract(source: Path | str, options: Options | None = None) -> Report:
    """The report of one release, before rendering and validation. Raises as `extraction` does."""
    return extraction(source, options).report


@without_collection()
def extraction(source: Path | str, options: Options | None = None) -> Extraction:
    """The report of one release with the document, mapped statements and stated figures it was made from.

    Raises InputError for a source that can't be read as a release or holds no financial statement.
    """
    release = understood(source, options)
    document, statements = release.document, release.statements
    gaap = _tagged(release)
    prose = read_prose(document, statements, release.passages)
    found = map_statements(gaap, release.mapping)
    if release.mapping.prior is not None:
        from pressmark.mapping.prior import prior_findings

        used = {c.name for one in found for line in one.lines for c in line.concepts}
        notes = (*document.findings, *prior_findings(release.mapping.prior, used))
        document = replace(document, findings=notes)
    report = assemble(document, release.entity, statements, found, prose)
    return Extraction(report, document, tuple(found), prose.figures)


def stated(source: Path | str, limits: Limits = DEFAULT) -> Iterator[dict[str, object]]:
    """The figures of a release's sentences, a JSON-ready row each, with what the tables say of it.

    Raises InputError for a source that can't be read.
    """
    document = read_document(source, limits=limits)
    statements = interpret(find_tables(document), document)
    prose = read_prose(document, statements)
    facts = gather(map_statements([s for s in statements if s.gaap])).facts.values()
    yield from rows(reconcile(prose.figures, facts))
