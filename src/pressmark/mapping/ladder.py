"""Chooses a concept for every line of the statements, says how sure that is, why, and what else it could be.

The ladder, each rung adding evidence to the candidates of a line:
1. the user's mapping file and 2. the filer's prior filing (`evidence`);
3. exact wording, 4. learned label counts, 5. the learned model with context, hard constraints of type and
   period (`candidates`), what a heading rules out (`blocks`), wordings that nobody is known to use weighed anew
   (`weigh`), lines that name the same investments taken together (`kindred`);
6. structure: the joint choice over all statements (`choose`), published sums, parts and bridges (`siblings`);
7. an extension concept last (`extension`). What else a line carries (`twofold`) and its sign (`sign`) follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

from pressmark.finding import Finding, finding
from pressmark.mapping.candidates import candidates
from pressmark.mapping.choose import EXTENSION, EXTENSION_CHANCE, UNKNOWN_CHANCE, Row, choose
from pressmark.mapping.comprehensive import roles, taxes
from pressmark.mapping.concept import Concept
from pressmark.mapping.confidence import Grounds, confidence
from pressmark.mapping.context import contexts, era, release_cues, subtotal
from pressmark.mapping.doubts import doubts
from pressmark.mapping.extension import extension, heading
from pressmark.mapping.features import words
from pressmark.mapping.kindred import of_one_kind
from pressmark.mapping.lexicon import companies, heard
from pressmark.mapping.line import Line, Place
from pressmark.mapping.mapped import Candidate, MappedLine, MappedStatement
from pressmark.mapping.siblings import (
    beside_their_parts,
    bridges,
    by_their_parts,
    on_their_side,
)
from pressmark.mapping.sign import signs
from pressmark.mapping.spoken import spoken
from pressmark.mapping.sums import named_by_sums
from pressmark.mapping.table import concept_table, headings
from pressmark.mapping.twofold import of_sides, others_of
from pressmark.mapping.weigh import Asked, weighed
from pressmark.mapping.why import reasons
from pressmark.statements.statement import Statement

if TYPE_CHECKING:
    from pressmark.mapping.dictionary import Dictionary
    from pressmark.mapping.evidence import Told
    from pressmark.mapping.rules import Rules

OWN_CONFIDENCE = 0.4  # how often such a line is one, and the ceiling for what is told of it by nothing else
ROLE = 0.5  # how often the build of a statement alone is right
LEAST = 0.01  # a candidate below this is none
SIDES = 0.87  # how many recent filers tag a line that is both basic and diluted with its sides (13 of 15)
SIDED = "a line that is both basic and diluted carries both concepts"


@dataclass(frozen=True, slots=True)
class MappingOptions:
    """What the user asks of mapping.

    Lines less sure than `min_confidence` become extension concepts, or, where `below` is "finding", keep their
    concept and are told; what the filer's `prior` filings and the user's `rules` say comes before everything else.
    """

    min_confidence: float = 0.0
    prior: Dictionary | None = None
    rules: Rules | None = None
    below: str = "extension"


def map_statements(
    statements: Sequence[Statement], options: MappingOptions | None = None
) -> tuple[MappedStatement, ...]:
    """The statements with a concept for each line; those that are left out come back without lines.

    Raises UsageError where two rules of the user's mapping speak of one line.
    """
    options = options or MappingOptions()
    lines = _candidates(statements, options)
    places = [x.place for x in lines]
    into = totals_above(statements, places)
    chosen = choose([Row(x.item, _logs(x), t, _firm(x), _net_sales(x)) for x, t in zip(lines, into, strict=True)])
    settled = _beside(chosen, into, places)
    choice = {
        x.place: first if x.told and x.told.firm(first) else then
        for x, first, then in zip(lines, chosen, settled, strict=True)
    }
    by_place = {x.place: x for x in lines}
    for number, statement in enumerate(statements):
        own = {x.item.index: choice[x.place] for x in lines if x.place[0] == number}
        chances = {x.item.index: x.chances for x in lines if x.place[0] == number}
        own |= (turned := on_their_side(statement, own, chances))
        own |= (sums := named_by_sums(statement, own))
        for index, name in (turned | sums | taxes(statement, own)).items():
            told = by_place[number, index].told
            if not (told and told.firm(own[index])):
                choice[number, index] = name or EXTENSION
    others = others_of(lines, choice)
    lines = [of_sides(x, choice, others) for x in lines]
    by_place = {x.place: x for x in lines}
    sure = _sureness(statements, lines, choice)
    sure |= {x.place: min(sure[x.place], SIDES) for x in lines if x.place in others and not _told(x, choice)}
    unsure = [x for x in lines if choice[x.place] in concept_table() and sure[x.place] < options.min_confidence]
    if options.below == "extension":
        choice |= dict.fromkeys((x.place for x in unsure), EXTENSION)
        sure |= {x.place: _own(x) for x in unsure}
    mapped = [
        _mapped(s, n, choice, by_place, sure, others) if s.gaap else MappedStatement(s, ())
        for n, s in enumerate(statements)
    ]
    if options.below == "finding":
        notes = [(x.place[0], _unsure(x, choice[x.place], sure[x.place])) for x in unsure]
        mapped = [replace(m, findings=(*m.findings, *(f for at, f in notes if at == n))) for n, m in enumerate(mapped)]
    return tuple(mapped)


def _told(line: Line, choice: Mapping[Place, str]) -> bool:
    """Whether the user's mapping or a prior filing tells the concept that the line has."""
    return line.told is not None and line.told.knows(choice[line.place])


