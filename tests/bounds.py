"""Bounds on time and memory for hostile sources: work that goes beyond them is stopped, and the test fails."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Stops what takes more processor time than this: a guard against hanging, not a measurement of speed."""

    def stop(*_: object) -> NoReturn:
        pytest.fail(f"it takes more than {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


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
