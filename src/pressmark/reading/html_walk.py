"""Walks the tree of an HTML document once, without recursion, and gathers text, tables and preformatted lines."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pressmark.reading.document import Block, Grid, Lines, Paragraph
from pressmark.reading.html_items import Beside, Item, Piece, Placed, RawCell, RawRow, RawTable
from pressmark.reading.html_place import arrange_placed, beside_table
from pressmark.reading.html_style import PLAIN, Style, parse_style
from pressmark.reading.html_table import settle
from pressmark.span import Span, Text

if TYPE_CHECKING:
    from lxml import etree

_SKIP = frozenset((
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
_NOTE = re.compile(r"\W*(?:\d{1,2}|[a-z]|[ivx]{1,4})\W*(?:,\W*\w\W*)*|[*†‡§#+]+", re.IGNORECASE)
_BREAK = "\0"
_FOLD = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad"} | {
    code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)
}
_TYPED = re.compile(r"\S[\xa0 ]*\xa0[\xa0 ]{2,}[$(\xa0 ]*\d")
_MOST_SPAN = 1000
_MOST_ROWSPAN = 100


class _Entry:
    """An open element: where it stands among its siblings, and what it hands down."""

    __slots__ = (
        "across",
        "apart",
        "beside",
        "bold",
        "counts",
        "indent",
        "n",
        "name",
        "parent",
        "place",
        "tag",
        "tiled",
    )

    def __init__(self, parent: _Entry | None, tag: str, n: int) -> None:
        self.parent, self.tag, self.n = parent, tag, n
        self.counts: dict[str, int] = {}
        self.bold: bool = parent.bold if parent else False
        self.indent: int = parent.indent if parent else 0
        self.name = ""
        self.place: tuple[_Entry, _Entry, int, int] | None = parent.place if parent else None
        self.beside: tuple[_Entry, int, int] | None = parent.beside if parent else None
        self.across = 0
        self.tiled: bool | None = None
        self.apart = False

    def path(self) -> str:
        """The XPath of the element."""
        open_: list[_Entry] = []
        entry: _Entry | None = self
        while entry is not None and not entry.name:
            open_.append(entry)
            entry = entry.parent
        name = entry.name if entry else ""
        for each in reversed(open_):
            step = each.tag if ":" not in each.tag else f"*[name()='{each.tag}']"
            name = each.name = f"{name}/{step}" if step in ("html", "body") else f"{name}/{step}[{each.n}]"
        return name


class Walk:
    """One walk over one document."""

    def __init__(self, file: str, classes: dict[str, str]) -> None:
        self._file, self._classes = file, classes
        self._styles: dict[tuple[str | None, str | None], Style] = {(None, None): PLAIN}
        self._items: list[Item] = []
        self._outer: list[list[Item]] = []
        self._tables: list[RawTable] = []
        self._run: list[str] = []
        self._bold = self._letters = 0
        self._first: tuple[int, _Entry] | None = None

    def blocks(self, root: etree._Element) -> tuple[Block, ...]:
        """The document's blocks in order."""
        from lxml import etree

        walker = etree.iterwalk(root, events=("start", "end"))
        entry: _Entry | None = None
        for event, element in walker:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                n = 1
                if entry is not None:
                    n = entry.counts[tag] = entry.counts.get(tag, 0) + 1
                entry = _Entry(entry, tag, n)
                if not self._open(element, tag, entry):
                    walker.skip_subtree()
            elif entry is not None:
                self._close(tag, entry)
                entry = entry.parent
                if entry is not None and element.tail:
                    self._add(element.tail, element, entry)
        self._flush()
        return _blocks(self._file, self._items)

    def _style(self, element: etree._Element) -> Style:
        key = (element.get("style"), element.get("class") if self._classes else None)
        style = self._styles.get(key)
        if style is None:
            declared = "".join(self._classes.get(name, "") + ";" for name in (key[1] or "").split())
            style = self._styles[key] = parse_style(declared + (key[0] or ""))
        return style

    def _open(self, element: etree._Element, tag: str, entry: _Entry) -> bool:
        """Starts an element; False where its contents are not to be walked."""
        if tag in _SKIP:
            return False
        style = self._style(element)
        if style.hidden or "hidden" in element.attrib:
            if tag in _CELLS and self._tables and not style.gone:
                self._open_cell(element, entry, PLAIN)
            return False
        if tag in _PRE and next(element.iter("td", "th"), None) is None:
            self._flush()
            self._items.append(self._preformatted(element, entry))
            return False
        self._open_visible(element, tag, entry, style)
        if entry.parent is not None:
            if style.left is not None and style.top is not None:
                self._open_placed(entry, entry.parent, style.left, style.top)
            elif style.aside and not self._tables and self._tiled(element, entry.parent):
                self._open_beside(entry, entry.parent, (style.width or 100) + style.indent)
        entry.bold = entry.bold or tag in _BOLD if style.bold is None else style.bold
        entry.indent += style.indent + _INDENTED.get(tag, 0)
        if element.text:
            self._add(element.text, element, entry)
        return True

    def _open_visible(self, element: etree._Element, tag: str, entry: _Entry, style: Style) -> None:
        """What the element itself does to the running paragraph, row or table."""
        if tag == "br":
            self._run.append(_BREAK)
        elif tag in _CELLS and self._tables:
            self._open_cell(element, entry, style)
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append(RawRow(style.above, style.below))
        elif tag == "table":
            self._flush()
            self._outer.append(self._items)
            self._tables.append(RawTable(entry.path(), _line(element)))
        elif tag in _BLOCK:
            self._flush(blank=tag == "p")
            self._rule(tag, style)
        elif (tag == "sup" or style.lifted) and _NOTE.fullmatch(_all_text(element).strip()):
            self._run.append(" ")

    def _open_placed(self, entry: _Entry, parent: _Entry, left: int, top: int) -> None:
        """An element placed by coordinates: those of the placed element around it are added."""
        self._flush()
        entry.apart = True
        outer = parent.place
        entry.place = (outer[0], entry, outer[2] + left, outer[3] + top) if outer else (parent, entry, left, top)

    def _tiled(self, element: etree._Element, parent: _Entry) -> bool:
        """Whether the element's parent holds nothing but elements that stand beside each other, as a row does."""
        if parent.tiled is None:
            around = element.getparent()
            parent.tiled = around is not None and len(around) > 1 and not (around.text or "").strip()
            for each in around if around is not None and parent.tiled else ():
                parent.tiled = parent.tiled and self._style(each).aside and not (each.tail or "").strip()
        return parent.tiled

    def _open_beside(self, entry: _Entry, parent: _Entry, width: int) -> None:
        """An element that stands right of the one before it."""
        self._flush()
        entry.apart = True
        entry.beside = (parent, parent.across, parent.across + width)
        parent.across += width

    def _open_cell(self, element: etree._Element, entry: _Entry, style: Style) -> None:
        table = self._tables[-1]
        self._flush()
        if not table.rows:
            table.rows.append(RawRow())
        cell = RawCell(
            entry.path(),
            _line(element),
            _spanned(element.get("colspan"), _MOST_SPAN),
            _spanned(element.get("rowspan"), _MOST_ROWSPAN),
            above=style.above,
            below=style.below,
        )
        table.rows[-1].cells.append(cell)
        entry.indent = 0
        self._items = cell.items

    def _close(self, tag: str, entry: _Entry) -> None:
        if tag in _CELLS:
            if self._tables and self._items is not self._outer[-1]:
                self._flush()
                self._items[:] = settle(self._file, self._items, nested=True)
                self._items = self._outer[-1]
        elif tag == "table":
            if self._tables and self._tables[-1].path == entry.path():  # a hidden one was never opened
                self._flush()
                table = self._tables.pop()
                self._items = self._outer.pop()
                self._items.append(table)
        elif tag in _BLOCK or (
            entry.parent and (entry.parent.place, entry.parent.beside) != (entry.place, entry.beside)
        ):
            self._flush(blank=tag == "p")

    def _rule(self, tag: str, style: Style) -> None:
        """A rule drawn inside a cell counts as the cell's own."""
        row = self._tables[-1].rows[-1:] if self._tables else []
        if not row or not row[0].cells:
            return
        cell = row[0].cells[-1]
        above = style.above or ("single" if tag == "hr" else "")
        if above and self._items is cell.items:
            cell.above = cell.above or above
        if style.below and self._items is cell.items:
            cell.below = cell.below or style.below

    def _add(self, text: str, element: etree._Element, entry: _Entry) -> None:
        self._run.append(text)
        letters = len(text.strip())
        if letters:
            if self._first is None:
                self._first = (_line(element), entry)
            self._letters += letters
            self._bold += letters if entry.bold else 0

    def _flush(self, *, blank: bool = False) -> None:
        """Ends the running paragraph; `blank` keeps an empty one inside a cell, where it takes a line."""
        if not self._run:
            return
        raw, first = "".join(self._run), self._first
        self._run = []
        bold = self._bold * 2 > self._letters
        self._bold = self._letters = 0
        self._first = None
        if not raw.isascii():
            raw = raw.translate(_FOLD)
        if first is None:
            if blank and self._tables and "\xa0" in raw:
                self._items.append(Piece(Text("", Span(self._file, 1))))
            return
        line, entry = first
        if not self._tables and _TYPED.search(raw):
            self._items.append(self._typed(raw, line, entry))
            return
        text = "\n".join(" ".join(part.split()) for part in raw.split(_BREAK))
        if not text.strip():
            return
        leads = tuple(4 * _lead(part) for part in raw.split(_BREAK)) if "\xa0" in raw else ()
        lead = next((each for each, part in zip(leads, text.split("\n"), strict=True) if part), 0) if leads else 0
        span = Span(self._file, line, 1, len(text) + 1, entry.path())
        piece = Piece(Text(text, span), entry.indent + lead, bold=bold, leads=leads if len(leads) > 1 else ())
        if entry.place is not None and not self._tables:
            container, element, left, top = entry.place
            self._items.append(Placed(piece, container, element, left, top))
        elif entry.beside is not None and not self._tables:
            row, left, right = entry.beside
            self._items.append(Beside(piece, row, row.parent, left, right))
        else:
            self._items.append(piece)

    def _typed(self, raw: str, line: int, entry: _Entry) -> Lines:
        """A paragraph laid out with non-breaking spaces, as if it were preformatted."""
        path = entry.path()
        parts = [re.sub(r"[\r\n\t]+", " ", part).replace("\xa0", " ").rstrip() for part in raw.split(_BREAK)]
        return Lines(tuple(Text(part, Span(self._file, line, 1, len(part) + 1, path)) for part in parts))

    def _preformatted(self, element: etree._Element, entry: _Entry) -> Lines:
        text = _all_text(element).translate(_FOLD).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
        line, path = _line(element), entry.path()
        lines = [part.expandtabs().rstrip() for part in text.split("\n")]
        return Lines(
            tuple(Text(part, Span(self._file, line + i, 1, len(part) + 1, path)) for i, part in enumerate(lines))
        )


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _all_text(element: etree._Element) -> str:
    return "".join(part for part in element.itertext() if isinstance(part, str))


