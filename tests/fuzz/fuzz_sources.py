"""Sources for fuzzing: releases of made-up companies and the two samples, and strategies that damage them."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

TOP = Path(__file__).resolve().parents[2]
FOUND = TOP / "tests" / "fixtures" / "fuzz"

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"


def profile(quick: int, long: int) -> settings:
    """So many examples: always the same few in the test run, new ones each time under `make fuzz`."""
    return settings(
        max_examples=long if LONG else quick,
        deadline=None,
        derandomize=not LONG,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


STATEMENTS = """\
AKRON, Ohio, May 6, 2031 /PRNewswire/ -- Pelham Corporation (Nasdaq: PLHM) today reported net income of $1.2 million,
or $.12 per share, on revenues of $19.4 million for the quarter ended March 31, 2031.

                          PELHAM CORPORATION
            CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS
              (in thousands, except per share amounts)

                                        Three Months Ended
                                             March 31,
                                        2031          2030
                                      --------      --------
Net sales                             $ 19,433      $ 18,466
Cost of sales                           12,411        12,050
                                      --------      --------
   Gross profit                          7,022         6,416
Operating expenses:
   Research and development              2,100         1,990
   Selling, general and
     administrative                      3,355         3,201
                                      --------      --------
Income before income taxes               1,567         1,225
Provision (benefit) for taxes              367          (25)
                                      --------      --------
Net income                            $  1,200      $  1,250
                                      ========      ========
Net income per share:
   Basic                              $   0.12      $   0.13
   Diluted                            $   0.11      $   0.12

            CONDENSED CONSOLIDATED BALANCE SHEETS
                                      March 31,     December 31,
                                        2031          2030
Cash and cash equivalents             $  5,000      $  4,000
Accounts receivable, net of allowance
  of $22 and $35                         3,000         2,500
                                      --------      --------
Total assets                          $  8,000      $  6,500
                                      ========      ========
Accounts payable                      $  1,000      $    900
Common stock, par value $.001; 1,000
  shares authorized; 305.2 and 304.0
  issued                                     3             3
Retained earnings                        6,997         5,597
                                      --------      --------
Total liabilities and equity          $  8,000      $  6,500
                                      ========      ========

            CONDENSED CONSOLIDATED STATEMENTS OF CASH FLOWS
                                        Three Months Ended
                                             March 31,
                                        2031          2030
Net income                            $  1,200      $  1,250
Depreciation                               300           250
Change in receivables                     (500)         (100)
Net cash provided by operations          1,000         1,400
Cash at beginning of period              4,000         2,600
Cash at end of period                 $  5,000      $  4,000
"""

_ROW = re.compile(r"^( *)(.*?) {2,}(.+)$")


def _marked_up(text: str) -> str:
    """The text's lines as rows of tables and paragraphs."""
    out, open_ = [], False
    for line in text.split("\n"):
        row = _ROW.match(line)
        if row and not open_:
            out.append("<table border=0>")
        if not row and open_:
            out.append("</table>")
        open_ = row is not None
        if row is None:
            out.append(f"<p>{line}</p>")
            continue
        cells = "".join(f"<td align=right>{cell}</td>" for cell in re.split(r" {2,}", row[3]))
        out.append(f'<tr><td style="padding-left:{len(row[1])}px">{row[2]}</td>{cells}</tr>')
    return "<html><body>\n" + "\n".join(out) + ("\n</table>" if open_ else "") + "\n</body></html>"


def submission(body: str) -> str:
    """The body as the exhibit of an EDGAR submission."""
    return (
        "<SEC-DOCUMENT>0000000000-31-000001.txt : 20310506\n<SEC-HEADER>0000000000-31-000001.hdr.sgml : 20310506\n"
        "CONFORMED SUBMISSION TYPE:\t8-K\nCONFORMED PERIOD OF REPORT:\t20310506\nITEM INFORMATION:\t\tResults\n"
        "FILED AS OF DATE:\t\t20310506\nFILER:\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\t\t\tPELHAM CORP\n"
        "\t\tCENTRAL INDEX KEY:\t\t\t0000123456\n\t\tFISCAL YEAR END:\t\t\t1231\n</SEC-HEADER>\n"
        "<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\nForm 8-K\n</TEXT>\n</DOCUMENT>\n"
        f"<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>ex99.txt\n<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>\n"
    )


