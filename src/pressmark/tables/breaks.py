"""Cuts a title that stands in one piece at its hard line breaks: name, statement, period and scale are lines."""

from __future__ import annotations

from itertools import pairwise

from pressmark.span import Text
from pressmark.tables.layout_words import is_going_on, is_unfinished

_LONGEST = 400


def broken(text: Text) -> list[Text]:
    """The lines of a text; one that goes on with the line above, as in a sentence, stays part of it."""
    if "\n" not in text.text:
        return [text]
    starts: list[int] = []
    at, above = 0, ""
    for line in text.text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            open_ = text.text[max(starts[-1], at - _LONGEST) : at] if starts else ""
            if not (above and _goes_on(above, bare)) and open_.count("(") <= open_.count(")"):
                starts.append(at)
            above = bare
        at += len(line)
    return [_part(text, start, end) for start, end in pairwise([*starts, at])]


def _goes_on(above: str, line: str) -> bool:
    return line[0].islower() or is_going_on(line) or is_unfinished(above[-_LONGEST:])


def _part(text: Text, start: int, end: int) -> Text:
    """What stands from `start` up to `end`, without the white space around it."""
    whole = text.text[start:end]
    start += len(whole) - len(whole.lstrip())
    stop = start + len(whole.strip())
    parts = tuple((at - start, span) for at, span in text.parts if start < at < stop)
    return Text(whole.strip(), text.place(start, stop), parts)
