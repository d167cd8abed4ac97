"""Sources as bytes: encodings, forms, EDGAR submissions, and what is refused in one line."""

from __future__ import annotations

import io
from datetime import date
from types import SimpleNamespace

import pytest

from pressmark.errors import InputError
from pressmark.reading.document import Lines
from pressmark.reading.limits import DEFAULT, Limits
from pressmark.reading.read import read_document
from pressmark.reading.submission import header_of
from pressmark.tables.find import find_tables

RELEASE = """\
Brightwater Inc. — Société “Example” reports £5 million

                        2004        2003
Net sales            $ 1,234     $ 1,111
Cost of sales            234         211
"""


def lines(document):
    (block,) = document.blocks
    assert isinstance(block, Lines)
    return [line.text for line in block.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_are_told_apart(encoding, newline):
    data = RELEASE.replace("\n", newline).encode(encoding)
    assert lines(read_document("t.txt", data))[:4] == RELEASE.split("\n")[:4]


def test_latin_1_bytes_without_meaning_in_windows_1252_are_kept_apart():
    assert lines(read_document("t.txt", b"caf\xe9 \x81 1,234"))[0] == "café   1,234"


def test_a_stray_byte_in_utf_8_is_told_and_spoils_nothing_else():
    data = "Société “Example”\r\nreports © £5 million".encode().replace("©".encode(), b"\xa9")
    document = read_document("t.txt", data)
    assert lines(document) == ["Société “Example”", "reports © £5 million"]
    (found,) = document.findings
    assert (found.code, str(found.span)) == ("release.bytes", "t.txt:2:9")
    assert "1 byte is no UTF-8" in found.message
    assert "0xA9" in found.message


@pytest.mark.parametrize("name", ["windows-1252", "utf-8", "nonsense"])
def test_a_stray_byte_is_told_whatever_western_charset_is_declared(name):
    data = f'<html><head><meta charset="{name}"></head><body><p>caffè latté</p></body></html>'.encode()
    document = read_document("t.htm", data.replace(b"latt", b"\x92"))
    assert document.blocks[0].text.text == "caffè ’é"
    assert [one.code for one in document.findings] == ["release.bytes"]


def test_windows_1252_that_looks_like_utf_8_in_one_place_stays_what_it_is():
    data = "naïve café, Zürich: Ã©".encode("cp1252")
    document = read_document("t.txt", data)
    assert lines(document) == ["naïve café, Zürich: Ã©"]
    assert not document.findings


def test_a_declared_charset_is_honoured():
    data = '<html><head><meta charset="shift_jis"></head><body><p>売上高</p></body></html>'.encode("shift_jis")
    (block,) = read_document("t.htm", data).blocks
    assert block.text.text == "売上高"


def test_tabs_no_break_spaces_and_form_feeds_are_columns():
    document = read_document("t.txt", "a\tb\u00a0c\n\fd\u200be  \n".encode())
    assert lines(document) == ["a       b c", " de", ""]
    assert [line.span.line for line in document.blocks[0].lines] == [1, 2, 3]


def test_characters_that_edgar_escaped_are_those_they_stand_for():
    assert lines(read_document("t.txt", b"R&amp;D &lt;5&gt; AT&T &#8212; &#x; Q&A;"))[0] == "R&D <5> AT&T — &#x; Q&A;"


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(RELEASE.encode())))
    document = read_document("-")
    assert document.file == "stdin"
    assert len(find_tables(document)) == 1


HEADER = """\
<SEC-DOCUMENT>0000000000-03-000001.txt : 20030729
<SEC-HEADER>0000000000-03-000001.hdr.sgml : 20030729
CONFORMED SUBMISSION TYPE:	8-K
CONFORMED PERIOD OF REPORT:	20030728
ITEM INFORMATION:		Results of Operations and Financial Condition
ITEM INFORMATION:		Financial statements and exhibits
FILED AS OF DATE:		20030729

FILER:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			BRIGHTWATER INC
		CENTRAL INDEX KEY:			0000123456
		STANDARD INDUSTRIAL CLASSIFICATION:	SEMICONDUCTORS & RELATED DEVICES [3674]
		STATE OF INCORPORATION:			DE
		FISCAL YEAR END:			0630

	BUSINESS ADDRESS:
		STATE:			CA
</SEC-HEADER>
"""


