"""Makes the environments of the readers that the reports are proven with, one each, as their pins clash.

usage: python tools/readers.py [NAME...]

A reader NAME is what `tests/readers/NAME.txt` pins; its environment is `.readers/NAME`. One that was made from the same
pins by the same Python is kept.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
PINS = TOP / "tests" / "readers"
PLACE = TOP / ".readers"


def names() -> list[str]:
    """The readers that have pins."""
    return sorted(path.stem for path in PINS.glob("*.txt"))


def python(name: str) -> Path | None:
    """The interpreter of a reader's environment; None where it is not there, or made from other pins."""
    stamp = PLACE / name / ".pins"
    made = stamp.exists() and stamp.read_text(encoding="utf-8") == _pins(name)
    return PLACE / name / "bin" / "python" if made else None


def build(name: str) -> None:
    """Makes the environment of a reader anew."""
    place = PLACE / name
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    pip = [place / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "-r", PINS / f"{name}.txt"], check=True)
    (place / ".pins").write_text(_pins(name), encoding="utf-8")


def _pins(name: str) -> str:
    """What tells one environment from another."""
    pinned = (PINS / f"{name}.txt").read_bytes()
    return hashlib.sha256(pinned + sys.version.encode()).hexdigest()


def main() -> int:
    """Makes the environments that are missing or stale."""
    for name in sys.argv[1:] or names():
        if python(name) is None:
            print(f"{name}: making .readers/{name}", flush=True)
            build(name)
        else:
            print(f"{name}: as it was")
    return 0


if __name__ == "__main__":
    sys.exit(main())
