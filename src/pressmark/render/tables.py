"""Writes the facts as CSV and the findings as JSON, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io

from pressmark.finding import Finding
from pressmark.render.lexical import fact_value, plain, precision, unit_text
from pressmark.render.oim import json_bytes
from pressmark.report.flat import contexts_by_id
from pressmark.report.model import Report
from pressmark.span import Span

FACT_COLUMNS = (
    "concept",
    "label",
    "period",
    "unit",
    "value",
    "decimals",
    "confidence",
    "places",
    "reasons",
)


def flat_csv(report: Report) -> bytes:
    """One row a fact, in the order of the report, under a row of column names.

    `period` is a day or first/last day, both inclusive; `places` are line:column, parted by blanks.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FACT_COLUMNS)
    periods = {name: str(context.period) for name, context in contexts_by_id(report.facts).items()}
    writer.writerows(
        (
            fact.concept.qname,
            plain(fact.label or fact.concept.label),
            periods[fact.context.id],
            unit_text(fact.unit) if fact.unit else "",
            fact_value(fact),
            precision(fact),
            f"{fact.confidence:.2f}",
            " ".join([_place(span, report.source) for span in fact.places]),
            plain("; ".join(fact.reasons)),
        )
        for fact in report.facts
    )
    return text.getvalue().encode()


def findings_json(report: Report) -> bytes:
    """The file `findings.json`: an array of the report's findings in its order."""
    return json_bytes([finding_record(one) for one in report.findings])


def finding_record(one: Finding) -> dict[str, str | int | None]:
    """A finding as JSON has it; file is "", line and column are null where none is known."""
    span = one.span
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": plain(one.message),
        "file": plain(span.file) if span else "",
        "line": span.line if span else None,
        "column": span.column if span else None,
        "concept": one.concept,
        "hint": plain(one.hint),
    }


def _place(span: Span, source: str) -> str:
    """line:column, after the file where it is not the release itself."""
    place = f"{span.line}:{span.column}"
    return place if span.file == source else f"{plain(span.file)}:{place}"
