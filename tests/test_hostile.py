"""Sources made to do harm end in a report or in one clear error, within a bounded time and memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from bounds import run_bounded

pytest.importorskip("resource", reason="the system sets no bounds on a process")

HEAD = """\
PELHAM CORPORATION
CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS
(in thousands)
                              Three Months Ended
                                   March 31,
                              2031        2030
"""
MARKED_UP = (
    "<html><body><p>PELHAM CORPORATION</p><p>CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS</p>"
    "<p>(in thousands)</p><table><tr><td></td><td colspan=2>Three Months Ended March 31,</td></tr>"
    "<tr><td></td><td>2031</td><td>2030</td></tr>"
)
ROW = "<tr><td>Net sales</td><td>1,234</td><td>1,111</td></tr>"
ROWS = "Net sales                     1,234     1,111\nCost of sales    900   800\nNet income         334       311\n"


def written(folder: Path, *parts: str) -> Path:
    path = folder / "hostile.txt"
    path.write_text("".join(parts), encoding="utf-8")
    return path


def refused(path: Path, cause: str, *options: str, seconds: int = 20, megabytes: int = 1000) -> str:
    run = run_bounded("facts", path, *options, seconds=seconds, megabytes=megabytes)
    assert run.returncode == 3
    assert cause in run.stderr
    assert run.stderr.count("\n") == 1
    return run.stderr


def test_a_file_of_200_mb(tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert "--limit bytes=NUMBER" in refused(path, "more than 67,108,864 bytes", seconds=5, megabytes=300)


def test_200_mb_that_the_caller_lets_in(tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    refused(path, "binary data", "--limit", "bytes=300000000", megabytes=900)


def test_a_submission_of_10000_documents(tmp_path: Path) -> None:
    body = "<DOCUMENT>\n<TYPE>EX-10\n<TEXT>\nA contract.\n</TEXT>\n</DOCUMENT>\n" * 10_000
    release = f"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{HEAD}{ROWS}</TEXT>\n</DOCUMENT>\n"
    path = written(tmp_path, "<SEC-DOCUMENT>x\n", body, release)
    run = run_bounded("facts", path, "--format", "csv", seconds=20, megabytes=500)
    assert "1234000" in run.stdout
    refused(path, "more than 10,000 documents", "--limit", "documents=10000", megabytes=500)


def test_a_million_nested_tags(tmp_path: Path) -> None:
    for tag in ("<div>", "<font>", "<table><tr><td>"):
        refused(written(tmp_path, "<p>Net sales</p>", tag * 1_000_000, "5"), "more than" if "tr" in tag else "nested")


@pytest.mark.parametrize("end", ["", "]>"])
def test_an_entity_bomb(tmp_path: Path, end: str) -> None:
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{levels}{end}'
    path = written(tmp_path, bomb, MARKED_UP, ROW, "<tr><td>Cost of sales &l11;</td><td>900</td><td>800</td></tr>")
    run = run_bounded("facts", path, "--format", "csv", seconds=20, megabytes=500)
    assert run.returncode in (0, 1)
    assert "1234000" in run.stdout
    assert "haha" not in run.stdout


def test_spans_beyond_all_bounds(tmp_path: Path) -> None:
    row = "<tr><td colspan=1000000000 rowspan=1000000000>Net sales</td><td>1,234</td><td>1,111</td></tr>\n" * 300
    run = run_bounded("facts", written(tmp_path, MARKED_UP, row, "</table>"), seconds=30, megabytes=700)
    assert run.returncode in (0, 1, 3)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "markup"])
def test_a_table_of_100000_rows(tmp_path: Path, form: str) -> None:
    if form == "text":
        path = written(tmp_path, HEAD, *(f"Sales of line {i:<9}  {i:>9,}  {i + 5:>9,}\n" for i in range(100_000)))
    else:
        rows = (f"<tr><td>Sales of line {i}</td><td>{i:,}</td><td>{i + 5:,}</td></tr>\n" for i in range(100_000))
        path = written(tmp_path, MARKED_UP, *rows, "</table>")
    run = run_bounded("facts", path, "--format", "csv", seconds=300, megabytes=4000)
    assert run.returncode in (0, 1)
    assert run.stdout.count("\n") > 200_000


@pytest.mark.slow
def test_as_many_lines_as_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "The quarter was good.\n" * 100_000, HEAD, ROWS, "It closed with $5 in cash.\n" * 140_000)
    run = run_bounded("facts", path, "--format", "csv", seconds=120, megabytes=1500)
    assert "1234000" in run.stdout
    refused(written(tmp_path, "Net sales rose.\n" * 250_000), "more than 250,000 lines")


@pytest.mark.slow
def test_as_many_elements_as_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, MARKED_UP, ROW, ROW, "</table>", "<p>5" * 900_000)
    run_bounded("facts", path, seconds=300, megabytes=4000)
    path = written(tmp_path, MARKED_UP, "<tr>", "<td>1,000" * 900_000)
    run_bounded("facts", path, seconds=300, megabytes=4000)


@pytest.mark.slow
def test_a_line_of_10_mb(tmp_path: Path) -> None:
    for sentence in ("Net sales were $5.2 million in 2030. ", "Net sales were $5.2 million "):
        path = written(tmp_path, HEAD, ROWS, "\n", sentence * (10_000_000 // len(sentence)))
        run = run_bounded("facts", path, "--format", "csv", seconds=300, megabytes=4000)
        assert "1234000" in run.stdout
