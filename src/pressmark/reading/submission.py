"""EDGAR submissions (SGML): the header's who and when, and the document that holds the release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pressmark.reading.document import Header
from pressmark.reading.limits import exceeded

_HEAD = re.compile(r"^<(?:SEC-DOCUMENT|SEC-HEADER|IMS-DOCUMENT|IMS-HEADER|SUBMISSION|DOCUMENT)>", re.MULTILINE)
_START = re.compile(r"^<DOCUMENT>", re.MULTILINE)
_END = re.compile(r"^</DOCUMENT>", re.MULTILINE)
_TEXT = re.compile(r"^<TEXT>[ \t]*\n?", re.MULTILINE)
_TEXT_END = re.compile(r"^</TEXT>", re.MULTILINE)
_TAG = re.compile(r"^<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>(.*)$", re.MULTILINE)
_WRAPPER = re.compile(r"\s*</?(?:XBRL|XML|PDF)>[ \t]*\n?")
_ENCODED = re.compile(r"\s*(?:<PDF>\s*)?begin [0-7]{3,4} \S", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\(\d+(?:\.\d+)?\)|\$ ?\d")
_EXHIBIT = re.compile(r"EX-99(?:\.(\w+))?", re.IGNORECASE)
_FORMS = re.compile(r"(?:8-K|6-K|10-[QK]|20-F|40-F|10-QT|10-KT|10-?KSB|10-?QSB)", re.IGNORECASE)
_FIELD = re.compile(r"^[ \t]*(?:<([A-Z-]+)>|([A-Z][A-Z /-]+):)[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_SIC = re.compile(r"\[?([0-9]{3,4})\]?\s*$")
_CIKS = ("CENTRAL INDEX KEY", "CIK")
_CIK = re.compile(r"0*[0-9]{1,10}")
_YEAR_END = re.compile(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_HEADER_LIMIT = 200_000
_FAR = 20_000
_ENOUGH = 20
"""So many amounts make an exhibit a release with statements; below it the richest document is taken."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document of a submission: `text` without its SGML wrapping, whose first line is line `first` of the file."""

    type: str
    name: str
    text: str
    first: int


def is_submission(text: str) -> bool:
    """True where an SGML head of EDGAR stands near the top of the source."""
    return _HEAD.search(text, 0, _FAR) is not None


def release_of(file: str, text: str, most: int) -> Exhibit | None:
    """The exhibit 99 that holds the statements, else the body of the form; None where every document is binary.

    Exhibits are taken in the order of their numbers: the first with the amounts of a statement wins,
    or the one with the most amounts. Raises InputError for a submission `file` of more than `most` documents.
    """
    if sum(1 for _ in islice(_START.finditer(text), most + 1)) > most:
        raise exceeded(file, "documents", most, " in the submission")
    found = [(_rank(exhibit.type), exhibit) for exhibit in _documents(text)]
    ranked = sorted((rank, number, exhibit) for number, (rank, exhibit) in enumerate(found) if rank < _OTHER)
    counted = [(len(_AMOUNT.findall(exhibit.text)), exhibit) for _, _, exhibit in ranked]
    rich = next((exhibit for count, exhibit in counted if count >= _ENOUGH), None)
    if rich is None and counted:
        rich = max(counted, key=lambda pair: pair[0])[1]
    if rich is None and found:
        rich = found[0][1]
    return rich


_OTHER = (9, 0)


def _rank(kind: str) -> tuple[int, int]:
    """Exhibits 99 by their number, then the form's body; all else is no release."""
    exhibit = _EXHIBIT.fullmatch(kind)
    if exhibit:
        digits = re.match(r"\d+", exhibit[1] or "")
        return (0, int(digits[0]) if digits else 0)
    return (1, 0) if _FORMS.match(kind) else _OTHER


def _documents(text: str) -> Iterator[Exhibit]:
    """The documents in order, without those that carry an encoded file."""
    line, counted = 1, 0
    at = _START.search(text)
    while at:
        following = _START.search(text, at.end())
        closed = _END.search(text, at.end(), following.start() if following else len(text))
        stop = closed.start() if closed else following.start() if following else len(text)
        opened = _TEXT.search(text, at.end(), stop)
        begin = opened.end() if opened else at.end()
        wrapper = _WRAPPER.match(text, begin, stop)
        begin = wrapper.end() if wrapper else begin
        if not _ENCODED.match(text, begin, min(stop, begin + 400)):
            ends = _TEXT_END.search(text, begin, stop)
            line += text.count("\n", counted, begin)
            counted = begin
            tags = {m[1]: m[2].strip() for m in _TAG.finditer(text, at.end(), opened.start() if opened else at.end())}
            body = text[begin : ends.start() if ends else stop]
            yield Exhibit(tags.get("TYPE", ""), tags.get("FILENAME", ""), body, line)
        at = following


def header_of(text: str) -> Header:
    """Who filed, what for, and when, from the header in either of its forms (labels or SGML tags).

    The first filer counts; `state` is that of the business address. A CIK or year end that can be none is left out.
    """
    stop = _START.search(text)
    head = text[: min(stop.start() if stop else len(text), _HEADER_LIMIT)]
    fields: dict[str, str] = {}
    items: list[str] = []
    filers: list[str] = []
    for match in _FIELD.finditer(head):
        name, value = match[1] or match[2].strip(), match[3]
        if name in ("ITEM INFORMATION", "ITEMS"):
            items.append(value)
        elif value:
            fields.setdefault(name, value)
        if name in _CIKS and _CIK.fullmatch(value):
            filers.append(value[-10:].zfill(10))

    def first(*names: str) -> str:
        return next((fields[name] for name in names if name in fields), "")

    sic = _SIC.search(first("STANDARD INDUSTRIAL CLASSIFICATION", "ASSIGNED-SIC"))
    cik, year_end = first(*_CIKS), first("FISCAL YEAR END", "FISCAL-YEAR-END")
    return Header(
        cik=cik[-10:].zfill(10) if _CIK.fullmatch(cik) else "",
        name=first("COMPANY CONFORMED NAME", "CONFORMED-NAME"),
        sic=sic[1] if sic else "",
        fiscal_year_end=year_end if _YEAR_END.fullmatch(year_end) else "",
        form=first("CONFORMED SUBMISSION TYPE", "FORM TYPE", "TYPE"),
        period=_day(first("CONFORMED PERIOD OF REPORT", "PERIOD")),
        filed=_day(first("FILED AS OF DATE", "FILING-DATE")),
        items=tuple(items),
        state=first("STATE"),
        filers=tuple(filers),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 8 else None
    except ValueError:
        return None
