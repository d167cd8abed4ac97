"""Pressmark reads an earnings press release and writes the XBRL report a filer would have written from it.

    >>> import pressmark
    >>> report = pressmark.convert("samples/allos-2004-q1.txt", "out", cik="1097264")  # doctest: +SKIP
    >>> report = pressmark.extract("samples/allos-2004-q1.txt")  # doctest: +SKIP

The stages can be called one by one: `pressmark.reading.read.read_document`,
`pressmark.tables.find.find_tables`, `pressmark.statements.interpret.interpret`,
`pressmark.prose.figures.read_prose`, `pressmark.mapping.ladder.map_statements`,
`pressmark.report.assemble.assemble`, `pressmark.render.files.render`,
`pressmark.validate.arelle.validate`. Each takes what the one before gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressmark.report.model import Report

__version__ = "0.1.0"
__all__ = ["__version__", "convert", "extract"]


def extract(source: str | Path, *, cik: str = "", ticker: str = "") -> Report:
    """The report of a release (a path, or "-" for standard input): facts and trees, not rendered, not validated.

    Raises `pressmark.errors.InputError` where the source can't be read as a release.
    """
    from pressmark.pipeline import Options
    from pressmark.pipeline import extract as run

    return run(source, Options(cik=cik, ticker=ticker))


def convert(
    source: str | Path,
    out: str | Path | None = None,
    *,
    cik: str = "",
    ticker: str = "",
    force: bool = False,
    packages: Sequence[Path] = (),
    calc_arcrole: str = "2023",
    to: Sequence[str] | None = None,
    standalone: bool = False,
) -> Report:
    """Reads, maps, renders and validates one release; its files go to `out/<stem of the release>/`.

    Without `out` the report is validated and nothing is kept. The findings of the report hold Arelle's too.
    `to` names the formats (`pressmark.render.formats.FORMATS`), by default those of the command; with
    `standalone` the schemas they refer to lie beside them. `packages` are taxonomy packages (zip) that answer for
    ours. Raises `pressmark.errors.InputError` for a release that can't be
    read and `UsageError` for an output that can't be written, an unknown format or a broken package.
    """
    from pressmark.conversion import Settings
    from pressmark.conversion import convert as run
    from pressmark.pipeline import Options

    options = Options(cik=cik, ticker=ticker)
    settings = Settings(options, tuple(packages), calc_arcrole, force, standalone=standalone)
    if to is not None:
        settings = replace(settings, to=tuple(to))
    return run(source, Path(out) if out is not None else None, settings)
