"""Divides the pieces of a printed line into its label and its cells, signs joined to their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressmark.numbers import Number, parse_number
from pressmark.tables.layout_words import is_absent

_WORD = re.compile(r"\S+")
_CURRENCY = re.compile(r"(?:US|CA?|AU?|NZ|HK|NT|S|R)?\$|[€£¥]|RMB|EUR|USD|Rs\.?")
_OPENS = re.compile(rf"(?:{_CURRENCY.pattern})?\(?(?:{_CURRENCY.pattern})?")
_CLOSES = re.compile(r"[)%]{1,3}")
_MARK = re.compile(r"\((?:\d{1,2}|[a-z]{1,2})\)|\*+|[†‡§]|\[\w\]|[¹²³]", re.IGNORECASE)
_MARKED = re.compile(r"\((?:[a-z1-9]|1\d)\)(?:\(\w{1,2}\))*|\*+|[†‡§¹²³]+", re.IGNORECASE)
# A label that runs into its value or the sign of it: "Total assets$3,388.5", "Equity (deficit)$  184.3".
_GLUED = re.compile(r".*[^\W\d_][)'’]?(?P<value>\(?\$\(?\.?\d[\d,.]*\)?)|.*[^\W\d_]{3}[)'’]?(?P<sign>\$)")
_CLOSE_BY = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Text at columns `start` to `end` (exclusive) of a line, from 0. Pieces stand two spaces apart or more.

    `tight` says that only one space parts a cell's number from the words before: it may belong to the
    label. `mark` says that it looks like a footnote mark after the cell before.
    """

    text: str
    start: int
    end: int
    number: Number | None = None
    tight: bool = False
    mark: bool = False

    @property
    def center(self) -> float:
        """The middle column."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that can be part of a value, with the number that it is by itself."""

    text: str
    start: int
    end: int
    number: Number | None
    tight: bool = False

    @property
    def opens(self) -> bool:
        """True for a currency sign or an open parenthesis whose number follows."""
        return self.number is None and _OPENS.fullmatch(self.text) is not None

    @property
    def sign(self) -> bool:
        """True for a currency sign by itself."""
        return self.number is None and _CURRENCY.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece with the words at its end that may be values; `pure` where it has no others."""

    piece: Piece
    words: tuple[_Word, ...]
    pure: bool


def divide(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Label pieces and cells: the first piece that is all values and isn't followed by words begins the cells.

    Values that end the piece before it, one space from its words, are cells marked `tight`.
    """
    runs = [_run(piece) for piece in pieces]
    first = _first_values(runs)
    if first is None:
        return tuple(pieces), ()
    while first > 1 and runs[first - 1].pure:
        first -= 1  # a currency sign far from its number
    label = list(pieces[:first])
    cells: list[Piece] = []
    words: list[_Word] = []
    if first:
        kept, tail = _split_tail(runs[first - 1])
        words += [replace(word, tight=True) for word in tail]
        label[-1:] = [kept] if kept else []
    for run in runs[first:]:
        if run.pure:
            words += run.words
            continue
        cells += _cells(words)
        words = []
        cells.append(run.piece)
    cells += _cells(words)
    return tuple(label), tuple(cells)


def tail(piece: Piece) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The label and the cells of a piece that ends in values, each one space from the next."""
    label, words = _split_tail(_run(piece))
    return (label,) if label else (), tuple(_cells([replace(word, tight=True) for word in words]))


def is_mark(text: str) -> bool:
    """True for what looks like a footnote mark: "(1)", "(a)", "*"."""
    return _MARK.fullmatch(text) is not None


def _run(piece: Piece) -> _Run:
    words: list[_Word] = []
    matches = list(_WORD.finditer(piece.text))
    for match in reversed(matches):
        text = match[0]
        number = None if text.isalpha() else parse_number(text)
        if number is None and not _is_sign(text):
            glued = None if text.isalpha() or words else _GLUED.fullmatch(text)
            value = glued["value"] or glued["sign"] if glued else ""
            if glued and ((number := parse_number(value)) or value == "$"):
                end = piece.start + match.end()
                words.append(_Word(value, end - len(value), end, number))
            break
        words.append(_Word(text, piece.start + match.start(), piece.start + match.end(), number))
    return _Run(piece, tuple(reversed(words)), len(words) == len(matches))


def _is_sign(word: str) -> bool:
    """True for a word that is part of a value without being a number."""
    if _OPENS.fullmatch(word) or is_absent(word):
        return True
    return not word.isalpha() and bool(_CLOSES.fullmatch(word) or _MARKED.fullmatch(word))


def _first_values(runs: Sequence[_Run]) -> int | None:
    for at, run in enumerate(runs):
        if not run.pure or all(word.number is None for word in run.words):
            continue
        if at == 0 and len(runs) > 1 and not runs[1].pure:
            continue
        return at
    return None


def _split_tail(run: _Run) -> tuple[Piece | None, tuple[_Word, ...]]:
    """The label without the values at its end; note marks there stay with it."""
    tail = run.words
    while tail and tail[0].number is None and not tail[0].opens:
        tail = tail[1:]
    if not tail:
        return run.piece, ()
    text = run.piece.text[: tail[0].start - run.piece.start].rstrip()
    return (Piece(text, run.piece.start, run.piece.start + len(text)) if text else None), tail


def _cells(words: Sequence[_Word]) -> list[Piece]:
    """The words joined into cells: signs to the number after them, parentheses and percent to the one before."""
    cells: list[Piece] = []
    parts: list[_Word] = []
    complete = False
    for word in words:
        near = bool(parts) and word.start - parts[-1].end <= _CLOSE_BY
        if complete and near and word.number is None and _CLOSES.fullmatch(word.text):
            parts.append(word)
            continue
        if parts and (complete or not _goes_on(parts, word)):
            cells.append(_cell(parts))
            parts = []
        parts.append(word)
        complete = not word.opens
    if parts:
        cells.append(_cell(parts))
    return _marked(cells)


def _goes_on(parts: Sequence[_Word], word: _Word) -> bool:
    """True where a word belongs to the signs before it."""
    if word.opens:
        return not (_CURRENCY.match(word.text) and any(_CURRENCY.match(part.text) for part in parts))
    return _number([*parts, word]) is not None


def _number(parts: Sequence[_Word]) -> Number | None:
    return parts[0].number if len(parts) == 1 else parse_number(" ".join(part.text for part in parts))


def _cell(parts: Sequence[_Word]) -> Piece:
    text = " ".join(part.text for part in parts)
    tight = any(part.tight and not part.sign for part in parts)
    return Piece(text, parts[0].start, parts[-1].end, _number(parts), tight)


def _marked(cells: list[Piece]) -> list[Piece]:
    """The cells, those told apart that look like a note mark close behind another."""
    out: list[Piece] = []
    for cell in cells:
        behind = bool(out) and cell.start - out[-1].end <= 1
        out.append(replace(cell, mark=True) if is_mark(cell.text) and (behind or cell.number is None) else cell)
    return out
