"""Compares the facts of a release with those accepted before: what is new, gone, changed, and what changed it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pressmark.check.accepted import AcceptedFact, Origin, shown
from pressmark.finding import Finding, finding
from pressmark.span import Span

Key = tuple[str, str, str]


class Kind(StrEnum):
    """What became of a fact, by the finding code that tells it."""

    NEW = "check.fact-new"
    GONE = "check.fact-gone"
    CHANGED = "check.fact-changed"
    CONCEPT = "check.concept-changed"
    UNSURE = "check.unsure"


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not as accepted. `before` is None for a new one, `now` for one that is gone.

    `causes` names what differs between the two runs and can have done it: release, mapping, pressmark; it is empty
    where nothing that the facts file records has changed.
    """

    kind: Kind
    before: AcceptedFact | None
    now: AcceptedFact | None
    causes: tuple[str, ...]

    @property
    def fact(self) -> AcceptedFact:
        """The fact as it is now, or was."""
        fact = self.now or self.before
        assert fact is not None  # noqa: S101 - a difference has at least one side
        return fact


def differences(
    before: Sequence[AcceptedFact],
    now: Sequence[AcceptedFact],
    causes: tuple[str, ...],
    cells: Collection[tuple[str, str]],
) -> tuple[Difference, ...]:
    """How the facts `now` differ from those accepted `before`, in the order of their keys.

    `causes` is what differs between the two runs (see `changed_parts`); `cells` holds the label and text of every value
    that the release prints now. Where a value is printed differently the release alone has changed it.
    """
    old, new = {f.key: f for f in before}, {f.key: f for f in now}
    gone = {key: f for key, f in old.items() if key not in new}
    fresh = {key: f for key, f in new.items() if key not in old}
    found = [
        Difference(Kind.CONCEPT, one, other, _narrowed(causes, one, other)) for one, other in _renamed(gone, fresh)
    ]
    moved = {f.key for d in found for f in (d.before, d.now) if f is not None}
    found += [Difference(Kind.NEW, None, f, causes) for key, f in fresh.items() if key not in moved]
    found += [
        Difference(Kind.GONE, f, None, causes if (f.label, f.printed) in cells else _release_alone(causes))
        for key, f in gone.items()
        if key not in moved
    ]
    for key in old.keys() & new.keys():
        one, other = old[key], new[key]
        if (one.value, one.decimals) != (other.value, other.decimals):
            found.append(Difference(Kind.CHANGED, one, other, _narrowed(causes, one, other)))
        elif one.sure and not other.sure:
            found.append(Difference(Kind.UNSURE, one, other, causes))
    return tuple(sorted(found, key=lambda d: (d.fact.key, d.kind)))


def changed_parts(before: Origin, now: Origin) -> tuple[str, ...]:
    """What the facts are made from that is not the same in both."""
    return tuple(name for name in ("release", "mapping", "pressmark") if getattr(before, name) != getattr(now, name))


def _narrowed(causes: tuple[str, ...], before: AcceptedFact, now: AcceptedFact) -> tuple[str, ...]:
    return causes if before.printed == now.printed else _release_alone(causes)


def _release_alone(causes: tuple[str, ...]) -> tuple[str, ...]:
    return ("release",) if "release" in causes else causes


def _renamed(
    gone: Mapping[Key, AcceptedFact], fresh: Mapping[Key, AcceptedFact]
) -> Iterable[tuple[AcceptedFact, AcceptedFact]]:
    """Pairs of one line's fact under another concept: label, statement, period, unit and printed text are the same."""

    def place(fact: AcceptedFact) -> tuple[str, ...]:
        return (fact.label, fact.statement, fact.period, fact.unit, fact.printed)

    waiting: dict[tuple[str, ...], list[AcceptedFact]] = {}
    for fact in fresh.values():
        waiting.setdefault(place(fact), []).append(fact)
    for fact in gone.values():
        if fact.label and waiting.get(place(fact)):
            yield fact, waiting[place(fact)].pop(0)


def as_finding(difference: Difference, before: Origin, now: Origin, span: Span) -> Finding:
    """The difference in one sentence, at its place in the release (of one that is gone: its first line)."""
    fact, was = difference.fact, difference.before
    name = f"“{fact.label}” ({fact.concept})" if fact.label else fact.concept
    about = f"{name}, {fact.period}"
    value = f"{shown(fact.value)} {fact.unit}".strip() if fact.unit else f"“{fact.value}”"
    said = {
        Kind.NEW: f"{value} is new",
        Kind.GONE: f"{value} was accepted and is gone",
        Kind.CHANGED: f"{_precise(fact, was)}, accepted was {_precise(was, fact)}",
        Kind.CONCEPT: f"{fact.concept}, accepted was {was.concept if was else ''}",
        Kind.UNSURE: "the concept has become unsure",
    }[difference.kind]
    return finding(difference.kind, f"{about}: {said}; {told(difference.causes, before, now)}", span, fact.concept)


def _precise(fact: AcceptedFact | None, other: AcceptedFact | None) -> str:
    """A value, with its decimals where they are all that differs."""
    if fact is None or other is None:
        return ""
    decimals = f" (decimals {fact.decimals})" if fact.value == other.value else ""
    return f"{shown(fact.value) if fact.unit else fact.value}{decimals}"


def told(causes: tuple[str, ...], before: Origin, now: Origin) -> str:
    """The causes in words."""
    words = {
        "release": "the release changed",
        "mapping": "the mapping changed",
        "pressmark": f"Pressmark changed ({before.pressmark} to {now.pressmark})",
    }
    if not causes:
        return "release, mapping and version are the same: the facts file was edited, or this Pressmark was"
    return " or ".join(words[cause] for cause in causes)