@cache
def seeds() -> tuple[str, ...]:
    """What is damaged: a made-up release in three forms, the fixtures of the readers, the samples."""
    page = _marked_up(STATEMENTS)
    made_up = (STATEMENTS, page, submission(STATEMENTS), submission(page))
    folders = [TOP / "samples", *(TOP / "tests" / "fixtures" / name for name in ("html", "layout"))]
    paths = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".htm")]
    return (*made_up, *(path.read_text(encoding="utf-8", errors="replace") for path in paths))


NUMBERS = (
    *("1,234", "(5)", "(5", "5)", "-", "—", "--", "$", "$(12.5)", "(1.5)%", "1.234,56", "1 234", "12-"),
    *("12 CR", "NM", "n/a", "0", "0.00", "½", "12½", "1,23,4", "9" * 40, "1e9", "+5", "−7", "\u0663\u0664"),
    *("\uff11\uff12", "²", ".5", "5.", "$.12", "1/2", "2031", "1999", "(2031)", "$-5", "-$5", "- 5", "( 5 )"),
    *("<5>", "1,234,567,890,123", "0.0000001", "(a)", "*", "%", "2.2 and 3.5", "5,000 shares", "$ in billions"),
    *("3/31/31", "31/12/2030", "00", "1,2345", "\u0661\u0662\u0663", "∞", "1.2.3"),
)
WORDS = (
    *("Three Months Ended", "March 31,", "Six Months Ended June 30", "Thirteen weeks ended"),
    *("February 29, 2031", "2031", "Year Ended December 31, 9999", "January 1, 0001", "Q5 FY99"),
    *("53 weeks ended January 0,", "Net income", "Total", "BALANCE SHEETS", "STATEMENTS OF CASH FLOWS"),
    *("STATEMENTS OF OPERATIONS", "(in millions, except per share data)", "pro forma", "Net loss per share"),
    *("par value $.001; 1,000 shares authorized; 305.2 and 304.0 issued", "(benefit)"),
    *("net of allowance of $2.2 and $3.5", "Cash at beginning of period"),
    *("For the quarter ended March 31, 2031, net", "revenues of $5.2 billion, up 5% from $4.9 billion,"),
    *("AKRON, Ohio, Feb. 30, 2031 /PRNewswire/ --", "(continued)", "-----", "=====", "_____", "......"),
    *("(NYSE: X)", "(Nasdaq: )", "/PRNewswire/ --", "thousands", "EUR", "Note 3"),
)
TAGS = (
    *("<PAGE>", "<TABLE>", "</TABLE>", "<CAPTION>", "<S>", "<C>", "<S>   <C>   <C>", "<PRE>", "</PRE>", "<FN>"),
    *("<DOCUMENT>", "</DOCUMENT>", "<TEXT>", "</TEXT>", "<TYPE>EX-99.1", "<TYPE>EX-99.9999999999", "<TYPE>"),
    *("<PDF>", "<SEC-HEADER>", "</SEC-HEADER>", "CENTRAL INDEX KEY: x", "FISCAL YEAR END: 9999"),
    *("FISCAL YEAR END:  0229", "CONFORMED PERIOD OF REPORT: 20310230", "FILED AS OF DATE: 00000000"),
    *("CENTRAL INDEX KEY:\t\t0000000000000", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>"),
    *("<td colspan=3>", "<td rowspan=7>", "<div>", "</div>", "<td colspan=999999999 rowspan=999999999>"),
    *("<td colspan=-1>", "<td rowspan=0>", "<table><tr><td>", "<p>", "<br>"),
    *("<div style='position:absolute;left:5px;top:9px'>", "<span style='float:left;width:9px'>", "<td hidden>"),
    *("<hr>", "<div style='display:none'>", "<sup>", "</sup>", "<ix:nonFraction scale='6'>"),
    *("</ix:nonFraction>", "<ix:hidden>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>"),
    *("<?xml version='1.0'?>", "<script>", "<style>", "&nbsp;", "&#160;", "&#0;", "&#x110000;", "&#xD800;"),
    *("&amp;", "&lt;", "&bogus;", "&#8212;", "&frac12;", "<", ">", "<td style='padding-left:1e99px'>"),
    *("<td style='text-indent:-9999999px'>", "<font size=99>", "</html>", "<body>"),
)
CHARACTERS = (
    *("\x00", "\t", "\r", "\x0c", "\x0b", "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200f", "\u202e"),
    *("\u2066", "\u2028", "\u2029", "\u0301", "\ufeff", "\ufffd", "\ufffe", "\ue000", "\U0001f4c8"),
    *("\U0010ffff", "ſ", "İ", "ß", "\ufb01", "–", "—", "−", "‐", "’", "“", "€", "£", "¥", "½", " " * 200),
    *("\n" * 30, "\u3000", "Ǆ", "\u0e33", "\u05d0", "\u1680"),
)

_TOKEN = re.compile(r"[\d,.]+|[A-Za-z]+|[^\s\w]")


def _delete(lines: list[str], at: int, second: int, _: str) -> None:
    del lines[at : at + 1 + second % 4]


def _double(lines: list[str], at: int, second: int, _: str) -> None:
    lines[at:at] = lines[at : at + 1 + second % 9]


def _swap(lines: list[str], at: int, second: int, _: str) -> None:
    other = second % len(lines)
    lines[at], lines[other] = lines[other], lines[at]


def _join(lines: list[str], at: int, _: int, __: str) -> None:
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def _cut(lines: list[str], at: int, second: int, _: str) -> None:
    if second % 5 == 0:
        lines[at:] = [lines[at][: second % (len(lines[at]) + 1)]]


def _replace(lines: list[str], at: int, second: int, part: str) -> None:
    tokens = list(_TOKEN.finditer(lines[at]))
    if tokens:
        token = tokens[second % len(tokens)]
        lines[at] = lines[at][: token.start()] + part + lines[at][token.end() :]


def _insert(lines: list[str], at: int, second: int, part: str) -> None:
    column = second % (len(lines[at]) + 1)
    lines[at] = lines[at][:column] + part + lines[at][column:]


def _line(lines: list[str], at: int, second: int, part: str) -> None:
    lines.insert(at, " " * (second % 60) + part)


def _shift(lines: list[str], at: int, second: int, _: str) -> None:
    column = second % (len(lines[at]) + 1)
    lines[at] = lines[at][:column] + " " * (second % 17) + lines[at][column + second % 3 :]


def _flip(lines: list[str], at: int, second: int, _: str) -> None:
    column = second % (len(lines[at]) + 1)
    lines[at] = lines[at][:column] + chr(1 + second % 0x2FFF) + lines[at][column + 1 :]


def _block(lines: list[str], at: int, second: int, _: str) -> None:
    other = seeds()[second % len(seeds())].split("\n")
    begin = second % len(other)
    lines[at:at] = other[begin : begin + 25]


def _repeat(lines: list[str], at: int, second: int, part: str) -> None:
    lines[at] += (part + " ") * (second % 40)


CHANGES = {
    each.__name__.strip("_"): each
    for each in (_delete, _double, _swap, _join, _cut, _replace, _insert, _line, _shift, _flip, _block, _repeat)
}

Mutation = tuple[str, int, int, str]

_PARTS = st.one_of(*(st.sampled_from(each) for each in (NUMBERS, WORDS, TAGS, CHARACTERS)), st.text(max_size=6))
_PLACE = st.integers(0, 1 << 20)
mutations = st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), _PLACE, _PLACE, _PARTS), min_size=1, max_size=12)


def damaged(text: str, changes: list[Mutation]) -> str:
    """The text after the changes, each at a place that two numbers give."""
    for kind, first, second, part in changes:
        lines = text.split("\n")
        CHANGES[kind](lines, first % len(lines), second, part)
        text = "\n".join(lines)
    return text
