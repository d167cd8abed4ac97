"""Cuts text into sentences, and a sentence into items: subjects, amounts, periods and the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pressmark import dates
from pressmark.lower import lowered
from pressmark.prose import vocabulary
from pressmark.prose.vocabulary import Subject

_NOTED = re.compile(r"[(*®™†‡]")
_NOTE = re.compile(r"\s*\((?:\d{1,2}|[a-z]|the\s+)?[\"“”]?(?:\d{1,2}|[a-z]\)|[\"“][^)]{1,40}[\"”])?\)|\*+|[®™†‡]")
# "Net income attributable to Halden, Inc." is net income; what goes to noncontrolling interests is not.
_OWNERS = re.compile(
    r"(?:attributable|available|applicable)\s+to\s+(?!non|minorit|preferred|discontinued)(?:the\s+|our\s+)?"
    r"(?:(?:common\s+)?(?:share|stock)(?:holders?|owners?|s)?\b|[A-Z][\w&.’'-]*(?:,?\s+(?:Inc|Corp|Ltd)\.?)?)"
    r"(?:['’]s)?(?:\s+(?:common\s+)?(?:share|stock)(?:holders?|owners?)\b)?"
)
_WORD = re.compile(r"[A-Za-z][\w’'.&-]*|\d[\w.,]*|[^\w\s]")
_LAST_WORD = re.compile(r"[\w.]+$")
_STOP = re.compile(r"[.!?][\"”’')]*(?=\s+[\"“‘'(]?[A-Z0-9$•])|;(?=\s)")


_NONE = (None, None, None)
_LEAD = 12
_LONGEST_WORD = 40


class Kind(StrEnum):
    """What an item of a sentence is."""

    SUBJECT = "subject"
    AMOUNT = "amount"
    PERCENT = "percent"
    PERIOD = "period"
    PER_SHARE = "per-share"
    VARIETY = "variety"
    COMPARE = "compare"
    CHANGE = "change"
    MOVE = "move"
    HEDGE = "hedge"
    FORWARD = "forward"
    NON_GAAP = "non-gaap"
    GAAP = "gaap"
    PART = "part"
    RESPECTIVELY = "respectively"
    PLAIN = "plain"
    COMMA = "comma"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount in whole units. `money` says that a currency is printed; `decimals` follow the print."""

    value: Decimal
    decimals: int
    currency: str
    negative: bool
    money: bool
    scaled: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A period told by relation to another: `what` is a value of the kind "rel"."""

    what: str


class Item(NamedTuple):
    """A piece `text` of a sentence at `at` to `end`, with what it holds; a tuple, for there is one for each word."""

    kind: Kind
    at: int
    end: int
    text: str
    subject: Subject | None = None
    amount: Amount | None = None
    period: dates.Mention | Relation | None = None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph stand; a period after an abbreviation or initial ends none."""
    start = 0
    short = vocabulary.abbreviations()
    for match in _STOP.finditer(text):
        before = _LAST_WORD.search(text, max(start, match.start() - _LONGEST_WORD), match.start())
        word = before.group().lower() if before else ""
        if match.group()[0] == "." and (word in short or (len(word) == 1 and not word.isdigit())):
            continue
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def spoken(text: str) -> tuple[Item, ...]:
    """The periods, and the words that change what is spoken of, of a text without amounts; offsets are into it."""
    lower = lowered(text)
    spots = _spots(lower)
    return tuple(_kept([*_periods(text, lower, spots), *_listed(text, lower, _SPOKEN, spots)]))


def _kept(found: list[Item]) -> Iterator[Item]:
    """The first and longest of items that overlap."""
    at = 0
    for item in sorted(found, key=lambda i: (i.at, -i.end, _RANK[i.kind])):
        if item.at >= at:
            yield item
            at = item.end


def subjects(sentence: str) -> tuple[Item, ...]:
    """What a sentence names that a figure can be of; these may overlap."""
    clean = _clean(sentence)
    return tuple(Item(Kind.SUBJECT, a, e, clean[a:e], subject=s) for a, e, s in vocabulary.subjects(clean))


def items(sentence: str, named: Iterable[Item]) -> tuple[Item, ...]:
    """The items of a sentence, left to right, not overlapping; offsets are into `sentence`.

    `named` are its subjects.
    """
    clean = _clean(sentence)
    lower = lowered(clean)
    spots = _spots(lower)
    found = [*named, *_amounts(clean), *_periods(clean, lower, spots), *_listed(clean, lower, _LISTED, spots)]
    kept: list[Item] = []
    at = 0
    for item in _kept(found):
        kept.extend(_rest(clean, at, item.at))
        kept.append(item)
        at = item.end
    kept.extend(_rest(clean, at, len(clean)))
    return tuple(kept)


