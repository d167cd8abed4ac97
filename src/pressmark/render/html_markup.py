"""Writes the tree of an HTML release as XHTML 1.1 with its own look and nothing in it that loads or runs.

Everything that is written comes from a list: elements, attributes, CSS properties. XHTML 1.1 is stricter than what
releases are written in. The ladder for an element: dropped with its contents (scripts, pictures' data, form controls);
transparent (unknown ones, also `ix:` of an earlier Inline XBRL); kept, where XHTML has it and its contents are allowed
in it; else a `div` or `span` with the look of the element in its style. A `div` shown inline may hold anything, which
a `font` around paragraphs needs. What stands in a table outside of its cells goes before the table, as in browsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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


_LONGEST_SHAPE = 64
"""Tags of a cell that is worth looking up: longer ones are seldom alike."""


@dataclass(slots=True)
class _Table:
    """An open table: the number of its start tag, and what it is at; `filled` where the open row has a cell."""

    number: int
    begun: bool = False
    rows: bool = False
    in_row: bool = False
    filled: bool = False


@dataclass(slots=True)
class _Open:
    """An open element: what ends it, and, in a table, what the table is at.

    `table` is the open table whose structure the contents belong to, None inside a cell and outside of tables.
    `shape` are the tags of a cell that is the first of its shape, `number` that of its start tag.
    """

    end: str = ""
    table: _Table | None = None
    listing: bool = False
    link: bool = False
    row: bool = False
    shape: tuple[Start | None, ...] = ()
    number: int = 0


class Markup:
    """The markup of a tree, written once; each format that shows it fills in its own texts.

    `names` are the elements that the style sheet speaks of. `style` is the body's own look, `dropped` counts the
    elements that are not shown.

    Every tag and every text has its place in the markup, empty where it is not shown: piece 2k is tag k, piece 2k + 1
    the text after it. A cell is written as the first one with the same tags was.
    """

    def __init__(self, tags: Tags, names: frozenset[str], *, classes: bool) -> None:
        self._tags, self._names, self._classes = tags, names, classes
        self.style = ""
        self.dropped: dict[str, int] = {}
        self._shapes: dict[tuple[Start | None, ...], list[str]] = {}
        self._inner: dict[str, _Open] = {}
        self._moved: list[tuple[int, int, int]] = []
        self._written = [""] * len(tags.starts)
        self._texts = [escaped(tags.text(n)) for n in range(len(tags.texts))] if tags.odd else tags.texts.copy()
        self._write()
        self._pieces = [""] * (2 * len(self._written))
        self._pieces[::2], self._pieces[1::2] = self._written, self._texts

    def filled(self, texts: Mapping[int, str]) -> str:
        """The contents of the body as flow content, where `texts` has the markup of a text with that instead."""
        pieces = self._pieces.copy()
        for number, markup in texts.items():
            if pieces[2 * number + 1]:
                pieces[2 * number + 1] = markup
        return "".join(_rearranged(pieces, self._moved) if self._moved else pieces)

    def _write(self) -> None:
        starts, texts, ends = self._tags.starts, self._texts, self._tags.ends
        written, shapes = self._written, self._shapes
        holder = _Open()
        around = [holder]
        number, last = 0, len(starts)
        while number < last:
            start = starts[number]
            table = holder.table
            known = None
            if table is not None and table.in_row and start is not None and start.tag in CELLS:
                end = ends[number] + 1
                known = shapes.get(tuple(starts[number:end])) if end - number <= _LONGEST_SHAPE else None
            if known is not None and table is not None:
                table.filled = True
                written[number:end] = known
                number = end - 1
            elif start is None:
                self._close(number, around.pop())
            elif start.dropped:
                self._stand_in(number, start, table)
                number = ends[number]
            else:
                opened = self._open(number, start, holder)
                if start.void:
                    self._close(number, opened)
                else:
                    around.append(opened)
            holder = around[-1]
            if texts[number] and (holder.table is not None or holder.listing):
                # White space there, or the list would not be one; in a table other texts go before it.
                if holder.table is not None and texts[number].strip():
                    self._moved.append((2 * number + 1, 2 * number + 2, 2 * holder.table.number))
                else:
                    texts[number] = ""
            number += 1

    def _close(self, number: int, closed: _Open) -> None:
        table = closed.table
        if table is not None and table.in_row and (closed.row or closed.end == "</table>"):
            self._written[number] += "</tr>"
            table.in_row = False
        self._written[number] += closed.end
        if closed.shape and all(start is None or start.fixed for start in closed.shape):
            self._shapes[closed.shape] = self._written[closed.number : number + 1]

    def _open(self, number: int, start: Start, parent: _Open) -> _Open:
        table, tag = parent.table, start.tag
        if table is not None:
            return self._in_table(number, start, table)
        if tag == "body":
            self.style += look("body", start.attributes)
        if tag == "table" and self._tags.holds[number] & CELL:
            self._written[number] = self._start(start, "table")
            return _Open("</table>", _Table(number))
        return self._in_flow(number, start, parent)

    def _in_table(self, number: int, start: Start, table: _Table) -> _Open:
        tag, holds = start.tag, self._tags.holds[number]
        if tag in CELLS:
            row, end = "" if table.in_row else "<tr>", self._tags.ends[number] + 1
            table.in_row = table.rows = table.begun = table.filled = True
            self._written[number] = f"{row}{self._start(start, tag)}"
            shape = tuple(self._tags.starts[number:end]) if not row and end - number <= _LONGEST_SHAPE else ()
            return _Open(f"</{tag}>", shape=shape, number=number)
        if tag == "tr" and holds & CELL:
            if table.in_row and not table.filled:
                return _Open("", table)  # a row of a row that has no cell yet is that row
            self._written[number] = f"{'</tr>' if table.in_row else ''}{self._start(start, tag)}"
            table.in_row = table.rows = table.begun = True
            table.filled = False
            return _Open("", table, row=True)
        if tag == "col" and not table.rows:
            table.begun = True
            self._written[number] = self._start(start, tag, void=True)
            return _Open()
        if tag == "caption" and not table.begun and not holds & BLOCK:
            table.begun = True
            self._written[number] = self._start(start, tag)
            return _Open("</caption>")
        if tag in _GROUPS or (tag != "table" and holds & CELL) or tag in ("tr", "col"):
            return _Open("", table)
        self._moved.append((2 * number, 2 * self._tags.ends[number] + 1, 2 * table.number))
        return self._open(number, start, _Open())

    def _in_flow(self, number: int, start: Start, parent: _Open) -> _Open:
        tag = start.tag
        if tag in ("br", "hr"):
            self._written[number] = "<br />" if tag == "br" else self._start(start, tag, void=True)
            return _Open()
        blocky = bool(self._tags.holds[number] & BLOCK)
        if tag in BLOCKS:
            shown = self._block(number, tag, parent, blocky=blocky)
        elif tag in INLINES:
            shown = "div" if blocky else tag if tag in KEPT_INLINE else "span"
            if tag == "a" and (parent.link or not _LINK.fullmatch(start.attributes.get("href", ""))):
                shown = "div" if blocky else "span"
        else:
            return _Open(link=parent.link)
        self._written[number] = start.shown.get(shown) or self._start(start, shown)
        link = parent.link or shown == "a"
        if link or shown in _LISTS:
            return _Open(f"</{shown}>", listing=shown in _LISTS, link=link)
        opened = self._inner.get(shown)
        if opened is None:
            opened = self._inner[shown] = _Open(f"</{shown}>")
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

    def _stand_in(self, number: int, start: Start, table: _Table | None) -> None:
        """What is left of a dropped element: of a picture its place and the words for it."""
        tag, end = start.tag, self._tags.ends[number]
        self._texts[number:end] = [""] * (end - number)
        self.dropped[tag] = self.dropped.get(tag, 0) + 1
        if tag == "img":
            attributes = start.attributes
            sizes = [f"{name}:{size};" for name in ("width", "height") if (size := length(attributes.get(name, "")))]
            style = f"display:inline-block;overflow:hidden;{''.join(sizes)}{look('span', attributes)}"
            words = escaped(attributes.get("alt", ""))
            self._written[number] = wrapped(words, [Tag("span", (("style", style),))])
            if table is not None:
                self._moved.append((2 * number, 2 * number + 1, 2 * table.number))

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


def _rearranged(pieces: Sequence[str], moved: Iterable[tuple[int, int, int]]) -> Iterator[str]:
    """The pieces in order, those from `first` to before `last` moved before another: (first, last, other).

    Without recursion: tables stand in each other.
    """
    lasts: dict[int, int] = {}
    before: dict[int, list[int]] = {}
    for first, last, other in moved:
        lasts[first] = last
        before.setdefault(other, []).append(first)
    waiting = [(0, len(pieces))]
    while waiting:
        at, end = waiting.pop()
        while at < end:
            firsts = before.pop(at, ())
            if firsts:
                waiting += [(at, end), *((first, lasts[first]) for first in reversed(firsts))]
                break
            yield pieces[at]
            at += 1
            while at in lasts and at < end:
                at = lasts[at]


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
