"""Renders the release itself as Inline XBRL 1.1: as it was published, each number tagged where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from pressmark.finding import Finding, finding
from pressmark.render.inline_cover import Said, cover_words
from pressmark.render.inline_numbers import Printed, printed_numbers
from pressmark.render.instance import References
from pressmark.render.lexical import fact_value, plain, precision
from pressmark.render.marks import Mark, Tag, attribute, escaped, wrapped
from pressmark.render.published import published
from pressmark.render.templates import fill
from pressmark.report.extraction import Extraction
from pressmark.report.model import Fact


@dataclass(frozen=True, slots=True)
class Inline:
    """An Inline XBRL document and what was noticed while it was made."""

    data: bytes
    findings: tuple[Finding, ...]


def render_inline(extraction: Extraction, schema: str) -> Inline:
    """The release as Inline XBRL 1.1, referring to the extension schema by its file name.

    Every fact of the report is tagged at each place where it is printed, or stands in the hidden header: cover facts
    whose words the release doesn't have, and numbers whose place can't be told, which is a finding.
    """
    report, document = extraction.report, extraction.document
    release, refs = published(document), References(report)
    numbers = list(printed_numbers(extraction, release))
    words = list(cover_words(report, document, release, [p.stretch for p in numbers]))
    names = _Names()
    marks = [(p.fact.id, Mark(p.stretch, (_number_tag(p, refs, names),))) for p in numbers]
    marks += [(said.fact.id, mark) for said in words for mark in _word_marks(said, refs, names)]
    body = release.body(mark for _, mark in marks)
    tagged = {name for name, mark in marks if mark not in body.left_out}
    hidden = [fact for fact in report.facts if fact.id not in tagged]
    data = fill(
        "inline.htm.j2",
        schema=schema,
        refs=refs,
        standards=body.standards,
        title=f"{report.entity.name.value} {report.period.end}".strip(),
        css=Markup(body.css),  # noqa: S704 - sanitized; in XHTML and HTML alike it stands as it is
        style=body.style,
        hidden=[Markup(_hidden(fact, refs)) for fact in hidden],  # noqa: S704 - made of tags that escape
        body=Markup(body.markup),  # noqa: S704 - written by the sanitizer
    )
    return Inline(data, (*body.findings, *_hidden_findings(hidden)))


class _Names:
    """Gives each tag an id: the fact's own at its first place, then with a number."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def of(self, fact: Fact) -> str:
        count = self.counts[fact.id] = self.counts.get(fact.id, 0) + 1
        return fact.id if count == 1 else f"{fact.id}.{count}"


def _number_tag(printed: Printed, refs: References, names: _Names) -> Tag:
    fact = printed.fact
    name, context, unit = attribute(fact.concept.qname), attribute(refs.context(fact)), attribute(refs.unit(fact))
    sign = ' sign="-"' if printed.negative else ""
    start = (
        f'<ix:nonFraction id="{attribute(names.of(fact))}" name="{name}" contextRef="{context}" unitRef="{unit}"'
        f' decimals="{printed.decimals}" scale="{printed.scale}" format="{printed.format}"{sign}>'
    )
    return Tag("ix:nonFraction", written=start)


def _word_marks(said: Said, refs: References, names: _Names) -> Iterator[Mark]:
    """The words of a cover fact; what follows the first piece are continuations (Inline XBRL 1.1, 4)."""
    fact = said.fact
    first = names.of(fact)
    ids = [first, *(f"{first}.continued{n}" for n in range(1, len(said.pieces)))]
    attributes = [("id", first), ("name", fact.concept.qname), ("contextRef", refs.context(fact))]
    attributes += [("format", said.format)] if said.format else []
    for number, piece in enumerate(said.pieces):
        name, own = ("ix:continuation", [("id", ids[number])]) if number else ("ix:nonNumeric", attributes)
        following = [("continuedAt", ids[number + 1])] if number + 1 < len(ids) else []
        yield Mark(piece, (Tag(name, (*own, *following)),))


def _hidden(fact: Fact, refs: References) -> str:
    """A fact of the hidden header."""
    said = [("id", fact.id), ("name", fact.concept.qname), ("contextRef", refs.context(fact))]
    if not isinstance(fact.value, Decimal):
        return wrapped(escaped(plain(fact.value)), [Tag("ix:nonNumeric", tuple(said))])
    said += [("unitRef", refs.unit(fact)), ("decimals", precision(fact))]
    if fact.value < 0:
        said.append(("sign", "-"))
    return wrapped(fact_value(fact).removeprefix("-"), [Tag("ix:nonFraction", tuple(said))])


def _hidden_findings(hidden: Iterable[Fact]) -> Sequence[Finding]:
    return [
        finding(
            "inline.hidden",
            f"“{fact.label}”: {fact_value(fact)} could not be tagged where it stands and is in the hidden header",
            fact.places[0] if fact.places else None,
            fact.concept.qname,
        )
        for fact in hidden
        if isinstance(fact.value, Decimal)
    ]
