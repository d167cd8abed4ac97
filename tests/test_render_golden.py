"""The files of one report, byte for byte. `pytest tests/test_render_golden.py --update-golden` rewrites them."""

import sys
from pathlib import Path

import pytest

from pressmark.render.files import RenderOptions, render
from reports import report

GOLDEN = Path(__file__).parent / "golden" / "quillon-2014-q1"


def test_report_is_as_it_was(update_golden: bool) -> None:
    files = render(report())
    if update_golden:
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for path in GOLDEN.iterdir():
            path.unlink()
        for name, content in files.items():
            (GOLDEN / name).write_bytes(content)
    assert {path.name for path in GOLDEN.iterdir()} == set(files)
    for name, content in files.items():
        assert content.decode() == (GOLDEN / name).read_bytes().decode(), name


def test_golden_files_are_rewritten_only_when_asked_for(request: pytest.FixtureRequest, update_golden: bool) -> None:
    assert update_golden == ("--update-golden" in sys.argv)
    assert "--update-golden" not in str(request.config.getini("addopts"))


def test_older_arcrole_changes_the_calculation_linkbase_alone() -> None:
    new, old = render(report()), render(report(), RenderOptions(calc_arcrole="2003"))
    assert {name for name in new if new[name] != old[name]} == {"qux-20140331_cal.xml"}
