"""The figures that a release states in sentences, each with its subject, period, sign and precision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pressmark.lower import lowered
from pressmark.prose import vocabulary
from pressmark.prose.calendar import Reported, reported
from pressmark.prose.clauses import Linked, linked
from pressmark.prose.figure import Figure
from pressmark.prose.items import Item, Kind, items, sentences, subjects
from pressmark.prose.items import spoken as spoken_of
from pressmark.prose.periods import phrases, resolve
from pressmark.prose.when import Context, Resolver
from pressmark.reading.document import Document
from pressmark.reading.paragraphs import Passage, paragraphs
from pressmark.statements.statement import Statement

_SIGN = re.compile(r"[$€£¥]")
_SCALES = ("million", "billion", "thousand", "cents")
_SCALE = re.compile(rf"\b(?:{'|'.join(_SCALES)})\b")
_WORD = re.compile(r"[A-Za-z]\w*|\d+")
_OPENING = 20
_LONGEST_OPENING = 2000
# No sentence is that long: it is a list or a table that lost its lines, and reading it would only cost time.
_LONGEST = 3000
_SHORT_HEADING = 6
_FUNCTION = frozenset(("and", "of", "the", "for", "in", "to", "a", "by", "on", "with"))


@dataclass(frozen=True, slots=True)
class _Section:
    """What the heading over a paragraph says: `aside` for something that is not the whole company's, `gaap`."""

    context: Context
    aside: bool = False
    gaap: bool = True


@dataclass(frozen=True, slots=True)
class Prose:
    """The flowing text of a release: its paragraphs, the periods it reports, the figures that its sentences state."""

    passages: tuple[Passage, ...]
    reported: Reported
    figures: tuple[Figure, ...]


def read_prose(
    document: Document, statements: Sequence[Statement], passages: tuple[Passage, ...] | None = None
) -> Prose:
    """What the sentences of a document say; its `statements` give the periods that are reported.

    `passages` are the document's paragraphs, where they are at hand.
    """
    passages = paragraphs(document) if passages is None else passages
    known = reported(statements, opening(passages), document.header.fiscal_year_end)
    return Prose(passages, known, stated_figures(passages, known))


def stated_figures(passages: Sequence[Passage], known: Reported) -> tuple[Figure, ...]:
    """The figures that sentences state, in order, read by what the release reports; those not GAAP say so."""
    section, heading = _Section(Context(known)), None
    found: list[Figure] = []
    for passage in passages:
        money = _money(passage.text)
        if (passage.heading and not money) or passage.text.rstrip().endswith(":"):
            heading = passage
        if money:
            if heading is not None:
                # Most headings stand over tables: one is read only when a sentence with an amount follows.
                section, heading = _headed(heading, known), None
            found.extend(_passage(passage, section))
    return tuple(found)


def opening(passages: Sequence[Passage]) -> str:
    """The first paragraphs of a release, a line each: where it says which quarter it reports."""
    return "\n".join(p.text for p in passages[:_OPENING] if len(p.text) < _LONGEST_OPENING)


def _money(text: str) -> bool:
    """True where a text may state an amount."""
    if _SIGN.search(text):
        return True
    lower = lowered(text)
    return any(scale in lower for scale in _SCALES) and _SCALE.search(lower) is not None


def _passage(passage: Passage, section: _Section) -> list[Figure]:
    """The figures of a paragraph's sentences; what stands behind the last amount tells nothing of those before."""
    text, context = passage.text, section.context
    read = [(at, text[at:end]) for at, end in sentences(text) if end - at <= _LONGEST]
    named = [subjects(sentence) if _money(sentence) else None for _, sentence in read]
    found: list[Figure] = []
    if any(named):
        while named[-1] is None:
            named.pop()
        for (at, sentence), own in zip(read, named, strict=False):
            pieces = spoken_of(sentence) if own is None else items(sentence, own)
            context, figures = _sentence(sentence, pieces, at, passage, section, context)
            found.extend(figures)
    return found


