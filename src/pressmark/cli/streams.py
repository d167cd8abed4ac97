"""The standard streams as a command needs them: whatever their encoding, whether they are there, who reads them."""

from __future__ import annotations

import codecs
import json
import os
import sys
from contextlib import suppress
from io import TextIOWrapper

import click

_HANDLER = "pressmark-escape"


class ReaderGoneError(Exception):
    """Nobody reads standard output any more, as after `| head`. No OSError, which click would make an exit of."""


def _escaped(error: UnicodeError) -> tuple[str, int]:
    r"""What a stream can't say, as JSON would: \u2192, two of them beyond the first plane."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return json.dumps(text)[1:-1], error.end


codecs.register_error(_HANDLER, _escaped)


def prepare() -> None:
    """Lets the streams take any character, and puts nothing in the place of those that the caller has closed."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open as long as the process
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def silence() -> None:
    """Sends what is left of standard output nowhere: no noise about it at exit."""
    with suppress(OSError, ValueError):  # where it is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def plain_terminal() -> bool:
    """Whether the user wants no colours: https://no-color.org, or a terminal that has none."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def json_text(value: object) -> str:
    """A value as JSON for standard output."""
    return portable(json.dumps(value, indent=1, ensure_ascii=False))


def portable(text: str) -> str:
    """JSON in characters that standard output and a reader of UTF-8 both take."""
    try:
        utf_8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    except LookupError:
        utf_8 = False
    return text if utf_8 else text.encode("ascii", _HANDLER).decode("ascii")


def echo_outcome(text: str) -> None:
    """Prints what is known before it is printed: a reader that goes away does not change the exit code."""
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        silence()
