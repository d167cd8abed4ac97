"""Renders a report as XBRL 2.1: the instance, its extension schema and the linkbases of that schema."""

from __future__ import annotations

from dataclasses import dataclass

from pressmark.render.instance import render_instance
from pressmark.render.linkbases import render_calculation, render_definition, render_labels, render_presentation
from pressmark.render.schema import render_schema
from pressmark.report.model import Report


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """`calc_arcrole`: "2023" for Calculations 1.1, "2003" for readers that know only XBRL 2.1."""

    calc_arcrole: str = "2023"


DEFAULT_OPTIONS = RenderOptions()


def render_xbrl(report: Report, options: RenderOptions = DEFAULT_OPTIONS) -> dict[str, bytes]:
    """File name to bytes: the instance first, then schema and linkbases. The same on every run."""
    base = report.base
    schema = f"{base}.xsd"
    linkbases = {kind: f"{base}_{kind[:3]}.xml" for kind in ("label", "presentation", "calculation", "definition")}
    return {
        f"{base}.xml": render_instance(report, schema),
        schema: render_schema(report, linkbases),
        linkbases["label"]: render_labels(report, schema),
        linkbases["presentation"]: render_presentation(report, schema),
        linkbases["calculation"]: render_calculation(report, schema, options.calc_arcrole),
        linkbases["definition"]: render_definition(report, schema),
    }
