"""Which subjects an amount can be of: per share or money, one of a list, basic or diluted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pressmark.prose import vocabulary
from pressmark.prose.items import Amount, Item, Kind
from pressmark.prose.vocabulary import Subject
from pressmark.statements.statement import Measure

_VERB = re.compile(
    r"was|were|is|are|total(?:l?ed|s)|amounted|reached|came|stood|posted|reported|increased|decreased|rose|fell|grew"
    r"|declined|improved",
    re.IGNORECASE,
)
_BOTTOM_LINES = frozenset(("net-income", "net-loss", "operating-income", "operating-loss"))
_BARE = frozenset(("bare-loss", "bare-income"))
_EARNINGS = frozenset(("net-income", "net-loss", "revenue"))
_BIG_PER_SHARE = 1000
_SMALL_MONEY = 1000


def named(items: Sequence[Item]) -> Iterator[tuple[Item, Subject]]:
    """The items that carry a subject, with it."""
    for item in items:
        if item.subject is not None:
            yield item, item.subject


def plausible(amount: Amount, subject: Subject) -> bool:
    """A per-share figure is small and not in millions; a money figure is not a few dollars."""
    if subject.per_share:
        return amount.money and not amount.scaled and abs(amount.value) < _BIG_PER_SHARE
    if subject.measure is Measure.SHARES:
        return not amount.money and amount.scaled
    return amount.money and (amount.scaled or abs(amount.value) >= _SMALL_MONEY)


def loss(items: Sequence[Item]) -> bool:
    """True where one of the subjects is a loss."""
    return any(subject.sign < 0 for _, subject in named(items))


def bare(subject: Subject) -> bool:
    """True for "loss" or "income" alone, which say of what is spoken of whether it is one or the other."""
    return subject.key in _BARE


def earnings(items: Sequence[Item]) -> bool:
    """True where all of the subjects are a profit or a loss, in all or per share."""
    return all(subject.per_share or subject.key in _BOTTOM_LINES for _, subject in named(items))


def turns(subject: Subject) -> bool:
    """True for a subject that says whether what follows "per share" is a profit or a loss."""
    return subject.key in _BOTTOM_LINES


def per_share(items: Sequence[Item]) -> bool:
    """True where all of the subjects are per share."""
    return bool(items) and all(subject.per_share for _, subject in named(items))


def chosen(
    subjects: Sequence[Item], after: Item | None, amount: Amount, *, earnings: bool, follows: bool
) -> tuple[Item, ...]:
    """The subjects of an amount: per share where `after` says so, else those that its size and unit fit.

    `earnings`: the sentence has told of a profit or a loss; `follows`: the amount before is per share.
    """
    if after is None or after.kind not in (Kind.PER_SHARE, Kind.VARIETY):
        return tuple(item for item, subject in named(subjects) if plausible(amount, subject))
    of_share = any(subject.per_share for _, subject in named(subjects))
    family = of_share or any(subject.key in _EARNINGS for _, subject in named(subjects))
    if not family or not (earnings or of_share) or amount.scaled or not amount.money:
        return ()
    if after.kind is Kind.VARIETY and not of_share and not follows:
        return ()
    return (_per_share(after, subjects),)


def _per_share(item: Item, subjects: Sequence[Item]) -> Item:
    """The per-share subject that the words after an amount name; where they name none, the one spoken of."""
    text = item.text.lower()
    basic, diluted = "basic" in text, "dilut" in text
    spoken = next((i for i, subject in named(subjects) if subject.per_share), None)
    if not basic and not diluted and spoken is not None:
        return spoken
    key = "eps-both" if basic and diluted else "eps-basic" if basic else "eps-diluted" if diluted else "eps"
    return item._replace(kind=Kind.SUBJECT, subject=vocabulary.subject(key))


def expanded(subjects: tuple[Item, ...], count: int) -> tuple[Item, ...]:
    """As many subjects as there are amounts: "basic and diluted EPS" counts as one or as two; one may repeat."""
    if len(subjects) == count:
        return subjects
    every: list[Item] = []
    for item, subject in named(subjects):
        if subject.key == "eps-both":
            basic_first = item.text.lower().find("basic") < item.text.lower().find("dilut")
            keys = ("eps-basic", "eps-diluted") if basic_first else ("eps-diluted", "eps-basic")
            every.extend(item._replace(subject=replace(vocabulary.subject(k), sign=subject.sign)) for k in keys)
        else:
            every.append(item)
    if len(every) == count:
        return tuple(every)
    return subjects * count if len(subjects) == 1 and count > 1 else ()


def component(items: Sequence[Item], index: int) -> bool:
    """True where a word before the subject makes it another: "product revenue", "segment operating income"."""
    subject = items[index].subject
    if index == 0 or subject is None or subject.verb:
        return False
    before = items[index - 1]
    return before.kind in (Kind.OTHER, Kind.PART) and before.text[:1] not in ("$", "#")


def listed(items: Sequence[Item], index: int) -> bool:
    """True where only "and" or a comma stands between this subject and the one before: "net income and EPS were"."""
    for back in range(index - 1, max(index - 5, -1), -1):
        item = items[back]
        if item.kind is Kind.SUBJECT:
            return True
        if item.kind not in (Kind.COMMA, Kind.GAAP) and item.text.lower() not in ("and", "both", "the", "its", "our"):
            return False
    return False


def share_of(items: Sequence[Item], index: int) -> bool:
    """True for "4.9% of revenue": the words only say what the per cent is of."""
    return [i.kind for i in items[max(index - 2, 0) : index]] == [Kind.PERCENT, Kind.PLAIN]


def main_verb(items: Sequence[Item], index: int) -> bool:
    """True where a verb follows the subject before any amount."""
    for item in items[index + 1 : index + 8]:
        if item.kind is Kind.AMOUNT:
            return False
        if item.kind is Kind.MOVE or (item.kind is Kind.PLAIN and _VERB.fullmatch(item.text)):
            return True
    return False


def amount_before(items: Sequence[Item], index: int) -> int:
    """The index of the amount that a trailing subject belongs to, -1 for none.

    "$8.2 million in cash from operations", "$47.7 million of revenue", "spent $16.1 million, or 4.9% of
    revenue, on capital expenditures".
    """
    spent = index > 0 and items[index - 1].text.lower() == "on"
    passed = [Kind.PLAIN, Kind.GAAP]
    if spent:
        passed += [Kind.COMMA, Kind.PERCENT, Kind.SUBJECT, Kind.PERIOD]
    back = index - 1
    while back >= 0 and items[back].kind in passed and index - back <= (9 if spent else 3):
        back -= 1
    if back < 0 or items[back].kind is not Kind.AMOUNT:
        return -1
    gap = items[back + 1].text.lower() if back + 1 < index else ""
    return back if spent or gap in ("", "in", "of", "gaap", "net") else -1


def owned(items: Sequence[Item], amount: int, subject: Subject) -> bool:
    """True where the words before an amount say that the company had or made it: "had $5 million in cash"."""
    if amount == 0:
        return True
    lead = items[amount - 1]
    joined = lead.kind is Kind.COMMA or lead.text.lower() in ("and", "a")
    return joined or vocabulary.known("held" if subject.instant else "had", lead.text)
