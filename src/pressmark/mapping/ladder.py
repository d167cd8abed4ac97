"""Chooses a concept for every line of the statements, says how sure that is, why, and what else it could be.

The ladder: candidates of each line by exact wording and the learned model (`candidates`), hard constraints of
type and period, the joint choice over all statements (`choose`), an extension concept last (`extension`), then the
sign of each line (`sign`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from pressmark.mapping.candidates import candidates
from pressmark.mapping.choose import EXTENSION, Row, choose
from pressmark.mapping.concept import Concept
from pressmark.mapping.context import contexts, is_recent, release_cues
from pressmark.mapping.extension import extension, heading
from pressmark.mapping.features import words
from pressmark.mapping.mapped import Candidate, MappedLine, MappedStatement
from pressmark.mapping.sign import signs
from pressmark.mapping.table import concept_table, headings
from pressmark.statements.statement import Statement

EXTENSION_CHANCE = 0.08  # a line whose best concept is less likely than this is the filer's own


@dataclass(frozen=True, slots=True)
class MappingOptions:
    """What the user asks of mapping: lines less sure than `min_confidence` become extension concepts;
    `fixed` gives concepts by the words of a label, from the user's mapping."""

    min_confidence: float = 0.0
    fixed: Mapping[str, str] = field(default_factory=dict)


def map_statements(
    statements: Sequence[Statement], options: MappingOptions | None = None
) -> tuple[MappedStatement, ...]:
    """The statements with a concept for each line; those that are left out come back without lines."""
    options = options or MappingOptions()
    used = [s for s in statements if s.gaap]
    found, recent = release_cues(used), is_recent(used)
    chances: list[dict[str, float]] = []
    places: list[tuple[int, int]] = []
    for number, statement in enumerate(statements):
        if not statement.gaap:
            continue
        for line, context in zip(statement.lines, contexts(statement, found, recent=recent), strict=True):
            if line.values:
                chances.append(candidates(line, context))
                places.append((number, line.index))
    rows = [Row(_line(statements, p), _logs(c, options)) for p, c in zip(places, chances, strict=True)]
    choice = dict(zip(places, choose(rows), strict=True))
    by_place = dict(zip(places, chances, strict=True))
    return tuple(
        _mapped(statement, number, choice, by_place) if statement.gaap else MappedStatement(statement, ())
        for number, statement in enumerate(statements)
    )


def _line(statements: Sequence[Statement], place: tuple[int, int]):  # noqa: ANN202
    number, index = place
    return next(x for x in statements[number].lines if x.index == index)


def _logs(chances: Mapping[str, float], options: MappingOptions) -> dict[str, float]:
    least = max(EXTENSION_CHANCE, options.min_confidence)
    return {c: log(p) for c, p in chances.items() if p > 0.01} | {EXTENSION: log(least)}


def _mapped(
    statement: Statement,
    number: int,
    choice: Mapping[tuple[int, int], str],
    chances: Mapping[tuple[int, int], dict[str, float]],
) -> MappedStatement:
    table = concept_table()
    concepts: dict[int, Concept] = {}
    for line in statement.lines:
        name = choice.get((number, line.index), EXTENSION)
        if name != EXTENSION:
            concepts[line.index] = table[name]
    into = {part: (t.line, weight) for t in statement.totals for part, weight in t.parts}
    lines: list[MappedLine] = []
    for line in statement.lines:
        if line.values and line.index not in concepts:
            above, weight = into.get(line.index, (None, 1))
            concepts[line.index] = extension(line, statement, concepts.get(above) if above is not None else None, weight)
    sign = signs(statement, concepts)
    for line in statement.lines:
        if not line.values:
            known = headings().get(words(line.label.text))
            lines.append(MappedLine(line, (heading(line, known),), reasons=("a heading",)))
            continue
        concept = concepts[line.index]
        options = chances[number, line.index]
        confidence = options.get(concept.name, 0.0) if not concept.extension else 1 - max(options.values(), default=0.0)
        lines.append(
            MappedLine(
                line,
                (concept,),
                sign[line.index],
                round(confidence, 3),
                (),
                tuple(Candidate(c, round(p, 3)) for c, p in list(options.items())[:5]),
            )
        )
    return MappedStatement(statement, tuple(lines))
