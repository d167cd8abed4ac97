"""Turns the arguments of a command into releases: files, folders, globs, or - for standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path

from pressmark.errors import InputError, UsageError

SUFFIXES = (".txt", ".htm", ".html", ".xhtml", ".pdf")
STDIN = "-"
_ENDS = f"releases end in {' '.join(SUFFIXES)}"
# What marks a folder as a report of ours, whose pages are no releases.
_REPORT = "findings.json"


def stem(source: str) -> str:
    """The name of a release's output: the file name without its suffix."""
    return "stdin" if source == STDIN else Path(source).stem


def releases(arguments: Sequence[str], output: Callable[[str], Hashable] = stem) -> list[str]:
    """The releases that the arguments name, in order, each once.

    A folder stands for the releases right in it by suffix (`left_out` tells those further down), a pattern for what it
    matches; hidden files are no releases. Raises InputError where nothing is found and UsageError where two releases
    have one `output`.
    """
    found: dict[str, None] = {}
    for argument in arguments:
        for source in _expand(argument):
            found[source] = None
    taken: dict[Hashable, str] = {}
    for source in found:
        other = taken.setdefault(output(source), source)
        if other != source:
            raise UsageError(source, f"its output would have the same name as that of {other}", "convert them apart")
    return list(found)


def left_out(arguments: Sequence[str], found: Sequence[str]) -> list[str]:
    """The folders inside given folders that hold releases of which none is among the `found` ones."""
    known = {os.path.abspath(source) for source in found}  # noqa: PTH100 - a link is not to be followed
    return [
        str(folder)
        for argument in arguments
        if argument != STDIN and Path(argument).is_dir()
        for folder, inside in _below(Path(argument))
        if not any(os.path.abspath(one) in known for one in inside)  # noqa: PTH100
    ]


def _below(top: Path) -> Iterator[tuple[Path, list[Path]]]:
    """The folders below one that hold releases, with these; neither hidden ones nor reports of ours."""
    for place, names, files in os.walk(top):
        folder = Path(place)
        names[:] = [] if _REPORT in files and folder != top else sorted(n for n in names if not n.startswith("."))
        inside = [] if _REPORT in files or folder == top else [folder / name for name in files if _is_release(name)]
        if inside:
            yield folder, inside


def _is_release(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES and not name.startswith(".")


def _expand(argument: str) -> list[str]:
    if argument == STDIN:
        return [argument]
    path = Path(argument)
    if path.is_dir():
        inside = sorted(str(p) for p in path.iterdir() if _is_release(p.name) and p.is_file())
        if not inside:
            below = next(_below(path), None)
            every = f"{argument.rstrip('/')}/**/*{below[1][0].suffix}" if below else ""
            mend = f"name {below[0]}, or the pattern '{every}'" if below else _ENDS
            raise InputError(argument, "the folder holds no release", mend)
        return inside
    if not path.exists() and glob.has_magic(argument):
        found = glob.glob(argument, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        matches = sorted(m for m in found if Path(m).is_file())
        if not matches:
            raise InputError(argument, "the pattern matches no file", "check it, or name the files")
        return matches
    return [argument]
