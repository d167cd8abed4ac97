"""One printed line of a preformatted table: what kind of line it is, its pieces of text, its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pressmark.numbers import Number, parse_number
from pressmark.span import Span, Text
from pressmark.tables.layout_words import is_absent, is_furniture, is_head_word, is_title, names_period


class LineKind(StrEnum):
    """What a line can be told to be without its neighbours."""

    BLANK = "blank"
    RULE = "rule"
    MARK = "mark"
    FURNITURE = "furniture"
    VALUES = "values"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text at columns `start` to `end` (exclusive) of a line, from 0. Pieces stand two spaces apart or more.

    In a cell `core` is where the digits begin, without a currency sign that stands apart. `tight` says
    that only one space parts it from the words before: it may belong to the label. `mark` says that it
    looks like a footnote mark after the piece before.
    """

    text: str
    start: int
    end: int
    number: Number | None = None
    core: int = 0
    tight: bool = False
    mark: bool = False

    @property
    def center(self) -> float:
        """The middle column."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its kind; `pieces` are all its texts, `label` and `cells` what a line of values reads as."""

    at: Text
    kind: LineKind
    pieces: tuple[Piece, ...] = ()
    label: tuple[Piece, ...] = ()
    cells: tuple[Piece, ...] = ()

    def span(self, piece: Piece) -> Span:
        """The place of one of its pieces."""
        at = self.at.span
        return Span(at.file, at.line, at.column + piece.start, at.column + piece.end, at.path)

    @property
    def label_text(self) -> str:
        """The label's words."""
        return " ".join(" ".join(piece.text.split()) for piece in self.label)

    @property
    def tags(self) -> frozenset[str]:
        """The EDGAR marks of a line that holds nothing else, in upper case ("PAGE", "/TABLE")."""
        return frozenset(tag.upper() for tag in _TAG.findall(self.at.text))


_LONGEST = 1000
_TAG = re.compile(r"<(/?(?:PAGE|TABLE|CAPTION|FN|F\d{1,2}|S|C|TEXT|PRE|DOCUMENT|TYPE|B|I|U|CENTER|R))>", re.IGNORECASE)
_RULE = re.compile(r"[\s$]*+(?:[-=_─━═—–*~]{3,}+[\s$]*+)+")
_SHORT_RULE = re.compile(r"\s*+(?:={2,}+\s*+|_++\s*+)+")
_LEADER = re.compile(r"(?:\.[ ]?){2,}\.(?!\d)|(?<=\s)_{2,}(?=\s)")
_GAP = re.compile(r" {2,}")
_WORD = re.compile(r"\S+")
_CURRENCY = re.compile(r"(?:US|CA?|AU?|NZ|HK|NT|S|R)?\$|[€£¥]|RMB|EUR|USD|Rs\.?")
_OPENS = re.compile(rf"(?:{_CURRENCY.pattern})?\(?(?:{_CURRENCY.pattern})?")
_CLOSES = re.compile(r"[)%]{1,3}")
_MARK = re.compile(r"\((?:\d{1,2}|[a-z]{1,2})\)|\*+|[†‡§]|\[\w\]|[¹²³]", re.IGNORECASE)
_MARKED = re.compile(r"\((?:[a-z1-9]|1\d)\)(?:\(\w{1,2}\))*|\*+|[†‡§¹²³]+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d")
_DATES = re.compile(r"(?<=\d\d\d\d|.\d\d,) (?=[A-Z][a-z]{2,8}\.? \d{1,2},)")
_CLOSE_BY = 3


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
    text = _LEADER.sub(lambda match: " " * len(match[0]), text)
    pieces = tuple(_pieces(text))
    if not any(character.isdigit() for character in text) and not _has_dash_or_absent(pieces):
        return Line(at, LineKind.WORDS, _torn(pieces))
    label, cells = _divide(pieces)
    if not any(cell.number is not None and not cell.tight for cell in cells) or _is_note_mark(label, cells):
        pieces = _torn(pieces)
        return Line(at, LineKind.WORDS, pieces, pieces)
    if _is_running_title(label, cells):
        return Line(at, LineKind.FURNITURE, pieces)
    return Line(at, LineKind.VALUES, pieces, label, cells)


def _is_note_mark(label: tuple[Piece, ...], cells: tuple[Piece, ...]) -> bool:
    """True where what looks like a number is a note's mark, alone or behind a head."""
    words = not label or (len(label) == 1 and (is_head_word(label[0].text) or names_period(label[0].text)))
    return words and len(cells) == 1 and _MARK.fullmatch(cells[0].text) is not None


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


