"""Writes the facts as xBRL-JSON 1.0 (Open Information Model 1.0)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pressmark.period import Period
from pressmark.render.instance import namespaces_in_use, units_in_use
from pressmark.render.lexical import fact_value, plain, unit_text
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.report.model import Fact, Report, Unit

DOCUMENT_TYPE = "https://xbrl.org/2021/xbrl-json"
_CIK_SCHEME = "http://www.sec.gov/CIK"
_PURE = "xbrli:pure"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The documentInfo object of a report (xBRL-JSON 1.0) and its entity as an SQName, prefix:identifier."""

    written: dict[str, object]
    entity: str


def document_info(report: Report, document_type: str, taxonomy: Sequence[str] = ()) -> DocumentInfo:
    """What JSON and CSV begin with. Without `taxonomy` the official schemas are named, as in `to_xbrl_json`."""
    year = taxonomy_year(report.taxonomy)
    units = [key for key, unit in units_in_use(report.facts).items() if not is_pure(unit)]
    namespaces = namespaces_in_use(report, units)
    prefix = _entity_prefix(report, namespaces)
    namespaces[prefix] = report.scheme
    written: dict[str, object] = {
        "documentType": document_type,
        "namespaces": dict(sorted(namespaces.items())),
        "taxonomy": list(taxonomy) or [year.us_gaap_schema, year.dei_schema],
    }
    return DocumentInfo(written, f"{prefix}:{plain(report.identifier)}")


def to_xbrl_json(report: Report, taxonomy: Sequence[str] = ()) -> dict[str, object]:
    """The report as an xBRL-JSON object.

    `taxonomy` names the schemas of the report, relative to where the JSON will lie. Without it, as for a report
    that has no files, it names the official us-gaap and dei schemas, which do not declare extension concepts.
    """
    info = document_info(report, DOCUMENT_TYPE, taxonomy)
    return {"documentInfo": info.written, "facts": {fact.id: _fact(fact, info.entity) for fact in report.facts}}


def xbrl_json(report: Report, taxonomy: Sequence[str] = ()) -> bytes:
    """The file of `to_xbrl_json`."""
    return json_bytes(to_xbrl_json(report, taxonomy))


def json_bytes(value: object) -> bytes:
    """JSON as every file of ours has it: two blanks of indentation, characters as they are, a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def oim_period(period: Period) -> str:
    """The period of a fact (OIM 1.0, period core dimension): midnight at the end of the last day is the next day's."""
    end = _midnight(period.end + timedelta(days=1))
    return f"{_midnight(period.start)}/{end}" if period.start else end


def is_pure(unit: Unit) -> bool:
    """Whether a unit is left out of the dimensions: a number without a unit is pure (OIM 1.0, unit core dimension)."""
    return unit_text(unit) == _PURE


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _fact(fact: Fact, entity: str) -> dict[str, object]:
    """One fact object. Decimals are left out where the value is exact, the unit where it is pure (xBRL-JSON, 3.1)."""
    dimensions = {"concept": fact.concept.qname, "entity": entity, "period": oim_period(fact.context.period)}
    if fact.unit and not is_pure(fact.unit):
        dimensions["unit"] = unit_text(fact.unit)
    written: dict[str, object] = {"value": fact_value(fact)}
    if isinstance(fact.value, Decimal) and fact.decimals is not None:
        written["decimals"] = fact.decimals
    written["dimensions"] = dimensions
    return written


def _entity_prefix(report: Report, namespaces: dict[str, str]) -> str:
    """A prefix for the entity's scheme that no namespace of the report has."""
    choices = ("cik", "sec-cik") if report.scheme == _CIK_SCHEME else ("entity", "entity-scheme")
    return next(prefix for prefix in choices if prefix not in {*namespaces, report.prefix})
