"""Renders a report to its files and puts them in place, whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from pressmark.errors import UsageError
from pressmark.reading.document import Document
from pressmark.render.formats import DEFAULT, Job, formats, write_formats
from pressmark.render.oim import to_xbrl_json, xbrl_json
from pressmark.render.standalone import FOLDER as SCHEMAS
from pressmark.render.tables import finding_record, findings_json, flat_csv
from pressmark.render.xbrl import DEFAULT_OPTIONS, RenderOptions, render_xbrl
from pressmark.report.extraction import Extraction
from pressmark.report.model import Report

__all__ = [
    "RenderOptions",
    "check_folder",
    "finding_record",
    "findings_json",
    "flat_csv",
    "render",
    "to_xbrl_json",
    "write_report",
    "xbrl_json",
]

FINDINGS = "findings.json"
# What file managers leave behind.
_DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_OWN = frozenset({FINDINGS, "facts.csv"})
# Every other file of a report is named for the company and the last day of its period.
_BASE = re.compile(r"([a-z0-9-]+-\d{8})[._]")
_SCHEMA = re.compile(rf"{SCHEMAS}/[\w.-]+\.xsd")
_NOTHING: Mapping[Path, bytes] = {}
_ELSEWHERE = "choose another output folder"


def render(report: Report, options: RenderOptions = DEFAULT_OPTIONS) -> dict[str, bytes]:
    """File name to bytes of what `convert` writes unless told otherwise, from a report alone. The same on every run."""
    alone = Extraction(report, Document(report.source, ()), (), ())
    return write_formats(formats(DEFAULT), Job(alone, render_xbrl(report, options)))


def write_report(
    files: Mapping[str, bytes], folder: Path, *, force: bool = False, beside: Mapping[Path, bytes] = _NOTHING
) -> None:
    """Writes a report's folder: into a new folder beside it, which then takes its place.

    `beside` are files elsewhere that belong to the report, put in place with it. Whatever fails, all is afterwards as
    it was before. Raises UsageError for a folder that is not empty (unless `force`, and it holds nothing but a report)
    and for one that can't be written.
    """
    place = _resolved(folder)
    check_folder(folder, force=force)
    missing = {parent for path in (place, *beside) for parent in path.resolve().parents if not parent.exists()}
    fresh = _beside(place)
    parts = {path: _beside(path) for path in beside}
    where = folder
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _fill(fresh, files)
        for where, part in parts.items():
            where.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(beside[where])
        where = folder
        _swap(fresh, place)
        for where, part in parts.items():
            part.replace(where)
    except BaseException as error:
        shutil.rmtree(fresh, ignore_errors=True)
        for part in parts.values():
            part.unlink(missing_ok=True)
        _remove_empty(missing)
        if isinstance(error, OSError):
            raise _unwritable(where, error) from error
        raise


def check_folder(folder: Path, *, force: bool = False) -> None:
    """Raises UsageError where `write_report` would refuse the folder; cheap enough to ask before the work is done."""
    place = _resolved(folder)
    try:
        names = sorted(_names(place))
    except FileNotFoundError:
        names = []
    except OSError as error:
        raise _unwritable(folder, error) from error
    # The new folder is made beside the old one, so that it is the folder above that must take it.
    above = next(parent for parent in place.parents if parent.exists())
    if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
        raise UsageError(str(folder), f"can't be written (no files can be made in {above})", _ELSEWHERE)
    if not names:
        return
    foreign = _foreign(names)
    if foreign:
        raise UsageError(
            str(folder),
            f"holds {foreign[0]}, which is no part of a report of Pressmark's",
            "choose another output folder, or empty this one",
        )
    if not force:
        raise UsageError(
            str(folder), "already holds a report", "replace it with --force, or choose another output folder"
        )


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError) as error:  # a link that leads to itself is the one or the other
        raise UsageError(str(folder), f"can't be written ({error})", _ELSEWHERE) from error


def _names(place: Path) -> Iterator[str]:
    """The entries of a folder, those of the schemas of a standalone report with their folder's name."""
    for entry in place.iterdir():
        if entry.name == SCHEMAS and entry.is_dir():
            yield from (f"{SCHEMAS}/{below.name}" for below in entry.iterdir() if below.name not in _DROPPINGS)
        elif entry.name not in _DROPPINGS:
            yield entry.name


def _foreign(names: Iterable[str]) -> list[str]:
    """The entries that no report of ours has: one base names its files, but for those that every report may have."""
    names = list(names)
    if FINDINGS not in names:
        return names  # a filer's own report, say
    named = [name for name in names if name not in _OWN and not _SCHEMA.fullmatch(name)]
    bases = {name: match[1] if (match := _BASE.match(name)) else "" for name in named}
    own = next((base for base in bases.values() if base), "")
    return [name for name, base in bases.items() if not base or base != own]


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        below, _, plain = name.rpartition("/")
        if below not in ("", SCHEMAS) or Path(plain).name != plain:
            raise ValueError(f"{name!r} is not a plain file name")
        (folder / below).mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def _swap(fresh: Path, place: Path) -> None:
    """Puts the new folder in the old one's place; the old one comes back where that fails."""
    if not place.exists():
        fresh.rename(place)
        return
    old = _beside(place)
    place.rename(old)
    try:
        fresh.rename(place)
    except BaseException:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _remove_empty(folders: Iterable[Path]) -> None:
    """Removes the folders that were made for nothing, the innermost first, unless someone else uses one by now."""
    with suppress(OSError):
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            if folder.exists():
                folder.rmdir()


def _beside(place: Path) -> Path:
    """A free hidden name in the same folder, so that renaming never crosses file systems."""
    return place.parent / f".{place.name}.{os.getpid()}-{os.urandom(4).hex()}"


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(str(folder), f"can't be written ({error.strerror or error})", _ELSEWHERE)
