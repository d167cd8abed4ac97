"""Finds the words of a release that say a cover fact, and how they become its value."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressmark.dates import month_name
from pressmark.period import Period
from pressmark.reading.document import Document, texts
from pressmark.render.marks import Published, Stretch
from pressmark.report.model import Fact, Report
from pressmark.span import Text

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a cover fact, in pieces where elements part them, and their transformation, "" for none."""

    fact: Fact
    pieces: Sequence[Stretch]
    format: str = ""


def cover_words(report: Report, document: Document, release: Published, taken: Sequence[Stretch]) -> Iterator[Said]:
    """The cover facts whose words are found, each once, at the first place that no stretch of `taken` covers."""
    stated = [text for text in texts(document) if len(text.text) <= _LONGEST]
    used = sorted((s.start, s.end) for s in taken)
    for fact in report.facts:
        if not isinstance(fact.value, str):
            continue
        for stretch, form in _candidates(fact, report.period, stated, release):
            at = bisect_left(used, (stretch.end, 0))
            pieces = release.pieces(stretch)
            if pieces and (at == 0 or used[at - 1][1] <= stretch.start):
                used.insert(at, (stretch.start, stretch.end))
                yield Said(fact, pieces, form)
                break


def _candidates(fact: Fact, period: Period, texts: Sequence[Text], release: Published) -> Iterator[tuple[Stretch, str]]:
    assert isinstance(fact.value, str)  # noqa: S101 - the caller passes cover facts
    match fact.concept.name:
        case "DocumentPeriodEndDate":
            yield from (
                (s, "ixt:date-monthname-day-year-en") for s in _all(_day(period), str(period.end.year), texts, release)
            )
        case "DocumentFiscalYearFocus":
            year = re.compile(rf"\bfiscal (?:year )?(?P<said>{re.escape(fact.value)})\b", re.IGNORECASE)
            yield from ((s, "") for s in _all(year, fact.value, texts, release))
        case (
            "EntityRegistrantName"
            | "Security12bTitle"
            | "TradingSymbol"
            | "SecurityExchangeName"
            | "EntityAddressCityOrTown"
        ):
            words = re.compile(rf"(?<!\w)(?P<said>{re.escape(fact.value)})(?!\w)")
            for place in fact.places:
                stretch = release.find(place)
                found = words.search(stretch.text) if stretch else None
                if stretch and found:
                    yield release.cut(stretch, *found.span("said")), ""
            if fact.concept.name in ("EntityRegistrantName", "Security12bTitle"):
                yield from ((s, "") for s in _all(words, fact.value, texts, release))


def _day(period: Period) -> re.Pattern[str]:
    """The last day of a period as a sentence names it: "March 31, 2004"."""
    end = period.end
    return re.compile(rf"\b(?P<said>{month_name(end.month)}\s+{end.day},\s+{end.year})\b", re.IGNORECASE)


def _all(words: re.Pattern[str], part: str, texts: Sequence[Text], release: Published) -> Iterator[Stretch]:
    """Where the words stand, in order; `part` is what they all hold, which few texts do."""
    for text in texts:
        if part not in text.text:
            continue
        for match in words.finditer(text.text):
            stretch = release.find(text.place(*match.span("said")))
            if stretch is not None and stretch.text == match["said"]:
                yield stretch
