"""The readers that people use see every fact of a report, in environments of their own where their pins clash.

`make test-readers` makes the environments and runs this; without them it is skipped.
"""

import os
from pathlib import Path

import pytest

import readers
from interoperability import PAGE, Sighting, page, sightings

REQUIRED = os.environ.get("PRESSMARK_READERS") == "required"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Sighting]:
    missing = [name for name in readers.names() if readers.python(name) is None]
    if missing:
        (pytest.fail if REQUIRED else pytest.skip)(f"no environment for {', '.join(missing)}: make readers")
    return list(sightings(tmp_path_factory.mktemp("readers")))


def test_every_reader_sees_every_fact(seen: list[Sighting]) -> None:
    assert {one.reader for one in seen} == {
        "Arelle",
        "DuckDB",
        "docling",
        "edgartools",
        "openpyxl",
        "pandas",
        "py-xbrl",
    }
    for one in seen:
        assert one.differ == 0, one
        assert one.facts > 100, one


def test_arelle_finds_nothing_wrong_in_any_format(seen: list[Sighting]) -> None:
    said = [one.sees for one in seen if one.reader == "Arelle"]
    assert len(said) >= 8
    assert all(line.startswith("0 errors, 0 warnings") for line in said)


def test_edgartools_shows_the_three_statements_as_they_are(seen: list[Sighting]) -> None:
    """Our labels in our order and the values of each period: per-share figures too."""
    (one,) = (one for one in seen if one.reader == "edgartools")
    assert one.sees.startswith("balance sheet, income statement and cash flow with our labels in our order")


def test_the_page_says_what_was_seen(seen: list[Sighting], update_golden: bool) -> None:
    if update_golden:
        PAGE.write_text(page(seen), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(seen)


def test_pins_are_exact() -> None:
    for name in readers.names():
        pins = (Path(readers.PINS) / f"{name}.txt").read_text(encoding="utf-8").split()
        assert pins
        assert all("==" in pin for pin in pins)
