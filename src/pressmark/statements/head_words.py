"""What the words of a column's head say beside its dates and lengths: too little to be told in a sentence.

A length that stands alone ("Year" over 2004, "To Date"; `taxonomy/periods.tsv`, kind alone), a year of two digits
("Q2 97", "Jun-97", and "Jun-04" where no year stands by), and a range of months ("April-June").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pressmark.dates import Mention, mentions, short_year, standing_alone
from pressmark.statements.head import Head

_SHORT_YEAR = re.compile(r"[\s'’,-]*(\d\d)[\s,]*")
_MONTH_YEAR = re.compile(r"[a-z]{3,9}-([01]\d|2[0-4])", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[a-z]+")
_RANGE = re.compile(r"\.?\s*(?:to|through|thru|[-–—])\s*")


def completed(head: Head) -> Head:
    """The head with what its words tell beside its dates and lengths."""
    found = mentions(head.text)
    rest = _rest(head.text, found)
    short = _SHORT_YEAR.fullmatch(rest)
    if found and head.year is None and short:
        head = replace(head, year=short_year(short[1]))
    joined = next((y for m in found if m.day and (y := _MONTH_YEAR.fullmatch(m.text))), None)
    if joined and head.year is None:
        head = replace(head, year=short_year(joined[1]), day=None)
    if head.has_length:
        return head
    months = _range(head.text, found)
    if months:
        return replace(head, months=months)
    alone = standing_alone("-".join(_WORD.findall(_ASIDE.sub(" ", rest).lower())))
    if alone is None:
        return head
    return replace(head, months=alone) if alone else replace(head, to_date=True)


def _rest(text: str, found: Sequence[Mention]) -> str:
    """The text without its dates and lengths."""
    ends = [0, *(m.end for m in found)]
    starts = [*(m.at for m in found), len(text)]
    return " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _range(text: str, found: Sequence[Mention]) -> int:
    """The months of a range from one month to another, 0 where the head names none."""
    for one, two in pairwise(found):
        if one.month and two.month and not (one.day or two.day) and _RANGE.fullmatch(text[one.end : two.at].lower()):
            return (two.month - one.month) % 12 + 1
    return 0
