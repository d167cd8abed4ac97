"""What the forms share: paths as a repository has them, counts in words, a finding's name that outlives moved lines."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from pressmark.check.accepted import signature
from pressmark.check.difference import Kind
from pressmark.check.policy import Noted, absolute
from pressmark.check.release import ReleaseCheck
from pressmark.check.run import Outcome
from pressmark.finding import Severity
from pressmark.span import Span

_KINDS = {
    Kind.NEW: "new",
    Kind.GONE: "gone",
    Kind.CHANGED: "changed",
    Kind.CONCEPT: "under another concept",
    Kind.UNSURE: "newly unsure",
}


def relative(file: str) -> str:
    """A file as seen from the working directory, with / on every system; one that lies elsewhere stays absolute."""
    path = absolute(file)
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()


def place_of(source: str, noted: Noted) -> Span:
    """Where a finding is shown: its place, or the first line of its release."""
    span = noted.finding.span
    return span if span is not None and span.line else Span(source, 1)


def fingerprint(source: str, noted: Noted) -> str:
    """A finding's name over many runs: release, code, concept, label and message, but no line numbers."""
    parts = (Path(source).name, noted.label, signature(noted.finding, source))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def differing(release: ReleaseCheck) -> str:
    """How the facts of a release compare with the accepted ones: "1 new, 2 changed"."""
    if release.error is not None:
        return "not read"
    if release.before is None:
        return f"{len(release.now.facts) if release.now else 0} facts, none accepted yet"
    count = Counter(one.kind for one in release.differences)
    return ", ".join(f"{count[kind]} {word}" for kind, word in _KINDS.items() if count[kind]) or "as accepted"


def shown(outcome: Outcome, noted: Noted) -> bool:
    """Whether a person has to see a finding: an error or warning, and not an accepted one where only new ones fail."""
    return outcome.policy.fails(noted) or (noted.new and noted.finding.severity.rank <= Severity.WARNING.rank)


def summary(outcome: Outcome) -> str:
    """The whole check in one line."""
    releases = outcome.releases
    same = sum(r.before is not None and not r.differences and r.error is None for r in releases)
    differ = sum(bool(r.differences) for r in releases)
    unread = sum(r.error is not None for r in releases)
    parts = [f"{same} as accepted", f"{differ} differ" if differ != 1 else "1 differs"]
    if fresh := sum(r.before is None and r.error is None for r in releases):
        parts.append(f"{fresh} without accepted facts")
    if unread:
        parts.append(f"{unread} not read")
    if outcome.updated:
        parts.append(f"{counted(len(outcome.updated), 'facts file')} written")
    found = [noted for _, noted in outcome.findings]
    count = Counter(noted.finding.severity for noted in found)
    accepted = sum(not n.new and n.finding.severity.rank <= Severity.WARNING.rank for n in found)
    ignored = sum(len(r.ignored) for r in releases)
    findings = [counted(count[Severity.ERROR], "error"), counted(count[Severity.WARNING], "warning")]
    if accepted:
        findings.append(f"{accepted} of them accepted")
    if ignored:
        findings.append(f"{ignored} ignored")
    verdict = "failed" if outcome.code else "passed"
    return f"{counted(len(releases), 'release')}: {', '.join(parts)}; {', '.join(findings)}; {verdict}"


def counted(number: int, noun: str) -> str:
    """A number and its noun: "1 error", "2 errors"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
