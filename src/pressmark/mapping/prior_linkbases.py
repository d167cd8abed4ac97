"""Reads a filing's linkbases and instance: labels by role, presentation trees, the filer's own elements, values.

The ladder: element declarations of the schema (XBRL 2.1, 5.1.1); labels (5.2.2); presentation arcs (5.2.4), whose
preferred label tells the wording of a line and whether it is printed negated; which role is which statement by the
elements in it (`prior_statements`); the instance's facts without dimensions (4.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pressmark.mapping.concept import Concept
from pressmark.mapping.dictionary import OWN, Dictionary, Entry, Filer, PriorFact
from pressmark.mapping.features import words
from pressmark.mapping.prior_instance import (
    attribute,
    by_name,
    concept_key,
    decimals_of,
    environment,
    local,
    squeezed,
    taxonomy,
    text_of,
)
from pressmark.mapping.prior_statements import Group, statements

if TYPE_CHECKING:
    from lxml.etree import _Element

XLINK = "{http://www.w3.org/1999/xlink}"
_STANDARD_LABEL = "label"
_ABSTRACT = re.compile(r"(Abstract|LineItems|Table|Axis|Domain|Member|RollForward)$")
_NUMERIC = re.compile(r"(monetary|shares|perShare|pure|decimal|integer|percent)ItemType$")
_ELEMENT_ID = re.compile(r"#([A-Za-z][A-Za-z0-9.-]*)_(.+)$")


@dataclass(slots=True)
class _Filing:
    """What has been gathered of a filing so far, by concept key (`Name`, `dei:Name`, `ext:Name`)."""

    elements: dict[str, Concept] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    arcs: dict[str, list[tuple[str, str, float, str]]] = field(default_factory=dict)
    facts: dict[tuple[object, ...], PriorFact] = field(default_factory=dict)
    values: dict[str, list[Decimal]] = field(default_factory=dict)
    filers: dict[Filer, None] = field(default_factory=dict)
    years: set[str] = field(default_factory=set)


def read_linkbases(roots: Sequence[tuple[str, _Element]], name: str) -> Dictionary | None:
    """What the schemas, linkbases and instances among the files tell; None where there are none."""
    filing = _Filing()
    for _, root in roots:
        kind = local(root)
        if kind == "schema":
            _schema(root, filing)
            for linkbase in (e for e in root.iter() if local(e) == "linkbase"):
                _linkbase(linkbase, filing)
        elif kind == "linkbase":
            _linkbase(root, filing)
        elif kind == "xbrl":
            _instance(root, filing)
    if not filing.arcs and not filing.facts:
        return None
    end = max((f.period.end for f in filing.facts.values()), default=date.min)
    roles = [r for r, arcs in filing.arcs.items() if arcs]
    kinds = statements([_group(filing.arcs[r]) for r in roles], adjacent=False)
    entries = tuple(e for r, k in zip(roles, kinds, strict=True) if k for e in _entries(filing, r, k, end))
    placed = {e.concept: e.statement for e in reversed(entries)}
    facts = tuple(
        PriorFact(f.concept, f.period, f.measure, f.value, f.decimals, placed.get(f.concept, ""))
        for f in filing.facts.values()
    )
    used = {e.concept for e in entries} | {f.concept for f in facts}
    own = tuple(c for k, c in filing.elements.items() if k in used)
    return Dictionary(
        tuple(filing.filers),
        (name,),
        tuple(sorted(filing.years)),
        (end,) if end != date.min else (),
        own,
        entries,
        facts,
    )


def _schema(root: _Element, filing: _Filing) -> None:
    """The filer's own elements with type, period type and balance."""
    namespace = root.get("targetNamespace") or ""
    if not concept_key(namespace, "X").startswith(f"{OWN}:"):
        return
    for element in root:
        if local(element) != "element" or not element.get("name"):
            continue
        kind = (element.get("type") or "").rpartition(":")[2]
        facts = {str(k).rpartition("}")[2]: str(v) for k, v in element.attrib.items()}
        name = facts["name"]
        if facts.get("abstract") == "true" or not _NUMERIC.search(kind):
            continue
        filing.elements[f"{OWN}:{name}"] = Concept(
            OWN, name, kind, facts.get("periodType", "duration"), facts.get("balance", "")
        )


def _linkbase(root: _Element, filing: _Filing) -> None:
    for link in root:
        kind = local(link)
        if kind == "labellink":
            _labels(link, filing)
        elif kind == "presentationlink":
            _presentation(link, filing)


def _locators(link: _Element) -> dict[str, str]:
    """Concept keys by locator label: the element's id is the prefix and name in EDGAR filings and in us-gaap."""
    found: dict[str, str] = {}
    for loc in (e for e in link if local(e) == "loc"):
        href = loc.get(f"{XLINK}href") or ""
        match = _ELEMENT_ID.search(href)
        if match:
            known = {"us-gaap": "/us-gaap/", "dei": "/dei/"}.get(match[1], href)
            key = concept_key(known, match[2])
            if key:
                found[loc.get(f"{XLINK}label") or ""] = key
    return found


