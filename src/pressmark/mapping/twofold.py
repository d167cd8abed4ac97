"""Lines that carry more than one concept: what is told of them, and both sides of what is basic and diluted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pressmark.mapping.candidates import of_both_sides, sides
from pressmark.mapping.choose import collide, facts_of
from pressmark.mapping.line import Line, Place


def others_of(lines: Sequence[Line], choice: dict[Place, str]) -> dict[Place, tuple[str, ...]]:
    """What concepts lines carry besides their own: what is told of them, and the diluted one beside the basic.

    A line that is both basic and diluted and has the concept that says so takes in `choice` that of the basic side:
    since 2018 most filers tag such a line with one or both of the sides. What another line has with other values,
    only the user's rules give.
    """
    holders: dict[str, list[Line]] = {}
    for line in lines:
        holders.setdefault(choice[line.place], []).append(line)

    def free(name: str, line: Line) -> bool:
        rivals = (x for x in holders.get(name, ()) if x is not line)
        return not any(collide(facts_of(x.item), facts_of(line.item)) for x in rivals)

    out: dict[Place, tuple[str, ...]] = {}
    for line in lines:
        own, told = choice[line.place], line.told
        if told and told.knows(own) and (told.rule or told.also(own)):
            out[line.place] = tuple(c for c in told.also(own) if c != own and (told.rule or free(c, line)))
            continue
        known = told is not None and told.knows(own)
        both = of_both_sides(own) if known else own
        pair = sides(both) if line.context.recent and both in line.read else ()
        if not pair or (told and known and not all(told.knows(c) for c in pair)):
            continue
        if all(free(c, line) for c in pair):
            choice[line.place] = pair[0]
            out[line.place] = pair[1:]
    return out


def of_sides(line: Line, choice: Mapping[Place, str], others: Mapping[Place, tuple[str, ...]]) -> Line:
    """The line with what speaks for a concept of both sides, or for the other side, told of the one it carries."""
    own = choice[line.place]
    joint = of_both_sides(own)
    if not joint or line.place not in others:
        return line
    gone = {joint, *others[line.place]}
    chance = sum(p for c, p in line.chances.items() if c == own or c in gone)
    rest = {c: p for c, p in line.chances.items() if c != own and c not in gone}
    return replace(line, chances=dict(sorted({own: chance, **rest}.items(), key=lambda x: -x[1])))
