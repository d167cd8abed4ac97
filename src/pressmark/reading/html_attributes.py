"""What an element's attributes say, worked out once for each set of them: most elements share a few hundred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pressmark.reading.html_style import Style, named_style, parse_style
from pressmark.reading.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Said:
    """What the attributes of an element say.

    `plain`: they neither hide nor place nor raise it; `ruled`: they draw a rule above or below it that is seen.
    """

    style: Style
    hidden: bool
    colspan: int
    rowspan: int
    plain: bool
    ruled: bool


_Items = tuple[tuple[str | bytes, str | bytes], ...]


class Attributes(dict[_Items, Said]):
    """Reads the attributes of elements by a document's style sheets, given as declarations by class name.

    `attributes[tuple(element.items())]` is what `of(element)` gives, without a call where it is known.
    """

    def __init__(self, classes: dict[str, str], limits: Limits = DEFAULT) -> None:
        super().__init__()
        self._classes, self._limits = classes, limits

    def of(self, element: etree._Element) -> Said:
        """What the element's attributes say."""
        return self[tuple(element.items())]

    def hide(self, attributes: Mapping[str, str]) -> bool:
        """Whether attributes, given by name, hide an element."""
        return self[tuple(attributes.items())].hidden

    def __missing__(self, items: _Items) -> Said:
        declared = ""
        for attribute, value in items:
            if attribute == "class":
                names = str(value).split()
                declared += "".join([self._classes.get(name, "") + ";" + named_style(name) for name in names])
        said = self[items] = _said(items, declared, self._limits.colspan, self._limits.rowspan)
        return said


@lru_cache(maxsize=4096)
def _said(items: _Items, declared: str, most_columns: int, most_rows: int) -> Said:
    """What attributes say beside the declarations of their classes; releases of one maker share them."""
    attributes = {str(name): str(value) for name, value in items}
    style = parse_style(declared + attributes.get("style", ""))
    hidden = style.hidden or "hidden" in attributes
    colspan = _spanned(attributes.get("colspan", ""), most_columns)
    rowspan = _spanned(attributes.get("rowspan", ""), most_rows)
    plain = not (hidden or style.aside or style.lifted) and style.left is None and style.top is None
    ruled = not hidden and bool(style.above or style.below)
    return Said(style, hidden, colspan, rowspan, plain, ruled)


def _spanned(text: str, most: int) -> int:
    """The value of a colspan or rowspan attribute, between 1 and `most`."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit():
        return 1
    return max(1, min(int(digits[:9]), most))
