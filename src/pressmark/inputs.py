"""Turns the arguments of a command into releases: files, folders, globs, or - for standard input."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path

from pressmark.errors import InputError, UsageError

SUFFIXES = (".txt", ".htm", ".html", ".xhtml", ".pdf")
STDIN = "-"


def stem(source: str) -> str:
    """The name of a release's output: the file name without its suffix."""
    return "stdin" if source == STDIN else Path(source).stem


def releases(arguments: Sequence[str]) -> list[str]:
    """The releases that the arguments name, in order, each once.

    A folder stands for the releases in it by suffix, a pattern for what it matches. Raises InputError where
    nothing is found and UsageError where two releases would write to one name.
    """
    found: dict[str, None] = {}
    for argument in arguments:
        for source in _expand(argument):
            found[source] = None
    taken: dict[str, str] = {}
    for source in found:
        other = taken.setdefault(stem(source), source)
        if other != source:
            raise UsageError(source, f"its output would have the same name as that of {other}", "convert them apart")
    return list(found)


def _expand(argument: str) -> list[str]:
    if argument == STDIN:
        return [argument]
    path = Path(argument)
    if path.is_dir():
        inside = sorted(str(p) for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
        if not inside:
            raise InputError(argument, "the folder holds no release", f"releases end in {' '.join(SUFFIXES)}")
        return inside
    if not path.exists() and glob.has_magic(argument):
        found = glob.glob(argument, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        matches = sorted(m for m in found if Path(m).is_file())
        if not matches:
            raise InputError(argument, "the pattern matches no file", "check it, or name the files")
        return matches
    return [argument]
