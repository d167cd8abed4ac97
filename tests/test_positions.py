"""A place in an HTML release is told by line and column of the file, however the file is broken into lines."""

import re
from html import unescape
from pathlib import Path

import pytest

from pressmark.pipeline import extraction
from pressmark.render.positions import positions
from pressmark.span import Span

FIXTURES = Path(__file__).resolve().parent / "fixtures"
NAMES = ["html/breaks.htm", "html/characters.htm", "html/fonts.htm", "html/nested.htm", "html/placed.htm"]


def said(release: Path, span: Span) -> str:
    """The words of a file at a span, tags left out."""
    line = release.read_text(encoding="utf-8").split("\n")[span.line - 1]
    return re.sub(r"<[^>]*>", "", unescape(line[span.column - 1 : span.end - 1]))


@pytest.mark.parametrize("joined", [False, True], ids=["as written", "on one line"])
@pytest.mark.parametrize("name", [*NAMES, "inline/orrin-vale.htm", "industries/tamarind-2011-q3.htm"])
def test_every_value_stands_where_it_is_said_to(name: str, tmp_path: Path, *, joined: bool) -> None:
    text = (FIXTURES / name).read_text(encoding="utf-8")
    release = tmp_path / "release.htm"
    release.write_text(text.replace("\n", " ") if joined else text, encoding="utf-8")
    found = extraction(release)
    place = positions(found.document)
    values = [v for s in found.report.statements for line in s.lines for v in line.values if not line.parenthetical]
    assert len(values) > 20
    for value in values:
        words = "".join(said(release, place(value.span)).split())
        assert re.search(r"[\d—–-]", words)
        assert words in "".join(value.text.split()), value
    if joined:
        assert len({place(v.span).column for v in values}) == len(values)


def test_figures_of_sentences_have_their_own_columns() -> None:
    release = FIXTURES / "inline" / "orrin-vale.htm"
    found = extraction(release)
    place = positions(found.document)
    words = [said(release, place(figure.span)) for figure in found.figures]
    assert words == ["$1.2 million", "$1.1 million", "$81,000", "$0.3 million"]


def test_marks_of_edgar_do_not_shift_columns(tmp_path: Path) -> None:
    release = tmp_path / "release.htm"
    text = (FIXTURES / "inline" / "orrin-vale.htm").read_text(encoding="utf-8").replace("\n", " ")
    release.write_text(text.replace("<CENTER>", "<pre><PAGE> <S> <C> </pre><CENTER>"), encoding="utf-8")
    found = extraction(release)
    place = positions(found.document)
    assets = next(f for f in found.report.facts if f.concept.name == "Assets")
    assert said(release, place(assets.places[0])) == "900"


def test_text_needs_no_other_places() -> None:
    found = extraction(FIXTURES / "inline" / "orrin-vale.txt")
    place = positions(found.document)
    spans = [p for fact in found.report.facts for p in fact.places]
    assert [place(span) for span in spans] == spans
