"""What an amount is in its sentence: a value, or a change, a hedged amount, a range, a forecast, something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pressmark.prose import vocabulary
from pressmark.prose.items import Item, Kind

_BEYOND = frozenset(("above", "below", "ahead", "short", "better", "worse", "higher", "lower", "more", "less", "over"))
_TO = frozenset(("to", "-", "–", "—"))
_REACH = 4


@dataclass(frozen=True, slots=True)
class _Around:
    """The items next to an amount: the last two before it and the first two after it, brackets left out."""

    previous: Item | None
    last: Item | None
    follow: Item | None
    beyond: Item | None


def role(items: Sequence[Item], index: int) -> str:
    """As in "value", or why the amount `items[index]` is none: change, hedged, range, forecast, thing."""
    before = [
        i
        for i in items[max(index - _REACH, 0) : index]
        if i.text not in ("(", '"') and not vocabulary.known("about", i.text)
    ]
    after = [i for i in items[index + 1 : index + 1 + _REACH] if i.text not in (")", '"')]
    around = _Around(
        before[-2] if len(before) > 1 else None,
        before[-1] if before else None,
        after[0] if after else None,
        after[1] if len(after) > 1 else None,
    )
    if _hedged(items, around.last):
        return "hedged"
    if _beside(around):
        return "thing"
    if _changed(items, index, around) or _compared(around):
        return "change"
    if _range(items, index, around):
        return "range"
    if around.follow is not None and around.follow.kind is Kind.FORWARD:
        return "forecast"
    return "thing" if _thing(around) else "value"


def growing(items: Sequence[Item], index: int) -> bool:
    """True for "growth of 53% over the $2.7 million", where "over" compares; in "was over $5 million" it hedges."""
    back = items[max(index - 5, 0) : index]
    return any(i.kind in (Kind.PERCENT, Kind.CHANGE, Kind.MOVE) for i in back)


def _hedged(items: Sequence[Item], last: Item | None) -> bool:
    if last is None:
        return False
    return last.kind is Kind.HEDGE or (last.text.lower() == "over" and not growing(items, items.index(last)))


def _changed(items: Sequence[Item], index: int, around: _Around) -> bool:
    """As in "by $2 million", "increased $2 million", "an increase of $2 million", "28.6%, or $1.9 million"."""
    last, previous = around.last, around.previous
    if last is None:
        return False
    word = last.text.lower()
    if word == "by" or last.kind in (Kind.MOVE, Kind.CHANGE):
        return True
    if word == "or" and _after_percent(items, index):
        return True
    if previous is None or word not in ("of", "or", "was"):
        return False
    return previous.kind is Kind.CHANGE or (previous.kind is Kind.PERCENT and not _share(items, previous))


def _compared(around: _Around) -> bool:
    """As in "$2 million higher than", "a $2 million increase"."""
    follow, beyond = around.follow, around.beyond
    if follow is None:
        return False
    than = follow.kind is Kind.MOVE and beyond is not None and beyond.text.lower() == "than"
    return follow.text.lower() in _BEYOND or follow.kind is Kind.CHANGE or than


def _range(items: Sequence[Item], index: int, around: _Around) -> bool:
    """As in "$5 million to $6 million", but not "from $5 million to $6 million"."""
    last, previous, follow, beyond = around.last, around.previous, around.follow, around.beyond
    upper = previous is not None and previous.kind is Kind.AMOUNT and last is not None and last.text.lower() in _TO
    if upper and previous is not None and not _from(items, previous):
        return True
    lower = follow is not None and follow.text.lower() in _TO and beyond is not None and beyond.kind is Kind.AMOUNT
    return lower and not _from(items, items[index])


def _beside(around: _Around) -> bool:
    """As in "cash from operations and $10 billion": "and" adds another thing to the subject."""
    last, previous = around.last, around.previous
    return last is not None and last.text.lower() == "and" and previous is not None and previous.kind is Kind.SUBJECT


def _thing(around: _Around) -> bool:
    """As in "a $5.1 million settlement": the amount describes a thing."""
    last, follow = around.last, around.follow
    article = last is not None and vocabulary.known("article", last.text)
    return article and follow is not None and follow.kind is Kind.OTHER


def _after_percent(items: Sequence[Item], index: int) -> bool:
    """True where the amount says a per cent in money: the last number before it is a per cent of change."""
    where = next((n for n in range(index - 1, -1, -1) if items[n].kind in (Kind.AMOUNT, Kind.PERCENT)), -1)
    if where < 1 or items[where].kind is Kind.AMOUNT:
        return False
    return items[where - 1].kind in (Kind.MOVE, Kind.CHANGE, Kind.PLAIN) and not _share(items, items[where])


def _share(items: Sequence[Item], percent: Item) -> bool:
    """As in "10% of": a share of something, not a change."""
    return any(i.at == percent.end + 1 and i.text.lower() == "of" for i in items)


def _from(items: Sequence[Item], amount: Item) -> bool:
    """True for "from $27.4 million to $97.1 million" and "by $2 million to $9 million": a change to a value."""
    where = items.index(amount)
    back = items[max(where - 2, 0) : where]
    return any(i.text.lower() in ("from", "by") or i.kind in (Kind.MOVE, Kind.CHANGE) for i in back)
