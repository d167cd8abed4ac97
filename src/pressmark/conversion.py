"""From a release to its report folder: extract, render, validate, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pressmark.errors import UsageError
from pressmark.finding import Finding, ordered
from pressmark.inputs import stem
from pressmark.pipeline import Options, extraction
from pressmark.render.files import RenderOptions, check_folder, write_report
from pressmark.render.formats import DEFAULT, Format, Job, formats, write_formats
from pressmark.render.standalone import standalone
from pressmark.render.xbrl import render_xbrl
from pressmark.report.extraction import Extraction
from pressmark.report.model import Report
from pressmark.span import Span
from pressmark.validate.arelle import validate
from pressmark.validate.messages import ArelleMessage


@dataclass(frozen=True, slots=True)
class Settings:
    """What a conversion is told: about the release, the taxonomy packages, the output and its formats."""

    options: Options = field(default_factory=Options)
    packages: tuple[Path, ...] = ()
    calc_arcrole: str = "2023"
    force: bool = False
    to: tuple[str, ...] = DEFAULT
    standalone: bool = False


def convert(source: Path | str, out: Path | None, settings: Settings) -> Report:
    """The validated report of a release; with `out` its files are in `out/<stem>` when this returns."""
    chosen = formats(settings.to)
    folder = out / stem(str(source)) if out is not None else None
    if folder is not None:
        check_folder(folder, force=settings.force)
        _check_datasets(chosen, folder, force=settings.force)
    made, xbrl = _made(source, settings)
    if folder is not None:
        job = Job(made, standalone(xbrl, made.report.taxonomy) if settings.standalone else xbrl)
        added = {_added(one, folder): data for one in chosen if one.dataset for data in one.write(job).values()}
        write_report(write_formats(chosen, job), folder, force=settings.force, beside=added)
        return replace(made.report, findings=job.findings)
    return made.report


def validated(source: Path | str, settings: Settings) -> Extraction:
    """A release's report with Arelle's findings among its own, and what it was made from; nothing is written."""
    return _made(source, settings)[0]


def _made(source: Path | str, settings: Settings) -> tuple[Extraction, dict[str, bytes]]:
    """A release extracted and validated, and the XBRL files that were."""
    made = extraction(source, settings.options)
    xbrl = render_xbrl(made.report, RenderOptions(settings.calc_arcrole))
    findings = ordered([*made.report.findings, *_validated(made.report, xbrl, settings.packages)])
    return replace(made, report=replace(made.report, findings=findings)), xbrl


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


def _validated(report: Report, files: Mapping[str, bytes], packages: Sequence[Path]) -> list[Finding]:
    """Arelle's findings on the rendered files, each at the place in the release that its facts come from."""
    with TemporaryDirectory(prefix="pressmark-") as folder:
        try:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
        except OSError as error:
            cause = f"the report can't be put there to be validated ({error.strerror or error})"
            raise UsageError(folder, cause, "free some space, or name another folder in TMPDIR") from error
        outcome = validate(Path(folder) / f"{report.base}.xml", packages=packages)
    return [_placed(message, report) for message in outcome.messages]


def _placed(message: ArelleMessage, report: Report) -> Finding:
    facts = {f.id: f for f in report.facts}
    named = next((facts[i] for i in message.fact_ids if i in facts), None)
    if named is None:
        return replace(message.finding, span=Span(report.source, 1))
    place = named.places[0] if named.places else None
    return replace(message.finding, span=place, concept=named.concept.qname)