_SPOKEN = (Kind.COMPARE, Kind.FORWARD, Kind.PART, Kind.NON_GAAP, Kind.GAAP)
_LISTED = (
    Kind.PER_SHARE,
    Kind.VARIETY,
    Kind.COMPARE,
    Kind.CHANGE,
    Kind.MOVE,
    Kind.HEDGE,
    Kind.FORWARD,
    Kind.NON_GAAP,
    Kind.GAAP,
    Kind.PART,
    Kind.RESPECTIVELY,
)
_MARKS = dict.fromkeys(",;:-–—", Kind.COMMA) | dict.fromkeys("()[]\"“”‘’'.?!…/", Kind.PLAIN)
_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@lru_cache(maxsize=64)
def _clean(sentence: str) -> str:
    """The sentence with note marks and the words for its owners blanked out."""
    clean = sentence.replace("‘", "’")
    if _NOTED.search(clean):
        clean = _NOTE.sub(lambda m: " " * len(m.group()), clean)
    return _OWNERS.sub(lambda m: " " * len(m.group()), clean) if "able" in clean else clean


def _listed(text: str, lower: str, kinds: tuple[Kind, ...], spots: Sequence[int]) -> Iterator[Item]:
    """The words of some kinds in a text, which is also given in lower case."""
    for kind in kinds if spots else ():
        for match in _matches(kind, lower, spots):
            at, end = match.span()
            yield Item(kind, at, end, text[at:end])


def _spots(lower: str) -> list[int]:
    """Where a word of some kind may begin in a text in lower case."""
    return [match.start() for match in vocabulary.spots((*_LISTED, "rel")).finditer(lower)]


def _matches(kind: str, lower: str, spots: Sequence[int]) -> Iterator[re.Match[str]]:
    """The words of a kind, which begin at some of the `spots`."""
    words, end = vocabulary.words(kind), 0
    for at in spots:
        if at >= end and (match := words.match(lower, at)):
            end = match.end()
            yield match


def _amounts(text: str) -> Iterator[Item]:
    patterns = vocabulary.amount_patterns()
    for number in patterns.number.finditer(text):
        lead = text[max(number.start() - _LEAD, 0) : number.start()]
        after = patterns.after.match(text, number.end())
        if after is None or not (after.group("percent", "scale", "cents") != _NONE or patterns.currency.search(lead)):
            continue
        before = patterns.before.search(lead)
        if before is None:
            continue
        at, end = number.start() - len(before.group().lstrip()), after.end()
        if after.group("percent"):
            yield Item(Kind.PERCENT, at, end, text[at:end])
        elif before.group("currency") or after.group("scale") or after.group("cents"):
            yield Item(Kind.AMOUNT, at, end, text[at:end], amount=_amount(number.group(), before, after))


def _amount(number: str, before: re.Match[str], after: re.Match[str]) -> Amount:
    printed = Decimal(number.replace(",", ""))
    currencies, scales = vocabulary.alternatives("currency"), vocabulary.alternatives("scale")
    currency = next((c for n, (_, c) in enumerate(currencies) if before.group(f"c{n}")), "USD")
    scale = next((int(s) for n, (_, s) in enumerate(scales) if after.group(f"s{n}")), 0)
    places = -int(printed.as_tuple().exponent)
    if after.group("cents"):
        scale = -2
    decimals = places - scale
    if not scale and not places and printed >= 1000:
        # "$19,433,000" is a number of thousands written out.
        digits = str(printed)
        decimals = -min((len(digits) - len(digits.rstrip("0"))) // 3 * 3, 9)
    opened = bool(before.group("open") or before.group("open2"))
    inside = opened and bool(after.group("close") or after.group("close2"))
    negative = inside or bool(before.group("minus") or before.group("inner"))
    money = bool(before.group("currency") or after.group("cents"))
    return Amount(printed.scaleb(scale), decimals, currency, negative, money, bool(after.group("scale")))


def _periods(text: str, lower: str, spots: Sequence[int]) -> Iterator[Item]:
    for mention in dates.mentions(text):
        if mention.year or mention.is_part or mention.is_length or mention.month:
            yield Item(Kind.PERIOD, mention.at, mention.end, mention.text, period=mention)
    for match in _matches("rel", lower, spots):
        at, end = match.span()
        what = vocabulary.value("rel", match)
        if what == "none":
            yield Item(Kind.PLAIN, at, end, text[at:end])
        else:
            yield Item(Kind.PERIOD, at, end, text[at:end], period=Relation(what))


def _rest(text: str, at: int, end: int) -> Iterator[Item]:
    for match in _WORD.finditer(text, at, end):
        word = match.group()
        kind = _MARKS.get(word)
        if kind is None:
            kind = Kind.PLAIN if vocabulary.known("plain", word.rstrip(".")) else Kind.OTHER
        yield Item(kind, match.start(), match.end(), word)
