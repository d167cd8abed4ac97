"""Puts one fault into a release: seven kinds, drawn at random, applied to the source or, for a concept, by mapping.

A fault is drawn from what Pressmark reads in the unchanged release, so that it lies inside a tagged statement.
"""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from lxml import etree, html

from pressmark.mapping.rules import Rule, Rules, wording
from pressmark.mapping.table import concept_table
from pressmark.reading.decode import decoded
from pressmark.report.extraction import Extraction
from pressmark.report.model import Report
from pressmark.span import Span
from pressmark.statements.scales import parse_scale
from pressmark.statements.statement import LineItem, Measure, Statement, Value

_NUMBER = re.compile(r"\(?\s*-?\d[\d,.]*\s*\)?|-")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = calendar.month_name[1:]
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)
_SCALE = re.compile(
    r"\([^()]*\b(?:thousands?|millions?|000)[^()]*\)"
    r"|(?:\b(?:amounts?|dollars?|figures)\s+)?(?:\$\s*)?(?:\bin\s+)?\b(?:thousands|millions)\b(?:\s+of\s+\w+)?"
    r"(?:,?\s*except\s+(?:[\w-]+\s)*?(?:data|amounts?|share))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its kind, the number of its statement among all of the release, what was done, and the changed source.

    `rules` holds the wrong mapping instead of a change of the source.
    """

    kind: str
    statement: int
    told: str
    source: bytes
    rules: Rules | None = None


class Source:
    """A release whose cells and heads can be overwritten in place, so that no line moves."""

    def __init__(self, path: Path) -> None:
        self.markup = path.suffix.lower() in (".htm", ".html")
        text = decoded(path.name, path.read_bytes())[0]
        if self.markup:
            self._root = html.document_fromstring(text.encode(), html.HTMLParser(encoding="utf-8"))
            self._tree = self._root.getroottree()
        else:
            self._lines = text.split("\n")

    def bytes(self) -> bytes:
        """The whole source."""
        if self.markup:
            return bytes(etree.tostring(self._tree, method="html", encoding="utf-8"))
        return "\n".join(self._lines).encode()

    def cell(self, span: Span) -> str:
        """The number that stands in a cell, "" where it can't be told from other text."""
        found = [m[0] for text in self._texts(span) if (m := _NUMBER.fullmatch(text.strip().lstrip("$ ").strip()))]
        return found[0].strip() if len(found) == 1 else ""

    def put(self, span: Span, old: str, new: str) -> None:
        """Overwrites a number; in text it keeps its right end."""
        if not self.markup:
            line = self._lines[span.line - 1]
            at = line.index(old, span.column - 1)
            room = max(len(new), len(old))
            start = at + len(old) - room
            self._lines[span.line - 1] = line[: max(start, 0)] + new.rjust(room) + line[at + len(old) :]
            return
        for element, name, text in self._nodes(span):
            if old in text:
                setattr(element, name, text.replace(old, new, 1))
                return

    def heads(self, statement: Statement) -> Iterator[tuple[Span, str]]:
        """The texts between a statement's title and its first number."""
        values = [v.span for line in statement.lines for v in line.values if not line.parenthetical]
        if not values:
            return
        first = min(values, key=lambda s: (s.line, s.column))
        if not self.markup:
            for number in range(max(statement.span.line - 8, 1), first.line):
                yield Span(first.file, number), self._lines[number - 1]
            return
        table = first.path[: first.path.rindex("/table[")] + re.search(r"/table\[\d+\](?!.*/table\[)", first.path)[0]  # type: ignore[index]
        row = first.path.rpartition("/t")[0]
        for element in self._tree.xpath(table)[0].iter("tr"):
            path = self._tree.getpath(element)
            if path == row or row.startswith(path + "/"):
                return
            for cell in element:
                yield Span(first.file, cell.sourceline or 0, path=self._tree.getpath(cell)), str(cell.text_content())

    def replace(self, span: Span, old: str, new: str, nth: int = 0) -> bool:
        """Overwrites the n-th `old` of a line or element with a text of its own length or shorter; whether it did."""
        if not self.markup:
            line = self._lines[span.line - 1]
            places = [m.start() for m in re.finditer(re.escape(old), line)]
            if nth >= len(places):
                return False
            at = places[nth]
            rest = line[at + len(old) :]
            self._lines[span.line - 1] = line[:at] + new.ljust(len(old)) + rest
            return True
        for element, name, text in self._nodes(span):
            if old in text:
                setattr(element, name, text.replace(old, new, 1))
                return True
        return False

    def scale_lines(self) -> list[tuple[Span, str]]:
        """Each text that states a scale."""
        if not self.markup:
            texts = [(Span("", n), line) for n, line in enumerate(self._lines, 1)]
        else:
            texts = [
                (Span("", e.sourceline or 0, path=self._tree.getpath(e)), text)
                for e in self._root.iter()
                if isinstance(e.tag, str) and (text := f"{e.text or ''}")
            ]
        return [
            (span, match[0])
            for span, text in texts
            if len(text.split()) < 40 and parse_scale(text) is not None and (match := _SCALE.search(text))
        ]

    def _texts(self, span: Span) -> list[str]:
        if not self.markup:
            return [self._lines[span.line - 1][span.column - 1 : span.end - 1]]
        return [text for _, _, text in self._nodes(span) if text.strip() and text.strip() not in ("$", ")", "%")]

    def _nodes(self, span: Span) -> Iterator[tuple[etree._Element, str, str]]:
        for element in self._tree.xpath(span.path)[0].iter():
            for name in ("text", "tail"):
                text = getattr(element, name)
                if text:
                    yield element, name, text


Drawer = Callable[[random.Random, Source, Extraction], Fault | None]


def _tagged(found: Extraction) -> list[tuple[int, Statement]]:
    return [(n, s) for n, s in enumerate(found.report.statements) if s.gaap]


def _cells(statement: Statement) -> list[tuple[LineItem, Value]]:
    return [(x, v) for x in statement.lines if not x.parenthetical for v in x.values if not v.dash]


def digit(draw: random.Random, source: Source, found: Extraction) -> Fault | None:
    """One digit of one cell becomes another."""
    number, statement = draw.choice(_tagged(found))
    line, value = draw.choice(_cells(statement))
    old = source.cell(value.span)
    places = [m.start() for m in _DIGIT.finditer(old)]
    if not places:
        return None
    at = draw.choice(places)
    new = old[:at] + draw.choice([d for d in "0123456789" if d != old[at]]) + old[at + 1 :]
    source.put(value.span, old, new)
    return Fault("a digit changed", number, f"{line.label.text}: {old} -> {new}", source.bytes())


def swap(draw: random.Random, source: Source, found: Extraction) -> Fault | None:
    """Two cells that stand beside or below each other change places."""
    number, statement = draw.choice(_tagged(found))
    pairs = []
    for line in statement.lines:
        if not line.parenthetical:
            pairs += [(line, a, line, b) for a, b in pairwise(line.values)]
    rows = [x for x in statement.lines if x.values and not x.parenthetical]
    below = [
        (a, v, b, w) for a, b in pairwise(rows) if a.measure is b.measure for v in a.values for w in b.values
        if v.column == w.column
    ]  # fmt: skip
    choice = draw.choice([p for p in (pairs, below) if p] or [[]])
    if not choice:
        return None
    one, a, other, b = draw.choice(choice)
    first, second = source.cell(a.span), source.cell(b.span)
    if not first or not second or first == second:
        return None
    # In text the columns of the second cell move with the length of the first.
    for span, old, new in sorted([(a.span, first, second), (b.span, second, first)], key=lambda x: -x[0].column):
        source.put(span, old, new)
    return Fault(
        "two cells swapped", number, f"{one.label.text}: {first} <-> {other.label.text}: {second}", source.bytes()
    )


def column(draw: random.Random, source: Source, found: Extraction) -> Fault | None:
    """In one column, the numbers of four to ten rows slide down by one row; the first row is left without."""
    number, statement = draw.choice(_tagged(found))
    index = draw.choice(sorted({v.column for _, v in _cells(statement)}))
    run = [(x, v) for x, v in _cells(statement) if v.column == index and x.measure is Measure.MONEY]
    length = draw.randint(4, 10)
    if len(run) < length:
        return None
    start = draw.randrange(len(run) - length + 1)
    part = run[start : start + length]
    texts = [source.cell(v.span) for _, v in part]
    if not all(texts):
        return None
    for (_, value), old, new in zip(part, texts, ["", *texts[:-1]], strict=True):
        source.put(value.span, old, new)
    return Fault("a column shifted", number, f"{length} rows from {part[0][0].label.text}", source.bytes())


def scale(draw: random.Random, source: Source, found: Extraction) -> Fault | None:
    """A line that states the scale is removed; where that changes nothing, since others state it too, all of them."""
    lines = source.scale_lines()
    if not lines:
        return None
    number, _ = draw.choice(_tagged(found))
    chosen = [draw.choice(lines)] if draw.random() < 0.5 else lines
    done = [source.replace(span, text, " " * len(text)) for span, text in chosen]
    return (
        Fault("scale line removed", number, f"{len(chosen)} of {len(lines)}: {chosen[0][1]}", source.bytes())
        if any(done)
        else None
    )


def sign(draw: random.Random, source: Source, found: Extraction) -> Fault | None:
    """A negative cell loses its parentheses or its minus."""
    number, statement = draw.choice(_tagged(found))
    negative = [(x, v) for x, v in _cells(statement) if v.printed < 0]
    if not negative:
        return None
    line, value = draw.choice(negative)
    old = source.cell(value.span)
    new = old.strip("()- ")
    if not new or new == old:
        return None
    source.put(value.span, old, f" {new} " if not source.markup and old.endswith(")") else new)
    return Fault("a sign dropped", number, f"{line.label.text}: {old} -> {new}", source.bytes())


def concept(draw: random.Random, source: Source, found: Extraction) -> Fault | None:
    """A line is mapped to another concept of its type and period type: another line's, or any of its statement."""
    mapped = draw.choice(found.mapped)
    number = next(n for n, s in enumerate(found.report.statements) if s is mapped.statement)
    lines = [m for m in mapped.lines if m.line.values and not m.line.parenthetical and m.concepts]
    line = draw.choice(lines)
    right = line.concepts[0]
    others = [m.concepts[0] for m in lines if m.concepts[0].prefix == "us-gaap"]
    table = list(concept_table().of(mapped.statement.kind.value))
    pool = [
        c
        for c in (others if draw.random() < 0.5 else table)
        if c not in line.concepts and (c.type, c.period_type) == (right.type, right.period_type) and not c.abstract
    ]
    if right.extension or not pool:
        return None
    wrong = draw.choice(pool)
    label = line.line.full_label or line.line.label.text
    rule = Rule("mapping.toml:1", wording(label, "exact"), mapped.statement.kind.value, concept=wrong)
    told = f"{label}: {right.name} -> {wrong.name}"
    return Fault("a wrong concept mapped", number, told, source.bytes(), Rules("mapping.toml", (rule,)))


def period(draw: random.Random, source: Source, found: Extraction) -> Fault | None:
    """A year, or a month, of a statement's column heads becomes another."""
    number, statement = draw.choice(_tagged(found))
    years = [(span, m[0]) for span, text in source.heads(statement) for m in _YEAR.finditer(text)]
    months = [(span, m[0]) for span, text in source.heads(statement) for m in _MONTH.finditer(text)]
    choice = draw.choice([c for c in (years, years, months) if c] or [[]])
    if not choice:
        return None
    place = draw.randrange(len(choice))
    span, old = choice[place]
    nth = sum(s == span and t == old for s, t in choice[:place])
    if old.isdigit():
        new = str(int(old) + draw.choice([-2, -1, 1, 2]))
    else:
        new = draw.choice([m for m in _MONTHS if m.lower() != old.lower() and len(m) <= max(len(old), 5)])
    if not source.replace(span, old, new, nth):
        return None
    return Fault("a period head altered", number, f"{old} -> {new}", source.bytes())


KINDS: Sequence[Drawer] = (digit, swap, column, scale, sign, concept, period)


def values(report: Report) -> frozenset[tuple[str, str, str, Decimal | str]]:
    """What a report says: concept, period, unit and value of each fact."""
    return frozenset(
        (f.concept.name, str(f.context.period), f.unit.id if f.unit else "", f.value) for f in report.facts
    )
