"""The commands as their users meet them: help, exit codes, one clear line for what is wrong, nothing half-written."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pressmark.cli import main
from pressmark.cli.commands import app
from pressmark.cli.options import FILE, NAME

TOP = Path(__file__).resolve().parents[1]
SAMPLE = str(TOP / "samples" / "allos-2004-q1.txt")
OTHER = str(TOP / "samples" / "allos-2003-q4.txt")


def commands(group: click.Group, prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*prefix, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*prefix, name))


ALL = list(commands(app))


def error(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code and the one line on standard error."""
    code = main(list(arguments))
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1, lines
    return code, lines[0]


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(p) for p, _ in ALL])
def test_every_command_has_help_with_an_example_and_stands_in_the_reference(
    path: tuple[str, ...], command: click.Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Examples:" in shown
    assert "pressmark " + " ".join(path) in shown or isinstance(command, click.Group)
    reference = (TOP / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert f"## pressmark {' '.join(path)}\n" in reference
    for parameter in command.params:
        for option in parameter.opts:
            assert not option.startswith("--") or f"`{option}" in reference, option


NAMED = [
    (path, command, parameter)
    for path, command in ALL
    for parameter in command.params
    if parameter.type in (FILE, NAME) and not isinstance(command, click.Group)
]


def filled(parameter: click.Parameter, word: str) -> list[str]:
    return [parameter.opts[-1], word] if isinstance(parameter, click.Option) else [word]


@pytest.mark.parametrize(
    ("path", "command", "parameter"), NAMED, ids=[f"{' '.join(path)} {one.name}" for path, _, one in NAMED]
)
def test_an_empty_name_is_refused(
    path: tuple[str, ...], command: click.Command, parameter: click.Parameter, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [word for other in command.params if other.required for word in filled(other, SAMPLE) if other != parameter]
    code, line = error(capsys, *path, *words, *filled(parameter, ""))
    assert code == 2
    assert "an empty name; is a variable unset? See" in line


def test_no_path_is_taken_without_a_look_at_its_name() -> None:
    for _, command in ALL:
        assert not any(type(parameter.type) is click.Path for parameter in command.params)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("pressmark ")


def test_convert_writes_a_report_and_tells_what_a_person_wants_to_see(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", SAMPLE, "-o", str(tmp_path), "--cik", "1097264"]) == 0
    shown = capsys.readouterr().out
    parts = ("Entity", "Periods", "Statements", "Facts", "Cells", "Cross-checks", "Validation", "Files", "Findings")
    for part in parts:
        assert f"\n{part}" in shown
    assert "Clinical manufacturing" in shown
    assert "\x1b[" not in shown
    assert {p.name for p in (tmp_path / "allos-2004-q1").iterdir()} == {
        "alth-20040331.xml",
        "alth-20040331.xsd",
        "alth-20040331_lab.xml",
        "alth-20040331_pre.xml",
        "alth-20040331_cal.xml",
        "alth-20040331_def.xml",
        "alth-20040331.json",
        "facts.csv",
        "findings.json",
    }


def test_a_release_that_fails_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / "a.txt").write_text("no release\n", encoding="utf-8")
    (folder / "b.txt").write_text(Path(SAMPLE).read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["convert", str(folder), "-o", str(tmp_path / "out")]) == 3
    captured = capsys.readouterr()
    assert "a.txt" in captured.err
    assert "not converted" in captured.out
    assert (tmp_path / "out" / "b" / "alth-20040331.xml").exists()
    assert not (tmp_path / "out" / "a").exists()


def test_convert_json_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", SAMPLE, OTHER, "-o", str(tmp_path), "--json"]) == 0
    one, two = json.loads(capsys.readouterr().out)
    assert one["period_end"] == "2004-03-31"
    assert two["period_end"] == "2003-12-31"
    for summary in (one, two):
        cells = summary["cells"]
        assert cells["numeric"] == cells["facts"] + cells["skipped"] > 0


def test_facts_on_standard_output_and_from_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pressmark", "facts", "-"],
        input=Path(SAMPLE).read_bytes(),
        capture_output=True,
        check=True,
    )
    assert len(json.loads(run.stdout)["facts"]) > 30
    assert main(["facts", SAMPLE, "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("concept,")


def test_facts_to_a_folder(tmp_path: Path) -> None:
    assert main(["facts", SAMPLE, OTHER, "-o", str(tmp_path / "facts")]) == 0
    assert {p.name for p in (tmp_path / "facts").iterdir()} == {"allos-2004-q1.json", "allos-2003-q4.json"}


def test_concepts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concepts", "research"]) == 0
    assert "ResearchAndDevelopmentExpense" in capsys.readouterr().out
    assert main(["concepts", "no such thing at all"]) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.txt", None, "missing.txt"),
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 20, "binary.txt"),
        ("letter.txt", b"Dear shareholders,\n\nall is well.\n", "no financial statement"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(500), "picture.png"),
    ],
)
def test_bad_releases(
    name: str, content: bytes | None, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for command in (["convert", str(path), "-o", str(tmp_path / "out")], ["facts", str(path)]):
        code, line = error(capsys, *command)
        assert code == 3
        assert name in line
        assert says in line
        assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_statements_whose_periods_are_all_refused_are_told_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "refused.txt"
    rows = ("Net sales|9,120", "Cost of sales|4,010", "Gross profit|5,110", "Income taxes|1,100", "Net income|1,260")
    lines = ["STATEMENTS OF INCOME", f"{'':30}{'Quarter':>12}", f"{'':30}{'1998':>12}"]
    lines += ["{:30}{:>12}".format(*row.split("|")) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    for command in ("facts", "explain"):
        code, line = error(capsys, command, str(path))
        assert code == 3
        assert "no statement in it has a period that can be told (STATEMENTS OF INCOME: " in line


def test_an_existing_report_is_kept_unless_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "allos-2004-q1"
    assert main(["convert", SAMPLE, "-o", str(tmp_path), "--quiet"]) == 0
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    (folder / "facts.csv").write_text("mine", encoding="utf-8")
    capsys.readouterr()
    code, line = error(capsys, "convert", SAMPLE, "-o", str(tmp_path))
    assert code == 2
    assert "--force" in line
    assert (folder / "facts.csv").read_text(encoding="utf-8") == "mine"
    assert main(["convert", SAMPLE, "-o", str(tmp_path), "--quiet", "--force"]) == 0
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_an_output_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, line = error(capsys, "convert", SAMPLE, "-o", str(tmp_path / "file"))
    assert code == 2
    assert str(tmp_path / "file") in line


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_without_permission(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    code, _ = error(capsys, "convert", SAMPLE, "-o", str(tmp_path / "out"))
    tmp_path.chmod(0o700)
    assert code == 2


def test_broken_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "us-gaap.zip"
    package.write_bytes(b"PK no zip")
    code, line = error(capsys, "convert", SAMPLE, "-o", str(tmp_path / "out"), "--package", str(package))
    assert code == 2
    assert "us-gaap.zip" in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert", SAMPLE, OTHER, "-o", "out", "--cik", "1097264"],
        ["convert", SAMPLE, "-o", "out", "--json", "--quiet"],
        ["convert", SAMPLE, "-o", "out", "--cik", "ALTH"],
        ["facts", SAMPLE, OTHER],
        ["convert", SAMPLE, "-o", "out", "--calc-arcrole", "1999"],
        ["convert", "-o", "out"],
        ["unknown"],
    ],
    ids=lambda a: " ".join(Path(x).name for x in a),
)
def test_contradictory_options(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _ = error(capsys, *arguments)
    assert code == 2
    assert not list(tmp_path.iterdir())


def test_folders_of_a_folder_are_named_where_they_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "older").mkdir()
    for path in (tmp_path / "q1.txt", tmp_path / "older" / "q4.txt"):
        path.write_text(Path(SAMPLE).read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["facts", str(tmp_path)]) == 0
    assert f"note: {tmp_path / 'older'} is left out" in capsys.readouterr().err
    assert main(["facts", f"{tmp_path}/**/*.txt", "-o", str(tmp_path / "out")]) == 0
    assert not capsys.readouterr().err
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_two_releases_of_one_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "q1.txt").write_text(Path(SAMPLE).read_text(encoding="utf-8"), encoding="utf-8")
    sources = (str(tmp_path / "a" / "q1.txt"), str(tmp_path / "b"))
    code, line = error(capsys, "facts", *sources, "-o", str(tmp_path / "out"))
    assert code == 2
    assert "q1.txt" in line
