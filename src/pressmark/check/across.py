"""Compares the releases of one company that are checked together, each with the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from pressmark.check.policy import Noted, Policy
from pressmark.check.release import ReleaseCheck, gravest_first, marked, to_accept
from pressmark.comparison.compare import compare
from pressmark.comparison.source import Source

CODES = "compare."
# Who names two sources to compare wants to hear it; a folder of releases may have gaps.
_APART = "compare.no-overlap"


def across(releases: Sequence[ReleaseCheck], policy: Policy) -> tuple[ReleaseCheck, ...]:
    """The releases, in their order, with what each states otherwise than the one before it among its findings.

    A release that has none before it here keeps what was accepted of a comparison elsewhere.
    """
    earlier = {newer.source: older for older, newer in _neighbours(releases)}
    return tuple(
        _compared(earlier[one.source], one, policy) if one.source in earlier else _as_before(one) for one in releases
    )


def _neighbours(releases: Sequence[ReleaseCheck]) -> Iterator[tuple[ReleaseCheck, ReleaseCheck]]:
    """Pairs of one company's releases that follow each other by the last day they report."""
    companies: dict[str, list[tuple[date, ReleaseCheck]]] = {}
    for release in releases:
        if (stated := release.stated) is not None and stated.facts:
            last = max(fact.period.end for fact in stated.facts)
            companies.setdefault(_company(stated), []).append((last, release))
    for dated in companies.values():
        yield from pairwise(release for _, release in sorted(dated, key=lambda pair: pair[0]))


def _company(stated: Source) -> str:
    return stated.cik or stated.ticker or stated.company.casefold()


def _compared(older: ReleaseCheck, newer: ReleaseCheck, policy: Policy) -> ReleaseCheck:
    """The newer release with the findings of the comparison."""
    assert older.stated is not None  # noqa: S101 - as their neighbourhood was found
    assert newer.stated is not None  # noqa: S101
    assert newer.now is not None  # noqa: S101
    where = {fact.concept: (fact.statement, fact.label) for fact in newer.now.facts}
    told = [f for f in compare(older.stated, newer.stated).findings if f.code != _APART]
    found = [Noted(f, *where.get(f.concept, ("", ""))) for f in told]
    sources = (newer.source, older.source)
    if newer.before is not None:
        found = marked(found, newer.before.findings, *sources)
    kept, ignored = policy.applied(newer.source, found)
    return replace(
        newer,
        findings=gravest_first((*newer.findings, *kept)),
        ignored=(*newer.ignored, *ignored),
        now=replace(newer.now, findings=(*newer.now.findings, *to_accept(kept, *sources))),
        stated=None,
    )


def _as_before(release: ReleaseCheck) -> ReleaseCheck:
    if release.now is None or release.before is None:
        return replace(release, stated=None)
    accepted = _of_comparisons(release.before.findings)
    return replace(release, now=replace(release.now, findings=(*release.now.findings, *accepted)), stated=None)


def _of_comparisons(findings: Iterable[str]) -> Iterator[str]:
    return (one for one in findings if one.startswith(CODES))
