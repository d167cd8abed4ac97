"""Reads the text layer of a PDF into printed lines in which columns keep their place."""

from __future__ import annotations

import ctypes
from typing import Any

from pressmark.errors import InputError, UsageError
from pressmark.reading.document import Block, Lines
from pressmark.reading.html_place import Word, lay_out
from pressmark.reading.limits import DEFAULT, Limits, exceeded
from pressmark.span import Span, Text

_SOFT, _HYPHEN = 0x2, 0x2D
"""What PDFium gives for a hyphen at the end of a line, and the hyphen."""

_GAP = 0.3
"""A gap wider than this part of the type size parts two words."""


def parse_pdf(file: str, data: bytes, limits: Limits = DEFAULT) -> tuple[Block, ...]:
    """One `Lines` block a page, the page's printed lines from top to bottom with an empty line after it.

    A span's line counts printed lines through the whole document, its path is "page/N", its columns are
    those of the laid-out line. Raises UsageError where the optional PDF library is missing, InputError
    for a PDF that is damaged, encrypted, without text, or beyond the limits.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise UsageError(
            file, "reading PDF needs an optional library", "install it: pip install 'pressmark[pdf]'"
        ) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(file, str(error)) from error
    try:
        return _blocks(file, document, limits)
    except pypdfium2.PdfiumError as error:
        raise _refused(file, str(error)) from error
    finally:
        document.close()


def _refused(file: str, cause: str) -> InputError:
    if "password" in cause.lower() or "security" in cause.lower():
        return InputError(file, "the PDF is encrypted", "save it without a password")
    return InputError(file, f"not a readable PDF ({cause.rstrip('.')})", "save it anew, or as HTML or text")


def _blocks(file: str, document: Any, limits: Limits) -> tuple[Block, ...]:  # noqa: ANN401
    pages = len(document)
    if pages > limits.pages:
        raise exceeded(file, "pages", limits.pages)
    read: list[list[Word]] = []
    characters = 0
    for number in range(1, pages + 1):
        page = document[number - 1]
        try:
            words, count = _words(page, Span(file, 1, path=f"page/{number}"), limits.characters)
        finally:
            page.close()
        characters += count
        if characters > limits.characters:
            raise exceeded(file, "characters", limits.characters)
        if words:
            read.append(words)
    if not read:
        raise InputError(file, "a PDF without text, only pictures", "run a text recognition on it or find it as HTML")
    blocks: list[Block] = []
    line = 1
    for lines in lay_out(read):
        blocks.append(Lines(_numbered(lines, line)))
        line += len(lines) + 1
    return tuple(blocks)


def _numbered(lines: tuple[Text, ...], first: int) -> tuple[Text, ...]:
    """The lines with their numbers through the document, and an empty one at the end."""
    placed = [
        Text(text.text, Span(text.span.file, first + i, 1, len(text.text) + 1, text.span.path))
        for i, text in enumerate(lines)
    ]
    last = placed[-1].span
    return (*placed, Text("", Span(last.file, last.line + 1, 1, 1, last.path)))


def _words(page: Any, span: Span, most: int) -> tuple[list[Word], int]:  # noqa: ANN401
    """The words of a page with their boxes (tops grow downwards, in pt), and the number of its characters."""
    from pypdfium2 import raw

    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > most:
            return [], count
        height = page.get_height()
        left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
        words: list[Word] = []
        run, box = "", [0.0, 0.0, 0.0]
        for i in range(count):
            code = raw.FPDFText_GetUnicode(text.raw, i)
            code = _HYPHEN if code == _SOFT else code
            letter = chr(code) if 32 < code < 0x110000 and not 0xD800 <= code < 0xE000 and code != 0xA0 else ""
            known = letter and raw.FPDFText_GetCharBox(text.raw, i, left, right, bottom, top)
            if not known:
                words.extend(_word(run, box, span))
                run = ""
                continue
            size = raw.FPDFText_GetFontSize(text.raw, i) or 10.0
            raw.FPDFText_GetCharOrigin(text.raw, i, x, y)
            base = height - y.value
            apart = left.value - box[1] > _GAP * size or left.value < box[0] or abs(base - box[2]) > size * 0.6
            if run and apart:
                words.extend(_word(run, box, span))
                run = ""
            if not run:
                box = [left.value, right.value, base]
            run += letter
            box[1] = max(box[1], right.value)
        words.extend(_word(run, box, span))
        return words, count
    finally:
        text.close()


def _word(run: str, box: list[float], span: Span) -> list[Word]:
    return [Word(box[0], box[1], box[2], Text(run, span))] if run else []
