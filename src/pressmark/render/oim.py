"""Writes the facts as xBRL-JSON 1.0 (Open Information Model 1.0)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from json.encoder import encode_basestring as _quoted

from pressmark.period import Period
from pressmark.render.instance import namespaces_in_use, units_in_use
from pressmark.render.lexical import fact_value, plain, unit_text
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.report.flat import contexts_by_id, units_by_id
from pressmark.report.model import Report, Unit

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
    periods, units = oim_periods(report), oim_units(report)
    facts: dict[str, object] = {}
    for fact in report.facts:
        dimensions = {"concept": fact.concept.qname, "entity": info.entity, "period": periods[fact.context.id]}
        written: dict[str, object] = {"value": fact_value(fact)}
        if fact.unit and units[fact.unit.id]:
            dimensions["unit"] = units[fact.unit.id]
        # Left out where the value is exact (xBRL-JSON, 3.1).
        if isinstance(fact.value, Decimal) and fact.decimals is not None:
            written["decimals"] = fact.decimals
        written["dimensions"] = dimensions
        facts[fact.id] = written
    return {"documentInfo": info.written, "facts": facts}


def xbrl_json(report: Report, taxonomy: Sequence[str] = ()) -> bytes:
    """The file of `to_xbrl_json`."""
    return json_bytes(to_xbrl_json(report, taxonomy))


def json_bytes(value: object) -> bytes:
    """JSON as every file of ours has it: two blanks of indentation, characters as they are, a final newline."""
    return f"{_indented(value, chr(10))}\n".encode()


def _indented(value: object, line: str) -> str:
    """What `json.dumps` gives with `indent=2`, in half its time: its fast encoder knows no indentation."""
    inner = f"{line}  "
    if isinstance(value, dict) and value:
        parts = [
            f"{inner}{_quoted(name)}: {_quoted(one) if isinstance(one, str) else _indented(one, inner)}"
            for name, one in value.items()
        ]
        return f"{{{','.join(parts)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{','.join([inner + _indented(one, inner) for one in value])}{line}]"
    return json.dumps(value, ensure_ascii=False)


def oim_period(period: Period) -> str:
    """The period of a fact (OIM 1.0, period core dimension): midnight at the end of the last day is the next day's."""
    end = _midnight(period.end + timedelta(days=1))
    return f"{_midnight(period.start)}/{end}" if period.start else end


def oim_periods(report: Report) -> dict[str, str]:
    """The periods of the facts, by the ids of their contexts."""
    return {name: oim_period(one.period) for name, one in contexts_by_id(report.facts).items()}


def oim_units(report: Report) -> dict[str, str]:
    """The units of the facts, by their ids: a number without a unit is pure (OIM 1.0, unit core dimension)."""
    return {name: "" if is_pure(unit) else unit_text(unit) for name, unit in units_by_id(report.facts).items()}


def is_pure(unit: Unit) -> bool:
    """Whether a unit is left out of the dimensions."""
    return unit_text(unit) == _PURE


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _entity_prefix(report: Report, namespaces: dict[str, str]) -> str:
    """A prefix for the entity's scheme that no namespace of the report has."""
    choices = ("cik", "sec-cik") if report.scheme == _CIK_SCHEME else ("entity", "entity-scheme")
    return next(prefix for prefix in choices if prefix not in {*namespaces, report.prefix})
