"""Reads an XBRL filing into the shape that releases are compared in: any form that --prior takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.comparison.source import OWN, Key, Source, Stated
from pressmark.errors import InputError, UsageError
from pressmark.mapping.dictionary import Carried, Dictionary, Entry, PriorFact
from pressmark.mapping.features import words
from pressmark.mapping.prior import read_roots
from pressmark.mapping.prior_instance import (
    attribute,
    by_name,
    concept_key,
    context_of,
    decimals_of,
    inline_value,
    local,
)
from pressmark.mapping.prior_open import parts, tree
from pressmark.mapping.prior_page import namespaces
from pressmark.mapping.table import concept_table
from pressmark.period import Period
from pressmark.reading.html_element import line_of
from pressmark.reading.submission import is_submission
from pressmark.span import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

FACES = ("BS", "IS", "CF", "CI")
_HEAD = 200_000  # bytes that tell what a file is
_INLINE = b"www.xbrl.org/2013/inlinexbrl"
_INLINE_OLD = b"www.xbrl.org/2008/inlinexbrl"
_INSTANCE = re.compile(rb"<(?:\w+:)?xbrl[\s>]")
_UNIT = re.compile(r"\s*\((?:in|usd|\$)\b[^)]*\)", re.IGNORECASE)
_MEND = "give an Inline XBRL page, a folder or zip with the instance and its linkbases, or a report package"


def is_filing(path: Path) -> bool:
    """Whether a file or folder is an XBRL filing and not a release: told by its content, not by its name.

    A submission that holds both is a release. What can't be read is not a filing: the reader of releases says why.
    """
    if path.is_dir():
        return True
    try:
        with path.open("rb") as opened:
            data = opened.read(_HEAD)
    except (OSError, ValueError):
        return False
    if data[:2] == b"\x1f\x8b" or data[:4] == b"PK\x03\x04":
        return True
    if is_submission(data.decode("latin-1")):
        return False
    head = data.lower()
    return _INLINE in head or _INLINE_OLD in head or bool(_INSTANCE.search(head[:5000]))


def read_filing(path: Path) -> Source:
    """The facts of a filing, those with a dimension apart. Raises InputError for what can't be read as us-gaap XBRL."""
    try:
        files = [part for file in _files(path) for part in parts(file)]
        roots = [(part.name, root) for part in files if (root := tree(part)) is not None]
        known = read_roots(path, files, roots)
    except UsageError as error:
        raise InputError(error.where, error.cause, _MEND) from error
    seen = _seen((root for _, root in roots), str(path))
    filer = known.filers[0] if known.filers else None
    return Source(
        str(path),
        filer.name if filer else "",
        tuple(_facts(known, seen, str(path))),
        filer.identifier if filer else "",
        filer.ticker if filer else "",
        filing=True,
        dimensional=tuple(seen.dimensional),
    )


def _files(path: Path) -> list[Path]:
    """An instance with the schema and linkbases beside it, which are named after it; else the path alone."""
    if path.suffix.lower() != ".xml" or path.is_dir():
        return [path]
    stem = path.stem.removesuffix("_htm")
    beside = (p for p in path.parent.iterdir() if p.stem.startswith(stem) and p.suffix.lower() in (".xml", ".xsd"))
    return sorted({path, *beside})


@dataclass(slots=True)
class _Seen:
    """What the elements of a filing tell beyond its dictionary: line, unit and name of each fact, those set aside."""

    places: dict[tuple[str, Period, str], tuple[int, str, str]] = field(default_factory=dict)
    dimensional: list[Stated] = field(default_factory=list)


