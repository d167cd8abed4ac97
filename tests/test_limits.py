"""Every limit of a source can be set, names itself where it is exceeded, and is documented."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from pressmark.cli import main
from pressmark.errors import InputError, UsageError
from pressmark.reading.document import Grid
from pressmark.reading.limits import DEFAULT, Limits, parse_limits
from pressmark.reading.read import read_document

TOP = Path(__file__).resolve().parents[1]
DOCUMENT = b"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\nNet sales  1,234\n</TEXT>\n</DOCUMENT>\n"
PAGE = b"<html><body><p a=1 b=2 c=3>Net sales</p><p>rose</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bytes", b"Net sales"),
        ("documents", b"<SEC-DOCUMENT>x\n" + DOCUMENT * 3),
        ("lines", b"Net sales\n" * 3),
        ("elements", PAGE),
        ("attributes", PAGE),
    ],
)
def test_what_is_beyond_a_limit_names_it(name: str, data: bytes) -> None:
    assert read_document("t.txt", data).blocks
    with pytest.raises(InputError, match=rf"more than 2 {name}.*--limit {name}=NUMBER"):
        read_document("t.txt", data, Limits(**{name: 2}))


def test_spans_are_cut_at_their_limits() -> None:
    page = (
        b"<table><tr><td colspan=900>Net sales</td><td rowspan=90>5</td><td>6</td></tr><tr><td>Cost</td></tr></table>"
    )
    (wide,), (narrow,) = (read_document("t", page, limits).blocks for limits in (DEFAULT, Limits(colspan=7, rowspan=8)))
    assert isinstance(wide, Grid)
    assert isinstance(narrow, Grid)
    assert [(c.colspan, c.rowspan) for c in wide.cells][:2] == [(900, 1), (1, 90)]
    assert [(c.colspan, c.rowspan) for c in narrow.cells][:2] == [(7, 1), (1, 8)]


def test_limits_are_set_by_name() -> None:
    assert parse_limits([]) == DEFAULT
    assert parse_limits(["pages=900", "lines=7", "pages=5"]) == Limits(pages=5, lines=7)


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "=",
        "page=5",
        "Pages=5",
        "pages",
        "pages=",
        "pages=0",
        "pages=-5",
        "pages=1e3",
        "pages=٥",
        "pages=" + "9" * 5000,
    ],
)
def test_what_sets_no_limit_is_refused(setting: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_limits([setting])
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("command", ["facts", "prose"])
def test_the_option_reaches_the_reader(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    sample = str(TOP / "samples" / "allos-2004-q1.txt")
    assert main([command, sample, "--limit", "lines=10"]) == 3
    assert "more than 10 lines" in capsys.readouterr().err
    assert main([command, sample, "--limit", "line=10"]) == 2
    assert "no such limit" in capsys.readouterr().err


def test_every_limit_is_documented() -> None:
    page = (TOP / "docs" / "reference" / "limits.md").read_text(encoding="utf-8")
    for field in fields(Limits):
        assert f"| `{field.name}` | {getattr(DEFAULT, field.name):,} |" in page
