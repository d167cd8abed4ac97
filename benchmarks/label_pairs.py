"""Measures label-pair accuracy with companies held apart: 30 % of them are kept out of all that is learned.

usage: label_pairs.py --labels LABELS.tsv.gz [--statement BS ...]

Prints top-1 and top-5 in per cent by statement, for all rows and for those of recent years. A row whose element
is not in today's concept table, and has no replacement there, counts as missed.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from build_lexicon import RECENT_WEIGHT, RENEWED_WEIGHT
from training import RECENT, Line, added, averaged, dated, filings, matrix, read, weighted
from word_classes import word_classes

SHARE = 0.3
SEED = 7


def main() -> None:
    """Reads the label pairs, trains on seventy per cent of the companies, scores the rest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--statement", nargs="*", default=["BS", "IS", "CF"])
    args = parser.parse_args()
    lines = read(args.labels)
    companies = sorted({x.company for x in lines})
    random.Random(SEED).shuffle(companies)  # noqa: S311 - a fixed split, not a secret
    held = set(companies[: int(len(companies) * SHARE)])
    asked = rows_asked(args.labels, held)
    classes = word_classes([x for x in lines if x.company not in held])
    for statement in args.statement:
        of = [x for x in lines if x.context.statement == statement]
        learned, test = [x for x in of if x.company not in held], [x for x in of if x.company in held]
        show(statement, *ranks(learned, test, classes), asked)


def rows_asked(path: Path, held: set[str]) -> Counter[tuple[str, bool]]:
    """How many rows of the held companies there are by statement and era, whatever their element."""
    found = filings(path)
    newer = added(found)
    rows = (r for filing in found for r in dated(filing, newer) if r["company"] in held)
    return Counter((r["statement"], r["fiscal_year"] >= RECENT) for r in rows)


def ranks(learned: list[Line], test: list[Line], classes: dict[str, int]) -> tuple[list[Line], np.ndarray]:
    """The place of the right element among those of each test line, from 0; a large number where it is unknown."""
    distinct, weights = weighted(learned, RECENT_WEIGHT, RENEWED_WEIGHT)
    names = sorted({x.concept for x in distinct})
    index = {n: i for i, n in enumerate(names)}
    x, columns = matrix(distinct, classes=classes)
    w = averaged(x, np.array([index[d.concept] for d in distinct]), weights, len(names))
    scores = matrix(test, columns, classes=classes)[0] @ w
    right = np.array([index.get(t.concept, -1) for t in test])
    own = scores[np.arange(len(test)), right]
    return test, np.where(right < 0, len(names), (scores > own[:, None]).sum(axis=1))


def show(statement: str, test: list[Line], places: np.ndarray, asked: Counter[tuple[str, bool]]) -> None:
    """One line of figures: current elements alone, then all rows."""
    for name, recent in (("all", None), ("recent", True)):
        chosen = np.array([recent is None or t.context.recent == recent for t in test])
        total = sum(n for (s, r), n in asked.items() if s == statement and (recent is None or r == recent))
        first, five = (places[chosen] < 1).sum(), (places[chosen] < 5).sum()
        known = chosen.sum()
        current = f"current elements: {known:6} top-1 {100 * first / known:.1f} top-5 {100 * five / known:.1f}"
        every = f"all rows: {total:6} top-1 {100 * first / total:.1f} top-5 {100 * five / total:.1f}"
        print(f"{statement} {name:6} {current} | {every}", flush=True)


if __name__ == "__main__":
    main()
