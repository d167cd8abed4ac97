"""What surrounds every command: the exit code, and one clear line on standard error where it fails."""

from __future__ import annotations

import sys

import click

from pressmark.cli.commands import app
from pressmark.cli.streams import ReaderGoneError, plain_terminal, prepare, silence
from pressmark.errors import PressmarkError

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and gives its exit code: one clear line on standard error where it fails, never a traceback."""
    prepare()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except (ReaderGoneError, BrokenPipeError):
        silence()
        code = 0
    except OSError as error:
        where = error.filename or "standard output"
        code = _failed(f"{where}: it can't be read or written ({error.strerror or error}); see that it is there")
    except UnicodeError as error:
        code = _failed(f"a name or a text is no Unicode ({error}); rename the file, or save it as UTF-8")
    return code


def _run(arguments: list[str] | None) -> int:
    try:
        color = False if plain_terminal() else None
        code = app.main(args=arguments, prog_name="pressmark", standalone_mode=False, color=color)
    except PressmarkError as error:
        click.echo(f"pressmark: error: {error}", err=True)
        code = error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = error.exit_code
    except click.ClickException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "pressmark")
        click.echo(f"pressmark: error: {error.format_message()} See '{command} --help'.", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("pressmark: interrupted; nothing half-written is left", err=True)
        code = INTERRUPTED
    return code if isinstance(code, int) else 0


def _failed(message: str) -> int:
    silence()
    click.echo(f"pressmark: error: {message}", err=True)
    return 2
