"""Cold start: `pressmark convert` of one sample against plain Arelle on the instance it wrote, and `--help`.

usage: python benchmarks/cold.py [RUNS]

Each command is a new process; the runs alternate, so that both see the same machine. Printed: the median of
each, their ratio (at most 1.6) and the median of `pressmark --help` (at most 0.25 s). Exits with 1 beyond.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
RATIO, HELP = 1.6, 0.25


def seconds(command: list[str]) -> float:
    """Wall time of one run; a command that fails ends the benchmark."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> int:
    """Measures and prints; gives 1 where a figure is beyond its limit."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    pressmark = str(BIN / "pressmark")
    out = Path(tempfile.mkdtemp(prefix="pressmark-bench-"))
    convert = [pressmark, "convert", str(TOP / "samples" / "allos-2004-q1.txt"), "-o", str(out), "--force", "--quiet"]
    subprocess.run(convert, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    path = subprocess.run([pressmark, "taxonomy", "path"], check=True, capture_output=True, text=True).stdout.strip()
    instance = next(p for p in (out / "allos-2004-q1").glob("*.xml") if "_" not in p.name)
    arelle = [str(BIN / "arelleCmdLine"), "--packages", path, "--workOffline", "--validate", "--file", str(instance)]
    ours, theirs, helps = [], [], []
    for _ in range(runs):
        theirs.append(seconds(arelle))
        ours.append(seconds(convert))
        helps.append(seconds([pressmark, "--help"]))
    shutil.rmtree(out)
    ratio = statistics.median(ours) / statistics.median(theirs)
    shown = statistics.median(helps)
    print(f"arelleCmdLine --validate   {statistics.median(theirs):.2f} s (median of {runs})")
    print(f"pressmark convert          {statistics.median(ours):.2f} s, {ratio:.2f} times (limit {RATIO})")
    print(f"pressmark --help           {shown:.2f} s (limit {HELP})")
    return int(ratio > RATIO or shown > HELP)


if __name__ == "__main__":
    sys.exit(main())
