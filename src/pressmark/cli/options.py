"""The options that commands share: what the user knows of a release, and how names, shares and CIKs are checked."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pressmark.errors import UsageError

if TYPE_CHECKING:
    from pressmark.reading.limits import Limits

BELOW = ("extension", "finding")
_EMPTY = "an empty name; is a variable unset?"
_PRIOR = "The company's earlier XBRL (a page, folder, zip or package), or a dictionary made by learn; may be repeated."
_LIMIT = "Reads larger sources, or only smaller ones: NAME=NUMBER, as pages=900; may be repeated."
_MIN_CONFIDENCE = "What to do with lines less sure than this (0 to 1) is told by --below."
_BELOW = "Lines below --min-confidence become extension concepts, or keep theirs with a finding.  [default: extension]"
_CIK = "The CIK of the company that the sources are of (the texts seldom state it)."
_TICKER = "The ticker of the company that the sources are of."


class _Name(click.types.StringParamType):
    """A text that is not empty: an empty one is most often a variable that is not set."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        text = super().convert(value, param, ctx)
        if not text:
            self.fail(_EMPTY, param, ctx)
        return str(text)


class _File(click.Path):
    """A path whose name is not empty, which would be the working directory."""

    def convert(
        self, value: str | PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | PathLike[str]:
        if not str(value):
            self.fail(_EMPTY, param, ctx)
        return super().convert(value, param, ctx)


class _Share(click.FloatRange):
    """A number from 0 to 1, which "nan" is not."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        share = float(super().convert(value, param, ctx))
        if share != share:  # noqa: PLR0124 - what nan is told by
            self.fail(f"{value} is not in the range 0<=x<=1.", param, ctx)
        return share


NAME = _Name()
FILE = _File(path_type=Path)


def examples(*lines: str, heading: str = "Examples") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds a part to a command's help, of lines that are not to be filled."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        shown = "\n".join(f"  {line}" for line in lines)
        function.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\n\b\n{heading}:\n{shown}\n"
        return function

    return add


def mapping_options(function: Callable[..., int]) -> Callable[..., int]:
    """Adds the options that say what the user knows of the release; the command gets them as one `known`.

    The files that they name are read first: a fault in one ends the command before any release is read.
    """

    @wraps(function)
    def run(
        *,
        cik: str | None,
        ticker: str | None,
        priors: tuple[Path, ...],
        mapping_file: Path | None,
        min_confidence: float | None,
        below: str | None,
        limits: tuple[str, ...],
        **others: Any,  # noqa: ANN401 - whatever the command takes
    ) -> int:
        from pressmark.pipeline import Options

        check_below(below, min_confidence)
        known = Options(cik=valid_cik(cik), ticker=ticker or "", limits=given_limits(limits))
        known = replace(known, min_confidence=min_confidence or 0.0, below=below or BELOW[0])
        if priors:
            from pressmark.mapping.prior import read_priors

            known = replace(known, prior=read_priors(priors))
        if mapping_file is not None:
            from pressmark.mapping.rules_file import read_rules

            known = replace(known, rules=read_rules(mapping_file))
        return function(known=known, **others)

    return release_options(run)


def release_options(function: Callable[..., int]) -> Callable[..., int]:
    """Adds the options of `mapping_options` as they are given, None where one is not."""
    return company_options(
        click.option("--prior", "priors", multiple=True, type=FILE, help=_PRIOR)(
            click.option("--mapping", "mapping_file", type=FILE, help="A mapping file (TOML) with your own rules.")(
                click.option("--min-confidence", type=_Share(0, 1), default=None, help=_MIN_CONFIDENCE)(
                    click.option("--below", type=click.Choice(BELOW), default=None, help=_BELOW)(limit_option(function))
                )
            )
        )
    )


def company_options(function: Callable[..., int]) -> Callable[..., int]:
    """Adds --cik and --ticker, None where they are not given."""
    ticker = click.option("--ticker", type=NAME, default=None, help=_TICKER)
    return click.option("--cik", type=NAME, default=None, help=_CIK)(ticker(function))


def limit_option(function: Callable[..., int]) -> Callable[..., int]:
    """Adds --limit, whose settings `given_limits` reads."""
    return click.option("--limit", "limits", multiple=True, metavar="NAME=NUMBER", help=_LIMIT)(function)


def given_limits(settings: tuple[str, ...]) -> Limits:
    """The limits that --limit asks for. Raises UsageError for one that is none."""
    from pressmark.reading.limits import parse_limits

    return parse_limits(settings)


def valid_cik(text: str | None) -> str:
    """A CIK in ten digits, "" for none. Raises UsageError for what is none."""
    if text is None:
        return ""
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text)):
        raise UsageError(
            f"--cik {text}", "a CIK is a number of at most ten digits", "take it from the company's EDGAR page"
        )
    return text.zfill(10)


def check_below(below: str | None, min_confidence: float | None) -> None:
    """Raises UsageError where --below has nothing to speak of."""
    if below is not None and not min_confidence:
        raise UsageError(f"--below {below}", "it says nothing without --min-confidence", "give both")
