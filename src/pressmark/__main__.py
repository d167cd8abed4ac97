"""Runs the command line: `pressmark`, or `python -m pressmark`."""

import sys


def run() -> int:
    """The exit code of the command; an interrupt is heard of from the first moment."""
    try:
        from pressmark.cli import main

        return main()
    except KeyboardInterrupt:
        print("pressmark: interrupted; nothing half-written is left", file=sys.stderr)  # noqa: T201
        return 130


if __name__ == "__main__":
    sys.exit(run())
