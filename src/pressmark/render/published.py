"""Opens the release behind a report as it was published, to be shown again with elements around its numbers.

How to use it: `release = published(document)`; `release.find(fact.places[0])` gives the stretch of a cell or figure, or
None; `number_in(release, stretch)` its digits or dash without signs and currency; `release.body(marks)` the whole
release as safe XHTML with each `Mark(stretch, (Tag("span", (("class", "fact"),)), ...))` wrapped. Marks of one stretch
nest, the first given outermost. Put the markup into an element of class `release` with the body's `style`, and its
`css` into a style element.
"""

from __future__ import annotations

from functools import lru_cache

from pressmark.reading.document import Document, Form
from pressmark.render.marks import Published
from pressmark.render.source_text import TextSource

__all__ = ["published"]


@lru_cache(maxsize=1)
def published(document: Document) -> Published:
    """The release of a document, of whatever form. The last one is kept: several formats of a report show it."""
    if document.source.form is Form.HTML:
        from pressmark.render.source_html import HtmlSource

        return HtmlSource(document)
    return TextSource(document)
