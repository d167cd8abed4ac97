"""The configuration of a check: every fault with its line, ignores with a reason and an end, severities by code."""

import json
import shutil
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from pressmark.check.config import IGNORE_KEYS, KEYS, Config, find_config, read_config
from pressmark.check.policy import FailOn, Ignore, Noted, Policy
from pressmark.cli import main
from pressmark.errors import UsageError
from pressmark.finding import Finding, Severity
from pressmark.resources import resource
from pressmark.span import Span
from pressmark.validate.outside import Outside

FIXTURE = Path(__file__).parent / "fixtures" / "check" / "harrowgate-2019-q1.txt"
GOOD = """\
paths = ["releases"]
baseline = "accepted"
fail-on = "new"
format = "markdown"
prior = "last.json"
min-confidence = 0.5
jobs = 1
plugin = "EDGAR/validate"
disclosure-system = "efm-pragmatic"

[severity]
"entity.no-cik" = "info"
"calc11e:*" = "error"

[[ignore]]
code = "footing.inconsistent"
path = "releases/*-q1.txt"
label = "Total*"
concept = "us-gaap:*"
reason = "the company's misprint"
expires = 2027-03-31
"""
FAULTS = {
    "not TOML": ("paths = [", 1, "not TOML"),
    "unknown key": ('\nfail_on = "new"\n', 2, "unknown key fail_on (did you mean fail-on?)"),
    "wrong type": ('paths = "releases"\n', 1, "paths is not a list of texts"),
    "a list of numbers": ("\nprior = [1]\n", 2, "prior is not text or a list of texts"),
    "a flag for a number": ("jobs = true\n", 1, "jobs is not a whole number"),
    "ignore as a list": ('ignore = ["a"]\n', 1, "ignore is not written [[ignore]]"),
    "unknown choice": ('fail-on = "erorr"\n', 1, "fail-on is 'erorr' (did you mean error?)"),
    "unknown use of below": ('below = "skip"\n', 1, "below is 'skip'"),
    "below without a confidence": ('below = "finding"\n', 1, "nothing to speak of"),
    "unknown format": ('format = "xml"\n', 1, "format is 'xml'"),
    "confidence": ("min-confidence = 2\n", 1, "not from 0 to 1"),
    "CIK": ('cik = "ACME"\n', 1, "not a number of at most ten digits"),
    "severity of an unknown code": (
        '[severity]\n"entity.no-cik" = "info"\n"footing.inconsistant" = "info"\n',
        3,
        "there is no finding footing.inconsistant (did you mean footing.inconsistent?)",
    ),
    "unknown severity": ('[severity]\n"entity.no-cik" = "off"\n', 2, "the severity of entity.no-cik is 'off'"),
    "no reason": ('[[ignore]]\ncode = "entity.no-cik"\nexpires = 2027-01-01\n', 1, "the ignore has no reason"),
    "empty reason": ('[[ignore]]\ncode = "entity.no-cik"\nreason = " "\n', 3, "reason is not text, or empty"),
    "no end": ('[[ignore]]\ncode = "entity.no-cik"\nreason = "so"\n', 1, "the ignore has no expires"),
    "no day": ('[[ignore]]\ncode = "entity.no-cik"\nreason = "so"\nexpires = "soon"\n', 4, "expires is 'soon'"),
    "unknown key of an ignore": ('[[ignore]]\nlable = "x"\n', 2, "unknown key lable (did you mean label?)"),
    "unknown code in the second ignore": (
        GOOD.replace("plugin", "package")
        + '\n[[ignore]]\ncode = "message:rule.balance-shet"\nreason = "so"\nexpires = 2027-01-01\n',
        24,
        "there is no finding message:rule.balance-shet (did you mean message:rule.balance-sheet?)",
    ),
}


