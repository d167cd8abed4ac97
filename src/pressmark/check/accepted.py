"""The facts and findings of a release that a team has accepted, kept beside it in `<stem>.facts.csv`.

The file is made to be read in a diff: one fact a line, sorted by concept, period and unit, without line numbers, so
that a line changes only when its fact does. Comments at its head name what the facts were made from and the findings
that were accepted with them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pressmark.finding import Finding
from pressmark.render.lexical import fact_value, plain, precision, unit_text
from pressmark.report.extraction import Extraction
from pressmark.report.model import Fact, Report

SUFFIX = ".facts.csv"
FORMAT = 1
COLUMNS = ("concept", "period", "unit", "value", "decimals", "statement", "label", "printed", "sure")
COVER, PROSE = "cover", "prose"
# Where `pressmark explain` calls a concept's confidence low.
_SURE = 0.6
_PLACE = re.compile(r"\b(lines?) \d+(:\d+)?")


@dataclass(frozen=True, slots=True)
class Origin:
    """What facts were made from: the version of Pressmark, and digests of the release and of the mapping.

    `mapping` is "none" where neither a mapping file nor a prior filing nor an option had a say.
    """

    pressmark: str
    release: str
    mapping: str = "none"


@dataclass(frozen=True, slots=True)
class AcceptedFact:
    """A fact as the file has it: all text, in the lexical forms of the report's other files.

    `statement` is the statement's title, or cover or prose; `printed` the cell or words it was read from;
    `sure` is False for a concept of low confidence.
    """

    concept: str
    period: str
    unit: str
    value: str
    decimals: str
    statement: str
    label: str
    printed: str
    sure: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same fact: concept, period and unit."""
        return (self.concept, self.period, self.unit)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The content of a facts file. `findings` holds signatures, one for each time a finding was made."""

    origin: Origin
    facts: tuple[AcceptedFact, ...]
    findings: tuple[str, ...] = ()


def digest(data: bytes) -> str:
    """A digest that does not depend on how a checkout ends its lines."""
    return "sha256:" + hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def signature(finding: Finding, *sources: str) -> str:
    """A finding without where it stands, so that `sources` and lines may move: code, concept and message."""
    message = _PLACE.sub(r"\1 …", finding.message)
    for source in sources:
        message = message.replace(source, Path(source).name)
    return one_line(f"{finding.code} {finding.concept or '-'} {message}")


def accepted_facts(made: Extraction) -> tuple[AcceptedFact, ...]:
    """The facts of a report as they would be accepted, sorted."""
    printed = {value.span: value.text for s in made.mapped for line in s.lines for value in line.line.values}
    printed.update({figure.span: figure.words for figure in made.figures})
    shown_in = titles(made.report)

    def row(fact: Fact) -> AcceptedFact:
        return AcceptedFact(
            *key_of(fact),
            value=one_line(fact_value(fact)),
            decimals=precision(fact),
            statement=statement_of(fact, shown_in),
            label=one_line(fact.label),
            printed=one_line(next((printed[place] for place in fact.places if place in printed), "")),
            sure=fact.confidence >= _SURE,
        )

    return tuple(sorted(map(row, made.report.facts), key=lambda fact: fact.key))


def key_of(fact: Fact) -> tuple[str, str, str]:
    """Concept, period and unit of a report's fact."""
    return (fact.concept.qname, str(fact.context.period), unit_text(fact.unit) if fact.unit else "")


def titles(report: Report) -> list[str]:
    """The titles of the report's statements, in the order of its roles."""
    return [one_line(role.definition.split(" - ", 2)[-1]) for role in report.roles]


def statement_of(fact: Fact, shown_in: Sequence[str]) -> str:
    """The title of the statement that shows a fact, else cover or prose."""
    if fact.statement is not None:
        return shown_in[fact.statement]
    return COVER if fact.concept.prefix == "dei" else PROSE


def dumped(accepted: Accepted, name: str) -> bytes:
    """The file for a release called `name`; the same facts give the same bytes."""
    text = io.StringIO(newline="")
    origin = accepted.origin
    text.write(
        f"# Accepted facts of {one_line(name)}: `pressmark check` compares, `pressmark check --update` rewrites.\n"
    )
    text.write(f"# format: {FORMAT}\n# pressmark: {origin.pressmark}\n")
    text.write(f"# release: {origin.release}\n# mapping: {origin.mapping}\n")
    text.writelines(f"# finding: {one}\n" for one in sorted(accepted.findings))
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (*f.key, f.value, f.decimals, f.statement, f.label, f.printed, "yes" if f.sure else "no")
        for f in accepted.facts
    )
    return text.getvalue().encode()


def shown(value: str) -> str:
    """A value as people write it: digits in groups of three."""
    try:
        return f"{Decimal(value):,f}"
    except ArithmeticError:
        return value


def one_line(text: str) -> str:
    """Text on one line, white space folded."""
    return " ".join(plain(text).split())
