"""Runs the program on a hostile source as a process of its own that the system stops beyond its bounds."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path


def run_bounded(*arguments: str | Path, seconds: int, megabytes: int) -> subprocess.CompletedProcess[str]:
    """`pressmark` with these arguments, given so much processor time and memory and no more.

    Beyond the time the process is killed (a negative return code); beyond the memory it ends in a MemoryError,
    which is a traceback.
    """

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    command = [sys.executable, "-m", "pressmark", *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=bound)
    assert run.returncode >= 0, f"killed by signal {-run.returncode}"
    assert "Traceback" not in run.stderr, run.stderr
    return run
