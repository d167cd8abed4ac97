"""The words that sentences state figures with, loaded from `taxonomy/prose.tsv` and `taxonomy/prose-words.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pressmark.lower import lowered
from pressmark.resources import rows
from pressmark.statements.statement import Measure


@dataclass(frozen=True, slots=True)
class Subject:
    """What words name: `key` and the us-gaap concepts that it can mean, the one for a new fact first.

    An entry of `concepts` with + stands for two concepts at once. `sign` is -1 where the words say a loss.
    `trailing`: an amount may stand before the words. `new` tells what a figure that no table states becomes:
    "=" a us-gaap concept, "+" an extension concept, "" nothing. `verb`: the words are a verb ("lost").
    """

    key: str
    concepts: tuple[str, ...]
    measure: Measure
    instant: bool
    sign: int
    trailing: bool
    new: str
    verb: bool = False

    @property
    def per_share(self) -> bool:
        """True for earnings per share of any kind."""
        return self.measure is Measure.PER_SHARE


def expression(words: str) -> str:
    """A table's words as a regular expression: a space stands for white space or a hyphen."""
    return words.replace(" ?", r"[\s-]*").replace(" ", r"[\s-]+")


@cache
def _table() -> tuple[tuple[frozenset[str], str, Subject], ...]:
    """Each row of `taxonomy/prose.tsv`: the letters it needs, its words, its subject."""
    return tuple(
        (
            frozenset(row["needs"].split("|")),
            row["words"],
            Subject(
                key=row["subject"],
                concepts=tuple(c for c in row["concepts"].split("|") if c),
                measure=Measure(row["measure"]),
                instant=row["period"] == "instant",
                sign=int(row["sign"]),
                trailing=row["trailing"] == "1",
                new=row["new"],
                verb=row.get("verb") == "1",
            ),
        )
        for row in rows("taxonomy/prose.tsv")
    )


@cache
def _needs() -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Letters that rows of the table need, with these rows."""
    found: dict[str, list[int]] = {}
    for row, (needs, _, _) in enumerate(_table()):
        for letters in needs:
            found.setdefault(letters, []).append(row)
    return tuple((letters, tuple(needed)) for letters, needed in found.items())


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{expression(words)})(?!\w)")


def subjects(text: str) -> Iterator[tuple[int, int, Subject]]:
    """Where `text` names a subject (start, end), row by row of the table; those of several rows may overlap."""
    lower = lowered(text)
    asked = sorted({row for letters, needed in _needs() if letters in lower for row in needed})
    table = _table()
    for row in asked:
        _, words, subject = table[row]
        for match in _compiled(words).finditer(lower):
            yield match.start(), match.end(), subject


@lru_cache(maxsize=2048)
def keys(label: str) -> frozenset[str]:
    """The keys of the subjects that the label of a line names."""
    return frozenset([subject.key for _, _, subject in subjects(label)])


@cache
def subject(key: str) -> Subject:
    """The subject of a key. Raises KeyError for one that the table does not hold."""
    for _, _, named in _table():
        if named.key == key:
            return named
    raise KeyError(key)


@cache
def _kinds() -> dict[str, tuple[tuple[str, str], ...]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for row in rows("taxonomy/prose-words.tsv"):
        table.setdefault(row["kind"], []).append((row["words"], row["value"] or ""))
    return {kind: tuple(entries) for kind, entries in table.items()}


@cache
def words(kind: str) -> re.Pattern[str]:
    """The pattern of a kind of words, for text in lower case; each value has a group of its own, see `value`."""
    entries = _kinds()[kind]
    body = "|".join(f"({expression(w)})" for w, _ in entries)
    return re.compile(rf"(?<![\w$])(?:{body})(?!\w)")


@cache
def spots(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """Fits, with no width, where a word of any of the kinds begins: most places are passed over but once."""
    body = "|".join(expression(w) for kind in kinds for w, _ in _kinds()[kind])
    return re.compile(rf"(?<![\w$])(?=(?:{body})(?!\w))")


def value(kind: str, match: re.Match[str]) -> str:
    """The value of the entry that a match of `words(kind)` came from."""
    return _kinds()[kind][(match.lastindex or 1) - 1][1]


@lru_cache(maxsize=4096)
def known(kind: str, text: str) -> bool:
    """True for a word or phrase of a kind, however it is capitalised."""
    return words(kind).fullmatch(lowered(text)) is not None


@cache
def abbreviations() -> frozenset[str]:
    """The words that a period ends without ending a sentence, in lower case."""
    return frozenset(w.replace(r"\.", ".") for entry, _ in _kinds()["abbreviation"] for w in entry.split("|"))


def alternatives(kind: str) -> tuple[tuple[str, str], ...]:
    """The rows of a kind as (words, value)."""
    return _kinds()[kind]


@dataclass(frozen=True, slots=True)
class AmountPatterns:
    """How amounts are printed: the number, what may stand before it (matched at its end) and after it.

    Groups `c0`, `c1`, ... of `before` and `s0`, `s1`, ... of `after` tell the currency and the scale; `currency`
    alone is a quick look for any.
    """

    number: re.Pattern[str]
    currency: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def amount_patterns() -> AmountPatterns:
    """The patterns of an amount, from the currencies and scales of `taxonomy/prose-words.tsv`."""
    currency = "|".join(f"(?P<c{n}>{w})" for n, (w, _) in enumerate(_kinds()["currency"]))
    scale = "|".join(f"(?P<s{n}>{w})" for n, (w, _) in enumerate(_kinds()["scale"]))
    return AmountPatterns(
        number=re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?![\d]|,\d)"),
        currency=re.compile("|".join(w for w, _ in _kinds()["currency"]), re.IGNORECASE),
        before=re.compile(
            rf"(?P<minus>(?<![\w)])[-−–])?(?P<open>\()?\s?(?P<currency>(?<![\w])(?:{currency}))?\s?(?P<open2>\()?\s?(?P<inner>-)?$",
            re.IGNORECASE,
        ),
        after=re.compile(
            rf"(?P<close>\s?\))?(?:[\s-]*(?P<scale>{scale})(?!\w)(?P<close2>\s?\))?)?(?P<cents>\s+cents?\b|\s*¢)?"
            r"(?P<percent>\s*(?:%|per\s?cent\b|percentage|basis))?",
            re.IGNORECASE,
        ),
    )
