"""`pressmark check` as a team meets it: facts are accepted, a change is told with its line and its cause."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressmark.check import release as release_module
from pressmark.check.accepted import accepted_facts, digest
from pressmark.check.accepted_file import read_accepted
from pressmark.check.config import Config
from pressmark.check.difference import Kind
from pressmark.check.policy import FailOn
from pressmark.check.prepare import task
from pressmark.check.release import ReleaseCheck, Task, check_release
from pressmark.check.run import run_check
from pressmark.cli import main
from pressmark.conversion import Settings
from pressmark.pipeline import extraction
from pressmark.report.extraction import Extraction

FIXTURE = Path(__file__).parent / "fixtures" / "check" / "harrowgate-2019-q1.txt"
MAPPING = '[[rule]]\nlabel = "Accrued liabilities"\nconcept = "OtherLiabilitiesCurrent"\n'


@pytest.fixture
def without_arelle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves validation out: what is tested is the comparison."""

    def extracted(source: str, settings: Settings) -> Extraction:
        return extraction(source, settings.options)

    monkeypatch.setattr(release_module, "validated", extracted)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A working directory with one release whose facts are accepted."""
    request.getfixturevalue("without_arelle")
    monkeypatch.chdir(tmp_path)
    shutil.copy(FIXTURE, "q1.txt")
    assert main(["check", "q1.txt", "--update"]) == 0
    return tmp_path


def checked(**changes: object) -> ReleaseCheck:
    return check_release("q1.txt", Task(**changes))  # type: ignore[arg-type]


def edit(folder: Path, old: str, new: str, name: str = "q1.txt") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_accepted_facts_are_found_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "q1.facts.csv").read_bytes()
    capsys.readouterr()
    assert main(["check", "q1.txt", "--fail-on", "new"]) == 0
    assert capsys.readouterr().out == (
        "1 release: 1 as accepted, 0 differ; 0 errors, 1 warning, 1 of them accepted; passed\n"
    )
    assert main(["check", "q1.txt", "--update"]) == 0
    assert (folder / "q1.facts.csv").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == ["q1.facts.csv", "q1.txt"]


@pytest.mark.usefixtures("without_arelle")
def test_a_release_without_accepted_facts_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(FIXTURE, tmp_path / "q1.txt")
    assert main(["check", str(tmp_path)]) == 0
    assert "check.no-baseline" in capsys.readouterr().out
    assert main(["check", str(tmp_path), "--fail-on", "new"]) == 1
    assert main(["check", str(tmp_path), "--fail-on", "warning"]) == 1


def test_a_changed_value_is_told_with_statement_line_and_cause(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, "3,990", "3,909")
    assert main(["check", "q1.txt"]) == 1
    out = capsys.readouterr().out
    assert "q1.txt: 1 changed\n" in out
    where = next(n for n, line in enumerate((folder / "q1.txt").read_text().splitlines(), 1) if "3,909" in line)
    assert f"  CONSOLIDATED STATEMENTS OF OPERATIONS\n    q1.txt:{where}:48: error check.fact-changed" in out
    assert "3,909,000, accepted was 3,990,000; the release changed\n" in out
    assert main(["check", "q1.txt", "--update"]) == 0
    assert main(["check", "q1.txt", "--fail-on", "new"]) == 0


def test_lines_that_move_change_nothing(folder: Path) -> None:
    edit(folder, "DUNMORE", "\n\n\nDUNMORE")
    result = checked()
    assert result.before
    assert not result.differences
    assert not [n for n in result.findings if n.new and n.finding.severity.rank < 2]


def test_new_and_gone_facts(folder: Path) -> None:
    edit(folder, "Goodwill                                       4,300          4,300", "")
    result = checked()
    assert {(d.kind, d.fact.concept) for d in result.differences} == {(Kind.GONE, "us-gaap:Goodwill")}
    assert {d.causes for d in result.differences} == {("release",)}
    assert main(["check", "q1.txt", "--update"]) == 0
    shutil.copy(FIXTURE, folder / "q1.txt")
    assert {(d.kind, d.fact.concept) for d in checked().differences} == {(Kind.NEW, "us-gaap:Goodwill")}


def test_another_concept_for_the_same_line_is_one_difference_and_the_mapping_is_its_cause(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "q1.txt", "--mapping", "mapping.toml"]) == 1
    out = capsys.readouterr().out
    assert "q1.txt: 2 under another concept\n" in out
    assert "us-gaap:OtherLiabilitiesCurrent, accepted was us-gaap:AccruedLiabilitiesCurrent; the mapping changed" in out


def test_of_two_causes_the_print_tells_which(folder: Path) -> None:
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    edit(folder, "3,990", "3,909")
    assert main(["check", "q1.txt", "--mapping", "mapping.toml", "-o", "out.json", "--format", "json"]) == 1
    record = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    causes = {d["kind"]: d["causes"] for d in record["releases"][0]["differences"]}
    # What is printed otherwise changed with the release; a line printed as before may owe its concept to either.
    assert causes == {"check.fact-changed": ["release"], "check.concept-changed": ["release", "mapping"]}


def test_another_version_is_a_cause(folder: Path) -> None:
    edit(folder, "3990000", "3909000", "q1.facts.csv")
    edit(folder, "# pressmark: ", "# pressmark: 0.0.", "q1.facts.csv")
    (told,) = [n.finding.message for n in checked().findings if n.finding.code == Kind.CHANGED]
    assert "; Pressmark changed (0.0." in told


def test_an_edited_facts_file_is_told_as_such(folder: Path) -> None:
    edit(folder, "3990000", "3909000", "q1.facts.csv")
    (told,) = [n.finding.message for n in checked().findings if n.finding.code == Kind.CHANGED]
    assert told.endswith("the facts file was edited, or this Pressmark was")


def test_a_concept_that_becomes_unsure(folder: Path) -> None:
    path = folder / "q1.facts.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    sure = [row.removesuffix(",no") + ",yes" if row.endswith(",no") else row for row in rows]
    unsure = sum(row.endswith(",no") for row in rows)
    path.write_text("\n".join(sure) + "\n", encoding="utf-8")
    assert sum(d.kind is Kind.UNSURE for d in checked().differences) == unsure
    path.write_text("\n".join(row.removesuffix(",yes") + ",no" for row in rows[:7]) + "\n", encoding="utf-8")
    assert not [d for d in checked().differences if d.kind is Kind.UNSURE]


PLUGIN = """
def check(val, *args, **kwargs):
    for fact in val.modelXbrl.facts:
        if fact.localName == "Goodwill":
            val.modelXbrl.error("ship.1", "Goodwill of %(value)s", modelObject=fact, value=fact.value)

