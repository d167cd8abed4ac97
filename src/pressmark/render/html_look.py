"""What HTML's elements and presentational attributes look like, said in CSS: XHTML 1.1 has few of them.

The values are those of the HTML standard's rendering section (15.3, 15.4), as browsers follow it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pressmark.render.html_css import color, declarations

_LENGTH = re.compile(r"\s*(\d{1,5}(?:\.\d{1,4})?)\s*(%|px|pt)?", re.ASCII)
_SIZES = ("x-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "-webkit-xxx-large")
_HEADINGS = {"h1": ("2em", ".67em"), "h2": ("1.5em", ".83em"), "h3": ("1.17em", "1em"), "h4": ("1em", "1.33em")}
_HEADINGS |= {"h5": (".83em", "1.67em"), "h6": (".67em", "2.33em")}
_CENTERED = "text-align:center;text-align:-moz-center;text-align:-webkit-center;"
_PRE = "white-space:pre;font-family:monospace;margin:1em 0;"
_LIST = "margin:1em 0;padding-left:40px;list-style-type:"
_MARKS = {"disc": "disc", "circle": "circle", "square": "square", "1": "decimal", "a": "lower-alpha"}
_MARKS |= {"A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}

BLOCKS: Mapping[str, str] = {
    **dict.fromkeys(("div", "section", "article", "header", "footer", "main", "aside", "nav", "form"), ""),
    **dict.fromkeys(("figcaption", "dl", "dt", "fieldset", "caption"), ""),
    **dict.fromkeys(("p", "dl"), "margin:1em 0;"),
    **dict.fromkeys(("blockquote", "figure"), "margin:1em 40px;"),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), _PRE),
    **dict.fromkeys(("ul", "dir", "menu"), f"{_LIST}disc;"),
    **{h: f"font-size:{size};font-weight:bold;margin:{margin} 0;" for h, (size, margin) in _HEADINGS.items()},
    "address": "font-style:italic;",
    "center": _CENTERED,
    "dd": "margin-left:40px;",
    "hr": "",
    "li": "display:list-item;",
    "ol": f"{_LIST}decimal;",
    "table": "",
}
"""Elements that begin a line of their own, with what makes a `div` look like them."""

INLINES: Mapping[str, str] = {
    **dict.fromkeys(("b", "strong"), "font-weight:bold;"),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), "font-style:italic;"),
    **dict.fromkeys(("u", "ins"), "text-decoration:underline;"),
    **dict.fromkeys(("s", "strike", "del"), "text-decoration:line-through;"),
    **dict.fromkeys(("tt", "code", "kbd", "samp"), "font-family:monospace;"),
    "a": "",
    "big": "font-size:larger;",
    "font": "",
    "mark": "background-color:yellow;color:black;",
    "nobr": "white-space:nowrap;",
    "small": "font-size:smaller;",
    "span": "",
    "sub": "vertical-align:sub;font-size:smaller;",
    "sup": "vertical-align:super;font-size:smaller;",
}
"""Elements that stand in a line, with what makes a `span` look like them."""

KEPT_INLINE = frozenset(
    ("a", "b", "strong", "i", "em", "cite", "var", "dfn", "tt", "code", "kbd", "samp", "big", "small", "sub", "sup")
)
"""Those that XHTML 1.1 has too, with the same look."""


def look(tag: str, attributes: Mapping[str, str]) -> str:
    """What an element's presentational attributes and its style attribute say, the latter last, as it wins."""
    said = "".join(_HINTS[name](tag, value) for name, value in attributes.items() if name in _HINTS)
    if tag == "hr":
        said += _rule(attributes)
    return said + declarations(attributes.get("style", ""))


def length(value: str) -> str:
    """A length of an attribute as CSS writes it, "" for one that is none."""
    match = _LENGTH.match(value)
    return f"{match[1]}{'%' if match[2] == '%' else 'px'}" if match else ""


def _align(tag: str, value: str) -> str:
    side = value.strip().lower()
    if tag == "table":
        aligned = {"center": "margin-left:auto;margin-right:auto;", "left": "float:left;", "right": "float:right;"}
        return aligned.get(side, "")
    if tag == "hr":
        return {"left": "margin-left:0;", "right": "margin-right:0;"}.get(side, "")
    if side in ("center", "middle"):
        return _CENTERED
    if side in ("left", "right"):
        return f"text-align:{side};text-align:-webkit-{side};"
    return "text-align:justify;" if side == "justify" else ""


def _width(tag: str, value: str) -> str:
    size = length(value) if tag in ("table", "td", "th", "col", "hr") else ""
    return f"width:{size};" if size and size not in ("0px", "0%") else ""


def _height(tag: str, value: str) -> str:
    size = length(value) if tag in ("table", "tr", "td", "th") else ""
    return f"height:{size};" if size else ""


def _font_size(tag: str, value: str) -> str:
    match = re.fullmatch(r"\s*([+-]?)(\d{1,3})\D*", value, re.ASCII)
    if match is None or tag not in ("font", "basefont"):
        return ""
    number = int(match[2])
    size = 3 + number if match[1] == "+" else 3 - number if match[1] == "-" else number
    return f"font-size:{_SIZES[max(1, min(size, 7))]};"


def _rule(attributes: Mapping[str, str]) -> str:
    said = ""
    size = re.match(r"\s*(\d{1,3})", attributes.get("size", ""))
    shaded = "noshade" not in attributes and "color" not in attributes
    if not shaded:
        said += "border-style:solid;"
    if size is not None:
        thick = int(size[1])
        said += f"border-width:{thick / 2:g}px;" if not shaded else ""
        said += (
            "border-bottom-width:0;" if shaded and thick <= 1 else f"height:{max(thick - 2, 0)}px;" if shaded else ""
        )
    return said


def _colored(name: str) -> Callable[[str, str], str]:
    def said(tag: str, value: str) -> str:
        known = color(value)
        return f"{'border-color' if tag == 'hr' and name == 'color' else name}:{known};" if known else ""

    return said


def _face(tag: str, value: str) -> str:
    return declarations(f"font-family:{value.replace(';', ',')}") if tag == "font" else ""


def _mark(tag: str, value: str) -> str:
    known = _MARKS.get(value.strip(), _MARKS.get(value.strip().lower(), ""))
    return f"list-style-type:{known};" if known and tag in ("ul", "ol", "li") else ""


def _counted(tag: str, value: str) -> str:
    digits = value.strip()
    if tag not in ("ol", "li") or not re.fullmatch(r"-?\d{1,6}", digits, re.ASCII):
        return ""
    return f"counter-reset:list-item {int(digits) - 1};" if tag == "ol" else f"counter-set:list-item {int(digits)};"


def _vertical(tag: str, value: str) -> str:
    known = value.strip().lower()
    kept = tag in ("tr", "td", "th", "col") and known in ("top", "middle", "bottom", "baseline")
    return f"vertical-align:{known};" if kept else ""


_HINTS: Mapping[str, Callable[[str, str], str]] = {
    "align": _align,
    "bgcolor": _colored("background-color"),
    "bordercolor": _colored("border-color"),
    "color": _colored("color"),
    "face": _face,
    "height": _height,
    "nowrap": lambda tag, _: "white-space:nowrap;" if tag in ("td", "th") else "",
    "size": _font_size,
    "start": _counted,
    "text": lambda tag, value: _colored("color")(tag, value) if tag == "body" else "",
    "type": _mark,
    "valign": _vertical,
    "value": _counted,
    "width": _width,
}
