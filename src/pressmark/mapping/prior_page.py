"""Reads an Inline XBRL page without its linkbases: the wording of each row beside the facts that stand in it.

The ladder: contexts and units; the innermost tables with their rows, each row's label, heading and facts with the
sign that is printed; which table is which statement (`prior_statements`); one entry a row and concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pressmark.mapping.concept import Concept
from pressmark.mapping.dictionary import OWN, Dictionary, Entry, PriorFact
from pressmark.mapping.features import words
from pressmark.mapping.prior_instance import (
    Environment,
    attribute,
    by_name,
    concept_key,
    decimals_of,
    environment,
    inline_value,
    local,
    squeezed,
    taxonomy,
    text_of,
)
from pressmark.mapping.prior_statements import Group, statements

if TYPE_CHECKING:
    from decimal import Decimal

    from lxml.etree import _Element

_LETTERS = re.compile(r"[^\W\d_]{2}")
_MINUS = re.compile(r"[(<−–-]\s*[$€£¥]?\s*$")
_AMOUNT = re.compile(r"\d")
_TYPES = {
    "money": "monetaryItemType",
    "shares": "sharesItemType",
    "per-share": "perShareItemType",
    "pure": "pureItemType",
}


@dataclass(frozen=True, slots=True)
class Tagged:
    """A fact of the page: its concept, context and value; `negative` as printed, `inside` the label cell."""

    concept: str
    fact: PriorFact | None
    dimensional: bool
    value: Decimal
    negative: bool
    inside: bool


@dataclass(frozen=True, slots=True)
class PriorRow:
    """A row of a table: its wording, the nearest heading above, and the facts in it."""

    label: str
    heading: str
    facts: tuple[Tagged, ...]


def is_page(root: _Element) -> bool:
    """Whether the document is an Inline XBRL page."""
    return local(root) == "html" and any(local(e) in ("nonfraction", "nonnumeric") for e in root.iter())


def read_page(root: _Element, name: str) -> Dictionary:
    """What an Inline XBRL page tells of the filer's lines; an empty dictionary where it holds no us-gaap fact."""
    found = by_name(root, ("context", "unit", "identifier", "nonnumeric", "nonfraction", "table"))
    cover = {attribute(e, "name").rpartition(":")[2]: e for e in reversed(found.get("nonnumeric", [])) if _is_dei(e)}
    texts = {n: text_of(e) for n, e in cover.items() if not n.endswith("TextBlock")}
    surroundings = environment(found, texts)
    spaces = namespaces(root, found)
    reader = _Reader(surroundings, spaces)
    tables = [list(reader.rows(t)) for t in found.get("table", ()) if not _nested(t)]
    tables = [t for t in tables if any(r.facts for r in t)]
    kinds = statements([_group(t) for t in tables])
    end = max((f.fact.period.end for t in tables for r in t for f in r.facts if f.fact), default=date.min)
    entries = [e for t, k in zip(tables, kinds, strict=True) for e in _entries(t, k, end)]
    facts = _facts(tables, kinds, reader, found.get("nonfraction", ()))
    own = _elements(facts, entries)
    year = taxonomy(spaces.values())
    return Dictionary(
        (surroundings.filer,), (name,), (year,) if year else (), (end,), own, tuple(entries), tuple(facts)
    )


def _is_dei(element: _Element) -> bool:
    return attribute(element, "name").startswith("dei:")


def namespaces(root: _Element, found: Mapping[str, list[_Element]]) -> dict[str, str]:
    """Namespaces by prefix; an HTML parser leaves them as attributes of the root."""
    spaces = {str(k)[6:]: str(v) for k, v in root.attrib.items() if str(k).startswith("xmlns:")}
    for element in (root, *found.get("nonfraction", ())[:1], *found.get("nonnumeric", ())[:1]):
        spaces.update({p: u for p, u in element.nsmap.items() if p})
    return spaces


