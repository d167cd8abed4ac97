"""What an element's attributes say, worked out once for each set of them: most elements share a few hundred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.reading.html_style import Style, named_style, parse_style
from pressmark.reading.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Said:
    """What the attributes of an element say; `plain` where they neither hide nor place nor raise it."""

    style: Style
    hidden: bool
    colspan: int
    rowspan: int
    plain: bool


class Attributes(dict[tuple[tuple[str | bytes, str | bytes], ...], Said]):
    """Reads the attributes of elements by a document's style sheets, given as declarations by class name.

    `attributes[tuple(element.items())]` is what `of(element)` gives, without a call where it is known.
    """

    def __init__(self, classes: dict[str, str], limits: Limits = DEFAULT) -> None:
        super().__init__()
        self._classes, self._limits = classes, limits

    def of(self, element: etree._Element) -> Said:
        """What the element's attributes say."""
        return self[tuple(element.items())]

    def __missing__(self, items: tuple[tuple[str | bytes, str | bytes], ...]) -> Said:
        said = self[items] = self._read({str(name): str(value) for name, value in items})
        return said

    def _read(self, attributes: dict[str, str]) -> Said:
        names = attributes.get("class", "").split()
        declared = "".join(self._classes.get(name, "") + ";" + named_style(name) for name in names)
        style = parse_style(declared + attributes.get("style", ""))
        hidden = style.hidden or "hidden" in attributes
        return Said(
            style,
            hidden,
            _spanned(attributes.get("colspan", ""), self._limits.colspan),
            _spanned(attributes.get("rowspan", ""), self._limits.rowspan),
            not (hidden or style.aside or style.lifted) and style.left is None and style.top is None,
        )


def _spanned(text: str, most: int) -> int:
    """The value of a colspan or rowspan attribute, between 1 and `most`."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit():
        return 1
    return max(1, min(int(digits[:9]), most))