__pluginInfo__ = {
    "name": "Ship shape", "version": "1", "license": "none", "author": "nobody", "copyright": "", "description": "",
    "Validate.XBRL.Finally": check,
}
"""


def test_rules_of_others_are_checked_and_can_be_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FIXTURE, "q1.txt")
    Path("ship.py").write_text(PLUGIN, encoding="utf-8")
    assert main(["check", "q1.txt", "--plugin", str(Path("ship.py").absolute())]) == 1
    assert ":59:48: error ship.1: Goodwill of 4300000" in capsys.readouterr().out
    ignored = '[[ignore]]\ncode = "ship.1"\nreason = "not ours"\nexpires = 9999-12-31\n'
    Path("pressmark.toml").write_text(f'plugin = "ship.py"\n{ignored}', encoding="utf-8")
    assert main(["check", "q1.txt"]) == 0
    assert "2 ignored; passed" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_facts_in_a_folder_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--baseline", "accepted/2019", "--update"]) == 0
    shutil.move("accepted/2019/q1.facts.csv", "accepted/2019/q2.facts.csv")
    capsys.readouterr()
    assert main(["check", ".", "--baseline", "accepted/2019", "--fail-on", "new"]) == 1
    out = capsys.readouterr().out
    assert "check.no-baseline" in out
    assert "accepted/2019/q2.facts.csv:1:1: warning check.no-release" in out
    # A single release says nothing of the others.
    assert main(["check", "q1.txt", "--baseline", "accepted/2019"]) == 0
    assert "check.no-release" not in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_releases_of_one_name_in_two_folders_have_facts_files_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    for year in ("2018", "2019"):
        Path("all", year).mkdir(parents=True)
        shutil.copy("q1.txt", Path("all", year, "q1.txt"))
    assert main(["check", "all/2018", "all/2019", "--update"]) == 0
    assert main(["check", "all/**/*.txt", "--fail-on", "new"]) == 0
    capsys.readouterr()
    assert main(["check", "all/2018", "all/2019", "--baseline", "accepted"]) == 2
    assert "all/2019/q1.txt: its output would have the same name" in capsys.readouterr().err
    shutil.copy("q1.txt", Path("all", "2018", "q1.htm"))
    assert main(["check", "all/2018"]) == 2


@pytest.mark.usefixtures("folder")
def test_releases_in_folders_of_a_folder_are_not_passed_over_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("2018/more", ".git", "out/q1"):
        Path(name).mkdir(parents=True)
        shutil.copy("q1.txt", Path(name, "q1.txt"))
    Path("out/q1/findings.json").write_text("[]", encoding="utf-8")
    Path("._q1.txt").write_bytes(b"\0")
    assert main(["check", "."]) == 0
    assert capsys.readouterr().out.count("check.left-out") == 1
    assert main(["check", ".", "--fail-on", "warning"]) == 1
    assert "2018/more:1:1: warning check.left-out" in capsys.readouterr().out
    assert main(["check", ".", "2018/more"]) == 0
    assert "check.left-out" not in capsys.readouterr().out
    ignore = '[[ignore]]\ncode = "check.left-out"\npath = "2018/*"\nreason = "old"\nexpires = 9999-12-31\n'
    Path("pressmark.toml").write_text(ignore, encoding="utf-8")
    assert main(["check", "."]) == 0
    assert "check." not in capsys.readouterr().out
    Path("q1.txt").unlink()
    assert main(["facts", "."]) == 3
    assert "name 2018/more, or the pattern './**/*.txt'" in capsys.readouterr().err


def test_standard_input_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-", "--no-config"]) == 2
    assert "--baseline" in capsys.readouterr().err


def test_line_ends_of_a_checkout_do_not_count() -> None:
    assert digest(b"a\r\nb\r\n") == digest(b"a\nb\n") != digest(b"a\nc\n")


def test_one_release_that_cannot_be_read_does_not_stop_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_text("Dear shareholders, all is well.\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "."]) == 3
    captured = capsys.readouterr()
    assert captured.err.startswith("pressmark: error: a.txt: ")
    assert len(captured.err.splitlines()) == 1
    assert "2 releases: 1 as accepted, 0 differ, 1 not read" in captured.out
    assert main(["check", ".", "--update"]) == 3
    assert not (folder / "a.facts.csv").exists()


def test_arelle_has_a_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FIXTURE, "q1.txt")
    edit(
        tmp_path, "Total assets                           $  42,435", "Total assets                           $  42,453"
    )
    found = {n.finding.code for n in checked().findings}
    assert "message:rule.balance-sheet" in found
    assert any(code.startswith("calc11e:") for code in found)


def test_releases_of_one_company_are_compared_and_what_changed_can_be_accepted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next quarter's release states last year's end otherwise than this one."""
    later = (folder / "q1.txt").read_text(encoding="utf-8")
    for old, new in (("First", "Second"), ("FIRST", "SECOND"), ("March 31,", "June 30,"), ("April 25", "July 25")):
        later = later.replace(old, new)
    # Of the year's end, money went from inventories to receivables.
    later = later.replace("9,905", "9,805").replace("8,350", "8,450")
    (folder / "q2.txt").write_text(later, encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "q2.txt", "q1.txt", "--fail-on", "new"]) == 1
    out = capsys.readouterr().out
    assert "q2.txt:54:63: warning compare.reclassified: " in out
    assert "9,805,000, but 9,905,000 in q1.txt, line 54" in out
    assert main(["check", "q2.txt", "q1.txt", "--update"]) == 0
    accepted = (folder / "q2.facts.csv").read_bytes()
    assert accepted.count(b"# finding: compare.") == 1
    assert main(["check", "q1.txt", "q2.txt", "--fail-on", "new"]) == 0
    # Alone it is compared with nothing, and what was accepted of it stays.
    assert main(["check", "q2.txt", "--fail-on", "new", "--update"]) == 0
    assert (folder / "q2.facts.csv").read_bytes() == accepted


