"""Joins the lines that a label wraps over, before its values, after them, or with the values on a line alone.

Between two neighbouring lines a link says how sure it is that the second goes on with the first's label:
an open parenthesis, a last word that can't end a label, a small letter to begin with; and, weaker, that
the next word had no room left on the line, where the table is known to wrap labels just so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pressmark.tables.layout_entry import Entry, is_torn
from pressmark.tables.layout_words import (
    is_going_on,
    is_item,
    is_note,
    is_rest,
    is_result,
    is_section,
    is_unfinished,
)

_NONE, _WEAK, _CLEAR, _FORCED, _SURE = range(5)
_SLACK = 2
_SHORT_LIST_LABEL = 3
_FEW = 6


def joined(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """The entries grouped into rows; a row holds at most one entry with values."""
    entries = _undoubled(entries)
    links = _links(entries)
    _cut(entries, links)
    groups: list[list[Entry]] = []
    for entry, link in zip(entries, links, strict=True):
        if link and groups:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return [tuple(group) for group in groups]


def completed(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, a row's values put together where some of them slipped to the next line."""
    out: list[Entry] = []
    for entry in entries:
        above = out[-1] if out else None
        if above is not None and above.values and not (entry.label or entry.gap or entry.ruled) and entry.values:
            taken = {index for part in (above, *above.more) for _, index in part.cells}
            if not taken & {index for _, index in entry.cells} and min(taken) < entry.cells[-1][1]:
                out[-1] = replace(above, more=(*above.more, entry))
                continue
        out.append(entry)
    return out


def _undoubled(entries: Sequence[Entry]) -> Sequence[Entry]:
    """In a table set in double space a blank line parts nothing."""
    gaps = sum(entry.gap and not entry.ruled for entry in entries[1:])
    if len(entries) < _FEW or gaps * 5 < (len(entries) - 1) * 4:
        return entries
    return [replace(entry, gap=False) for entry in entries]


def _links(entries: Sequence[Entry]) -> list[int]:
    """For each entry how surely it goes on with the one above."""
    links = [_NONE] * len(entries)
    limit = max((entry.end for entry in entries if entry.label and entry.values), default=0)
    for i in range(1, len(entries)):
        sure = _below_its_values(entries, i) or _hangs(entries, i, limit)
        links[i] = _CLEAR if sure else _clear(entries, i)
    for top in (False, True):
        sample = [i for i in range(1, len(entries)) if links[i] == _CLEAR and _fits_style(entries, i, top=top)]
        if sample:
            _weak(entries, links, sample, top=top)
    return links


def _fits_style(entries: Sequence[Entry], i: int, *, top: bool) -> bool:
    """True for a pair of lines with the values above (`top`) or below."""
    return entries[i - 1].values if top else not entries[i - 1].values


def _clear(entries: Sequence[Entry], i: int) -> int:
    above, entry = entries[i - 1], entries[i]
    if not entry.label:
        return _FORCED if not above.values and above.label and not entry.ruled else _NONE
    if not above.label or entry.ruled or (above.values and (entry.values or _is_note(entry))):
        return _NONE
    open_parenthesis = above.label.count("(") > above.label.count(")")
    if entry.gap:
        goes_on = is_rest(entry.label.rstrip(":")) or (
            entry.label[:1].islower()
            and (is_unfinished(above.label) or (not entry.values and not above.label.endswith(":")))
        )
        return _CLEAR if goes_on and not above.values else _NONE
    if is_rest(entry.label.rstrip(":")) and not (above.values and _heads(entry.label)):
        return _SURE
    if open_parenthesis and ")" in entry.label:
        return _CLEAR
    if above.label.endswith(":"):
        return _NONE
    if is_unfinished(above.label):
        return _CLEAR
    if above.label.isupper() and entry.label.isupper() and is_going_on(entry.label):
        return _CLEAR
    if _begins_small(entry.label) and not _lists(entries, i):
        return _CLEAR
    return _NONE


def _heads(label: str) -> bool:
    """True for a line below a finished row that opens what follows: "Per share:", "Per common share"."""
    return label.endswith(":") or label.startswith("Per ")


