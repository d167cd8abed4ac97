"""What the wording of a line says: entries of the same label, under the same heading first, and of like labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pressmark.mapping.dictionary import Dictionary, Entry
from pressmark.mapping.features import words
from pressmark.mapping.table import concept_table
from pressmark.statements.statement import LineItem, Measure

SAME_SECTION, SAME, SISTER, NOTES = 0.97, 0.94, 0.88, 0.45
LIKE_FROM, LIKE_LEAST, LIKE_MOST = 78.0, 0.35, 0.88
HALF = 0.5
DETAIL = 0.6
SAME_PLACE = 85.0
SISTERS = {"IS": "CI", "CI": "IS"}
TYPES = {
    Measure.MONEY: "monetaryItemType",
    Measure.SHARES: "sharesItemType",
    Measure.PER_SHARE: "perShareItemType",
    Measure.PURE: "pureItemType",
}
_QUANTITY = (("par value", "Par"), ("authorized", "Authorized"), ("issued", "Issued"), ("outstanding", "Outstanding"))
_TURNS = re.compile(
    r"\(?\b(?:loss(?:es)?|income|gains?|benefits?|expenses?|provision|deficit|earnings|used|provided|increase|decrease)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a line, in base-form words: the headings it stands under, all labels of its statement.

    `before` counts the lines of its wording that stand above it under the same heading, `again` those anywhere above.
    `heading` is the nearest line without values above; the line is number `position` (from 0) of `size` under it.
    """

    headings: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    before: int = 0
    again: int = 0
    heading: str = ""
    position: int = 0
    size: int = 0


def fits(concept: str, line: LineItem, dictionary: Dictionary) -> bool:
    """Whether a concept has the line's item type and period type; one that nothing is known of fits by its use."""
    table = concept_table()
    known = table[concept] if concept in table else dictionary.own.get(concept)
    if known is None:
        return ":" not in concept
    instants = {v.period.instant for v in line.values}
    return known.type == TYPES[line.measure] and instants <= {known.period_type == "instant"}


def labelled(
    line: LineItem, statement: str, around: Around, dictionary: Dictionary
) -> Iterator[tuple[Entry, float, str]]:
    """The entries whose wording is the line's or like it, with a score and the reason in words."""
    if line.parenthetical:
        yield from _inside(line, statement, dictionary)
        return
    own = " ".join(words(line.label.text))
    if own:
        found = list(_worded(own, line, statement, around, dictionary))
        for entry, score, reason in _placed(own, found, statement, around, dictionary):
            # A wording that comes again elsewhere (in a note below the statement) is a detail of the first.
            if around.again and entry.section not in around.headings:
                yield entry, score * (1 - DETAIL), reason
                yield replace(entry, part=True), score * DETAIL, f"{reason} again"
            else:
                yield entry, score, reason


def _worded(
    own: str, line: LineItem, statement: str, around: Around, dictionary: Dictionary
) -> Iterator[tuple[Entry, float, str]]:
    """Entries by wording alone: the same, the same but for "total", a like one, one of a sister statement or a note."""
    exact = [e for e in dictionary.by_label.get(own, ()) if not e.inside]
    here = [e for e in exact if e.statement == statement]
    known = dictionary.by_label
    if here and f"total {own}" in around.labels and f"total {own}" not in known:
        # the line of that wording was the total then, which now says so
        yield from ((e, score * HALF, reason) for e, score, reason in _shared(here, around, line, dictionary))
        return
    if here:
        yield from _shared(here, around, line, dictionary)
        return
    plain = own.removeprefix("total ")
    once = [e for e in known.get(plain, ()) if e.statement == statement and not e.inside and not e.part]
    if plain != own and once:
        yield from _shared(once, around, line, dictionary)
        return
    near = list(_like(own, line, statement, around.headings, dictionary))
    yield from near
    for entry in exact:
        if entry.statement and entry.statement == SISTERS.get(statement):
            yield entry, SISTER, f"the prior filing's {entry.statement} line “{entry.text}”"
        elif not entry.statement and not near and _belongs(entry, statement):
            yield entry, NOTES, f"a line “{entry.text}” of the prior filing's notes"


def _placed(
    own: str, found: list[tuple[Entry, float, str]], statement: str, around: Around, dictionary: Dictionary
) -> Iterator[tuple[Entry, float, str]]:
    """Entries of the heading that has as many lines as the line's own: the one at the line's place comes first."""
    rows = dictionary.rows.get((statement, around.heading), ())
    if len(rows) < 2 or len(rows) != around.size or around.position >= len(rows):
        yield from found
        return
    there = rows[around.position]
    if not any(e in there for e, _, _ in found):
        from rapidfuzz import fuzz

        like = [e for e in there if fuzz.token_sort_ratio(own, e.label) >= SAME_PLACE]
        found = [*found, *((e, LIKE_MOST, f"the prior filing's line “{e.text}” at the same place") for e in like)]
    if not any(e in there for e, _, _ in found):
        yield from found
        return
    for entry, score, reason in found:
        if entry in there:
            yield entry, max(score, LIKE_MOST), reason
        else:
            yield entry, score * HALF * HALF, reason