def _seen(roots: Iterable[_Element], file: str) -> _Seen:
    found = _Seen()
    for root in roots:
        named = by_name(root, ("context", "unit", "nonfraction"))
        contexts = {attribute(e, "id"): context_of(e) for e in named.get("context", ())}
        units = {attribute(e, "id"): unit_of(e) for e in named.get("unit", ())}
        spaces = namespaces(root, named)
        items = named.get("nonfraction") or [e for e in root if isinstance(e.tag, str) and attribute(e, "unitRef")]
        for element in items:
            context = contexts.get(attribute(element, "contextRef"))
            if context is None or context.period is None:
                continue
            concept, unit = _concept(element, spaces), units.get(attribute(element, "unitRef"), "")
            line = line_of(element)
            if not context.dimensional:
                found.places.setdefault((concept, context.period, _measure(unit)), (line, unit, _printed(element)))
            elif (value := _value(element)) is not None:
                place = (Span(file, line),)
                found.dimensional.append(
                    Stated(_printed(element), "", "", context.period, unit, value, decimals_of(element), place)
                )
    return found


def _printed(element: _Element) -> str:
    """The name of a fact's concept as the filing writes it."""
    return attribute(element, "name") or f"{element.prefix}:{str(element.tag).rpartition('}')[2]}"


def _qname(concept: str) -> str:
    return concept if ":" in concept else f"us-gaap:{concept}"


def _value(element: _Element) -> Decimal | None:
    text = "".join(map(str, element.itertext()))
    if local(element) == "nonfraction":
        return inline_value(element, text)
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


def unit_of(element: _Element) -> str:
    """A unit element in short: USD, shares, USD/shares, pure."""
    sides: dict[bool, list[str]] = {False: [], True: []}
    for measure in (e for e in element.iter() if local(e) == "measure"):
        over = any(local(a) == "unitdenominator" for a in measure.iterancestors())
        sides[over].append((measure.text or "").strip().rpartition(":")[2])
    return "/".join("*".join(names) for names in (sides[False], sides[True]) if names)


def _measure(unit: str) -> str:
    return {"shares": "shares", "pure": "pure"}.get(unit, "per-share" if unit.endswith("/shares") else "money")


def _concept(element: _Element, spaces: dict[str, str]) -> str:
    if local(element) == "nonfraction":
        prefix, _, name = attribute(element, "name").partition(":")
        return concept_key(spaces.get(prefix, f"/{prefix}/" if prefix in ("us-gaap", "dei") else prefix), name)
    tag = str(element.tag)
    return concept_key(tag[1:].partition("}")[0], tag.rpartition("}")[2])


def _label(name: str, rows: Sequence[Entry]) -> str:
    """The row's wording, else the concept's standard label."""
    if rows and not rows[0].inside:
        return rows[0].text
    return concept_table()[name].label if name in concept_table() else name.rpartition(":")[2]


def _facts(known: Dictionary, seen: _Seen, file: str) -> Iterable[Stated]:
    """One fact for each concept, period and unit: that of a statement where it stands in one."""
    rows: dict[str, list[Entry]] = {}
    for entry in known.entries:
        if not entry.part:
            rows.setdefault(entry.concept, []).append(entry)
    found: dict[Key, Stated] = {}
    for fact in sorted(known.facts, key=lambda f: f.statement not in FACES):
        stated = _stated(fact, rows.get(fact.concept, ()), known.carried, seen, file)
        found.setdefault(stated.key, stated)
    return found.values()


def _stated(fact: PriorFact, rows: Sequence[Entry], carried: Sequence[Carried], seen: _Seen, file: str) -> Stated:
    here = [e for e in rows if e.statement == fact.statement] or rows
    inside = bool(here) and all(e.inside for e in here)
    names = (fact.concept, *(n.retired for n in carried if n.current == fact.concept))
    places = (seen.places.get((name, fact.period, fact.measure)) for name in names)
    line, unit, printed = next(filter(None, places), (0, "", ""))
    concept = printed if printed and fact.concept.startswith(f"{OWN}:") else _qname(fact.concept)
    return Stated(
        concept,
        _label(fact.concept, here),
        fact.statement if fact.statement in FACES and not inside else "",
        fact.period,
        unit or {"money": "USD", "per-share": "USD/shares"}.get(fact.measure, fact.measure),
        fact.value,
        fact.decimals,
        (Span(file, line),) if line else (),
        here[0].section if here else "",
        frozenset(" ".join(words(_UNIT.sub("", e.text))) for e in here),
    )
