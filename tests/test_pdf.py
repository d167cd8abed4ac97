"""PDF text layers become printed lines whose columns line up; what can't be read is refused in bounded time."""

from __future__ import annotations

import builtins
import sys
from contextlib import suppress
from typing import Any

import pytest

from bounds import bounded
from pressmark.errors import InputError, UsageError
from pressmark.reading.document import Lines
from pressmark.reading.pdf import parse_pdf

pytest.importorskip("pypdfium2", reason="the optional extra 'pdf' is not installed")

Item = tuple[float, float, str]

DIGIT = 0.556
"""The width of a digit of Helvetica, in parts of the type size."""


def pdf(*pages: list[Item], extra: str = "", kids: str = "", trailer: str = "") -> bytes:
    """A PDF of text items (x, y from the top, text) in Helvetica 10; `kids` replaces the list of pages."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    numbers = []
    for items in pages:
        content = "BT /F 10 Tf\n"
        for x, y, text in items:
            shown = text.replace("\\", "\\\\").replace("(", r"\(").replace(")", r"\)")
            content += f"1 0 0 1 {x} {792 - y} Tm ({shown}) Tj\n"
        content += "ET"
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        )
        numbers.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{kids or ' '.join(numbers)}]/Count {len(pages)}>>"
    if extra:
        objects.append(extra)
    body, offsets = "%PDF-1.4\n", []
    for i, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{i} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\n"
    end += f"startxref\n{len(body)}\n%%EOF"
    return (body + end).encode("latin-1")


def right(edge: float, y: float, text: str) -> Item:
    """A number set flush right."""
    narrow = sum(c in ",.()" for c in text)
    return (edge - 10 * (DIGIT * (len(text) - narrow) + 0.3 * narrow), y, text)


def statement() -> list[Item]:
    rows = [
        ("Net sales", "12,500", "11,300"),
        ("Cost of goods sold", "(7,000)", "(6,500)"),
        ("Profit", "5,500", "4,800"),
    ]
    items: list[Item] = [(72, 60, "QUILLON MILLS, INC."), (300, 90, "2031"), (400, 90, "2030")]
    for i, (label, *values) in enumerate(rows):
        y = 110 + 14 * i
        items += [(72, y, label), *(right(edge, y, value) for edge, value in zip((330, 430), values, strict=True))]
    return items


def lines_of(data: bytes) -> list[str]:
    return [line.text for block in parse_pdf("made-up.pdf", data) if isinstance(block, Lines) for line in block.lines]


def test_columns_line_up() -> None:
    lines = [line for line in lines_of(pdf(statement())) if line]
    assert [" ".join(line.split()) for line in lines] == [
        "QUILLON MILLS, INC.", "2031 2030", "Net sales 12,500 11,300", "Cost of goods sold (7,000) (6,500)",
        "Profit 5,500 4,800",
    ]  # fmt: skip
    ends = {
        line.index(number) + len(number.rstrip(")"))
        for line, number in zip(lines[2:], ("12,500", "(7,000)", "5,500"), strict=True)
    }
    assert max(ends) - min(ends) <= 1


def test_spans_count_lines_through_the_pages() -> None:
    blocks = parse_pdf("made-up.pdf", pdf(statement(), [(72, 60, "Second page")]))
    spans = [line.span for block in blocks if isinstance(block, Lines) for line in block.lines]
    assert [span.line for span in spans] == list(range(1, len(spans) + 1))
    assert {span.path for span in spans} == {"page/1", "page/2"}


def test_a_pdf_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="without text"):
        parse_pdf("made-up.pdf", pdf([]))


def test_a_damaged_pdf_is_refused() -> None:
    for data in (b"%PDF-1.4\n" + bytes(range(256)) * 50, b"%PDF-", pdf(statement())[:300]):
        with pytest.raises(InputError):
            parse_pdf("made-up.pdf", data)


def test_a_cyclic_page_tree_ends() -> None:
    for kids in ("2 0 R", "2 0 R 2 0 R 5 0 R", "6 0 R 5 0 R"):
        cycle = "<</Type/Pages/Parent 2 0 R/Kids[2 0 R 6 0 R]/Count 1000000>>"
        with bounded(10), suppress(InputError):
            parse_pdf("made-up.pdf", pdf(statement(), kids=kids, extra=cycle))


def test_a_page_tree_that_claims_too_many_pages_ends() -> None:
    with bounded(10):
        assert lines_of(pdf(statement()).replace(b"/Count 1>>", b"/Count 9999999>>"))


def test_an_encrypted_pdf_is_refused() -> None:
    secret = f"<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
    data = pdf(statement(), extra=secret, trailer="/Encrypt 6 0 R/ID[<00><00>]")
    with pytest.raises(InputError, match="encrypted"):
        parse_pdf("made-up.pdf", data)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pypdfium2"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "pypdfium2", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'pressmark\[pdf\]'"):
        parse_pdf("made-up.pdf", pdf(statement()))
