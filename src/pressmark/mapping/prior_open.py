"""Opens what a prior filing comes as: a file, a gzipped file, a zip, a report package or a folder, within limits."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from pressmark.errors import UsageError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 400_000_000
"""The most that all files of a prior filing may hold together, unpacked: a filing is seldom above 60 MB."""

SUFFIXES = (".htm", ".html", ".xhtml", ".xml", ".xsd", ".json")
MEND = "give the company's earlier XBRL: an Inline XBRL page, a folder or zip with the instance, or a dictionary file"
_IGNORED = ("filingsummary.xml", "metalinks.json")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a filing."""

    name: str
    data: bytes


def parts(path: Path) -> tuple[Part, ...]:
    """The files that may hold XBRL, by name. Raises UsageError for what can't be opened or is beyond the limits."""
    try:
        found = tuple(_parts(path))
    except (EOFError, BadZipFile, zlib.error, gzip.BadGzipFile, NotImplementedError, RuntimeError) as error:
        raise UsageError(str(path), f"a damaged archive ({error})", "fetch the filing again") from error
    except OSError as error:
        raise UsageError(str(path), f"it can't be read ({error.strerror or error})", MEND) from error
    if not found:
        raise UsageError(str(path), "there is no XBRL in it", MEND)
    return found


def _parts(path: Path) -> Iterator[Part]:
    if path.is_dir():
        left = MOST_BYTES
        for file in sorted(p for p in path.rglob("*") if p.is_file() and _wanted(p.name)):
            data = file.read_bytes() if file.suffix.lower() != ".gz" else _unzipped(file, left)
            left = _spent(path, left, data)
            yield Part(file.relative_to(path).as_posix(), data)
        return
    with path.open("rb") as opened:
        magic = opened.read(4)
    if magic[:2] == b"\x1f\x8b":
        yield Part(path.name.removesuffix(".gz"), _unzipped(path, MOST_BYTES))
    elif magic == b"PK\x03\x04":
        yield from _members(path)
    else:
        data = path.read_bytes()
        _spent(path, MOST_BYTES, data)
        yield Part(path.name, data)


def _wanted(name: str) -> bool:
    plain = name.lower().removesuffix(".gz")
    return plain.endswith(SUFFIXES) and PurePosixPath(plain).name not in _IGNORED


def _unzipped(path: Path, most: int) -> bytes:
    with gzip.open(path) as file:
        data = file.read(most + 1)
    _spent(path, most, data)
    return data


def _members(path: Path) -> Iterator[Part]:
    left = MOST_BYTES
    with ZipFile(path) as archive:
        for member in sorted(archive.infolist(), key=lambda m: m.filename):
            if member.is_dir() or not _wanted(member.filename):
                continue
            with archive.open(member) as file:
                data = file.read(left + 1)  # the size in the directory may lie
            left = _spent(path, left, data)
            yield Part(member.filename, data)


def _spent(path: Path, left: int, data: bytes) -> int:
    if len(data) > left:
        raise UsageError(
            str(path), f"it holds more than {MOST_BYTES // 1_000_000} MB", "give the report's own files alone"
        )
    return left - len(data)


def tree(part: Part) -> _Element | None:
    """The root of an XML or HTML file, None where it is neither; no network, no entity of the document's own.

    A page that is not well-formed is read as HTML: element and attribute names then come in lower case, with
    their prefix (`ix:nonfraction`).
    """
    from lxml import etree

    strict = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(part.data, strict)
    except (etree.XMLSyntaxError, ValueError):
        if not part.name.lower().endswith((".htm", ".html", ".xhtml")) and b"<html" not in part.data[:4000].lower():
            return None
    loose = etree.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(part.data, loose)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
