"""The words and marks of preformatted tables, from `taxonomy/layout.tsv`, as compiled patterns."""

from __future__ import annotations

import re
from functools import cache

from pressmark.resources import rows

_WHOLE = frozenset({"furniture", "head", "section", "absent", "rest", "hyphened"})


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    parts = [r["pattern"] for r in rows("taxonomy/layout.tsv") if r["kind"] == kind]
    joined = "|".join(f"(?:{part})" for part in parts)
    return re.compile(rf"(?:{joined})\Z" if kind in _WHOLE else joined, re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """True for a line that belongs to the page: its number, an address, the time it was printed."""
    return _pattern("furniture").match(text) is not None


def names_period(text: str) -> bool:
    """True where a head says when: a month, a year, "three months ended", "Q2"."""
    return _pattern("period").search(text) is not None


def is_head_word(text: str) -> bool:
    """True for heads that don't say when: "(unaudited)", "% change", "as restated"."""
    return _pattern("head").match(text) is not None


def is_title(text: str) -> bool:
    """True where a line reads like the title of a table."""
    return _pattern("title").search(text) is not None


def is_statement(text: str) -> bool:
    """True for a title that names a statement of its own."""
    return _pattern("statement").search(text) is not None and not text.endswith(":")


def is_scale(text: str) -> bool:
    """True for a caption in parentheses under a title: "(in thousands)", "(unaudited)"."""
    return _pattern("scale").search(text) is not None


def is_unfinished(label: str) -> bool:
    """True for a label that ends as none does: with a comma, "and", an open parenthesis."""
    return label.count("(") > label.count(")") or _pattern("unfinished").search(label) is not None


def is_going_on(label: str) -> bool:
    """True for a line of a label that begins as none does: with "of", "and"."""
    return _pattern("going-on").match(label) is not None


def is_result(label: str) -> bool:
    """True for how a result or a total begins, whose name may go on below."""
    return _pattern("result").match(label) is not None and not label.endswith(":")


def is_item(label: str) -> bool:
    """True for a line that stands under a heading, though alone: "Basic and diluted"."""
    return _pattern("item").match(label) is not None


def is_section(label: str) -> bool:
    """True for a heading that is complete as it stands."""
    return _pattern("section").match(label) is not None


def is_note(text: str) -> bool:
    """True for a line that begins as a footnote does."""
    return _pattern("note").match(text) is not None


def is_rest(label: str) -> bool:
    """True for words that are never a whole label."""
    return _pattern("rest").match(label) is not None


def is_absent(word: str) -> bool:
    """True for what stands in a cell in the place of a number: "n/a", "NM"."""
    return _pattern("absent").match(word) is not None


def is_hyphened(word: str) -> bool:
    """True for a word that keeps its hyphen wherever it stands: "long-term", not "amor-tization"."""
    return _pattern("hyphened").match(word.rstrip(".,:;)")) is not None