def _labels(link: _Element, filing: _Filing) -> None:
    where = _locators(link)
    texts: dict[str, list[tuple[str, str]]] = {}
    for label in (e for e in link if local(e) == "label"):
        role = (label.get(f"{XLINK}role") or "").rpartition("/")[2] or _STANDARD_LABEL
        texts.setdefault(label.get(f"{XLINK}label") or "", []).append((role, squeezed(text_of(label))))
    for arc in (e for e in link if local(e) == "labelarc"):
        concept = where.get(arc.get(f"{XLINK}from") or "")
        for role, text in texts.get(arc.get(f"{XLINK}to") or "", ()):
            if concept and text:
                filing.labels.setdefault((concept, role), text)


def _presentation(link: _Element, filing: _Filing) -> None:
    where = _locators(link)
    arcs = filing.arcs.setdefault(link.get(f"{XLINK}role") or "", [])
    for arc in (e for e in link if local(e) == "presentationarc" and e.get("use") != "prohibited"):
        parent, child = where.get(arc.get(f"{XLINK}from") or ""), where.get(arc.get(f"{XLINK}to") or "")
        if parent and child:
            preferred = (arc.get("preferredLabel") or "").rpartition("/")[2]
            arcs.append((parent, child, _order(arc.get("order")), preferred))


def _order(text: str | None) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 1.0


def _group(arcs: Iterable[tuple[str, str, float, str]]) -> Group:
    """A role's elements; a role of details has an axis, but so have some statements, so axes do not count."""
    names = {c for _, c, _, _ in arcs if not _ABSTRACT.search(c)}
    components = any(c.endswith("StatementEquityComponentsAxis") for _, c, _, _ in arcs)
    return Group(frozenset(names), 1, 9 if components else 0)


def _entries(filing: _Filing, role: str, kind: str, end: date) -> Iterator[Entry]:
    """The lines of a role in the order of its tree."""
    children: dict[str, list[tuple[float, int, str, str]]] = {}
    below = set()
    for at, (parent, child, order, preferred) in enumerate(filing.arcs[role]):
        children.setdefault(parent, []).append((order, at, child, preferred))
        below.add(child)
    roots = [p for p in children if p not in below]
    yield from _walk(filing, children, [(r, "", 0) for r in roots], kind, end)


def _walk(
    filing: _Filing,
    children: Mapping[str, list[tuple[float, int, str, str]]],
    roots: Sequence[tuple[str, str, int]],
    kind: str,
    end: date,
) -> Iterator[Entry]:
    number = 0
    seen: set[str] = set()
    stack = list(reversed(roots))
    while stack:
        parent, heading, depth = stack.pop()
        if parent in seen or depth > 40:  # a tree with a cycle ends here
            continue
        seen.add(parent)
        deeper: list[tuple[str, str, int]] = []
        for _, _, child, preferred in sorted(children.get(parent, ())):
            if child in children:
                deeper.append((child, _heading(filing, child), depth + 1))
            if not _ABSTRACT.search(child) and not child.startswith("dei:"):
                number += 1
                yield _entry(filing, child, preferred, heading, kind, number, end)
        stack.extend(reversed(deeper))


def _heading(filing: _Filing, concept: str) -> str:
    text = filing.labels.get((concept, _STANDARD_LABEL), "")
    return re.sub(r"\s*\[(Abstract|Line Items|Table|Roll Forward)\]$", "", text)


def _entry(filing: _Filing, concept: str, preferred: str, heading: str, kind: str, order: int, end: date) -> Entry:
    text = (
        filing.labels.get((concept, preferred))
        or filing.labels.get((concept, "terseLabel"))
        or filing.labels.get((concept, _STANDARD_LABEL))
        or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", concept.rpartition(":")[2])
    )
    sign = -1 if preferred.startswith("negated") else 1
    values = [v * sign for v in filing.values.get(concept, ())]
    return Entry(
        kind,
        " ".join(words(heading)),
        " ".join(words(text)),
        text[:300],
        concept,
        sign,
        1,
        sum(v > 0 for v in values),
        sum(v < 0 for v in values),
        order=order,
        end=end,
    )


def _instance(root: _Element, filing: _Filing) -> None:
    """The facts without dimensions, and the filer."""
    found = by_name(root, ("context", "unit", "identifier"))
    items = [e for e in root if isinstance(e.tag, str) and attribute(e, "contextRef")]
    keys = {
        e: concept_key(e.tag[1:].partition("}")[0] if "}" in e.tag else "", e.tag.rpartition("}")[2]) for e in items
    }
    cover = {k[4:]: squeezed(e.text or "") for e, k in keys.items() if k.startswith("dei:")}
    surroundings = environment(found, cover)
    filing.filers[surroundings.filer] = None
    year = taxonomy(uri for uri in root.nsmap.values() if uri)
    if year:
        filing.years.add(year)
    for element, key in keys.items():
        context = surroundings.contexts.get(attribute(element, "contextRef"))
        measure = surroundings.units.get(attribute(element, "unitRef"), "")
        if not key or key.startswith("dei:") or not measure or context is None or context.period is None:
            continue
        if context.dimensional:
            continue
        try:
            value = Decimal((element.text or "").strip())
        except InvalidOperation:
            continue
        fact = PriorFact(key, context.period, measure, value, decimals_of(element))
        filing.facts.setdefault((key, context.period, measure), fact)
        filing.values.setdefault(key, []).append(value)
