"""Reads a release in HTML or XHTML of any generator into paragraphs, grids and preformatted lines, in reading order.

The ladder: decode entities and build the tree (libxml2's recovering parser: no network, no entity of the
document's own, bounded depth); drop what a reader does not see; fold white space; turn each table into a
grid, or, where it only arranges the page, into its contents in order; turn elements placed by coordinates
into lines.
"""

from __future__ import annotations

import re

from pressmark.errors import InputError
from pressmark.reading.document import Block, Tree
from pressmark.reading.html_style import class_styles
from pressmark.reading.html_walk import Walk
from pressmark.reading.limits import DEFAULT, Limits, exceeded

_TAG = re.compile(r"""<[a-zA-Z][^"'>]*+(?:"[^"]*"[^"'>]*+|'[^']*'[^"'>]*+)*+""")
# What every tag of a thousand attributes has: 25 quoted values, or a long stretch outside of quotes.
_MANY = re.compile(r"""<[a-zA-Z](?:[^"'>]{0,74}+(?:"[^"]*"|'[^']*')){0,24}+(?:[^"'>]{75}|[^"'>]*+["'])""")
_LEAST_MANY = 1000
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_PARTED = re.compile(r"""[\s/]++|["']""")
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_PRE_END = re.compile(r"</pre\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_MARK = re.compile(r"<(?=/?(?:table|caption|s|c|page|fn|f\d)\s*>)", re.IGNORECASE)
_STYLE = re.compile(r"<style\b", re.IGNORECASE)
_STYLE_END = re.compile(r"</style", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml|<!doctype", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*>")
_VISIBLE = re.compile(r"[^\n]")
# Elements without contents that libxml2 does not know as such: it would put the rest of the page into them.
_VOID = re.compile(r"""<(?:bgsound|embed|keygen|source|track)\b(?:[^"'<>]++|"[^"]*"|'[^']*')*+>""", re.IGNORECASE)
_VOIDS = frozenset(("bgsound", "embed", "keygen", "source", "track"))
# Tags that few documents have and that need a closer look, found in one pass.
_RARE = re.compile(r"<(?:[bB](?i:gsound)|[eE](?i:mbed)|[kK](?i:eygen)|[pP](?i:re)|[sS](?i:ource|tyle)|[tT](?i:rack))\b")
_BODY = re.compile(r"<(?:body|p|div|table|pre|font|h\d|center|html)\b", re.IGNORECASE)
_MOST_HEAD = 100_000
_START = re.compile(r"<[a-zA-Z][^\s<>/\"']*(?=[\s/>])")
AT = "pressmark-at"


def parse_html(file: str, text: str, limits: Limits = DEFAULT, first: int = 1) -> tuple[Block, ...]:
    """What `read_html` gives, without the tree."""
    return read_html(file, text, limits, first)[0]


def read_html(file: str, text: str, limits: Limits = DEFAULT, first: int = 1) -> tuple[tuple[Block, ...], Tree]:
    """The blocks of `text`, in reading order, and the tree. Its first line is line `first` of the file.

    Spans carry the line on which the element starts and, as `path`, an XPath that finds the element
    (the cell, the paragraph) in the tree of `html_tree`. Within an element only offsets are known: `column` is 1
    and `end` one more than the length of the folded text; for `<PRE>` the line is the source's own and `column`
    counts in the printed line.
    Raises InputError where the nesting or the number of elements is beyond the limits, or nothing is left.
    """
    many = limits.attributes < _LEAST_MANY or _MANY.search(text)
    if many and any(_attributes(tag) > limits.attributes for tag in _TAG.findall(text)):
        raise exceeded(file, "attributes", limits.attributes, " in one element")
    if len(text) > limits.elements and text.count("<") > limits.elements:
        raise exceeded(file, "elements", limits.elements)
    tree = html_tree(file, text, first)
    return () if tree.root is None else Walk(file, tree.classes, limits).blocks(tree.root), tree


def html_tree(file: str, text: str, first: int = 1, *, located: bool = False) -> Tree:
    """The tree that spans refer to.

    `located` gives each element an attribute `AT`: where its start tag begins in `prepared(text)`.
    Raises InputError where elements are nested too deep.
    """
    from lxml import etree

    rare = _rare(text)
    source = "\n" * (first - 1) + prepared(text, rare)
    if located:
        source = _START.sub(lambda tag: f"{tag[0]} {AT}={tag.start() - first + 1} ", source)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(file, "elements nested deeper than 2,000", "the file is damaged; save it anew as HTML or text")
    return Tree(root, class_styles(html_sheets(source)) if "style" in rare else {})


def prepared(text: str, rare: frozenset[str] | None = None) -> str:
    """The text as it is parsed: without declarations and what plays or embeds, EDGAR's marks as text where they are.

    `rare` are its rare tags, where they are known.
    """
    rare = _rare(text) if rare is None else rare
    text = text.replace("\0", " ")
    if rare & _VOIDS:
        text = _VOID.sub(lambda tag: _VISIBLE.sub(" ", tag[0]), text)
    text = _without_declarations(text)
    return _marks_kept(text) if "pre" in rare else text


def _rare(text: str) -> frozenset[str]:
    """The names of the text's tags that need a closer look."""
    return frozenset([tag[1:].lower() for tag in _RARE.findall(text)])


def _attributes(tag: str) -> int:
    """At least as many as the tag has attributes."""
    return len(_PARTED.findall(_QUOTED.sub("'", tag)))


def _marks_kept(text: str) -> str:
    """The text with EDGAR's own marks (`<TABLE>`, `<S>`, `<C>`) inside `<PRE>` as text, for they are no HTML there."""
    kept: list[str] = []
    at = 0
    while start := _PRE.search(text, at):
        end = _PRE_END.search(text, start.end())
        stop = end.start() if end else len(text)
        inside = text[start.start() : stop]
        kept += (text[at : start.start()], inside if _CELL.search(inside) else _MARK.sub("&lt;", inside))
        at = stop
    return "".join((*kept, text[at:]))


def html_sheets(source: str) -> str:
    """The contents of all style elements."""
    sheets, at = [], 0
    while start := _STYLE.search(source, at):
        end = _STYLE_END.search(source, start.end())
        if end is None:
            break
        sheets.append(source[start.end() : end.start()].partition(">")[2])
        at = end.end()
    return " ".join(sheets)


def _without_declarations(text: str) -> str:
    """The text with its XML declaration and document type (where entities would be declared) blanked out."""
    body = _BODY.search(text, 0, _MOST_HEAD)
    stop = body.start() if body else 0
    at = 0
    while (start := _DECLARATION.search(text, at, stop)) and (end := _declared(text, start.end(), stop)):
        text = text[: start.start()] + _VISIBLE.sub(" ", text[start.start() : end]) + text[end:]
        at = end
    return text


def _declared(text: str, start: int, stop: int) -> int:
    """Where the declaration that begins before `start` ends; 0 where it does not."""
    end = text.find(">", start, stop)
    subset = text.find("[", start, max(end, start))
    if subset >= 0:
        closed = _SUBSET_END.search(text, subset, stop)
        return closed.end() if closed else 0
    return end + 1
