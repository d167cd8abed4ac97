"""The release as the page shows it: as it was published, with each number marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.reading.document import Document, Form
from pressmark.render.marks import Mark, Tag
from pressmark.render.published import published
from pressmark.render.review.places import Place
from pressmark.span import Span

if TYPE_CHECKING:
    from markupsafe import Markup

# A parser of HTML takes a line end right after the tag away, one of XHTML does not.
_PRE = re.compile(r"<pre[^>]*>")
# The page is for judging: nothing in it leads away, and its links are no stops of the Tab key.
_HREF = re.compile(r'(<a\b[^>]*?) href="[^"]*"')


@dataclass(frozen=True, slots=True)
class Pane:
    """The release's markup and its own style.

    `text` says that it is preformatted, `first` is then the number of its first line and `lines` counts them.
    """

    body: Markup
    css: Markup
    style: str
    text: bool
    first: int
    lines: int


def release_pane(document: Document, places: Mapping[Span, Place]) -> Pane:
    """The release of a document with its numbered places as buttons; those that can't be told for sure are left out."""
    from markupsafe import Markup

    release = published(document)
    found = ((release.find(span), place) for span, place in places.items())
    body = release.body(Mark(stretch, (_button(place),)) for stretch, place in found if stretch is not None)
    source = document.source
    return Pane(
        body=Markup(_HREF.sub(r"\1", _PRE.sub(r"\g<0>\n", body.markup))),  # noqa: S704 - sanitized, well-formed
        css=Markup(body.css),  # noqa: S704 - listed properties and values alone
        style=body.style,
        text=source.form is not Form.HTML,
        first=source.first,
        lines=source.text.count("\n") + 1,
    )


def _button(place: Place) -> Tag:
    """An element that a click or Enter leads away from; its line tells how sure the fact is, or that there is none."""
    level = place.level or "skip"
    return Tag("span", written=f'<span class="{level}" data-n="{place.number}" role="button" tabindex="-1">')
