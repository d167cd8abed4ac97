"""From two or more files to their comparison: releases are extracted, filings read, neighbours compared in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from pressmark.comparison.compare import compare
from pressmark.comparison.difference import Comparison
from pressmark.comparison.filing import is_filing, read_filing
from pressmark.comparison.source import Source, of_report
from pressmark.inputs import STDIN
from pressmark.pipeline import Options, extract


def source(name: str, options: Options | None = None) -> Source:
    """The facts of a release or of an XBRL filing. Raises InputError for what is neither."""
    if name != STDIN and is_filing(Path(name)):
        return read_filing(Path(name))
    return of_report(extract(name, options))


def compare_files(names: Sequence[str], options: Options | None = None) -> list[Comparison]:
    """Each source with the one before it. Raises InputError for one that can't be read."""
    sources = [source(name, options) for name in names]
    return [compare(older, newer) for older, newer in pairwise(sources)]
