"""Writes the tree of an HTML release as XHTML 1.1 with its own look and nothing in it that loads or runs.

Everything that is written comes from a list: elements, attributes, CSS properties. XHTML 1.1 is stricter than what
releases are written in. The ladder for an element: dropped with its contents (scripts, pictures' data, form controls);
transparent (unknown ones, also `ix:` of an earlier Inline XBRL); kept, where XHTML has it and its contents are allowed
in it; else a `div` or `span` with the look of the element in its style. A `div` shown inline may hold anything, which
a `font` around paragraphs needs. What stands in a table outside of its cells goes before the table, as in browsers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressmark.reading.html_walk import SKIPPED
from pressmark.render.html_css import class_name, tag_class
from pressmark.render.html_look import BLOCKS, INLINES, KEPT_INLINE, length, look
from pressmark.render.marks import Tag, escaped, wrapped

if TYPE_CHECKING:
    from lxml.etree import _Element

Content = Callable[["_Element", bool], str | None]
"""The markup of an element's text (False) or of what follows it (True), where that is not just its characters."""

_DROPPED = SKIPPED | {
    "img",
    "input",
    "link",
    "meta",
    "base",
    "basefont",
    "bgsound",
    "param",
    "source",
    "track",
    "frame",
}
_CELLS = frozenset(("td", "th"))
_GROUPS = frozenset(("tbody", "thead", "tfoot", "colgroup"))
_PLAIN_PRE = frozenset(("b", "i", "u", "font", "span", "br", "strong", "em", "tt"))
_LINK = re.compile(r"(?:https?|mailto):[\w\-.~:/?#@!$&*+,;=%]{1,2000}", re.ASCII | re.IGNORECASE)
_FRAMES = frozenset(("void", "above", "below", "hsides", "lhs", "rhs", "vsides", "box", "border"))
_RULES = frozenset(("none", "groups", "rows", "cols", "all"))
_MOST_SPAN = 1000


@dataclass(slots=True)
class _Open:
    """An open element: what ends it, where its contents go, and, in a table, what the table is at.

    `table` is the open table whose structure the contents belong to, None inside a cell and outside of tables.
    """

    out: list[str]
    end: str = ""
    table: _Table | None = None
    listing: bool = False
    link: bool = False
    row: bool = False


@dataclass(slots=True)
class _Table:
    """An open table: `before` collects what goes before it, which `slot` of `out` keeps free."""

    out: list[str]
    slot: int
    before: list[str] = field(default_factory=list)
    begun: bool = False
    rows: bool = False
    in_row: bool = False


