"""Learns `taxonomy/reliability.tsv`: how often the likeliest concept of a line is right, by concept.

usage: build_reliability.py --labels LABELS.tsv.gz [--leave-out CIK ...] [-o FILE]

Each half of the companies is judged by a model that learned from the other half. A company counts once for a concept
it uses; of older filings it counts a tenth, because today's choice of elements is another.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from build_lexicon import FOLDER, RECENT_WEIGHT, RENEWED_WEIGHT
from pressmark.mapping.choose import EXTENSION
from training import STATEMENTS, Line, matrix, read, train, weighted

SEED = 5
OLDER = 0.1
PRIOR, PRIOR_COMPANIES = 0.7, 3.0
CHUNK = 5000


def main() -> None:
    """Reads the label pairs, judges each half by the other, writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="CIK")
    parser.add_argument("-o", "--out", type=Path, default=FOLDER / "reliability.tsv")
    args = parser.parse_args()
    lines = read(args.labels, frozenset(args.leave_out))
    right: dict[str, dict[tuple[str, bool], list[bool]]] = defaultdict(lambda: defaultdict(list))
    for line, best in judged(lines):
        right[best][line.company, line.context.recent].append(best == line.concept)
    with args.out.open("w", encoding="utf-8", newline="") as file:
        file.write("# How often the likeliest concept of a line is right. Written by tools/build_reliability.py.\n")
        file.write("concept\tright\n")
        for concept, companies in sorted(right.items()):
            file.write(f"{concept}\t{share(companies):.3f}\n")


def share(companies: dict[tuple[str, bool], list[bool]]) -> float:
    """The smoothed share of right choices, each company once."""
    weights = [1.0 if recent else OLDER for _, recent in companies]
    found = sum(w * float(np.mean(outcomes)) for w, outcomes in zip(weights, companies.values(), strict=True))
    return (found + PRIOR * PRIOR_COMPANIES) / (sum(weights) + PRIOR_COMPANIES)


def judged(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line with the likeliest concept by a model that did not see its company."""
    companies = sorted({x.company for x in lines})
    random.Random(SEED).shuffle(companies)  # noqa: S311 - a fixed split, not a secret
    half = set(companies[::2])
    for statement in STATEMENTS:
        of = [x for x in lines if x.context.statement == statement]
        for side in (True, False):
            distinct, weights = weighted([x for x in of if (x.company in half) is side], RECENT_WEIGHT, RENEWED_WEIGHT)
            names = sorted({x.concept for x in distinct})
            index = {n: i for i, n in enumerate(names)}
            x, columns = matrix(distinct)
            w = train(x, np.array([index[d.concept] for d in distinct]), weights, len(names))
            others = [x for x in of if (x.company in half) is not side]
            for first in range(0, len(others), CHUNK):
                part = others[first : first + CHUNK]
                scores = np.asarray(matrix(part, columns)[0] @ w)
                scores[:, [i for i, name in enumerate(names) if name == EXTENSION]] = -np.inf
                best = scores.argmax(axis=1)
                yield from zip(part, (names[b] for b in best), strict=True)
        print(f"{statement}: {len(of)} lines judged", flush=True)


if __name__ == "__main__":
    main()
