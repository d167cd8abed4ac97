"""The user's mapping file: rules that give a line its concept, skip it, or set a scale or a period right.

A rule is chosen for a line by how closely it speaks of it: one for the company before one for all, an exact label
before a pattern, then one with an occurrence, a section, a statement. Two that speak equally closely and differ are
an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import translate
from pathlib import Path

from pressmark.errors import UsageError
from pressmark.mapping.concept import Concept
from pressmark.mapping.dictionary import OWN
from pressmark.mapping.evidence import Told
from pressmark.mapping.prior_evidence import Match
from pressmark.mapping.prior_labels import TYPES
from pressmark.mapping.table import concept_table
from pressmark.period import Period
from pressmark.statements.statement import Column, LineItem, Skipped, Statement

SURE = 0.999


@dataclass(frozen=True, slots=True)
class Wording:
    """What a label, a heading or a column's head has to look like. `how` is exact, glob or regex."""

    text: str
    how: str
    pattern: re.Pattern[str] | None = None

    def fits(self, said: str) -> bool:
        """Whether it describes the text; case, quotes, white space and a closing colon are left aside."""
        plain = folded(said)
        return plain == folded(self.text) if self.pattern is None else bool(self.pattern.fullmatch(plain))


def folded(text: str) -> str:
    """The text as it is compared."""
    plain = (
        text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("–", "-").replace("—", "-")
    )
    return " ".join(plain.split()).rstrip(": ").casefold()


