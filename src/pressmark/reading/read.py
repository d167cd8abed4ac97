"""Reads a release from a file or standard input: tells what it is and hands it to the reader of that form."""

from __future__ import annotations

import re
import sys
from itertools import islice
from pathlib import Path
from stat import S_ISDIR

from pressmark.errors import InputError
from pressmark.finding import Finding
from pressmark.reading.decode import decoded
from pressmark.reading.document import Block, Document, Form, Header, Lines, Source
from pressmark.reading.limits import DEFAULT, Limits, exceeded
from pressmark.reading.submission import header_of, is_submission, release_of
from pressmark.reading.text import parse_text

STDIN = "-"
_MEND = "give the release as text, HTML, PDF or an EDGAR submission"
_TAG = re.compile(r"<(?:!doctype\s+html|html|body|head|div|p|td|tr|font|span|br)\b[^<>]*>", re.IGNORECASE)
_MOST_HEAD = 20_000


def read_document(source: Path | str, data: bytes | None = None, limits: Limits = DEFAULT) -> Document:
    """The release in `source` ("-": standard input), or in `data`, which `source` then names.

    PDF, EDGAR submissions, HTML and text are told apart by their content. Spans count the lines of the
    file itself, also inside a submission. Raises InputError for a source that is missing, empty, a
    directory, binary, or beyond one of the `limits`.
    """
    file = "stdin" if str(source) == STDIN else str(source)
    content = _bytes(file, source, limits.bytes) if data is None else data
    if len(content) > limits.bytes:
        raise exceeded(file, "bytes", limits.bytes)
    if not content or content.isspace():
        raise InputError(file, "empty", "give a release with text in it")
    if b"%PDF-" in content[:1024]:
        from pressmark.reading.pdf import parse_pdf

        blocks = parse_pdf(file, content, limits)
        printed = "\n".join(line.text for block in blocks if isinstance(block, Lines) for line in block.lines)
        return _document(file, blocks, Header(), Source(printed, Form.PDF))
    text, findings = decoded(file, content)
    header, first = Header(), 1
    if is_submission(text):
        header = header_of(text)
        exhibit = release_of(file, text, limits.documents)
        if exhibit is None:
            raise InputError(file, "a submission without a readable document", "give the complete submission")
        text, first = exhibit.text, exhibit.first
    if len(text) >= limits.lines and text.count("\n") >= limits.lines:
        raise exceeded(file, "lines", limits.lines)
    if not _is_html(text):
        return _document(file, parse_text(file, text, first), header, Source(text, Form.TEXT, first), findings)
    from pressmark.reading.html import read_html

    blocks, tree = read_html(file, text, limits, first)
    return _document(file, blocks, header, Source(text, Form.HTML, first, tree), findings)


def _is_html(text: str) -> bool:
    """True for markup; EDGAR's own marks in text (`<PAGE>`, `<TABLE>`, `<S>`, `<C>`, `<PRE>`) don't make it HTML."""
    tags = sum(1 for _ in islice(_TAG.finditer(text, 0, _MOST_HEAD), 3))
    return tags > 2 or (tags > 0 and text.lstrip()[:1] == "<")


def _document(
    file: str, blocks: tuple[Block, ...], header: Header, source: Source, findings: tuple[Finding, ...] = ()
) -> Document:
    if not blocks:
        raise InputError(file, "no text in it", _MEND)
    return Document(file, blocks, header, findings, source)


def _bytes(file: str, source: Path | str, most: int) -> bytes:
    if str(source) == STDIN:
        return sys.stdin.buffer.read(most + 1)
    path = Path(source)
    try:
        state = path.stat()
        if S_ISDIR(state.st_mode):
            raise InputError(file, "a folder, not a release", "name the files in it")
        size = state.st_size
        if size > most:
            raise exceeded(file, "bytes", most)
        with path.open("rb") as opened:
            content = opened.read(size + 1)  # to read `most` would take as much memory for a moment
            return content if len(content) <= size else content + opened.read(most - size)
    except FileNotFoundError:
        raise InputError(file, "no such file", "check the path") from None
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(file, f"can't be read ({cause})", "check the path and its permissions") from None
