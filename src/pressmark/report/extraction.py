"""A report together with what it was made from: what a writer needs that shows the release itself."""

from __future__ import annotations

from dataclasses import dataclass

from pressmark.mapping.mapped import MappedStatement
from pressmark.prose.figure import Figure
from pressmark.reading.document import Document
from pressmark.report.model import Report


@dataclass(frozen=True, slots=True)
class Extraction:
    """One release after all stages before rendering.

    `mapped` holds the GAAP statements in the order of `report.roles`, `figures` what the sentences state.
    """

    report: Report
    document: Document
    mapped: tuple[MappedStatement, ...]
    figures: tuple[Figure, ...]
