"""Walks the tree of an HTML document once, without recursion, and gathers text, tables and preformatted lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pressmark.reading.document import Block, Lines
from pressmark.reading.html_attributes import Attributes, Said
from pressmark.reading.html_blocks import as_blocks
from pressmark.reading.html_element import Entry, all_text, is_note, line_of
from pressmark.reading.html_items import Beside, Flat, Item, Piece, Placed, RawCell, RawRow, RawTable, lines_of, text_of
from pressmark.reading.html_style import Style
from pressmark.reading.html_table import settle
from pressmark.reading.html_text import BREAK, folded, readable
from pressmark.reading.html_typed import is_typed
from pressmark.reading.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from lxml import etree

SKIPPED = frozenset((
    "script", "style", "head", "title", "noscript", "template", "object", "embed", "applet", "svg", "math",
    "iframe", "select", "option", "textarea", "button", "map", "audio", "video", "canvas", "ix:header",
    "ix:hidden", "ix:references", "ix:resources",
))  # fmt: skip
_BLOCK = frozenset((
    "html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "dir",
    "menu", "blockquote", "center", "section", "article", "header", "footer", "main", "aside", "nav",
    "address", "form", "fieldset", "figure", "figcaption", "caption", "pre", "xmp", "listing", "plaintext",
    "hr", "page", "document", "text", "type", "sequence", "filename", "description", "tr", "td", "th",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_PRE = frozenset(("pre", "xmp", "listing", "plaintext"))
_INDENTED = {"blockquote": 40, "dir": 40, "ul": 40, "ol": 40, "menu": 40, "dd": 40}
_INLINE = frozenset(("font", "span", "b", "strong", "i", "em", "u", "a", "small", "big"))
_WITHIN = _INLINE | {"div", "p"}


class Walk:
    """One walk over one document."""

    def __init__(self, file: str, classes: dict[str, str], limits: Limits = DEFAULT) -> None:
        self._file = file
        self._attributes = Attributes(classes, limits)
        self._items: list[Item] = []
        self._outer: list[list[Item]] = []
        self._tables: list[RawTable] = []
        self._run: list[str] = []
        self._bold = self._letters = 0
        self._first: tuple[int, Entry] | None = None

    def blocks(self, root: etree._Element) -> tuple[Block, ...]:
        """The document's blocks in order."""
        self._through(root)
        self._flush()
        return as_blocks(self._file, self._items)

    def _through(self, root: etree._Element) -> None:
        """Opens and closes every element in order, with a stack of its own: trees are deeper than Python recurses."""
        element, entry = root, Entry(None, str(root.tag), 1)
        counts: dict[str, int] = {}
        children = iter(root) if self._open(root, entry, self._attributes.of(root)) else iter(())
        said_of = self._attributes
        around: list[tuple[etree._Element, Entry, Iterator[etree._Element], dict[str, int]]] = []
        while True:
            for child in children:
                tag = child.tag
                if not isinstance(tag, str):
                    continue
                counts[tag] = n = counts.get(tag, 0) + 1
                inner = Entry(entry, tag, n)
                if self._open(child, inner, said_of[tuple(child.items())]) and len(child):
                    around.append((element, entry, children, counts))
                    element, entry, counts = child, inner, {}
                    children = self._past_cells(child, inner, counts) if self._tables else iter(child)
                    break
                if tag not in _INLINE or inner.apart:
                    self._close(inner)
                if child.tail:
                    self._add(child.tail, child, entry)
            else:
                self._close(entry)
                if not around:
                    return
                closed = element
                element, entry, children, counts = around.pop()
                if closed.tail:
                    self._add(closed.tail, closed, entry)

    def _past_cells(self, element: etree._Element, entry: Entry, counts: dict[str, int]) -> Iterator[etree._Element]:
        """The children of an element in a table, but for its simple cells, which are taken in on the way."""
        said_of = self._attributes
        row: RawRow | None = None  # known while nothing but simple cells goes by
        for child in element:
            tag = child.tag
            if tag not in _CELLS:
                yield child
                row = None
                continue
            said = said_of[tuple(child.items())]
            n = counts.get(tag, 0) + 1
            if said.hidden or not (len(child) or (child.text or "").strip()):
                # Without contents, or its contents and rules are not seen.
                if not said.style.gone:
                    row = row or self._row()
                    row.take(said)
                elif self._items is not self._outer[-1]:
                    self._end_cell()
            elif not self._simple_cell(child, tag, n, entry, said):
                yield child
                row = None
                continue
            counts[tag] = n
            if (tail := child.tail) and (self._run or not (tail.isspace() and tail.isascii())):
                self._add(tail, child, entry)
                row = None

    def _open(self, element: etree._Element, entry: Entry, said: Said) -> bool:
        """Starts an element; False where its contents are not to be walked."""
        tag, style = entry.tag, said.style
        if not (said.plain and tag in _INLINE) and not self._open_visible(element, entry, said):
            return False
        entry.bold = entry.bold or tag in _BOLD if style.bold is None else style.bold
        entry.indent += style.indent + _INDENTED.get(tag, 0)
        if element.text:
            self._add(element.text, element, entry)
        return True

    def _open_visible(self, element: etree._Element, entry: Entry, said: Said) -> bool:
        """What the element does other than to hand down how its text looks; False where it is not to be walked."""
        tag, style = entry.tag, said.style
        if tag in SKIPPED or said.hidden:
            return False
        if tag in _PRE and not entry.tabled:
            if next(element.iter("td", "th"), None) is None:
                self._flush()
                self._items.append(self._preformatted(element, entry))
                return False
            entry.tabled = True
        self._begin(element, entry, said)
        if entry.parent is not None:
            if style.left is not None and style.top is not None:
                self._open_placed(entry, entry.parent, style.left, style.top)
            elif style.aside and not self._tables and self._tiled(element, entry.parent):
                self._open_beside(entry, entry.parent, (style.width or 100) + style.indent)
        return True

    def _begin(self, element: etree._Element, entry: Entry, said: Said) -> None:
        """What the element itself does to the running paragraph, row or table."""
        tag, style = entry.tag, said.style
        if tag == "br":
            self._run.append(BREAK)
        elif tag in _CELLS and self._tables:
            entry.indent = 0
            items: list[Item] = []
            row = self._row()
            place = (row.take(said), said.colspan, said.rowspan)
            row.cells.append(RawCell(line_of(element), entry, *place, items, style.above, style.below))
            self._items = items
        elif tag == "tr" and self._tables:
            self._tables[-1].begin(style.above, style.below)
        elif tag == "table":
            self._flush()
            self._outer.append(self._items)
            self._tables.append(RawTable(entry, line_of(element)))
        elif tag in _BLOCK:
            self._flush(blank=tag == "p")
            self._rule(tag, style)
        elif (tag == "sup" or style.lifted) and is_note(element):
            self._run.append(" ")

    def _open_placed(self, entry: Entry, parent: Entry, left: int, top: int) -> None:
        """An element placed by coordinates: those of the placed element around it are added."""
        self._flush()
        entry.apart = True
        outer = parent.place
        entry.place = (outer[0], entry, outer[2] + left, outer[3] + top) if outer else (parent, entry, left, top)

    def _tiled(self, element: etree._Element, parent: Entry) -> bool:
        """Whether the element's parent holds nothing but elements that stand beside each other, as a row does."""
        if parent.tiled is None:
            around = element.getparent()
            parent.tiled = around is not None and len(around) > 1 and not (around.text or "").strip()
            for each in around if around is not None and parent.tiled else ():
                parent.tiled = parent.tiled and self._attributes.of(each).style.aside and not (each.tail or "").strip()
        return parent.tiled

    def _open_beside(self, entry: Entry, parent: Entry, width: int) -> None:
        """An element that stands right of the one before it."""
        self._flush()
        entry.apart = True
        entry.beside = (parent, parent.across, parent.across + width)
        parent.across += width

    def _row(self) -> RawRow:
        """The row that is being read, where the next cell belongs; ends the running paragraph and the cell before."""
        if self._run:
            self._flush()
        self._items = self._outer[-1]
        table = self._tables[-1]
        return table.rows[-1] if table.rows else table.begin()

    def _simple_cell(self, element: etree._Element, tag: str, n: int, parent: Entry, said: Said) -> bool:
        """Takes in a cell that holds one text, in plain elements one within the other: most cells do."""
        raw, style, indent = element.text or "", said.style, said.style.indent
        bold = parent.bold or tag in _BOLD if style.bold is None else style.bold
        node, inner, block = element, "", False
        while len(node):
            child = node[0]
            name, told = child.tag, self._attributes[tuple(child.items())]
            if len(node) > 1 or name not in _WITHIN or not told.plain or raw.strip() or (child.tail or "").strip():
                return False
            if name not in _INLINE:
                block = True
                if told.ruled or not raw.isascii():
                    return False
            node, inner, raw = child, f"{inner}/{name}[1]", raw + (child.text or "")
            indent += told.style.indent
            bold = bold or name in _BOLD if told.style.bold is None else told.style.bold
        leads: tuple[int, ...] = ()
        if raw.isascii():
            text = " ".join(raw.split())
        else:
            text, leads, lead = folded(readable(raw))
            indent += lead
        if block and not text:
            return False
        row = self._row()
        column = row.take(said)
        if text:
            flat = (
                text, (), column, said.colspan, said.rowspan, indent, bold,
                line_of(element), f"{parent.path()}/{tag}[{n}]", leads, 0, inner, line_of(node),
            )  # fmt: skip
            row.cells.append(tuple.__new__(Flat, flat))  # as in `text_of`
        return True

    def _end_cell(self) -> None:
        self._flush()
        self._items[:] = settle(self._file, self._items, nested=True)
        self._items = self._outer[-1]

    def _close(self, entry: Entry) -> None:
        tag = entry.tag
        if tag in _CELLS:
            if self._tables and self._items is not self._outer[-1]:
                self._end_cell()
        elif tag == "table":
            if self._tables and self._tables[-1].entry is entry:  # a hidden one was never opened
                self._flush()
                table = self._tables.pop()
                table.end()
                self._items = self._outer.pop()
                self._items.append(table)
        elif tag in _BLOCK or entry.apart:
            self._flush(blank=tag == "p")

    def _rule(self, tag: str, style: Style) -> None:
        """A rule drawn inside a cell counts as the cell's own."""
        row = self._tables[-1].rows[-1] if self._tables and self._tables[-1].rows else None
        cell = row.cells[-1] if row is not None and row.cells else None
        if row is None or not isinstance(cell, RawCell) or self._items is not cell.items:
            return
        cell.above = cell.above or style.above or ("single" if tag == "hr" else "")
        cell.below = cell.below or style.below
        if cell.column:
            row.rule(cell.above, cell.below)

    def _add(self, text: str, element: etree._Element, entry: Entry) -> None:
        if self._tables and not self._run and text.isspace() and text.isascii():
            return  # the line breaks between cells and rows
        self._run.append(text)
        letters = len(text.strip())
        if letters:
            if self._first is None:
                self._first = (line_of(element), entry)
            self._letters += letters
            self._bold += letters if entry.bold else 0

    def _flush(self, *, blank: bool = False) -> None:
        """Ends the running paragraph; `blank` keeps an empty one inside a cell, where it takes a line."""
        if not self._run:
            return
        raw, first = "".join(self._run), self._first
        bold = self._bold * 2 > self._letters
        self._run, self._first = [], None
        self._bold = self._letters = 0
        if first is None:
            if blank and self._tables and "\xa0" in raw:
                self._items.append(Piece(""))
            return
        line, entry = first
        raw = readable(raw)
        if not self._tables and is_typed(raw):
            self._items.append(self._typed(raw, line, entry))
            entry.said += len(raw)
            return
        text, leads, lead = folded(raw)
        if not text:
            return
        piece = Piece(text, line, entry, entry.indent + lead, bold, leads, entry.said)
        entry.said += len(text) + 1
        if entry.place is not None and not self._tables:
            container, element, left, top = entry.place
            self._items.append(Placed(piece, container, element, left, top))
        elif entry.beside is not None and not self._tables:
            row, left, right = entry.beside
            self._items.append(Beside(piece, row, row.parent, left, right))
        else:
            self._items.append(piece)

    def _typed(self, raw: str, line: int, entry: Entry) -> Lines:
        """A paragraph laid out with non-breaking spaces, as if it were preformatted."""
        parts = [re.sub(r"[\r\n\t]+", " ", part).replace("\xa0", " ").rstrip() for part in raw.split(BREAK)]
        return Lines(tuple(lines_of(self._file, parts, line, entry.path(), entry.said)))

    def _preformatted(self, element: etree._Element, entry: Entry) -> Lines:
        text = readable(all_text(element)).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
        lines = [part.expandtabs().rstrip() for part in text.split("\n")]
        path, first = entry.path(), line_of(element)
        return Lines(tuple(text_of(self._file, part, i, path) for i, part in enumerate(lines, first)))