def _nested(table: _Element) -> bool:
    return any(local(e) == "table" for e in table.iterdescendants())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads rows and facts in the surroundings of one page."""

    environment: Environment
    spaces: Mapping[str, str]

    def rows(self, table: _Element) -> Iterator[PriorRow]:
        """The rows of a table that hold facts, each with the heading above it."""
        heading = ""
        for tr in table.iter():
            if local(tr) != "tr":
                continue
            row = self._row(tr, heading)
            if row.facts:
                yield row
            elif row.label:
                heading = row.label
            elif row.heading == "":
                heading = ""

    def _row(self, tr: _Element, heading: str) -> PriorRow:
        label = ""
        facts: list[Tagged] = []
        before = ""
        others = False
        for cell in tr:
            if local(cell) not in ("td", "th"):
                continue
            text, marks = self._cell(cell)
            plain = squeezed(text)
            inside = not label and bool(_LETTERS.search(_unmarked(text)))
            for at, element in marks:
                tagged = self.tagged(element, before + text[:at], inside=inside)
                if tagged is not None:
                    facts.append(tagged)
            if inside:
                label = plain
            elif plain and not marks:
                others = True
            before = (before + " " + text)[-20:]
        if not facts and others:  # a head over columns, or a row whose figures carry no tag
            return PriorRow("", heading, ())
        return PriorRow(label, heading, tuple(facts))

    def _cell(self, cell: _Element) -> tuple[str, list[tuple[int, _Element]]]:
        """The text of a cell and where in it each fact begins."""
        text: list[str] = []
        marks: list[tuple[int, _Element]] = []
        size = 0
        stack: list[tuple[_Element, bool]] = [(cell, False)]
        while stack:
            element, closing = stack.pop()
            if closing:
                if element is not cell and element.tail:
                    text.append(element.tail)
                    size += len(element.tail)
                continue
            name = local(element)
            if name == "nonfraction":
                marks.append((size, element))
            if name and element.text:
                text.append(element.text)
                size += len(element.text)
            elif name == "br":
                text.append(" ")
                size += 1
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        return "".join(text), marks

    def tagged(self, element: _Element, before: str, *, inside: bool) -> Tagged | None:
        """The fact of an `ix:nonFraction`; None for one without a value, a known concept or a context."""
        prefix, _, name = attribute(element, "name").partition(":")
        concept = concept_key(
            self.spaces.get(prefix, prefix if prefix not in ("us-gaap", "dei") else f"/{prefix}/"), name
        )
        context = self.environment.contexts.get(attribute(element, "contextRef"))
        measure = self.environment.units.get(attribute(element, "unitRef"), "")
        if not concept or concept.startswith("dei:") or context is None or context.period is None or not measure:
            return None
        value = inline_value(element, "".join(map(str, element.itertext())))
        if value is None or any(str(k).endswith("nil") and v == "true" for k, v in element.attrib.items()):
            return None
        fact = PriorFact(concept, context.period, measure, value, decimals_of(element))
        negative = bool(_MINUS.search(before))
        return Tagged(concept, fact, context.dimensional, value, negative, inside)


def _unmarked(text: str) -> str:
    return text if len(text) < 2000 else text[:2000]


def _group(rows: Sequence[PriorRow]) -> Group:
    facts = [f for r in rows for f in r.facts]
    plain = [f for f in facts if not f.dimensional]
    return Group(
        frozenset(f.concept for f in plain),
        len(plain),
        len(facts) - len(plain),
        frozenset(f.fact.period for f in plain if f.fact),
    )


def _entries(rows: Sequence[PriorRow], kind: str, end: date) -> Iterator[Entry]:
    """One entry for each concept of a row: that of its plain facts, else that of its dimensional ones."""
    for order, row in enumerate(rows):
        for inside in (False, True):
            facts = [f for f in row.facts if f.inside is inside]
            plain = [f for f in facts if not f.dimensional]
            chosen = plain or facts
            for concept in dict.fromkeys(f.concept for f in chosen):
                same = [f for f in chosen if f.concept == concept and f.value]
                turned = sum((f.value < 0) != f.negative for f in same)
                sign = 0 if not same or turned * 2 == len(same) else (-1 if turned * 2 > len(same) else 1)
                yield Entry(
                    kind,
                    " ".join(words(row.heading)),
                    " ".join(words(row.label)),
                    row.label[:300],
                    concept,
                    sign,
                    len(chosen),
                    sum(not f.negative for f in same),
                    sum(f.negative for f in same),
                    part=not plain,
                    inside=inside,
                    order=order,
                    end=end,
                )


def _facts(
    tables: Sequence[Sequence[PriorRow]], kinds: Sequence[str], reader: _Reader, every: Sequence[_Element]
) -> list[PriorFact]:
    """The plain facts of the page, those of the statements first, each concept and period once a statement."""
    found: dict[tuple[object, ...], PriorFact] = {}
    placed: set[tuple[object, ...]] = set()
    for kind in ("BS", "IS", "CF", "CI", "EQ", ""):
        for rows in (t for t, k in zip(tables, kinds, strict=True) if k == kind):
            for tagged in (f for r in rows for f in r.facts if f.fact and not f.dimensional):
                fact = tagged.fact
                assert fact is not None  # noqa: S101 - filtered above
                key = (fact.concept, fact.period, fact.measure)
                if kind or key not in placed:
                    placed.add(key)
                    found.setdefault((*key, kind), PriorFact(*key, fact.value, fact.decimals, kind))
    for element in every:
        tagged_alone = reader.tagged(element, "", inside=False)
        if tagged_alone is not None and tagged_alone.fact is not None and not tagged_alone.dimensional:
            fact = tagged_alone.fact
            key = (fact.concept, fact.period, fact.measure)
            if key not in placed:
                placed.add(key)
                found[key] = fact
    return list(found.values())


def _elements(facts: Sequence[PriorFact], entries: Sequence[Entry]) -> tuple[Concept, ...]:
    """The filer's own elements as far as a page tells: type by unit, period type by context, no balance."""
    wording = {e.concept: e for e in reversed(entries)}
    found: dict[str, Concept] = {}
    for fact in facts:
        if fact.concept.startswith(f"{OWN}:") and fact.concept not in found:
            entry = wording.get(fact.concept)
            found[fact.concept] = Concept(
                OWN,
                fact.concept.partition(":")[2],
                _TYPES[fact.measure],
                "instant" if fact.period.instant else "duration",
                "",
                entry.text if entry else "",
                (entry.statement,) if entry and entry.statement else (),
            )
    return tuple(found.values())
