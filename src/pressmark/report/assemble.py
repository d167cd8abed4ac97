"""Assembles the report: facts, cover, prose, roles with their trees, extension concepts, findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pressmark.errors import InputError
from pressmark.finding import Finding, finding
from pressmark.mapping.concept import Concept
from pressmark.mapping.mapped import MappedStatement
from pressmark.mapping.table import concept_table
from pressmark.period import Period
from pressmark.prose.figures import Prose
from pressmark.reading.document import Document
from pressmark.reading.entity import Entity
from pressmark.report import roles
from pressmark.report.cells import cell_findings, count_cells
from pressmark.report.cover import cover_facts
from pressmark.report.extensions import own_extensions
from pressmark.report.gather import distinct, gather
from pressmark.report.merge import merge
from pressmark.report.model import Context, Fact, GeneralSpecial, Report, Role, Unit
from pressmark.report.trees import Wording, calculation, joined, presentation
from pressmark.statements.statement import Statement, StatementKind

CIK_SCHEME = "http://www.sec.gov/CIK"
# Reserved names (RFC 2606): they can never collide with a real publisher's.
OWN_SCHEME = "http://pressmark.example/entity"
OWN_NAMESPACE = "http://pressmark.example"
TAXONOMY = "2025"
RESERVED = {"us-gaap", "dei", "xbrli", "xbrldi", "link", "xlink", "iso4217", "xsd", "xsi", "dtr-types"}
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """How the report names its entity and itself."""

    scheme: str
    identifier: str
    slug: str
    prefix: str


def identity(entity: Entity) -> Identity:
    """Scheme and identifier (the CIK, else ticker or a slug of the name under our own scheme), and the prefix."""
    slug = _SLUG.sub("-", (entity.ticker.value if entity.ticker else entity.name.value).lower()).strip("-") or "entity"
    prefix = slug if slug[0].isalpha() else f"c{slug}"
    if prefix in RESERVED or prefix.startswith("xml"):
        prefix = f"{prefix}-co"
    if entity.cik:
        return Identity(CIK_SCHEME, entity.cik.value.zfill(10), slug, prefix)
    return Identity(OWN_SCHEME, entity.ticker.value if entity.ticker else slug, slug, prefix)


def assemble(
    document: Document,
    entity: Entity,
    statements: Sequence[Statement],
    mapped: Sequence[MappedStatement],
    prose: Prose,
) -> Report:
    """The report of one release.

    `statements` holds every table, also those left out; `mapped` those that are tagged. Skipped cells of
    tables that are no primary statement are kept apart from `numeric_cells`, which counts the statements'.
    Raises InputError where no value has a period.
    """
    name = identity(entity)
    prefixed = own_extensions(mapped, name.prefix)
    ledger = gather(prefixed)
    merge(ledger, prose.figures, name.prefix)
    cover = cover_facts(document, entity, prose)
    facts = (*cover.facts, *ledger.facts.values())
    period = cover.period or max((f.context.period for f in facts), key=_order, default=None)
    if period is None:
        raise InputError(document.file, "no value in it has a period that can be told", "give the whole release")
    wording = Wording()
    built, arc_findings = _roles(prefixed, name, period, wording)
    facts = tuple(replace(f, places=distinct(f.places)) if len(f.places) > 1 else f for f in facts)
    concepts = _concepts(facts, prefixed, built)
    for fact in facts:
        wording.standard(fact.concept.qname, fact.concept.label or fact.label or fact.concept.name)
    anchored, anchor_findings = _anchors(concepts, facts)
    findings = [
        *document.findings,
        *(f for s in statements for f in s.findings),
        *ledger.findings,
        *cover.findings,
        *arc_findings,
        *anchor_findings,
        *_identity_findings(entity, document),
        *cell_findings(count_cells(statements, facts, ledger.skipped), document.file),
    ]
    day = period.end.strftime("%Y%m%d")
    return Report(
        source=document.file,
        base=f"{name.slug}-{day}",
        prefix=name.prefix,
        namespace=f"{OWN_NAMESPACE}/{name.slug}/{day}",
        scheme=name.scheme,
        identifier=name.identifier,
        entity=entity,
        period=period,
        taxonomy=TAXONOMY,
        concepts=concepts,
        contexts=_contexts(facts),
        units=_units(facts),
        facts=facts,
        roles=built,
        labels=tuple(x for x in wording.labels() if not x.concept.startswith("dei:")),
        general_special=anchored,
        statements=tuple(statements),
        skipped=tuple(ledger.skipped),
        numeric_cells=sum(s.numeric_cells for s in statements if s.gaap),
        findings=tuple(findings),
    )


def _order(period: Period) -> tuple[date, bool, date]:
    """What sorts periods by their last day, spans behind instants."""
    return period.end, not period.instant, period.start or period.end


def _roles(
    mapped: Sequence[MappedStatement], name: Identity, period: Period, wording: Wording
) -> tuple[tuple[Role, ...], list[Finding]]:
    """A role for each statement in the order of the release; a second one of a kind gets a number."""
    built: list[Role] = []
    findings: list[Finding] = []
    seen: dict[StatementKind, int] = {}
    day = period.end.strftime("%Y%m%d")
    sums = [calculation(one) for one in mapped]
    arcs = joined([(one.statement.kind, found.arcs) for one, found in zip(mapped, sums, strict=True)])
    for number, one in enumerate(mapped, 1):
        kind = one.statement.kind
        seen[kind] = seen.get(kind, 0) + 1
        suffix = f"{seen[kind]}" if seen[kind] > 1 else ""
        root = concept_table()[roles.ROOTS[kind]]
        findings.extend(sums[number - 1].findings)
        uri = f"{OWN_NAMESPACE}/{name.slug}/{day}/role/{roles.NAMES[kind]}{suffix}"
        title = one.statement.title or roles.NAMES[kind]
        definition = f"{number:07d} - Statement - {title}"
        built.append(Role(uri, definition, presentation(one, root, wording), tuple(arcs[number - 1])))
    return tuple(built), findings


def _concepts(facts: Sequence[Fact], mapped: Sequence[MappedStatement], built: Sequence[Role]) -> tuple[Concept, ...]:
    """Every concept of the report once: those of facts first, then headings and roots."""
    table = concept_table()
    found: dict[str, Concept] = {f.concept.qname: f.concept for f in facts}
    for one in mapped:
        for line in one.lines:
            for concept in line.concepts:
                found.setdefault(concept.qname, concept)
    for role in built:
        for arc in role.presentation:
            if arc.parent not in found:
                found[arc.parent] = table[arc.parent.removeprefix("us-gaap:")]
    return tuple(found.values())


def _anchors(concepts: Sequence[Concept], facts: Sequence[Fact]) -> tuple[tuple[GeneralSpecial, ...], list[Finding]]:
    """General-special arcs, and a finding for each extension concept that has no wider one."""
    arcs: list[GeneralSpecial] = []
    findings: list[Finding] = []
    places = {f.concept.qname: f.places[0] for f in reversed(facts) if f.places}
    for concept in concepts:
        if not concept.extension or concept.abstract:
            continue
        if concept.wider:
            arcs.append(GeneralSpecial(f"us-gaap:{concept.wider}", concept.qname))
        else:
            message = f"no us-gaap concept of the same type, period type and balance is wider than “{concept.label}”"
            findings.append(finding("extension.unanchored", message, places.get(concept.qname), concept.qname))
    return tuple(arcs), findings


def _identity_findings(entity: Entity, document: Document) -> list[Finding]:
    if entity.cik:
        return []
    message = f"{document.file} states no CIK: the entity identifier is under Pressmark's own scheme {OWN_SCHEME}"
    return [finding("entity.no-cik", message, entity.name.span)]


def _contexts(facts: Sequence[Fact]) -> tuple[Context, ...]:
    return tuple(dict.fromkeys(f.context for f in facts))


def _units(facts: Sequence[Fact]) -> tuple[Unit, ...]:
    return tuple(dict.fromkeys(f.unit for f in facts if f.unit))