def written(folder: Path, text: str, name: str = "pressmark.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("text", "line", "says"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line(text: str, line: int, says: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as told:
        read_config(path)
    assert told.value.where == f"{path}:{line}"
    assert says in told.value.cause


@pytest.mark.parametrize(("text", "line", "says"), list(FAULTS.values())[-8:-1], ids=list(FAULTS)[-8:-1])
def test_a_fault_in_pyproject_has_its_line_there(text: str, line: int, says: str, tmp_path: Path) -> None:
    inside = text.replace("[severity]", "[tool.pressmark.severity]").replace("[[ignore]]", "[[tool.pressmark.ignore]]")
    head = '[project]\nname = "x"\n[tool.other]\nignore = ["a"]\n[[tool.other.ignore]]\ncode = 1\n'
    path = written(tmp_path, head.replace('ignore = ["a"]\n', "") + inside, "pyproject.toml")
    with pytest.raises(UsageError) as told:
        read_config(path)
    assert told.value.where == f"{path}:{line + 5}"
    assert says in told.value.cause


def test_a_good_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, GOOD)
    config = read_config(path)
    assert config.paths == (str(tmp_path / "releases"),)
    assert config.baseline == tmp_path / "accepted"
    assert config.fail_on is FailOn.NEW
    assert config.outside == Outside(("EDGAR/validate",), "efm-pragmatic")
    assert config.severities == {"entity.no-cik": Severity.INFO, "calc11e:*": Severity.ERROR}
    (entry,) = config.ignores
    assert entry.place == Span(str(path), 15)
    assert entry.expires == date(2027, 3, 31)
    assert entry.path == str(tmp_path / "releases" / "*-q1.txt")
    # From inside its folder, paths are as short as a person writes them.
    monkeypatch.chdir(tmp_path)
    assert read_config(Path("pressmark.toml")).paths == ("releases",)
    (tmp_path / "releases").mkdir()
    monkeypatch.chdir("releases")
    assert find_config(Path.cwd()) == path
    assert read_config(path).paths == (".",)


