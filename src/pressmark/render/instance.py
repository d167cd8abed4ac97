"""Renders the xBRL-XML instance (XBRL 2.1, section 4): contexts, units and facts, each once, in order of use."""

from __future__ import annotations

from collections.abc import Iterable

from pressmark.period import Period
from pressmark.render.lexical import fact_value, precision
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.render.templates import fill
from pressmark.report.flat import contexts_by_id, units_by_id
from pressmark.report.model import Context, Fact, Report, Unit

UNIT_NAMESPACES = {
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "xbrli": "http://www.xbrl.org/2003/instance",
    "utr": "http://www.xbrl.org/2009/utr",
}


def render_instance(report: Report, schema: str) -> bytes:
    """The instance, referring to the extension schema by its file name."""
    refs = References(report)
    return fill(
        "instance.xml.j2",
        schema=schema,
        refs=refs,
        facts=[
            (fact.concept.qname, fact.id, refs.context(fact), refs.unit(fact), precision(fact), fact_value(fact))
            for fact in report.facts
        ],
    )


class References:
    """What facts refer to, contexts and units, as the template `resources.xml.j2` writes them, and the namespaces."""

    def __init__(self, report: Report) -> None:
        contexts, units = contexts_in_use(report.facts), units_in_use(report.facts)
        used = namespaces_in_use(report, units)
        self.namespaces = [(prefix, address) for prefix, address in used.items() if prefix != "xbrli"]
        self.scheme, self.identifier = report.scheme, report.identifier
        # A bare date that ends a period means the end of that day (XBRL 2.1, 4.7.2), as in Period.
        self.contexts = [
            {"id": c.id, "start": c.period.start and str(c.period.start), "end": str(c.period.end)}
            for c in contexts.values()
        ]
        self.units = list(units.values())
        self._contexts = {name: contexts[one.period].id for name, one in contexts_by_id(report.facts).items()}
        self._units = {name: units[_key(one)].id for name, one in units_by_id(report.facts).items()}

    def context(self, fact: Fact) -> str:
        """The id of a fact's context."""
        return self._contexts[fact.context.id]

    def unit(self, fact: Fact) -> str:
        """The id of a fact's unit, "" where it has none."""
        return self._units[fact.unit.id] if fact.unit else ""


def contexts_in_use(facts: Iterable[Fact]) -> dict[Period, Context]:
    """The contexts of the facts in order of first use; two of one period become one."""
    contexts: dict[Period, Context] = {}
    for context in contexts_by_id(facts).values():
        contexts.setdefault(context.period, context)
    return contexts


def units_in_use(facts: Iterable[Fact]) -> dict[tuple[tuple[str, ...], tuple[str, ...]], Unit]:
    """The units of the facts in order of first use; two of the same measures become one."""
    units: dict[tuple[tuple[str, ...], tuple[str, ...]], Unit] = {}
    for unit in units_by_id(facts).values():
        units.setdefault(_key(unit), unit)
    return units


def namespaces_in_use(report: Report, units: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, str]:
    """Prefix to namespace of every concept and measure that a fact uses.

    Raises KeyError for a prefix that is neither a taxonomy's, the report's own, nor a unit's.
    """
    year = taxonomy_year(report.taxonomy)
    known = {
        "us-gaap": year.us_gaap_namespace,
        "dei": year.dei_namespace,
        **UNIT_NAMESPACES,
        report.prefix: report.namespace,
    }
    prefixes = dict.fromkeys(fact.concept.prefix for fact in report.facts)
    measures = (measure for sides in units for side in sides for measure in side)
    prefixes.update(dict.fromkeys(measure.partition(":")[0] for measure in measures))
    return {prefix: known[prefix] for prefix in prefixes}


def _key(unit: Unit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(unit.numerator)), tuple(sorted(unit.denominator))
