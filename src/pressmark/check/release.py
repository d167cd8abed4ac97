"""Checks one release: converts and validates it, compares its facts with the accepted ones, applies the policy."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressmark import __version__
from pressmark.check.accepted import (
    SUFFIX,
    Accepted,
    Origin,
    accepted_facts,
    digest,
    dumped,
    key_of,
    signature,
)
from pressmark.check.accepted_file import read_accepted
from pressmark.check.difference import Difference, as_finding, changed_parts, differences
from pressmark.check.lines import cells, noted
from pressmark.check.policy import Ignored, Noted, Policy
from pressmark.comparison.source import Source, of_report
from pressmark.conversion import Settings, validated
from pressmark.errors import PressmarkError, UsageError
from pressmark.finding import finding
from pressmark.inputs import STDIN, stem
from pressmark.reading.document import Document
from pressmark.report.extraction import Extraction
from pressmark.span import Span


@dataclass(frozen=True, slots=True)
class Task:
    """What is the same for every release of a check. `mapping` is the digest of all that has a say in mapping.

    `baseline` is the folder of the facts files, None where each lies beside its release.
    """

    settings: Settings = field(default_factory=Settings)
    policy: Policy = field(default_factory=Policy)
    baseline: Path | None = None
    mapping: str = "none"


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    """What came of one release.

    `facts_file` is where its accepted facts lie or would lie, `before` what it accepts today, None where there is none.
    `now` is what `--update` accepts, None where the release or the file can't be read: `error` then says why. `stated`
    is what the release states, for the comparison with other releases of its company.
    """

    source: str
    facts_file: Path
    findings: tuple[Noted, ...]
    ignored: tuple[Ignored, ...] = ()
    differences: tuple[Difference, ...] = ()
    before: Accepted | None = None
    now: Accepted | None = None
    stated: Source | None = None
    error: PressmarkError | None = None
    seconds: float = 0.0

    @property
    def content(self) -> bytes | None:
        """The facts file that `--update` writes, None for nothing."""
        return dumped(self.now, Path(self.source).name) if self.now is not None else None


def facts_file(source: str, baseline: Path | None) -> Path:
    """Where the accepted facts of a release lie. Raises UsageError for standard input without a folder."""
    if baseline is None and source == STDIN:
        raise UsageError("-", "standard input has no folder for its facts file", "name one with --baseline")
    return (baseline if baseline is not None else Path(source).parent) / f"{stem(source)}{SUFFIX}"


def check_release(source: str, task: Task) -> ReleaseCheck:
    """Checks one release; a release or facts file that can't be read is a result too, with its error."""
    begun = time.perf_counter()
    path = facts_file(source, task.baseline)
    try:
        accepted = read_accepted(path)
        made = validated(source, task.settings)
        now = Origin(__version__, _release_digest(source, made), task.mapping)
    except PressmarkError as error:
        message = f"{error.where}: {error.cause}"
        unread = Noted(finding("check.unreadable", message, Span(source, 1)))
        return ReleaseCheck(source, path, (unread,), error=error, seconds=time.perf_counter() - begun)
    facts = accepted_facts(made)
    changes: tuple[Difference, ...] = ()
    told = noted(made)
    if accepted is None:
        message = f"it has no accepted facts: {path} is not there"
        told.append(Noted(finding("check.no-baseline", message, Span(source, 1))))
    else:
        told = marked(told, accepted.findings, source)
        causes = changed_parts(accepted.origin, now)
        changes = differences(accepted.facts, facts, causes, cells(made))
        places = {key_of(fact): fact.places[0] for fact in made.report.facts if fact.places}
        for one in changes:
            place = (places.get(one.now.key) if one.now else None) or Span(source, 1)
            told.append(Noted(as_finding(one, accepted.origin, now, place), one.fact.statement, one.fact.label))
    kept, ignored = task.policy.applied(source, told)
    return ReleaseCheck(
        source,
        path,
        gravest_first(_located(kept, made.document)),
        ignored,
        changes,
        before=accepted,
        now=Accepted(now, facts, to_accept(kept, source)),
        stated=of_report(made.report),
        seconds=time.perf_counter() - begun,
    )


def _release_digest(source: str, made: Extraction) -> str:
    """The digest of the release's bytes; of standard input, which is gone by now, that of its text."""
    if source == STDIN:
        return digest(repr(made.document.blocks).encode())
    try:
        return digest(Path(source).read_bytes())
    except OSError as error:
        raise UsageError(source, f"it can't be read again ({error.strerror})", "check that nobody moved it") from error


def marked(told: Iterable[Noted], accepted: Iterable[str], *sources: str) -> list[Noted]:
    """The findings, those that were accepted marked as no longer new."""
    left = Counter(accepted)
    marked = []
    for one in told:
        name = signature(one.finding, *sources)
        left[name] -= 1
        marked.append(replace(one, new=left[name] < 0))
    return marked


def _located(told: Sequence[Noted], document: Document) -> Sequence[Noted]:
    """The findings with their true lines and columns, which reading doesn't know of HTML."""
    if not any(one.finding.span and one.finding.span.path for one in told):
        return told
    from pressmark.render.positions import positions

    place = positions(document)
    return [
        replace(one, finding=replace(one.finding, span=place(one.finding.span))) if one.finding.span else one
        for one in told
    ]


def gravest_first(found: Iterable[Noted]) -> tuple[Noted, ...]:
    """Findings by severity, then by place."""

    def key(one: Noted) -> tuple[int, int, int, str]:
        span = one.finding.span
        return (one.finding.severity.rank, span.line if span else 0, span.column if span else 0, one.finding.code)

    return tuple(sorted(found, key=key))


def to_accept(kept: Iterable[Noted], *sources: str) -> tuple[str, ...]:
    """What an update accepts: errors and warnings about the release, not those about the comparison itself."""
    return tuple(
        signature(one.finding, *sources)
        for one in kept
        if one.finding.severity.rank <= 1 and not one.finding.code.startswith("check.")
    )
