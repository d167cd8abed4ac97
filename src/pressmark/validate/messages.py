"""Turns the records of Arelle's log into findings, with the facts and the places each one names."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pressmark.finding import Finding, Severity
from pressmark.span import Span

# Arelle's levels that say something against a report; the others are progress and traces.
_SEVERITIES = {
    "CRITICAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "ERROR-SEMANTIC": Severity.ERROR,
    "ASSERTION-NOT-SATISFIED": Severity.ERROR,
    "INCONSISTENCY": Severity.WARNING,
    "WARNING": Severity.WARNING,
    "WARNING-SEMANTIC": Severity.WARNING,
}


@dataclass(frozen=True, slots=True)
class ArelleMessage:
    """What Arelle said: the finding, the ids of the facts it names, the concepts (prefix:name) and places it refers to.

    The finding's span, and `places`, stand in the files of the report, not in the release. Places whose line is not
    known are left out, as in xBRL-JSON.
    """

    finding: Finding
    fact_ids: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()
    concepts: tuple[str, ...] = ()


def read_messages(
    records: Sequence[Mapping[str, Any]], path: Path, ids: Container[str] = ()
) -> tuple[ArelleMessage, ...]:
    """The records of a structured log as messages, gravest first; `ids` are the ids of the report's facts."""
    # Each once, and sorted, since Arelle's own order differs from run to run where it walks a set.
    return tuple(sorted(set(_messages(records, path, ids)), key=_rank))


def _messages(records: Sequence[Mapping[str, Any]], path: Path, ids: Container[str]) -> Iterator[ArelleMessage]:
    for record in records:
        severity = _SEVERITIES.get(record["levelname"].upper())
        if severity is None:
            continue
        references = [_reference(reference) for reference in record["refs"] if reference.get("href")]
        # The facts first: the place of a rule or an arc says less about the report.
        references.sort(key=lambda reference: reference[2] not in ids)
        facts = dict.fromkeys(fragment for _, _, fragment in references if fragment in ids)
        places = tuple(dict.fromkeys(Span(_file(file, path), line) for file, line, _ in references if line))
        text = " ".join(str(record["msg"]).split())
        place = places[0] if places and references[0][1] else None
        concepts = tuple(dict.fromkeys(_concepts(record["refs"])))
        yield ArelleMessage(Finding(record["messageCode"], severity, text, place), tuple(facts), places, concepts)


def _concepts(references: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The concepts that references are about: facts', elements' or those that an arc leads to."""
    for reference in references:
        for name, value, *_ in reference.get("properties", ()):
            if name == "QName":
                yield str(value)


def _reference(reference: Mapping[str, Any]) -> tuple[str, int, str]:
    """File, line (0: not known) and fragment of a reference."""
    file, _, fragment = str(reference["href"]).partition("#")
    return file, int(reference.get("sourceLine") or 0), fragment


def _file(file: str, path: Path) -> str:
    """A file as the caller knows it: Arelle names those beside the report relative to it."""
    if "://" in file or Path(file).is_absolute():
        return file
    return str(path.parent / file) if path.suffix.lower() not in ARCHIVES else f"{path}/{file}"


ARCHIVES = frozenset({".zip", ".xbri", ".xbr"})


def _rank(message: ArelleMessage) -> tuple[int, str, list[tuple[str, int]], str, tuple[str, ...]]:
    finding = message.finding
    places = [(place.file, place.line) for place in message.places]
    return finding.severity.rank, finding.code, places, finding.message, message.fact_ids
