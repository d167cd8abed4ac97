"""What a filer's earlier filings say of a line: the concepts it had then, by its wording and by its values.

The evidence, strongest first: values that the filing reports for the same periods; the same wording under the same
heading; the same wording in the statement; a like wording in the statement; the same wording in a sister statement
or in the notes. A concept for which the filing reports other values at the line's own periods loses most of its weight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from pressmark.mapping.dictionary import Dictionary, PriorFact
from pressmark.mapping.prior_labels import Around, fits, labelled, sign_of
from pressmark.statements.statement import LineItem, Value

VALUES, VALUES_ALONE, VALUES_FEW = 0.995, 0.96, 0.6
CONTRADICTED = 0.25
RESTATED = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Match:
    """A concept for a line: a us-gaap name, `ext:Name`, or "" for one of the report's own.

    "" is told of a line whose values had a dimension; `wider` is then the concept of the whole. `score` is a
    probability; `sign` is 0 where nothing tells it; `also` names what else the filing called the same values.
    """

    concept: str
    score: float
    sign: int = 0
    reasons: tuple[str, ...] = ()
    wider: str = ""
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    """The evidence for one concept as it comes in."""

    score: float = 0.0
    sign: int = 0
    reasons: dict[str, None] = field(default_factory=dict)
    wider: str = ""
    also: tuple[str, ...] = ()

    def add(self, score: float, sign: int, reason: str) -> None:
        if score > self.score or not self.sign:
            self.sign = sign or self.sign
        self.score = max(self.score, score)
        self.reasons[reason] = None


def matches(line: LineItem, statement: str, around: Around, dictionary: Dictionary) -> tuple[Match, ...]:
    """The concepts that the filings give this line, best first, their scores adding up to at most 0.995."""
    found: dict[str, _Tally] = {}
    for entry, score, reason in labelled(line, statement, around, dictionary):
        if entry.part:
            tally = found.setdefault("", _Tally())
            if score > tally.score:
                tally.wider = entry.concept
            tally.add(score, 0, f"{reason}, a part of {entry.concept}")
        elif fits(entry.concept, line, dictionary):
            tally = found.setdefault(entry.concept, _Tally())
            tally.add(score, sign_of(entry, line), reason)
            tally.also = tally.also or tuple(t for t in dictionary.twins(entry) if fits(t, line, dictionary))
    _by_values(line, statement, dictionary, found)
    for concept, tally in found.items():
        if concept and contradicted(concept, line, statement, dictionary):
            tally.score *= CONTRADICTED
            tally.reasons[f"the prior filing reports another {concept} for that period, which speaks against it"] = None
    total = sum(t.score for t in found.values())
    share = VALUES / total if total > VALUES else 1.0
    best = sorted(found.items(), key=lambda x: (-x[1].score, x[0]))
    return tuple(
        Match(c, t.score * share, t.sign, tuple(t.reasons), t.wider, t.also) for c, t in best if t.score * share > 0.02
    )


def _by_values(line: LineItem, statement: str, dictionary: Dictionary, found: dict[str, _Tally]) -> None:
    """Adds the concepts whose values for the line's periods are the line's."""
    hits: dict[str, list[tuple[Value, PriorFact, int]]] = {}
    for value in line.values:
        if value.dash or not value.printed:
            continue
        best: dict[str, tuple[Value, PriorFact, int]] = {}
        for fact in dictionary.by_period.get((value.period, line.measure.value), ()):
            digits = agreeing(value, fact)
            if digits and (fact.concept not in best or fact.statement == statement):
                best[fact.concept] = (value, fact, digits)
        for concept, one in best.items():
            hits.setdefault(concept, []).append(one)
    fitting = {c: h for c, h in hits.items() if fits(c, line, dictionary)}
    here = {c: h for c, h in fitting.items() if any(f.statement == statement for _, f, _ in h)}
    pool = here or {c: h for c, h in fitting.items() if any(f.statement for _, f, _ in h)} or fitting
    for concept, hit in pool.items():
        digits = sum(d for _, _, d in hit)
        signs = {1 if (f.value < 0) == (v.amount < 0) else -1 for v, f, _ in hit}
        sign = signs.pop() if len(signs) == 1 else 0
        worded = concept in found
        if not worded and digits < 3:
            continue
        score = VALUES if worded and digits > 3 else VALUES_ALONE if digits >= 6 else VALUES_FEW
        if concept not in here:
            score *= 0.6
        periods = ", ".join(str(v.period) for v, _, _ in hit)
        found.setdefault(concept, _Tally()).add(
            max(score / len(pool), found[concept].score if worded else 0.0),
            sign,
            f"the prior filing's value for {periods}",
        )


def agreeing(value: Value, fact: PriorFact) -> int:
    """How many digits a value shares with a fact, 0 where they differ; the sign is left aside.

    They are compared at the precision of the coarser of the two (XBRL 2.1, 4.6.6).
    """
    ours, theirs = abs(value.amount), abs(fact.value)
    coarse = min(value.decimals, fact.decimals if fact.decimals is not None else value.decimals)
    unit = Decimal(1).scaleb(-coarse)
    if ours != theirs and ours.quantize(unit, ROUND_HALF_EVEN) != theirs.quantize(unit, ROUND_HALF_EVEN):
        return 0
    return len(str(int(ours.scaleb(coarse)))) if ours.scaleb(coarse) >= 1 else 0


def contradicted(concept: str, line: LineItem, statement: str, dictionary: Dictionary) -> bool:
    """Whether the filing reports other values of the concept, in this statement, for all the periods it shares.

    A value that lies near is one that has been restated since.
    """
    seen = False
    for value in line.values:
        facts = [f for f in dictionary.by_concept.get((concept, value.period), ()) if f.statement == statement]
        if not facts:
            continue
        if any(_near(abs(value.amount), abs(f.value)) for f in facts):
            return False
        seen = True
    return seen


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= RESTATED * max(one, other)
