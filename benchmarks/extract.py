"""Extraction, warm, one core: Pressmark's facts against edgartools' on the same HTML releases, side by side.

usage: python benchmarks/extract.py PYTHON RELEASE.htm [RELEASE.htm ...]

PYTHON is the interpreter of an environment with edgartools (its pins clash with ours):
    python3 -m venv edgar && edgar/bin/pip install edgartools
Seconds are of the processor, so that what else runs on the machine counts little.
Both workers read every file once to warm up; then they take turns, file by file, three times. Printed: the sum of
the best times of each, and the ratio (at most 0.25). A second part reads one release concatenated one, two, five and
ten times: ten times the text may take at most eleven times as long. Exits with 1 beyond a limit.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

RATIO, GROWTH, ROUNDS = 0.25, 11.0, 3

WORKER = """
import sys, time
{setup}
for line in sys.stdin:
    begun = time.process_time()
    count = run(line.rstrip("\\n"))
    print(time.process_time() - begun, count, flush=True)
"""
OURS = """
from pressmark.pipeline import extract
def run(path):
    return len(extract(path).facts)
"""
THEIRS = """
import warnings; warnings.simplefilter("ignore")
import logging; logging.disable(logging.CRITICAL)
from pathlib import Path
from edgar.earnings import EarningsRelease
class File:
    def __init__(self, path):
        self.document, self.content = path, Path(path).read_text(encoding="utf-8", errors="replace")
def run(path):
    return len(EarningsRelease(File(path)).to_facts_dataframe())
"""


class Worker:
    """A process that extracts the files it is told and answers with seconds and the number of facts."""

    def __init__(self, python: str, setup: str) -> None:
        self._process = subprocess.Popen(
            [python, "-W", "ignore", "-c", WORKER.format(setup=setup)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __call__(self, path: str) -> tuple[float, int]:
        """Seconds and facts for one file."""
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdin.write(path + "\n")
        self._process.stdin.flush()
        seconds, count = self._process.stdout.readline().split()
        return float(seconds), int(count)


def compare(ours: Worker, theirs: Worker, files: list[str]) -> float:
    """Prints a row a file and gives the ratio of the summed best times."""
    for path in files:
        ours(path), theirs(path)
    total = [0.0, 0.0]
    for path in files:
        runs = [(ours(path), theirs(path)) for _ in range(ROUNDS)]
        best = [min(r[i][0] for r in runs) for i in (0, 1)]
        total = [t + b for t, b in zip(total, best, strict=True)]
        print(f"{best[0]:8.3f} s {runs[0][0][1]:5d} facts  {best[1]:8.3f} s {runs[0][1][1]:5d} rows  {Path(path).name}")
    print(f"pressmark {total[0]:.2f} s, edgartools {total[1]:.2f} s: {total[0] / total[1]:.3f} (limit {RATIO})")
    return total[0] / total[1]


def growth(ours: Worker, release: str) -> float:
    """Times a release concatenated with itself and gives the growth from one to ten copies."""
    text = Path(release).read_text(encoding="utf-8", errors="replace")
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for copies in (1, 2, 5, 10):
            path = Path(folder) / f"{copies}{Path(release).suffix}"
            path.write_text(text * copies, encoding="utf-8")
            seconds[copies] = min(ours(str(path))[0] for _ in range(ROUNDS))
            print(f"{copies:3d} x {seconds[copies]:.3f} s  {Path(release).name}")
    print(f"ten copies take {seconds[10] / seconds[1]:.1f} times as long as one (limit {GROWTH})")
    return seconds[10] / seconds[1]


def main() -> int:
    """Runs both parts."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    python, *files = sys.argv[1:]
    ours = Worker(sys.executable, OURS)
    ratio = compare(ours, Worker(python, THEIRS), files)
    sample = Path(__file__).resolve().parents[1] / "samples" / "allos-2004-q1.txt"
    worst = max(growth(ours, str(sample)), growth(ours, files[0]))
    return int(ratio > RATIO or worst > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