@pytest.fixture
def interrupted_writing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that is full when the second file is renamed."""
    count = iter(range(10))
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if next(count) == 1:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("without_arelle", "interrupted_writing")
def test_a_facts_file_is_never_half_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("q1", "q2"):
        shutil.copy(FIXTURE, tmp_path / f"{name}.txt")
        (tmp_path / f"{name}.facts.csv").write_bytes(stale_content(tmp_path, name))
    assert main(["check", str(tmp_path), "--update", "--no-config"]) == 2
    assert "No space left" in capsys.readouterr().err
    # The first is new, the second is as it was, and nothing else lies about.
    assert b"sha256:0" not in (tmp_path / "q1.facts.csv").read_bytes()
    assert b"sha256:0" in (tmp_path / "q2.facts.csv").read_bytes()
    assert len(list(tmp_path.iterdir())) == 4


def stale_content(folder: Path, name: str) -> bytes:
    """The facts file of a release that was another one when they were accepted."""
    content = run_check([str(folder / f"{name}.txt")], Task(baseline=folder / "none")).releases[0].content
    assert content is not None
    return content.replace(b"# release: sha256:", b"# release: sha256:0")


def test_what_has_a_say_in_mapping_is_in_its_digest(folder: Path) -> None:
    rules, prior = folder / "mapping.toml", folder / "prior.htm"
    rules.write_text(MAPPING, encoding="utf-8")
    prior.write_bytes((Path(__file__).parent / "fixtures" / "prior" / "tarnbrook-20231230.htm").read_bytes())
    (folder / "priors").mkdir()
    shutil.copy(prior, folder / "priors")

    def told(**settings: object) -> str:
        return task(Config(**settings)).mapping  # type: ignore[arg-type]

    digests = {
        told(),
        told(mapping=rules),
        told(priors=(prior,)),
        told(mapping=rules, priors=(prior,)),
        told(cik="1234567"),
        told(ticker="HGTI"),
        told(min_confidence=0.5),
        told(min_confidence=0.5, below="finding"),
    }
    assert len(digests) == 8
    assert told(below="finding") == "none"
    assert told() == told(fail_on=FailOn.NEW, jobs=2) == "none"
    assert told(cik="0001234567") == told(cik="1234567")
    assert told(priors=(folder / "priors",)) == told(priors=(prior,))
    before = told(mapping=rules)
    rules.write_bytes(MAPPING.replace("\n", "\r\n").encode())
    assert told(mapping=rules) == before
    edit(folder, "OtherLiabilitiesCurrent", "AccountsPayableCurrent", "mapping.toml")
    assert told(mapping=rules) != before


def test_the_file_holds_what_was_found(folder: Path) -> None:
    accepted = read_accepted(folder / "q1.facts.csv")
    assert accepted is not None
    made = extraction("q1.txt")
    assert accepted.facts == accepted_facts(made)
    assert len(accepted.facts) == len(made.report.facts) == 75
    (revenues,) = [f for f in accepted.facts if f.concept == "us-gaap:Revenues" and f.period.startswith("2019")]
    assert (revenues.value, revenues.decimals, revenues.unit) == ("20410000", "-3", "iso4217:USD")
    assert (revenues.label, revenues.printed) == ("Revenues", "$ 20,410")
    assert revenues.statement == "CONSOLIDATED STATEMENTS OF OPERATIONS"
