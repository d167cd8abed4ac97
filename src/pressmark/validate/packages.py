"""Chooses the taxonomy packages of a run: Pressmark's own, and the user's in their place for the addresses they answer.

Two packages must not rewrite the same address (Taxonomy Packages 1.0, 3.2: tpe:packageRewriteOverlap), so that one of
ours is left out where a package of the user's rewrites any address that it rewrites.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pressmark.errors import UsageError
from pressmark.render.taxonomy import package_paths
from pressmark.render.taxonomy_year import taxonomy_years

if TYPE_CHECKING:
    from lxml.etree import _Element

_METADATA = "META-INF/taxonomyPackage.xml"
_CATALOG = "META-INF/catalog.xml"
_CATALOG_NAMESPACE = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
_MEND = "give a taxonomy package, a zip with META-INF/taxonomyPackage.xml and META-INF/catalog.xml"


@dataclass(frozen=True, slots=True)
class PackageSet:
    """The packages to give to a processor, and where it finds our rules: an address or the path of a file in a zip."""

    paths: tuple[Path, ...]
    rules: tuple[str, ...]


def package_set(user: Sequence[Path] = (), report: Path | None = None) -> PackageSet:
    """The packages of a run. Raises UsageError for one that is broken, or two that answer the same address.

    A report package may answer addresses itself, from its own catalog: `report` then stands in the place of ours too.
    """
    taken: dict[str, Path] = {}
    if report is not None and is_taxonomy_package(report):
        taken = dict.fromkeys(rewrite_starts(report), report)
    for path in user:
        for start in rewrite_starts(path):
            other = next((p for s, p in taken.items() if _overlap(start, s) and p != path), None)
            if other is not None:
                raise UsageError(str(path), f"rewrites {start}, which {other} rewrites too", "give only one of them")
            taken[start] = path
    kept = tuple(
        path
        for path in package_paths()
        if not taken or not any(_overlap(ours, theirs) for ours in rewrite_starts(path) for theirs in taken)
    )
    return PackageSet((*(path.absolute() for path in user), *kept), tuple(_rules(kept)))


def is_taxonomy_package(path: Path) -> bool:
    """True for a zip that has the two files of a taxonomy package."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError):
        return False
    return all(any(name.endswith(f"/{wanted}") for name in names) for wanted in (_METADATA, _CATALOG))


def rewrite_starts(path: Path) -> tuple[str, ...]:
    """The beginnings of addresses that a package's catalog rewrites. Raises UsageError for a broken package."""
    if path.is_dir():
        raise UsageError(str(path), "is a folder, not a taxonomy package", _MEND)
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            top = _top_folder(path, names)
            catalog = f"{top}/{_CATALOG}"
            if catalog not in names:
                raise UsageError(str(path), f"has no {_CATALOG} in its top folder", _MEND)
            content, metadata = archive.read(catalog), archive.read(f"{top}/{_METADATA}")
    except FileNotFoundError:
        raise UsageError(str(path), "does not exist", _MEND) from None
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise UsageError(str(path), f"is not a readable zip ({error})", _MEND) from None
    _parsed(path, _METADATA, metadata)
    root = _parsed(path, _CATALOG, content)
    found = [element.get("uriStartString") for element in root.iter(f"{_CATALOG_NAMESPACE}rewriteURI")]
    found += [element.get("systemIdStartString") for element in root.iter(f"{_CATALOG_NAMESPACE}rewriteSystem")]
    return tuple(start for start in found if start)


def _top_folder(path: Path, names: list[str]) -> str:
    tops = {PurePosixPath(name).parts[0] for name in names if name.endswith(f"/{_METADATA}") and name.count("/") == 2}
    if len(tops) != 1:
        raise UsageError(str(path), f"has no {_METADATA} in one top folder", _MEND)
    return tops.pop()


def _parsed(path: Path, name: str, content: bytes) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UsageError(str(path), f"has a {name} that is not XML ({error})", _MEND) from None


def _overlap(one: str, other: str) -> bool:
    one, other = one.rstrip("/"), other.rstrip("/")
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _rules(kept: tuple[Path, ...]) -> list[str]:
    """Where our rules are: at their address, or inside the zip where the package is not passed."""
    return [
        year.rules if path in kept else f"{path}/{path.stem}/pressmark/{year.rules.rpartition('/')[2]}"
        for year, path in zip(taxonomy_years().values(), package_paths()[::2], strict=True)
    ]
