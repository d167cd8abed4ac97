"""The concept table: today's us-gaap elements of the primary statements, from `taxonomy/concepts.tsv`, and its sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from pressmark.mapping.concept import Concept
from pressmark.mapping.features import words
from pressmark.resources import rows


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table: the concept, whether it names a class of narrower lines, its synonyms, what is inferred."""

    concept: Concept
    is_class: bool
    synonyms: tuple[str, ...]
    inferred: str


@dataclass(frozen=True, slots=True)
class ConceptTable:
    """The concepts by name."""

    entries: dict[str, Entry]

    def __getitem__(self, name: str) -> Concept:
        return self.entries[name].concept

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def __iter__(self) -> Iterator[Concept]:
        return (e.concept for e in self.entries.values())

    def of(self, statement: str) -> tuple[Concept, ...]:
        """The concepts that are used in a statement (BS, IS, CF, CI)."""
        return tuple(c for c in self if statement in c.statements)

    def search(self, text: str) -> tuple[Concept, ...]:
        """The concepts whose name, label or a synonym holds every word of `text`; the shortest names first."""
        wanted = [w.lower() for w in re.findall(r"\w+", text)]

        def said(entry: Entry) -> str:
            return " ".join((entry.concept.name, entry.concept.label, *entry.synonyms)).lower()

        found = [e.concept for e in self.entries.values() if all(w in said(e) for w in wanted)]
        return tuple(sorted(found, key=lambda c: (len(c.name), c.name)))


@cache
def concept_table() -> ConceptTable:
    """The shipped table."""
    return ConceptTable({r["name"]: _entry(r) for r in rows("taxonomy/concepts.tsv")})


def _entry(row: dict[str, str]) -> Entry:
    statements = tuple(row["statements"].split(",")) if row["statements"] else ()
    synonyms = tuple(row["synonyms"].split("|")) if row["synonyms"] else ()
    abstract = bool(row["abstract"])
    concept = Concept(
        "us-gaap", row["name"], row["type"], row["period"], row["balance"], row["label"], statements, abstract
    )
    return Entry(concept, row["kind"] == "class", synonyms, row["inferred"])


@cache
def concept_set(name: str) -> tuple[str, ...]:
    """The concepts of a set (`taxonomy/assertion-sets.tsv`): names as they are, patterns over the concept table.

    `!` takes out again.
    """
    row = next(r for r in rows("taxonomy/assertion-sets.tsv") if r["set"] == name)
    fitting = [
        c.name
        for c in concept_table()
        if not c.abstract and row["balance"] in ("", c.balance) and row["period"] in ("", c.period_type)
    ]
    chosen: dict[str, None] = {}
    for word in row["concepts"].split():
        if word.startswith("!"):
            chosen = {name: None for name in chosen if not fnmatchcase(name, word[1:])}
        else:
            chosen |= dict.fromkeys([n for n in fitting if fnmatchcase(n, word)] if "*" in word else [word])
    return tuple(chosen)


def concept_sets() -> dict[str, tuple[str, ...]]:
    """All sets by name."""
    return {r["set"]: concept_set(r["set"]) for r in rows("taxonomy/assertion-sets.tsv")}


@cache
def by_wording() -> dict[tuple[str, ...], dict[str, bool]]:
    """Concepts by the words of a standard label (False) or synonym (True), abstract ones left out."""
    found: dict[tuple[str, ...], dict[str, bool]] = {}
    for name, entry in concept_table().entries.items():
        if not entry.concept.abstract:
            found.setdefault(words(entry.concept.label), {}).setdefault(name, False)
            for text in entry.synonyms:
                found.setdefault(words(text), {})[name] = True
    return found


@cache
def headings() -> dict[tuple[str, ...], str]:
    """Names of the abstract concepts by the words of their standard label or a synonym."""
    found: dict[tuple[str, ...], str] = {}
    for name, entry in concept_table().entries.items():
        if entry.concept.abstract:
            for text in (entry.concept.label.removesuffix("[Abstract]").strip(), *entry.synonyms):
                found.setdefault(words(text), name)
    return found
