"""Imports Arelle without openpyxl, and the numpy that it brings, which Arelle needs only to read a workbook.

Arelle's OIM loader imports both for a type annotation; where it reads a workbook it imports them once more itself. That
is a third of the time that importing Arelle takes, and the import is most of what a single validation costs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_NAMES = ("openpyxl", "openpyxl.cell")


def import_arelle() -> None:
    """Imports what a validation uses; the real openpyxl can be imported afterwards as ever."""
    if "arelle.Validate" in sys.modules:
        return
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
