"""Fits how sure a choice is: `taxonomy/confidence.tsv` and `taxonomy/judged.tsv`, on labelled releases.

usage: fit_confidence.py [SET ...] [--shared FOLDER] [--lexicon FOLDER] [-o FOLDER]

Run it last, after `tools/build_lexicon.py`, `build_weights.py` and `build_reliability.py`, all three without the
labelled companies. Logistic regression over the facts that the truth judges. How often a concept was right counts for
a fact only as far as it was of other companies. Prints what comes out for companies that the fit has not seen, one
left out at a time, then what it gives on all. Needs the extra `train`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from labelled import HERE, Labelled, arguments, releases, use_lexicon
from pressmark.mapping import ladder
from pressmark.mapping.confidence import EVIDENCE, HIGH, Grounds, weighable
from reliability import judge

SETS = ["ascii", "statements", "releases"]
RIDGE = 1.0
MARK = 1000  # what tells a place in the list of grounds from a confidence


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fact: whose, on what grounds its concept was chosen, whether it is right."""

    company: str
    grounds: Grounds
    right: bool


Shares = Mapping[str, Mapping[str, float]]
"""By concept and company the share of the facts that are right."""


def main() -> None:
    """Reads the releases, checks by leaving companies out, fits on all, writes both tables."""
    parser = arguments(__doc__)
    parser.add_argument("-o", "--out", type=Path, default=HERE.parent / "taxonomy")
    args = parser.parse_args()
    found = list(releases(args.shared, args.sets or SETS))
    with ProcessPoolExecutor(initializer=partial(use_lexicon, args.lexicon)) as pool:
        outcomes = [one for part in pool.map(partial(grounded, args.shared), found) for one in part]
    shares = right_shares(outcomes)
    show("companies unseen", left_out(outcomes, shares), outcomes)
    x = evidence(outcomes, shares)
    weights = fitted(x, outcomes)
    show("all", chances(x, weights), outcomes)
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in zip(EVIDENCE, weights, strict=True)]
    write(args.out / "confidence.tsv", "What tells how sure a choice is, in log-odds.", "evidence\tweight\n", lines)
    lines = [f"{c}\t{np.mean(list(by.values())):.3f}\t{len(by)}\n" for c, by in sorted(shares.items())]
    head = "How often a concept is right in labelled releases, each company once."
    write(args.out / "judged.tsv", head, "concept\tright\tcompanies\n", lines)


def grounded(shared: Path, release: Labelled) -> list[Outcome]:
    """The facts of a release with the grounds of their concepts; those of the report's own are left out."""
    grounds: list[Grounds] = []

    def noted(on: Grounds) -> float:
        grounds.append(on)
        return float(MARK + len(grounds) - 1)

    own, ladder.confidence = ladder.confidence, noted  # type: ignore[attr-defined]
    try:
        judged = judge(shared, release)
    finally:
        ladder.confidence = own  # type: ignore[attr-defined]
    known = [j for j in judged if j.confidence >= MARK]
    return [Outcome(release.company, grounds[int(j.confidence) - MARK], j.right) for j in known]


def right_shares(outcomes: Sequence[Outcome]) -> Shares:
    """How much of each concept's facts is right, by company."""
    found: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for x in outcomes:
        found[x.grounds.concept][x.company].append(x.right)
    return {c: {who: float(np.mean(each)) for who, each in by.items()} for c, by in found.items()}


def evidence(outcomes: Sequence[Outcome], shares: Shares, leave_out: str = "") -> np.ndarray:
    """What is weighed of each fact, by what other companies' facts tell of its concept."""

    @cache
    def others(concept: str, company: str) -> tuple[float, int]:
        known = [share for who, share in shares[concept].items() if who not in (company, leave_out)]
        return (float(np.mean(known)) if known else 0.0, len(known))

    return np.array([weighable(x.grounds, *others(x.grounds.concept, x.company)) for x in outcomes])


def fitted(x: np.ndarray, outcomes: Sequence[Outcome]) -> np.ndarray:
    """The weights of logistic regression with a ridge on evidence of equal spread."""
    y = np.array([o.right for o in outcomes], float)
    spread = x.std(axis=0)
    spread[spread == 0] = 1.0
    z = x / spread

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = z @ w
        slope = 1 / (1 + np.exp(-odds)) - y
        return np.logaddexp(0, odds).sum() - odds @ y + RIDGE / 2 * w @ w, z.T @ slope + RIDGE * w

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x / spread


def chances(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """How often right, by the weights."""
    return 1 / (1 + np.exp(-(x @ weights)))


def left_out(outcomes: Sequence[Outcome], shares: Shares) -> np.ndarray:
    """How sure each fact is by a fit that knows nothing of its company."""
    out = np.zeros(len(outcomes))
    companies = np.array([x.company for x in outcomes])
    for company in sorted(set(companies)):
        x, own = evidence(outcomes, shares, company), companies == company
        weights = fitted(x[~own], [o for o in outcomes if o.company != company])
        out[own] = chances(x[own], weights)
    return out


def show(name: str, sure: np.ndarray, outcomes: Sequence[Outcome]) -> None:
    """How many facts are marked high, how many of them are right, and how many could be at 98.5 %."""
    right = np.array([o.right for o in outcomes])
    high = sure >= HIGH
    order = np.argsort(-sure)
    good = np.flatnonzero(np.cumsum(right[order]) / np.arange(1, len(right) + 1) >= 0.985)
    most = (good[-1] + 1) / len(right) if len(good) else 0.0
    share, of_high = high.mean(), right[high].mean()
    print(f"{name}: {len(right)} facts, high {share:.1%}, {of_high:.1%} of them right; 98.5 % at {most:.1%}")


def write(path: Path, comment: str, head: str, lines: Sequence[str]) -> None:
    """A table with a comment above."""
    comment = f"# {comment} Written by benchmarks/fit_confidence.py.\n"
    path.write_text("".join((comment, head, *lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
