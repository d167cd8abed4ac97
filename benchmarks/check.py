"""`pressmark check` on many releases: one process against all processors, the same output, bounded memory.

usage: python benchmarks/check.py [RELEASES]    default: 50

The releases are copies of the samples and of the made-up releases of the tests, in a temporary folder. Printed: wall
and processor time with --jobs 1 and with a process for each processor, how many processors that kept busy (at least
1.5 where there are two), and the peak memory of the largest process for a quarter of the releases and for all (at most
a quarter more). Exits with 1 beyond, or where the two outputs differ. Run it on a machine that has nothing else to do.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
PRESSMARK = Path(sys.executable).parent / "pressmark"
BUSY, GROWTH = 1.5, 1.25


def filled(folder: Path, count: int) -> Path:
    """A folder of `count` releases."""
    folder.mkdir()
    kinds = [*sorted((TOP / "samples").glob("*.txt")), *sorted((TOP / "tests/fixtures/check").glob("*.txt"))]
    for number, source in enumerate(islice(cycle(kinds), count)):
        shutil.copy(source, folder / f"{number:04}.txt")
    return folder


def measured(folder: Path, jobs: int) -> tuple[float, float, bytes]:
    """Wall time, processor time of all processes, and the JSON of a check."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [PRESSMARK, "check", folder, "--no-config", "--jobs", str(jobs), "--format", "json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def peak() -> float:
    """Memory of the largest process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> int:
    """Measures and prints; gives 1 where a figure is beyond its limit."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as place:
        few, many = filled(Path(place, "few"), max(count // 4, 4)), filled(Path(place, "many"), count)
        measured(few, 0)
        small = peak()
        wall, cpu, told = measured(many, 0)
        large = peak()
        wall_one, cpu_one, told_one = measured(many, 1)
    busy, processors = cpu / wall, os.cpu_count() or 1
    print(f"{count} releases, {processors} processors, load {os.getloadavg()[0]:.1f}")
    print(f"--jobs 1      {wall_one:.1f} s, {cpu_one:.1f} s of processor time")
    print(f"--jobs {processors}      {wall:.1f} s, {cpu:.1f} s of processor time: {busy:.2f} processors busy")
    print(f"times faster  {wall_one / wall:.2f}")
    print(f"largest process {small:.0f} MB for {count // 4} releases, {large:.0f} MB for {count} (limit x {GROWTH})")
    print("same output" if told == told_one else "the outputs differ")
    return int(told != told_one or large > GROWTH * small or (processors > 1 and busy < BUSY))


if __name__ == "__main__":
    sys.exit(main())
