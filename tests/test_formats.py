"""What --to names: each format makes the files that the table says, and a wrong name is met with the right ones."""

from pathlib import Path

import pytest

import pressmark
from pressmark.cli import main
from pressmark.errors import UsageError
from pressmark.render import formats as module
from pressmark.render.formats import DEFAULT, FORMATS, Format, formats

TOP = Path(__file__).resolve().parents[1]
SAMPLE = TOP / "samples" / "allos-2004-q1.txt"
TAXONOMY = {f"alth-20040331{end}" for end in (".xsd", "_lab.xml", "_pre.xml", "_cal.xml", "_def.xml")}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", FORMATS)
def test_format_makes_the_files_of_the_table(tmp_path: Path, name: str) -> None:
    one = FORMATS[name]
    pressmark.convert(SAMPLE, tmp_path, to=[name])
    own = {file.replace("<base>", "alth-20040331") for file in one.files}
    assert names(tmp_path / SAMPLE.stem) == own | {"findings.json"} | (TAXONOMY if one.taxonomy else set())


def test_formats_are_given_with_commas_or_one_by_one(tmp_path: Path) -> None:
    for out, options in (("a", ["--to", "json,facts"]), ("b", ["--to", "facts", "--to", "json"])):
        assert main(["convert", str(SAMPLE), "-o", str(tmp_path / out), *options, "-q"]) == 0
    assert names(tmp_path / "a" / SAMPLE.stem) == names(tmp_path / "b" / SAMPLE.stem)
    assert {"alth-20040331.json", "facts.csv"} < names(tmp_path / "a" / SAMPLE.stem)


def test_order_and_repetition_do_not_matter() -> None:
    assert formats(["facts, xml", "xml"]) == formats(["xml", "facts"])
    assert [one.name for one in formats(DEFAULT)] == list(DEFAULT)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("jsn", "--to jsn: there is no such format; json may be meant; choose from xml, "),
        ("JSON", "json may be meant"),
        ("zzzz", "--to zzzz: there is no such format; choose from xml, "),
        ("xml,,json", "--to : there is no such format; choose from"),
    ],
)
def test_unknown_format_is_met_with_the_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str, said: str
) -> None:
    assert main(["convert", str(SAMPLE), "-o", str(tmp_path / "out"), "--to", given]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_library_that_is_missing_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    scroll = Format("scroll", "a scroll", (), lambda _: {}, extra="scrolls", library="no_such_library")
    monkeypatch.setattr(module, "FORMATS", {**FORMATS, "scroll": scroll})
    with pytest.raises(UsageError, match=r"no_such_library.*pip install 'pressmark\[scrolls\]'"):
        formats(["scroll"])


def test_report_in_any_format_is_known_as_ours_and_replaced_by_force(tmp_path: Path) -> None:
    for name in FORMATS:
        pressmark.convert(SAMPLE, tmp_path, to=[name], force=True)
        with pytest.raises(UsageError, match="already holds a report"):
            pressmark.convert(SAMPLE, tmp_path, to=[name])
