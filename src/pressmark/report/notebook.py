"""Shows a report and its statements in a notebook: as HTML, and as a data frame."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from pressmark.errors import UsageError
from pressmark.finding import Severity
from pressmark.report.flat import FactRow, fact_rows

if TYPE_CHECKING:
    from pandas import DataFrame

    from pressmark.report.model import Report


def data_frame(report: Report) -> DataFrame:
    """The facts as a data frame: a row a fact, the columns of `FactRow`; values stay Decimal, days datetime.date.

    Raises UsageError where pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError("to_pandas", "pandas is not installed", "pip install 'pressmark[pandas]'") from error

    frame = pd.DataFrame(list(fact_rows(report)), columns=FactRow._fields, dtype=object)
    return frame.astype({"fiscal_year": "Int64", "decimals": "Int64", "line": "Int64", "confidence": "float64"})


def report_html(report: Report) -> str:
    """Who, when and how much, then the tagged statements and the errors and warnings."""
    count = Counter(found.severity for found in report.findings)
    extensions = sum(concept.extension and not concept.abstract for concept in report.concepts)
    head = (
        f"<p><b>{escape(report.entity.name.value)}</b>, {report.period}: {len(report.facts)} facts, "
        f"{extensions} extension concepts, {len(report.skipped)} numbers skipped; "
        f"{', '.join(f'{count[severity]} {severity}' for severity in Severity)}</p>"
    )
    found = "".join(
        f"<li>{escape(f'{one.severity} {one.code}: {one.message}')}</li>"
        for one in report.findings
        if one.severity is not Severity.INFO
    )
    statements = "".join(s._repr_html_() for s in report.statements if s.gaap)
    return f"<div>{head}{f'<ul>{found}</ul>' if found else ''}{statements}</div>"
