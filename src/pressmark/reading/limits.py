"""How large a source may be in each respect: the defaults, what the caller changes, and the error beyond one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from pressmark.errors import InputError, UsageError

_DIGITS = 18
"""So many digits at most in a limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of a source; what is larger is refused with an `InputError` that names the limit.

    Spans are the exception: one above its limit is taken to be the limit, as browsers do. All are whole
    numbers above 0. `docs/reference/limits.md` lists them with what each guards.
    """

    bytes: int = 64 * 1024 * 1024
    """The size of the source: the longest releases are a hundredth of it."""

    documents: int = 20_000
    """The documents of an EDGAR submission."""

    lines: int = 250_000
    """The lines of the text, or of the document taken from a submission; each takes some 250 bytes of memory."""

    elements: int = 1_000_000
    """The `<` of an HTML document; an element takes up to 1.5 KB of memory."""

    attributes: int = 2_000
    """The attributes of one HTML element: libxml2 takes time by their square."""

    colspan: int = 1_000
    """The columns over which an HTML cell stretches, the most that HTML allows."""

    rowspan: int = 100
    """The rows over which an HTML cell stretches."""

    pages: int = 500
    """The pages of a PDF."""

    characters: int = 2_000_000
    """The characters of a PDF's text layer."""


DEFAULT = Limits()

_NAMES = tuple(field.name for field in fields(Limits))


def exceeded(file: str, name: str, most: int, where: str = "") -> InputError:
    """The error of a source that holds more than `most` of what the limit `name` counts."""
    return InputError(
        file,
        f"more than {most:,} {name}{where}",
        f"give the release alone, without the rest of the filing, or raise the limit with --limit {name}=NUMBER",
    )


def parse_limits(settings: Iterable[str]) -> Limits:
    """The limits with those changed that `settings` name, each as NAME=NUMBER; of two for one name the last counts.

    Raises UsageError for a name that is no limit and for a value that is not a whole number above 0.
    """
    limits = DEFAULT
    for setting in settings:
        name, _, value = setting.partition("=")
        where = f"--limit {setting[:60]!r}"
        if name not in _NAMES:
            raise UsageError(where, "no such limit", f"give NAME=NUMBER with a name of {', '.join(_NAMES)}")
        if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS and int(value)):
            raise UsageError(
                where, "not a whole number above 0", f"give {name}=NUMBER, as {name}={getattr(DEFAULT, name)}"
            )
        limits = replace(limits, **{name: int(value)})
    return limits
