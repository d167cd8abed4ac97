"""Learns `taxonomy/filers.tsv` and `taxonomy/weights.tsv`: what tells between the candidates of a line.

Needs the extra `train`; run it after `build_lexicon.py`, with the same companies left out.

usage: build_weights.py --labels LABELS.tsv.gz [--leave-out CIK ...] [-o FOLDER] [--keep FILE]

The candidates of recent filings come from a model that did not learn from their company (`FOLDS` parts), what is known
of filers from others again. `--keep` keeps those candidates in a file, or takes them from it if it is there.
"""

from __future__ import annotations

import argparse
import csv
import pickle
import random
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from build_lexicon import ERAS, FOLDER, LEAST_COMPANIES, RECENT_WEIGHT, RENEWED_WEIGHT
from pressmark.mapping.candidates import KEEP
from pressmark.mapping.choose import EXTENSION
from pressmark.mapping.features import small_words, words
from pressmark.mapping.lexicon import COUNTS, bare, blended
from pressmark.mapping.model import LEAST
from pressmark.mapping.table import concept_table
from pressmark.mapping.weigh import EVIDENCE, Asked, Usage, usage, weighable
from training import STATEMENTS, Line, matrix, read_filings, train, weighted

FOLDS, INNER, SEED = 4, 3, 5
RIDGE = 3.0

Filing = Sequence[Line]
Label = tuple[str, ...]
_CAPITAL = re.compile(r"(?<!^)([A-Z])")
Example = tuple[np.ndarray, int]
"""What is weighed of the candidates of a line, and the place of the right one, -1 where it is not among them."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of a recent filing with its candidates, by those who did not know its company."""

    filing: int
    line: Line
    asked: Asked


