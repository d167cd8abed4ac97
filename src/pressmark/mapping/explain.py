"""Tells a line's mapping as a person would want it told: what was chosen, how sure, why, and what else it could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pressmark.mapping.confidence import level
from pressmark.mapping.mapped import MappedLine, MappedStatement
from pressmark.mapping.table import concept_table

NAMES = {
    "BS": "balance sheet",
    "IS": "income statement",
    "CF": "cash flow statement",
    "CI": "statement of comprehensive income",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a statement with its mapping, to be told."""

    statement: MappedStatement
    line: MappedLine

    @property
    def label(self) -> str:
        """The row's wording on one line."""
        return " ".join(self.line.line.label.text.split())


def lines(mapped: Sequence[MappedStatement], *, number: int = 0, label: str = "") -> list[Told]:
    """The lines with values: all, those that stand on source line `number`, or those whose label holds `label`."""
    wanted = label.casefold()
    found = []
    for statement in mapped:
        for line in statement.lines:
            item = line.line
            places = {item.label.span.line, *(v.span.line for v in item.values)}
            said = f"{' '.join(item.label.text.split())}\n{item.full_label}".casefold()
            if item.values and (not number or number in places) and wanted in said:
                found.append(Told(statement, line))
    return found


def record(told: Told) -> dict[str, Any]:
    """The same for machines."""
    line, item = told.line, told.line.line
    return {
        "file": item.label.span.file,
        "line": item.label.span.line,
        "label": told.label,
        "statement": told.statement.statement.kind.value,
        "section": list(item.section),
        "concepts": [c.qname for c in line.concepts],
        "sign": line.sign,
        "confidence": line.confidence,
        "reasons": list(line.reasons),
        "candidates": [{"concept": c.concept, "score": c.score, "reasons": list(c.reasons)} for c in line.candidates],
        "values": [
            {"period": str(v.period), "printed": v.text, "reported": f"{v.amount * line.sign:f}"} for v in item.values
        ],
    }


def text(told: Told) -> str:
    """A few lines of prose and a list."""
    return "\n".join(_text(told))


def _text(told: Told) -> Iterator[str]:
    line, item = told.line, told.line.line
    span = item.label.span
    under = f", under “{' › '.join(item.section)}”" if item.section else ""
    kind = NAMES.get(told.statement.statement.kind.value, "statement")
    yield f"{span.file}:{span.line}  “{told.label}”  ({kind}{under})"
    if not line.concepts:
        yield f"  left out: {'; '.join(line.reasons) or 'no concept fits'}"
    for concept in line.concepts:
        own = ", an element of the report's own" if concept.extension else ""
        falls = f" under us-gaap:{concept.wider}" if concept.wider else ""
        yield f"  is {concept.qname}{own}{falls}"
        yield f"     {concept.label or _wording(concept.name)}"
    if line.concepts:
        sign = "reported as printed" if line.sign > 0 else "reported with the opposite sign of what is printed"
        yield f"  sure {line.confidence:.0%} ({level(line.confidence)}); {sign}"
    for number, reason in enumerate(line.reasons if line.concepts else ()):
        yield f"  {'because' if not number else '    and'} {reason}"
    chosen = {c.name for c in line.concepts}
    others = [c for c in line.candidates if c.concept.rpartition(":")[2] not in chosen and c.score >= 0.005]
    for number, other in enumerate(others):
        why = f"  ({'; '.join(other.reasons)})" if other.reasons else ""
        first = "or     " if not number else "       "
        yield f"  {first} {other.score:4.0%}  {other.concept or 'an element of its own'}{why}"
    for value in item.values:
        yield f"  {value.period}: {value.text} → {value.amount * line.sign:,f}"


def _wording(name: str) -> str:
    table = concept_table()
    return table[name].label if name in table else ""
