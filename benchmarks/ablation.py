"""Measures what each rung of the mapping ladder gains: strict by set with the rung removed.

usage: ablation.py [SET ...] [--shared FOLDER] [--only RUNG ...]

The releases are read once; then their statements are mapped and scored without prose. A rung is removed by putting a
function that does nothing in the place of its own, in this process only. "row by row" removes the joint choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from labelled import Labelled, arguments, releases, scorer
from pressmark.mapping import candidates, choose, comprehensive, ladder, spoken
from pressmark.pipeline import Release, understood
from pressmark.render.lexical import unit_text
from pressmark.report.gather import gather
from pressmark.report.model import Fact
from pressmark.resources import rows
from pressmark.statements.statement import LineItem

FITTING = candidates.fitting
Change = tuple[ModuleType, str, Callable[..., Any] | float]


def as_it_was(first: object, *_: object) -> object:
    """In the place of a rung that changes chances or choices."""
    return first


def nothing(*_: object) -> dict[str, object]:
    """In the place of a rung that adds something."""
    return {}


def never(*_: object) -> bool:
    """In the place of a question."""
    return False


def often_used(chances: Mapping[str, float], line: LineItem) -> dict[str, float]:
    """In the place of `fitting`: what fits, of the concepts that two or more recent filers use."""
    return {n: p for n, p in FITTING(chances, line).items() if n in recently_used()}


@cache
def recently_used() -> frozenset[str]:
    """The concepts that two or more recent filers use, by `taxonomy/filers.tsv`."""
    return frozenset(r["concept"] for r in rows("taxonomy/filers.tsv") if int(r["recent"]) > 1)


def row_by_row(lines: Sequence[choose.Row]) -> list[str]:
    """The likeliest concept of each line by itself."""
    return [max(row.chances, key=lambda c, row=row: row.chances[c]) for row in lines]  # type: ignore[misc]


RUNGS: dict[str, tuple[Change, ...]] = {
    "nothing": (),
    "exact wording": ((candidates, "exact", nothing),),
    "label counts": ((candidates, "blended", as_it_was),),
    "unknown wordings weighed anew": ((ladder, "weighed", lambda asked: [x.chances for x in asked]),),
    "learned model": ((candidates, "learned", lambda _label, _context, bonus: dict.fromkeys(bonus, 0.1)),),
    "item and period type": ((candidates, "fitting", as_it_was),),
    "minority, disposal": ((candidates, "without_minority", as_it_was),),
    "before equity income": ((candidates, "before_equity", as_it_was),),
    "undivided": ((candidates, "unclassified", as_it_was),),
    "current or not": ((candidates, "in_its_term", as_it_was),),
    "cash in or out": ((candidates, "flowing", as_it_was),),
    "no revenue in parentheses": ((candidates, "earned", as_it_was),),
    "labels with their heading": ((spoken, "_completed", never),),
    "blocks by heading": ((candidates, "in_its_block", as_it_was),),
    "investments of one kind": ((ladder, "of_one_kind", lambda lines: [chances for _, chances in lines]),),
    "basic and diluted": ((candidates, "basic_and_diluted", as_it_was),),
    "comprehensive: kinds": (
        (comprehensive, "spoken", lambda _, label: label),
        (comprehensive, "of_its_kind", as_it_was),
    ),
    "comprehensive: roles": ((ladder, "roles", nothing),),
    "comprehensive: taxes": ((ladder, "taxes", nothing),),
    "bridges": ((ladder, "bridges", nothing),),
    "beside their parts": ((ladder, "beside_their_parts", as_it_was),),
    "by their parts": ((ladder, "by_their_parts", as_it_was),),
    "on their side": ((ladder, "on_their_side", nothing),),
    "named by sums": ((ladder, "named_by_sums", nothing),),
    "families": ((choose, "_families", dict),),
    "extension for the unknown": ((ladder, "UNKNOWN_CHANCE", 0.02),),
    "joint choice (row by row)": ((ladder, "choose", row_by_row),),
    "concepts that one recent filer or none uses": ((candidates, "fitting", often_used),),
}
TOGETHER = {
    "what can't be": (
        "item and period type",
        "minority, disposal",
        "before equity income",
        "undivided",
        "current or not",
        "cash in or out",
        "no revenue in parentheses",
        "basic and diluted",
    ),
    "what a total and its parts may be": ("beside their parts", "by their parts", "on their side", "named by sums"),
}
RUNGS |= {f"{name} (all)": tuple(c for part in parts for c in RUNGS[part]) for name, parts in TOGETHER.items()}


def main() -> None:
    """Reads the releases, then prints a line a rung."""
    parser = arguments(__doc__)
    parser.add_argument("--only", nargs="*", default=[], metavar="RUNG")
    args = parser.parse_args()
    found = [(x, understood(x.source)) for x in releases(args.shared, args.sets)]
    sets = list(dict.fromkeys(x.set for x, _ in found))
    print("| without | " + " | ".join(sets) + " |\n|---|" + "--:|" * len(sets))
    for rung, changes in RUNGS.items():
        if not args.only or rung in args.only:
            with changed(changes):
                shares = strict(found, scorer(args.shared))
            print(f"| {rung} | " + " | ".join(f"{shares[s]:.1f}" for s in sets) + " |", flush=True)


@contextmanager
def changed(changes: Sequence[Change]) -> Iterator[None]:
    """Puts other functions in the place of a module's own for a while; what was kept of them is forgotten."""
    own = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, other in changes:
        setattr(module, name, other)
    candidates.worded.cache_clear()
    try:
        yield
    finally:
        for module, name, function in own:
            setattr(module, name, function)
        candidates.worded.cache_clear()


def strict(found: Sequence[tuple[Labelled, Release]], score: ModuleType) -> dict[str, float]:
    """The share of strictly right numbers by set, in per cent."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for labelled, release in found:
        statements = [s for s in release.statements if s.gaap]
        facts = gather(ladder.map_statements(statements, release.mapping)).facts.values()
        score.read_report = lambda _, facts=facts: [told(f, score) for f in facts]  # type: ignore[attr-defined]
        counts = score.score(str(labelled.truth), "", misses=False)
        right[labelled.set] += counts["strict"]
        asked[labelled.set] += counts["numbers"]
    return {name: 100 * right[name] / asked[name] for name in asked}


def told(fact: Fact, score: ModuleType) -> tuple[object, ...]:
    """A fact as the scorer knows it."""
    period, unit = fact.context.period, unit_text(fact.unit) if fact.unit else ""
    start = str(period.start) if period.start else ""
    gaap = fact.concept.prefix == "us-gaap"
    return score.Fact(
        fact.concept.name, gaap, start, str(period.end), score.MEASURE.get(unit, unit), fact.value, fact.decimals
    )


if __name__ == "__main__":
    main()
