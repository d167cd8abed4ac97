"""Concepts of the report's own: a name from the label, attributes from the line, the wider us-gaap concept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pressmark.mapping.concept import Concept
from pressmark.mapping.features import is_date, words
from pressmark.mapping.table import concept_table
from pressmark.statements.statement import LineItem, Measure, Statement, StatementKind

PREFIX = "ext"  # the report puts its own prefix in this place
LONGEST = 100  # characters of a name
_TYPES = {
    Measure.MONEY: "monetaryItemType",
    Measure.SHARES: "sharesItemType",
    Measure.PER_SHARE: "perShareItemType",
    Measure.PURE: "pureItemType",
}
_ARTICLES = frozenset(("a", "an", "the"))
_LINKS = frozenset(("in", "of", "to", "from", "for", "by", "on", "with", "before", "after", "per", "and"))
_PAID = re.compile(r"^\W*(re)?payments?\b", re.IGNORECASE)
_CREDIT = re.compile(r"income|revenue|sales|gain|liabilit|payable|equity", re.IGNORECASE)


def lc3_name(text: str) -> str:
    """A name in label camel case concatenation, as filers form it: each word with a capital, articles left out."""
    plain = text.replace("’", "").replace("'", "").replace("&", " and ")
    parts = (p for p in re.findall(r"[A-Za-z0-9]+", plain) if p.lower() not in _ARTICLES)
    name = "".join(_capital(p) for p in parts)[:LONGEST] or "Line"
    return name if name[0].isalpha() else f"Item{name}"[:LONGEST]


def _capital(word: str) -> str:
    """A word with a capital; one printed in capitals throughout keeps them only where it is short."""
    rest = word[1:].lower() if word.isupper() and len(word) > 4 else word[1:]
    return word[0].upper() + rest


def extension(line: LineItem, statement: Statement, total: Concept | None, weight: int) -> Concept:
    """The concept for a line that no us-gaap concept fits. `total` is the concept it adds into, with `weight`."""
    alone = len(line.label.text.split()) > 1 and not line.parenthetical and not is_date(line.label.text)
    label = " ".join((line.label.text if alone else line.full_label).split()).rstrip(":") or "Subtotal"
    period = "instant" if line.values and line.values[0].period.instant else "duration"
    type_ = _TYPES[line.measure]
    balance = _balance(statement, line, total, weight) if type_ == "monetaryItemType" else ""
    wider = wider_concept(line, (type_, period, balance))
    return Concept(PREFIX, lc3_name(label), type_, period, balance, label, (statement.kind.value,), wider=wider)


def _balance(statement: Statement, line: LineItem, total: Concept | None, weight: int) -> str:
    if statement.kind is StatementKind.CASH_FLOW and _PAID.search(line.label.text):
        return "credit"
    if total is not None and total.balance:
        opposite = {"debit": "credit", "credit": "debit"}
        return total.balance if weight > 0 else opposite[total.balance]
    if statement.kind is StatementKind.CASH_FLOW:
        return "debit"
    return "credit" if _CREDIT.search(line.label.text) else "debit"


def heading(line: LineItem, known: str | None) -> Concept:
    """The abstract concept of a heading: the us-gaap one of that name, else one of the report's own."""
    if known is not None:
        return concept_table()[known]
    label = " ".join(line.label.text.split()).rstrip(":")
    name = f"{lc3_name(label)[: LONGEST - len('Abstract')]}Abstract"
    return Concept(PREFIX, name, "stringItemType", "duration", "", f"{label} [Abstract]", (), abstract=True)


def wider_concept(line: LineItem, kind: tuple[str, str, str]) -> str:
    """The narrowest us-gaap concept of this kind (type, period type, balance) that the line is an instance of.

    It is wider when its wording ends the line's wording as the head noun, or when a heading that the line stands
    under names a class of the table; "" where neither is so. That the line adds into a subtotal does not count.
    """
    own = words(line.label.text)
    known = _wordings(kind)
    for length in range(len(own) - 1, 0, -1):
        before = own[-length - 1]
        if before not in _LINKS and (name := known.get(own[-length:])) is not None:
            return name
    return _class_of(line.section, kind)


def _class_of(section: Sequence[str], kind: tuple[str, str, str]) -> str:
    classes = _classes(kind)
    said = (tuple(w for w in words(s) if w != "total") for s in reversed(section))
    return next((classes[s] for s in said if s in classes), "")


@cache
def _wordings(kind: tuple[str, str, str]) -> dict[tuple[str, ...], str]:
    """Concepts of a kind by the words of their label and synonyms."""
    found: dict[tuple[str, ...], str] = {}
    for entry in concept_table().entries.values():
        concept = entry.concept
        if not concept.abstract and (concept.type, concept.period_type, concept.balance) == kind:
            for text in (concept.label, *entry.synonyms):
                found.setdefault(words(text), concept.name)
    return found


@cache
def _classes(kind: tuple[str, str, str]) -> dict[tuple[str, ...], str]:
    """The concepts among them that name a class of lines, by their words without "total"."""
    table = concept_table()
    classes = ((said, name) for said, name in _wordings(kind).items() if table.entries[name].is_class)
    return {tuple(w for w in said if w != "total"): name for said, name in classes}
