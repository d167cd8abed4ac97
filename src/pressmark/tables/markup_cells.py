"""Joins the cells of one marked-up row: currency, parentheses, per cent signs in cells of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from pressmark.numbers import Number, parse_number
from pressmark.reading.document import GridCell
from pressmark.span import Span

_CODE = "USD|EUR|GBP|CHF|CAD|AUD|JPY|RMB|CNY|NIS|SEK|NOK|DKK"
_SIGN = rf"(?:(?:US|CA|AU|NZ|HK|NT|[A-Z])?\$|[€£¥₤₩₪₹]|US ?dollars?|{_CODE}|Rs\.?)"
_BEFORE = re.compile(rf"[(<]|[-–—−+]?\s*[(<]?\s*{_SIGN}\s*[(<]?\s*[-–—−]?", re.IGNORECASE)
_AFTER = re.compile(r"[)>]?\s*%?\s*[)>]?\s*(?:\(\w\)|\[\w\]|[*†‡§]+)?", re.IGNORECASE)
_UNIT = re.compile(r"(?:%|pts?\.?|pp|ppts?|bps?|x)(?:\s*\))?", re.IGNORECASE)
MARK = re.compile(r"(?:\([a-z]\)|\[\w\]|[*†‡§]+)(?:\s*,?\s*(?:\([a-z]\)|\[\w\]|[*†‡§]+))*", re.IGNORECASE)
_RAISED = re.compile(r"\s+(?:\(\w{1,2}\)|\[\w{1,2}\]|[*†‡§#+]+|\d{1,2}|[a-z])(?:\s*,\s*(?:\(?\w\)?))*\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?:FY\s*)?(?:19|20)\d\d(?:\s*(?:\(\w\)|[*†‡]+|[AEP]))?", re.IGNORECASE)
_DASHES = frozenset("-–—−")
_NUMERIC = re.compile(r"[\d–—−-]")
_LONGEST = 60
_LONGEST_SIGN = 20


class Piece(NamedTuple):
    """One or more neighbouring cells of a row that say one thing; a tuple, for there is one for each cell.

    `first` to `last` are the grid columns of all of them, `own` those of the cell with the digits or
    words. `year` marks a bare year, which may head a column or be a value.
    """

    text: str
    span: Span
    row: int
    first: int
    last: int
    own: tuple[int, int]
    number: Number | None
    year: bool = False
    indent: int = 0
    bold: bool = False


def join_cells(cells: Iterable[GridCell]) -> list[Piece]:
    """The pieces of one row, left to right. Lone currency signs, without a number right of them, are left out."""
    pieces: list[Piece] = []
    before: GridCell | None = None
    for cell in sorted(cells, key=attrgetter("column")):
        (text, span, _), row, first, colspan, _, indent, bold = cell
        opens, number, year = _told(text) if len(text) <= _LONGEST else (False, None, False)
        if opens:
            before = cell
        elif pieces and before is None and _closes(pieces[-1], cell, text):
            pieces[-1] = _closed(pieces[-1], cell, text)
        else:
            last = first + colspan - 1
            own = (first, last)
            if before is not None and number is not None:
                text, first, year = f"{before.text.text} {text}", before.column, False
                number = parse_cell(text) or number
            said = (text, span, row, first, last, own, number, year, indent, bold)
            pieces.append(tuple.__new__(Piece, said))  # without the call of a function that `Piece(...)` is
            before = None
    return pieces


@lru_cache(maxsize=4096)
def _told(text: str) -> tuple[bool, Number | None, bool]:
    """Whether a cell's text is what stands before a number, the number that it prints, whether it is a bare year."""
    opens = not text[-1].isdigit() and len(text) <= _LONGEST_SIGN and text not in _DASHES and _BEFORE.fullmatch(text)
    return bool(opens), parse_cell(text), _YEAR.fullmatch(text) is not None


def parse_cell(text: str) -> Number | None:
    """The number a cell prints; a note mark set apart by a space is passed over."""
    return _number(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _number(text: str) -> Number | None:
    text = " ".join(text.split())
    if not _NUMERIC.search(text):
        return parse_number(text)  # "½"
    number = parse_number(text)
    return number or (parse_number(bare) if (bare := _RAISED.sub("", text)) != text else None)


def _closes(piece: Piece, cell: GridCell, text: str) -> bool:
    """Whether the cell ends the number left of it: a parenthesis, a per cent sign, a note mark.

    A unit that follows a bare year heads a column beside it: "2031", "2030", "%".
    """
    if piece.number is None or len(text) > 12 or text[-1].isdigit():
        return False
    if text[0] in ")>":
        return _AFTER.fullmatch(text) is not None
    if cell.column - piece.last > 1:
        return False
    unit = _UNIT.fullmatch(text) or (text[0] == "%" and _AFTER.fullmatch(text))
    return not piece.year if unit else MARK.fullmatch(text) is not None


def _closed(piece: Piece, cell: GridCell, text: str) -> Piece:
    joined = piece.text + text if text[0] in ")>%" else f"{piece.text} {text}"
    number = parse_cell(joined) or piece.number
    year = piece.year and MARK.fullmatch(text) is not None
    return piece._replace(text=joined, last=cell.column + cell.colspan - 1, number=number, year=year)