def _shared(
    entries: Sequence[Entry], around: Around, line: LineItem, dictionary: Dictionary
) -> Iterator[tuple[Entry, float, str]]:
    """Entries of one wording: under the line's heading first; several concepts go by their order, or share."""
    under = [e for e in entries if e.section in around.headings]
    chosen = [e for e in under or entries if e.part or _typed(e, line)]
    twins = {t for n, e in enumerate(chosen) for t in dictionary.twins(e) if t in {x.concept for x in chosen[n + 1 :]}}
    chosen = [e for e in chosen if e.concept not in twins]
    score = SAME_SECTION if under else SAME
    where = " under the same heading" if under else ""
    concepts = list(
        dict.fromkeys((e.concept, e.part) for e in sorted(chosen, key=lambda e: (-e.end.toordinal(), e.order)))
    )
    ordered = under and 1 < len(concepts) == len(chosen) and around.before < len(concepts)
    for entry in chosen:
        share = 1 / len(concepts)
        if ordered:  # as many lines of this wording stood there: the first is the first
            share = 0.93 if (entry.concept, entry.part) == concepts[around.before] else 0.07 / (len(concepts) - 1)
        yield entry, score * share, f"the prior filing's line “{entry.text}”{where}"


def _typed(entry: Entry, line: LineItem) -> bool:
    table = concept_table()
    return entry.concept not in table or table[entry.concept].type == TYPES[line.measure]


def _like(
    own: str, line: LineItem, statement: str, headings: Collection[str], dictionary: Dictionary
) -> Iterator[tuple[Entry, float, str]]:
    """Entries of a like wording in the statement, also where the heading completes one of the two."""
    from rapidfuzz import fuzz

    full = " ".join(words(line.full_label))
    for label in dictionary.labels.get(statement, ()):
        plain = fuzz.token_sort_ratio(own, label)
        for entry in dictionary.by_label[label]:
            if entry.inside or entry.statement != statement:
                continue
            ratio = plain
            if len(label.split()) < 3 or len(own.split()) < 3:  # "Basic" under "Net income per share"
                ratio = max(ratio, fuzz.token_sort_ratio(full, f"{entry.section} {label}"))
            if entry.section in headings:
                ratio += 4
            if ratio >= LIKE_FROM:
                score = LIKE_LEAST + (min(ratio, 100) - LIKE_FROM) / (100 - LIKE_FROM) * (LIKE_MOST - LIKE_LEAST)
                yield entry, score, f"like the prior filing's line “{entry.text}”"


def _inside(line: LineItem, statement: str, dictionary: Dictionary) -> Iterator[tuple[Entry, float, str]]:
    """Figures inside another line's label: the stock line or allowance that the filing has in such a place."""
    from rapidfuzz import fuzz

    named = line.label.text.lower()
    keys = [part for word, part in _QUANTITY if word in named]
    stock = " ".join(words(line.full_label.rpartition(",")[0] or line.full_label))
    for entry in dictionary.of_statement.get(statement, ()):
        if not (entry.inside or any(k in entry.concept for k in keys)):
            continue
        if keys and not any(k in entry.concept for k in keys):
            continue
        ratio = fuzz.token_set_ratio(stock, entry.label)
        if ratio >= LIKE_FROM:
            yield (
                entry,
                SAME if ratio >= 95 else LIKE_MOST * ratio / 100,
                f"inside the prior filing's line “{entry.text[:60]}”",
            )


def _belongs(entry: Entry, statement: str) -> bool:
    """Whether a concept of the notes is used in the statement; a filer's own may be."""
    table = concept_table()
    return entry.concept not in table or statement in table[entry.concept].statements


def sign_of(entry: Entry, line: LineItem) -> int:
    """The entry's sign where the line prints as the entry did and its wording turns the same way, else 0."""
    if not entry.sign or turns(entry.text) != turns(line.label.text):
        return 0
    negative = any(v.printed < 0 for v in line.values)
    positive = any(v.printed > 0 for v in line.values)
    return entry.sign if (negative and entry.negative) or (positive and entry.positive) else 0


def turns(label: str) -> tuple[str, ...]:
    """The words of a label that tell which way it is positive, with an opening bracket where they stand in one."""
    return tuple(m[0].lower().rstrip("s") for m in _TURNS.finditer(label))


def surroundings(lines: Sequence[LineItem]) -> list[Around]:
    """What stands around each line: its section, the nearest line without values above, the labels of all lines."""
    said = [" ".join(words(line.label.text)) for line in lines]
    nearest: list[str] = []
    for line, text in zip(lines, said, strict=True):
        nearest.append(text if not line.values else nearest[-1] if nearest else "")
    sizes = Counter(h for h, x in zip(nearest, lines, strict=True) if x.values and not x.parenthetical)
    found: list[Around] = []
    here: Counter[tuple[str, str]] = Counter()
    anywhere: Counter[tuple[str, Measure]] = Counter()
    position: Counter[str] = Counter()
    for line, text, heading in zip(lines, said, nearest, strict=True):
        headings = frozenset({heading, *(" ".join(words(s)) for s in line.section)})
        found.append(
            Around(
                headings,
                frozenset(said),
                here[heading, text],
                anywhere[text, line.measure],
                heading,
                position[heading],
                sizes[heading],
            )
        )
        if line.values:
            here[heading, text] += 1
            anywhere[text, line.measure] += 1
            position[heading] += not line.parenthetical
    return found
