"""The cover facts (dei): who reports, where it trades, which document, which fiscal year and period.

The cover context is the shortest duration that the statements report up to their last day, in a year-end release
the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pressmark.finding import Finding, finding
from pressmark.mapping.concept import Concept
from pressmark.period import Period
from pressmark.prose.calendar import Reported
from pressmark.prose.figures import Prose
from pressmark.reading.document import Document
from pressmark.reading.entity import Entity, Named
from pressmark.reading.paragraphs import Passage
from pressmark.report.gather import context_of, fact_id
from pressmark.report.model import Fact
from pressmark.resources import rows
from pressmark.span import Span

_TITLE = re.compile(
    r"\b((?:Class [A-C] )?(?:Common Stock|Common Shares|Ordinary Shares), "
    r"(?:\$?[\d.]+ par value|par value \$?[\d.]+|no par value)(?: per share)?)"
)
_YEAR_DAYS = 350


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover facts, the period of their context (None where no duration is reported) and what was noticed."""

    facts: tuple[Fact, ...]
    period: Period | None
    findings: tuple[Finding, ...] = ()


@cache
def _concepts() -> dict[str, Concept]:
    return {
        r["name"]: Concept("dei", r["name"], r["type"], r["period"], "", r["label"]) for r in rows("taxonomy/dei.tsv")
    }


def cover_facts(document: Document, entity: Entity, prose: Prose) -> Cover:
    """The dei facts of a release (element names and types as in `taxonomy/dei.tsv`).

    What the release doesn't tell is left out; a fiscal year or period that can't be derived is a finding.
    """
    known = prose.reported
    period = cover_period(known)
    if period is None:
        return Cover(
            (), None, (finding("cover.no-period", f"{document.file}: no duration is reported, so there is no cover"),)
        )
    findings = list(_inferred(entity))
    facts = [
        _fact(name, value, period, span)
        for name, value, span in (*_who(entity), *_title(prose.passages), *_what(document, known, period))
        if value
    ]
    if not any(f.concept.name == "DocumentFiscalYearFocus" for f in facts):
        message = f"{document.file}: fiscal year and period can't be derived for {period}"
        findings.append(finding("cover.fiscal-period", message))
    return Cover(tuple(facts), period, tuple(findings))


def cover_period(known: Reported) -> Period | None:
    """The shortest duration reported that ends on the last day; the year where a year-end release has its column."""
    spans = [p for p in known.known if not p.instant]
    last = max((p.end for p in spans), default=None)
    current = [p for p in spans if p.end == last]
    years = [p for p in current if p.days >= _YEAR_DAYS and known.annual]
    return min(years or current, key=lambda p: p.days, default=None)


def _fact(name: str, value: str, period: Period, span: Span | None) -> Fact:
    concept, context = _concepts()[name], context_of(period)
    return Fact(
        fact_id(concept, context, None), concept, context, value, label=concept.label, places=(span,) if span else ()
    )


def _who(entity: Entity) -> Iterator[tuple[str, str, Span | None]]:
    for name, named in (
        ("EntityRegistrantName", entity.name),
        ("EntityCentralIndexKey", entity.cik),
        ("TradingSymbol", entity.ticker),
        ("SecurityExchangeName", entity.exchange),
        ("EntityAddressCityOrTown", entity.city),
        ("EntityAddressStateOrProvince", entity.state),
    ):
        if named is not None:
            yield name, named.value, named.span


def _inferred(entity: Entity) -> Iterator[Finding]:
    named: tuple[tuple[str, Named | None], ...] = (("city", entity.city), ("state", entity.state))
    for what, one in named:
        if one is not None and one.inferred:
            yield finding(
                "entity.inferred", f"the {what} “{one.value}” is taken from where the news was sent from", one.span
            )


def _title(passages: Sequence[Passage]) -> Iterator[tuple[str, str, Span | None]]:
    """The title of the security, where the release says it in full."""
    for passage in passages:
        match = _TITLE.search(passage.text) if "par value" in passage.text else None
        if match:
            yield "Security12bTitle", match.group(1), passage.place(match.start(), match.end())
            return


def _what(document: Document, known: Reported, period: Period) -> Iterator[tuple[str, str, Span | None]]:
    """The document: a release is furnished on Form 8-K, whatever else it says."""
    form = document.header.form
    yield "DocumentType", form if form.startswith("8-K") else "8-K", None
    yield "AmendmentFlag", "true" if form.endswith("/A") else "false", None
    yield "DocumentPeriodEndDate", period.end.isoformat(), None
    calendar = known.calendar
    annual = any(p.end == period.end and p.days >= _YEAR_DAYS for p in known.known)
    year = calendar.label(period.end)
    quarter = calendar.quarter_of(period.end)
    # A year that ends with one of the first three quarters is the last twelve months, not a fiscal year.
    focus = f"Q{quarter}" if quarter in (1, 2, 3) else "FY" if annual or quarter == 4 else ""
    if year is not None and focus:
        yield "DocumentFiscalYearFocus", str(year), None
        yield "DocumentFiscalPeriodFocus", focus, None
    if calendar.month:
        end = calendar.year_end(year) if year is not None else None
        if end is not None:
            yield "CurrentFiscalYearEndDate", f"--{end:%m-%d}", None
