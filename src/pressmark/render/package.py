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


def report_package(report: Report, kind: str, document: str, content: bytes, taxonomy: Mapping[str, bytes]) -> bytes:
    """A report package of a `kind`: "xbri" holds one inline report, "xbr" one `.xbrl` or `.json` (Report Package 1.0).

    `document` is the name and `content` the report, as it is where the extension schema lies beside it; `taxonomy` is
    that schema with what it refers to by relative names. The report alone lies under `reports/`. The two other files
    of `META-INF` are those of Taxonomy Packages 1.0.
    """
    top = report.base
    schema = f"{report.namespace}/{report.base}.xsd"
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
            f"{top}/reports/{document}": content.replace(f'"{report.base}.xsd"'.encode(), f'"{schema}"'.encode(), 1),
            **{f"{top}/{_FOLDER}/{file}": data for file, data in taxonomy.items()},
        }
    )
