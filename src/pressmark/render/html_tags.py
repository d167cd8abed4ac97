"""The tree of an HTML release as its tags and texts in a row, which takes far less time to go through than elements.

libxml2 writes the tree as XML, and that is split. Tags are numbered, and text k is what follows tag k, escaped as it
stands in the XML. Of equal start tags there is one `Start`, so that whatever depends on the attributes is worked out
once for all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from pressmark.reading.html import AT
from pressmark.reading.html_attributes import Attributes
from pressmark.reading.html_walk import SKIPPED
from pressmark.render.html_look import BLOCKS
from pressmark.render.marks import has_odd

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG = re.compile(r"(<!\[CDATA\[.*?\]\]>|<[^>]*>)", re.DOTALL)
_LOCATED = re.compile(rf' {AT}="[^"]*"')
_STEP = re.compile(r"(?:\*\[name\(\)='([^']*)'\]|([^\[\]]+))(?:\[(\d+)\])?")
# What libxml2 (2.14 and later) writes for a character that XML forbids.
_LOST = "&#xFFFD;"
_CONTROL = re.compile("[\1-\x08\x0b\x0c\x0e-\x1f]")
CELLS = frozenset(("td", "th"))
DROPPED = SKIPPED | {
    "img", "input", "link", "meta", "base", "basefont", "bgsound", "param", "source", "track", "frame",
}  # fmt: skip
"""Elements that are not shown again, with what is in them."""
_VARYING = frozenset(("body", "table", "ul", "ol"))
BLOCK, CELL = 1, 2
"""What an element may hold: an element that begins a line, a cell outside of an inner table."""


@dataclass(slots=True, eq=False)
class Start:
    """A start tag: the element's name and attributes. `shown` is how it is written, by what the element is shown as.

    `void` says that the tag ends the element too, `hidden` that what is in it is not seen; `brings` is what it is
    (`BLOCK`, `CELL`) to those around it, and `passes` what it tells them of what it holds. `fixed` says that how the
    element is shown depends on the tags in it alone, not on texts.
    """

    tag: str
    attributes: dict[str, str]
    void: bool
    hidden: bool
    dropped: bool
    brings: int
    passes: int
    fixed: bool
    shown: dict[str, str] = field(default_factory=dict)


class _Starts(dict[str, Start | None]):
    """The start tags by their text; None for an end tag."""

    def __init__(self, attributes: Attributes) -> None:
        self._attributes = attributes

    def __missing__(self, text: str) -> Start | None:
        found = self[text] = None if text[1] == "/" else self._read(text)
        return found

    def _read(self, text: str) -> Start:
        said = text.split('"')  # names and values in turn, as libxml2 writes them
        name = said[0].split(None, 1)[0].strip("</>")
        tag = name if name[:1] not in "!?" else ""
        pairs = zip(said[:-1:2], said[1::2], strict=True) if tag else ()
        attributes = {name.split()[-1][:-1]: unescape(value) for name, value in pairs}
        dropped = not tag or tag in DROPPED
        brings = 0 if dropped else BLOCK | CELL if tag in CELLS else BLOCK if tag in BLOCKS or tag == "tr" else 0
        passes = 0 if dropped else BLOCK if tag == "table" else BLOCK | CELL
        void = not tag or text[-2] == "/"
        hidden = tag in SKIPPED or self._attributes.hide(attributes)
        return Start(tag, attributes, void, hidden, dropped, brings, passes, not dropped and tag not in _VARYING)


class Tags:
    """The tags of a tree, `starts` (None for an end tag), and the `texts` after them.

    `odd` says that there are characters that are not shown as they are. `ends` has the number of the end tag for each
    start tag, its own where there is none; `holds` what is in the element (`BLOCK`, `CELL`). `located` has the tags
    with their positions, where the tree has these.
    """

    def __init__(self, root: _Element | None, attributes: Attributes) -> None:
        from lxml import etree

        xml = etree.tostring(root, encoding="unicode", with_tail=False) if root is not None else ""
        parts = _TAG.split(xml)
        tags, self.texts = parts[1::2], parts[2::2]
        self.odd = has_odd("".join(self.texts))
        if root is not None and _LOST in xml:
            self._put_back(root)
        self.located = tags if AT in xml else []
        plain = [_LOCATED.sub("", tag, count=1) for tag in tags] if self.located else tags
        self.starts = list(map(_Starts(attributes).__getitem__, plain))
        self.ends, self.holds = [0] * len(self.starts), [0] * len(self.starts)
        self._survey()
        self._children: dict[int, dict[str, list[int]]] = {}
        self._found: dict[str, int | None] = {}
        if root is not None:
            self._found |= {f"/{root.tag}": 0, f"/{root.tag}[1]": 0}

    def text(self, number: int) -> str:
        """A text as it reads."""
        text = self.texts[number]
        return unescape(text) if "&" in text else text

    def children(self, number: int) -> Iterator[int]:
        """The elements right inside an element."""
        child, end = number + 1, self.ends[number]
        while child < end:
            yield child
            child = self.ends[child] + 1

    def unseen(self) -> Iterator[tuple[int, int]]:
        """The texts that are not seen, as the number of the first and the one after the last."""
        for number, start in enumerate(self.starts):
            if start is not None and start.hidden:
                yield number, self.ends[number]

    def element(self, path: str) -> int | None:
        """The element of a path as spans carry it; None where there is none."""
        steps = []
        while path and path not in self._found:
            above, _, step = path.rpartition("/")
            steps.append((path, step))
            path = above
        found = self._found.get(path)
        for path, step in reversed(steps):
            found = self._found[path] = self._child(found, step)
        return found

    def _child(self, parent: int | None, step: str) -> int | None:
        if parent is None:
            return None
        named = self._children.get(parent)
        if named is None:
            named = self._children[parent] = defaultdict(list)
            starts, ends = self.starts, self.ends
            child, end = parent + 1, ends[parent]
            while child < end:
                start = starts[child]
                if start is not None:
                    named[start.tag].append(child)
                child = ends[child] + 1
        tag, number = _step(step)
        found = named.get(tag, ())
        return found[number - 1] if 0 < number <= len(found) else None

    def _put_back(self, root: _Element) -> None:
        """Puts the characters back that libxml2 does not write."""
        self.odd = True
        lost = iter(_CONTROL.findall("".join(map(str, root.itertext()))))
        self.texts = [re.sub(_LOST, lambda _: next(lost, "\ufffd"), text) for text in self.texts]

    def _survey(self) -> None:
        """Finds where each element ends and what it holds."""
        starts, ends, holds = self.starts, self.ends, self.holds
        around: list[int] = []
        for number, start in enumerate(starts):
            if start is None:
                opened = around.pop()
                ends[opened] = number
                closed = starts[opened]
                if closed is not None and around:
                    holds[around[-1]] |= closed.brings | holds[opened] & closed.passes
            elif start.void:
                ends[number] = number
                if start.brings and around:
                    holds[around[-1]] |= start.brings
            else:
                around.append(number)


@lru_cache(maxsize=4096)
def _step(step: str) -> tuple[str, int]:
    """The element's name and its number among those of that name; "" where the step of a path says nothing."""
    match = _STEP.fullmatch(step)
    return (match[1] or match[2], int(match[3] or 1)) if match else ("", 0)
