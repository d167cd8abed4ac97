"""Links the amounts of a sentence to their subjects and clauses.

A sentence is read left to right. A subject holds for the amounts after it as long as only known plain words
stand between; any other word breaks the link. "Compared with", "from", "versus" open a clause that speaks of
another period; a new subject with a verb closes it. Changes ("an increase of $2 million", "by $2 million"),
hedged amounts ("about $2 million"), ranges and what is expected are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pressmark.prose import subjects as choice
from pressmark.prose.items import Amount, Item, Kind
from pressmark.prose.roles import growing, role
from pressmark.prose.vocabulary import Subject

_FUTURE = re.compile(r"(?:is|are|be|to be)\s|range|between", re.IGNORECASE)
_LEFT_OUT = re.compile(r"exclud|exclusive|before|non|on a|adjusted|pro", re.IGNORECASE)
_INSIDE = frozenset(("than", "above", "with", "exceeded", "exceeding", "beat", "of"))
_JOINING = frozenset(("or", "on", "and", "of", "a", "(", ")", "equal", "to", "net", "with"))
_LISTING = frozenset(("and", "or", "(", ")", "of", "a", "was", "were"))
_JOINED_KINDS = (Kind.COMMA, Kind.PER_SHARE, Kind.VARIETY, Kind.SUBJECT, Kind.GAAP, Kind.CHANGE)
_LISTED_KINDS = (Kind.COMMA, Kind.PER_SHARE, Kind.VARIETY)


@dataclass(frozen=True, slots=True)
class Linked:
    """An amount and the subjects it belongs to.

    `clause` numbers the clauses of the sentence, `compared` says that the clause follows the comparing word
    `opened`. `negative`: the words say a loss. Amounts of one `group` share a period ("$7.1 million, or $0.28
    per share"). `order` is the amount's place among the `count` amounts of a list that ends with "respectively"
    and tells of several periods.
    """

    item: Item
    amount: Amount
    subjects: tuple[Item, ...]
    clause: int
    compared: bool
    opened: str
    negative: bool
    gaap: bool
    certain: bool
    group: int
    order: int = -1
    count: int = 0


class Mark(NamedTuple):
    """From offset `at` on the words belong to `clause`; `opened` is the comparing word, "" for a main clause."""

    at: int
    clause: int
    opened: str


_MAIN = Mark(0, 0, "")


@dataclass(frozen=True, slots=True)
class Clauses:
    """The linked amounts of a sentence, where its clauses begin, and the subjects it speaks of."""

    links: tuple[Linked, ...]
    marks: tuple[Mark, ...]
    subjects: tuple[Item, ...]

    def at(self, offset: int) -> Mark:
        """The mark of the clause that an offset lies in."""
        for mark in reversed(self.marks):
            if mark.at <= offset:
                return mark
        return _MAIN


def linked(items: Sequence[Item], held: tuple[Item, ...] = ()) -> Clauses:
    """The amounts of a sentence that state a figure.

    `held` are the subjects of the sentence before, which one that opens with "This compares with" carries on.
    """
    reader = _Reader(items, held)
    for index, item in enumerate(items):
        step = _STEPS.get(item.kind)
        if step is not None:
            step(reader, index, item)
    spoken = reader.found[0].subjects if reader.found else reader.subjects
    return Clauses(tuple(reader.found), tuple(reader.marks), spoken)


@dataclass(slots=True)
class _Reader:
    """Where the reading of one sentence stands."""

    items: Sequence[Item]
    held: tuple[Item, ...]
    subjects: tuple[Item, ...] = ()
    blocked: bool = False
    broken: bool = False
    consumed: bool = False
    loss: bool | None = None
    gaap: bool = True
    clause: int = 0
    opened: str = ""
    main: int = 0
    last: int = 0
    group: int = 0
    found: list[Linked] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def compared(self) -> bool:
        return bool(self.opened)

    def enter(self, at: int, clause: int, opened: str) -> None:
        """Goes on in a clause from an offset on; `opened` is the comparing word, "" for a main clause."""
        self.clause, self.opened = clause, opened
        self.last = max(self.last, clause)
        self.marks.append(Mark(at, clause, opened))

    def subject(self, index: int, item: Item) -> None:
        subject = item.subject
        if subject is None:
            return
        if choice.bare(subject):
            self._turn(subject)
        elif choice.listed(self.items, index) and self.subjects and not self.broken:
            self.subjects = (*self.subjects, item)
        elif choice.share_of(self.items, index) and self.subjects and not self.broken and not self.blocked:
            return
        else:
            self._speak_of(index, item)
        if choice.bare(subject):
            return
        if choice.component(self.items, index) or (not subject.concepts and not subject.new):
            self.subjects, self.broken = (), True
        if self.subjects and choice.turns(subject):
            self.loss = subject.sign < 0
        self._trailing(index, item)

    def _speak_of(self, index: int, item: Item) -> None:
        """Begins with a new subject; with a verb after it a comparison before it is over."""
        self.subjects, self.broken, self.consumed = (item,), False, False
        if self.compared and choice.main_verb(self.items, index):
            self.main = self.last + 1
            # "... and first half net sales increased": the period before the subject goes with it.
            led = index > 0 and self.items[index - 1].kind is Kind.PERIOD
            self.enter(self.items[index - 1].at if led else item.at, self.main, "")

    def _turn(self, subject: Subject) -> None:
        """As in "EPS was a loss of $0.01, compared with income of $0.69": the same subject, the sign of the word."""
        if not self.broken and self.subjects and choice.earnings(self.subjects):
            self.subjects = tuple(
                item._replace(subject=replace(known, sign=subject.sign)) for item, known in choice.named(self.subjects)
            )
            self.loss = subject.sign < 0
        else:
            self.subjects, self.broken = (), True

    def _trailing(self, index: int, item: Item) -> None:
        """An amount that has no subject yet takes the one that follows it; the words are less sure then."""
        subject = item.subject
        if subject is None or not subject.trailing or not self.subjects:
            return
        back = choice.amount_before(self.items, index)
        amount = self.items[back].amount if back >= 0 else None
        if amount is None or any(f.item is self.items[back] for f in self.found):
            return
        if role(self.items, back) != "value" or not choice.owned(self.items, back, subject):
            return
        if choice.plausible(amount, subject):
            self.group += 1
            self.consumed = True
            self.found.append(self._made(self.items[back], amount, (item,), certain=False))

    def compare(self, index: int, item: Item) -> None:
        word = item.text.lower()
        if word == "over" and not growing(self.items, index):
            return
        if word == "than" and (index == 0 or self.items[index - 1].kind is not Kind.MOVE):
            return
        if not self.subjects and self.held and not any(i.kind is Kind.AMOUNT for i in self.items[:index]):
            self.subjects = self.held
            self.loss = choice.loss(self.held)
        self.enter(item.at, self.last + 1, word)

    def amount(self, index: int, item: Item) -> None:
        amount = item.amount
        if amount is None or self.blocked or role(self.items, index) != "value":
            return
        before = self.items[index - 1].text.lower() if index else ""
        if before == "to" and self.compared and self.items[index - 2].kind is not Kind.COMPARE:
            # "from $27.4 million to $97.1 million": the second is the value of the main clause.
            self.enter(item.at, self.main, "")
        if self.broken or not self.subjects:
            return
        follows = bool(self.found) and choice.per_share(self.found[-1].subjects)
        after = next((i for i in self.items[index + 1 : index + 4] if i.text not in ("(", ")", ",")), None)
        chosen = choice.chosen(self.subjects, after, amount, earnings=self.loss is not None, follows=follows)
        repeated = self.consumed and not self.compared and before != "or"
        if not chosen or (repeated and chosen[0].text != (after.text if after else "")):
            return
        if not self._joined(index):
            self.group += 1
        self.found.append(self._made(item, amount, chosen, certain=True))

    def _joined(self, index: int) -> bool:
        """True where "or" joins the amount to the one before it: "$7.1 million, or $0.28 per share"."""
        if not self.found or self.found[-1].clause != self.clause:
            return False
        between = self._between(self.found[-1].item, self.items[index].at)
        return len(between) < 9 and all(i.kind in _JOINED_KINDS or i.text.lower() in _JOINING for i in between)

    def _between(self, item: Item, at: int) -> list[Item]:
        return [i for i in self.items if item.end <= i.at < at]

    def _made(self, item: Item, amount: Amount, subjects: tuple[Item, ...], *, certain: bool) -> Linked:
        negative = choice.loss(subjects) or (choice.per_share(subjects) and bool(self.loss))
        return Linked(
            item, amount, subjects, self.clause, self.compared, self.opened, negative, self.gaap, certain, self.group
        )

    def accounting(self, _index: int, item: Item) -> None:
        """From "pro forma", "adjusted" on nothing is GAAP's until "GAAP" is said."""
        self.gaap = item.kind is Kind.GAAP
        left_out = _LEFT_OUT.match(item.text)
        if self.gaap or not self.found or left_out is None:
            return
        # "$0.21 per share, up 12% when excluding special items": the amounts right before are not GAAP's either.
        reach = 90 if left_out.group().lower().startswith("exclu") else 30
        near = [f for f in self.found if f.group == self.group and item.at - f.item.end < reach]
        if not any(i.kind in (Kind.AMOUNT, Kind.SUBJECT) for f in near[-1:] for i in self._between(f.item, item.at)):
            self.found = [replace(f, gaap=False) if f in near else f for f in self.found]

    def block(self, index: int, item: Item) -> None:
        """What is expected, and what is of a part of the company, is no figure."""
        before = self.items[index - 1].text.lower() if index else ""
        if item.kind is Kind.FORWARD and before in _INSIDE:
            return  # "above expectations" says nothing of the future.
        self.blocked = True
        if item.kind is Kind.FORWARD and _FUTURE.match(item.text):
            self.found.clear()

    def interrupt(self, _index: int, _item: Item) -> None:
        self.broken = True

    def respectively(self, _index: int, item: Item) -> None:
        """Pairs the amounts of a list with the subjects named before it, in order."""
        run: list[Linked] = []
        for one in reversed([f for f in self.found if f.item.end <= item.at]):
            between = self._between(one.item, run[0].item.at if run else item.at)
            if any(i.kind not in _LISTED_KINDS and i.text.lower() not in _LISTING for i in between):
                break
            run.insert(0, one)
        wanted = choice.expanded(self.subjects, len(run))
        if len(run) < 2 or not wanted:
            return
        self.found = [f for f in self.found if all(f is not r for r in run)]
        several = len(set(wanted)) == 1
        for order, (one, subject) in enumerate(zip(run, wanted, strict=True)):
            if not several and not all(choice.plausible(one.amount, s) for _, s in choice.named((subject,))):
                continue
            made = replace(self._made(one.item, one.amount, (subject,), certain=one.certain), gaap=one.gaap)
            made = replace(made, clause=one.clause, opened=one.opened, compared=one.compared)
            self.found.append(replace(made, order=order, count=len(run)) if several else made)


_STEPS = {
    Kind.SUBJECT: _Reader.subject,
    Kind.COMPARE: _Reader.compare,
    Kind.AMOUNT: _Reader.amount,
    Kind.NON_GAAP: _Reader.accounting,
    Kind.GAAP: _Reader.accounting,
    Kind.FORWARD: _Reader.block,
    Kind.PART: _Reader.block,
    Kind.OTHER: _Reader.interrupt,
    Kind.RESPECTIVELY: _Reader.respectively,
}
