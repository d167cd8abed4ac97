"""What was noticed about a release or a report: a value carried along, never an exception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pressmark.resources import rows
from pressmark.span import Span


class Severity(StrEnum):
    """How much a finding matters: an error makes `convert` exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation. Our own codes stand in `taxonomy/findings.tsv`; Arelle's come through as they are."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    concept: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A finding code of ours: its severity, what it means, and what to do about it."""

    code: str
    severity: Severity
    meaning: str
    hint: str


@cache
def codes() -> dict[str, Code]:
    """Our finding codes by name, from `taxonomy/findings.tsv`."""
    table = rows("taxonomy/findings.tsv")
    return {r["code"]: Code(r["code"], Severity(r["severity"]), r["meaning"], r["hint"]) for r in table}


def finding(code: str, message: str, span: Span | None = None, concept: str = "") -> Finding:
    """A finding of ours: severity and hint come from the table. Raises KeyError for a code that is not there."""
    known = codes()[code]
    return Finding(code, known.severity, message, span, concept, known.hint)


def ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings by severity, then by place; the same finding once."""

    def key(finding: Finding) -> tuple[int, int, int, str]:
        span = finding.span
        return (finding.severity.rank, span.line if span else 0, span.column if span else 0, finding.code)

    return tuple(sorted(dict.fromkeys(findings), key=key))
