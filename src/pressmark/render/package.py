"""Writes report packages (Report Package 1.0): one report and its extension, as a taxonomy package, in one file.

The report refers to its extension schema by the schema's address, which the package's own catalog answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from pressmark.render.archive import zipped
from pressmark.render.oim import json_bytes
from pressmark.render.templates import fill
from pressmark.report.model import Report

_FOLDER = "taxonomy"


def schema_address(report: Report) -> str:
    """The address of the extension schema that a packaged report refers to."""
    return f"{report.namespace}/{report.base}.xsd"


def report_package(report: Report, kind: str, document: str, content: bytes, taxonomy: Mapping[str, bytes]) -> bytes:
    """A report package of a `kind`: "xbri" holds one inline report, "xbr" one `.xbrl` or `.json` (Report Package 1.0).

    `document` and `content` are the report, which alone lies under `reports/`; `taxonomy` is the extension schema with
    what it refers to by relative names. Taxonomy Packages 1.0 asks for the two other files of `META-INF`.
    """
    top = report.base
    schema = schema_address(report)
    metadata = {"documentInfo": {"documentType": f"https://xbrl.org/report-package/2023/{kind}"}}
    name = f"{report.entity.name.value}, {report.period.end}"
    return zipped(
        {
            f"{top}/META-INF/reportPackage.json": json_bytes(metadata),
            f"{top}/META-INF/catalog.xml": fill("catalog.xml.j2", start=f"{report.namespace}/", schemas=_FOLDER),
            f"{top}/META-INF/taxonomyPackage.xml": fill(
                "taxonomyPackage.xml.j2",
                identifier=report.namespace,
                name=name,
                version=str(report.period.end),
                schema=schema,
            ),
            f"{top}/reports/{document}": content,
            **{f"{top}/{_FOLDER}/{file}": data for file, data in taxonomy.items()},
        }
    )