def wording(text: str, how: str) -> Wording:
    """A wording of the kind `how`. Raises re.error for a pattern that is none."""
    if how == "exact":
        return Wording(text, how)
    return Wording(text, how, re.compile(translate(folded(text)) if how == "glob" else text, re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[rule]]`. `place` is FILE:LINE. Either `concept` or `skip` or `scale` (or concept and scale) is given.

    `also` names us-gaap elements that carry the line's values as well.
    `concept` is of us-gaap, or the user's own with what the file says of it ("" for what the line tells, the balance
    "none" for none);
    `occurrence` counts lines of one wording in a statement from 1, 0 for any.
    """

    place: str
    label: Wording
    statement: str = ""
    section: Wording | None = None
    companies: tuple[str, ...] = ()
    occurrence: int = 0
    concept: Concept | None = None
    sign: int = 0
    skip: str = ""
    scale: int | None = None
    also: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """Its place without the folder, for what is told in a report."""
        return Path(self.place).name

    @property
    def closeness(self) -> tuple[bool, bool, bool, bool, bool]:
        """How closely the rule speaks of a line, to compare."""
        return (
            bool(self.companies),
            self.label.how == "exact",
            bool(self.occurrence),
            self.section is not None,
            bool(self.statement),
        )

    @property
    def outcome(self) -> tuple[object, ...]:
        """What it does to a line."""
        return (self.concept, self.also, self.sign, self.skip)

    def fits(self, line: LineItem, statement: Statement) -> bool:
        """Whether it speaks of the line."""
        if self.statement and self.statement != statement.kind.value:
            return False
        if not (self.label.fits(line.label.text) or self.label.fits(line.full_label)):
            return False
        if self.section is not None and not any(self.section.fits(s) for s in line.section):
            return False
        return not self.occurrence or self.occurrence == occurrence(line, statement)


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """One `[[column]]`: the period of the columns with such a head, or why they are left out."""

    place: str
    head: Wording
    statement: str = ""
    companies: tuple[str, ...] = ()
    period: Period | None = None
    skip: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a file, or those of one company."""

    file: str
    rules: tuple[Rule, ...] = ()
    columns: tuple[ColumnRule, ...] = ()

    def of_company(self, *, cik: str = "", ticker: str = "") -> Rules:
        """The rules for all companies and those for this one."""
        names = {n for n in (cik.lstrip("0"), ticker.upper()) if n}

        def fits(companies: tuple[str, ...]) -> bool:
            return not companies or bool(names & set(companies))

        return replace(
            self,
            rules=tuple(r for r in self.rules if fits(r.companies)),
            columns=tuple(c for c in self.columns if fits(c.companies)),
        )

    def chosen(self, line: LineItem, statement: Statement) -> Rule | None:
        """The rule that decides on a line. Raises UsageError where two do."""
        fitting = [r for r in self.rules if (r.concept or r.skip) and r.fits(line, statement)]
        if not fitting:
            return None
        best = max(fitting, key=lambda r: r.closeness)
        rival = next((r for r in fitting if r.closeness == best.closeness and r.outcome != best.outcome), None)
        if rival is not None:
            one, other = best.place, rival.named
            where = f"the line “{' '.join(line.label.text.split())}” ({line.label.span.file}:{line.label.span.line})"
            cause = f"this rule and that of {other} both speak of {where}"
            raise UsageError(one, cause, "make one of them narrower with section, statement or occurrence")
        return best

    def told(self, line: LineItem, statement: Statement) -> Told | None:
        """What the file says of a line, None where it is silent.

        Raises UsageError for a concept that can't be the line's.
        """
        rule = self.chosen(line, statement)
        if rule is None:
            return None
        if rule.skip:
            return Told(skip=rule.skip)
        concept = rule.concept
        assert concept is not None  # noqa: S101 - a rule has one or the other
        check_attributes(rule, concept, line)
        key = f"{OWN}:{concept.name}" if concept.prefix == OWN else concept.name
        own = {key: concept} if concept.prefix == OWN else {}
        match = Match(key, SURE, rule.sign, (f"the mapping file says so ({rule.named})",), also=rule.also)
        return Told((match,), own, rule=rule.named)


def check_attributes(rule: Rule, concept: Concept, line: LineItem) -> None:
    """Raises UsageError where the concept's item type or period type is not that of the line's values."""
    where = f"the line “{' '.join(line.label.text.split())}” ({line.label.span.file}:{line.label.span.line})"
    wanted = TYPES[line.measure]
    if concept.type and concept.type != wanted:
        cause = f"{concept.name} is of type {concept.type}, {where} holds {line.measure.value}"
        raise UsageError(rule.place, cause, "name a concept of that type")
    instants = {v.period.instant for v in line.values}
    if concept.period_type and instants and instants != {concept.period_type == "instant"}:
        cause = f"{concept.name} is of period type {concept.period_type}, {where} is not"
        raise UsageError(rule.place, cause, "name a concept of the other period type")


def occurrence(line: LineItem, statement: Statement) -> int:
    """The how-manieth line of its wording it is among the lines with values, from 1."""
    said = folded(line.label.text)
    return sum(bool(x.values) and x.index <= line.index and folded(x.label.text) == said for x in statement.lines)


def overridden(statements: Sequence[Statement], rules: Rules) -> tuple[Statement, ...]:
    """The statements with the periods and scales that the file gives, and without the columns that it leaves out."""
    scaled = [r for r in rules.rules if r.scale is not None]
    return tuple(_overridden(s, rules.columns, scaled) if s.gaap else s for s in statements)


def _overridden(statement: Statement, heads: Sequence[ColumnRule], scaled: Sequence[Rule]) -> Statement:
    ruled = {c.index: r for c in statement.columns if (r := _column_rule(c, statement, heads)) is not None}
    if not ruled and not scaled:
        return statement
    skipped: list[Skipped] = []
    lines: list[LineItem] = []
    for line in statement.lines:
        scale = _scale(line, statement, scaled)
        values = []
        for value in line.values:
            rule = ruled.get(value.column)
            if rule is not None and rule.skip:
                skipped.append(Skipped(value.text, value.span, rule.skip))
                continue
            period = rule.period if rule is not None and rule.period is not None else value.period
            # An instant in a column of durations (cash at the end) stays an instant.
            period = Period(period.end) if value.period.instant and not period.instant else period
            power = value.scale if scale is None else scale
            values.append(value._replace(period=period, scale=power, decimals=value.decimals + value.scale - power))
        lines.append(replace(line, values=tuple(values)))
    columns = tuple(
        replace(c, period=ruled[c.index].period or c.period, skip=ruled[c.index].skip or c.skip)
        if c.index in ruled
        else c
        for c in statement.columns
    )
    changed = replace(statement, columns=columns, skipped=(*statement.skipped, *skipped))
    return _without_emptied(changed, lines)


def _without_emptied(statement: Statement, lines: Sequence[LineItem]) -> Statement:
    """The statement with `lines`, but for those that have lost all their values: they are no headings."""
    gone = {old.index for old, new in zip(statement.lines, lines, strict=True) if old.values and not new.values}
    totals = tuple(
        replace(t, parts=tuple(p for p in t.parts if p[0] not in gone)) for t in statement.totals if t.line not in gone
    )
    return replace(statement, lines=tuple(x for x in lines if x.index not in gone), totals=totals)


def _column_rule(column: Column, statement: Statement, heads: Sequence[ColumnRule]) -> ColumnRule | None:
    fitting = [
        r for r in heads if (not r.statement or r.statement == statement.kind.value) and r.head.fits(column.head)
    ]
    return max(fitting, key=lambda r: (bool(r.companies), r.head.how == "exact", bool(r.statement)), default=None)


def _scale(line: LineItem, statement: Statement, scaled: Sequence[Rule]) -> int | None:
    best = max((r for r in scaled if r.fits(line, statement)), key=lambda r: r.closeness, default=None)
    return best.scale if best is not None else None


def known(name: str) -> Concept | None:
    """The us-gaap concept of a name, with or without its prefix; None for what the table lacks."""
    plain = name.removeprefix("us-gaap:")
    table = concept_table()
    return next((table[n] for n in (plain,) if n in table), None)