class Markup:
    """Writes one tree, once for each format that shows it. `tags` are the elements that the style sheet speaks of."""

    def __init__(self, tags: frozenset[str], *, classes: bool) -> None:
        self._tags, self._classes = tags, classes
        self._starts: dict[tuple[str, str, tuple[tuple[str | bytes, str | bytes], ...]], str] = {}
        self._blocky: set[_Element] = set()
        self._celled: set[_Element] = set()
        self.style = ""
        self.dropped: dict[str, int] = {}

    def write(self, root: _Element, content: Content) -> str:
        """The contents of the body as flow content, its texts as `content` has them."""
        from lxml import etree

        self._content, self.style, self.dropped = content, "", {}
        if not self._blocky and not self._celled:
            self._survey(root)
        out: list[str] = []
        around = [_Open(out)]
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if not isinstance(tag, str) or tag in _DROPPED:
                    walker.skip_subtree()
                    around.append(self._stand_in(element, around[-1]))
                    continue
                around.append(self._open(element, tag, around[-1]))
                if element.text:
                    self._text(element, around[-1], tail=False)
            else:
                self._close(around.pop())
                if element.tail:
                    self._text(element, around[-1], tail=True)
        return "".join(out)

    def _survey(self, root: _Element) -> None:
        """Finds the elements with blocks in them, and those with cells in them outside of an inner table."""
        from lxml import etree

        walker = etree.iterwalk(root, events=("start",))
        for _, element in walker:
            tag = element.tag
            if not isinstance(tag, str) or tag in _DROPPED:
                walker.skip_subtree()
            elif tag in _CELLS:
                _note(element, self._blocky)
                _note(element, self._celled, within="table")
            elif tag in BLOCKS or tag == "tr":
                _note(element, self._blocky)

    def _open(self, element: _Element, tag: str, parent: _Open) -> _Open:
        if tag == "body":
            self.style += look(tag, _attributes(element))
        if parent.table is not None:
            return self._in_table(element, tag, parent, parent.table)
        if tag == "table" and element in self._celled:
            return self._table(element, parent)
        return self._in_flow(element, tag, parent)

    def _in_table(self, element: _Element, tag: str, parent: _Open, table: _Table) -> _Open:
        if tag in _CELLS:
            if not table.in_row:
                table.out.append("<tr>")
                table.in_row = table.rows = table.begun = True
            table.out.append(self._start(element, tag, tag))
            return _Open(table.out, f"</{tag}>")
        if tag == "tr" and element in self._celled:
            self._end_row(table)
            table.out.append(self._start(element, tag, tag))
            table.in_row = table.rows = table.begun = True
            return _Open(table.out, "", table, row=True)
        if tag == "col" and not table.rows:
            table.begun = True
            table.out.append(self._start(element, tag, tag, void=True))
            return _Open([])
        if tag == "caption" and not table.begun and element not in self._blocky:
            table.begun = True
            table.out.append(self._start(element, tag, tag))
            return _Open(table.out, "</caption>")
        if tag in _GROUPS or (tag != "table" and element in self._celled) or tag in ("tr", "col"):
            return _Open(parent.out, "", table)
        return self._open(element, tag, _Open(table.before))

    def _table(self, element: _Element, parent: _Open) -> _Open:
        parent.out.append("")
        table = _Table(parent.out, len(parent.out) - 1)
        parent.out.append(self._start(element, "table", "table"))
        return _Open(parent.out, "</table>", table)

    def _in_flow(self, element: _Element, tag: str, parent: _Open) -> _Open:
        if tag == "br":
            parent.out.append("<br />")
            return _Open([])
        if tag == "hr":
            parent.out.append(self._start(element, tag, tag, void=True))
            return _Open([])
        blocky = element in self._blocky
        if tag in BLOCKS:
            shown = self._block(element, tag, parent, blocky=blocky)
        elif tag in INLINES:
            shown = "div" if blocky else tag if tag in KEPT_INLINE else "span"
            if tag == "a" and (parent.link or not _LINK.fullmatch(element.get("href", ""))):
                shown = "div" if blocky else "span"
        else:
            return _Open(parent.out, "", None, link=parent.link)
        parent.out.append(self._start(element, tag, shown))
        return _Open(parent.out, f"</{shown}>", listing=shown in ("ul", "ol"), link=parent.link or shown == "a")

    def _block(self, element: _Element, tag: str, parent: _Open, *, blocky: bool) -> str:
        if tag in ("ul", "ol"):
            items = all(child.tag == "li" for child in element) and len(element) > 0
            loose = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
            return tag if items and not loose else "div"
        if tag == "li":
            return tag if parent.listing else "div"
        if tag == "pre":
            return tag if not blocky and all(each.tag in _PLAIN_PRE for each in element.iterdescendants()) else "div"
        if tag == "p" or (len(tag) == 2 and tag[0] == "h"):
            return "div" if blocky else tag
        return "div"

    def _close(self, opened: _Open) -> None:
        table = opened.table
        if opened.end == "</table>" and table is not None:
            self._end_row(table)
            table.out[table.slot] = "".join(table.before)
        elif opened.row and table is not None:
            self._end_row(table)
        if opened.end:
            opened.out.append(opened.end)

    def _end_row(self, table: _Table) -> None:
        if table.in_row:
            table.out.append("</tr>")
            table.in_row = False

    def _text(self, element: _Element, holder: _Open, *, tail: bool) -> None:
        if holder.listing:
            return  # white space, or the list would not be one
        markup = self._content(element, tail)
        if markup is None:
            markup = escaped((element.tail if tail else element.text) or "")
        if holder.table is None:
            holder.out.append(markup)
        elif markup.strip():
            holder.table.before.append(markup)

    def _stand_in(self, element: _Element, parent: _Open) -> _Open:
        """What is left of a dropped element: of a picture its place and the words for it."""
        tag = str(element.tag)
        self.dropped[tag] = self.dropped.get(tag, 0) + 1
        if tag == "img":
            attributes = _attributes(element)
            sizes = [f"{name}:{size};" for name in ("width", "height") if (size := length(attributes.get(name, "")))]
            style = (
                ("display:inline-block;overflow:hidden;" if sizes else "") + "".join(sizes) + look("span", attributes)
            )
            words = escaped(attributes.get("alt", ""))
            target = parent.out if parent.table is None else parent.table.before
            target.append(wrapped(words, [Tag("span", (("style", style),) if style else ())]))
        return _Open([])

    def _start(self, element: _Element, tag: str, shown: str, *, void: bool = False) -> str:
        """The start tag of an element shown as another; the same attributes give the same one."""
        key = (tag, shown, tuple(element.items()))
        start = self._starts.get(key)
        if start is None:
            attributes = _attributes(element)
            start = Tag(shown, tuple(self._said(tag, shown, attributes))).start()
            start = self._starts[key] = f"{start[:-1]} />" if void else start
        return start

    def _said(self, tag: str, shown: str, attributes: Mapping[str, str]) -> list[tuple[str, str]]:
        """The attributes that are written, in order."""
        said: list[tuple[str, str]] = []
        names = [c for name in attributes.get("class", "").split() if (c := class_name(name))] if self._classes else []
        if tag in self._tags:
            names.append(tag_class(tag))
        if names:
            said.append(("class", " ".join(names)))
        if shown in _CELLS or shown == "col":
            wanted = ("span",) if shown == "col" else ("colspan", "rowspan")
            said += [(n, str(size)) for n in wanted if (size := _spanned(attributes.get(n, "1"))) > 1]
        if shown == "table":
            said += _drawn(attributes)
        if shown == "a":
            said.append(("href", attributes["href"].strip()))
        style = look(tag, attributes)
        if shown != tag:
            style = (
                (BLOCKS.get(tag) or INLINES.get(tag, ""))
                + ("display:inline;" if tag in INLINES and shown == "div" else "")
                + style
            )
            if tag == "a" and attributes.get("href"):
                style = f"color:#0000ee;text-decoration:underline;{style}"
        if style:
            said.append(("style", style))
        return said


def _note(element: _Element, around: set[_Element], within: str = "") -> None:
    """Adds the elements around one, up to the nearest one named `within`, to those that are known already."""
    for outer in element.iterancestors():
        if outer in around:
            return
        around.add(outer)
        if outer.tag == within:
            return


def _attributes(element: _Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}


def _spanned(text: str) -> int:
    digits = text.strip()
    return min(int(digits[:6]), _MOST_SPAN) if digits.isascii() and digits.isdigit() else 1


def _drawn(attributes: Mapping[str, str]) -> list[tuple[str, str]]:
    """The attributes of a table that XHTML 1.1 has too."""
    said = []
    for name in ("border", "cellpadding", "cellspacing"):
        if name in attributes:
            digits = re.match(r"\s*(\d{1,4})", attributes[name], re.ASCII)
            if digits or name == "border":
                said.append((name, digits[1] if digits else "1"))
    for name, known in (("frame", _FRAMES), ("rules", _RULES)):
        value = attributes.get(name, "").strip().lower()
        if value in known:
            said.append((name, value))
    return said
