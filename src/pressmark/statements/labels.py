"""Labels and the headings they stand under: footnote marks off, sections from depth, totals and colons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pressmark.dates import mentions
from pressmark.span import Text
from pressmark.statements.words import says

# Footnote marks, and the most characters that the last one of a label takes with the blanks around it.
BRACKETED_MARK = r"(?<!\$)\((?:\d{1,2}|[a-z]|\*{1,9})\)|\[\d{1,2}\]"
MARK_SIGN = "[*†‡§¹²³⁴⁵]"
_LAST_MARK = re.compile(rf"\s*(?:{BRACKETED_MARK}|{MARK_SIGN})\s*$", re.IGNORECASE)
_LONGEST_MARK = 16
_DEEPEST = 12  # headings within headings; no statement has as many
_LEADING = re.compile(r"^(?:\((?:\d{1,2}|\*+)\)|\*+|[†‡§]+)\s*(?=\S)")
_UNAUDITED = re.compile(r"\([^()]*\bunaudited\b[^()]*\)", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\s*\.){3,}\s*$|\s*[.…]{2,}\s*$|\s\.\s*$|\s+_+$")
_ACTIVITY = re.compile(r"\b(operating|operations|investing|investment|financing)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A heading that lines stand under: `used` once a line did, `deeper` once an indented one did.

    `flat` says that its lines are not indented, so that a line at its depth does not end it.
    """

    text: str
    depth: int
    used: bool = False
    deeper: bool = False
    flat: bool = False


@dataclass(slots=True)
class Sections:
    """The headings that are open, outermost first, while the rows of a statement go by."""

    _stack: list[_Open] = field(default_factory=list)

    def heading(self, text: str, depth: int) -> str:
        """A row without values: it opens a section unless it is a note or an empty commitment line.

        Gives the heading as `line` does, "" where it opens none.
        """
        clean = _UNAUDITED.sub("", text).strip()
        if says("no-section", clean) and not clean.endswith(":"):
            return ""
        stack = self._stack
        if _top(clean):
            stack.clear()
        while stack and (stack[-1].depth > depth or (stack[-1].depth == depth and stack[-1].used)):
            if stack[-1].depth == depth and _top(stack[-1].text):
                break  # "Adjustments to reconcile ..." does not end the operating activities
            stack.pop()
        stack.append(_Open(clean.rstrip(": "), depth))
        del stack[:-_DEEPEST]
        return stack[-1].text

    def line(self, label: str, depth: int) -> tuple[str, ...]:
        """The sections of a row with values; a total closes the section that it sums."""
        stack = self._stack
        total = says("closes-section", label) or not label
        while (
            stack
            and not total
            and (stack[-1].depth > depth or (stack[-1].depth == depth and stack[-1].deeper and not stack[-1].flat))
        ):
            stack.pop()
        if says("after-activities", label) and stack and _activity(stack[0].text):
            stack.clear()
        closed = self._closed(label) if total else len(stack)
        if closed < len(stack):
            del stack[closed + 1 :]
        held = tuple(s.text for s in stack)
        if stack:
            stack[-1].flat = stack[-1].flat or (not stack[-1].used and depth == stack[-1].depth)
            stack[-1].used = True
            stack[-1].deeper = stack[-1].deeper or depth > stack[-1].depth
        del stack[closed:]
        return held

    def _closed(self, label: str) -> int:
        """The place in the stack of the section that a total closes; the stack's length for none."""
        words = _words(label)
        for i in range(len(self._stack) - 1, -1, -1):
            text = self._stack[i].text
            activity, own = _ACTIVITY.search(text), _ACTIVITY.search(label)
            if _words(text) and (
                _words(text) <= words or (activity and own and activity[1].lower()[:6] == own[1].lower()[:6])
            ):
                return i
        if self._stack and (not label or label.strip().lower() == "total"):
            return len(self._stack) - 1
        return len(self._stack)


def _unmarked(text: str) -> str:
    """The text without the footnote marks at its end, taken off one by one."""
    end = len(text)
    while mark := _LAST_MARK.search(text, max(end - _LONGEST_MARK, 0), end):
        end = mark.start()
    return text[:end]


@lru_cache(maxsize=4096)
def clean_label(text: str) -> str:
    """The label on one line without footnote marks, also before its colon, and leader dots; otherwise as printed."""
    label = _LEADING.sub("", " ".join(text.split()))
    if label.endswith(":") and (bare := _unmarked(label[:-1])) and bare != label[:-1]:
        return f"{bare}:"
    while not label[-1:].isalpha():
        shorter = _unmarked(_LEADERS.sub("", label)).rstrip()
        if shorter == label or not shorter:
            break
        label = shorter
    return label


def cleaned(label: Text, text: str) -> Text:
    """The label with the `text` that it has without its marks."""
    at = label.text.find(text)
    if at <= 0:
        return Text(text, label.span, label.parts)
    parts = tuple((offset - at, span) for offset, span in label.parts)
    return Text(text, label.place(at, at + len(text)), parts)


def full_label(label: str, sections: tuple[str, ...], *, carry: bool) -> str:
    """The label completed by the heading above it where it is a fragment, or where `carry` says so."""
    if not sections or (not carry and not _fragment(label)):
        return label
    head = sections[-1].rstrip(":")
    return label if head.lower() in label.lower() else f"{head}: {label}"


def _top(text: str) -> bool:
    """A heading of the first rank: assets, liabilities and equity, a part of a cash flow statement."""
    return says("top-heading", text) or _activity(text)


def _fragment(label: str) -> bool:
    """A label that says nothing without the heading above it."""
    first = label.lstrip("-–—• ").split(" ")[0]
    return first.islower() or says("label-carried", label) or _bare_date(label)


def _bare_date(label: str) -> bool:
    """A label that is a date and nothing else: "June 2024" under "Shares issued"."""
    said = label.strip(" :,-–—•")
    return said[-2:].isdigit() and any(m.at == 0 and m.end == len(said) for m in mentions(said))


def _activity(text: str) -> bool:
    """The heading of a part of a cash flow statement."""
    return says("activities", text) and not re.match(r"adjust|chang", text, re.IGNORECASE)


def _words(text: str) -> set[str]:
    return {
        w for w in re.findall(r"[a-z]+", text.lower()) if w not in ("total", "net", "the", "and", "of", "from", "for")
    }
