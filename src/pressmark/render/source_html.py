"""A release in HTML as XHTML: each place of a report is found again in the tree that reading built, and marked.

The visible text of the tree, without its white space, is one string; a stretch counts the characters of that string.
A text of the document is found by the path of its element and by what it says, so that a place is either right or
not found.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from html import unescape
from itertools import accumulate, chain, pairwise

from pressmark.finding import Finding, finding
from pressmark.reading.document import Document, Grid, Lines, Paragraph
from pressmark.reading.html import html_sheets, html_tree
from pressmark.reading.html_attributes import Attributes
from pressmark.reading.html_text import FOLD, readable
from pressmark.render.html_css import style_sheet
from pressmark.render.html_markup import Markup
from pressmark.render.html_tags import Tags
from pressmark.render.marks import Body, Mark, Stretch, escaped, odd_characters, settled, wrapped
from pressmark.span import Span, Text

_RUN = re.compile(r"\S+")
_BETWEEN = "\0"  # no XML has it
_UNSEEN = frozenset(("head", "title", "meta", "style", "link", "base", "ix:header"))
_DOCTYPE = re.compile(r"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<!doctype\s+html([^>\[]*)", re.IGNORECASE | re.DOTALL)
_QUIRKS = re.compile(
    r"//dtd (?:html [23]|html 4\.0[ /]|html 4\.0\d? (?:transitional|frameset))|ietf|html 3", re.IGNORECASE
)


class HtmlSource:
    """The source of an HTML release."""

    def __init__(self, document: Document, *, located: bool = False) -> None:
        self._document, self._source = document, document.source
        source = document.source
        tree = source.tree
        if tree is None or located:
            tree = html_tree(document.file, source.text, source.first, located=located)
        self.tags = Tags(tree.root, Attributes(tree.classes))
        self._texts: dict[str, list[Text]] = {}
        for text in _texts(document):
            self._texts.setdefault(text.span.path, []).append(text)
        self._found: dict[Span, Stretch | None] = {}
        self._places: dict[str, list[tuple[Text, int, int]]] = {}
        self._nodes: list[int]
        self._starts: list[int]
        self._solid = self._flattened()

    def find(self, span: Span) -> Stretch | None:
        """The stretch at a span of the document; None where it can't be told for sure."""
        try:
            return self._found[span]
        except KeyError:
            found = self._found[span] = self._find(span)
            return found

    def _find(self, span: Span) -> Stretch | None:
        for text, at, until in self._placed(span.path):
            if text.span == span:  # a cell, mostly
                return Stretch(at, until, text.text)
            _, line, column, _, _ = text.span
            start = span.column - column
            end = span.end - column if span.end else len(text.text)
            if line == span.line and 0 <= start < end <= len(text.text):
                before = at + _count(text.text[:start]) if start else at
                said = text.text[start:end]
                return Stretch(before, before + _count(said), said)
        return None

    def cut(self, stretch: Stretch, start: int, end: int) -> Stretch:
        """The part of a stretch from character `start` to `end` of its text."""
        at = stretch.start + _count(stretch.text[:start])
        said = stretch.text[start:end]
        return Stretch(at, at + _count(said), said)

    def node(self, at: int) -> tuple[int, int]:
        """Where a character of a stretch stands: the number of its text, and its own in it."""
        node = bisect_right(self._starts, at) - 1
        return self._nodes[node], at - self._starts[node]

    def pieces(self, stretch: Stretch) -> Sequence[Stretch]:
        """The parts of a stretch that stand in one text of the tree each, with the white space between them.

        There are none where that white space is no text, as at a line break.
        """
        solid = [i for i, c in enumerate(stretch.text) if not c.isspace()]
        found: list[Stretch] = []
        gap = False
        for node, start, end in self._cover(stretch):
            first, last = solid[start - stretch.start], solid[end - 1 - stretch.start]
            text = self.tags.text(self._nodes[node])
            places = _places(text)
            before = text[: places[start - self._starts[node]]]
            after = text[places[end - 1 - self._starts[node]] + 1 :]
            if gap and not before[-1:].isspace():
                return ()
            said = " " * gap + stretch.text[first : last + 1]
            gap = stretch.text[last + 1 : last + 2].isspace()
            if gap and after[:1].isspace():
                said, gap = f"{said} ", False
            found.append(Stretch(start, end, said))
        return found

    def body(self, marks: Iterable[Mark]) -> Body:
        """The release with the marks in it, each around the characters it stands for."""
        kept, left_out = settled(marks)
        inside: dict[int, list[tuple[int, int, Mark | None]]] = {}
        for mark in kept:
            here: Mark | None = mark
            for node, start, end in self._cover(mark.stretch):
                at = self._starts[node]
                inside.setdefault(self._nodes[node], []).append((start - at, end - at, here))
                here = None
        css, markup = self._markup
        written = markup.filled({node: _marked(self.tags.text(node), found) for node, found in inside.items()})
        findings = (*self._odd, *self._left_out(markup.dropped))
        return Body(written, css, markup.style, self._standards, left_out, findings)

    @cached_property
    def _markup(self) -> tuple[str, Markup]:
        """The safe part of the style sheets, and the markup beside it."""
        sheets = html_sheets(self._source.text)
        css, tags = style_sheet(sheets) if sheets else ("", frozenset[str]())
        return css, Markup(self.tags, tags, classes=bool(css))

    @cached_property
    def _odd(self) -> tuple[Finding, ...]:
        """What is said of characters that can't be shown."""
        text = "".join(map(self.tags.text, range(len(self.tags.texts)))) if self.tags.odd else ""
        return tuple(odd_characters(text, self._document))

    @cached_property
    def _standards(self) -> bool:
        return _standards(self._source.text)

    def _left_out(self, dropped: Mapping[str, int]) -> Iterator[Finding]:
        """What is said of the elements that are not shown again."""
        told = ", ".join(f"{count} {tag}" for tag, count in sorted(dropped.items()) if tag not in _UNSEEN)
        if told:
            place = Span(self._document.file, self._source.first)
            yield finding("release.left-out", f"left out of the HTML that is shown again: {told}", place)

    def _flattened(self) -> str:
        """The text that is seen, without white space; notes where each text of the tree begins."""
        solids = solid_text(unescape(_BETWEEN.join(self.tags.texts))).split(_BETWEEN)
        until = 0
        for begin, end in self.tags.unseen():
            if end > until:  # not within one before
                solids[begin:end] = [""] * (end - begin)
                until = end
        self._nodes = [number for number, solid in enumerate(solids) if solid]
        self._starts = [0, *accumulate([len(solids[number]) for number in self._nodes])]
        return "".join(solids)

    def _placed(self, path: str) -> list[tuple[Text, int, int]]:
        """The texts of an element, each with where it begins and ends."""
        known = self._places.get(path)
        if known is None:
            known = self._places[path] = self._in_order(path)
        return known

    def _in_order(self, path: str) -> list[tuple[Text, int, int]]:
        texts = self._texts.get(path)
        element = self.tags.element(path) if texts else None
        if texts is None or element is None:
            return []
        at = self._starts[bisect_left(self._nodes, element)]
        if len(texts) > 1:
            texts.sort(key=_line_and_column)
        placed = []
        for text in texts:
            solid = solid_text(text.text)
            found = self._solid.find(solid, at) if solid else -1
            if found >= 0:
                at = found + len(solid)
                placed.append((text, found, at))
        return placed

    def _cover(self, stretch: Stretch) -> Sequence[tuple[int, int, int]]:
        """The texts of the tree that a stretch covers: number, and start and end of what it covers."""
        at, last, _ = stretch
        node = bisect_right(self._starts, at) - 1
        if at < last <= self._starts[node + 1]:  # a cell, mostly
            return ((node, at, last),)
        found = []
        while at < last:
            node = bisect_right(self._starts, at) - 1
            end = min(last, self._starts[node + 1])
            found.append((node, at, end))
            at = end
        return found