def _headed(heading: Passage, known: Reported) -> _Section:
    """A heading sets the period of what follows, and says whether it is about something else: a segment, guidance."""
    pieces = spoken_of(heading.text)
    versus = next((i.at for i in pieces if i.kind is Kind.COMPARE), len(heading.text))
    named = (resolve(p, known, None, compared=False) for p in phrases(heading.text, pieces) if p.at < versus)
    period = next((p for p in named if p is not None and not p.instant and known.states(p)), None)
    content = [w for w in _WORD.findall(heading.text) if w.lower() not in _FUNCTION]
    strange = sum(not vocabulary.known("neutral-heading", w) for w in content)
    other = strange >= len(content) - strange and len(content) <= _SHORT_HEADING
    aside = other or any(i.kind in (Kind.FORWARD, Kind.PART) for i in pieces)
    gaap = not any(i.kind is Kind.NON_GAAP for i in pieces) or any(i.kind is Kind.GAAP for i in pieces)
    return _Section(Context(known, period), aside, gaap)


def _sentence(
    sentence: str, pieces: tuple[Item, ...], at: int, passage: Passage, section: _Section, context: Context
) -> tuple[Context, list[Figure]]:
    """The figures of one sentence, at offset `at` of the passage, and what the next one is read by."""
    clauses = linked(pieces, context.subjects)
    resolver = Resolver(sentence, pieces, clauses, tuple(phrases(sentence, pieces)), context)
    found = [
        figure
        for link in clauses.links
        for item in link.subjects
        for figure in _figure(link, item, resolver, section, passage, at)
    ]
    base, told = resolver.base
    comparing = (p for p, mark in reversed(resolver.spoken) if mark.opened and p.relative)
    following = replace(
        context,
        base=base,
        told=told,
        compared=next(comparing, context.compared),
        subjects=clauses.subjects or context.subjects,
    )
    return following, found


def _figure(
    link: Linked, item: Item, resolver: Resolver, section: _Section, passage: Passage, offset: int
) -> Iterator[Figure]:
    subject, amount, sentence = item.subject, link.amount, resolver.sentence
    if subject is None or (not subject.concepts and not subject.new):
        return
    period, certain = resolver.period(link, subject)
    doubtful = section.aside or passage.heading or not link.certain or _starred(link, sentence)
    used = subject.key == "operating-cash" and _lead(link, resolver.pieces, "used")
    negative = amount.negative or link.negative or used or _negative(link, resolver.pieces)
    value = -abs(amount.value) if negative else amount.value
    near = item.end <= link.item.at < item.end + 60
    first = item.at if near else link.item.at
    yield Figure(
        subject=subject.key,
        words=" ".join(sentence[first : _tail(link, resolver.pieces)].split()),
        span=passage.place(offset + link.item.at, offset + link.item.end),
        value=value or abs(value),
        decimals=amount.decimals,
        measure=subject.measure,
        currency=amount.currency,
        period=period,
        gaap=link.gaap and section.gaap,
        approximate=_approximate(link, resolver.pieces),
        certain=certain and not doubtful and period is not None and resolver.context.reported.sure(period),
    )


def _tail(link: Linked, pieces: Sequence[Item]) -> int:
    """Where the words of an amount end, "per share" included."""
    follow = next((i for i in pieces if i.at >= link.item.end), None)
    return follow.end if follow is not None and follow.kind is Kind.PER_SHARE else link.item.end


def _starred(link: Linked, sentence: str) -> bool:
    """A note mark after the subject ("Gross profit*") often says that it is not GAAP's."""
    return any(sentence[s.end : s.end + 1] == "*" for s in link.subjects)


def _approximate(link: Linked, pieces: Sequence[Item]) -> bool:
    """True for "approximately $50 million"."""
    before = [i for i in pieces if i.end <= link.item.at][-1:]
    return any(vocabulary.known("about", i.text) for i in before)


def _lead(link: Linked, pieces: Sequence[Item], word: str) -> bool:
    """True where the word stands right before the amount: "used $1.2 billion in cash from operations"."""
    return any(i.text.lower() == word for i in [i for i in pieces if i.end <= link.item.at][-1:])


def _negative(link: Linked, pieces: Sequence[Item]) -> bool:
    """As in "EPS was a loss of $0.01", "cash flow was negative $1.4 billion"."""
    before = [i for i in pieces if i.end <= link.item.at][-3:]
    losses = (i.subject is not None and i.subject.sign < 0 for i in before)
    return any(losses) or any(i.text.lower() == "negative" for i in before)
