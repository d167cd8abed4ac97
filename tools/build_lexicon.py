"""Learns `taxonomy/lexicon.bin` (the model), `lexicon.tsv` (label counts) and `word-classes.tsv` from label pairs.

The model and the classes learn from `wordings.tsv` beside this file too, which is written by hand.

Needs the extra `train`.

usage: build_lexicon.py --labels LABELS.tsv.gz [--leave-out CIK ...] [-o FOLDER]

The label table has the columns company, fiscal_year, statement, concept, label, section, prev_sub and next_sub;
lines of one filing stand together. `--leave-out` keeps companies out of everything that is learned, for measuring.
"""

from __future__ import annotations

import argparse
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from training import STATEMENTS, Line, averaged, matrix, read, weighted
from word_classes import common, word_classes

FOLDER = Path(__file__).resolve().parent.parent / "taxonomy"
PRUNE = 0.07
RECENT_WEIGHT = 3.0
RENEWED_WEIGHT = 1.0
LEAST_COMPANIES = 2
ERAS = ("old", "recent", "latest")


def main() -> None:
    """Reads the label pairs, trains and writes both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="CIK")
    parser.add_argument("-o", "--out", type=Path, default=FOLDER)
    parser.add_argument("--counts-only", action="store_true", help="leave the model as it is")
    args = parser.parse_args()
    lines = read(args.labels, frozenset(args.leave_out))
    args.out.mkdir(parents=True, exist_ok=True)
    write_counts(lines, args.out / "lexicon.tsv")
    if args.counts_only:
        return
    classes = word_classes(lines)
    shared = common(lines)
    write_classes({w: kind for w, kind in classes.items() if w in shared}, args.out / "word-classes.tsv")
    blocks = (block(s, [x for x in lines if x.context.statement == s], classes) for s in STATEMENTS)
    (args.out / "lexicon.bin").write_bytes(b"".join(blocks))


def write_classes(classes: Mapping[str, int], path: Path) -> None:
    """Each word with its class, class by class."""
    text = "".join(f"{word}\t{kind}\n" for word, kind in sorted(classes.items(), key=lambda x: (x[1], x[0])))
    head = "# Words that word the lines of like elements share a class. Written by tools/build_lexicon.py.\n"
    path.write_text(f"{head}word\tclass\n{text}", encoding="utf-8")


def block(statement: str, lines: Sequence[Line], classes: Mapping[str, int]) -> bytes:
    """The model of one statement in the layout that `pressmark.mapping.model` reads."""
    distinct, weights = weighted(lines, RECENT_WEIGHT, RENEWED_WEIGHT)
    names = sorted({x.concept for x in distinct})
    index = {n: i for i, n in enumerate(names)}
    x, columns = matrix(distinct, classes=classes)
    w = averaged(x, np.array([index[d.concept] for d in distinct]), weights, len(names))
    w[np.abs(w) < PRUNE] = 0
    scale = float(np.abs(w).max()) / 127
    q = np.rint(w / scale).astype(np.int8)
    used = np.flatnonzero(q.any(axis=1))
    q, columns = q[used], columns[used]
    rows, classes = np.nonzero(q)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(columns)))])
    text = "\n".join(names).encode()
    head = struct.pack("<4s2sHIIIf", b"PMLX", statement.encode(), len(names), len(text), len(columns), len(rows), scale)
    print(f"{statement}: {len(distinct)} lines, {len(names)} concepts, {len(columns)} features, {len(rows)} weights")
    parts = (columns.astype("<u4"), offsets.astype("<u4"), classes.astype("<u2"), q[rows, classes])
    return head + text + b"".join(p.tobytes() for p in parts)


def write_counts(lines: Sequence[Line], path: Path) -> None:
    """Labels that two or more companies use, with how many tag each element, by era."""
    users: dict[tuple[str, str, str, str], dict[str, dict[str, set[str]]]] = {}
    for line in lines:
        key = (line.context.statement, line.context.below, line.context.measure, " ".join(line.label))
        eras = users.setdefault(key, {}).setdefault(line.concept, {era: set() for era in ERAS})
        eras[line.context.era].add(line.company)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("statement\tbelow\tmeasure\tlabel\tconcepts\n")
        for key, concepts in sorted(users.items()):
            companies = {c for eras in concepts.values() for who in eras.values() for c in who}
            if key[3] and len(companies) >= LEAST_COMPANIES:
                counts = sorted(concepts.items(), key=lambda x: -len(set().union(*x[1].values())))[:8]
                shown = " ".join(":".join((c, *(str(len(eras[e])) for e in ERAS))) for c, eras in counts)
                file.write("\t".join((*key, shown)) + "\n")


if __name__ == "__main__":
    main()
