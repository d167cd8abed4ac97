"""The reference pages that are written by a tool are not stale."""

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]


def test_reference_pages_are_not_stale() -> None:
    run = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
