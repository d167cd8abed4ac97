"""Draws docs/images/convert.svg: the terminal output of `pressmark convert` on a sample, as it is.

usage: python tools/picture.py
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

TOP = Path(__file__).resolve().parents[1]
COMMAND = ["convert", "samples/allos-2004-q1.txt", "-o", "out", "--cik", "1097264"]


def in_a_terminal(command: list[str], folder: str) -> str:
    """What a command prints where standard output is a terminal, colours included."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(command, cwd=folder, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    with os.fdopen(ours, "rb", buffering=0) as screen:
        while True:
            try:
                part = screen.read(65536)
            except OSError:  # Linux's end of a terminal
                break
            if not part:
                break
            shown += part
    if run.wait():
        sys.exit(shown.decode())
    return shown.decode().replace("\r\n", "\n")


def main() -> int:
    """Runs the command in a scratch folder and writes the picture."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "samples").symlink_to(TOP / "samples")
        shown = in_a_terminal([sys.executable, "-m", "pressmark", *COMMAND], folder)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=150, file=nowhere)
        console.print(Text("$ pressmark " + " ".join(COMMAND), style="bold"))
        console.print(Text.from_ansi(shown.rstrip()))
        target = TOP / "docs" / "images" / "convert.svg"
        drawn = console.export_svg(title="pressmark", unique_id="convert")
        # The fonts would be fetched from elsewhere; the reader's own monospace font does as well.
        target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
