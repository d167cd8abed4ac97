"""Concepts of the report's own: a name from the label, attributes from the line, the wider us-gaap concept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pressmark.mapping.concept import Concept
from pressmark.mapping.features import words
from pressmark.mapping.table import concept_table
from pressmark.statements.statement import LineItem, Measure, Statement, StatementKind

PREFIX = "ext"  # the report puts its own prefix in this place
_TYPES = {
    Measure.MONEY: "monetaryItemType",
    Measure.SHARES: "sharesItemType",
    Measure.PER_SHARE: "perShareItemType",
    Measure.PURE: "pureItemType",
}
_SMALL = frozenset("a an the".split())


def lc3_name(text: str) -> str:
    """A name in the label camel case that filers use: words joined, each with a capital, at most 100 characters."""
    parts = re.findall(r"[A-Za-z0-9]+", text.replace("’", "").replace("'", "").replace("&", " and "))
    name = "".join(p[0].upper() + (p[1:].lower() if p.isupper() and len(p) > 4 else p[1:]) for p in parts if p.lower() not in _SMALL)
    name = name[:100] or "Line"
    return name if name[0].isalpha() else f"Item{name}"[:100]


def extension(line: LineItem, statement: Statement, total: Concept | None, weight: int) -> Concept:
    """The concept for a line that no us-gaap concept fits. `total` is the concept it adds into, with `weight`."""
    label = " ".join(line.label.text.split()).rstrip(":")
    instant = bool(line.values) and line.values[0].period.instant
    kind = "instant" if instant else "duration"
    type_ = _TYPES[line.measure]
    balance = _balance(statement, line, total, weight) if type_ == "monetaryItemType" else ""
    wider = wider_concept(line, type_, kind, balance)
    return Concept(PREFIX, lc3_name(label), type_, kind, balance, label, (statement.kind.value,), wider=wider)


def _balance(statement: Statement, line: LineItem, total: Concept | None, weight: int) -> str:
    if total is not None and total.balance:
        opposite = {"debit": "credit", "credit": "debit"}
        return total.balance if weight > 0 else opposite[total.balance]
    if statement.kind is StatementKind.CASH_FLOW:
        return "debit"
    return "credit" if re.search(r"income|revenue|sales|gain|liabilit|payable|equity", line.label.text, re.I) else "debit"


def heading(line: LineItem, known: str | None) -> Concept:
    """The abstract concept of a heading: the us-gaap one of that name, else one of the report's own."""
    if known is not None:
        return concept_table()[known]
    label = " ".join(line.label.text.split()).rstrip(":")
    name = f"{lc3_name(label)[:91]}Abstract"
    return Concept(PREFIX, name, "stringItemType", "duration", "", f"{label} [Abstract]", (), abstract=True)


def wider_concept(line: LineItem, type_: str, period: str, balance: str) -> str:
    """The narrowest us-gaap concept of the same type, period type and balance that the line is an instance of.

    It is wider when its label's words end the line's wording as the head noun, or when a heading that the line
    stands under names a class of the table; "" where neither is so.
    """
    own = words(line.label.text)
    best: tuple[int, str] = (0, "")
    for entry in concept_table().entries.values():
        concept = entry.concept
        if concept.abstract or (concept.type, concept.period_type, concept.balance) != (type_, period, balance):
            continue
        for text in (concept.label, *entry.synonyms):
            said = words(text)
            if len(said) < len(own) and said and own[-len(said) :] == said and len(said) > best[0]:
                best = (len(said), concept.name)
    if best[1]:
        return best[1]
    return _class_of(line.section, type_, period, balance)


def _class_of(section: Sequence[str], type_: str, period: str, balance: str) -> str:
    named = [words(s) for s in reversed(section)]
    for said in named:
        for entry in concept_table().entries.values():
            concept = entry.concept
            if entry.is_class and (concept.type, concept.period_type, concept.balance) == (type_, period, balance):
                wordings = {words(t) for t in (concept.label, *entry.synonyms)}
                if said in wordings or tuple(w for w in said if w != "total") in {tuple(x for x in w if x != "total") for w in wordings}:
                    return concept.name
    return ""
