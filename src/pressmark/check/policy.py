"""What a team has decided about findings: other severities, findings to ignore until a date, what fails a check."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

from pressmark.finding import Finding, Severity, finding
from pressmark.span import Span


def absolute(path: str | Path) -> Path:
    """A path from the root, without `..`; symbolic links stay, since a repository knows a file by them."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow them


class FailOn(StrEnum):
    """What makes a check fail: errors, warnings too, or only what was not accepted before."""

    ERROR = "error"
    WARNING = "warning"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding with the statement and the label of its line, "" where it has none. `new`: it was not accepted."""

    finding: Finding
    statement: str = ""
    label: str = ""
    new: bool = True


@dataclass(frozen=True, slots=True)
class Ignore:
    """An `[[ignore]]` of the configuration: findings of a code, where the patterns fit, for a reason, until a day.

    `path` (absolute), `label` and `concept` are globs, "" for any; `expires` is the last day it holds.
    """

    code: str
    reason: str
    expires: date
    place: Span
    path: str = ""
    label: str = ""
    concept: str = ""

    def fits(self, source: str, noted: Noted) -> bool:
        """Whether it speaks of a finding in a release."""
        one = noted.finding
        asked = ((self.path, str(absolute(source))), (self.label, noted.label), (self.concept, one.concept))
        return fnmatchcase(one.code, self.code) and all(not glob or fnmatchcase(text, glob) for glob, text in asked)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that an entry silences."""

    noted: Noted
    ignore: Ignore


@dataclass(frozen=True, slots=True)
class Policy:
    """Severities by code (or glob), ignores, what fails, and the day that expiry dates are measured by."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    fail_on: FailOn = FailOn.ERROR
    today: date = field(default_factory=date.today)

    def fails(self, noted: Noted) -> bool:
        """Whether a finding makes the check fail."""
        rank = noted.finding.severity.rank
        if self.fail_on is FailOn.NEW:
            return noted.new and rank <= Severity.WARNING.rank
        return rank <= Severity(self.fail_on).rank

    def applied(self, source: str, found: Iterable[Noted]) -> tuple[tuple[Noted, ...], tuple[Ignored, ...]]:
        """The findings of a release with their severities, and those that are ignored."""
        kept: list[Noted] = []
        ignored: list[Ignored] = []
        for noted in map(self._weighed, found):
            entry = next((i for i in self.ignores if i.expires >= self.today and i.fits(source, noted)), None)
            if entry is None:
                kept.append(noted)
            else:
                ignored.append(Ignored(noted, entry))
        return tuple(kept), tuple(ignored)

    def _weighed(self, noted: Noted) -> Noted:
        code = noted.finding.code
        severity = self.severities.get(code) or next(
            (s for glob, s in self.severities.items() if fnmatchcase(code, glob)), None
        )
        return noted if severity is None else replace(noted, finding=replace(noted.finding, severity=severity))

    def remarks(self, used: Sequence[Ignore]) -> tuple[Noted, ...]:
        """What there is to say of the entries themselves: expired ones, and those that were not `used`."""
        found = []
        for entry in self.ignores:
            about = f"the entry that ignores {entry.code} (“{entry.reason}”)"
            if entry.expires < self.today:
                message = f"{about} expired on {entry.expires}"
                found.append(finding("check.ignore-expired", message, entry.place))
            elif entry not in used:
                message = f"{about} matches no finding of these releases"
                found.append(finding("check.ignore-unused", message, entry.place))
        return tuple(self._weighed(Noted(one)) for one in found)
