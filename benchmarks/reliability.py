"""Measures how sure Pressmark is against how often it is right, over labelled releases; draws the reliability diagram.

usage: reliability.py [SET ...] [--shared FOLDER] [--lexicon FOLDER] [-o DIAGRAM.svg] [--wrong]

Counted is each reported number of a statement that the truth judges: right where concept, period, unit, sign and
decimals are those of the truth. Facts of cover and sentences are left out. Drawing needs matplotlib
(`pip install 'pressmark[bench]'`). `--wrong` lists each fact marked high that is not right.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from labelled import Labelled, arguments, releases, scorer, use_lexicon
from pressmark.mapping.confidence import level
from pressmark.pipeline import extract
from pressmark.render.oim import json_bytes, to_xbrl_json

BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One reported fact against the truth."""

    release: str
    label: str
    concept: str
    asked: str
    confidence: float
    right: bool


def main() -> None:
    """Prints the tables and draws the diagram."""
    parser = arguments(__doc__)
    parser.add_argument("-o", "--out", type=Path, metavar="DIAGRAM", help="an .svg or .png file")
    parser.add_argument("--wrong", action="store_true", help="list the facts marked high that are not right")
    args = parser.parse_args()
    found = list(releases(args.shared, args.sets))
    with ProcessPoolExecutor(initializer=partial(use_lexicon, args.lexicon)) as pool:
        judged = [one for part in pool.map(partial(judge, args.shared), found) for one in part]
    print("| confidence | facts | share % | right % |\n|---|---|---|---|")
    for name in ("high", "medium", "low"):
        row(name, [j for j in judged if level(j.confidence) == name], len(judged))
    print("\n| confidence | facts | share % | right % |\n|---|---|---|---|")
    for i, some in enumerate(binned(judged)):
        row(f"{i / BINS:.1f} to {(i + 1) / BINS:.1f}", some, len(judged))
    print(f"\nexpected calibration error {calibration_error(judged):.3f} over {len(judged)} facts")
    if args.wrong:
        for j in judged:
            if level(j.confidence) == "high" and not j.right:
                print(f"{j.confidence:.3f} {j.release}: {j.label} | {j.concept} | asked {j.asked}")
    if args.out:
        draw(judged, args.out)


def judge(shared: Path, release: Labelled) -> list[Judged]:
    """The facts of one release that the truth has a number for, each right or not."""
    score = scorer(shared)
    report = extract(release.source)
    confidence = {fact.id: fact for fact in report.facts if fact.statement is not None}
    written = Path(f"{release.name}.json")
    records = to_xbrl_json(report)
    shown = {key: value for key, value in records["facts"].items() if key in confidence}  # type: ignore[attr-defined]
    rows = score.read_truth(release.truth)
    result = []
    for key, one in zip(shown, facts_of(score, {**records, "facts": shown}, written), strict=True):
        near = [
            r
            for r in rows
            if r["end"] == one.end
            and r["unit"] == one.unit
            and score.close(r["start"], one.start, 8)
            and score.fits(r, abs(one.value), one.decimals, abs(r["value"]))
        ]
        if not near or not one.value or all(r["concept"] == "!any" for r in near):
            continue
        fact = confidence[key]
        right = any(score.named({**r, "concept": alone(r["concept"])}, [one]) for r in near)
        asked = " ".join(dict.fromkeys(r["concept"] for r in near))[:120]
        result.append(Judged(release.name, fact.label, fact.concept.qname, asked, fact.confidence, right))
    return result


def alone(concepts: str) -> str:
    """The truth's concepts where one fact is judged: of two that it asks for together, either is right."""
    return concepts.replace("+", "|")


def facts_of(score: object, records: dict[str, object], path: Path) -> Sequence[object]:
    """The facts as the scorer reads them from a file."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.write_bytes(json_bytes(records))
        return score.read_report(file)  # type: ignore[attr-defined]


def row(name: str, some: Sequence[Judged], total: int) -> None:
    """One line of a table."""
    if some:
        right = 100 * sum(j.right for j in some) / len(some)
        print(f"| {name} | {len(some)} | {100 * len(some) / total:.1f} | {right:.1f} |")


def binned(judged: Sequence[Judged]) -> list[list[Judged]]:
    """The facts in bins of equal width."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for j in judged:
        bins[min(int(j.confidence * BINS), BINS - 1)].append(j)
    return bins


def calibration_error(judged: Sequence[Judged]) -> float:
    """The mean distance of confidence and share right, bins weighted by their facts."""
    gaps = (abs(sum(j.confidence for j in some) - sum(j.right for j in some)) for some in binned(judged))
    return sum(gaps) / len(judged)


def draw(judged: Sequence[Judged], path: Path) -> None:
    """The reliability diagram: share right over confidence, with the number of facts of each bin below."""
    import matplotlib as mpl

    mpl.use("agg")
    mpl.rcParams["svg.hashsalt"] = "pressmark"  # the same file on each run
    from matplotlib import pyplot as plt

    bins = [some for some in binned(judged) if some]
    sure = [sum(j.confidence for j in some) / len(some) for some in bins]
    right = [sum(j.right for j in some) / len(some) for some in bins]
    figure, (above, below) = plt.subplots(2, 1, figsize=(5, 6), height_ratios=(4, 1), sharex=True)
    above.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1, label="perfectly calibrated")
    above.plot(sure, right, color="#0b5cad", marker="o", label="Pressmark")
    above.set(xlim=(0, 1), ylim=(0, 1), ylabel="share of facts that are right")
    above.legend(frameon=False, loc="upper left")
    below.bar(sure, [len(some) for some in bins], width=0.06, color="#0b5cad")
    below.set(xlabel="confidence", ylabel="facts")
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


if __name__ == "__main__":
    main()
