"""Measures what showing a release costs beside extracting and mapping it: python benchmarks/pages.py [RELEASE ...].

Without a RELEASE it takes the samples. "Inline XBRL" and "page" are what --to inline and --to html add; the aim is that
both together take at most the time of extraction. The first line is that of a new process, which loads the templates.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pressmark.collection import without_collection
from pressmark.errors import PressmarkError
from pressmark.pipeline import extraction
from pressmark.render.inline import render_inline
from pressmark.render.published import published
from pressmark.render.review import render_review

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.txt"))
ROUNDS = 3


def timed(release: Path) -> tuple[float, float, float]:
    """Processor seconds of extraction, Inline XBRL and the page to judge by."""
    at = [time.process_time()]
    made = extraction(release)
    published.cache_clear()  # an equal document of the round before would count as opened already
    at.append(time.process_time())
    with without_collection():  # as where formats are written
        render_inline(made, f"{made.report.base}.xsd")
        at.append(time.process_time())
        render_review(made)
        at.append(time.process_time())
    return at[1] - at[0], at[2] - at[1], at[3] - at[2]


def told(name: str, best: list[float]) -> str:
    """A line of output."""
    extract, inline, page = best
    ratio = (inline + page) / extract
    return f"extract {extract:6.3f} s, Inline XBRL {inline:6.3f} s, page {page:6.3f} s: {ratio:5.2f} times  {name}"


def main() -> int:
    """Prints a line a release with the best of three rounds, and the sums; gives 1 where these are beyond the aim."""
    releases = [Path(name) for name in sys.argv[1:]] or SAMPLES
    print(told(f"{releases[0].name}, new process", list(timed(releases[0]))))
    sums = [0.0, 0.0, 0.0]
    for release in releases:
        try:
            rounds = [timed(release) for _ in range(ROUNDS)]
        except PressmarkError as error:
            print(error)
            continue
        best = [min(times) for times in zip(*rounds, strict=True)]
        sums = [total + one for total, one in zip(sums, best, strict=True)]
        print(told(release.name, best))
    print(told("all", sums))
    return int(sums[1] + sums[2] > sums[0])


if __name__ == "__main__":
    sys.exit(main())
