"""The flowing text of a release as paragraphs, each with a map from character offset to place.

For preformatted text the ladder is: drop page furniture; leave out lines that look like a table's; break
at blank lines, bullets, a change of indentation, or after a short line that ends a sentence; join what a
page break tore apart. A hyphen at a line's end is kept unless the joined word stands elsewhere in the text.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pressmark.reading.document import Document, Grid, Lines, Paragraph
from pressmark.span import Span, Text

_BULLET = re.compile(
    r"(?:[•◦▪●○■□·‣⁃➢✓]|(?:\*|-{1,2}|[–—])(?=\s)|o(?=\s{2}))\s*(?=\S)|\(?(?:\d{1,2}|[a-z])[.)]\s+(?=[A-Z“\"])"
)
_FURNITURE = re.compile(
    r"</?(?:page|table|caption|text|pre|s|c)>.*|\d{1,3}(?:\s+of\s+\d+)?|(?:https?://\S+.*\s)?\d+/\d+|https?://\S+…?|-+\s*(?:more|\d{1,3})\s*-+"
    r"|page\s+\d+(?:\s+of\s+\d+)?|\d-\d(?:-\d)+",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[$€£¥(]*(?:\d[\d.,]*|\.\d+)?[%)*]*|[-–—]+|million|billion|thousand", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[A-Za-z]+")
_ALNUM = re.compile(r"[A-Za-z0-9]")
_ENDED = re.compile(r"[.!?:;][\"”’')]*$")
_HEADING_WORDS = 16
_LONGEST_WORD = 40
_HEADING_LINES = 4
_CELL_WORDS = 8
_CELL_LENGTH = 2 * _CELL_WORDS - 1


class Passage(NamedTuple):
    """A paragraph, heading or list item: its text, white space folded, and where its pieces stand.

    `starts` are the offsets at which `spans` begin; a span gives file, line and the column of the piece.
    `heading` says that it is short and not a sentence; `bullet` that it is a list item.
    """

    text: str
    starts: tuple[int, ...]
    spans: tuple[Span, ...]
    heading: bool = False
    bullet: bool = False

    def place(self, at: int, end: int) -> Span:
        """Where `text[at:end]` stands: the line it begins on, to the end of the words on that line."""
        index = max(bisect_right(self.starts, at) - 1, 0)
        span = self.spans[index]
        stop = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
        column = span.column + at - self.starts[index]
        return Span(span.file, span.line, column, column + min(end, stop) - at, span.path)


def paragraphs(document: Document) -> tuple[Passage, ...]:
    """The paragraphs of `document` in order, tables left out."""
    found: list[Passage] = []
    for block in document.blocks:
        match block:
            case Lines(lines):
                found.extend(_flow(lines))
            case Paragraph(text):
                if text.text.strip():
                    found.append(_single(text))
            case Grid(cells, _):
                long = [cell.text for cell in cells if len(cell.text.text) >= _CELL_LENGTH]
                found += [_single(text) for text in long if len(text.text.split()) >= _CELL_WORDS]
    return tuple(found)


def table_like(text: str) -> bool:
    """True for a line laid out in columns: a value, or several, set apart from the label by white space."""
    if "  " not in text.strip():
        return False
    tokens = list(_TOKEN.finditer(text))
    first = len(tokens)
    while first and _VALUE.fullmatch(tokens[first - 1].group()):
        first -= 1
    values = tokens[first:]
    if not first or not any(c.isdigit() for t in values for c in t.group()):
        return False
    gaps = [b.start() - a.end() for a, b in itertools.pairwise(tokens[first - 1 :])]
    bullet = first == 1 and _BULLET.fullmatch(tokens[0].group() + " ") is not None
    return not bullet and (max(gaps) >= 3 or (len(values) > 1 and min(gaps) >= 2))


def _single(text: Text) -> Passage:
    """A text that is a paragraph by itself."""
    folded = " ".join(text.text.split())
    bullet = _BULLET.match(folded)
    lead = bullet.end() if bullet else 0
    starts, spans = [], []
    at = offset = 0
    for line in text.text.split("\n"):
        if line:
            starts.append(max(at - lead, 0))
            spans.append(text.place(offset + max(lead - at, 0), offset + len(line)))
            at += len(line) + 1
        offset += len(line) + 1
    body = folded[lead:]
    heading = not bullet and _is_heading(body)
    return Passage(body, tuple(starts), tuple(spans), heading, bullet is not None)


def _is_heading(text: str) -> bool:
    return not text.rstrip("\"”’')").endswith((".", "!", "?", ";")) and len(text.split()) <= _HEADING_WORDS


def _flow(lines: tuple[Text, ...]) -> Iterator[Passage]:
    texts = [line.text for line in lines]
    repeated = Counter(_DIGITS.sub("#", t.strip()) for t in texts if len(t) > 30)
    furniture = frozenset(t for t, count in repeated.items() if count > 2)
    groups = list(_groups(lines, furniture))
    merged: list[tuple[list[Text], bool]] = []
    for group, torn in groups:
        if merged and torn and _continues(merged[-1][0][-1].text, group[0].text):
            merged[-1][0].extend(group)
        else:
            merged.append((group, torn))
    hyphens = any(t.endswith("-") for t in texts)
    words = frozenset(w.lower() for t in texts for w in _LETTERS.findall(t)) if hyphens else frozenset()
    for group, _ in merged:
        yield _joined(group, words)


def _continues(before: str, after: str) -> bool:
    return (
        not _ENDED.search(before.rstrip())
        and len(before.split()) > 5
        and after.lstrip()[:1].islower() | after.lstrip()[:1].isdigit()
    )


def _groups(lines: tuple[Text, ...], repeats: frozenset[str]) -> Iterator[tuple[list[Text], bool]]:
    """Groups of lines that make a paragraph; the flag says that only a page break parts it from the last."""
    group: list[Text] = []
    torn = page = False
    width, margin = max((len(line.text) for line in lines), default=0), _margin(lines)
    for line in lines:
        text = line.text.strip()
        furniture = bool(text) and (
            _FURNITURE.fullmatch(text) is not None or (len(text) > 30 and _DIGITS.sub("#", text) in repeats)
        )
        if not text or furniture or not _ALNUM.search(text) or table_like(line.text):
            if group:
                yield group, torn
                group, torn, page = [], True, False
            page = page or furniture
            torn = torn and not (text and not furniture)
            if not text and not page:
                torn = torn and True
            continue
        if group and _breaks(group, line, width, margin):
            yield group, torn
            group, torn, page = [], False, False
        if not group:
            torn = torn and page
        group.append(line)
    if group:
        yield group, torn


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _margin(lines: Sequence[Text]) -> int:
    """The right margin of the flowing text: most of its long lines end at or before it."""
    lengths = sorted(len(t.text) for t in lines if len(t.text) > 50 and not table_like(t.text))
    return lengths[len(lengths) * 17 // 20] if lengths else 0


def _breaks(group: list[Text], line: Text, width: int, margin: int) -> bool:
    last, text = group[-1].text, line.text
    if _BULLET.match(text.lstrip()) and (
        _ENDED.search(last) or _BULLET.match(group[0].text.lstrip()) or _indent(text) != _indent(last)
    ):
        return True
    indent, before = _indent(text), _indent(last)
    short = len(last) < 0.75 * width
    if indent > before + 1 and _ENDED.search(last):
        return True
    centred = min(_indent(t.text) for t in group[-_HEADING_LINES:]) >= 8 and not _BULLET.match(group[0].text.lstrip())
    if centred and before - indent >= 6 and (short or before - indent >= 20):
        return True
    word = text.split(maxsplit=1)[0]
    if abs(indent - before) <= 1 and word[0].isupper() and len(last) + 1 + len(word) < margin - 6:
        # The next word would have stood on the line before: the line was ended on purpose.
        return True
    return short and len(last.rstrip()) < 0.7 * width and bool(_ENDED.search(last)) and text.lstrip()[:1].isupper()


def _joined(group: Iterable[Text], words: frozenset[str]) -> Passage:
    text, starts, spans = "", [], []
    bullet = False
    for number, line in enumerate(group):
        body = line.text.strip()
        lead = _indent(line.text)
        if number == 0 and (mark := _BULLET.match(body)):
            bullet = True
            body, lead = body[mark.end() :], lead + mark.end()
        if text.endswith("-") and not text.endswith((" -", "--")) and body[:1].islower():
            tail, head = re.search(r"([A-Za-z]*)-$", text[-_LONGEST_WORD:]), re.match(r"[a-z]+", body)
            if tail and head and (tail[1] + head[0]).lower() in words:
                text = text[:-1]
        elif text:
            text += " "
        starts.append(len(text))
        spans.append(line.place(lead, lead))
        for offset, part in line.parts:
            if offset > lead:
                starts.append(len(text) + offset - lead)
                spans.append(part)
        text += _folded(body)
    return Passage(text, tuple(starts), tuple(spans), heading=not bullet and _is_heading(text), bullet=bullet)


def _folded(body: str) -> str:
    """White space within a line is kept, so that offsets tell columns; tabs are gone already."""
    return body
