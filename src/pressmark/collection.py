"""Puts off Python's search for cycles of dead objects where very many objects are made and next to no cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Reading a release, or writing its cells, takes a fifth less time without the search, which finds nothing.

    Nor is there anything to find afterwards: what was made counts as old from then on, so that no search for young
    objects goes through it. Where the caller has frozen objects of its own (`gc.freeze`) that is left out, since the
    same call would thaw them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
