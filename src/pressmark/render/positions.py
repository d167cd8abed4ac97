"""Says where in its file a place of an HTML release stands: line and column, for messages that name them.

libxml2 knows only the line of an element, and many releases are one line. The source is parsed once more, each element
carrying where its start tag begins; from there the text is followed to the place. Whoever needs no positions is
spared that: it takes about as long as reading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from html import unescape

from pressmark.reading.document import Document, Form
from pressmark.reading.html import AT, prepared
from pressmark.render.source_html import HtmlSource, solid_text
from pressmark.span import Span

_PART = re.compile(r"<!--.*?-->|</?[a-zA-Z!?](?:[^\"'>]++|\"[^\"]*\"|'[^']*')*+>|&#?\w{1,12};?|\s+|.", re.DOTALL)
_TAG = re.compile(r"<(?:!--|/?[a-zA-Z!?])")
_AT = re.compile(rf' {AT}="(\d+)"')
_PRINTED = re.compile(r"/(?:pre|xmp|listing|plaintext)\[\d+\]\Z")
_ESCAPED = "&lt;"


def positions(document: Document) -> Callable[[Span], Span]:
    """A function from the document's spans to their true lines and columns.

    `end` is 0 where the place goes on on another line. A span that isn't found again stays as it is, and so do those of
    text, PDF and preformatted elements, which are true already.
    """
    if document.source.form is not Form.HTML:
        return lambda span: span
    return _Positions(document).of


class _Positions:
    """The places of one document."""

    def __init__(self, document: Document) -> None:
        self._source, self._first = prepared(document.source.text), document.source.first
        self._release = HtmlSource(document, located=True)
        self._lines = [0, *(m.end() for m in re.finditer("\n", self._source))]
        self._escaped = _escaped(self._source, document.source.text)

    def of(self, span: Span) -> Span:
        """The span with its true line and column."""
        if not span.path or _PRINTED.search(span.path):
            return span
        stretch = self._release.find(span)
        if stretch is None or stretch.start == stretch.end:
            return span
        start, end = (self._found(at) for at in (stretch.start, stretch.end - 1))
        if start is None or end is None:
            return span
        line = bisect_right(self._lines, start[0])
        same = line == bisect_right(self._lines, end[0])
        column, stop = (self._column(at, line) for at in (start[0], end[1]))
        return span._replace(line=self._first + line - 1, column=column, end=stop if same else 0)

    def _column(self, at: int, line: int) -> int:
        """The column in the file of an offset: EDGAR's marks were escaped on the way to the parser."""
        begin = self._lines[line - 1]
        marks = bisect_right(self._escaped, at - 1) - bisect_right(self._escaped, begin - 1)
        return at - begin - (len(_ESCAPED) - 1) * marks + 1

    def _found(self, at: int) -> tuple[int, int] | None:
        """Where a character of a stretch begins and ends in the source: so far after the start tag before it."""
        tags = self._release.tags
        text, number = self._release.node(at)
        character, tag = solid_text(tags.text(text))[number], text
        while tags.starts[tag] is None:
            tag -= 1
            number += len(solid_text(tags.text(tag)))
        offset = _AT.search(tags.located[tag])
        return self._followed(int(offset[1]), number, character) if offset else None

    def _followed(self, offset: int, number: int, character: str) -> tuple[int, int] | None:
        """The place of a character, so many after the tag at `offset`; None where another one stands there."""
        for part in _PART.finditer(self._source, offset):
            if _TAG.match(part[0]):
                continue
            said = solid_text(unescape(part[0]))
            if number < len(said):
                return part.span() if said[number] == character else None
            number -= len(said)
        return None


def _escaped(source: str, text: str) -> list[int]:
    """Where the prepared source has an escape for what is a plain `<` in the text."""
    found: list[int] = []
    at = source.find(_ESCAPED)
    while at >= 0:
        if text[at - (len(_ESCAPED) - 1) * len(found)] == "<":
            found.append(at)
        at = source.find(_ESCAPED, at + 1)
    return found
