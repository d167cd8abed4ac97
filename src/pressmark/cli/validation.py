"""The options of a validation: taxonomy packages, and the rules of others by Arelle plugins."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from pressmark.cli.options import FILE

package_option = click.option(
    "--package",
    "packages",
    multiple=True,
    type=FILE,
    help="A taxonomy package (zip) that answers for ours; may be repeated.",
)


def outside_options(function: Callable[..., int]) -> Callable[..., int]:
    """Adds the options; the command gets them as one `outside`, None where none is given."""

    @wraps(function)
    def run(*, plugins: tuple[str, ...], disclosure_system: str, arelle_options: tuple[str, ...], **given: Any) -> int:  # noqa: ANN401
        if not (plugins or disclosure_system or arelle_options):
            return function(outside=None, **given)
        from pressmark.validate.outside import Outside

        return function(outside=Outside(plugins, disclosure_system, arelle_options), **given)

    wrapped: Callable[..., int] = run
    for option in (
        click.option(
            "--arelle-option",
            "arelle_options",
            multiple=True,
            metavar="NAME[=VALUE]",
            help="An option of the plugin.",
        ),
        click.option("--disclosure-system", default="", metavar="NAME", help="The filing rules that it checks."),
        click.option(
            "--plugin",
            "plugins",
            multiple=True,
            metavar="NAME",
            help="An Arelle plugin, by name or path.",
        ),
    ):
        wrapped = option(wrapped)
    return wrapped
