"""What a company's earlier filings call their lines: labels, concepts, signs and values, to look up and share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from pressmark.mapping.concept import Concept
from pressmark.period import Period

FORMAT = "pressmark-dictionary"
VERSION = 1
OWN = "ext"
"""The prefix of a filer's own elements, whatever prefix the filing gave them."""


@dataclass(frozen=True, slots=True)
class Filer:
    """Whose filing it is: `identifier` is a CIK of ten digits, `year_end` MMDD; "" where they are not stated."""

    identifier: str = ""
    name: str = ""
    ticker: str = ""
    year_end: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A wording of a line and the concept that the filer tagged it with.

    `statement` is BS, IS, CF, CI or EQ, "" for a table of the notes; `section` and `label` are base-form words
    joined by spaces; `text` is the label as printed. `concept` is a us-gaap local name or `ext:Name`. `sign` is
    what the printed value was multiplied with, 0 where nothing tells; `negative` and `positive` count the printed
    signs. `part` marks a line whose values carry a dimension (a product, a segment): the concept is then that of
    the whole. `inside` marks a figure that stands in another line's label. `order` is the row's number in its
    table, -1 where it has none; `end` the filing's last day.
    """

    statement: str
    section: str
    label: str
    text: str
    concept: str
    sign: int = 0
    count: int = 1
    positive: int = 0
    negative: int = 0
    part: bool = False
    inside: bool = False
    order: int = 0
    end: date = date.min


@dataclass(frozen=True, slots=True)
class PriorFact:
    """A value that a filing reports without dimensions. `measure` as in `Measure`; `decimals` None: exact."""

    concept: str
    period: Period
    measure: str
    value: Decimal
    decimals: int | None = None
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """An element of an earlier us-gaap and the current one that took its place, "" where the table knows none."""

    retired: str
    current: str


@dataclass(frozen=True)
class Dictionary:
    """The lines, own elements and values of one filing or of several; the newest first where they disagree."""

    filers: tuple[Filer, ...] = ()
    sources: tuple[str, ...] = ()
    taxonomies: tuple[str, ...] = ()
    ends: tuple[date, ...] = ()
    elements: tuple[Concept, ...] = ()
    entries: tuple[Entry, ...] = ()
    facts: tuple[PriorFact, ...] = ()
    carried: tuple[Carried, ...] = field(default=())

    @cached_property
    def own(self) -> dict[str, Concept]:
        """The filer's own elements by `ext:Name`."""
        return {f"{OWN}:{c.name}": c for c in self.elements}

    @cached_property
    def by_label(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by the words of their label."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.label, []).append(entry)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def of_statement(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by statement."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.statement, []).append(entry)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def rows(self) -> dict[tuple[str, str], tuple[tuple[Entry, ...], ...]]:
        """The rows under each heading of a statement of the newest filing that has it, in order.

        A row has an entry for each of its concepts.
        """
        found: dict[tuple[str, str], dict[date, dict[int, list[Entry]]]] = {}
        for entry in self.entries:
            if entry.statement and not entry.inside and entry.order >= 0:
                under = found.setdefault((entry.statement, entry.section), {}).setdefault(entry.end, {})
                under.setdefault(entry.order, []).append(entry)
        return {k: tuple(tuple(r) for _, r in sorted(v[max(v)].items())) for k, v in found.items()}

    def twins(self, entry: Entry) -> tuple[str, ...]:
        """The other concepts that the filing gave the very same values of a row, in its order."""
        for row in self.rows.get((entry.statement, entry.section), ()):
            if entry in row and not entry.part:
                same = [e.concept for e in row if e.sign == entry.sign and not e.part]
                return tuple(c for c in same if c != entry.concept)
        return ()

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """The distinct label words of each statement, in order."""
        found: dict[str, dict[str, None]] = {}
        for entry in self.entries:
            found.setdefault(entry.statement, {})[entry.label] = None
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def by_period(self) -> dict[tuple[Period, str], tuple[PriorFact, ...]]:
        """Values by period and measure."""
        found: dict[tuple[Period, str], list[PriorFact]] = {}
        for fact in self.facts:
            found.setdefault((fact.period, fact.measure), []).append(fact)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def by_concept(self) -> dict[tuple[str, Period], tuple[PriorFact, ...]]:
        """Values by concept and period."""
        found: dict[tuple[str, Period], list[PriorFact]] = {}
        for fact in self.facts:
            found.setdefault((fact.concept, fact.period), []).append(fact)
        return {k: tuple(v) for k, v in found.items()}


