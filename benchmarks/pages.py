"""Measures what the page to judge by costs beside extracting and mapping: python benchmarks/pages.py [RELEASE ...].

Without a RELEASE it takes the samples. The first line of output is the first page of the process, which loads the
templates; the aim for all of them is at most the time of extraction.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pressmark.errors import PressmarkError
from pressmark.pipeline import extraction
from pressmark.render.review import render_review

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.txt"))
ROUNDS = 3


def main() -> int:
    """Prints a line a release, and the sum over all."""
    extracting = writing = 0.0
    releases = [Path(name) for name in sys.argv[1:]] or SAMPLES
    for number, release in enumerate([releases[0], *releases]):
        taken = []
        for _ in range(ROUNDS if number else 1):
            begun = time.perf_counter()
            try:
                made = extraction(release)
            except PressmarkError:
                break
            between = time.perf_counter()
            page = render_review(made)
            taken.append((between - begun, time.perf_counter() - between))
        if not taken:
            continue
        one, other = (min(times) for times in zip(*taken, strict=True))
        first = "" if number else "first: "
        size = f"{len(made.report.facts):5} facts {len(page) // 1024:5} KB"
        print(f"extract {one:6.3f} s, page {other:6.3f} s, {other / one:5.2f} times  {size}  {first}{release.name}")
        if number:
            extracting, writing = extracting + one, writing + other
    print(f"extract {extracting:6.3f} s, page {writing:6.3f} s, {writing / extracting:5.2f} times in all")
    return int(writing > extracting)


if __name__ == "__main__":
    sys.exit(main())
