"""Runs the stages in order: read, find, interpret, state, map, assemble. The only module that knows them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pressmark.errors import InputError
from pressmark.mapping.ladder import map_statements
from pressmark.prose.figures import stated_figures
from pressmark.reading.identify import identify
from pressmark.reading.read import read_document
from pressmark.report.assemble import assemble
from pressmark.report.gather import gather
from pressmark.report.model import Report
from pressmark.report.stated import reconcile, rows
from pressmark.statements.interpret import interpret
from pressmark.tables.find import find_tables


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller knows better than the release."""

    cik: str = ""
    ticker: str = ""


def extract(source: Path | str, options: Options | None = None) -> Report:
    """The report of one release, before rendering and validation.

    Raises InputError for a source that can't be read as a release or holds no financial statement.
    """
    options = options or Options()
    document = read_document(source)
    statements = interpret(find_tables(document), document)
    gaap = [s for s in statements if s.gaap]
    if not gaap:
        raise InputError(document.file, "no financial statement was found in it", "give an earnings release (EX-99.1)")
    entity = identify(document, cik=options.cik, ticker=options.ticker)
    figures = stated_figures(document, statements)
    return assemble(document, entity, statements, map_statements(gaap), figures)


def stated(source: Path | str) -> Iterator[dict[str, object]]:
    """The figures of a release's sentences, a JSON-ready row each, with what the tables say of it.

    Raises InputError for a source that can't be read.
    """
    document = read_document(source)
    statements = interpret(find_tables(document), document)
    facts = gather(map_statements([s for s in statements if s.gaap])).facts.values()
    yield from rows(reconcile(stated_figures(document, statements), facts))
