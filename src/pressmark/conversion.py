"""From a release to its report folder: extract, render, validate, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pressmark.errors import UsageError
from pressmark.finding import ordered
from pressmark.inputs import stem
from pressmark.pipeline import Options, extraction
from pressmark.placing import placed
from pressmark.render.files import RenderOptions, check_folder, write_report
from pressmark.render.formats import DEFAULT, Format, Job, formats, write_formats
from pressmark.render.standalone import standalone
from pressmark.render.xbrl import render_xbrl
from pressmark.report.extraction import Extraction
from pressmark.report.model import Report
from pressmark.validate.arelle import validate
from pressmark.validate.outside import Outside


@dataclass(frozen=True, slots=True)
class Settings:
    """What a conversion is told: about the release, the taxonomy packages, the output and its formats."""

    options: Options = field(default_factory=Options)
    packages: tuple[Path, ...] = ()
    calc_arcrole: str = "2023"
    force: bool = False
    to: tuple[str, ...] = DEFAULT
    standalone: bool = False
    outside: Outside | None = None


def convert(source: Path | str, out: Path | None, settings: Settings) -> Report:
    """The validated report of a release; with `out` its files are in `out/<stem>` when this returns."""
    chosen = formats(settings.to)
    folder = out / stem(str(source)) if out is not None else None
    if folder is not None:
        check_folder(folder, force=settings.force)
        _check_datasets(chosen, folder, force=settings.force)
    made, xbrl = checked(extraction(source, settings.options), settings)
    if folder is not None:
        job = Job(made, standalone(xbrl, made.report.taxonomy) if settings.standalone else xbrl)
        added = {_added(one, folder): data for one in chosen if one.dataset for data in one.write(job).values()}
        write_report(write_formats(chosen, job), folder, force=settings.force, beside=added)
        return replace(made.report, findings=job.findings)
    return made.report


def validated(source: Path | str, settings: Settings) -> Extraction:
    """A release's report with Arelle's findings among its own, and what it was made from; nothing is written."""
    return checked(extraction(source, settings.options), settings)[0]


def _added(one: Format, folder: Path) -> Path:
    """The file that a release adds to a dataset beside the reports; it is named for the release's folder."""
    return folder.parent / one.dataset / f"{folder.name}.parquet"


def _check_datasets(chosen: Sequence[Format], folder: Path, *, force: bool) -> None:
    for one in chosen:
        if one.dataset:
            from pressmark.render.parquet import check_dataset

            path = _added(one, folder)
            if path.is_dir() or (path.exists() and not force):
                raise UsageError(str(path), "is already there", "replace it with --force, or move it away")
            check_dataset(path.parent)


def checked(made: Extraction, settings: Settings) -> tuple[Extraction, dict[str, bytes]]:
    """The extraction with Arelle's findings on its rendered files among its own, and the files by name."""
    report = made.report
    files = render_xbrl(report, RenderOptions(settings.calc_arcrole))
    with TemporaryDirectory(prefix="pressmark-") as folder:
        try:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
        except OSError as error:
            cause = f"the report can't be put there to be validated ({error.strerror or error})"
            raise UsageError(folder, cause, "free some space, or name another folder in TMPDIR") from error
        instance = Path(folder) / f"{report.base}.xml"
        outcome = validate(instance, packages=settings.packages, outside=settings.outside)
    findings = ordered([*report.findings, *placed(outcome.messages, report)])
    return replace(made, report=replace(report, findings=findings)), files
