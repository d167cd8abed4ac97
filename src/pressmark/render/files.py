"""Renders a report to its files and puts them in place, whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from pressmark.errors import UsageError
from pressmark.reading.document import Document
from pressmark.render.formats import DEFAULT, Job, formats, write_formats
from pressmark.render.oim import to_xbrl_json, xbrl_json
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
_ELSEWHERE = "choose another output folder"


def render(report: Report, options: RenderOptions = DEFAULT_OPTIONS) -> dict[str, bytes]:
    """File name to bytes of what `convert` writes unless told otherwise, from a report alone. The same on every run."""
    alone = Extraction(report, Document(report.source, ()), (), ())
    return write_formats(formats(DEFAULT), Job(alone, render_xbrl(report, options), options))


def write_report(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> None:
    """Writes a report's folder: into a new folder beside it, which then takes its place.

    Whatever fails, the folder is afterwards as it was before. Raises UsageError for a folder that is not empty
    (unless `force`, and it holds nothing but a report) and for one that can't be written.
    """
    place = folder.resolve()
    check_folder(folder, force=force)
    missing = [parent for parent in place.parents if not parent.exists()]
    fresh = _beside(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _fill(fresh, files)
        _swap(fresh, place)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        _remove_empty(missing)
        raise _unwritable(folder, error) from error
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        _remove_empty(missing)
        raise


def check_folder(folder: Path, *, force: bool = False) -> None:
    """Raises UsageError where `write_report` would refuse the folder; cheap enough to ask before the work is done."""
    place = folder.resolve()
    try:
        names = sorted(entry.name for entry in place.iterdir() if entry.name not in _DROPPINGS)
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


def _foreign(names: Iterable[str]) -> list[str]:
    """The entries that no report of ours has: one base names its files, but for two that mark it as ours."""
    names = list(names)
    if FINDINGS not in names:
        return names  # a filer's own report, say
    bases = {name: match[1] if (match := _BASE.match(name)) else "" for name in names if name not in _OWN}
    own = next((base for base in bases.values() if base), "")
    return [name for name, base in bases.items() if not base or base != own]


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        if Path(name).name != name:
            raise ValueError(f"{name!r} is not a plain file name")
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
        for folder in folders:
            if folder.exists():
                folder.rmdir()


def _beside(place: Path) -> Path:
    """A free hidden name in the same folder, so that renaming never crosses file systems."""
    return place.parent / f".{place.name}.{os.getpid()}-{os.urandom(4).hex()}"


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(str(folder), f"can't be written ({error.strerror or error})", _ELSEWHERE)
