"""A release in text, or the laid-out text of a PDF, as XHTML: every character in its place, numbers marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pressmark.reading.document import Document
from pressmark.reading.text import offsets
from pressmark.render.marks import Body, Mark, Stretch, escaped, odd_characters, settled, wrapped
from pressmark.span import Span


class TextSource:
    """The source of a text; stretches count its characters."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text, self._first = document.source.text, document.source.first
        self._lines = self._text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def find(self, span: Span) -> Stretch | None:
        """The stretch at a span, which names a line and columns with tabs expanded."""
        index = span.line - self._first
        if not 0 <= index < len(self._lines):
            return None
        places, line = offsets(self._lines[index]), self._lines[index]
        end = span.end - 1 if span.end else len(places) - 1
        if not 0 < span.column <= end < len(places):
            return None
        start, stop = places[span.column - 1], places[end]
        return Stretch(self._starts[index] + start, self._starts[index] + stop, line[start:stop])

    def cut(self, stretch: Stretch, start: int, end: int) -> Stretch:
        """The part of a stretch from character `start` to `end` of its text."""
        return Stretch(stretch.start + start, stretch.start + end, stretch.text[start:end])

    def pieces(self, stretch: Stretch) -> Sequence[Stretch]:
        """The stretch itself: text has no elements."""
        return (stretch,)

    def body(self, marks: Iterable[Mark]) -> Body:
        """The text in one `pre`, with the marks in it."""
        kept, left_out = settled(marks)
        out, at = ["<pre>"], 0
        for mark in kept:
            stretch = mark.stretch
            out += (escaped(self._text[at : stretch.start]), wrapped(escaped(stretch.text), mark.tags))
            at = stretch.end
        out += (escaped(self._text[at:]), "</pre>")
        return Body("".join(out), left_out=left_out, findings=odd_characters(self._text, self._document))
