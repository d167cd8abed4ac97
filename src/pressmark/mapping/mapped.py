"""A statement whose lines carry concepts: what mapping gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pressmark.finding import Finding
from pressmark.mapping.concept import Concept
from pressmark.statements.statement import LineItem, Statement


class Candidate(NamedTuple):
    """A concept considered for a line, its probability and the evidence for it in words."""

    concept: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappedLine:
    """A line with its concepts (more than one where a line serves two, such as basic and diluted).

    The reported value is the printed one times `sign`. A heading carries one abstract concept.
    `concepts` is empty where the line is left out; `reason` then says why.
    """

    line: LineItem
    concepts: tuple[Concept, ...]
    sign: int = 1
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class MappedStatement:
    """A statement and its mapped lines, in the same order, one for each line item."""

    statement: Statement
    lines: tuple[MappedLine, ...]
    findings: tuple[Finding, ...] = ()
