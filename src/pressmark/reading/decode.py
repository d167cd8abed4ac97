"""Turns the bytes of a source into text, once: byte order marks, UTF-8, UTF-16, a declared charset, Windows-1252."""

from __future__ import annotations

import codecs
import re

from pressmark.errors import InputError

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


def decode(file: str, data: bytes) -> str:
    """The text of `data`; line ends become newlines.

    The ladder: a byte order mark; UTF-16 told by where its zero bytes stand; UTF-8; the charset that an
    HTML or XML source declares; Windows-1252, or Latin-1 where a byte means nothing in that.
    Raises InputError for bytes that are no text.
    """
    text = _decode(file, data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise InputError(file, f"zero bytes: {_kind(data)}", _MEND)
    return text.removeprefix("\ufeff")


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
        return _single_byte(data)


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


def _single_byte(data: bytes) -> str:
    declared = _CHARSET.search(data[:_SAMPLE])
    names = [declared[1].decode("ascii")] if declared else []
    for name in (*names, "cp1252"):
        try:
            if codecs.lookup(name).name not in ("utf-8", "utf-16", "iso8859-1", "ascii"):
                return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")
