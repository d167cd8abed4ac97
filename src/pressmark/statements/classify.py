"""What a block is: which primary statement, or why it is not tagged.

In order: the title lines right above; the evidence of the row labels, which overrules a title that they
contradict and stands in for one that is missing; then the share of non-GAAP lines.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pressmark.span import Text
from pressmark.statements.scales import parse_scale
from pressmark.statements.split import Block, is_title, titles
from pressmark.statements.statement import StatementKind
from pressmark.statements.words import TitleWord, row_words, says, skip_reason, title_words
from pressmark.tables.table import RowKind

PRIMARY = (
    StatementKind.BALANCE_SHEET,
    StatementKind.INCOME_STATEMENT,
    StatementKind.CASH_FLOW,
    StatementKind.COMPREHENSIVE_INCOME,
)
# Evidence that a table without a title needs, by kind, and that a titled one needs at all.
_UNTITLED = {"BS": 7, "IS": 8, "CF": 8, "CI": 8}
_TITLED = 3
_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class Classified:
    """A block's kind, title, and where it is left out the reason; `summary` for highlights and selected data."""

    kind: StatementKind
    title: Text | None
    reason: str = ""
    summary: bool = False


def classify(block: Block) -> Classified:
    """The kind of a block by its title and its rows."""
    lines = [t for t in titles(block) if not _aside(t.text)][:_TITLE_LINES]
    scores = evidence(block)
    told = _told(lines)
    summary = any(says("summary", t.text.lower()) for t in lines)
    ranked = max(PRIMARY, key=lambda k: scores.get(k, 0))
    best = scores.get(ranked, 0)
    if told is None:
        if best >= _UNTITLED[ranked.value] and not _mostly_left_out(block):
            return Classified(ranked, None, "", summary)
        named = next((t for t in lines if _like_a_title(t.text) and parse_scale(t.text) is None), None)
        return Classified(StatementKind.OTHER, named, "not a primary statement", summary)
    kind, title, reason = told
    if kind is StatementKind.OTHER:
        if _whole_balance_sheet(block) and "pro forma" not in reason:
            return Classified(StatementKind.BALANCE_SHEET, None, "", summary)
        return Classified(kind, title, reason, summary)
    if kind is StatementKind.EQUITY:
        return Classified(kind, title, reason, summary)
    if scores.get(kind, 0) < _TITLED:
        if best >= _UNTITLED[ranked.value]:
            return Classified(ranked, title, "", summary)
        return Classified(StatementKind.OTHER, title, "its lines are not those of a primary statement", summary)
    if best >= _UNTITLED[ranked.value] and best >= 3 * scores.get(kind, 0):
        kind = ranked
    if _mostly_left_out(block):
        return Classified(StatementKind.OTHER, title, "non-GAAP figures", summary)
    return Classified(kind, title, "", summary)


@lru_cache(maxsize=4096)
def _speaking(label: str) -> tuple[int, ...]:
    """Which of the row words a label has; the labels of a release's statements come back in its other tables."""
    folded = re.sub(r"\s+", " ", label.lower()).strip(" -–—•*")
    return tuple(i for i, word in enumerate(row_words()) if word.pattern.search(folded))


def evidence(block: Block) -> dict[StatementKind, int]:
    """How much the row labels speak for each kind."""
    scores: dict[StatementKind, int] = {}
    hits = Counter(index for label in block.labels for index in _speaking(label))
    words = row_words()
    for index, count in hits.items():
        word = words[index]
        scores[word.kind] = scores.get(word.kind, 0) + word.weight * min(count, 3)
    if scores.get(StatementKind.EQUITY, 0) >= 8:
        scores[StatementKind.BALANCE_SHEET] = 0
    return scores


def _told(lines: list[Text]) -> tuple[StatementKind, Text, str] | None:
    """The kind that the title lines tell; a reason to leave the table out counts wherever it stands.

    Above a plain title only further title lines count: the end of a paragraph may speak of non-GAAP figures.
    """
    found: tuple[StatementKind, Text, str] | None = None
    for line in lines:
        if found is not None and is_title(found[1].text) and not _like_a_title(line.text):
            break
        word = _title_word(line.text)
        if word is not None:
            if word.kind is StatementKind.OTHER:
                return word.kind, line, word.reason
            found = found or (word.kind, line, word.reason)
    return found


@lru_cache(maxsize=1024)
def _title_word(line: str) -> TitleWord | None:
    """The first title word that a line has."""
    lower = re.sub(r"\s+", " ", line.lower())
    return next((word for word in title_words() if word.pattern.search(lower)), None)


def _like_a_title(line: str) -> bool:
    """Not the fragment of a sentence."""
    text = line.strip()
    return not text[:1].islower() and text[-1:] not in ".,;:" and len(text.split()) <= 12


def _aside(line: str) -> bool:
    """A line that cannot be a title: a scale, a note, "(unaudited)", a sentence."""
    text = line.strip().lower()
    words = text.split()
    if (
        not words
        or re.fullmatch(r"\W*(?:un)?audited\W*", text)
        or text.startswith(("*", "see ", "note", "(1)", "(2)", "(a)", "(b)", "the accompanying"))
    ):
        return True
    if re.match(r"[\d*†]{1,2}\s", text) or " see " in f" {text} "[:14]:
        return True
    return len(words) > 18 or (len(words) > 8 and text.endswith("."))


def _whole_balance_sheet(block: Block) -> bool:
    labels = [label.lower() for label in block.labels]
    return any(label.startswith("total assets") for label in labels) and any(
        re.match(r"total liabilities.*(?:and|&).*(?:equity|deficit|investment|capital)", label) for label in labels
    )


def _mostly_left_out(block: Block) -> bool:
    """True where at least a third of the lines with values are non-GAAP, ratios or operating data."""
    body = [r for r in block.rows if r.kind is RowKind.BODY]
    out = sum(1 for r in body if r.label is not None and skip_reason("row", r.label.text))
    return 3 * out >= max(len(body), 1)