def _lead(text: str) -> int:
    """How many non-breaking spaces a line begins with."""
    return text[: len(text) - len(text.lstrip())].count("\xa0")


def _spanned(text: str | None, most: int) -> int:
    digits = (text or "").strip()
    if not digits.isascii() or not digits.isdigit():
        return 1
    return max(1, min(int(digits[:9]), most))


def _blocks(file: str, items: list[Item]) -> tuple[Block, ...]:
    """The items as blocks: empty paragraphs left out, placed elements laid out, lines that follow each other joined."""
    arranged: list[Item] = []
    for kind, group in groupby(items, _group):
        arranged.extend(_arranged(kind, list(group)))
    blocks: list[Block] = []
    for item in settle(file, arranged, nested=False):
        if isinstance(item, Lines) and blocks and isinstance(blocks[-1], Lines):
            blocks[-1] = Lines(blocks[-1].lines + item.lines)
        elif isinstance(item, Lines | Grid):
            blocks.append(item)
        elif isinstance(item, Piece) and item.text.text.strip():
            blocks.append(Paragraph(item.text))
    return tuple(blocks)


def _group(item: Item) -> tuple[str, object]:
    if isinstance(item, Placed):
        return ("placed", item.container)
    return ("beside", item.outer) if isinstance(item, Beside) else ("", None)


def _arranged(kind: tuple[str, object], group: list[Item]) -> list[Item]:
    if kind[0] == "placed":
        return arrange_placed([item for item in group if isinstance(item, Placed)])
    if kind[0] == "beside":
        return [beside_table([item for item in group if isinstance(item, Beside)])]
    return group