def main() -> None:
    """Reads the label pairs, fits, writes both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="CIK")
    parser.add_argument("-o", "--out", type=Path, default=FOLDER)
    parser.add_argument("--keep", type=Path, metavar="FILE")
    args = parser.parse_args()
    filings = read_filings(args.labels, frozenset(args.leave_out))
    judged = kept(filings, args.keep)
    weights = fitted(list(evidence(filings, judged)))
    write(args.out / "filers.tsv", "How many companies use a concept, and its words.", used(filings))
    told = [{"evidence": name, "weight": f"{w:.3f}"} for name, w in zip(EVIDENCE, weights, strict=True)]
    write(args.out / "weights.tsv", "What tells between the candidates of a line, in log-odds.", told)
    report(filings, judged)


def kept(filings: Sequence[Filing], path: Path | None) -> list[Judged]:
    """The judged lines, from the file if it is there."""
    if path is not None and path.exists():
        return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # noqa: S301 - our own file
    judged = [x for statement in STATEMENTS for x in judge(filings, statement)]
    if path is not None:
        path.write_bytes(pickle.dumps(judged))
    return judged


def parts(companies: Iterable[str], number: int) -> list[frozenset[str]]:
    """The companies in so many parts, always the same."""
    order = sorted(set(companies))
    random.Random(SEED).shuffle(order)  # noqa: S311 - a fixed split, not a secret
    return [frozenset(order[k::number]) for k in range(number)]


def judge(filings: Sequence[Filing], statement: str) -> Iterator[Judged]:
    """The lines of a statement in recent filings, by models of the other companies; each wording of a company once."""
    of = [(i, x) for i, filing in enumerate(filings) for x in filing if x.context.statement == statement]
    for held in parts((x.company for _, x in of if x.context.recent), FOLDS):
        learned = [x for _, x in of if x.company not in held]
        once = {(x.company, x.label, x.concept): (i, x) for i, x in of if x.company in held and x.context.recent}
        test = list(once.values())
        users = counts(learned)
        heard: dict[tuple[str, Label], set[str]] = defaultdict(set)
        for x in learned:
            heard[x.context.measure, bare(x.label)].add(x.company)
        for (i, line), own in zip(test, by_model(learned, [x for _, x in test]), strict=True):
            said = users.get((line.context.below, line.context.measure, line.label), {})
            if len({company for eras in said.values() for who in eras.values() for company in who}) < LEAST_COMPANIES:
                said = {}
            numbers = {c: {era: len(who) for era, who in eras.items()} for c, eras in said.items()}
            factors = dict(zip(ERAS, COUNTS[line.context.era], strict=True))
            told = {c: sum(factors[era] * n for era, n in eras.items()) for c, eras in numbers.items()}
            best = sorted(blended(own, told).items(), key=lambda x: -x[1])[:KEEP]
            known = len(heard[line.context.measure, bare(line.label)]) >= LEAST_COMPANIES
            yield Judged(i, line, Asked(line.label, line.context, dict(best), known))
    print(f"{statement}: judged", flush=True)


def by_model(learned: Sequence[Line], test: Sequence[Line]) -> Iterator[dict[str, float]]:
    """The candidates that the model alone has for lines that it did not learn from."""
    distinct, weights = weighted(learned, RECENT_WEIGHT, RENEWED_WEIGHT)
    names = sorted({x.concept for x in distinct})
    index = {n: i for i, n in enumerate(names)}
    x, columns = matrix(distinct)
    w = train(x, np.array([index[d.concept] for d in distinct]), weights, len(names))
    scores = np.asarray(matrix(test, columns)[0] @ w)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    for row in powers / powers.sum(axis=1, keepdims=True):
        yield {names[i]: float(row[i]) for i in np.flatnonzero(row > LEAST) if names[i] != EXTENSION}


def counts(lines: Iterable[Line]) -> dict[tuple[str, str, Label], dict[str, dict[str, set[str]]]]:
    """Who words a line so in its place, by concept and era."""
    users: dict[tuple[str, str, Label], dict[str, dict[str, set[str]]]] = {}
    for x in lines:
        eras = users.setdefault((x.context.below, x.context.measure, x.label), {}).setdefault(x.concept, {})
        eras.setdefault(x.context.era, set()).add(x.company)
    return users


def used(filings: Iterable[Filing], leave_out: Collection[str] = ()) -> list[dict[str, str]]:
    """The rows of `taxonomy/filers.tsv`, by companies that are not left out."""
    who: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    for x in (x for filing in filings for x in filing if x.company not in leave_out):
        who[x.concept][x.context.recent].add(x.company)
    return [
        {
            "concept": concept,
            "recent": str(len(eras[True])),
            "older": str(len(eras[False])),
            "name": own_words(_CAPITAL.sub(r" \1", concept)),
            "label": own_words(concept_table()[concept].label),
        }
        for concept, eras in sorted(who.items())
    ]


def own_words(text: str) -> str:
    """The base words of a text, each once, without small ones."""
    return " ".join(sorted(frozenset(words(text)) - small_words()))


def evidence(
    filings: Sequence[Filing], judged: Sequence[Judged], leave_out: frozenset[str] = frozenset()
) -> Iterator[Example]:
    """What is weighed of each line, by what companies of other parts use, and the place of the right one."""
    companies = {x.line.company for x in judged} - leave_out
    for held in parts(companies, INNER):
        yield from examples([x for x in judged if x.line.company in held], usage(used(filings, held | leave_out)))


def examples(judged: Sequence[Judged], known: Usage) -> Iterator[Example]:
    """What is weighed of each line, a filing at a time."""
    by_filing: dict[int, list[Judged]] = defaultdict(list)
    for x in judged:
        by_filing[x.filing].append(x)
    for lines in by_filing.values():
        for x, weighed in zip(lines, weighable([y.asked for y in lines], known), strict=True):
            if not weighed:
                continue
            names = list(x.asked.chances)
            yield np.array(weighed), names.index(x.line.concept) if x.line.concept in names else -1


def fitted(found: Sequence[Example]) -> np.ndarray:
    """The weights that make the right candidates likeliest (conditional logistic regression with a ridge)."""
    used = [(x, right) for x, right in found if right >= 0]
    x = np.concatenate([x for x, _ in used])
    sizes = np.array([len(x) for x, _ in used])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    line = np.repeat(np.arange(len(used)), sizes)
    right = starts + np.array([right for _, right in used])
    first = np.eye(1, len(EVIDENCE))[0]  # the model's chance as it is

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ w
        odds -= np.maximum.reduceat(odds, starts)[line]
        powers = np.exp(odds)
        sums = np.add.reduceat(powers, starts)
        slope = powers / sums[line]
        slope[right] -= 1
        off = w - first
        return np.log(sums).sum() - odds[right].sum() + RIDGE / 2 * off @ off, x.T @ slope + RIDGE * off

    return minimize(loss, first, jac=True, method="L-BFGS-B").x


def report(filings: Sequence[Filing], judged: Sequence[Judged]) -> None:
    """Prints how often the likeliest candidate is right before and after weighing, companies held apart throughout."""
    outcomes: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for held in parts({x.line.company for x in judged}, INNER):
        weights = fitted(list(evidence(filings, judged, held)))
        test = [x for x in judged if x.line.company in held]
        for x, right in examples(test, usage(used(filings, held))):
            outcomes["all"].append((right == 0, int((x @ weights).argmax()) == right))
    for name, found in outcomes.items():
        before, after = np.mean(found, axis=0)
        print(f"{name}: {len(found)} lines, right {before:.4f} before, {after:.4f} after")


def write(path: Path, head: str, table: Sequence[Mapping[str, str]]) -> None:
    """A table with a comment above."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {head} Written by tools/build_weights.py.\n")
        writer = csv.DictWriter(file, list(table[0]), delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main()
