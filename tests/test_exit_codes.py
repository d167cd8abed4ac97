"""The exit codes of the reference, on every command: 0 clean, 1 findings, 2 usage, 3 unreadable input."""

from pathlib import Path

import click
import pytest

from pressmark.cli import main
from pressmark.cli.entry import INTERRUPTED
from pressmark.finding import codes
from test_cli import ALL

TOP = Path(__file__).resolve().parents[1]
FIXTURE = TOP / "tests" / "fixtures" / "check" / "harrowgate-2019-q1.txt"
FILING = TOP / "tests" / "fixtures" / "prior" / "tarnbrook-20231230.htm"
COMMANDS = [" ".join(path) for path, command in ALL if not isinstance(command, click.Group)]
# What ends with each code, in a folder with the releases good, bad (its balance sheet does not balance), good2 (the
# same as good) and changed (one value is another). {} holds the command.
CASES = """\
0 {convert} good.txt -o out
1 {convert} bad.txt -o out
2 {convert} good.txt
3 {convert} missing.txt -o out
0 {facts} good.txt
2 {facts} good.txt bad.txt
2 {facts} good.txt --min-confidence nan
2 {facts} good.txt --below finding
3 {facts} missing.txt
0 {prose} good.txt
3 {prose} missing.txt
0 {validate} good/good.xml
1 {validate} bad/bad.xml
3 {validate} .
2 {validate} good/good.xml --package broken.zip
3 {validate} missing.xml
0 {compare} good.txt good2.txt
1 {compare} good.txt changed.txt
2 {compare} good.txt
3 {compare} good.txt missing.txt
0 {concepts} revenue
1 {concepts} no such thing at all
2 {concepts} --statement XX
0 {taxonomy path}
0 {taxonomy build} -o packages
2 {taxonomy build} -o good.txt/packages
0 {check} good.txt
1 {check} bad.txt
1 {check} good.txt --fail-on new
2 {check}
2 {check} good.txt --config faulty.toml
2 {check} good.txt --below finding
2 {check} good.txt -o good.txt
2 {check} good.txt --also json=./good.facts.csv
2 {check} good.txt --mapping rules.toml --also json=rules.toml
2 {check} good.txt --also json=a.json --also sarif=a.json
2 {check} good.txt -o a.json --also sarif=a.json
0 {check} good.txt -o /dev/null --also sarif=/dev/null
0 {check} good.txt --below finding --min-confidence 0.5
3 {check} missing.txt
0 {rules} entity.no-cik
1 {rules} zebra crossing
0 {learn} filing.htm -o learnt.json
2 {learn} filing.htm
2 {learn} filing.htm -o filing.htm
3 {learn} missing.htm -o learnt.json
0 {mapping init} good.txt
2 {mapping init} good.txt -o rules.toml
3 {mapping init} missing.txt
3 {mapping init} hello.txt
2 {mapping init} good.txt --cik abc
0 {mapping check} rules.toml good.txt
2 {mapping check} faulty.toml
3 {mapping check} rules.toml missing.txt
0 {explain} good.txt --label revenues
1 {explain} good.txt --label unheard-of
1 {explain} good.txt --label unheard-of --json
2 {explain} good.txt --cik abc
3 {explain} missing.txt
3 {explain} hello.txt
3 {explain} hello.txt --json
0 {view} good.txt --review --no-open -o view.html
2 {view} good.txt --review --no-open -o good.txt/view.html
3 {view} missing.txt --review --no-open -o view.html
"""


def told(line: str) -> tuple[int, list[str]]:
    code, _, rest = line.partition(" ")
    command, _, arguments = rest.removeprefix("{").partition("}")
    return int(code), [*command.split(), *arguments.split()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("releases")
    text = FIXTURE.read_text(encoding="utf-8")
    (place / "good.txt").write_text(text, encoding="utf-8")
    (place / "good2.txt").write_text(text, encoding="utf-8")
    (place / "bad.txt").write_text(text.replace("$  42,435      $  41,645\n  ", "$  42,453      $  41,645\n  ", 1))
    (place / "changed.txt").write_text(text.replace("4,015", "4,105"), encoding="utf-8")
    (place / "hello.txt").write_text("No figures here.\n", encoding="utf-8")
    (place / "filing.htm").write_bytes(FILING.read_bytes())
    (place / "rules.toml").write_text('[[rule]]\nlabel = "Revenues"\nconcept = "Revenues"\n', encoding="utf-8")
    (place / "faulty.toml").write_text('[[rule]]\nlable = "Revenues"\n', encoding="utf-8")
    (place / "broken.zip").write_bytes(b"PK no zip")
    return place


@pytest.mark.parametrize("line", CASES.splitlines())
def test_exit_codes(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    code, arguments = told(line)
    if "out" in arguments:
        arguments.append("--force")
    if arguments[0] == "validate" and not {"missing.xml", "."} & set(arguments):
        name = arguments[1].partition("/")[0]
        main(["convert", f"{name}.txt", "-o", "out", "--force", "--quiet"])
        arguments[1] = str(next(path for path in Path("out", name).glob("*.xml") if "_" not in path.name))
        capsys.readouterr()
    assert main(arguments) == code
    error = capsys.readouterr().err
    assert "Traceback" not in error
    if code in (2, 3) and arguments[:2] != ["mapping", "check"]:
        assert error.startswith("pressmark: error: ")
        assert len(error.splitlines()) == 1


def test_every_command_has_its_cases() -> None:
    told_of = {line.split("{")[1].split("}")[0] for line in CASES.splitlines()}
    assert told_of == set(COMMANDS), "add the command to CASES"


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_and_an_interrupt(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command.split(), "--no-such-option"]) == 2
    assert capsys.readouterr().err.startswith("pressmark: error: ")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(click.Group, "invoke", interrupted)
    assert main(command.split()) == INTERRUPTED
    assert capsys.readouterr().err.strip() == "pressmark: interrupted; nothing half-written is left"


def test_the_table_stands_in_the_reference() -> None:
    page = (TOP / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    table = page.partition("## Exit codes")[2].partition("\n## ")[0]
    assert [row.split(" ")[1] for row in table.splitlines() if row.startswith("| ") and row[2].isdigit()] == [
        "0",
        "1",
        "2",
        "3",
        "130",
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("rules footing.inconsistant", "(did you mean footing.inconsistent?)"),
        ("convert good.txt -o out --to xml,,json", "--to: a name between commas is empty; the formats are xml"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(
    line: str, says: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(line.split()) in (1, 2)
    assert says in capsys.readouterr().err


def test_a_report_folder_stands_for_its_instance(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["convert", "good.txt", "-o", "one", "--quiet"]) == 0
    assert main(["validate", "one/good"]) == 0
    assert ".xml: 0 errors" in capsys.readouterr().out


def test_the_texts_of_findings_are_sentences() -> None:
    for code in codes().values():
        assert all(text[0].isupper() and text.endswith(".") for text in (code.meaning, code.hint)), code
