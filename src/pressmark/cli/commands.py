"""The commands, their options and their help; what they do is one call into the stages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pressmark import __version__
from pressmark.cli.options import FILE, NAME, examples, given_limits, limit_option, mapping_options
from pressmark.cli.streams import ReaderGoneError, portable
from pressmark.cli.validation import outside_options, package_option
from pressmark.errors import UsageError
from pressmark.render.formats import DEFAULT, FORMATS, formats

if TYPE_CHECKING:
    from pressmark.pipeline import Options
    from pressmark.validate.outside import Outside

_TO = f"What to write, by default {','.join(DEFAULT)}; several are parted by commas; may be repeated."


class Commands(click.Group):
    """A group that lists its commands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands' names, as they were added."""
        return list(self.commands)

    def make_context(self, *given: Any, **others: Any) -> click.Context:  # noqa: ANN401 - click's signature
        """Reads the words of a command; printing help is part of it."""
        with _reader():
            return super().make_context(*given, **others)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Runs the command."""
        with _reader():
            return super().invoke(ctx)


@contextmanager
def _reader() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise ReaderGoneError from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@examples(
    "pressmark convert release.txt -o out      # read, map, write XBRL, validate",
    "pressmark facts release.htm > facts.json  # the numbers alone, as xBRL-JSON",
    "pressmark concepts 'research'             # search the concept table",
)
def app() -> None:
    """Read an earnings press release and write the XBRL report a filer would have written from it.

    Exit codes: 0 done; 1 done, with findings at or above the threshold (severity error, or what --fail-on says), or
    nothing found; 2 wrong usage; 3 unreadable input; 130 interrupted.
    """


@app.command()
@click.argument("sources", nargs=-1, required=True, type=NAME, metavar="RELEASE...")
@click.option("-o", "--out", type=FILE, required=True, help="Folder for the reports, one folder a release.")
@click.option("--to", multiple=True, metavar="FORMAT", default=DEFAULT, help=_TO)
@mapping_options
@package_option
@click.option(
    "--calc-arcrole",
    type=click.Choice(["2023", "2003"]),
    default="2023",
    show_default=True,
    help="Calculations 1.1, or the older arcrole for readers that know only that.",
)
@outside_options
@click.option("--standalone", is_flag=True, help="Put the schemas that the report refers to beside it.")
@click.option("--force", is_flag=True, help="Replace a report that is already there.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what is wrong.")
@examples(
    "pressmark convert samples/allos-2004-q1.txt -o out --cik 1097264",
    "pressmark convert releases/ 'archive/*.htm' -o out --force",
    "curl -s https://example.com/ex99-1.htm | pressmark convert - -o out",
    "pressmark convert release.htm -o out --prior last-10-k.htm --mapping mapping.toml",
    "pressmark convert release.txt -o out --package us-gaap-2025.zip",
    "pressmark convert release.txt -o out --to json,facts",
    "pressmark convert release.txt -o out --standalone",
)
@examples(*(f"{one.name:<8} {one.help}" for one in FORMATS.values()), heading="Formats")
def convert(
    sources: tuple[str, ...],
    out: Path,
    to: tuple[str, ...],
    known: Options,
    packages: tuple[Path, ...],
    calc_arcrole: str,
    outside: Outside | None,
    *,
    standalone: bool,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Convert releases (files, folders, globs, or - for standard input) into XBRL reports.

    Each release gets a folder OUT/<file name without suffix> with the report in the formats of --to, the
    extension schema and linkbases that they refer to, and the findings. A release that fails does not stop
    the others. A folder stands for the releases right in it; 'releases/**/*.htm' goes through its folders too.
    """
    from pressmark.cli.run import convert_all
    from pressmark.conversion import Settings

    if as_json and quiet:
        raise UsageError("--json", "it contradicts --quiet", "leave one of them out")
    chosen = tuple(one.name for one in formats(to))
    settings = Settings(known, packages, calc_arcrole, force, chosen, standalone, outside)
    return convert_all(sources, out, settings, as_json=as_json, quiet=quiet)


