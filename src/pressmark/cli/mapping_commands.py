"""The commands around mapping: learn from filings, start and check a mapping file, explain a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressmark.cli.commands import Commands, app
from pressmark.cli.options import (
    FILE,
    NAME,
    company_options,
    examples,
    given_limits,
    limit_option,
    mapping_options,
    valid_cik,
)
from pressmark.cli.streams import json_text
from pressmark.errors import InputError, UsageError
from pressmark.writing import check_outputs, write_whole

if TYPE_CHECKING:
    from pressmark.pipeline import Options


@app.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=FILE)
@click.option("-o", "--out", type=FILE, required=True, help="The dictionary file to write (JSON).")
@examples(
    "pressmark learn aapl-20240928.htm.gz -o aapl.json",
    "pressmark learn filings/2023 filings/2024.zip -o company.json",
    "pressmark convert release.txt -o out --prior company.json",
)
def learn(paths: tuple[Path, ...], out: Path) -> int:
    """Turn a company's XBRL filings into a dictionary of its lines, to keep, share and give to --prior.

    PATH is an Inline XBRL page (also gzipped), a folder or a zip with the instance and its linkbases, or a report
    package, of any version of us-gaap. Of several filings the newest wins.
    """
    from pressmark.mapping.dictionary import dumped
    from pressmark.mapping.prior import read_priors

    held = [one for path in paths if path.is_dir() for one in path.rglob("*") if one.suffix.lower() != ".json"]
    check_outputs([("-o", out)], [*paths, *held])
    try:
        found = read_priors(paths)
    except UsageError as error:  # as --prior it would be wrong usage, here it is the input
        raise InputError(error.where, error.cause, error.mend) from error
    assert found is not None  # noqa: S101 - click demands a path
    write_whole(out, dumped(found).encode())
    if len({f.identifier.lstrip("0") for f in found.filers if f.identifier}) > 1:
        click.echo(
            "pressmark: note: the filings are of several companies, whose lines are now one dictionary", err=True
        )
    names = ", ".join(dict.fromkeys(f.name or f.identifier or "a company without a name" for f in found.filers))
    lines = sum(bool(e.statement) for e in found.entries)
    click.echo(f"{out}: {lines} lines of the statements of {names}, {len(found.facts)} values")
    for note in found.carried:
        if note.current:
            click.echo(f"  {note.retired} is no longer in us-gaap: carried to {note.current}")
    return 0


@app.group(cls=Commands)
@examples("pressmark mapping init release.txt -o mapping.toml", "pressmark mapping check mapping.toml release.txt")
def mapping() -> None:
    """Mapping files: your own rules for what a line is."""


@mapping.command("init")
@click.argument("source", type=NAME, metavar="RELEASE")
@click.option("-o", "--out", type=FILE, help="The file to write; without it, standard output.")
@mapping_options
@examples(
    "pressmark mapping init release.txt -o mapping.toml",
    "pressmark mapping init release.htm --ticker AAPL    # the rules are then for that company alone",
)
def mapping_init(source: str, out: Path | None, known: Options) -> int:
    """Write a starting mapping file with today's choice for every line of a release.

    With --ticker or --cik the rules are for that company alone.
    """
    from pressmark.inputs import STDIN
    from pressmark.mapping.rules_init import starting_file
    from pressmark.pipeline import mapped

    found = mapped(source, known)
    text = starting_file(found, "stdin" if source == STDIN else Path(source).name, known.ticker or known.cik)
    if out is None:
        click.echo(text, nl=False)
    elif out.exists():
        raise UsageError(str(out), "the file is already there", "name another, or delete it")
    else:
        write_whole(out, text.encode())
        click.echo(f"{out}: {text.count('[[rule]]')} rules")
    return 0


@mapping.command("check")
@click.argument("file", metavar="FILE", type=FILE)
@click.argument("sources", nargs=-1, type=NAME, metavar="[RELEASE...]")
@company_options
@limit_option
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@examples(
    "pressmark mapping check mapping.toml",
    "pressmark mapping check mapping.toml releases/*.htm",
    "pressmark mapping check mapping.toml release.txt --ticker AAPL",
)
def mapping_check(
    file: Path, sources: tuple[str, ...], cik: str | None, ticker: str | None, limits: tuple[str, ...], *, as_json: bool
) -> int:
    """Check a mapping file; with releases, also which rules match nothing, shadow each other or clash.

    Exit codes: 0 nothing, or warnings alone; 2 a fault.
    """
    from pressmark.inputs import releases
    from pressmark.mapping.rules_check import Use, try_on, unused
    from pressmark.mapping.rules_file import checked
    from pressmark.pipeline import Options, understood

    known = Options(cik=valid_cik(cik), ticker=ticker or "", limits=given_limits(limits))
    rules, problems = checked(file)
    found = list(problems)
    if sources and not any(not p.warning for p in found):
        use = Use()
        for source in releases(sources, output=str):
            release = understood(source, known)
            ours = rules.of_company(cik=release.cik, ticker=release.ticker)
            try_on(ours, release.statements, use)
        found += [*use.problems, *unused(rules, use)]
    found.sort(key=lambda p: p.line)
    if as_json:
        keys = ("line", "cause", "mend", "warning")
        click.echo(json_text([{"file": str(file), **{k: getattr(p, k) for k in keys}} for p in found]))
    else:
        for problem in found:
            kind = "warning" if problem.warning else "error"
            click.echo(f"{file}:{problem.line}: {kind}: {problem.cause}; {problem.mend}")
        errors = sum(not p.warning for p in found)
        counts = ((len(rules.rules), "rule"), (errors, "error"), (len(found) - errors, "warning"))
        click.echo(f"{file}: {', '.join(f'{n} {word}' if n == 1 else f'{n} {word}s' for n, word in counts)}")
    return 2 if any(not p.warning for p in found) else 0


@app.command()
@click.argument("source", type=NAME, metavar="RELEASE")
@click.option(
    "--line", "number", type=click.IntRange(1), default=None, help="Only what stands on this line of the file."
)
@click.option("--label", default="", help="Only lines whose label holds this text.")
@mapping_options
@click.option("--json", "as_json", is_flag=True, help="Print the lines as JSON.")
@examples(
    "pressmark explain release.txt --label 'other income'",
    "pressmark explain release.txt --line 214 --prior aapl-20240928.htm.gz",
    "pressmark explain release.txt --json | jq '.[] | select(.confidence < 0.6) | .label'",
)
def explain(source: str, number: int | None, label: str, known: Options, *, as_json: bool) -> int:
    """Tell why a line is mapped as it is: its concept, how sure that is, the evidence, and what else it could be.

    Where no line is on the line or has the label that is asked for, the exit code is 1, as of a search.
    """
    from pressmark.mapping.explain import lines, record, text
    from pressmark.pipeline import mapped

    told = lines(mapped(source, known), number=number or 0, label=label)
    if as_json:
        click.echo(json_text([record(t) for t in told]))
    elif told:
        click.echo("\n\n".join(text(t) for t in told))
    else:
        asked = " and ".join([f"on line {number}"] * bool(number) + [f"with “{label}” in its label"] * bool(label))
        click.echo(f"{source}: no statement has a line with values {asked}".rstrip(), err=True)
    return 0 if told else 1
