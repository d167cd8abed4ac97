"""Draws docs/images/convert.svg: the terminal output of `pressmark convert` on a sample, as it is.

usage: python tools/picture.py
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

TOP = Path(__file__).resolve().parents[1]
COMMAND = ["convert", "samples/allos-2004-q1.txt", "-o", "out", "--cik", "1097264"]


def main() -> int:
    """Runs the command in a scratch folder and writes the picture."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "samples").symlink_to(TOP / "samples")
        run = subprocess.run(
            [sys.executable, "-m", "pressmark", *COMMAND],
            cwd=folder,
            env={**os.environ, "FORCE_COLOR": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=150, file=nowhere)
        console.print(Text("$ pressmark " + " ".join(COMMAND), style="bold"))
        console.print(Text.from_ansi(run.stdout.rstrip()))
        target = TOP / "docs" / "images" / "convert.svg"
        drawn = console.export_svg(title="pressmark", unique_id="convert")
        # The fonts would be fetched from elsewhere; the reader's own monospace font does as well.
        target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
