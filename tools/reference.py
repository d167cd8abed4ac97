"""Writes the reference pages that follow from the program: the commands from their help, the findings from their table.

usage: python tools/reference.py [--check]    --check: write nothing, exit with 1 where a page is stale
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pressmark.check.rulebook import rulebook
from pressmark.cli.commands import app

DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"
COMMANDS_HEAD = """# Commands

Written by `python tools/reference.py` from the commands' own help.

## Exit codes

The same for every command; with several releases the worst one counts.

| code | meaning |
|---|---|
| 0 | clean: done, and nothing found is at or above the threshold |
| 1 | done, but a finding is at or above it, or a search (`concepts`, `rules`, `explain`) found nothing |
| 2 | wrong usage |
| 3 | an input can't be read |
| 130 | interrupted |

The threshold is severity error; `check` and `compare` take another one with `--fail-on`. Wrong usage is: unknown or
contradictory options, an output that can't be written, a faulty mapping or configuration file, a broken taxonomy
package, an installed package of the wrong version. An input can't be read where it is missing, empty or binary, holds
no release or no report, where a facts file is damaged, or where the process that read it was killed.

Codes 2 and 3 come with one line on standard error that names the file or option, the cause and the mend. Nothing
half-written is left: a report folder is complete or it is not there. Where the reader of standard output goes away
(`| head`) a command stops with 0; `check` has done its work by then and gives its own code. What the encoding of
standard output lacks is written as JSON escapes it (`\\u2192`). `NO_COLOR` and `TERM=dumb` leave colours out.
"""
FINDINGS_HEAD = """# Findings

Written by `python tools/reference.py` from `taxonomy/findings.tsv`, `finding-examples.tsv` and `arelle-codes.tsv`. A
finding is something noticed about a release or its report; it stands in `findings.json` and in the output of `convert`.
An error makes the exit code 1. `pressmark rules CODE` shows the same in a terminal. The codes of the formula assertions
are in [rules](rules.md), those that come through from Arelle at the end.
"""


def walk(group: click.Group, prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its path of names, in the order in which help lists them."""
    for name, command in group.commands.items():
        yield (*prefix, name), command
        if isinstance(command, click.Group):
            yield from walk(command, (*prefix, name))


def commands_page() -> str:
    """The page of the commands."""
    parts = [COMMANDS_HEAD]
    for path, command in (((), app), *walk(app)):
        name = " ".join(("pressmark", *path))
        context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
        options = [f"`{o}`" for p in command.params for o in p.opts if o.startswith("--")]
        text = command.get_help(context)
        parts.append(f"## {name}\n\n```text\n{text}\n```\n" + (f"\nOptions: {', '.join(options)}\n" if options else ""))
    return "\n".join(parts)


def findings_page() -> str:
    """The page of the findings: ours with their examples, then Arelle's families."""
    parts = [FINDINGS_HEAD]
    ours = (one for one in rulebook() if one.source == "pressmark")
    parts.extend(f"## {c.code}\n\n**{c.severity}.** {c.meaning}\n\n{c.hint}\n\n> {c.example}\n" for c in ours)
    families = (one for one in rulebook() if one.source not in ("pressmark", "rule"))
    rows = "".join(f"| `{one.code}` | {one.source} | {one.meaning} | {one.hint} |\n" for one in families)
    parts.append(f"## Codes of Arelle\n\n| code | about | meaning | what to do |\n|---|---|---|---|\n{rows}")
    return "\n".join(parts)


def main() -> int:
    """Writes or checks the pages."""
    stale = []
    for name, text in (("commands.md", commands_page()), ("findings.md", findings_page())):
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if stale:
        print("stale:" if "--check" in sys.argv else "written:", *stale)
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