def merge(dictionaries: Sequence[Dictionary]) -> Dictionary:
    """One dictionary of several filings: the newest wins where they name one line or one fact differently.

    The result does not depend on the order in which filings of different dates are given.
    """
    newest = sorted(dictionaries, key=lambda d: (max(d.ends, default=date.min), d.sources), reverse=True)
    entries: dict[tuple[object, ...], Entry] = {}
    facts: dict[tuple[object, ...], PriorFact] = {}
    elements: dict[str, Concept] = {}
    for one in newest:
        for entry in one.entries:
            key = (entry.statement, entry.section, entry.label, entry.concept, entry.part, entry.inside)
            known = entries.get(key)
            entries[key] = entry if known is None else _more(known, entry)
        for fact in one.facts:
            facts.setdefault((fact.concept, fact.period, fact.measure, fact.statement), fact)
        for element in one.elements:
            known_element = elements.setdefault(element.name, element)
            if element.balance and not known_element.balance:  # a schema says more than a page
                elements[element.name] = replace(element, label=element.label or known_element.label)
    return Dictionary(
        _distinct(f for d in newest for f in d.filers),
        _distinct(s for d in newest for s in d.sources),
        _distinct(t for d in newest for t in d.taxonomies),
        tuple(sorted({e for d in newest for e in d.ends})),
        tuple(elements.values()),
        tuple(entries.values()),
        tuple(facts.values()),
        _distinct(c for d in newest for c in d.carried),
    )


def _more(newer: Entry, older: Entry) -> Entry:
    return replace(
        newer,
        count=newer.count + older.count,
        positive=newer.positive + older.positive,
        negative=newer.negative + older.negative,
        sign=newer.sign or older.sign,
    )


def _distinct(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))


def dumped(dictionary: Dictionary) -> str:
    """The dictionary as JSON: one entry a line, in a fixed order, so that two runs give the same bytes."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "filers": [_record(f) for f in dictionary.filers],
        "sources": list(dictionary.sources),
        "taxonomies": list(dictionary.taxonomies),
        "ends": [str(e) for e in dictionary.ends],
    }
    parts = [f' "{k}": {_line(v)}' for k, v in head.items()]
    for name in ("elements", "entries", "facts", "carried"):
        lines = ",\n  ".join(_line(_record(x)) for x in getattr(dictionary, name))
        parts.append(f' "{name}": [\n  {lines}\n ]' if lines else f' "{name}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _record(item: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the dataclasses above
    """The fields of a record that differ from their default, dates and decimals as text."""
    record: dict[str, Any] = {}
    for name, spec in type(item).__dataclass_fields__.items():
        value = getattr(item, name)
        if value == spec.default:
            continue
        if isinstance(value, Period):
            value = str(value)
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, Decimal):
            value = f"{value:f}"
        record[name] = list(value) if isinstance(value, tuple) else value
    return record


def loaded(text: str) -> Dictionary:
    """The dictionary of a JSON text. Raises ValueError, KeyError or TypeError for what is not one of ours."""
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("not a dictionary that `pressmark learn` wrote")
    if data.get("version") != VERSION:
        raise ValueError(f"a dictionary of version {data.get('version')}, this is version {VERSION}")
    return Dictionary(
        tuple(Filer(**f) for f in data["filers"]),
        tuple(data["sources"]),
        tuple(data["taxonomies"]),
        tuple(date.fromisoformat(e) for e in data["ends"]),
        tuple(Concept(**{**e, "statements": tuple(e.get("statements", ()))}) for e in data["elements"]),
        tuple(Entry(**{**e, "end": date.fromisoformat(e["end"])} if "end" in e else e) for e in data["entries"]),
        tuple(_fact(f) for f in data["facts"]),
        tuple(Carried(**c) for c in data["carried"]),
    )


def _fact(record: dict[str, Any]) -> PriorFact:
    first, _, last = record["period"].partition("/")
    period = Period(date.fromisoformat(last or first), date.fromisoformat(first) if last else None)
    return PriorFact(**{**record, "period": period, "value": Decimal(record["value"])})
