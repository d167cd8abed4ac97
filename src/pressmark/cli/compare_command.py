"""The command that compares releases and filings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pressmark.cli.commands import app
from pressmark.cli.options import NAME, examples, mapping_options
from pressmark.cli.streams import json_text
from pressmark.errors import UsageError

if TYPE_CHECKING:
    from pressmark.pipeline import Options


@app.command()
@click.argument("sources", nargs=-1, required=True, type=NAME, metavar="OLDER NEWER...")
@mapping_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="For people, for programs, for a pull request.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="Exit with 1 where a difference is at least as grave as this.",
)
@examples(
    "pressmark compare samples/allos-2003-q4.txt samples/allos-2004-q1.txt",
    "pressmark compare q1.htm q2.htm q3.htm q4.htm --prior last-10-k.htm",
    "pressmark compare release.htm company-10-q.htm.gz",
    "pressmark compare q1.htm q2.htm --format markdown --fail-on warning",
)
def compare(sources: tuple[str, ...], known: Options, form: str, *, as_json: bool, fail_on: str) -> int:
    """Compare what two sources of one company state for the same periods; of several, each with the one before.

    A source is a release, or an XBRL filing: an Inline XBRL page (also gzipped), a folder or zip with the
    instance and its linkbases, a report package, a report folder of convert. Values that differ are told as
    restated, reclassified between lines, split, of another sign or contradictory; lines as gone, new, or under
    another concept or label.
    """
    from pressmark.cli.show_comparison import as_markdown, as_record, show_comparison
    from pressmark.comparing import compare_files
    from pressmark.finding import Severity

    if len(sources) < 2:
        raise UsageError("compare", "it takes two sources or more", "name the older one first")
    if as_json and form == "markdown":
        raise UsageError("--json", "it contradicts --format markdown", "leave one of them out")
    found = compare_files(sources, known)
    if as_json or form == "json":
        click.echo(json_text([as_record(c) for c in found]))
    else:
        for number, one in enumerate(found):
            if number:
                click.echo()
            if form == "markdown":
                click.echo(as_markdown(one))
            else:
                show_comparison(one)
    worst = Severity(fail_on).rank
    return int(any(f.severity.rank <= worst for c in found for f in c.findings))
