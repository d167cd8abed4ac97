"""Renders the label, presentation, calculation and definition linkbases (XBRL 2.1, section 5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pressmark.render.schema import role_ids, schema_addresses
from pressmark.render.taxonomy_year import arcroles
from pressmark.render.templates import fill
from pressmark.report.model import GeneralSpecial, Report
from pressmark.resources import rows

DEFAULT_ROLE = "http://www.xbrl.org/2003/role/link"
_XBRL_ROLES = "http://www.xbrl.org/2003/role/"
STANDARD_LABEL = f"{_XBRL_ROLES}label"
CALCULATION_ARCROLES = {"2023": "summation-item", "2003": "summation-item-2003"}


class Reference(NamedTuple):
    """A roleRef or arcroleRef (`kind` is role or arcrole): the address and where it is defined."""

    kind: str
    uri: str
    href: str


class Locator(NamedTuple):
    """A locator: its label in the extended link and the element it points at."""

    label: str
    href: str


class Arc(NamedTuple):
    """An arc between two locators; `preferred` serves presentation, `weight` calculation (0: it has none)."""

    source: str
    target: str
    order: int
    preferred: str = ""
    weight: int = 0


class Link(NamedTuple):
    """An extended link of one role."""

    role: str
    locators: tuple[Locator, ...]
    arcs: tuple[Arc, ...]


def render_labels(report: Report, schema: str) -> bytes:
    """The label linkbase: all labels of a concept hang on one arc. Raises KeyError for an unknown label role."""
    labels: dict[str, list[tuple[str, str]]] = {}
    for label in report.labels:
        labels.setdefault(label.concept, []).append((label.role, label.text))
    used = dict.fromkeys(label.role for label in report.labels if not label.role.startswith(_XBRL_ROLES))
    schemas = schema_addresses(report, schema)
    return fill(
        "labels.xml.j2",
        references=[Reference("role", role, _registered_roles()[role]) for role in used],
        concepts=[
            (_locator(concept), _locator(concept).replace("loc_", "lab_", 1), _address(concept, schemas), own)
            for concept, own in labels.items()
        ],
    )


def render_presentation(report: Report, schema: str) -> bytes:
    """The presentation linkbase: an extended link for each statement, in its order.

    The standard label is preferred by name too: some readers show labels of their own for us-gaap where none is.
    """
    schemas = schema_addresses(report, schema)
    links = [
        _link(
            schemas,
            role.uri,
            [(a.parent, a.child, a.order, a.preferred or STANDARD_LABEL, 0) for a in role.presentation],
        )
        for role in report.roles
        if role.presentation
    ]
    return _fill(report, schema, "presentation", "parent-child", links)


def render_calculation(report: Report, schema: str, calc_arcrole: str) -> bytes:
    """The calculation linkbase under the Calculations 1.1 arcrole ("2023") or that of XBRL 2.1 ("2003")."""
    schemas = schema_addresses(report, schema)
    links = [
        _link(schemas, role.uri, [(a.parent, a.child, a.order, "", a.weight) for a in role.calculation])
        for role in report.roles
        if role.calculation
    ]
    return _fill(report, schema, "calculation", CALCULATION_ARCROLES[calc_arcrole], links)


def render_definition(report: Report, schema: str) -> bytes:
    """The definition linkbase: general-special arcs from the wider concept, in the role that presents the special one.

    A report without such arcs gets an empty linkbase, so that every report has the same files.
    """
    by_role: dict[str, list[GeneralSpecial]] = {role.uri: [] for role in report.roles}
    home = _presented_in(report)
    for arc in report.general_special:
        by_role.setdefault(home.get(arc.special, DEFAULT_ROLE), []).append(arc)
    schemas = schema_addresses(report, schema)
    links = [
        _link(schemas, uri, [(a.general, a.special, n, "", 0) for n, a in enumerate(arcs, 1)])
        for uri, arcs in by_role.items()
        if arcs
    ]
    return _fill(report, schema, "definition", "general-special", links)


def _fill(report: Report, schema: str, kind: str, arcrole: str, links: Sequence[Link]) -> bytes:
    ids = role_ids(report)
    references = [Reference("role", x.role, f"{schema}#{ids[x.role]}") for x in links if x.role != DEFAULT_ROLE]
    address = arcroles()[arcrole]
    if links and address in _defined_arcroles():
        references.append(Reference("arcrole", address, _defined_arcroles()[address]))
    return fill("relationships.xml.j2", kind=kind, references=references, links=links, arcrole=address)


def _link(schemas: Mapping[str, str], role: str, arcs: Iterable[tuple[str, str, int, str, int]]) -> Link:
    """An extended link of (from, to, order, preferred label, weight), as Arc has them.

    XLink allows one arc between two labels, so a concept that stands twice under one parent (cash at the
    beginning and at the end) gets a locator of its own for each place.
    """
    locators: dict[str, str] = {}
    made: dict[tuple[str, str], Arc] = {}
    for parent, child, order, preferred, weight in arcs:
        source, target, number = _locator(parent), _locator(child), 1
        while (source, target) in made:
            number += 1
            target = f"{_locator(child)}_{number}"
        locators[source] = _address(parent, schemas)
        locators[target] = _address(child, schemas)
        made[source, target] = Arc(source, target, order, preferred, weight)
    return Link(role, tuple(Locator(label, href) for label, href in locators.items()), tuple(made.values()))


def _locator(concept: str) -> str:
    return f"loc_{concept.replace(':', '_')}"


def _address(concept: str, schemas: Mapping[str, str]) -> str:
    """Where an element is declared: the address of its schema and its id."""
    return f"{schemas[concept.partition(':')[0]]}#{concept.replace(':', '_')}"


def _presented_in(report: Report) -> dict[str, str]:
    """The first role that presents each concept."""
    home: dict[str, str] = {}
    for role in report.roles:
        for arc in role.presentation:
            home.setdefault(arc.child, role.uri)
    return home


@cache
def _registered_roles() -> dict[str, str]:
    """Label roles of the Link Role Registry and where each is defined."""
    return {row["role"]: row["schema"] for row in rows("taxonomy/label-roles.tsv")}


@cache
def _defined_arcroles() -> dict[str, str]:
    """Arcroles that need an arcroleRef, and where each is defined."""
    return {row["uri"]: row["schema"] for row in rows("taxonomy/arcroles.tsv") if row["schema"]}
