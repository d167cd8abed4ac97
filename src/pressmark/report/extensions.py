"""Gives the report's own concepts its prefix, and each a name of its own: one name never means two things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pressmark.mapping.concept import Concept
from pressmark.mapping.mapped import MappedLine, MappedStatement
from pressmark.period import Period
from pressmark.report import roles

_WORD = re.compile(r"[A-Za-z0-9]+")
_LONGEST = 100

Key = tuple[str, str, str, bool]


@dataclass(slots=True)
class _Names:
    """The names given so far: what each means, and the values it carries."""

    meaning: dict[str, Key] = field(default_factory=dict)
    values: dict[str, dict[Period, Decimal]] = field(default_factory=dict)

    def fits(self, name: str, meaning: Key, values: dict[Period, Decimal]) -> bool:
        """Whether the name is free, or means the same and contradicts none of the values."""
        if name not in self.meaning:
            return True
        known = self.values[name]
        same = all(known.get(period, value) == value for period, value in values.items())
        return self.meaning[name] == meaning and same

    def enter(self, name: str, meaning: Key, values: dict[Period, Decimal]) -> None:
        self.meaning.setdefault(name, meaning)
        self.values.setdefault(name, {}).update(values)


def own_extensions(statements: Sequence[MappedStatement], prefix: str) -> tuple[MappedStatement, ...]:
    """The statements with extension concepts under `prefix`, renamed where two lines would share a name.

    A line keeps its name if its concept has the same type, period type and balance as the one that has it
    already and no other value for a period; else the heading it stands under, the statement, or a number is added.
    """
    names = _Names()
    return tuple(replace(one, lines=tuple(_line(line, one, names, prefix) for line in one.lines)) for one in statements)


def _line(line: MappedLine, statement: MappedStatement, names: _Names, prefix: str) -> MappedLine:
    if not any(c.extension for c in line.concepts):
        return line
    values = {v.period: v.amount * line.sign for v in line.line.values}
    concepts: list[Concept] = []
    for concept in line.concepts:
        if concept.extension:
            meaning = (concept.type, concept.period_type, concept.balance, concept.abstract)
            name = next(n for n in _candidates(concept.name, line, statement) if names.fits(n, meaning, values))
            names.enter(name, meaning, values)
            concepts.append(replace(concept, prefix=prefix, name=name))
        else:
            concepts.append(concept)
    return replace(line, concepts=tuple(concepts))


def _candidates(name: str, line: MappedLine, statement: MappedStatement) -> Iterator[str]:
    """The name, then with the headings from the nearest out, the statement, and at last numbers."""
    yield name
    for heading in reversed(line.line.section):
        yield _joined(name, "".join(w[0].upper() + w[1:] for w in _WORD.findall(heading)))
    yield _joined(name, roles.NAMES[statement.statement.kind])
    number = 2
    while True:
        yield _joined(name, str(number))
        number += 1


def _joined(name: str, more: str) -> str:
    return f"{name[: max(_LONGEST - len(more), 1)]}{more}"[:_LONGEST]
