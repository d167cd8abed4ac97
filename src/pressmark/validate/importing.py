"""Imports Arelle without openpyxl, and the numpy that it brings, which Arelle needs only to read a workbook.

Arelle's OIM loader imports both for a type annotation; where it reads a workbook it imports them once more itself. That
is a third of the time that importing Arelle takes, and the import is most of what a single validation costs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType

from pressmark.errors import UsageError

_NAMES = ("openpyxl", "openpyxl.cell")
# As in pyproject.toml: from the first, below the second.
VERSIONS = ((2, 44), (3,))


def import_arelle() -> None:
    """Imports what a validation uses; the real openpyxl can be imported afterwards as ever.

    Raises UsageError where the Arelle that is installed is none that Pressmark knows how to run.
    """
    if "arelle.Validate" in sys.modules:
        return
    check_version()
    before = set(sys.modules)
    try:
        with _stand_in():
            import arelle.Cntlr
            import arelle.Validate
    except ImportError:
        # An Arelle that wants more of openpyxl: as its authors meant it, from the beginning.
        for name in set(sys.modules) - before:
            if name.partition(".")[0] == "arelle":
                del sys.modules[name]
        import arelle.Cntlr
        import arelle.Validate  # noqa: F401


def check_version() -> None:
    """Raises UsageError where Arelle is missing or of another version than `VERSIONS`."""
    least, below = (".".join(map(str, bound)) for bound in VERSIONS)
    mend = f"install it with: python -m pip install 'arelle-release>={least},<{below}'"
    try:
        found = version("arelle-release")
    except PackageNotFoundError:
        raise UsageError("arelle-release", "it is not installed", mend) from None
    number = tuple(int(part) for part in re.findall(r"\d+", found)[:3])
    if not VERSIONS[0] <= number < VERSIONS[1]:
        cause = f"version {found} is installed, Pressmark needs one from {least} and below {below}"
        raise UsageError("arelle-release", cause, mend)


@contextmanager
def _stand_in() -> Iterator[None]:
    """An empty openpyxl for the time of an import; nothing where the real one is loaded already."""
    if any(name in sys.modules for name in _NAMES):
        yield
        return
    package, cell = (ModuleType(name) for name in _NAMES)
    for name in ("Cell", "MergedCell"):
        setattr(cell, name, type(name, (), {}))
    vars(package)["cell"] = cell
    sys.modules.update(zip(_NAMES, (package, cell), strict=True))
    try:
        yield
    finally:
        for name in _NAMES:
            sys.modules.pop(name, None)
