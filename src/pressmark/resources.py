"""Finds `taxonomy/` and `templates/`: inside the installed wheel, or at the top of a source checkout."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def resource(name: str) -> Path:
    """The path of a shipped file or folder such as `taxonomy/concepts.tsv`; raises FileNotFoundError."""
    for root in (_PACKAGE, _CHECKOUT):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"{name} is missing from this installation of Pressmark")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped tab-separated table, by column name; lines that begin with # are comments."""
    with resource(name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
