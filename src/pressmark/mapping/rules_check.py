"""Tries a mapping file on releases: rules that match nothing, that others shadow, or that clash on a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pressmark.errors import UsageError
from pressmark.mapping.rules import ColumnRule, Rule, Rules
from pressmark.mapping.rules_toml import Problem
from pressmark.statements.statement import Statement


@dataclass(slots=True)
class Use:
    """What became of a file's rules on the releases tried so far, by the place of each rule."""

    met: set[str] = field(default_factory=set)
    fitted: set[str] = field(default_factory=set)
    chosen: set[str] = field(default_factory=set)
    above: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def try_on(rules: Rules, statements: Sequence[Statement], use: Use) -> None:
    """Enters what the rules, those of the release's company, do to its statements."""
    use.met.update(r.place for r in _all(rules))
    for statement in (s for s in statements if s.gaap):
        for line in (x for x in statement.lines if x.values):
            fitting = [r for r in rules.rules if r.fits(line, statement)]
            use.fitted.update(r.place for r in fitting)
            use.chosen.update(r.place for r in fitting if not (r.concept or r.skip))
            try:
                best = rules.chosen(line, statement)
                rules.told(line, statement)
            except UsageError as error:
                _enter(use, Problem(_line(error.where), error.cause, error.mend))
                use.chosen.update(r.place for r in fitting)
                continue
            if best is not None:
                use.chosen.add(best.place)
                for rule in fitting:
                    use.above.setdefault(rule.place, best.named)
        for column in statement.columns:
            use.fitted.update(c.place for c in rules.columns if c.head.fits(column.head))


def _enter(use: Use, problem: Problem) -> None:
    if problem not in use.problems:
        use.problems.append(problem)


def _line(place: str) -> int:
    return int(place.rpartition(":")[2])


def unused(rules: Rules, use: Use) -> Iterator[Problem]:
    """A warning for each rule that matched nothing, or always gave way to another; one for all of a company not met."""
    yield from _strangers(rules, use)
    for rule in (r for r in rules.rules if r.place in use.met):
        if rule.place not in use.fitted:
            yield Problem(
                _line(rule.place),
                f"{_named(rule)} matches no line of these releases",
                "check its wording",
                warning=True,
            )
        elif rule.place not in use.chosen:
            closer = use.above[rule.place]
            cause = f"{_named(rule)} never decides: the rule of {closer} speaks more closely of each of its lines"
            yield Problem(_line(rule.place), cause, "delete it, or make it narrower", warning=True)
    for column in rules.columns:
        if column.place in use.met and column.place not in use.fitted:
            yield Problem(
                _line(column.place),
                f"the column “{column.head.text}” stands in none of these releases",
                "check its head",
                warning=True,
            )


def _all(rules: Rules) -> list[Rule | ColumnRule]:
    return [*rules.rules, *rules.columns]


def _strangers(rules: Rules, use: Use) -> Iterator[Problem]:
    """A warning for each company with rules that none of the releases is known to be of, at the first of its rules."""
    found: dict[tuple[str, ...], list[int]] = {}
    for rule in _all(rules):
        if rule.place not in use.met:
            found.setdefault(rule.companies, []).append(_line(rule.place))
    for companies, lines in found.items():
        count = f"{len(lines)} rules are" if len(lines) > 1 else "the rule is"
        cause = f"{count} for {' or '.join(companies)}, and none of these releases is known to be of that company"
        yield Problem(min(lines), cause, "say whose the releases are with --cik or --ticker", warning=True)


def _named(rule: Rule) -> str:
    return f"the rule for “{rule.label.text}”"
