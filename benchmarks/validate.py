"""Validation: Pressmark in a new process and in one that goes on, against plain Arelle on the same report.

usage: python benchmarks/validate.py REPORT [RUNS]

Printed: medians of `arelleCmdLine --validate` (without and with our rules), of `validate()` in a new process, and of
`validate()` once more in the same process. Runs alternate, so that all see the same machine.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from pressmark.render.taxonomy import package_paths
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.validate.arelle import validate

ARELLE = Path(sys.executable).parent / "arelleCmdLine"
OURS = "import sys, pathlib; from pressmark.validate.arelle import validate; validate(pathlib.Path(sys.argv[1]))"


def seconds(command: list[str]) -> float:
    """Wall time of one run in a new process; one that fails ends the benchmark."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def warm(report: Path) -> float:
    """Wall time of one validation in this process."""
    begun = time.perf_counter()
    validate(report)
    return time.perf_counter() - begun


def main() -> int:
    """Measures and prints."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    report, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7
    packages = "|".join(str(path) for path in package_paths())
    plain = [str(ARELLE), "--packages", packages, "--workOffline", "--validate", "--file", str(report)]
    with_rules = [*plain, "--calc", "c11r", "--import", taxonomy_year().rules]
    ours = [sys.executable, "-c", OURS, str(report)]
    warm(report)
    times: dict[str, list[float]] = {}
    for _ in range(runs):
        times.setdefault("arelleCmdLine --validate", []).append(seconds(plain))
        times.setdefault("arelleCmdLine --validate, with rules", []).append(seconds(with_rules))
        times.setdefault("validate(), new process", []).append(seconds(ours))
        times.setdefault("validate(), same process", []).append(warm(report))
    for name, values in times.items():
        print(f"{name:38} {statistics.median(values):.2f} s (median of {runs})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