def _unsure(line: Line, name: str, sure: float) -> Finding:
    message = f"us-gaap:{name} is {sure:.0%} sure for “{' '.join(line.item.label.text.split())}”"
    return finding("mapping.unsure", message, line.item.label.span, f"us-gaap:{name}")


def _candidates(statements: Sequence[Statement], options: MappingOptions) -> list[Line]:
    used = [s for s in statements if s.gaap]
    found, when = release_cues(used), era(used)
    told: Mapping[Place, Told] = {}
    if options.prior is not None or options.rules is not None:
        from pressmark.mapping.evidence import evidence

        told = evidence(statements, options.prior, options.rules)
    lines: list[Line] = []
    for number, statement in enumerate(statements):
        if not statement.gaap:
            continue
        for item, context in zip(statement.lines, contexts(statement, found, when), strict=True):
            if item.values:
                place, label, read = (number, item.index), spoken(item, context.statement), candidates(item, context)
                known = heard(label, context.statement, context.measure)
                lines.append(Line(place, item, context, label, known, read, told.get(place), read))
    built = {n: bridges(s) | roles(s) for n, s in enumerate(statements) if s.gaap}
    pairs = zip(lines, anew(lines), strict=True)
    return [_blended(x, bridged(c, built[x.place[0]].get(x.item.index, ""))) for x, c in pairs]


def anew(lines: Sequence[Line]) -> list[dict[str, float]]:
    """The chances of the lines' candidates, weighed anew where today's elements were in use, and by their kin."""
    recent = [x for x in lines if x.context.recent and not x.item.parenthetical]
    asked = [Asked(x.label, x.context, x.chances, x.known, tuple(abs(v.amount) for v in x.item.values)) for x in recent]
    found = {x.place: chances for x, chances in zip(recent, weighed(asked), strict=True)}
    flows = [x for x in lines if x.context.statement == "CF"]
    told = of_one_kind([(x.label, found.get(x.place, x.chances)) for x in flows])
    found |= {x.place: dict(chances) for x, chances in zip(flows, told, strict=True)}
    return [found.get(x.place, x.chances) for x in lines]


def _blended(line: Line, read: dict[str, float]) -> Line:
    """The line with its chances as read, and with what is told of it before them."""
    told = line.told
    if told is None and read is line.read:
        return line
    chances = read if told is None else {} if told.skip else told.blend(read)
    return replace(line, chances=chances, read=read)


def _firm(line: Line) -> frozenset[str]:
    """The concepts that are told of the line and not to be overruled."""
    return frozenset(m.concept for m in line.told.matches if line.told.firm(m.concept)) if line.told else frozenset()


def bridged(chances: dict[str, float], concept: str) -> dict[str, float]:
    """Moves the chance of the likeliest concept to the one that the statement's build gives the line.

    That is one that bridges two subtotals, if it is a candidate, or one of other comprehensive income.
    """
    if concept not in chances and not concept.startswith("OtherComprehensive"):
        return chances
    best = next(iter(chances), concept)
    moved = chances | {best: chances.get(concept, LEAST), concept: chances.get(best, ROLE)}
    return dict(sorted(moved.items(), key=lambda x: -x[1]))


def _net_sales(line: Line) -> bool:
    return line.context.statement == "IS" and subtotal("IS", line.item) == "REV"


def _logs(line: Line) -> dict[str, float]:
    """The log-chances of the line's concepts, and of one of the filer's own."""
    least = EXTENSION_CHANCE if line.known else UNKNOWN_CHANCE
    own = max(least, line.chances.get(EXTENSION, 0.0))
    return {c: log(p) for c, p in line.chances.items() if p > LEAST} | {EXTENSION: log(own)}


def _beside(chosen: Sequence[str], into: Sequence[tuple[int, ...]], places: Sequence[Place]) -> list[str]:
    """Applies what `siblings` knows of sums to each statement by itself."""
    out: list[str] = []
    first = 0
    while first < len(places):
        last = first
        while last < len(places) and places[last][0] == places[first][0]:
            last += 1
        ups = [tuple(t - first for t in up) for up in into[first:last]]
        out += by_their_parts(beside_their_parts(chosen[first:last], ups), ups)
        first = last
    return out