def _below_its_values(entries: Sequence[Entry], i: int) -> bool:
    """True for a label alone, right below values alone that no label above can be meant for, and before a blank."""
    above, entry = entries[i - 1], entries[i]
    if above.label or not above.values or entry.values or entry.gap or entry.ruled or _is_note(entry):
        return False
    parted = i + 1 == len(entries) or entries[i + 1].gap
    return parted and (i < 2 or entries[i - 2].values) and not is_section(entry.label) and entry.label[-1:] != ":"


def _is_note(entry: Entry) -> bool:
    """True for a footnote's line, not for its mark alone: it is never the label of values above it."""
    return is_note(entry.label) and " " in entry.label and not entry.values


def _hangs(entries: Sequence[Entry], i: int, limit: int) -> bool:
    """True for the one line, further in, that ends a result or a total ("INCOME BEFORE TAX / PROVISION").

    A heading has room for the word that follows (labels with values go up to `limit`), or several lines below it.
    """
    above, entry = entries[i - 1], entries[i]
    if above.values or not (above.label and entry.label and entry.values) or entry.gap or entry.ruled:
        return False
    if not above.start < entry.start < above.end <= entry.cells[0][0].start or is_item(entry.label):
        return False
    listed = any(other.start == entry.start and _alike(other, entry) for other in entries[i + 1 : i + 2])
    if listed or not _alike(above, entry):
        return False
    torn = above.label.isupper() and is_torn(above.label)
    return torn or (is_result(above.label) and not is_section(above.label) and _overflows(above, entry, limit))


def _alike(one: Entry, other: Entry) -> bool:
    """True for two labels in capitals, or two that aren't."""
    return one.label.isupper() == other.label.isupper()


def _begins_small(label: str) -> bool:
    first = label.lstrip("(“\"'")[:1]
    return first.islower() or label.startswith(("&", "/"))


def _lists(entries: Sequence[Entry], i: int) -> bool:
    """True for the first of several short labels in small letters under one heading ("basic", "diluted")."""
    entry = entries[i]
    if i + 1 >= len(entries) or not entry.values or len(entry.label.split()) > _SHORT_LIST_LABEL:
        return False
    following = entries[i + 1]
    return (
        following.values
        and following.start == entry.start
        and _begins_small(following.label)
        and len(following.label.split()) <= _SHORT_LIST_LABEL
    )


def _weak(entries: Sequence[Entry], links: list[int], sample: Sequence[int], *, top: bool) -> None:
    """Adds the links between lines of which the first was full, judged by the wrapped labels in `sample`."""
    limit = max(entry.end for entry in entries if entry.label)
    full = [i for i in sample if _overflows(entries[i - 1], entries[i], limit - _SLACK)]
    if len(full) * 5 < len(sample) * 4:
        return
    hangs = [entries[i].start - entries[i - 1].start for i in sample]
    hang = max(set(hangs), key=hangs.count)
    for i in range(1, len(entries)):
        above, entry = entries[i - 1], entries[i]
        if links[i] or entry.gap or entry.ruled or not above.label or not entry.label:
            continue
        if not _fits_style(entries, i, top=top) or (top and entry.values) or (not top and not entry.values):
            continue
        if (
            _overflows(above, entry, limit)
            and entry.start - above.start == hang
            and _alike(above, entry)
            and not above.label.endswith(":")
            and not entry.label.endswith(":")
            and not is_section(above.label if not top else entry.label)
            and not (top and _is_note(entry))
        ):
            links[i] = _WEAK


def _overflows(above: Entry, entry: Entry, limit: int) -> bool:
    """True where the next line's first word would not have fitted."""
    return above.end + 1 + len(entry.label.split()[0]) > limit


def _cut(entries: Sequence[Entry], links: list[int]) -> None:
    """Cuts the weakest link between each two entries with values."""
    votes = sum(
        (1 if entries[i - 1].values else -1)
        for i in range(1, len(entries))
        if links[i] == _CLEAR and entries[i - 1].values != entries[i].values
    )
    last: int | None = None
    for i, entry in enumerate(entries):
        if not entry.values:
            continue
        if last is not None:
            between = range(last + 1, i + 1)
            if all(links[k] for k in between):
                least = min(links[k] for k in between)
                candidates = [k for k in between if links[k] == least]
                links[candidates[-1 if votes > 0 else 0]] = _NONE
        last = i
