"""Makes a page of a release or a report and opens it in the browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import click

from pressmark.conversion import Settings, convert
from pressmark.errors import InputError, UsageError
from pressmark.inputs import STDIN, stem
from pressmark.render.formats import FORMATS
from pressmark.report.model import Report
from pressmark.validate.messages import ARCHIVES
from pressmark.writing import write_whole

_INLINE = b"http://www.xbrl.org/2013/inlineXBRL"
_HEAD = 65_536
_PAGES = (".htm", ".html", ".xhtml")
_OTHER = (".xml", ".xbrl", ".json", ".xsd")


def view(source: str, out: Path | None, settings: Settings, *, review: bool, browse: bool) -> int:
    """Writes the page, prints where it is, and opens it with `browse`. Gives 1 where a finding of it is an error."""
    if out is not None and out.exists() and Path(source).exists() and out.samefile(source):
        raise UsageError(f"-o {out}", "it is the source itself", "name another file")
    if not review:
        from pressmark.validate.viewer import check_viewer

        check_viewer()
    given = _report(source)
    code = 0
    if given is None:
        pages, code = _of_release(source, settings, review=review)
    elif review:
        raise UsageError("--review", f"{source} is a report, not a release", "give the release it was made from")
    else:
        from pressmark.validate.viewer import viewer_pages

        pages = viewer_pages(given, packages=settings.packages)
    path = _written(pages, out or Path(mkdtemp(prefix="pressmark-")) / f"{stem(source)}.html")
    click.echo(path)
    if browse and not webbrowser.open(path.absolute().as_uri()):
        click.echo(f"no browser could be started; open {path} yourself", err=True)
    return code


def _of_release(source: str, settings: Settings, *, review: bool) -> tuple[Mapping[str, bytes], int]:
    """The page of a release that is converted for it, and the exit code that its findings ask for."""
    name = "html" if review else "inline"
    with TemporaryDirectory(prefix="pressmark-") as folder:
        report = convert(source, Path(folder), replace(settings, to=(name,)))
        made = Path(folder) / stem(source) / _file_of(name, report)
        code = int(any(one.severity.rank == 0 for one in report.findings))
        if review:
            return {made.name: made.read_bytes()}, code
        from pressmark.validate.viewer import viewer_pages

        return viewer_pages(made, packages=settings.packages), code


def _file_of(name: str, report: Report) -> str:
    return FORMATS[name].files[0].replace("<base>", report.base)


def _report(source: str) -> Path | None:
    """The Inline XBRL that a source is or holds; None for a release. Raises InputError for other XBRL."""
    path = Path(source)
    if source == STDIN or not path.exists():
        return None
    if path.is_dir():
        inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _PAGES and _is_inline(one))
        if not inside:
            raise InputError(source, "the folder holds no Inline XBRL", "convert the release with --to inline")
        return inside[0]
    if path.suffix.lower() in _OTHER:
        raise InputError(source, "is not Inline XBRL", "give the inline report, or the release it was made from")
    if path.suffix.lower() in ARCHIVES or (path.suffix.lower() in _PAGES and _is_inline(path)):
        return path
    return None


def _is_inline(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _INLINE in file.read(_HEAD)
    except OSError:
        return False


def _written(pages: Mapping[str, bytes], path: Path) -> Path:
    """The first page at `path` and any others beside it."""
    first, *others = pages
    for name in others:
        write_whole(path.parent / name, pages[name])
    write_whole(path, pages[first])
    return path
