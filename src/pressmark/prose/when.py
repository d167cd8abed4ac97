"""The period of each amount of a sentence.

In order: the phrase right after the amount; the last phrase before it in its clause; the next one after it in
its clause; what the sentence before spoke of; the section's heading; the release's current quarter. A comparison
without a period of its own takes that of the comparison before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from pressmark.period import Period
from pressmark.prose.calendar import Reported
from pressmark.prose.clauses import Clauses, Linked, Mark
from pressmark.prose.items import Item, Kind
from pressmark.prose.periods import Phrase, parallel, resolve
from pressmark.prose.vocabulary import Subject

_AFTER = re.compile(
    r"the|its|our|a|reported|recorded|posted|for|in|during|as|of|at|on|from|achieved|diluted|basic|earned|generated",
    re.IGNORECASE,
)
_PASSED = (Kind.PER_SHARE, Kind.VARIETY, Kind.RESPECTIVELY, Kind.COMMA)
# Statements of cash flows run from the start of the year, and so do sentences that do not say otherwise.
_TO_DATE = frozenset(("operating-cash", "capital-expenditures"))


@dataclass(frozen=True, slots=True)
class Context:
    """What the text so far has spoken of.

    `section` is the heading's period, `base` that of the last sentence (`told`: by its own words), `compared`
    the last comparison's phrase, `subjects` what the last sentence was about.
    """

    reported: Reported
    section: Period | None = None
    base: Period | None = None
    told: bool = False
    compared: Phrase | None = None
    subjects: tuple[Item, ...] = ()

    @property
    def standing(self) -> Period | None:
        """What is spoken of where a sentence does not say."""
        return self.base or self.section or self.reported.current


@dataclass(frozen=True)  # no slots: what all amounts of the sentence ask for is worked out once
class Resolver:
    """Finds the period of the amounts of one sentence; `pieces` are its items, `phrases` those of its periods."""

    sentence: str
    pieces: tuple[Item, ...]
    clauses: Clauses
    phrases: tuple[Phrase, ...]
    context: Context

    @cached_property
    def spoken(self) -> tuple[tuple[Phrase, Mark], ...]:
        """The phrases, each with the clause it stands in."""
        return tuple([(phrase, self.clauses.at(phrase.at)) for phrase in self.phrases])

    @cached_property
    def base(self) -> tuple[Period | None, bool]:
        """What the sentence's main clause speaks of, and whether the text says so."""
        first = next((k for k in self.clauses.links if not k.compared), None)
        told = self.phrase(first) if first is not None else None
        phrases = self.phrases if first is None else (told,) if told is not None else ()
        for phrase in phrases:
            if not self.clauses.at(phrase.at).opened and not phrase.relations & {"as-of", "end"}:
                found = resolve(phrase, self.context.reported, self.context.standing, compared=False)
                if found is not None and not found.instant:
                    return found, True
        return self.context.standing, self.context.told

    def period(self, link: Linked, subject: Subject) -> tuple[Period | None, bool]:
        """The period of an amount, an instant or a duration as its subject asks, and whether it is certain."""
        found, certain = self._spoken_of(link)
        if found is not None and not self.context.reported.states(found):
            found = None
        reported = self.context.reported
        first = self.clauses.links[0]
        if (
            subject.key in _TO_DATE
            and not self._dated(link)
            and not (link.compared and self._dated(first))
            and reported.current is not None
        ):
            year = reported.to_date(reported.current.end)
            return (reported.years_before(year, 1) if year and link.compared else year), False
        if found is None or subject.instant == found.instant:
            return found, certain
        if subject.instant:
            certain = certain or (
                not link.compared and reported.current is not None and found.end == reported.current.end
            )
            opening = link.opened == "from" and self.phrase(link) is None and found.start is not None
            return reported.instant(found.start - timedelta(days=1) if opening and found.start else found.end), certain
        base, _ = self.base
        months = reported.months(base) if base and not base.instant else 0
        return (reported.ending(found.end, months) if months else None), certain

    def _spoken_of(self, link: Linked) -> tuple[Period | None, bool]:
        phrase, reported = self.phrase(link), self.context.reported
        base, told = self.base
        if phrase is not None:
            relative_to = base if link.compared else self.context.standing
            return resolve(phrase, reported, relative_to, compared=link.compared), True
        if link.count:
            return None, False
        if not link.compared:
            return base, told or self.context.section is not None or not reported.annual
        if link.opened == "from" and told and all(s.subject and s.subject.instant for s in link.subjects):
            return base, True
        if self.context.compared is not None:
            return resolve(self.context.compared, reported, base, compared=True), True
        return None, False

    def phrase(self, link: Linked) -> Phrase | None:
        """The phrase for an amount: right after its group, last before, next after in its clause."""
        own = [p for p, mark in self.spoken if mark.clause == link.clause or self._shared(p, mark, link)]
        group = [o for o in self.clauses.links if o.group == link.group and o.clause == link.clause]
        end = max(o.item.end for o in group)
        direct = next((p for p in own if p.at >= end), None)
        if direct is not None and self._adjacent(end, direct.at):
            return direct
        together = next((t for t in parallel(self.sentence, own) if t[0].end <= link.item.at), ())
        if together:
            return together[link.order] if link.count == len(together) else None
        before = [p for p in own if p.end <= link.item.at]
        if before:
            return before[-1]
        return direct if direct is not None and self._open(end, direct.at) else None

    def _dated(self, link: Linked) -> bool:
        """True where the sentence itself says how long the period of an amount is."""
        phrase = self.phrase(link)
        if phrase is None:
            return False
        bare = phrase.relations and not (phrase.day or phrase.year or phrase.quarter or phrase.half or phrase.months)
        return not bare or "quarter" in phrase.text.lower() or bool(phrase.relations & {"year"} or phrase.to_date)

    def _open(self, end: int, at: int) -> bool:
        """True where no word that says something else stands between an amount and a period after it."""
        return not any(i.kind is Kind.OTHER for i in self.pieces if end <= i.at < at)

    def _shared(self, phrase: Phrase, mark: Mark, link: Linked) -> bool:
        """A later main clause without a period of its own shares the first one's."""
        return (
            not link.compared
            and not mark.opened
            and phrase.at < link.item.at
            and not any(other.clause == link.clause for _, other in self.spoken)
        )

    def _adjacent(self, end: int, at: int) -> bool:
        """True where only words like "reported in" stand between an amount and a period."""
        between = [i for i in self.pieces if end <= i.at < at]
        return all(i.kind in _PASSED or i.text in "()" or _AFTER.fullmatch(i.text) is not None for i in between)
