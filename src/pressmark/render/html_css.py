"""Keeps of a release's CSS what shapes its look: listed properties, values that can neither load nor run anything."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pressmark.reading.html_style import RULE, without_at_rules
from pressmark.resources import rows

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_VALUE = re.compile(r"[\w\s#%.,()'\"+/!*-]{1,300}")
_CALL = re.compile(r"([\w-]*)\s*\(")
_CALLS = frozenset(("rgb", "rgba", "hsl", "hsla", "calc"))
_COLOR = re.compile(r"#[0-9a-f]{3,8}|rgba?\([\d\s.,%]+\)|[a-z]{3,30}", re.IGNORECASE)
# What takes an element out of the place that the release is shown in.
_ESCAPING = frozenset(("fixed", "sticky", "-webkit-sticky"))
_SELECTOR = re.compile(r"[\w\s.>+~*-]{1,200}")
_SIMPLE = re.compile(r"(?<![\w.-])([A-Za-z][\w-]*)|\.([A-Za-z_-][\w-]*)")
_TABLE_TAGS = frozenset(("table", "tr", "td", "th", "caption", "col"))


@cache
def _properties() -> tuple[frozenset[str], tuple[str, ...]]:
    """The names that are kept, and the beginnings of names."""
    names = [r["name"] for r in rows("taxonomy/html-kept.tsv") if r["kind"] == "property"]
    return frozenset(n for n in names if not n.endswith("-")), tuple(n for n in names if n.endswith("-"))


@lru_cache(maxsize=4096)
def declarations(text: str) -> str:
    """The declarations of a style attribute or rule that are kept, each ended by a semicolon."""
    if "/*" in text or "<!--" in text or "-->" in text:
        text = _COMMENT.sub(" ", text)
    return "".join(map(_declaration, text.split(";")))


@lru_cache(maxsize=4096)
def _declaration(text: str) -> str:
    """A declaration with a semicolon, "" where it is not kept: styles differ, what they are made of seldom does."""
    name, colon, value = text.partition(":")
    name, value = name.strip().lower(), " ".join(value.split())
    if name == "background" and _COLOR.fullmatch(value):
        name = "background-color"
    kept = colon and _is_kept(name) and _is_safe(value)
    return f"{name}:{value};" if kept and not (name == "position" and value.lower() in _ESCAPING) else ""


def color(text: str) -> str:
    """A colour of an HTML attribute as CSS writes it, "" for one that is none."""
    text = text.strip()
    if re.fullmatch(r"[0-9a-fA-F]{6}", text):
        text = f"#{text}"
    return text if _COLOR.fullmatch(text) else ""


def style_sheet(text: str) -> tuple[str, frozenset[str]]:
    """The rules of a style sheet that are kept, each below `.release`, and the element names that they speak of.

    An element's name in a selector becomes a class, `.r-tag-font` for `font`, as elements may be shown by others;
    a class gets `r-` in front of its name, so that it can't meet one of the page around. At-rules are left out.
    """
    rules: list[str] = []
    tags: set[str] = set()
    for match in RULE.finditer(without_at_rules(_COMMENT.sub(" ", text))):
        kept = declarations(match[2])
        selectors = [_scoped(s, tags) for s in match[1].split(",") if _SELECTOR.fullmatch(s.strip() or "{")]
        if kept and selectors:
            rules.append(f"{','.join(selectors)}{{{kept}}}")
    return "\n".join(rules), frozenset(tags)


def class_name(name: str) -> str:
    """The class of a release as its marked-up form has it, "" for one that could not be selected."""
    return f"r-{name}" if re.fullmatch(r"[A-Za-z_-][\w-]*", name, re.ASCII) else ""


def tag_class(tag: str) -> str:
    """The class that stands for an element's name."""
    return f"r-tag-{tag}"


def _scoped(selector: str, tags: set[str]) -> str:
    def name(match: re.Match[str]) -> str:
        if match[2]:
            return f".r-{match[2]}"
        tag = match[1].lower()
        if tag in ("body", "html"):
            return ".release"
        if tag in _TABLE_TAGS:
            return tag
        tags.add(tag)
        return f".{tag_class(tag)}"

    scoped = _SIMPLE.sub(name, selector.strip())
    return scoped if scoped.startswith(".release") else f".release {scoped}"


def _is_kept(name: str) -> bool:
    names, beginnings = _properties()
    return name in names or name.startswith(beginnings)


def _is_safe(value: str) -> bool:
    if _VALUE.fullmatch(value) is None or value.count('"') % 2 or value.count("'") % 2:
        return False
    return all(m[1].lower() in _CALLS or not m[1] for m in _CALL.finditer(value))
