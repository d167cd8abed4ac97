"""Renders the report's extension schema: its elements, the roles of its statements, its linkbases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pressmark.mapping.concept import Concept
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.render.templates import fill
from pressmark.report.model import Report
from pressmark.resources import rows

_XBRLI = ("http://www.xbrl.org/2003/instance", "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd")
_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


def render_schema(report: Report, linkbases: Mapping[str, str]) -> bytes:
    """The schema; `linkbases` gives the file of each kind (label, presentation, calculation, definition)."""
    year = taxonomy_year(report.taxonomy)
    ids = role_ids(report)
    return fill(
        "schema.xsd.j2",
        prefix=report.prefix,
        namespace=report.namespace,
        year=year,
        linkbases=[{"kind": kind, "file": file} for kind, file in linkbases.items()],
        roles=[{"uri": uri, "id": ids[uri], "definition": text} for uri, text in _definitions(report).items()],
        imports=[
            {"namespace": namespace, "schema": schema}
            for namespace, schema in (
                _XBRLI,
                (year.dtr_namespace, year.dtr_schema),
                (year.us_gaap_namespace, year.us_gaap_schema),
                (year.dei_namespace, year.dei_schema),
            )
        ],
        elements=[
            {
                "name": concept.name,
                "type": f"{'xbrli' if concept.type in _xbrl_types() else 'dtr-types'}:{concept.type}",
                "period_type": concept.period_type,
                "balance": concept.balance,
                "abstract": "true" if concept.abstract else "false",
            }
            for concept in extension_concepts(report)
        ],
    )


def extension_concepts(report: Report) -> tuple[Concept, ...]:
    """The concepts that the report adds, each once, in the order of the report."""
    return tuple({c.qname: c for c in report.concepts if c.prefix == report.prefix}.values())


def role_ids(report: Report) -> dict[str, str]:
    """The id of each role's declaration, by role address: the last part of the address, made a unique NCName."""
    ids: dict[str, str] = {}
    for uri in _definitions(report):
        name = _NOT_NAME.sub("_", uri.rstrip("/").rpartition("/")[2]) or "role"
        name = name if name[0].isalpha() or name[0] == "_" else f"_{name}"
        ids[uri] = _free(name, ids.values())
    return ids


def schema_addresses(report: Report, schema: str) -> dict[str, str]:
    """Prefix to the address of the schema that declares its elements; the id of each is prefix_name in all three."""
    year = taxonomy_year(report.taxonomy)
    return {"us-gaap": year.us_gaap_schema, "dei": year.dei_schema, report.prefix: schema}


def _definitions(report: Report) -> dict[str, str]:
    """Role address to definition, in the order of the statements."""
    return {role.uri: role.definition for role in report.roles}


def _free(name: str, taken: Iterable[str]) -> str:
    used = set(taken)
    number, free = 1, name
    while free in used:
        number += 1
        free = f"{name}_{number}"
    return free


@cache
def _xbrl_types() -> frozenset[str]:
    """Item types of XBRL 2.1 itself (section 5.1.1.3); all others are of the Data Type Registry."""
    return frozenset(row["type"] for row in rows("taxonomy/types.tsv") if row["prefix"] == "xbrli")