def _has_dash_or_absent(pieces: tuple[Piece, ...]) -> bool:
    return any(_is_value_word(word) for piece in pieces for word in piece.text.split()[-1:])


def _is_value_word(word: str) -> bool:
    return (
        parse_number(word) is not None
        or _OPENS.fullmatch(word) is not None
        or _CLOSES.fullmatch(word) is not None
        or _MARKED.fullmatch(word) is not None
        or is_absent(word)
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece with the words at its end that may be values."""

    piece: Piece
    words: tuple[tuple[str, int, int], ...]
    pure: bool


def _run(piece: Piece) -> _Run:
    words = [(m[0], piece.start + m.start(), piece.start + m.end()) for m in _WORD.finditer(piece.text)]
    at = len(words)
    while at and _is_value_word(words[at - 1][0]):
        at -= 1
    return _Run(piece, tuple(words[at:]), at == 0)


def _divide(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Label pieces and cells: the first piece that is all values and isn't followed by words begins the cells."""
    runs = [_run(piece) for piece in pieces]
    first = _first_values(runs)
    if first is None:
        return pieces, ()
    label = list(pieces[:first])
    cells: list[Piece] = []
    words: list[tuple[str, int, int, bool]] = []
    if first and runs[first - 1].words:
        before = runs[first - 1]
        kept, tail = _split_tail(before)
        words += [(*word, True) for word in tail]
        label[-1:] = [kept] if kept else []
    for run in runs[first:]:
        if run.pure:
            words += [(*word, False) for word in run.words]
            continue
        cells += _cells(words)
        words = []
        cells.append(Piece(run.piece.text, run.piece.start, run.piece.end, None, run.piece.start))
    cells += _cells(words)
    return tuple(label), tuple(cells)


def _first_values(runs: list[_Run]) -> int | None:
    for number, run in enumerate(runs):
        if not run.pure or not any(parse_number(word) for word, _, _ in run.words):
            continue
        following = runs[number + 1] if number + 1 < len(runs) else None
        if number == 0 and following is not None and not following.pure:
            continue
        return number
    return None


def _split_tail(run: _Run) -> tuple[Piece | None, tuple[tuple[str, int, int], ...]]:
    """The label without the values at its end; note marks there stay with it."""
    tail = run.words
    while tail and (parse_number(tail[0][0]) is None and not _OPENS.fullmatch(tail[0][0])):
        tail = tail[1:]
    if not tail:
        return run.piece, ()
    text = run.piece.text[: tail[0][1] - run.piece.start].rstrip()
    return (Piece(text, run.piece.start, run.piece.start + len(text)) if text else None), tail


def _cells(words: list[tuple[str, int, int, bool]]) -> list[Piece]:
    """The words joined into cells: signs to the number after them, parentheses and percent to the one before."""
    cells: list[Piece] = []
    parts: list[tuple[str, int, int, bool]] = []

    def close() -> None:
        if parts:
            cells.append(_cell(parts))
            parts.clear()

    complete = False
    for word in words:
        text, start, _, _ = word
        near = bool(parts) and start - parts[-1][2] <= _CLOSE_BY
        if complete and near and _CLOSES.fullmatch(text):
            parts.append(word)
            continue
        opens = _OPENS.fullmatch(text) is not None
        if complete or (opens and parts and _CURRENCY.match(text) and any(_CURRENCY.match(p[0]) for p in parts)):
            close()
        complete = not opens and (not parts or _joined_number([*parts, word]) is not None)
        if not complete and not opens:
            close()
            complete = True
        parts.append(word)
    close()
    return _marked(cells)


def _joined_number(parts: list[tuple[str, int, int, bool]]) -> Number | None:
    return parse_number(" ".join(part[0] for part in parts))


def _cell(parts: list[tuple[str, int, int, bool]]) -> Piece:
    number = _joined_number(parts)
    core = next((start for text, start, _, _ in parts if not _CURRENCY.fullmatch(text)), parts[0][1])
    text = " ".join(part[0] for part in parts)
    tight = any(p[3] and not _CURRENCY.fullmatch(p[0]) for p in parts)
    return Piece(text, parts[0][1], parts[-1][2], number, core, tight)


def _marked(cells: list[Piece]) -> list[Piece]:
    """The cells, those told apart that look like a note mark close behind another."""
    out: list[Piece] = []
    for cell in cells:
        behind = bool(out) and cell.start - out[-1].end <= 1
        if _MARK.fullmatch(cell.text) and (behind or cell.number is None):
            cell = Piece(cell.text, cell.start, cell.end, cell.number, cell.core, cell.tight, mark=True)
        out.append(cell)
    return out
