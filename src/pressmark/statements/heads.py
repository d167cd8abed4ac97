"""What the heads over a value column say of its period, and which columns are no figures of a period.

A column's head is the text of all head cells over it, top to bottom. What it lacks comes, in order, from
the stub ("Years Ended December 31,"), from the nearest column of the block, from the caption.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from pressmark.dates import Mention, mentions
from pressmark.statements.classify import Classified
from pressmark.statements.head import Head, full_date
from pressmark.statements.head_words import completed
from pressmark.statements.percent_columns import without_percentages
from pressmark.statements.split import Block
from pressmark.statements.statement import StatementKind
from pressmark.statements.words import skip_reason
from pressmark.tables.table import RowKind

_INSTANT = re.compile(r"\b(?:as of|as at|at)\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"^[^a-z]*(?:\(?(?:date of )?(?:inception|commencement|formation)\)?)?[^a-z]*(?:to|through|thru|until|[-–—])\W*$"
)


def read_heads(block: Block, *, flow: bool) -> tuple[Head, ...]:
    """One head for each value column; `flow` for statements of a period (not a balance sheet)."""
    stub = _combine(0, " ".join(r.label.text for r in block.heads if r.label is not None))
    caption = _captions(block)
    heads = without_percentages(block, _distinguished([_own(block, i) for i in range(block.width)]))
    live = [h for h in heads if not h.skip]
    made = []
    for head in heads:
        if head.skip:
            made.append(head)
            continue
        filled = _fill(head, stub, flow=flow)
        if not filled.dated and not filled.has_length and len(live) > 1:
            made.append(filled)  # a head that says nothing of a period takes none from its neighbours
            continue
        filled = _from_neighbours(filled, live, flow=flow)
        made.append(_fill(filled, caption, flow=flow))
    return tuple(made)


def year_to_date(told: Sequence[Classified], heads: Sequence[tuple[Head, ...]]) -> list[tuple[Head, ...]]:
    """Gives cash flow columns that name only a date the longest period of the release that ends on it.

    Cash flow statements are stated for the year to date (Regulation S-X, 10-01(c)(4)).
    """
    longest: dict[tuple[int | None, int | None], Head] = {}
    for one, over in zip(told, heads, strict=True):
        for head in over:
            if one.kind is StatementKind.INCOME_STATEMENT and (head.months or head.weeks) and not head.skip:
                key = (head.year, head.month)
                if key not in longest or _long(head) > _long(longest[key]):
                    longest[key] = head
    made = []
    for one, over in zip(told, heads, strict=True):
        if one.kind is StatementKind.CASH_FLOW and not any(h.has_length for h in over):
            made.append(tuple(_lengthened(h, longest.get((h.year, h.month))) for h in over))
        else:
            made.append(over)
    return made


def _long(head: Head) -> float:
    return head.months or head.weeks / 4.33


def _lengthened(head: Head, like: Head | None) -> Head:
    if like is None or not head.dated:
        return head
    return replace(head, months=like.months, weeks=like.weeks, derived=True)


def _own(block: Block, index: int) -> Head:
    texts = [c.text for r in block.heads for c in r.cells if c.first <= index <= c.last]
    head = completed(_combine(index, " ".join(" ".join(texts).split())))
    numbers = (c.number for r in block.rows if r.kind is RowKind.BODY for c in r.cells if c.first <= index <= c.last)
    counted = (n.percent for n in numbers if n is not None and not n.dash)
    if next(counted, False) and all(counted):
        return replace(head, skip="a percent column")
    reason = skip_reason("column", head.text) if head.text else ""
    if reason == "a change column" and sum(1 for m in mentions(head.text) if m.year is not None) == 1:
        return head  # "Year ended 2023, increase (decrease)": a change has no year of its own
    return replace(head, skip=reason) if reason else head


def _distinguished(heads: list[Head]) -> list[Head]:
    """A word such as "Increase (Decrease)" over all columns distinguishes none: it belongs to the statement."""
    told = [h for h in heads if h.text]
    changes = {h.skip for h in told}
    if len(told) > 1 and len(changes) == 1 and changes & {"a change column", "an adjustment column"}:
        return [replace(h, skip="") for h in heads]
    return heads


def _combine(index: int, text: str) -> Head:
    """The mentions of one text put together; the last full date and the last length count."""
    return replace(_read(text), index=index)


@lru_cache(maxsize=1024)
def _read(text: str) -> Head:
    head = Head(0, text, instant=bool(_INSTANT.search(text)))
    found = mentions(text)
    for mention in found:
        head = _add(head, mention)
    return replace(head, begin=_begin(text, found))


def _begin(text: str, found: Sequence[Mention]) -> date | None:
    """The first day of a period that is stated by its two ends, the year of the first perhaps left out."""
    for one, two in pairwise(m for m in found if m.month is not None and m.day is not None):
        if two.year is not None and _UNTIL.match(text[one.end : two.at].lower()):
            first = full_date(Head(0, year=one.year or two.year, month=one.month, day=one.day))
            last = full_date(Head(0, year=two.year, month=two.month, day=two.day))
            if first and last and first < last:
                return first
    return None


def _add(head: Head, mention: Mention) -> Head:
    if mention.is_part:
        head = replace(head, quarter=mention.quarter, half=mention.half, fiscal=head.fiscal or mention.fiscal)
        return replace(head, year=mention.year) if mention.year is not None else head
    if mention.is_length:
        if mention.to_date and not (mention.months or mention.weeks):
            return replace(head, to_date=True)
        return replace(head, months=mention.months, weeks=mention.weeks)
    if mention.month is not None:
        year = mention.year if mention.year is not None else head.year
        if head.month is not None and head.year is not None and mention.year is None:
            return head
        return replace(head, month=mention.month, day=mention.day, year=year)
    if head.year is not None and head.month is not None and not head.fiscal:
        return head
    return replace(head, year=mention.year, fiscal=head.fiscal or mention.fiscal)


def _fill(head: Head, other: Head, *, flow: bool) -> Head:
    """What `head` lacks, taken from `other`."""
    if head.month is None and other.month is not None and not head.quarter and not head.half:
        head = replace(head, month=other.month, day=other.day)
    if head.year is None and other.year is not None:
        head = replace(head, year=other.year)
    if flow and not head.has_length and other.has_length:
        head = replace(
            head,
            months=other.months,
            weeks=other.weeks,
            quarter=other.quarter,
            half=other.half,
            to_date=other.to_date,
        )
    return head


def _from_neighbours(head: Head, live: Sequence[Head], *, flow: bool) -> Head:
    """What the nearest column says, the left one first: a head that spans columns may stand over one of them."""
    near = sorted(live, key=lambda h: (abs(h.index - head.index), h.index > head.index))
    fiscal = [h for h in near if _fiscal_year(h)]
    if head.month is None and not head.quarter and not head.half and not fiscal:
        alike = [h for h in near if h.month is not None and (h.months, h.weeks) == (head.months, head.weeks)]
        found = alike or [h for h in near if h.month is not None]
        if found:
            head = replace(head, month=found[0].month, day=found[0].day)
    if head.day is None and head.month is not None:
        same = [h for h in near if h.month == head.month and h.day is not None]
        head = replace(head, day=same[0].day) if same else head
    if head.year is None and head.month is not None:
        same = [h for h in near if h.year is not None]
        head = replace(head, year=same[0].year) if same else head
    if head.year is not None and head.month is None and not head.has_length and fiscal:
        return replace(head, fiscal=True)
    if flow and not head.has_length:
        left = [h for h in live if h.index <= head.index and h.has_length]
        found = left[-1:] or [h for h in near if h.has_length][:1]
        if found:
            head = _fill(head, replace(found[0], month=None, year=None), flow=True)
    return head


def _fiscal_year(head: Head) -> bool:
    """True for "Fiscal 2023" and nothing else."""
    return head.fiscal and head.year is not None and head.month is None and not head.has_length


def _captions(block: Block) -> Head:
    """The period that the nearest caption lines name, when they name one: two lengths leave it open."""
    head = Head(0)
    for line in reversed(block.captions[-6:]):
        found = mentions(line.text)
        if not found:
            continue
        lengths = {(m.months, m.weeks, m.quarter, m.half) for m in found if m.is_length or m.is_part}
        one = Head(0)
        for mention in found:
            if (mention.is_length or mention.is_part) and len(lengths) > 1:
                continue
            if mention.month is not None and one.month is not None:
                continue
            one = _add(one, mention)
        years = {m.year for m in found if m.year is not None}
        if len(years) > 1:
            one = replace(one, year=None)
        head = _fill(head, one, flow=True)
    return head