def test_pyproject_counts_where_it_speaks_of_us(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    outer = written(tmp_path, '[tool.pressmark]\npaths = ["a"]\n', "pyproject.toml")
    written(inner, "[tool.other]\n", "pyproject.toml")
    assert find_config(inner) == outer
    assert read_config(outer).paths == (str(tmp_path / "a"),)
    written(inner, "this is not TOML", "pyproject.toml")
    assert find_config(inner) == outer
    both = written(tmp_path, "", "pressmark.toml")
    assert find_config(inner) == both


def test_the_schema_knows_what_the_reader_knows() -> None:
    schema = json.loads(resource("taxonomy/pressmark.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(KEYS)
    assert set(schema["properties"]["ignore"]["items"]["properties"]) == set(IGNORE_KEYS)
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema)

    def faults(text: str) -> list[str]:
        return [e.message for e in checker.iter_errors(json.loads(json.dumps(tomllib.loads(text), default=str)))]

    assert not faults(GOOD)
    unseen = {"not TOML", "severity of an unknown code", "unknown code in the second ignore", "empty reason"}
    for name, (text, _, _) in FAULTS.items():
        assert name in unseen or faults(text), name


def noted(code: str = "footing.inconsistent", label: str = "Total assets", **more: object) -> Noted:
    return Noted(Finding(code, Severity.WARNING, "m", Span("q1.txt", 4), "us-gaap:Assets"), "BS", label, **more)


def ignore(**changes: object) -> Ignore:
    parts = {"code": "footing.*", "reason": "so", "expires": date(2027, 1, 1), "place": Span("pressmark.toml", 3)}
    return Ignore(**{**parts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        (ignore(), True),
        (ignore(code="footing.inconsistent"), True),
        (ignore(code="footing.rounding"), False),
        (ignore(label="Total *"), True),
        (ignore(label="total *"), False),
        (ignore(concept="us-gaap:Assets"), True),
        (ignore(concept="us-gaap:AssetsCurrent"), False),
        (ignore(path=str(Path("q?.txt").absolute())), True),
        (ignore(path=str(Path("releases/q?.txt").absolute())), False),
    ],
)
def test_what_an_entry_silences(entry: Ignore, fits: bool) -> None:
    policy = Policy(ignores=(entry,), today=date(2026, 12, 31))
    kept, ignored = policy.applied("q1.txt", [noted()])
    assert (len(kept), len(ignored)) == ((0, 1) if fits else (1, 0))
    remarks = policy.remarks([i.ignore for i in ignored])
    assert [n.finding.code for n in remarks] == ([] if fits else ["check.ignore-unused"])


def test_an_entry_ends_after_its_day() -> None:
    for today, silenced in ((date(2027, 1, 1), True), (date(2027, 1, 2), False)):
        policy = Policy(ignores=(ignore(),), today=today)
        kept, ignored = policy.applied("q1.txt", [noted()])
        assert bool(ignored) is silenced is not bool(kept)
        remarks = [n.finding.code for n in policy.remarks([i.ignore for i in ignored])]
        assert remarks == ([] if silenced else ["check.ignore-expired"])


def test_severities_by_code_and_the_closest_is_the_code_itself() -> None:
    policy = Policy({"footing.*": Severity.INFO, "footing.inconsistent": Severity.ERROR})
    kept, _ = policy.applied("q1.txt", [noted(), noted("footing.rounding"), noted("prose.disagrees")])
    assert [n.finding.severity for n in kept] == [Severity.ERROR, Severity.INFO, Severity.WARNING]


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [(FailOn.ERROR, {"e", "E"}), (FailOn.WARNING, {"e", "E", "w", "W"}), (FailOn.NEW, {"E", "W"})],
)
def test_thresholds(fail_on: FailOn, failing: set[str]) -> None:
    """Capitals are new findings, the others are accepted: an accepted error is still an error."""
    severities = {"e": Severity.ERROR, "w": Severity.WARNING, "i": Severity.INFO}
    found = [Noted(Finding(c, severities[c.lower()], ""), new=c.isupper()) for c in "eEwWiI"]
    policy = Policy(fail_on=fail_on)
    assert {n.finding.code for n in found if policy.fails(n)} == failing


def test_the_command_goes_by_its_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FIXTURE, tmp_path / "q1.txt")
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - the day of the user's clock
    text = 'paths = ["*.txt"]\nbaseline = "accepted"\nfail-on = "warning"\n[[ignore]]\ncode = "entity.no-cik"\n'
    written(tmp_path, f'{text}reason = "they never state it"\nexpires = {tomorrow}\n')
    assert main(["check", "--update"]) == 0
    assert [p.name for p in (tmp_path / "accepted").iterdir()] == ["q1.facts.csv"]
    assert "entity.no-cik" not in (tmp_path / "accepted" / "q1.facts.csv").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "0 errors, 0 warnings, 1 ignored; passed" in capsys.readouterr().out
    # Expired: the finding is back, and the entry is told at its line.
    written(tmp_path, f'{text}reason = "they never state it"\nexpires = 2020-01-01\n')
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "warning entity.no-cik" in out
    assert "\npressmark.toml:4:1: warning check.ignore-expired" in out
    # What the command line says counts more.
    assert main(["check", "--fail-on", "error"]) == 0
    assert main(["check", "--no-config"]) == 2
    assert main(["check", "--config", "nowhere.toml"]) == 2


def test_an_empty_configuration_is_one(tmp_path: Path) -> None:
    assert read_config(written(tmp_path, "")).ignores == ()


def test_an_option_of_nought_takes_the_place_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def noted(config: Config, *_: object, **__: object) -> int:
        seen.append(config)
        return 0

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pressmark.cli.check_commands._run", noted)
    (tmp_path / "pressmark.toml").write_text('paths = ["a.txt"]\nmin-confidence = 1.0\njobs = 2\n', encoding="utf-8")
    assert main(["check"]) == 0
    assert main(["check", "--min-confidence", "0", "--jobs", "0"]) == 0
    assert [(one.min_confidence, one.jobs) for one in seen] == [(1.0, 2), (0.0, 0)]
