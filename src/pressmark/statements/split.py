"""Cuts tables into blocks, one for each statement or stretch of one: titles and heads inside a table begin a new one.

The steps: `split` one table at its inner titles and repeated heads; `join` blocks that go on with the one
before (a page break, a repeated head); the title lines of a block are the last lines above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pressmark.dates import mentions
from pressmark.span import Text
from pressmark.statements.words import says, title_words
from pressmark.tables.table import Row, RowKind, Table

_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d")
_PROSE_WORDS = 28
_CAPTION_LINES = 14


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a table under one set of heads. `captions` are the lines above, the nearest last.

    `own_heads` is False where the heads are those of the block before.
    """

    captions: tuple[Text, ...]
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    width: int
    notes: tuple[Text, ...] = ()
    own_heads: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the rows below the heads."""
        return tuple(r.label.text for r in self.rows if r.label is not None)


def split(table: Table) -> list[Block]:
    """The blocks of one table, in order; a block without a body row is dropped."""
    blocks: list[Block] = []
    captions, heads, rows = list(_near(table.caption)), list[Row](), list[Row]()
    inherited: tuple[Row, ...] = ()
    begun = False

    def close() -> None:
        nonlocal captions, heads, rows, inherited, begun
        body = max((i for i, r in enumerate(rows) if r.kind is RowKind.BODY), default=-1)
        rest = [r.label for r in rows[body + 1 :] if r.label is not None]
        if body >= 0:
            used = tuple(heads) or inherited
            blocks.append(Block(tuple(captions), used, tuple(rows[: body + 1]), table.width, table.notes, bool(heads)))
            inherited, captions = used, []
        captions, heads, rows, begun = [*captions, *rest], [], [], False

    for row in table.rows:
        if row.kind is RowKind.HEAD or (not begun and _head_in_disguise(row, below=bool(heads))):
            if begun:
                close()
            elif rows:
                captions, rows = [*captions, *(r.label for r in rows if r.label is not None)], []
            heads.append(row)
        elif row.kind is RowKind.TEXT and begun and row.label and _begins_anew(row.label.text):
            close()
            captions.append(row.label)
        else:
            rows.append(row)
            begun = begun or row.kind is RowKind.BODY
    close()
    return blocks


def join(blocks: Sequence[Block]) -> list[Block]:
    """Joins a block to the one before where it only goes on: same width, same or no heads, no title of its own."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and _goes_on(before, block):
            joined[-1] = replace(before, rows=before.rows + block.rows, notes=(*before.notes, *block.notes))
        else:
            joined.append(block)
    return joined


def _begins_anew(line: str) -> bool:
    """A text row below values that begins another table: a statement's title, or a period of its own."""
    return is_title(line) or _period_line(line)


@lru_cache(maxsize=4096)
def _period_line(line: str) -> bool:
    """True for "Three Months Ended June 30, 2026" and little else."""
    found = mentions(line)
    named = sum(m.end - m.at for m in found)
    return any(m.is_length for m in found) and any(m.date for m in found) and 10 * named >= 7 * len(line.strip())


@lru_cache(maxsize=4096)
def is_title(line: str) -> bool:
    """True for a line that names a statement so plainly that it begins one inside a table."""
    lower = line.lower()
    if len(lower.split()) > 16 or lower.rstrip().endswith(":") or not says("plain-title", lower):
        return False
    return any(w.pattern.search(lower) for w in title_words())


def titles(block: Block) -> tuple[Text, ...]:
    """The lines right above the block that may be its title, nearest first: no prose, no bare scale or date."""
    rows = [r.label for r in block.rows[:3] if r.kind is RowKind.TEXT and r.label is not None]
    opening = [t for t in rows if is_title(t.text)]
    return tuple(opening + list(reversed(block.captions)))


def head_key(block: Block) -> tuple[tuple[str, int, int], ...]:
    """What the heads say and where, for comparison."""
    return tuple((_plain(c.text), c.first, c.last) for r in block.heads for c in r.cells)


def _near(caption: Sequence[Text]) -> tuple[Text, ...]:
    """The caption lines from the last prose line on."""
    kept: list[Text] = []
    for line in reversed(caption[-_CAPTION_LINES:]):
        if _prose(line.text):
            break
        kept.append(line)
    return tuple(reversed(kept))


def _prose(line: str) -> bool:
    words = line.split()
    if len(words) > _PROSE_WORDS:
        return True
    return len(words) > 9 and line.rstrip().endswith((".", ",", ";")) and not line.isupper()


def _head_in_disguise(row: Row, *, below: bool) -> bool:
    """A row of bare years, of days ("31," below "March") or of footnote marks that was taken for values."""
    numbers = [c.number for c in row.cells]
    if row.kind is not RowKind.BODY or not numbers or any(n is None or n.dash for n in numbers):
        return False
    if row.label is None and all(re.fullmatch(r"[0-3]?\d,?", c.text.strip()) for c in row.cells):
        return True
    if all(re.fullmatch(r"\(\d\)", c.text.strip()) for c in row.cells):
        return row.label is None or bool(re.fullmatch(r"\W*(?:un)?audited\W*", row.label.text, re.IGNORECASE))
    texts = [c.text.strip(" ()*") for c in row.cells]
    if below and row.label is None and any(_YEAR.fullmatch(t) for t in texts):
        return all(_YEAR.fullmatch(t) or re.fullmatch(r"[12]\d{0,2}", t) for t in texts)  # cut at the page's edge
    return all(_YEAR.fullmatch(t) for t in texts) and (
        below
        or row.label is None
        or not re.match(r"[A-Za-z].*(?:income|sales|revenue|assets)", row.label.text, re.IGNORECASE)
    )


def _goes_on(before: Block, block: Block) -> bool:
    if before.width != block.width or _spans(before) != _spans(block) or _repeats(before, block):
        return False
    named = [t.text for t in block.captions if is_title(t.text)]
    continued = any("continued" in t.text.lower() for t in block.captions)
    if named and not continued:
        own = {_plain(t) for t in named}
        if not own & {_plain(t.text) for t in titles(before)}:
            return False
    elif not continued and (_finished(before) or _begins(block)):
        return False
    return not block.own_heads or head_key(block) == head_key(before) or (not block.heads)


def _spans(block: Block) -> set[tuple[int, int]]:
    """The lengths of period that the lines above the block name."""
    found = [m for t in block.captions[-6:] for m in mentions(t.text)]
    return {(m.months, m.weeks) for m in found if m.is_length}


def _repeats(before: Block, block: Block) -> bool:
    """True where the block's lines are those of the one before: the same statement for another period."""
    own = {label.lower() for label in block.labels}
    return len(own & {label.lower() for label in before.labels}) * 2 > len(own)


def _begins(block: Block) -> bool:
    """True where the first labels are those that a statement begins with."""
    return says("first-lines", " | ".join(label.lower() for label in block.labels[:3]))


def _finished(block: Block) -> bool:
    """True where a line stands that closes a statement, so that what follows without a title is another table."""
    return any(says("last-lines", label.lower()) for label in block.labels)


def _plain(text: str) -> str:
    return re.sub(r"\(?continued\)?|[^a-z0-9]+", "", text.lower())
