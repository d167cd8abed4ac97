"""The formats that a report can be written in: one table of names, each with its writer and the files it makes.

A writer takes a `Job` and gives file names with their bytes; whatever is heavy it imports itself. To add a format,
write such a function and a line of `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressmark.collection import without_collection
from pressmark.errors import UsageError
from pressmark.finding import Finding, ordered

if TYPE_CHECKING:
    from pressmark.report.extraction import Extraction
    from pressmark.report.model import Report


@dataclass(frozen=True, slots=True)
class Job:
    """What a writer works from.

    `extraction` is the release after all stages, its report with the validation's findings; `xbrl` holds the files of
    `pressmark.render.xbrl.render_xbrl`, and for a standalone report the schemas beside them. Writers add what they
    notice to `noted`; `files` are those written so far.
    """

    extraction: Extraction
    xbrl: Mapping[str, bytes]
    noted: list[Finding] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        """The report of the release."""
        return self.extraction.report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those of the report and what the writers noted."""
        return ordered([*self.report.findings, *self.noted])

    @property
    def taxonomy(self) -> dict[str, bytes]:
        """The extension schema with its linkbases and, in a standalone report, the schemas beside it."""
        return {name: data for name, data in self.xbrl.items() if name != f"{self.report.base}.xml"}


Writer = Callable[[Job], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what --to calls it, what it is in a line, the files it makes (`<base>` stands for the report's name).

    `taxonomy` says that its files refer to the extension schema, which is then written beside them. `library` is what
    its writer imports beyond what Pressmark always has, and `extra` the name to install that by. A format with a
    `dataset` makes one file, which is added to the folder of that name beside the reports.
    """

    name: str
    help: str
    files: tuple[str, ...]
    write: Writer
    taxonomy: bool = False
    extra: str = ""
    library: str = ""
    dataset: str = ""


def _xml(job: Job) -> Mapping[str, bytes]:
    name = f"{job.report.base}.xml"
    return {name: job.xbrl[name]}


def _json(job: Job) -> Mapping[str, bytes]:
    from pressmark.render.oim import xbrl_json

    base = job.report.base
    return {f"{base}.json": xbrl_json(job.report, [f"{base}.xsd"])}


def _csv(job: Job) -> Mapping[str, bytes]:
    from pressmark.render.oim_csv import xbrl_csv

    return xbrl_csv(job.report, f"{job.report.base}.xsd")


def _facts(job: Job) -> Mapping[str, bytes]:
    from pressmark.render.tables import flat_csv

    return {"facts.csv": flat_csv(job.report)}


def _inline(job: Job) -> Mapping[str, bytes]:
    from pressmark.render.inline import render_inline

    base = job.report.base
    inline = render_inline(job.extraction, f"{base}.xsd")
    job.noted.extend(inline.findings)
    return {f"{base}.htm": inline.data}


def _package(job: Job) -> Mapping[str, bytes]:
    from pressmark.render.package import report_package

    base = job.report.base
    inline = job.files.get(f"{base}.htm") or _inline(job)[f"{base}.htm"]
    reports = (("xbri", f"{base}.xhtml", inline), ("xbr", f"{base}.xbrl", job.xbrl[f"{base}.xml"]))
    return {
        f"{base}.{kind}": report_package(job.report, kind, document, content, job.taxonomy)
        for kind, document, content in reports
    }


def _parquet(job: Job) -> Mapping[str, bytes]:
    from pressmark.render.parquet import to_parquet

    return {PARQUET: to_parquet(job.report)}


def _xlsx(job: Job) -> Mapping[str, bytes]:
    from pressmark.render.workbook import workbook

    return {f"{job.report.base}.xlsx": workbook(job.extraction, job.findings)}


def _html(job: Job) -> Mapping[str, bytes]:
    from pressmark.render.review import render_review

    return {f"{job.report.base}.html": render_review(job.extraction)}


PARQUET = "facts.parquet"
_TABLE = (
    Format("xml", "the report as an xBRL-XML instance", ("<base>.xml",), _xml, taxonomy=True),
    Format("inline", "the release itself as Inline XBRL", ("<base>.htm",), _inline, taxonomy=True),
    Format("json", "the same facts as xBRL-JSON", ("<base>.json",), _json, taxonomy=True),
    Format("csv", "the same facts as xBRL-CSV", ("<base>_csv.json", "<base>_facts.csv"), _csv, taxonomy=True),
    Format("html", "a page to judge the report by, beside the release", ("<base>.html",), _html),
    Format("package", "both reports as report packages, with the extension", ("<base>.xbri", "<base>.xbr"), _package),
    Format("facts", "the same facts as a flat table", ("facts.csv",), _facts),
    Format(
        "xlsx",
        "the statements, facts and findings as a workbook",
        ("<base>.xlsx",),
        _xlsx,
        extra="xlsx",
        library="xlsxwriter",
    ),
    Format(
        "parquet",
        "the facts, added to a dataset of all releases",
        (),
        _parquet,
        extra="parquet",
        library="pyarrow",
        dataset=PARQUET,
    ),
)
FORMATS: Mapping[str, Format] = {one.name: one for one in _TABLE}
DEFAULT = ("xml", "json", "facts")


def formats(names: Iterable[str]) -> tuple[Format, ...]:
    """The formats of `names`, each once in the order of the table. An entry may hold several, parted by commas.

    Raises UsageError for a name that is not in the table, and for a format whose library is not installed.
    """
    wanted = {name.strip() for entry in names for name in entry.split(",")}
    for name in sorted(wanted - set(FORMATS)):
        if not name:
            raise UsageError("--to", "a name between commas is empty", f"the formats are {', '.join(FORMATS)}")
        raise UsageError(f"--to {name}", "there is no such format", _instead(name))
    chosen = tuple(one for one in FORMATS.values() if one.name in wanted)
    for one in chosen:
        _check_library(one)
    return chosen


@without_collection()
def write_formats(chosen: Iterable[Format], job: Job) -> dict[str, bytes]:
    """The files of the chosen formats, and the extension schema with its linkbases where one of them refers to it.

    The findings' file holds those of the report and what the writers noted.
    """
    from pressmark.render.tables import findings_json

    chosen = tuple(chosen)
    if any(one.taxonomy for one in chosen):
        job.files.update(job.taxonomy)
    for one in chosen:
        if not one.dataset:
            job.files.update(one.write(job))
    return {**job.files, "findings.json": findings_json(replace(job.report, findings=job.findings))}


def _instead(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), FORMATS, 1, 0.5)
    meant = f"{near[0]} may be meant; " if near else ""
    return f"{meant}choose from {', '.join(FORMATS)}"


def _check_library(one: Format) -> None:
    from importlib.util import find_spec

    if one.library and find_spec(one.library) is None:
        cause = f"it needs {one.library}, which is not installed"
        raise UsageError(f"--to {one.name}", cause, f"pip install 'pressmark[{one.extra}]'")
