"""The facts file: what is written is read back, damage is told with line and column, a newer one is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.check.accepted import COLUMNS, Accepted, AcceptedFact, Origin, dumped, signature
from pressmark.check.accepted_file import read_accepted
from pressmark.cli import main
from pressmark.errors import InputError
from pressmark.finding import Finding, Severity

HEAD = "# format: 1\n# pressmark: 0.1.0\n# release: sha256:ab\n# mapping: none\n"
NAMES = ",".join(COLUMNS) + "\n"
ROW = 'us-gaap:Assets,2019-03-31,iso4217:USD,42435000,-3,BALANCE SHEETS,Total assets,"$ 42,435",yes\n'
TEXT = 'dei:EntityRegistrantName,2019-01-01/2019-03-31,,"Harrowgate ""H"" Inc.",,cover,Name,,yes\n'
words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)
days = st.dates().map(str)
facts = st.builds(
    AcceptedFact,
    concept=st.from_regex(r"[a-z]{2,5}:[A-Z][A-Za-z0-9]{0,9}", fullmatch=True),
    period=days,
    unit=st.sampled_from(["iso4217:USD", "xbrli:shares", "iso4217:USD/xbrli:shares"]),
    value=st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda d: f"{d:f}"),
    decimals=st.sampled_from(["INF", "-3", "2", "0"]),
    statement=words,
    label=words,
    printed=words,
    sure=st.booleans(),
)


@given(st.lists(facts, unique_by=lambda f: f.key), st.lists(words.filter(bool).map(lambda w: f"a.code - {w}")))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[AcceptedFact], findings: list[str]
) -> None:
    path = tmp_path_factory.mktemp("facts") / "q1.facts.csv"
    ordered = tuple(sorted(rows, key=lambda f: f.key))
    accepted = Accepted(Origin("0.1.0", "sha256:ab"), ordered, tuple(sorted(findings)))
    path.write_bytes(dumped(accepted, "q1.txt"))
    assert read_accepted(path) == accepted
    # As a checkout on Windows has it.
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_accepted(path) == accepted


def test_no_file_is_no_accepted_facts(tmp_path: Path) -> None:
    assert read_accepted(tmp_path / "q1.facts.csv") is None


DAMAGED = {
    "a field too few": (HEAD + NAMES + ROW.replace(",yes", ""), "6:79", "8 fields, not the 9"),
    "a field too many": (HEAD + NAMES + ROW.replace("yes", "yes,"), "6:94", "10 fields, not the 9"),
    "an open quote": (HEAD + NAMES + ROW.replace('435"', "435"), "6:79", "a quote that is not closed"),
    "a quote within": (HEAD + NAMES + ROW.replace("Total assets", 'Total "assets"'), "6:72", "a quote that is not"),
    "not a number": (HEAD + NAMES + ROW.replace("42435000", "42435o00"), "6:39", "value is '42435o00': not a number"),
    "not a concept": (HEAD + NAMES + ROW.replace("us-gaap:", ""), "6:1", "concept is 'Assets'"),
    "not a day": (HEAD + NAMES + TEXT + ROW.replace("03-31", "03-32"), "7:16", "period is '2019-03-32'"),
    "not decimals": (HEAD + NAMES + ROW.replace("-3,", "three,"), "6:48", "decimals is 'three'"),
    "decimals of a text": (HEAD + NAMES + TEXT.replace(",,cover", ",0,cover"), "6:73", "decimals is '0'"),
    "neither yes nor no": (HEAD + NAMES + ROW.replace("yes", "maybe"), "6:90", "sure is 'maybe'"),
    "twice": (HEAD + NAMES + ROW + TEXT + ROW, "8:1", "stands in it twice"),
    "broken off": (HEAD + NAMES + ROW + TEXT.rstrip(), "7:89", "breaks off without a line end"),
    "no names": (HEAD + ROW, "5:1", "the row of column names is missing"),
    "no head": (NAMES + ROW, "1:1", "“# format: …”"),
    "no release": (HEAD.replace("release", "realise") + NAMES + ROW, "1:1", "“# release: …”"),
    "empty": ("", "1:1", "“# format: …”"),
    "a merge conflict": (HEAD + NAMES + "<<<<<<< HEAD\n" + ROW, "6:1", "a merge conflict is left in it"),
    "another format": (HEAD.replace("format: 1", "format: one") + NAMES, "1:1", "its format is 'one'"),
}


@pytest.mark.parametrize(("text", "place", "says"), DAMAGED.values(), ids=DAMAGED)
def test_damage_is_told_with_line_and_column(text: str, place: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "q1.facts.csv"
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(InputError) as told:
        read_accepted(path)
    assert told.value.where == f"{path}:{place}"
    assert says in told.value.cause
    assert "version control" in told.value.mend


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "q1.facts.csv"
    path.write_bytes((HEAD + NAMES).encode() + b"us-gaap:Caf\xe9\n")
    with pytest.raises(InputError) as told:
        read_accepted(path)
    assert told.value.where == f"{path}:6:12"


@pytest.mark.parametrize("head", [HEAD.replace("0.1.0", "99.1"), "# format: 2\n# pressmark: 0.2\n"])
def test_a_newer_file_is_neither_read_nor_rewritten(
    head: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release, path = tmp_path / "q1.txt", tmp_path / "q1.facts.csv"
    fixture = Path(__file__).parent / "fixtures" / "check" / "harrowgate-2019-q1.txt"
    release.write_bytes(fixture.read_bytes())
    path.write_text(head + NAMES + ROW + "what this version knows nothing of", encoding="utf-8")
    before = path.read_bytes()
    for options in ([], ["--update"]):
        assert main(["check", str(release), "--no-config", *options]) == 3
        (line,) = capsys.readouterr().err.splitlines()
        assert f"{path}:" in line
        assert "it was made by Pressmark" in line
        assert "or later" in line
        assert path.read_bytes() == before


def test_a_damaged_file_is_not_rewritten_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release, path = tmp_path / "q1.txt", tmp_path / "q1.facts.csv"
    release.write_text("whatever", encoding="utf-8")
    path.write_text(HEAD + NAMES + ROW.replace(",yes", ""), encoding="utf-8")
    assert main(["check", str(release), "--no-config", "--update"]) == 3
    assert f"{path}:6:79: 8 fields" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == HEAD + NAMES + ROW.replace(",yes", "")


def test_a_finding_is_known_again_on_another_line_and_in_another_folder() -> None:
    def made(source: str, line: int) -> str:
        message = f"{source}: “Total” (line {line}) is not the sum of lines {line - 3}"
        return signature(Finding("footing.inconsistent", Severity.WARNING, message), source)

    assert made("q1.txt", 40) == made("releases/2019/q1.txt", 43)
    assert made("q1.txt", 40) != made("q2.txt", 40)
