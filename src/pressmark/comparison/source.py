"""What one source states, in the shape that all sources share: facts, and which of them add up to which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property

from pressmark.mapping.candidates import sides
from pressmark.mapping.features import words
from pressmark.period import Period
from pressmark.report.gather import label_of
from pressmark.report.model import Fact, Report, Unit
from pressmark.resources import rows
from pressmark.span import Span
from pressmark.statements.statement import Column, LineItem, Measure, Statement

OWN = "ext"
"""The prefix under which one source's own concepts are compared with another's."""

Key = tuple[str, Period, str]
"""What makes two facts the same one: concept, period, unit."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that a source states.

    `concept` is prefix:name as the source has it, `unit` USD, shares, USD/shares or pure. `decimals` None: exact.
    `statement` is BS, IS, CF or CI, "" for a fact of the prose, of the notes, or inside a line's label. `wordings`
    holds the base-form words of every label it stands under, `section` those of the heading above. `restated` holds
    the words that say that the value is not the one first reported, "" for none.
    """

    concept: str
    label: str
    statement: str
    period: Period
    unit: str
    value: Decimal
    decimals: int | None
    places: tuple[Span, ...] = ()
    section: str = ""
    wordings: frozenset[str] = frozenset()
    restated: str = ""

    @property
    def name(self) -> str:
        """The concept, whatever prefix a source gives its own."""
        prefix, _, name = self.concept.partition(":")
        return self.concept if prefix in ("us-gaap", "dei") else f"{OWN}:{name}"

    @property
    def key(self) -> Key:
        """Concept, period and unit."""
        return (self.name, self.period, self.unit)

    @property
    def money(self) -> bool:
        """Whether it counts money, not shares, a ratio or money a share."""
        return self.unit not in (Measure.SHARES, Measure.PURE) and "/" not in self.unit

    @property
    def per_share(self) -> bool:
        """Whether it is money a share."""
        return self.unit.endswith("/shares")


@dataclass(frozen=True)
class Source:
    """A source: its file, the company it is of, its facts in order, each concept, period and unit once.

    `sums` gives the parts of a total with their weights, by the `name` of their concepts. `filing` marks an XBRL
    filing; `dimensional` holds the facts of it that were set aside because a dimension narrows them.
    """

    file: str
    company: str
    facts: tuple[Stated, ...]
    cik: str = ""
    ticker: str = ""
    sums: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    filing: bool = False
    dimensional: tuple[Stated, ...] = ()

    @cached_property
    def by_key(self) -> dict[Key, Stated]:
        """Facts by concept, period and unit."""
        return {f.key: f for f in self.facts}

    @cached_property
    def narrowed(self) -> dict[tuple[Period, str, Decimal], Stated]:
        """Facts with a dimension by period, unit and value."""
        return {(f.period, f.unit, f.value): f for f in reversed(self.dimensional)}

    @cached_property
    def covered(self) -> frozenset[tuple[str, Period]]:
        """The periods that each statement covers."""
        return frozenset((f.statement, f.period) for f in self.facts if f.statement)


def of_report(report: Report) -> Source:
    """The facts of a release's report, those of the cover left out."""
    gaap = [s for s in report.statements if s.gaap]
    placed = {v.span: (s, x, v.column) for s in gaap for x in s.lines for v in x.values}
    facts = tuple(_stated(f, gaap, placed) for f in report.facts if isinstance(f.value, Decimal) and f.unit)
    sums: dict[str, dict[str, int]] = {}
    for arc in (a for role in report.roles for a in role.calculation):
        sums.setdefault(_name(arc.parent), {})[_name(arc.child)] = arc.weight
    entity = report.entity
    return Source(
        report.source,
        entity.name.value,
        facts,
        entity.cik.value if entity.cik else "",
        entity.ticker.value if entity.ticker else "",
        sums,
    )


def _name(qname: str) -> str:
    prefix, _, name = qname.partition(":")
    return qname if prefix in ("us-gaap", "dei") else f"{OWN}:{name}"


def _stated(fact: Fact, gaap: list[Statement], placed: Mapping[Span, tuple[Statement, LineItem, int]]) -> Stated:
    assert isinstance(fact.value, Decimal)  # noqa: S101 - the caller chose numeric facts
    assert fact.unit is not None  # noqa: S101
    homes = [placed[p] for p in fact.places if p in placed]
    labels = dict.fromkeys([fact.label or fact.concept.label, *(label_of(line) for _, line, _ in homes)])
    section = homes[0][1].section if homes else ()
    inside = bool(homes) and all(line.parenthetical for _, line, _ in homes)
    return Stated(
        fact.concept.qname,
        next(iter(labels)),
        gaap[fact.statement].kind.value if fact.statement is not None and not inside else "",
        fact.context.period,
        unit_text(fact.unit),
        fact.value,
        fact.decimals,
        fact.places,
        " ".join(words(section[-1])) if section else "",
        frozenset(" ".join(words(x)) for x in labels),
        next(filter(None, (_restated(*home) for home in homes)), ""),
    )


def unit_text(unit: Unit) -> str:
    """A unit in short: USD, shares, USD/shares, pure."""
    over = [m.rpartition(":")[2] for m in unit.denominator]
    return "/".join(["*".join(m.rpartition(":")[2] for m in unit.numerator), *(["*".join(over)] if over else [])])


def _restated(statement: Statement, line: LineItem, column: int) -> str:
    """The words around a value that say it has been restated."""
    heads = (c.head for c in statement.columns if _is(c, column))
    for text in (label_of(line), *line.section, *heads, statement.title):
        found = said_restated(text)
        if found:
            return found
    return ""


def _is(column: Column, index: int) -> bool:
    return column.index == index


def said_restated(text: str) -> str:
    """The words of a text that say its values have been restated, "" for none."""
    return next((m[0] for p in _patterns() if (m := p.search(text.lower()))), "")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(r["pattern"]) for r in rows("taxonomy/restated-words.tsv"))


def with_sides_as_one(source: Source, other: Source) -> Source:
    """The source with basic and diluted facts of one value under the concept that is both, where `other` uses it."""
    used = {f.concept for f in other.facts}
    facts = list(source.facts)
    for joint in sorted(c for c in used if sides(c.removeprefix("us-gaap:"))):
        basic, diluted = (f"us-gaap:{side}" for side in sides(joint.removeprefix("us-gaap:")))
        second = {(f.period, f.unit, f.value) for f in facts if f.concept == diluted}
        both = {(f.period, f.unit, f.value) for f in facts if f.concept == basic} & second
        facts = [
            replace(f, concept=joint) if f.concept == basic and (f.period, f.unit, f.value) in both else f
            for f in facts
            if f.concept != diluted or (f.period, f.unit, f.value) not in both
        ]
    return replace(source, facts=tuple(facts))


def faces(source: Source) -> Iterator[Stated]:
    """The facts that stand on a primary statement."""
    return (f for f in source.facts if f.statement)
