"""The word tables of this stage, loaded once: title patterns, row evidence, what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pressmark.resources import rows
from pressmark.statements.statement import StatementKind


@dataclass(frozen=True, slots=True)
class TitleWord:
    """A title pattern, the kind it tells, and for OTHER and EQUITY the reason to leave the table out."""

    pattern: re.Pattern[str]
    kind: StatementKind
    reason: str


@dataclass(frozen=True, slots=True)
class RowWord:
    """A label pattern and how much it says for a kind."""

    pattern: re.Pattern[str]
    kind: StatementKind
    weight: int


@dataclass(frozen=True, slots=True)
class SkipWord:
    """A pattern and why what it fits is left out."""

    pattern: re.Pattern[str]
    reason: str


@cache
def title_words() -> tuple[TitleWord, ...]:
    """`taxonomy/statement-titles.tsv`, in order."""
    table = rows("taxonomy/statement-titles.tsv")
    return tuple(TitleWord(re.compile(r["pattern"]), StatementKind(r["kind"]), r["reason"] or "") for r in table)


@cache
def row_words() -> tuple[RowWord, ...]:
    """`taxonomy/statement-rows.tsv`."""
    table = rows("taxonomy/statement-rows.tsv")
    return tuple(RowWord(re.compile(r["pattern"]), StatementKind(r["kind"]), int(r["weight"])) for r in table)


@cache
def label_word(role: str) -> re.Pattern[str]:
    """The pattern of a role in `taxonomy/label-words.tsv`; raises KeyError for a role that is not there."""
    patterns = [r["pattern"] for r in rows("taxonomy/label-words.tsv") if r["role"] == role]
    if not patterns:
        raise KeyError(role)
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


@lru_cache(maxsize=8192)
def says(role: str, text: str) -> bool:
    """Whether words of a role stand in a text; the labels of a release come back in its other tables."""
    return label_word(role).search(text) is not None


@cache
def abbreviations() -> dict[str, str]:
    """`taxonomy/abbreviations.tsv`: words that are cut short, and the whole ones, in lower case."""
    return {r["word"]: r["stands_for"] for r in rows("taxonomy/abbreviations.tsv")}


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.'’-])({'|'.join(abbreviations())})\b\.?")


def written_out(lower: str) -> str:
    """A text in lower case with its abbreviations written out: "wtd. avg. shs" is "weighted average shares"."""
    return _short().sub(lambda m: abbreviations()[m[1]], lower)


@cache
def skip_words(scope: str) -> tuple[SkipWord, ...]:
    """`taxonomy/skip-words.tsv` of one scope: column, row, appendix, memo or volume."""
    table = rows("taxonomy/skip-words.tsv")
    return tuple(SkipWord(re.compile(r["pattern"]), r["reason"]) for r in table if r["scope"] == scope)


@cache
def _any_skip_word(scope: str) -> re.Pattern[str]:
    """Fits where any pattern of the scope does: most texts fit none, and one search tells."""
    return re.compile("|".join(f"(?:{w.pattern.pattern})" for w in skip_words(scope)))


@lru_cache(maxsize=4096)
def skip_reason(scope: str, text: str) -> str:
    """Why `text` (a head, a label) is left out; "" where no pattern of the scope fits."""
    lower = text.lower()
    if not _any_skip_word(scope).search(lower):
        return ""
    return next((w.reason for w in skip_words(scope) if w.pattern.search(lower)), "")
