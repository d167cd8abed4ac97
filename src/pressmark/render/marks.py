"""Stretches of a published release and the elements to put around them: what text and HTML releases share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from pressmark.finding import Finding, finding
from pressmark.numbers import DASHES
from pressmark.reading.document import Document
from pressmark.span import Span

_DIGITS = re.compile(r"(?:\d[\d,.]*(?<=\d)|\.\d+)(?:[ -]?[½¼¾⅛⅜⅝⅞⅓⅔]|[ -]\d{1,2}/\d{1,2})?|[½¼¾⅛⅜⅝⅞⅓⅔]|\d{1,2}/\d{1,2}")
_ZERO = re.compile(rf"-\s?0\s?-|[{DASHES}](?:\s?[{DASHES}])*")
# What the Char production of XML 1.0, section 2.2, leaves out.
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BIDI = "\u202a-\u202e\u2066-\u2069"
_ODD = re.compile(f"[&<>\0-\x08\x0b-\x1f{_BIDI}\ud800-\udfff\ufffe\uffff]")
_UNSAFE = re.compile('[&<>"\0-\x1f\ud800-\udfff\ufffe\uffff]')
_STRANGE = re.compile(f"[\0-\x08\x0b\x0c\x0e-\x1f{_BIDI}\ud800-\udfff\ufffe\uffff]")
_BIDI_CONTROL = re.compile(f"[{_BIDI}]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": " ", "\t": " ", "\r": " "})


class Tag(NamedTuple):
    """An element to put around a stretch: its name with its prefix, and its attributes in order.

    `written` is the start tag instead, where there are very many that differ by numbers alone.
    """

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    written: str = ""

    def start(self) -> str:
        """The start tag."""
        if self.written:
            return self.written
        said = "".join([f' {name}="{attribute(value)}"' for name, value in self.attributes])
        return f"<{self.name}{said}>"

    def end(self) -> str:
        """The end tag."""
        return f"</{self.name}>"


class Stretch(NamedTuple):
    """A stretch of a release's text, `start` to `end` in the units of its source; `text` is what it says."""

    start: int
    end: int
    text: str


class Mark(NamedTuple):
    """A stretch to put elements around, the outermost first."""

    stretch: Stretch
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A release as sanitized, well-formed XHTML.

    `markup` is flow content, ready for a `div` or `body` that carries the class `release` and `style` as its style;
    `css` the release's own style sheet, every rule below `.release`. `standards` says that the source asks a browser
    for its standards mode (with a document type). `left_out` are marks that overlap others, `findings` what was
    changed.
    """

    markup: str
    css: str = ""
    style: str = ""
    standards: bool = True
    left_out: tuple[Mark, ...] = ()
    findings: tuple[Finding, ...] = ()


class Published(Protocol):
    """A release as it was published, in which places can be found and marked."""

    def find(self, span: Span) -> Stretch | None:
        """The stretch at a span of the document; None where it can't be told for sure."""

    def cut(self, stretch: Stretch, start: int, end: int) -> Stretch:
        """The part of a stretch from character `start` to `end` of its text."""

    def pieces(self, stretch: Stretch) -> Sequence[Stretch]:
        """The parts of a stretch that an element each can be put around without moving text; none where they can't."""

    def body(self, marks: Iterable[Mark]) -> Body:
        """The release with the marks in it. A mark over several pieces has its text moved into the first."""


def number_in(published: Published, stretch: Stretch) -> Stretch:
    """The number of a stretch without signs, currency and note marks: digits, else a dash, else all of it."""
    found = _DIGITS.search(stretch.text) or _ZERO.search(stretch.text)
    zero = _ZERO.search(stretch.text) if found and found[0] == "0" else None
    found = zero if zero and "0" in zero[0] else found
    if found is None or found[0] == stretch.text:
        return stretch
    return published.cut(stretch, found.start(), found.end())


def settled(marks: Iterable[Mark]) -> tuple[list[Mark], tuple[Mark, ...]]:
    """The marks in order, those of one stretch joined (the first outermost), and those that overlap another."""
    kept: list[Mark] = []
    left_out: list[Mark] = []
    until = 0
    for mark in sorted(marks, key=lambda m: m[0][:2]):
        start, end, _ = stretch = mark.stretch
        if until <= start < end:
            kept.append(mark)
            until = end
        elif kept and kept[-1].stretch == stretch:
            kept[-1] = Mark(stretch, (*kept[-1].tags, *mark.tags))
        else:
            left_out.append(mark)
    return kept, tuple(left_out)


def wrapped(text: str, tags: Sequence[Tag]) -> str:
    """Text that is markup already, inside the elements."""
    if len(tags) == 1:
        return f"{tags[0].start()}{text}{tags[0].end()}"
    return "".join([tag.start() for tag in tags]) + text + "".join([tag.end() for tag in reversed(tags)])


def attribute(value: str) -> str:
    """A text as the value of an attribute in double quotes."""
    return _FORBIDDEN.sub(_picture, value).translate(_ATTRIBUTE) if _UNSAFE.search(value) else value


def escaped(text: str) -> str:
    """A text as XML content, of the same length.

    A control character that XML forbids becomes its control picture (U+2400 and on), a surrogate or noncharacter
    U+FFFD. A character that overrides the direction of writing stands alone in an isolated element, where it
    reverses nothing.
    """
    return _ODD.sub(_escape, text) if text else text


def has_odd(text: str) -> bool:
    """Whether a text has characters that are not shown as they are."""
    return _STRANGE.search(text) is not None


def odd_characters(text: str, document: Document) -> tuple[Finding, ...]:
    """What is said of the characters of a document's text that are not shown as they are."""
    found = []
    if count := Counter(_FORBIDDEN.findall(text)):
        message = f"XML forbids {_listed(count)}: the control picture, or U+FFFD, is shown instead"
        found.append(finding("release.characters", message, _first(count, document)))
    if count := Counter(_BIDI_CONTROL.findall(text)):
        message = f"{_listed(count)} would turn the direction of writing: each stands where it reverses nothing"
        found.append(finding("release.directions", message, _first(count, document)))
    return tuple(found)


def _listed(count: Mapping[str, int]) -> str:
    return ", ".join(f"U+{ord(c):04X} ({n} times)" if n > 1 else f"U+{ord(c):04X}" for c, n in sorted(count.items()))


def _first(count: Mapping[str, int], document: Document) -> Span:
    """Where the first of the characters stands, the beginning where it is written as a reference."""
    source = document.source
    at = min((at for c in count if (at := source.text.find(c)) >= 0), default=0)
    return Span(document.file, source.first + source.text.count("\n", 0, at), at - source.text.rfind("\n", 0, at))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _BIDI_CONTROL.match(character):
        return f'<span class="direction" style="unicode-bidi:isolate" title="U+{ord(character):04X}">{character}</span>'
    return _picture(match)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
