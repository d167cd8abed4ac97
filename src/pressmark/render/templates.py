"""Loads the templates of reports and pages; whatever they print is escaped for XML and HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from pressmark.render.lexical import plain
from pressmark.resources import resource

if TYPE_CHECKING:
    from jinja2 import Environment


_REPORT = "templates/report"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def fill(template: str, **values: object) -> bytes:
    """The bytes of a template of `templates/report`, filled in. Raises jinja2.UndefinedError for a missing value."""
    return fill_in(_REPORT, template, values)


def fill_in(folder: str, template: str, values: Mapping[str, object], clean: Callable[[str], str] = plain) -> bytes:
    """The bytes of a template of a folder; `clean` mends each unprintable text before it is escaped."""
    return _environment(folder, clean).get_template(template).render(values).encode()


@cache
def _environment(folder: str, clean: Callable[[str], str]) -> Environment:
    """Compiled templates live as long as the process; jinja2 is imported only where something is rendered."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def escaped(value: object) -> str:
        # Leaves apostrophes readable, which Jinja's own escaping does not: attributes stand in double quotes here.
        if isinstance(value, Markup):
            return value
        text = value if isinstance(value, str) else str(value)
        text = text if text.isprintable() else clean(text)
        if "&" in text or "<" in text or ">" in text or '"' in text:
            return text.translate(_ESCAPES)
        return text

    return Environment(
        loader=FileSystemLoader(resource(folder)),
        autoescape=False,  # noqa: S701 - whatever is printed is escaped above, what a macro gives too unless it is "safe"
        finalize=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
