"""Measures how many numbers of labelled releases come out right: by set, and by company with the spread.

usage: strict.py [SET ...] [--shared FOLDER] [--lexicon FOLDER] [--priors FOLDER]
       strict.py [SET ...] --leave-one-out LABELS.tsv.gz [--company NAME ...] [--keep FOLDER]

With `--priors` only releases of companies with a filing COMPANY-*.htm.gz in that folder are read, each with that filing
as its prior one; annual statements, which the filing itself holds, are left out.

With `--leave-one-out` each company's releases are mapped by a lexicon learned from the label pairs of all the others
(about five minutes a company; `--keep` keeps the lexicons for the next run). The shipped lexicon leaves all labelled
companies out at once, so that its figures are the harder ones.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

from labelled import HERE, Labelled, arguments, releases, scores

FAULTS = ("misread", "sign", "confused", "stray", "surplus")


def main() -> None:
    """Scores the releases and prints a table by set and one by company."""
    parser = arguments(__doc__)
    parser.add_argument("--leave-one-out", type=Path, metavar="LABELS", help="label pairs to learn from")
    parser.add_argument("--company", nargs="*", default=[], help="only these companies")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the lexicons are made and kept")
    parser.add_argument("--priors", type=Path, metavar="FOLDER", help="prior filings by company")
    args = parser.parse_args()
    found = [r for r in releases(args.shared, args.sets) if not args.company or r.company in args.company]
    if args.priors:
        filings = {p.name.split("-")[0]: p for p in sorted(args.priors.glob("*.htm.gz"))}
        found = [r for r in found if r.company in filings and not r.name.endswith("-10-k")]
        results = scores(found, args.shared, args.lexicon, filings)
    elif args.leave_one_out:
        with TemporaryDirectory() as folder:
            results = left_out(found, args.shared, args.leave_one_out, args.keep or Path(folder))
    else:
        results = scores(found, args.shared, args.lexicon)
    by_set(found, results)
    by_company(found, results)


def left_out(found: list[Labelled], shared: Path, labels: Path, folder: Path) -> list[dict[str, int]]:
    """The scores of each release by a lexicon that knows nothing of its company."""
    results: list[dict[str, int]] = [{} for _ in found]
    for company in sorted({r.company for r in found if r.cik}):
        mine = [i for i, r in enumerate(found) if r.company == company]
        made = folder / found[mine[0]].cik
        if not (made / "lexicon.bin").exists():
            print(f"learning without {company}", file=sys.stderr)
            build = [sys.executable, str(HERE.parent / "tools" / "build_lexicon.py"), "--labels", str(labels)]
            subprocess.run([*build, "--leave-out", found[mine[0]].cik, "-o", str(made)], check=True, stdout=sys.stderr)
        for i, counts in zip(mine, scores([found[i] for i in mine], shared, made), strict=True):
            results[i] = counts
    rest = [i for i, r in enumerate(found) if not r.cik]  # companies of which the label pairs have no line
    for i, counts in zip(rest, scores([found[i] for i in rest], shared), strict=True):
        results[i] = counts
    return results


def by_set(found: list[Labelled], results: list[dict[str, int]]) -> None:
    """One row a set."""
    print("| set | releases | numbers | value % | strict % |", " | ".join(FAULTS), "|")
    print("|---" * (5 + len(FAULTS)) + "|")
    for name in dict.fromkeys(r.set for r in found):
        chosen = [c for r, c in zip(found, results, strict=True) if r.set == name]
        total = added(chosen)
        shares = f"{percent(total, 'value'):.1f} | {percent(total, 'strict'):.1f}"
        faults = " | ".join(str(total[f]) for f in FAULTS)
        print(f"| {name} | {len(chosen)} | {total['numbers']} | {shares} | {faults} |")


def by_company(found: list[Labelled], results: list[dict[str, int]]) -> None:
    """Strict by company and set, the best first, with mean, median and range over the companies."""
    print("\n| set | companies | mean | median | lowest | highest | strict % by company |")
    print("|---" * 7 + "|")
    for name in dict.fromkeys(r.set for r in found):
        shares = {}
        for company in sorted({r.company for r in found if r.set == name}):
            pairs = zip(found, results, strict=True)
            shares[company] = percent(added(c for r, c in pairs if (r.set, r.company) == (name, company)), "strict")
        values = sorted(shares.values())
        told = ", ".join(f"{c} {s:.0f}" for c, s in sorted(shares.items(), key=lambda x: -x[1]))
        middle = f"{mean(values):.1f} | {median(values):.1f} | {values[0]:.1f} | {values[-1]:.1f}"
        print(f"| {name} | {len(values)} | {middle} | {told} |")


def added(counts: Iterable[dict[str, int]]) -> Counter[str]:
    """The sum of the counts of several releases."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return total


def percent(counts: Counter[str], key: str) -> float:
    """A count as a share of the numbers, in per cent."""
    return 100 * counts[key] / (counts["numbers"] or 1)


if __name__ == "__main__":
    main()
