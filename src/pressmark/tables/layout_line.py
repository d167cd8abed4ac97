"""One printed line of a preformatted table: what kind of line it is, its pieces of text, its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pressmark.numbers import DASHES
from pressmark.span import Span, Text
from pressmark.tables.layout_cells import Piece, divide, is_mark
from pressmark.tables.layout_words import is_furniture, is_head_word, is_title, names_period


class LineKind(StrEnum):
    """What a line can be told to be without its neighbours."""

    BLANK = "blank"
    RULE = "rule"
    MARK = "mark"
    FURNITURE = "furniture"
    VALUES = "values"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its kind; `pieces` are all its texts, `label` and `cells` what a line of values reads as."""

    at: Text
    kind: LineKind
    pieces: tuple[Piece, ...] = ()
    label: tuple[Piece, ...] = ()
    cells: tuple[Piece, ...] = ()

    def span(self, piece: Piece) -> Span:
        """The place of one of its pieces; of a value that several elements hold, of its first digit or dash on."""
        start = piece.start
        if self.at.parts and piece.number is not None:
            clue = _FIGURE.search(self.at.text, start, piece.end)
            start = clue.start() if clue else start
        return self.at.place(start, piece.end)

    @property
    def label_text(self) -> str:
        """The label's words."""
        return " ".join(" ".join(piece.text.split()) for piece in self.label)

    @property
    def tags(self) -> frozenset[str]:
        """The EDGAR marks of a line that holds nothing else, in upper case ("PAGE", "/TABLE")."""
        return frozenset(tag.upper() for tag in _TAG.findall(self.at.text))


_LONGEST = 1000
_MOST_CELLS = 60
_TAG = re.compile(r"<(/?(?:PAGE|TABLE|CAPTION|FN|F\d{1,2}|S|C|TEXT|PRE|DOCUMENT|TYPE|B|I|U|CENTER|R))>", re.IGNORECASE)
_RULE = re.compile(r"(?:- )?[\s$]*+(?:[-=_─━═—–*~]{3,}+[\s$]*+)+")
_SHORT_RULE = re.compile(r"\s*+(?:={2,}+\s*+|_++\s*+)+")
# The last dot of a leader may be the point of ".57", but not of a number with a comma, a point or four digits.
_WHOLE = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+\.\d|\d{4}"
_LEADER = re.compile(rf"(?<=\s)\.\.(?=\s)|(?:\.[ ]?){{2,}}\.(?:(?!\d)|(?={_WHOLE}))|(?<=\s)_{{2,}}(?=\s)")
_GAP = re.compile(r" {2,}")
_FIGURE = re.compile(rf"[{DASHES}\d.½¼¾⅛⅜⅝⅞⅓⅔]")
_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d")
_DATES = re.compile(r"(?<=\d\d\d\d|.\d\d,) (?=[A-Z][a-z]{2,8}\.? \d{1,2},)")
_CLUE = re.compile(rf"\d|(?<= )[{DASHES}]|[½¼¾⅛⅜⅝⅞⅓⅔]")


def read_line(at: Text) -> Line:
    """The line with its pieces and cells. A line longer than any table's is words."""
    text = at.text
    if not text.strip():
        return Line(at, LineKind.BLANK)
    if len(text) > _LONGEST:
        return Line(at, LineKind.WORDS, (Piece(text[:_LONGEST], 0, len(text)),))
    if "<" in text and _TAG.search(text):
        text = _TAG.sub(lambda match: " " * len(match[0]), text)
        if not text.strip():
            return Line(at, LineKind.MARK)
    if _RULE.fullmatch(text) or _SHORT_RULE.fullmatch(text):
        return Line(at, LineKind.RULE, tuple(_pieces(text)))
    if is_furniture(text.strip()):
        return Line(at, LineKind.FURNITURE, tuple(_pieces(text)))
    return _worded(at, _LEADER.sub(lambda match: " " * len(match[0]), text))


def _worded(at: Text, text: str) -> Line:
    """A line with words or numbers in it."""
    pieces = tuple(_pieces(text))
    if len(pieces) > 2 * _MOST_CELLS or not _CLUE.search(text):
        return Line(at, LineKind.WORDS, _torn(pieces))
    label, cells = divide(pieces)
    if _is_running_title(label, cells):
        return Line(at, LineKind.FURNITURE, pieces)
    numbers = any(cell.number is not None and not cell.tight for cell in cells)
    if not numbers or len(cells) > _MOST_CELLS or _is_note_mark(label, cells):
        pieces = _torn(pieces)
        return Line(at, LineKind.WORDS, pieces, pieces)
    return Line(at, LineKind.VALUES, pieces, label, cells)


def _is_note_mark(label: tuple[Piece, ...], cells: tuple[Piece, ...]) -> bool:
    """True where what looks like a number is a note's mark, alone or behind a head."""
    words = not label or (len(label) == 1 and (is_head_word(label[0].text) or names_period(label[0].text)))
    return words and len(cells) == 1 and is_mark(cells[0].text)


def _is_running_title(label: tuple[Piece, ...], cells: tuple[Piece, ...]) -> bool:
    """True for a title with a page number: a line of contents, or what a page carries at its foot."""
    page = len(cells) == 1 and cells[0].text.isdigit() and len(cells[0].text) < 4
    return page and any(is_title(piece.text) for piece in label)


def is_year(piece: Piece) -> bool:
    """True for a bare year."""
    return _YEAR.fullmatch(piece.text.rstrip("*")) is not None


def _pieces(text: str) -> list[Piece]:
    found, start = [], len(text) - len(text.lstrip())
    stripped = text.rstrip()
    for gap in _GAP.finditer(stripped, start):
        found.append(Piece(stripped[start : gap.start()], start, gap.start()))
        start = gap.end()
    found.append(Piece(stripped[start:], start, len(stripped)))
    return found


def _torn(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces, those cut in two where one space parts two dates."""
    found: list[Piece] = []
    for piece in pieces:
        start = 0
        for match in _DATES.finditer(piece.text):
            found.append(Piece(piece.text[start : match.start()], piece.start + start, piece.start + match.start()))
            start = match.end()
        found.append(Piece(piece.text[start:], piece.start + start, piece.end))
    return tuple(found)
