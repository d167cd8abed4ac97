"""The command that validates any XBRL report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pressmark.cli.commands import app
from pressmark.cli.options import FILE, examples
from pressmark.cli.streams import json_text
from pressmark.cli.validation import outside_options, package_option
from pressmark.errors import PressmarkError

if TYPE_CHECKING:
    from pressmark.validate.outside import Outside

_LINKBASES = ("_lab", "_pre", "_cal", "_def", "_ref")


@app.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...", type=FILE)
@package_option
@click.option("--no-rules", is_flag=True, help="Leave out Pressmark's formula assertions.")
@click.option(
    "--calculations",
    type=click.Choice(["round", "truncation"]),
    default="round",
    show_default=True,
    help="How the report shortens its figures (Calculations 1.1).",
)
@outside_options
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@examples(
    "pressmark validate out/allos-2004-q1/alth-20040331.xml",
    "pressmark validate filing.htm --package us-gaap-2025.zip --json",
    "pressmark validate filing.htm --plugin EDGAR/validate --disclosure-system efm-pragmatic",
)
def validate(
    reports: tuple[Path, ...],
    packages: tuple[Path, ...],
    calculations: str,
    outside: Outside | None,
    *,
    no_rules: bool,
    as_json: bool,
) -> int:
    """Validate XBRL reports with Arelle, offline: also reports that are not Pressmark's.

    Takes xBRL-XML, Inline XBRL, xBRL-JSON, xBRL-CSV, report packages, and a folder with one xBRL-XML instance (of
    convert, say).
    """
    from pressmark.cli.show import finding_line
    from pressmark.render.files import finding_record
    from pressmark.validate.arelle import validate as validated

    worst = 0
    records: list[dict[str, Any]] = []
    for given in reports:
        path = _report(given)
        try:
            outcome = validated(path, packages=packages, rules=not no_rules, calculations=calculations, outside=outside)
        except PressmarkError as error:
            click.echo(f"pressmark: error: {error}", err=True)
            worst = max(worst, error.exit_code)
            continue
        errors = sum(f.severity.rank == 0 for f in outcome.findings)
        warnings = sum(f.severity.rank == 1 for f in outcome.findings)
        worst = max(worst, int(errors > 0))
        records.extend({"report": str(path), **finding_record(f)} for f in outcome.findings)
        if not as_json:
            for finding in outcome.findings:
                click.echo(finding_line(finding))
            click.echo(f"{path}: {errors} errors, {warnings} warnings")
    if as_json:
        click.echo(json_text(records))
    return worst


def _report(given: Path) -> Path:
    """The one xBRL-XML instance in a folder; anything else as it is given."""
    if not given.is_dir():
        return given
    found = [path for path in sorted(given.glob("*.xml")) if not path.stem.endswith(_LINKBASES)]
    return found[0] if len(found) == 1 else given
