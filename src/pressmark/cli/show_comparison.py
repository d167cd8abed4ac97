"""What a person or a program sees of a comparison: text, Markdown, a record for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click

from pressmark.cli.show import COLOURS, finding_line
from pressmark.comparison.compare import CODES, STATEMENTS
from pressmark.comparison.difference import Comparison, Difference, Kind
from pressmark.comparison.source import Source, Stated
from pressmark.finding import codes
from pressmark.render.files import finding_record

NAMES = {
    "IS": "Income statement",
    "CI": "Comprehensive income",
    "BS": "Balance sheet",
    "CF": "Cash flow",
    "": "Elsewhere",
}
TITLES = {
    Kind.CONTRADICTORY: "contradictory",
    Kind.SIGN: "other sign",
    Kind.RESTATED: "restated",
    Kind.RECLASSIFIED: "reclassified",
    Kind.SPLIT: "split",
    Kind.CONCEPT: "tagged differently",
    Kind.GONE: "left out",
    Kind.NEW: "added",
    Kind.LABEL: "label changed",
}
WIDEST = 60


@dataclass(frozen=True, slots=True)
class Group:
    """Differences of one statement that share kind and reason."""

    kind: Kind
    why: str
    differences: tuple[Difference, ...]


def groups(differences: Sequence[Difference]) -> list[Group]:
    """Differences by kind, the gravest first, and by reason."""
    found: dict[tuple[Kind, str], list[Difference]] = {}
    for one in differences:
        found.setdefault((one.kind, one.why), []).append(one)
    ranked = sorted(found.items(), key=lambda x: list(Kind).index(x[0][0]))
    return [Group(kind, why, tuple(x)) for (kind, why), x in ranked]


def _statements(comparison: Comparison) -> Iterator[tuple[str, list[Group]]]:
    for code in STATEMENTS:
        here = [d for d in comparison.differences if d.stated.statement == code]
        if here:
            yield NAMES[code], groups(here)


def summary(comparison: Comparison) -> str:
    """One line: how many facts agree, and how many differ in which way."""
    count = comparison.count()
    parts = [f"{comparison.agree + len(comparison.rounded)} of {comparison.compared} facts agree"]
    if comparison.rounded:
        parts[0] += f" ({len(comparison.rounded)} within rounding)"
    parts += [f"{count[k]} {title}" for k, title in TITLES.items() if count[k]]
    aside = len(comparison.older.dimensional) + len(comparison.newer.dimensional)
    if aside:
        parts.append(f"{aside} with dimensions set aside")
    return "; ".join(parts)


def show_comparison(comparison: Comparison) -> None:
    """Prints a comparison, grouped by statement."""
    for heading, text in _head(comparison):
        click.echo(click.style(f"{heading:<9}", bold=True) + text)
    for finding in comparison.findings:
        if finding.code in ("compare.other-company", "compare.no-overlap"):
            click.echo(finding_line(finding))
    for title, found in _statements(comparison):
        click.echo()
        click.echo(click.style(title, bold=True))
        for group in found:
            mark = click.style(TITLES[group.kind], fg=COLOURS[codes()[CODES[group.kind]].severity])
            click.echo(f"  {mark}{': ' if group.why else ''}{group.why}")
            if group.kind is not Kind.LABEL:
                for line in _rows(group):
                    click.echo(f"    {line}")


def _head(comparison: Comparison) -> list[tuple[str, str]]:
    periods = ", ".join(p.words for p in comparison.overlap) or "none"
    return [
        ("Older", _named(comparison.older)),
        ("Newer", _named(comparison.newer)),
        ("Periods", periods),
        ("Facts", summary(comparison)),
    ]


def _named(source: Source) -> str:
    return f"{source.file}{'  (XBRL filing)' if source.filing else ''}{f'  {source.company}' if source.company else ''}"


def _rows(group: Group) -> Iterator[str]:
    """A line a fact: label, period, values, places."""
    cells = [_cells(d) for d in group.differences]
    label, period, value = (max(len(c[i]) for c in cells) for i in range(3))
    for name, when, values, places in cells:
        yield f"{name:<{label}}  {when:<{period}}  {values:<{value}}  {places}".rstrip()


def _cells(one: Difference) -> tuple[str, str, str, str]:
    places = " -> ".join(str(s.places[0].line) for s in (one.older, one.newer) if s and s.places)
    notes = [f"line {places}"] if places else []
    if one.older and one.newer and one.older.name != one.newer.name and one.kind is not Kind.CONCEPT:
        notes.append(f"{one.older.concept} -> {one.newer.concept}")
    label = one.stated.label
    return (
        label if len(label) <= WIDEST else f"{label[: WIDEST - 1]}…",
        one.stated.period.words,
        _values(one),
        "  ".join(notes),
    )


def _values(one: Difference) -> str:
    if one.older is None or one.newer is None or one.kind is Kind.CONCEPT:
        return _plain(one.stated)
    return f"{_plain(one.older)} -> {_plain(one.newer)} ({one.change:+,f})"


def _plain(stated: Stated) -> str:
    """A value with the places that it is stated with."""
    return f"{stated.value:,.{max(stated.decimals, 0)}f}" if stated.decimals is not None else f"{stated.value:,f}"


def as_markdown(comparison: Comparison) -> str:
    """A comparison as Markdown: a summary, then a table a statement."""
    older, newer = comparison.older.file, comparison.newer.file
    out = [f"### {_escaped(newer)} compared with {_escaped(older)}", "", f"{summary(comparison)}.", ""]
    out += [f"> {_escaped(f.message)}\n" for f in comparison.findings if f.span is None and not f.concept]
    for title, found in _statements(comparison):
        out += [f"#### {title}", "", "| what | line | period | older | newer | why |", "|---|---|---|---:|---:|---|"]
        out += [_table_row(group, one) for group in found for one in group.differences]
        out.append("")
    return "\n".join(out).rstrip()


def _table_row(group: Group, one: Difference) -> str:
    values = [_plain(s) if s else "" for s in (one.older, one.newer)]
    cells = [TITLES[group.kind], one.stated.label, one.stated.period.words, *values, group.why]
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def as_record(comparison: Comparison) -> dict[str, Any]:
    """A comparison as JSON has it; values are strings, as in xBRL-JSON."""
    count = comparison.count()
    return {
        "older": _source(comparison.older),
        "newer": _source(comparison.newer),
        "periods": [str(p) for p in comparison.overlap],
        "compared": comparison.compared,
        "agree": comparison.agree,
        "within_rounding": len(comparison.rounded),
        "differences": {k.value: count[k] for k in TITLES if count[k]},
        "facts": [_difference(d) for d in comparison.differences],
        "findings": [finding_record(f) for f in comparison.findings],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "file": source.file,
        "company": source.company,
        "cik": source.cik,
        "filing": source.filing,
        "facts": len(source.facts),
        "dimensional": len(source.dimensional),
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "statement": one.stated.statement,
        "period": str(one.stated.period),
        "unit": one.stated.unit,
        "why": one.why,
        "older": _side(one.older),
        "newer": _side(one.newer),
    }


def _side(stated: Stated | None) -> dict[str, Any] | None:
    if stated is None:
        return None
    return {
        "concept": stated.concept,
        "label": stated.label,
        "value": f"{stated.value:f}",
        "decimals": stated.decimals,
        "places": [{"line": p.line, "column": p.column} for p in stated.places],
    }
