"""What a statement of comprehensive income says between its lines.

`spoken`: a line that does not say of what it is a gain or loss takes that from its heading ("Cash flow hedges:").
`of_its_kind`: a line that says it carries no concept of another kind, and comprehensive income is not the other one.
`roles`: of the lines of one kind, which is what arose, what was reclassified to income, and the sum of both.
`taxes`: a tax inside the label of an amount ("net of tax of $ 12") is the tax on the concept of the amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pressmark.mapping.features import words
from pressmark.resources import rows
from pressmark.statements.statement import LineItem, Statement, StatementKind

_WHOLE = re.compile(r"comprehensive|net (income|loss|earnings)", re.IGNORECASE)
_TOTAL = re.compile(r"^\W*((less|total|net|consolidated):? )*comprehensive (income|loss|earnings)", re.IGNORECASE)
_BEFORE = re.compile(r"before (income )?tax|^\W*(less:? )?(related )?(income )?tax", re.IGNORECASE)
_INCLUDED = re.compile(r"(?<!un)(included|recognized|recorded|realized|reclass\w*)\b.*", re.IGNORECASE)
_RECLASSIFIED = re.compile(
    r"reclass|(?<!un)realized (and|gain|loss)|\brecognized|included in (net )?(income|earn)", re.IGNORECASE
)
_SUM = re.compile(r"^\W*(total|net (change|increase|decrease))\b", re.IGNORECASE)
_TAX = re.compile(r"\bnet of\b[^,;]*\btax", re.IGNORECASE)


def spoken(line: LineItem, label: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a label, completed by those of its heading where it says no kind of its own."""
    own = line.label.text
    if not line.section or _whole(own) or kinds(own) or not kinds(line.section[-1]):
        return label
    return (*words(line.section[-1]), *label)


def of_its_kind(chances: Mapping[str, float], line: LineItem) -> dict[str, float]:
    """The chances without concepts of another kind than the label or its heading tells."""
    own = line.label.text
    if _TOTAL.search(own):
        left = {n: p for n, p in chances.items() if not n.startswith("OtherComprehensive")}
        share = sum(left.values()) / (sum(chances.values()) or 1.0)
        return {n: p / share for n, p in left.items()}
    if _whole(own):
        return dict(chances)
    said = kinds(own) or kinds(line.section[-1] if line.section else "")
    if len(said) != 1:
        return dict(chances)
    (kind,) = said
    return {n: p for n, p in chances.items() if kind in (named := _named(n)) or not named}


def roles(statement: Statement) -> dict[int, str]:
    """By line index, the concepts of the lines of one kind; none where the statement tells amounts before tax."""
    texts = [line.label.text for line in statement.lines]
    if statement.kind is not StatementKind.COMPREHENSIVE_INCOME or any(_BEFORE.search(t) for t in texts):
        return {}
    blocks: dict[str, list[LineItem]] = {}
    for line in statement.lines:
        said = kinds(line.label.text) or kinds(line.section[-1] if line.section else "")
        if len(said) == 1 and line.values and not line.parenthetical and not _whole(line.label.text):
            blocks.setdefault(next(iter(said)), []).append(line)
    known = (
        (line.index, _roles().get((kind, role), "")) for kind, block in blocks.items() for line, role in _block(block)
    )
    return {index: concept for index, concept in known if concept}


def _block(lines: Sequence[LineItem]) -> Iterator[tuple[LineItem, str]]:
    """The lines of a kind with their roles; none where two lines would have the same."""
    if len(lines) == 1:
        yield lines[0], "sum"
        return
    found = {line.index: _role(line.label.text) for line in lines}
    if "reclassified" in found.values() and len(set(found.values())) == len(lines):
        yield from ((line, found[line.index]) for line in lines)


def _role(text: str) -> str:
    if _RECLASSIFIED.search(text):
        return "reclassified"
    return "sum" if _SUM.search(text) else "arising"


def taxes(statement: Statement, choice: Mapping[int, str]) -> dict[int, str]:
    """The concepts of taxes inside labels, by line index."""
    if statement.kind is not StatementKind.COMPREHENSIVE_INCOME:
        return {}
    lines = {line.index: line for line in statement.lines}
    found: dict[int, str] = {}
    for line in statement.lines:
        amount = lines.get(-1 if line.of is None else line.of)
        if line.parenthetical and line.index in choice and amount is not None and _TAX.search(amount.label.text):
            tax = _taxes().get(choice.get(amount.index, ""), "")
            if tax and tax not in choice.values() and tax not in found.values():
                found[line.index] = tax
    return found


def _whole(text: str) -> bool:
    """Whether a label is of all kinds: net or comprehensive income, unless something is only included in it."""
    return bool(_WHOLE.search(_INCLUDED.sub("", text)))


def kinds(text: str) -> frozenset[str]:
    """The kinds of other comprehensive income that a text speaks of."""
    return frozenset(kind for kind, said, _ in _kinds() if said.search(text))


@cache
def _named(concept: str) -> frozenset[str]:
    """The kinds that a concept's name speaks of."""
    return frozenset(kind for kind, _, names in _kinds() if names.search(concept))


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    table = rows("taxonomy/comprehensive.tsv")
    return tuple((r["kind"], re.compile(r["said"], re.IGNORECASE), re.compile(r["names"])) for r in table)


@cache
def _roles() -> dict[tuple[str, str], str]:
    return {(r["kind"], r["role"]): r["concept"] for r in rows("taxonomy/comprehensive-roles.tsv")}


@cache
def _taxes() -> dict[str, str]:
    return {r["concept"]: r["tax"] for r in rows("taxonomy/net-of-tax.tsv")}