@app.command()
@click.argument("sources", nargs=-1, required=True, type=NAME, metavar="RELEASE...")
@click.option("-o", "--out", type=FILE, help="Folder for one file a release; without it, standard output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv"]),
    default="json",
    show_default=True,
    help="xBRL-JSON, or a flat table.",
)
@mapping_options
@examples(
    "pressmark facts release.txt",
    "pressmark facts release.txt --format csv > facts.csv",
    "pressmark facts releases/*.htm -o facts",
    "cat release.txt | pressmark facts -",
)
def facts(sources: tuple[str, ...], out: Path | None, form: str, known: Options) -> int:
    """Print the facts of a release without rendering a report or starting Arelle.

    The facts are xBRL-JSON (OIM 1.0), or with --format csv one row a fact. Findings of severity error go to
    standard error.
    """
    from pressmark.cli.run import facts_all

    return facts_all(sources, out, form, known)


@app.command()
@click.argument("source", type=NAME, metavar="RELEASE|REPORT")
@click.option("-o", "--out", type=FILE, help="The page to write; without it, a temporary file.")
@click.option("--review", is_flag=True, help="The page to judge by, with the release beside what became of it.")
@click.option("--no-open", is_flag=True, help="Write the page and leave the browser alone.")
@mapping_options
@package_option
@examples(
    "pressmark view release.htm",
    "pressmark view release.txt --review -o review.html --no-open",
    "pressmark view out/release",
    "pressmark view report.xbri",
)
def view(
    source: str,
    out: Path | None,
    known: Options,
    packages: tuple[Path, ...],
    *,
    review: bool,
    no_open: bool,
) -> int:
    """Open a release as Inline XBRL in the browser, each number with its concept, period and value to click on.

    Takes a release, an Inline XBRL report, a report folder or a report package. The page is that of the ixbrl-viewer
    (extra viewer); with --review it is Pressmark's page to judge a release by. Neither needs a network.
    """
    from pressmark.cli.view import view as show
    from pressmark.conversion import Settings

    return show(source, out, Settings(known, packages), review=review, browse=not no_open)


@app.command()
@click.argument("source", type=NAME, metavar="RELEASE")
@limit_option
@examples("pressmark prose release.txt", "pressmark prose release.txt | jq 'select(.finding == \"disagrees\")'")
def prose(source: str, limits: tuple[str, ...]) -> int:
    """List the figures that the release's sentences state, as JSON lines, with the fact each (dis)agrees with."""
    from pressmark.pipeline import stated

    for row in stated(source, given_limits(limits)):
        click.echo(portable(json.dumps(row, ensure_ascii=False)))
    return 0


@app.command()
@click.argument("text", nargs=-1, metavar="[TEXT]")
@click.option("--statement", type=click.Choice(["BS", "IS", "CF", "CI"]), help="Only concepts of one statement.")
@click.option("--json", "as_json", is_flag=True, help="Print the concepts as JSON.")
@examples("pressmark concepts", "pressmark concepts deferred revenue", "pressmark concepts tax --statement BS --json")
def concepts(text: tuple[str, ...], statement: str | None, *, as_json: bool) -> int:
    """Search the concept table by name, label and synonym; without TEXT, list it."""
    from pressmark.cli.show import show_concepts
    from pressmark.mapping.table import concept_table

    found = concept_table().search(" ".join(text))
    chosen = [c for c in found if statement is None or statement in c.statements]
    if as_json:
        keys = ("qname", "type", "period_type", "balance", "label", "statements")
        click.echo(json.dumps([{k: getattr(c, k) for k in keys} for c in chosen], indent=1))
    else:
        show_concepts(chosen)
    return 0 if chosen else 1


@app.group(cls=Commands)
@examples("pressmark taxonomy path", "pressmark taxonomy build")
def taxonomy() -> None:
    """The offline taxonomy packages generated from the concept table."""


@taxonomy.command("path")
@examples('arelleCmdLine --packages "$(pressmark taxonomy path)" --workOffline --validate --file report.xml')
def taxonomy_path() -> int:
    """Print where the taxonomy packages lie, joined by | as Arelle's --packages takes them."""
    from pressmark.render.taxonomy import package_paths

    click.echo("|".join(map(str, package_paths())))
    return 0


@taxonomy.command("build")
@click.option("-o", "--out", type=FILE, help="Folder to write to instead of the shipped place.")
@examples("pressmark taxonomy build", "pressmark taxonomy build -o packages")
def taxonomy_build(out: Path | None) -> int:
    """Generate the taxonomy packages from the concept table and the assertions, through the templates."""
    from pressmark.render.taxonomy import build_taxonomy, package_paths

    place = out or package_paths()[0].parent
    try:
        for path in build_taxonomy(place):
            click.echo(path)
    except OSError as error:
        raise UsageError(str(place), f"it can't be written ({error.strerror})", "name another folder") from error
    return 0
