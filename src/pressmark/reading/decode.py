"""Turns the bytes of a source into text, once: byte order marks, UTF-8, UTF-16, a declared charset, Windows-1252.

A few bytes that are no UTF-8 in a text that otherwise is are read as Windows-1252, and told.
"""

from __future__ import annotations

import codecs
import re

from pressmark.errors import InputError
from pressmark.finding import Finding, finding
from pressmark.span import Span

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "a rich text document"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "a database"),
)
_MEND = "give the release as text, HTML, PDF or an EDGAR submission"
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""")
_CONTROL = bytes((*range(0x01, 0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F))
_SAMPLE = 1 << 16
_CONTROL_SHARE = 0.005
# Charsets whose declaration decides nothing here.
_WESTERN = ("utf-8", "utf-16", "iso8859-1", "cp1252", "ascii")
# How a byte that is no UTF-8 stands in a text that was decoded with "surrogateescape".
_STRAY = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")


def decoded(file: str, data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """The text of `data`, and what is to be said of its bytes; line ends become newlines.

    The ladder: a byte order mark; UTF-16 told by where its zero bytes stand; UTF-8, also with fewer bytes that are none
    than characters that are; the charset that an HTML or XML source declares; Windows-1252, or Latin-1 where a byte
    means nothing in that. Raises InputError for bytes that are no text.
    """
    text = _decode(file, data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise InputError(file, f"zero bytes: {_kind(data)}", _MEND)
    text = text.removeprefix("\ufeff")
    first = _STRAY.search(text)
    if first is None:
        return text, ()
    at = first.start()
    span = Span(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    count = sum(1 for _ in _STRAY.finditer(text))
    bytes_ = "1 byte is" if count == 1 else f"{count} bytes are"
    message = (
        f"{bytes_} no UTF-8, as the rest is, and read as Windows-1252; the first is 0x{ord(first[0]) - 0xDC00:02X}"
    )
    return _STRAY.sub(_windows, text), (finding("release.bytes", message, span),)


def _windows(stray: re.Match[str]) -> str:
    return _western(bytes([ord(stray[0]) - 0xDC00]))


def _western(data: bytes) -> str:
    """The text under Windows-1252, or where that has no such character, Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _decode(file: str, data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(file, data[len(mark) :], name)
    wide = _wide(data)
    if wide:
        return _strictly(file, data, wide)
    sample = data[:_SAMPLE]
    known = next((name for magic, name in _FORMATS if data.startswith(magic)), "")
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if known or b"\0" in data or controls > max(4, _CONTROL_SHARE * len(sample)):
        raise InputError(file, f"not a text but {known or 'binary data'}", _MEND)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf_8(data)


def _kind(data: bytes) -> str:
    return next((name for magic, name in _FORMATS if data.startswith(magic)), "binary data")


def _strictly(file: str, data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise InputError(file, f"damaged {name.upper()} text at byte {error.start}", "save it anew as UTF-8") from None


def _wide(data: bytes) -> str:
    """The UTF-16 variant of data without a mark: every second byte of Western text is then zero."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 8 or 0 not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _not_utf_8(data: bytes) -> str:
    """The text in the charset that is declared, as UTF-8 with its stray bytes marked, or in Windows-1252."""
    declared = _CHARSET.search(data[:_SAMPLE])
    if declared:
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            if name not in _WESTERN:
                return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    marked = data.decode("utf-8", "surrogateescape")
    if sum(1 for _ in _BEYOND_ASCII.finditer(marked)) > sum(1 for _ in _STRAY.finditer(marked)):
        return marked
    return _western(data)
