"""The first two rungs of the ladder behind one face: the user's mapping file, then the filer's prior filings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressmark.mapping.concept import Concept
from pressmark.mapping.dictionary import OWN
from pressmark.mapping.line import Place
from pressmark.mapping.prior_evidence import Match, matches
from pressmark.mapping.prior_labels import surroundings
from pressmark.mapping.table import concept_table
from pressmark.statements.statement import Statement

if TYPE_CHECKING:
    from pressmark.mapping.dictionary import Dictionary
    from pressmark.mapping.rules import Rules

FIRM = 0.9


@dataclass(frozen=True, slots=True)
class Told:
    """What the rungs say of one line.

    The keys of `matches` are us-gaap names, `ext:Name`, or "" for a concept of the report's own. `own` holds the
    concepts outside the table by their key, `skip` the user's reason to leave the line out; `rule` is FILE:LINE of
    the rule in the user's mapping, "" for what a prior filing says.
    """

    matches: tuple[Match, ...] = ()
    own: Mapping[str, Concept] = field(default_factory=dict)
    skip: str = ""
    rule: str = ""

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

    def defined(self, key: str, made: Concept) -> Concept:
        """The report's own concept for a line as the filing or the file defines it, else as `made` from the line.

        A part of a whole has the whole's balance. A balance that a page does not tell follows from the sign: a
        value that is reported with the other sign is of the other balance (XBRL 2.1, 5.1.1.2). A wider concept
        stays only where type, period type and balance agree.
        """
        own = self.own.get(key, Concept("", "", "", ""))
        match = self._match(key)
        table = concept_table()
        whole = table[match.wider] if match and match.wider in table else None
        balance = own.balance or made.balance
        if not own.balance and whole is not None:
            balance = whole.balance
        elif not own.balance and self.sign(key) < 0:
            balance = {"debit": "credit", "credit": "debit"}.get(balance, balance)
        told = replace(
            made,
            name=own.name or made.name,
            type=own.type or made.type,
            period_type=own.period_type or made.period_type,
            balance="" if balance == "none" or (own.type or made.type) != "monetaryItemType" else balance,
            label=own.label or made.label,
        )
        for name in (own.wider, whole.name if whole else "", made.wider):
            if name in table and alike(told, table[name]):
                return replace(told, wider=name)
        return replace(told, wider="")

    def knows(self, concept: str) -> bool:
        """Whether it is told that the line carries a concept."""
        return self._match(concept) is not None

    def also(self, concept: str) -> tuple[str, ...]:
        """The other us-gaap concepts that the line carries with it, as a line that serves two purposes does."""
        match = self._match(concept)
        return tuple(c for c in match.also if c in concept_table()) if match else ()

    def firm(self, concept: str) -> bool:
        """Whether what is told should not be overruled by anything else."""
        match = self._match(concept)
        return match is not None and match.score >= FIRM


def alike(one: Concept, other: Concept) -> bool:
    """Whether two concepts can carry the same values: item type, period type and balance are the same."""
    return (one.type, one.period_type, one.balance) == (other.type, other.period_type, other.balance)


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
    """The matches with the concepts of their keys; an element that the table lacks becomes one of the report's own."""
    table = concept_table()
    own: dict[str, Concept] = {}
    keyed: list[Match] = []
    for match in found:
        key = match.concept
        if key and key not in table and ":" not in key:
            key = f"{OWN}:{key}"
            own[key] = Concept(OWN, match.concept, "", "")
            why = (*match.reasons, "an element that the concept table lacks")
            keyed.append(replace(match, concept=key, reasons=why))
            continue
        if key in prior.own:
            own[key] = prior.own[key]
        keyed.append(match)
    return Told(tuple(keyed), own)
