"""Writes the tree of an HTML release as XHTML 1.1 with its own look and nothing in it that loads or runs.

Everything that is written comes from a list: elements, attributes, CSS properties. XHTML 1.1 is stricter than what
releases are written in. The ladder for an element: dropped with its contents (scripts, pictures' data, form controls);
transparent (unknown ones, also `ix:` of an earlier Inline XBRL); kept, where XHTML has it and its contents are allowed
in it; else a `div` or `span` with the look of the element in its style. A `div` shown inline may hold anything, which
a `font` around paragraphs needs. What stands in a table outside of its cells goes before the table, as in browsers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pressmark.render.html_css import class_name, tag_class
from pressmark.render.html_look import BLOCKS, INLINES, KEPT_INLINE, length, look
from pressmark.render.html_tags import BLOCK, CELL, CELLS, Start, Tags
from pressmark.render.marks import Tag, escaped, wrapped

_LISTS = frozenset(("ul", "ol"))
_GROUPS = frozenset(("tbody", "thead", "tfoot", "colgroup"))
_PLAIN_PRE = frozenset(("b", "i", "u", "font", "span", "br", "strong", "em", "tt"))
_LINK = re.compile(r"(?:https?|mailto):[\w\-.~:/?#@!$&*+,;=%]{1,2000}", re.ASCII | re.IGNORECASE)
_FRAMES = frozenset(("void", "above", "below", "hsides", "lhs", "rhs", "vsides", "box", "border"))
_RULES = frozenset(("none", "groups", "rows", "cols", "all"))
_MOST_SPAN = 1000


_Out = list["str | int | _Out"]
"""Markup in pieces: the number of a text stands for it, a list for what is to go before a table."""


@dataclass(slots=True)
class _Open:
    """An open element: what ends it, where its contents go, and, in a table, what the table is at.

    `table` is the open table whose structure the contents belong to, None inside a cell and outside of tables.
    """

    out: _Out
    end: str = ""
    table: _Table | None = None
    listing: bool = False
    link: bool = False
    row: bool = False


@dataclass(slots=True)
class _Table:
    """An open table: `before` collects what goes before it, which `slot` of `out` keeps free."""

    out: _Out
    slot: int
    before: _Out = field(default_factory=list)
    begun: bool = False
    rows: bool = False
    in_row: bool = False


class Markup:
    """The markup of a tree, written once; each format that shows it fills in its own texts.

    `names` are the elements that the style sheet speaks of. `style` is the body's own look, `dropped` counts the
    elements that are not shown.
    """

    def __init__(self, tags: Tags, names: frozenset[str], *, classes: bool) -> None:
        self._tags, self._names, self._classes = tags, names, classes
        self.style = ""
        self.dropped: dict[str, int] = {}
        self._out: _Out = []
        self._opened: dict[str, _Open] = {}
        self._write()
        out = _flat(self._out)
        self._slots = {piece: at for at, piece in enumerate(out) if isinstance(piece, int)}
        texts = [escaped(tags.text(number)) for number in range(len(tags.texts))] if tags.odd else tags.texts
        self._pieces = [piece if isinstance(piece, str) else texts[piece] for piece in out]

    def filled(self, texts: Mapping[int, str]) -> str:
        """The contents of the body as flow content, where `texts` has the markup of a text with that instead."""
        pieces = self._pieces.copy()
        for number, markup in texts.items():
            if number in self._slots:
                pieces[self._slots[number]] = markup
        return "".join(pieces)

    def _write(self) -> None:
        starts, texts, ends = self._tags.starts, self._tags.texts, self._tags.ends
        holder = _Open(self._out)
        around = [holder]
        number, last = 0, len(starts)
        while number < last:
            start = starts[number]
            ended = start is None or start.void
            if start is None:
                pass
            elif start.dropped:
                self._stand_in(start, holder)
                number, ended = ends[number], False
            else:
                around.append(self._open(number, start, holder))
            if ended:
                closed = around.pop()
                if closed.table is not None:
                    self._end_rows(closed, closed.table)
                if closed.end:
                    closed.out.append(closed.end)
            holder = around[-1]
            if not texts[number] or holder.listing:  # white space there, or the list would not be one
                pass
            elif holder.table is None:
                holder.out.append(number)
            elif texts[number].strip():
                holder.table.before.append(number)
            number += 1

    def _open(self, number: int, start: Start, parent: _Open) -> _Open:
        table, tag = parent.table, start.tag
        if table is not None:
            if table.in_row and tag in CELLS:  # most elements by far
                parent.out.append(start.shown.get(tag) or self._start(start, tag))
                return self._inside(parent.out, tag)
            return self._in_table(number, start, parent, table)
        if tag == "body":
            self.style += look("body", start.attributes)
        if tag == "table" and self._tags.holds[number] & CELL:
            return self._table(start, parent)
        return self._in_flow(number, start, parent)

    def _in_table(self, number: int, start: Start, parent: _Open, table: _Table) -> _Open:
        tag, holds = start.tag, self._tags.holds[number]
        if tag in CELLS:
            if not table.in_row:
                table.out.append("<tr>")
                table.in_row = table.rows = table.begun = True
            table.out.append(self._start(start, tag))
            return self._inside(table.out, tag)
        if tag == "tr" and holds & CELL:
            self._end_row(table)
            table.out.append(self._start(start, tag))
            table.in_row = table.rows = table.begun = True
            return _Open(table.out, "", table, row=True)
        if tag == "col" and not table.rows:
            table.begun = True
            table.out.append(self._start(start, tag, void=True))
            return _Open([])
        if tag == "caption" and not table.begun and not holds & BLOCK:
            table.begun = True
            table.out.append(self._start(start, tag))
            return _Open(table.out, "</caption>")
        if tag in _GROUPS or (tag != "table" and holds & CELL) or tag in ("tr", "col"):
            return _Open(parent.out, "", table)
        return self._open(number, start, _Open(table.before))

    def _table(self, start: Start, parent: _Open) -> _Open:
        table = _Table(parent.out, len(parent.out))
        parent.out += ("", self._start(start, "table"))
        return _Open(parent.out, "</table>", table)

    def _in_flow(self, number: int, start: Start, parent: _Open) -> _Open:
        tag = start.tag
        if tag == "br":
            parent.out.append("<br />")
            return _Open([])
        if tag == "hr":
            parent.out.append(self._start(start, tag, void=True))
            return _Open([])
        blocky = bool(self._tags.holds[number] & BLOCK)
        if tag in BLOCKS:
            shown = self._block(number, tag, parent, blocky=blocky)
        elif tag in INLINES:
            shown = "div" if blocky else tag if tag in KEPT_INLINE else "span"
            if tag == "a" and (parent.link or not _LINK.fullmatch(start.attributes.get("href", ""))):
                shown = "div" if blocky else "span"
        else:
            return _Open(parent.out, "", None, link=parent.link)
        parent.out.append(start.shown.get(shown) or self._start(start, shown))
        link = parent.link or shown == "a"
        if link or shown in _LISTS:
            return _Open(parent.out, f"</{shown}>", listing=shown in _LISTS, link=link)
        return self._inside(parent.out, shown)

    def _inside(self, out: _Out, shown: str) -> _Open:
        """What is inside of an element that sets nothing for its contents: the same for all that are shown alike."""
        if out is not self._out:
            return _Open(out, f"</{shown}>")
        opened = self._opened.get(shown)
        if opened is None:
            opened = self._opened[shown] = _Open(out, f"</{shown}>")
        return opened

    def _block(self, number: int, tag: str, parent: _Open, *, blocky: bool) -> str:
        if tag in _LISTS:
            return tag if self._is_list(number) else "div"
        if tag == "li":
            return tag if parent.listing else "div"
        if tag == "pre":
            inside = self._tags.starts[number + 1 : self._tags.ends[number]]
            return tag if not blocky and all(each is None or each.tag in _PLAIN_PRE for each in inside) else "div"
        if tag == "p" or (len(tag) == 2 and tag[0] == "h"):
            return "div" if blocky else tag
        return "div"

    def _is_list(self, number: int) -> bool:
        """Whether an element holds list items, and nothing beside them."""
        items = list(self._tags.children(number))
        named = all(start is not None and start.tag == "li" for start in map(self._tags.starts.__getitem__, items))
        after = (number, *(self._tags.ends[item] for item in items))
        return bool(items) and named and not any(self._tags.text(each).strip() for each in after)

    def _end_rows(self, closed: _Open, table: _Table) -> None:
        """Ends the row that is open where its element or the table ends."""
        if closed.row or closed.end == "</table>":
            self._end_row(table)
        if closed.end == "</table>" and table.before:
            table.out[table.slot] = table.before

    def _end_row(self, table: _Table) -> None:
        if table.in_row:
            table.out.append("</tr>")
            table.in_row = False

    def _stand_in(self, start: Start, parent: _Open) -> None:
        """What is left of a dropped element: of a picture its place and the words for it."""
        tag = start.tag
        self.dropped[tag] = self.dropped.get(tag, 0) + 1
        if tag == "img":
            attributes = start.attributes
            sizes = [f"{name}:{size};" for name in ("width", "height") if (size := length(attributes.get(name, "")))]
            style = f"display:inline-block;overflow:hidden;{''.join(sizes)}{look('span', attributes)}"
            words = escaped(attributes.get("alt", ""))
            target = parent.out if parent.table is None else parent.table.before
            target.append(wrapped(words, [Tag("span", (("style", style),))]))

    def _start(self, start: Start, shown: str, *, void: bool = False) -> str:
        """The start tag of an element shown as another."""
        written = start.shown.get(shown)
        if written is None:
            written = Tag(shown, tuple(self._said(start.tag, shown, start.attributes))).start()
            written = start.shown[shown] = f"{written[:-1]} />" if void else written
        return written

    def _said(self, tag: str, shown: str, attributes: Mapping[str, str]) -> list[tuple[str, str]]:
        """The attributes that are written, in order."""
        said: list[tuple[str, str]] = []
        names = [c for name in attributes.get("class", "").split() if (c := class_name(name))] if self._classes else []
        if tag in self._names:
            names.append(tag_class(tag))
        if names:
            said.append(("class", " ".join(names)))
        if shown in CELLS or shown == "col":
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


def _flat(out: _Out) -> list[str | int]:
    """The pieces in order, without recursion: tables stand in each other."""
    flat: list[str | int] = []
    waiting = [iter(out)]
    while waiting:
        for piece in waiting[-1]:
            if isinstance(piece, list):
                waiting.append(iter(piece))
                break
            flat.append(piece)
        else:
            waiting.pop()
    return flat


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
