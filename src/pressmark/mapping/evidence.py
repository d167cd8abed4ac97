"""The first two rungs of the ladder behind one face: the user's mapping file, then the filer's prior filings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressmark.mapping.concept import Concept
from pressmark.mapping.dictionary import OWN
from pressmark.mapping.prior_evidence import Match, matches, surroundings
from pressmark.mapping.table import concept_table
from pressmark.statements.statement import Statement

if TYPE_CHECKING:
    from pressmark.mapping.dictionary import Dictionary
    from pressmark.mapping.rules import Rules

Place = tuple[int, int]
"""A line: the number of its statement and its index in it."""
FIRM = 0.9


@dataclass(frozen=True, slots=True)
class Told:
    """What the rungs say of one line. `own` holds concepts outside the table by their key, `skip` the user's reason
    to leave the line out. The keys of `matches` are us-gaap names, `ext:Name`, or "" for a concept of the report's own."""

    matches: tuple[Match, ...] = ()
    own: Mapping[str, Concept] = field(default_factory=dict)
    skip: str = ""

    def blend(self, chances: Mapping[str, float]) -> dict[str, float]:
        """The chances with what is told before them: the rest keeps its proportions in what is left."""
        told = {m.concept: m.score for m in self.matches}
        left = max(1 - sum(told.values()), 0.0)
        both = {k: told.get(k, 0.0) + left * chances.get(k, 0.0) for k in (*told, *chances)}
        return dict(sorted(both.items(), key=lambda x: -x[1]))

    def _match(self, concept: str) -> Match | None:
        return next((m for m in self.matches if m.concept == concept), None)

    def sign(self, concept: str) -> int:
        """+1 or -1 where it is told, else 0."""
        match = self._match(concept)
        return match.sign if match else 0

    def reasons(self, concept: str) -> tuple[str, ...]:
        """Why it is this concept."""
        match = self._match(concept)
        return match.reasons if match else ()

    def wider(self, concept: str) -> str:
        """The us-gaap concept that a concept of the report's own falls under, as the filing told it."""
        match = self._match(concept)
        return match.wider if match and match.wider in concept_table() else ""

    def firm(self, concept: str) -> bool:
        """Whether what is told should not be overruled by anything else."""
        match = self._match(concept)
        return match is not None and match.score >= FIRM


def evidence(
    statements: Sequence[Statement], prior: Dictionary | None, rules: Rules | None = None
) -> dict[Place, Told]:
    """What the mapping file and the prior filings say of the lines with values; lines they are silent on are left out.

    Raises UsageError where two rules of the file speak of one line.
    """
    found: dict[Place, Told] = {}
    for number, statement in enumerate(statements):
        if not statement.gaap or (prior is None and rules is None):
            continue
        for line, around in zip(statement.lines, surroundings(statement.lines), strict=True):
            if not line.values:
                continue
            told = rules.told(line, statement) if rules is not None else None
            if told is None and prior is not None:
                kind = statement.kind.value
                told = _known(matches(line, kind, around, prior), prior)
            if told is not None and (told.matches or told.skip):
                found[number, line.index] = told
    return found


def _known(found: Sequence[Match], prior: Dictionary) -> Told:
    """The matches with the concepts of their keys; a us-gaap element outside the table becomes one of the report's own."""
    table = concept_table()
    own: dict[str, Concept] = {}
    keyed: list[Match] = []
    for match in found:
        key = match.concept
        if key and key not in table and ":" not in key:
            key = f"{OWN}:{key}"
            own[key] = Concept(OWN, match.concept, "", "")
            keyed.append(Match(key, match.score, match.sign, (*match.reasons, "an element that the concept table lacks")))
            continue
        if key in prior.own:
            own[key] = prior.own[key]
        keyed.append(match)
    return Told(tuple(keyed), own)