def document_of(kind: str, body: str) -> str:
    return f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>a.txt\n<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>\n"


STATEMENT = "        2004     2003\n" + "Net sales   $ 1,234  $ 1,111\n" * 12


def test_a_submission_gives_the_exhibit_with_its_own_line_numbers():
    text = (
        HEADER
        + document_of("8-K", "                FORM 8-K\nItem 12. Results")
        + document_of("GRAPHIC", "begin 644 a.jpg\nM_]C_X  02D9)1@ ! 0$\nend")
        + document_of("EX-99.2", "Slides\n" + STATEMENT * 3)
        + document_of("EX-99.1", "The release\n" + STATEMENT)
    )
    document = read_document("s.txt", text.encode())
    first = document.blocks[0].lines[0]
    assert first.text == "The release"
    assert text.split("\n")[first.span.line - 1] == "The release"
    header = document.header
    assert (header.cik, header.name, header.sic) == ("0000123456", "BRIGHTWATER INC", "3674")
    assert header.filers == ("0000123456",)
    assert (header.fiscal_year_end, header.form, header.state) == ("0630", "8-K", "CA")
    assert (header.period, header.filed) == (date(2003, 7, 28), date(2003, 7, 29))
    assert header.items == ("Results of Operations and Financial Condition", "Financial statements and exhibits")


def test_a_release_in_the_form_itself_is_found():
    text = HEADER + document_of("8-K", STATEMENT) + document_of("EX-99.1", "A bare letter.")
    assert lines(read_document("s.txt", text.encode()))[1].startswith("Net sales")


def test_html_in_a_submission_counts_the_lines_of_the_file():
    body = "<html><body>\n<p>Brightwater reports</p>\n</body></html>"
    text = HEADER + document_of("EX-99.1", body)
    (block,) = read_document("s.txt", text.encode()).blocks
    assert text.split("\n")[block.text.span.line - 1] == "<p>Brightwater reports</p>"


def test_a_tagged_header_is_read():
    header = header_of(
        "<SUBMISSION>\n<TYPE>8-K\n<PERIOD>20240412\n<ITEMS>2.02\n<ITEMS>9.01\n<FILING-DATE>20240418\n"
        "<FILER>\n<CONFORMED-NAME>BRIGHTWATER INC\n<CIK>123456\n<ASSIGNED-SIC>3674\n<FISCAL-YEAR-END>0630\n<STATE>CA\n"
    )
    assert header.cik == "0000123456"
    assert header.items == ("2.02", "9.01")
    assert (header.form, header.sic, header.period) == ("8-K", "3674", date(2024, 4, 12))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"PK\x03\x04\x14\0\0\0", "zip archive"),
        (b"\x1f\x8b\x08\0\0", "gzip"),
        (b"A release\0 with a zero byte in it", "binary"),
        (bytes(range(1, 32)) * 40, "binary"),
        (b"\xff\xfeA\0B", "damaged UTF-16-LE"),
        (b"\xff\xfe\0\0A\0\0\0\0\0\0\0", "zero bytes"),
        (HEADER.encode(), "submission"),
        (b"<html><body></body></html>", "no text"),
        (b" " * (DEFAULT.bytes + 1), "more than 67,108,864 bytes"),
    ],
)
def test_what_is_no_release_is_refused_in_one_line(data, cause):
    with pytest.raises(InputError) as refused:
        read_document("the-file.txt", data)
    message = str(refused.value)
    assert message.startswith("the-file.txt: ")
    assert cause in message
    assert "\n" not in message


def test_missing_files_and_folders_are_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "missing.txt")
    with pytest.raises(InputError, match="folder"):
        read_document(tmp_path)
    with pytest.raises(InputError, match="can't be read"):
        read_document("a\0b")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(InputError, match="more than 67,108,864 bytes"):
        read_document(path)


def test_standard_input_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"x" * 11)))
    with pytest.raises(InputError, match="more than 10 bytes"):
        read_document("-", limits=Limits(bytes=10))
