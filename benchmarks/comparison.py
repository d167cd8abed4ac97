"""Comparison over real releases: what neighbouring releases of one company show, and whether made faults are told.

usage: python benchmarks/comparison.py RELEASES... [--filings FOLDER] [--seed N] [--pairs]

Each file of a folder is compared with the next of the same company (`company-...`, by name), and with the filing
`company-*` in the folder of filings. Then, in each newer release, one value that agreed is changed (a digit, the
sign, two values of one column swapped), six times a pair, and what the comparison says of it is counted.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from pressmark.comparing import source
from pressmark.comparison.compare import compare
from pressmark.comparison.difference import Comparison, Kind
from pressmark.comparison.source import Key, Source, Stated
from pressmark.errors import InputError

FAULTS_A_PAIR = 6
LEAST = 5
read = cache(source)


def company(path: Path) -> str:
    """The company of a file named `company-period.suffix`."""
    return re.split(r"-\d", path.name)[0]


def neighbours(folder: Path) -> Iterator[tuple[str, str]]:
    """Each release of a folder with the next of the same company."""
    found: dict[str, list[Path]] = {}
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".htm", ".txt")):
        found.setdefault(company(path), []).append(path)
    for paths in found.values():
        yield from ((str(a), str(b)) for a, b in pairwise(paths))


def with_filings(folder: Path, filings: Path) -> Iterator[tuple[str, str]]:
    """Each release of a folder with the filing of its company."""
    for path in sorted(folder.glob("*.htm")):
        yield from ((str(path), str(filing)) for filing in sorted(filings.glob(f"{company(path)}-*")))


def compared(pairs: Iterator[tuple[str, str]], *, shown: bool) -> list[Comparison]:
    """The comparisons of pairs that have facts in common."""
    found = []
    for older, newer in pairs:
        try:
            one = compare(read(older), read(newer))
        except InputError as error:
            print(error)
            continue
        if shown:
            kinds = ", ".join(f"{n} {k}" for k, n in one.count().items())
            print(f"{Path(older).name} {Path(newer).name}: {one.agree} of {one.compared} agree; {kinds}")
        if one.compared:
            found.append(one)
    return found


def total(title: str, comparisons: Sequence[Comparison]) -> None:
    """One row of the table of pairs."""
    kinds: Counter[Kind] = sum((c.count() for c in comparisons), Counter())
    facts, agree = sum(c.compared for c in comparisons), sum(c.agree + len(c.rounded) for c in comparisons)
    told = ", ".join(f"{n} {k}" for k, n in kinds.most_common())
    print(f"{title}: {len(comparisons)} pairs, {facts} facts, {agree} agree; {told}")


def faulty(kind: str, fact: Stated, others: Sequence[Stated], chance: random.Random) -> dict[Key, Decimal]:
    """New values for one fact or two; empty where the fault can't be made."""
    if kind == "sign":
        return {fact.key: -fact.value}
    if kind == "swap":
        other = chance.choice(others)
        return {fact.key: other.value, other.key: fact.value} if other.value != fact.value else {}
    digits = str(int(abs(fact.value).scaleb(fact.decimals or 0)))
    at = chance.randrange(len(digits))
    digit = chance.choice([d for d in "123456789" if d != digits[at]])
    value = Decimal(digits[:at] + digit + digits[at + 1 :]).scaleb(-(fact.decimals or 0))
    return {fact.key: value.copy_sign(fact.value)}


def outcome(older: Source, newer: Source, values: Mapping[Key, Decimal]) -> str:
    """What a comparison says of changed values: the gravest kind, "rounding" or "nothing"."""
    facts = tuple(replace(f, value=values.get(f.key, f.value)) for f in newer.facts)
    found = compare(older, replace(newer, facts=facts))
    about = [d for d in (*found.differences, *found.rounded) if any(s and s.key in values for s in (d.older, d.newer))]
    return min((d.kind for d in about), key=list(Kind).index, default="nothing")


def faults(comparisons: Sequence[Comparison], seed: int) -> None:
    """The table of faults."""
    chance, counts = random.Random(seed), {kind: Counter[str]() for kind in ("digit", "sign", "swap")}  # noqa: S311
    for one in comparisons:
        older = one.older.by_key
        same = [f for f in one.newer.facts if f.statement and f.value and f.key in older]
        same = [f for f in same if older[f.key].value == f.value]
        for _ in range(FAULTS_A_PAIR if len(same) >= LEAST else 0):
            fact = chance.choice(same)
            column = [f for f in same if (f.statement, f.period, f.unit) == (fact.statement, fact.period, fact.unit)]
            for kind, count in counts.items():
                values = faulty(kind, fact, column, chance)
                if values:
                    count[outcome(one.older, one.newer, values)] += 1
    for kind, count in counts.items():
        told = ", ".join(f"{n} {k}" for k, n in count.most_common())
        print(f"{kind}: {count.total()} faults; {told}")


def main() -> None:
    """Compares, and prints the two tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("releases", nargs="+", type=Path)
    parser.add_argument("--filings", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pairs", action="store_true", help="print each pair")
    given = parser.parse_args()
    releases = [c for folder in given.releases for c in compared(neighbours(folder), shown=given.pairs)]
    total("release and next release", releases)
    if given.filings:
        pairs = (p for folder in given.releases for p in with_filings(folder, given.filings))
        total("release and filing", compared(pairs, shown=given.pairs))
    faults(releases, given.seed)


if __name__ == "__main__":
    main()
