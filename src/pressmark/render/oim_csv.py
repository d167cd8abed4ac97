"""Writes the facts as xBRL-CSV 1.0 (Open Information Model 1.0): one table, a row a fact, and the metadata for it."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from pressmark.render.lexical import fact_value
from pressmark.render.oim import document_info, json_bytes, oim_periods, oim_units
from pressmark.report.model import Report

DOCUMENT_TYPE = "https://xbrl.org/2021/xbrl-csv"
COLUMNS = ("id", "concept", "period", "unit", "decimals", "value")


def xbrl_csv(report: Report, taxonomy: str) -> dict[str, bytes]:
    """File name to bytes: the metadata, which is the file to open, and its table.

    The identifier of a fact is `facts.r_` + its id in the instance + `.value` (xBRL-CSV 1.0, fact identifiers).
    `taxonomy` is the schema of the report, relative to where the files will lie.
    """
    info = document_info(report, DOCUMENT_TYPE, [taxonomy])
    table = f"{report.base}_facts.csv"
    dimensions = {"concept": "$concept", "entity": info.entity, "period": "$period", "unit": "$unit"}
    metadata = {
        "documentInfo": info.written,
        "tableTemplates": {
            "facts": {
                "rowIdColumn": "id",
                "columns": {
                    **{name: {} for name in COLUMNS[:-1]},
                    "value": {"dimensions": dimensions, "decimals": "$decimals"},
                },
            }
        },
        "tables": {"facts": {"url": table}},
    }
    return {f"{report.base}_csv.json": json_bytes(metadata), table: _table(report)}


def _table(report: Report) -> bytes:
    """The facts. An empty cell leaves a dimension or the decimals out (xBRL-CSV 1.0, special values)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    periods, units = oim_periods(report), oim_units(report)
    writer.writerows(
        (
            fact.id,
            fact.concept.qname,
            periods[fact.context.id],
            units[fact.unit.id] if fact.unit else "",
            fact.decimals if isinstance(fact.value, Decimal) else None,
            _cell(fact_value(fact)),
        )
        for fact in report.facts
    )
    return text.getvalue().encode()


def _cell(value: str) -> str:
    """A value as a cell: the empty text has a name of its own, and # begins such names."""
    return f"#{value}" if value.startswith("#") else value or "#empty"