def totals_above(statements: Sequence[Statement], places: Sequence[Place]) -> list[tuple[int, ...]]:
    """For each place, the places (by position) of the totals it adds into with a weight of +1, nearest first."""
    position = {p: i for i, p in enumerate(places)}
    above: dict[Place, Place] = {}
    for number, statement in enumerate(statements):
        for total in statement.totals:
            for part, weight in total.parts:
                if weight > 0:
                    above.setdefault((number, part), (number, total.line))
    out: list[tuple[int, ...]] = []
    for place in places:
        chain: list[int] = []
        up = above.get(place)
        while up is not None and up in position and position[up] not in chain:
            chain.append(position[up])
            up = above.get(up)
        out.append(tuple(chain))
    return out


def _mapped(
    statement: Statement,
    number: int,
    choice: Mapping[Place, str],
    lines: Mapping[Place, Line],
    sure: Mapping[Place, float],
    others: Mapping[Place, tuple[str, ...]],
) -> MappedStatement:
    """The statement with its concepts, extensions made last because they follow the totals they add into."""
    table = concept_table()
    named: dict[int, Concept] = {}
    open_lines: list[Line] = []
    for item in statement.lines:
        line = lines.get((number, item.index))
        if line is None or (line.told and line.told.skip):
            continue
        name = choice[line.place]
        if name in table:
            named[item.index] = table[name]
        else:
            open_lines.append(line)
    into = {part: (t.line, weight) for t in statement.totals for part, weight in t.parts}
    for line in reversed(open_lines):  # a total stands below its parts
        up, weight = into.get(line.item.index, (-1, 1))
        made = extension(line.item, statement, named.get(up), weight)
        named[line.item.index] = _as_told(made, choice[line.place], line.told)
    sign = signs(statement, named)
    out: list[MappedLine] = []
    found: list[Finding] = []
    for item in statement.lines:
        line = lines.get((number, item.index))
        if line is None:
            known = headings().get(words(item.label.text))
            out.append(MappedLine(item, (heading(item, known),), reasons=("a heading",)))
        elif item.index not in named:
            out.append(MappedLine(item, (), reasons=(line.told.skip if line.told else "",)))
        else:
            mapped = _told_line(line, named[item.index], choice[line.place], sign[item.index], sure[line.place])
            if choice[line.place] in table:  # what is too unsure has become an extension
                more = tuple(table[c] for c in others.get(line.place, ()))
                why = (SIDED,) if more and not _told(line, choice) else ()
                mapped = replace(mapped, concepts=(*mapped.concepts, *more), reasons=(*mapped.reasons, *why))
            out.append(mapped)
            if line.told and line.told.rule:
                found.extend(doubts(item, named[item.index], line.told.rule, line.read))
    return MappedStatement(statement, tuple(out), tuple(found))


def _as_told(made: Concept, key: str, told: Told | None) -> Concept:
    """The extension concept as the prior filing or the user's mapping defines it, as far as they do."""
    return told.defined(key, made) if told else made


def _told_line(line: Line, concept: Concept, key: str, sign: int, sure: float) -> MappedLine:
    chances = line.chances
    told_sign = line.told.sign(key) if line.told else 0
    why = (line.told.reasons(key) if line.told else ()) or reasons(line.item, line.context, concept, chances)
    best = list(chances.items())[:5]
    others = tuple(Candidate(c, round(p, 3), line.told.reasons(c) if line.told else ()) for c, p in best)
    return MappedLine(line.item, (concept,), told_sign or sign, round(sure, 3), why, others)


def _sureness(
    statements: Sequence[Statement], lines: Sequence[Line], choice: Mapping[Place, str]
) -> dict[Place, float]:
    """How often such choices are right, by line."""
    totals = {(n, t.line) for n, s in enumerate(statements) for t in s.totals}
    held = Counter(choice.values())
    out: dict[Place, float] = {}
    for line in lines:
        key = choice[line.place]
        if line.told and line.told.knows(key):
            out[line.place] = min(line.chances.get(key, 0.0), 1.0)
        elif key in concept_table():
            out[line.place] = confidence(_grounds(line, key, held, line.place in totals))
        else:
            out[line.place] = _own(line)
    return out


def _grounds(line: Line, concept: str, held: Mapping[str, int], adds_up: bool) -> Grounds:
    """What is known of the choice; `held` tells how many lines have a concept."""
    chances = line.chances
    chance = chances.get(concept, ROLE)
    free = sum([p for c, p in chances.items() if c == concept or not held.get(c)])
    return Grounds(
        concept,
        chance / free if free else chance,
        companies(line.label, line.context).get(concept, 0),
        adds_up,
        bool(subtotal(line.context.statement, line.item)),
        held[concept] > 1,
        next(iter(chances), "") == concept,
        bool(line.item.parenthetical),
    )


def _own(line: Line) -> float:
    """How often a concept of the report's own is right."""
    return min(OWN_CONFIDENCE, 1 - max(line.chances.values(), default=0.0) + EXTENSION_CHANCE)
