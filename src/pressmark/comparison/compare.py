"""Compares two sources: pairs their facts, explains what differs, and says it as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pressmark.comparison.difference import Comparison, Difference, Kind
from pressmark.comparison.explain import explained
from pressmark.comparison.pairs import aligned, labels_differ, paired, same
from pressmark.comparison.source import OWN, Source, Stated, with_sides_as_one
from pressmark.finding import Finding, finding
from pressmark.mapping.dictionary import Filer
from pressmark.mapping.prior import same_company
from pressmark.period import Period

STATEMENTS = ("IS", "CI", "BS", "CF", "")
CODES = {
    Kind.CONTRADICTORY: "compare.contradictory",
    Kind.SIGN: "compare.sign",
    Kind.RESTATED: "compare.restated",
    Kind.RECLASSIFIED: "compare.reclassified",
    Kind.SPLIT: "compare.split",
    Kind.CONCEPT: "compare.concept-changed",
    Kind.LABEL: "compare.label-changed",
    Kind.GONE: "compare.gone",
    Kind.NEW: "compare.new",
}


def compare(older: Source, newer: Source) -> Comparison:
    """What `newer` states otherwise than `older`, in the order of its statements. Pure; raises nothing."""
    moved = aligned({f.period for f in older.facts}, {f.period for f in newer.facts})
    older = replace(older, facts=tuple(replace(f, period=moved.get(f.period, f.period)) for f in older.facts))
    older, newer = with_sides_as_one(older, newer), with_sides_as_one(newer, older)
    pairs = paired(older, newer)
    differing = explained(older, newer, pairs)
    told = {d.older.key for d in differing if d.older}
    equal = [(a, b) for a, b in pairs.both if a.key not in told]
    rounded = tuple(Difference(Kind.ROUNDING, a, b) for a, b in equal if a.name == b.name and not same(a, b))
    tagged = [Difference(Kind.CONCEPT, a, b, _tagged(a, b)) for a, b in equal if a.name != b.name]
    relabelled = [Difference(Kind.LABEL, a, b, _relabelled(a, b)) for a, b in _renamed(equal)]
    found = tuple(sorted((*differing, *tagged, *relabelled), key=_order(older, newer)))
    overlap = _overlap(older, newer)
    return Comparison(
        older,
        newer,
        overlap,
        len(equal) - len(rounded) - len(tagged),
        found,
        rounded,
        (*_about(older, newer, overlap), *_findings(found, older, newer)),
    )


def _overlap(older: Source, newer: Source) -> tuple[Period, ...]:
    both = {p for s, p in older.covered if (s, p) in newer.covered}
    return tuple(sorted(both, key=lambda p: (p.instant, p.end, p.days)))


def _order(older: Source, newer: Source) -> Callable[[Difference], tuple[int, int, int]]:
    """By statement, then by where the fact stands in its source."""
    ours, theirs = ({f.key: i for i, f in enumerate(s.facts)} for s in (older, newer))

    def key(difference: Difference) -> tuple[int, int, int]:
        one, other = difference.older, difference.newer
        at = theirs[other.key] if other else ours[one.key] if one else 0
        return STATEMENTS.index(difference.stated.statement), at, list(Kind).index(difference.kind)

    return key


def _renamed(pairs: Iterable[tuple[Stated, Stated]]) -> Iterator[tuple[Stated, Stated]]:
    """A pair for each concept that both sources give a statement's line with, under labels that differ."""
    seen = set()
    for a, b in pairs:
        balance = a.statement == "CF" and a.period.instant  # opening in one column, closing in the next
        if a.name == b.name and a.statement and b.statement and a.name not in seen and not balance:
            seen.add(a.name)
            if labels_differ(a, b):
                yield a, b


def _tagged(older: Stated, newer: Stated) -> str:
    """How the concepts of one line differ."""
    ours, theirs = (f.name.startswith(f"{OWN}:") for f in (older, newer))
    own = "both are elements of the company's own" if ours and theirs else ""
    one = "a us-gaap element took the place of the company's own" if ours and not theirs else ""
    two = "an element of the company's own took the place of a us-gaap one" if theirs and not ours else ""
    return f"{older.concept} became {newer.concept}" + (f": {own or one or two}" if own or one or two else "")


def _relabelled(older: Stated, newer: Stated) -> str:
    return f"“{older.label}” became “{newer.label}” under {newer.concept}"


def _about(older: Source, newer: Source, overlap: Sequence[Period]) -> Iterator[Finding]:
    """What is to be said of the two sources as wholes."""
    one = Filer(older.cik, older.company, older.ticker)
    if not same_company(one, cik=newer.cik, name=newer.company, ticker=newer.ticker):
        message = f"{older.file} is of {_who(older)}, {newer.file} of {_who(newer)}"
        yield finding("compare.other-company", message)
    if not overlap:
        message = f"{older.file} ({_periods(older)}) and {newer.file} ({_periods(newer)}) have no period in common"
        yield finding("compare.no-overlap", message)


def _who(source: Source) -> str:
    return f"{source.company or 'a company without a name'}{f' (CIK {source.cik})' if source.cik else ''}"


def _periods(source: Source) -> str:
    """The newest period of each length."""
    found: dict[bool, Period] = {}
    for _, period in sorted(source.covered, key=lambda x: (x[1].end, x[1].days)):
        found[period.instant] = period
    return ", ".join(map(str, found.values())) or "no statement"


def _findings(differences: Sequence[Difference], older: Source, newer: Source) -> Iterator[Finding]:
    """A finding for each difference; one for all that share a cause or a change of concept."""
    seen: set[tuple[object, ...]] = set()
    for one in differences:
        stated = one.stated
        shared: tuple[object, ...] = (one.kind, stated.name, stated.period, stated.unit)
        if one.kind is Kind.CONCEPT or (one.kind is Kind.RECLASSIFIED and one.cause):
            shared = (one.kind, one.why, one.cause)
        if shared not in seen:
            seen.add(shared)
            place = stated.places[0] if stated.places else None
            yield finding(CODES[one.kind], _message(one, older, newer), place, stated.concept)


def _message(one: Difference, older: Source, newer: Source) -> str:
    """A difference in a sentence that names both values and the other source's line."""
    stated = one.stated
    what = f"“{stated.label}” for {stated.period}"
    if one.kind is Kind.CONCEPT or one.kind is Kind.LABEL:
        return f"{one.why} ({older.file}{_line(one.older)})"
    if one.newer is None:
        return f"{what}, {stated.value:,f}, is not in {newer.file}" + (f": {one.why}" if one.why else "")
    if one.older is None:
        return f"{what}, {stated.value:,f}, is not in {older.file}" + (f": {one.why}" if one.why else "")
    where = f"{one.older.value:,f} in {older.file}{_line(one.older)}"
    became = f"; {one.older.concept} became {one.newer.concept}" if one.older.name != one.newer.name else ""
    return f"{what} is {one.newer.value:,f}, but {where}: {one.why}{became}"


def _line(stated: Stated | None) -> str:
    return f", line {stated.places[0].line}" if stated and stated.places else ""
