"""What style says of an element, as far as reading needs it: hidden, bold, indented, ruled, placed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PX = {"px": 1.0, "": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "pc": 16.0}
_PX |= {"in": 96.0, "cm": 37.8, "mm": 3.78, "%": 6.0}
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|em|rem|ex|ch|in|cm|mm|pc|%)?", re.IGNORECASE)
RULE = re.compile(r"(?:\A|(?<=[{}]))([^{}]*+)\{([^{}]*+)\}")
_CLASS = re.compile(r"[\w-]*\.([\w-]+)\Z")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_AT_END = re.compile(r"[;{]")
_BRACE = re.compile(r"[{}]")
_UNSEEN = re.compile(r"\bnone\b|\bhidden\b|#fff(?:fff)?\b|\bwhite\b|transparent")
_WIDTH = re.compile(r"(?<![#\w.])(\d+\.?\d*|\.\d+)(px|pt|em|in)\b")
_DRAWN = re.compile(r"\b(?:solid|dashed|dotted|groove|ridge|inset|outset)\b")
_THICK = 2.5
_STEP = re.compile(r"(?:pad(?:ding)?[-_]?l(?:eft)?|indent)[-_]?(\d{1,2})\Z", re.IGNORECASE)
_STEP_PX = 8
_MOST_PX = 10_000


@dataclass(frozen=True, slots=True)
class Style:
    """One element's own style. Lengths are in px; `None` where nothing is stated.

    `hidden` is not seen; `gone` takes no place either (a cell that is not displayed).
    `above` and `below` are "single", "double" or "" for a rule drawn there; `lifted` is superscript.
    `left` and `top` are set for an absolutely placed element, `width` for any that states it;
    `aside` says that the element stands beside its neighbours (float, inline-block, table-cell).
    """

    hidden: bool = False
    gone: bool = False
    bold: bool | None = None
    indent: int = 0
    above: str = ""
    below: str = ""
    lifted: bool = False
    left: int | None = None
    top: int | None = None
    width: int | None = None
    aside: bool = False


PLAIN = Style()


@lru_cache(maxsize=4096)
def parse_style(text: str) -> Style:
    """The style of a `style` attribute's text; what it says in ways unknown here is passed over."""
    said: dict[str, str] = {}
    text = text.lower()
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            said[name.strip()] = value.strip()
    if not said:
        return PLAIN
    position, display = said.get("position"), said.get("display")
    absolute = position in ("absolute", "fixed")
    ruled = "border" in text
    return Style(
        hidden=_hidden(said),
        gone=display == "none",
        bold=_bold(said.get("font-weight", "") or said.get("font", "")),
        indent=_left(said),
        above=_border(said, "border-top") if ruled else "",
        below=_border(said, "border-bottom") if ruled else "",
        lifted=said.get("vertical-align") in ("super", "text-top")
        or (position == "relative" and said.get("top", "").startswith("-")),
        left=length(said.get("left")) if absolute else None,
        top=length(said.get("top")) if absolute else None,
        width=length(said.get("width")),
        aside=display in ("inline-block", "table-cell") or said.get("float") in ("left", "right"),
    )


def named_style(name: str) -> str:
    """The indentation that a class's name tells where its style sheet is not at hand: "bwpadl3", "indent-2"."""
    step = _STEP.search(name)
    return f"padding-left:{int(step[1]) * _STEP_PX}px;" if step else ""


def length(text: str | None) -> int | None:
    """A CSS length in px, per cent of a page counted as 6 px; None where there is none."""
    match = _LENGTH.match(text.strip()) if text else None
    if match is None:
        return None
    px = float(match[1]) * _PX[(match[2] or "").lower()]
    return round(max(-_MOST_PX, min(_MOST_PX, px)))


def class_styles(sheet: str) -> dict[str, str]:
    """The declarations of a style sheet by class name; only plain `.name` and `tag.name` selectors count."""
    found: dict[str, str] = {}
    for match in RULE.finditer(without_at_rules(_COMMENT.sub(" ", sheet))):
        for selector in match[1].split(","):
            name = _CLASS.match(selector.strip())
            if name:
                found[name[1]] = found.get(name[1], "") + ";" + match[2]
    return found


def without_at_rules(sheet: str) -> str:
    """The sheet without its `@media print {...}` and the like, which speak of other surroundings."""
    kept, at = [], 0
    while (start := sheet.find("@", at)) >= 0:
        kept.append(sheet[at:start])
        opened = _AT_END.search(sheet, start)
        if opened is None or opened[0] == ";":
            at = opened.end() if opened else len(sheet)
            continue
        depth, at = 1, len(sheet)
        for brace in _BRACE.finditer(sheet, opened.end()):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                at = brace.end()
                break
    return "".join(kept) + sheet[at:]


def _hidden(said: dict[str, str]) -> bool:
    if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
        return True
    return "font-size" in said and length(said["font-size"]) == 0


def _bold(weight: str) -> bool | None:
    if weight in ("normal", "lighter", "400", "300"):
        return False
    return True if re.search(r"\bbold|\b[6-9]00\b", weight) else None


def _left(said: dict[str, str]) -> int:
    """Where the first line begins: left padding and margin plus the first line's own (often negative) indent."""
    padding = length(said.get("padding-left")) or _side(said.get("padding"))
    margin = length(said.get("margin-left")) or _side(said.get("margin"))
    return padding + margin + (length(said.get("text-indent")) or 0)


def _side(shorthand: str | None) -> int:
    """The left one of "top right bottom left"; a single or double value says nothing of indentation."""
    parts = shorthand.split() if shorthand else ()
    return (length(parts[3]) or 0) if len(parts) == 4 else 0


def _border(said: dict[str, str], side: str) -> str:
    """The rule that `border-top` or `border-bottom` draws; a thick one stands for a double one."""
    text = " ".join([said.get(side, ""), said.get(side + "-style", ""), said.get(side + "-width", "")]).strip()
    if not text or _UNSEEN.search(text):
        return ""
    drawn = _DRAWN.search(text) is not None
    found = _WIDTH.search(text)
    width = float(found[1]) * _PX[found[2]] if found else 1.0
    if "double" in text or (width >= _THICK and drawn):
        return "double"
    return "single" if width > 0 and drawn else ""