def _texts(document: Document) -> Iterator[Text]:
    """Every text of the document that stands in one element."""
    for block in document.blocks:
        match block:
            case Lines(lines):
                for line in lines:
                    yield from _parts(line)
            case Paragraph(text):
                yield text
            case Grid(cells, _):
                yield from (cell.text for cell in cells)


def _line_and_column(text: Text) -> tuple[int, ...]:
    return text.span[1:3]


def _parts(line: Text) -> Iterator[Text]:
    if not line.parts:
        yield line
    for (at, span), (end, _) in pairwise((*line.parts, (len(line.text), line.span))):
        yield Text(line.text[at:end].rstrip(), span)


def _marked(text: str, found: Sequence[tuple[int, int, Mark | None]]) -> str:
    """A text of the tree with its marks; what belongs to a mark that began before is left out, as it stands there."""
    core = text.strip()
    if len(found) == 1 and (mark := found[0][2]) is not None and mark.stretch.text == core:  # a cell, mostly
        markup = wrapped(escaped(core), mark.tags)
        if core == text:
            return markup
        before, _, after = text.partition(core)
        return f"{escaped(before)}{markup}{escaped(after)}"
    places = _places(text)
    out, at = [], 0
    for start, end, mark in found:
        first, last = places[start], places[end - 1] + 1
        if mark is None:
            out.append(escaped(text[at:first]))
        else:
            first = len(text[:first].rstrip()) if mark.stretch.text[:1].isspace() else first
            last += len(text[last:]) - len(text[last:].lstrip()) if mark.stretch.text[-1:].isspace() else 0
            whole = end - start == mark.stretch.end - mark.stretch.start
            shown = text[first:last] if whole else mark.stretch.text
            out += (escaped(text[at:first]), wrapped(escaped(shown), mark.tags))
        at = last
    out.append(escaped(text[at:]))
    return "".join(out)


def _places(text: str) -> Sequence[int]:
    """Where the characters of a text stand that are no white space, as reading folds it."""
    if readable(text) is not text:
        return [i for i, c in enumerate(text) if not (FOLD.get(ord(c), c) or " ").isspace()]
    runs = [range(*run.span()) for run in _RUN.finditer(text)]
    return runs[0] if len(runs) == 1 else list(chain.from_iterable(runs))


def solid_text(text: str) -> str:
    """A text without white space, folded as reading folds it."""
    return "".join(readable(text).split())


def _count(text: str) -> int:
    return sum(map(len, text.split()))


def _standards(text: str) -> bool:
    """Whether the document type asks for the standards mode (HTML standard, 13.2.6.4.1)."""
    match = _DOCTYPE.match(text, 0, 20_000)
    if match is None:
        return False
    public = _QUIRKS.search(match[1])
    return not public or ("4.01" in public[0] and match[1].count('"') > 2)
