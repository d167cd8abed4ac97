"""The commands for a team's CI: check releases against the accepted facts, explain what a finding means."""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pressmark.cli.commands import app
from pressmark.cli.options import FILE, NAME, check_below, examples, release_options, valid_cik
from pressmark.cli.streams import echo_outcome, json_text, portable
from pressmark.cli.validation import outside_options, package_option
from pressmark.errors import UsageError

if TYPE_CHECKING:
    from pressmark.check.config import Config
    from pressmark.check.rulebook import Explained
    from pressmark.validate.outside import Outside

FORMATS = ("text", "json", "junit", "sarif", "github", "markdown")


@app.command()
@click.argument("paths", nargs=-1, type=NAME, metavar="[PATH...]")
@click.option(
    "--baseline",
    type=FILE,
    help="Folder of the accepted facts (NAME.facts.csv); without it, they lie beside each release.",
)
@click.option("--update", is_flag=True, help="Accept the facts and findings of today.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="How the outcome is told.  [default: text]")
@click.option("-o", "--output", type=FILE, help="Write it to a file instead.")
@click.option("--also", multiple=True, metavar="FORMAT=FILE", help="Tell it in another format too; may be repeated.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "new"]),
    help="What fails the check: errors, warnings too, or only what is not accepted.  [default: error]",
)
@click.option("--jobs", type=click.IntRange(0), default=None, help="Processes; 0, as without it, is one a processor.")
@click.option("--config", "config_file", type=FILE, help="A configuration file (TOML).")
@click.option("--no-config", is_flag=True, help="Look for no pressmark.toml or pyproject.toml.")
@package_option
@release_options
@outside_options
@examples(
    "pressmark check releases/ --update                  # accept the facts of today",
    "pressmark check 'releases/**/*.htm'                  # those in its folders too",
    "pressmark check releases/                           # do they still convert, to the same facts, valid?",
    "pressmark check releases/ --fail-on new --format github --also sarif=check.sarif",
)
def check(
    paths: tuple[str, ...],
    baseline: Path | None,
    form: str | None,
    output: Path | None,
    also: tuple[str, ...],
    fail_on: str | None,
    jobs: int | None,
    config_file: Path | None,
    packages: tuple[Path, ...],
    cik: str | None,
    ticker: str | None,
    priors: tuple[Path, ...],
    mapping_file: Path | None,
    min_confidence: float | None,
    below: str | None,
    limits: tuple[str, ...],
    outside: Outside | None,
    *,
    update: bool,
    no_config: bool,
) -> int:
    """Check that releases still convert to the accepted facts, valid, with nothing newly unsure.

    PATH is a release, a folder (the releases right in it) or a pattern ('releases/**/*.txt' goes through folders too);
    without one, the paths of the configuration (pressmark.toml, or tool.pressmark in pyproject.toml). Nothing but the
    facts files is written, and those only with --update.
    """
    from pressmark.check.config import Config, find_config, read_config
    from pressmark.check.policy import FailOn

    if config_file is not None and no_config:
        raise UsageError("--config", "it contradicts --no-config", "leave one of them out")
    found = config_file or (None if no_config else find_config(Path()))
    config = read_config(found) if found is not None else Config()
    given: dict[str, Any] = {
        "paths": paths,
        "baseline": baseline,
        "format": form,
        "fail_on": FailOn(fail_on) if fail_on else None,
        "jobs": jobs,
        "packages": packages,
        "cik": valid_cik(cik) or None,
        "ticker": ticker,
        "priors": priors,
        "mapping": mapping_file,
        "min_confidence": min_confidence,
        "below": below,
        "limits": limits,
        "outside": outside,
    }
    config = replace(config, **{name: value for name, value in given.items() if value not in (None, ())})
    check_below(below, config.min_confidence)
    if not config.paths:
        raise UsageError("check", "no release is named", "give paths, or write them in pressmark.toml")
    outputs = [(config.format or "text", output), *map(_output, also)]
    return _run(config, outputs, update=update)


def _output(text: str) -> tuple[str, Path]:
    """FORMAT=FILE."""
    form, equals, name = text.partition("=")
    if form not in FORMATS or not equals or not name:
        raise UsageError(f"--also {text}", "it is not FORMAT=FILE", f"the formats are {', '.join(FORMATS)}")
    return form, Path(name)


def _run(config: Config, outputs: list[tuple[str, Path | None]], *, update: bool) -> int:
    from pressmark.check.formats import told
    from pressmark.check.prepare import task
    from pressmark.check.release import facts_file
    from pressmark.check.run import run_check
    from pressmark.cli.show import Progress
    from pressmark.inputs import STDIN, left_out, releases
    from pressmark.writing import check_outputs, write_whole

    sources = releases(config.paths, output=lambda source: facts_file(source, config.baseline))
    read = [Path(source) for source in sources if source != STDIN]
    read += [facts_file(source, config.baseline) for source in sources]
    read += [*([config.mapping] if config.mapping is not None else []), *config.priors, *config.packages]
    options = ["-o", *["--also"] * len(outputs)]
    check_outputs(((option, path) for option, (_, path) in zip(options, outputs, strict=False) if path), read)
    ready = task(config)
    folders = [Path(path) for path in config.paths if Path(path).is_dir()]
    whole = folders if len(folders) == len(config.paths) else []
    missed = left_out(config.paths, sources)
    with Progress(len(sources), enabled="CI" not in os.environ) as progress:
        outcome = run_check(
            sources, ready, jobs=config.jobs, update=update, folders=whole, left_out=missed, progress=progress.start
        )
    for form, path in outputs:
        text = told(outcome, form)
        if path is None:
            echo_outcome(portable(text) if form in ("json", "sarif") else text)
        else:
            write_whole(path, click.unstyle(text).encode())
    for release in outcome.releases:
        if release.error is not None:
            click.echo(f"pressmark: error: {release.error}", err=True)
    return outcome.code


@app.command()
@click.argument("words", nargs=-1, metavar="[CODE]")
@click.option("--json", "as_json", is_flag=True, help="Print what is known of each as JSON.")
@examples(
    "pressmark rules",
    "pressmark rules footing.inconsistent",
    "pressmark rules rule.balance-sheet",
    "pressmark rules cash",
)
def rules(words: tuple[str, ...], *, as_json: bool) -> int:
    """Explain findings: what a code means, how grave it is, what to do, with an example.

    CODE is a finding's code, or words to search for; without it, every code is listed. Codes of Arelle are listed by
    family.
    """
    from pressmark.check.rulebook import explained, rulebook, search
    from pressmark.mapping.rules_toml import near

    one = explained(words[0]) if len(words) == 1 else None
    found = (one,) if one else search(" ".join(words)) if words else rulebook()
    if as_json:
        click.echo(json_text([asdict(known) for known in found]))
    elif one:
        click.echo(_explanation(one))
    elif found:
        width = max(len(known.code) for known in found)
        for known in found:
            click.echo(f"{known.code:<{width}}  {known.severity:<7}  {known.meaning}")
    else:
        hint = near(" ".join(words), tuple(known.code for known in rulebook()))
        click.echo(f"no finding matches {' '.join(words)}{hint}", err=True)
    return 0 if found else 1


def _explanation(known: Explained) -> str:
    parts = [f"{click.style(known.code, bold=True)}  {known.severity} ({known.source})", known.meaning, known.hint]
    if known.example:
        parts.append(f"Example: {known.example}")
    return "\n\n".join(parts)
