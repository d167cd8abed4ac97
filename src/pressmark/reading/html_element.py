"""Open elements of an HTML document: where each stands, what it hands down, and what its attributes say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_NOTE = re.compile(r"\W*(?:\d{1,2}|[a-z]|[ivx]{1,4})\W*(?:,\W*\w\W*)*|[*†‡§#+]+", re.IGNORECASE)
_MOST_NOTE = 12


class Entry:
    """An open element, the `n`-th of its `tag` in its parent, and what it hands down.

    `apart` is of an element placed by coordinates or beside others,
    `across` and `tiled` of the one that holds those. `said` counts the characters of the paragraphs that began in it.
    `name` is its path once it was asked for.
    """

    __slots__ = (
        "across", "apart", "beside", "bold", "indent", "n", "name", "parent", "place", "said", "tabled", "tag", "tiled",
    )  # fmt: skip

    def __init__(self, parent: Entry | None, tag: str, n: int) -> None:
        self.parent, self.tag, self.n, self.name = parent, tag, n, ""
        self.across = self.said = 0
        self.tiled: bool | None = None
        self.apart = self.bold = self.tabled = False
        self.indent = 0
        self.place: tuple[Entry, Entry, int, int] | None = None
        self.beside: tuple[Entry, int, int] | None = None
        if parent is not None:
            self.bold, self.tabled, self.indent = parent.bold, parent.tabled, parent.indent
            self.place, self.beside = parent.place, parent.beside

    def path(self) -> str:
        """The XPath of the element."""
        if self.name:
            return self.name
        unnamed: list[Entry] = []
        each: Entry | None = self
        while each is not None and not each.name:
            unnamed.append(each)
            each = each.parent
        name = each.name if each is not None else ""
        for each in reversed(unnamed):
            tag = each.tag
            if tag in ("html", "body"):
                name = f"{name}/{tag}"
            elif ":" in tag:
                name = f"{name}/*[name()='{tag}'][{each.n}]"
            else:
                name = f"{name}/{tag}[{each.n}]"
            each.name = name
        return name


def line_of(element: etree._Element) -> int:
    """The source line the element starts on."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


def is_note(element: etree._Element) -> bool:
    """Whether a raised text is a note mark, and not a part of the word or number before it."""
    text = ""
    for i, each in enumerate(element.iter()):
        if i > _MOST_NOTE or len(text) > _MOST_NOTE:
            return False
        text += (each.text or "") + ((each.tail or "") if each is not element else "")
    return _NOTE.fullmatch(text.strip()) is not None


def all_text(element: etree._Element) -> str:
    """All text in the element, in order."""
    return "".join(part for part in element.itertext() if isinstance(part, str))
