"""Mapping files: what they say of lines, where their faults stand, which rules clash, shadow or match nothing."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import mapping_lines as made
import pressmark.cli.mapping_commands  # noqa: F401 - registers the commands
from pressmark.cli import main
from pressmark.cli.commands import app
from pressmark.errors import UsageError
from pressmark.mapping.ladder import MappingOptions, map_statements
from pressmark.mapping.rules import Rules, overridden, wording
from pressmark.mapping.rules_check import Use, try_on, unused
from pressmark.mapping.rules_file import COLUMN_KEYS, RULE_KEYS, checked, read_rules
from pressmark.mapping.rules_init import starting_file, toml
from pressmark.pipeline import Options, Release, extract, understood
from pressmark.report.cells import count_cells
from pressmark.resources import resource
from pressmark.statements.statement import Measure

HERE = Path(__file__).resolve().parent / "fixtures"
GOOD, FAULTS = HERE / "mapping" / "good.toml", HERE / "mapping" / "faults.toml"
RELEASE = HERE / "prior" / "tarnbrook-2024-q1.txt"


@pytest.fixture(scope="module")
def release() -> Release:
    return understood(str(RELEASE))


def written(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def told(rules: Rules, release: Release, label: str, kind: str = "IS"):
    for statement in release.statements:
        for line in statement.lines:
            if statement.kind.value == kind and line.values and line.label.text.strip() == label:
                return rules.told(line, statement)
    raise AssertionError(label)


def test_a_rule_gives_its_concept_with_its_sign(release: Release) -> None:
    found = told(read_rules(GOOD), release, "Interest cost, net")
    assert [(m.concept, m.sign) for m in found.matches] == [("InterestExpense", -1)]
    assert "good.toml:15" in found.reasons("InterestExpense")[0]


def test_an_extension_carries_what_the_file_says_of_it(release: Release) -> None:
    rules = read_rules(GOOD)
    found = told(rules.of_company(ticker="TBK"), release, "Relocation of the Tarn works")
    own = found.own["ext:RelocationOfWorks"]
    assert (own.type, own.period_type, own.balance, own.label) == (
        "monetaryItemType", "duration", "debit", "Relocation of works",
    )  # fmt: skip
    assert own.wider == "OtherCostAndExpenseOperating"


def test_a_rule_for_one_company_is_not_for_another(release: Release) -> None:
    rules = read_rules(GOOD)
    assert told(rules.of_company(cik="0009912345"), release, "Relocation of the Tarn works") is not None
    assert told(rules.of_company(cik="1234", ticker="ZZZ"), release, "Relocation of the Tarn works") is None


def test_a_line_is_skipped_for_the_reason_given_in_its_section_alone(release: Release) -> None:
    rules = read_rules(GOOD)
    assert told(rules, release, "Basic").skip == "left to the annual report"
    assert told(rules, release, "Engineering") is None


def test_a_scale_and_a_column_are_set_right(release: Release) -> None:
    changed = overridden(release.statements, read_rules(GOOD))
    sheet = next(s for s in changed if s.kind.value == "BS")
    payables = next(x for x in sheet.lines if x.label.text.strip() == "Trade payables")
    assert next((v.scale, v.decimals, v.amount) for v in payables.values) == (6, -6, 4_350_000_000)
    before = next(s for s in release.statements if s.kind.value == "IS")
    after = next(s for s in changed if s.kind.value == "IS")
    assert all(len(x.values) == 1 for x in after.lines if x.values)
    dropped = [s for s in after.skipped if s.reason == "restated since"]
    assert len(dropped) == sum(len(x.values) for x in before.lines) / 2
    assert after.numeric_cells == before.numeric_cells


def test_a_period_moves_to_the_one_that_is_given(release: Release, tmp_path: Path) -> None:
    text = '[[column]]\nhead = "*April 1,*"\nmatch = "glob"\nperiod = "2023-01-01/2023-04-01"\n'
    changed = overridden(release.statements, read_rules(written(tmp_path, text)))
    income = next(s for s in changed if s.kind.value == "IS")
    periods = {str(v.period) for line in income.lines for v in line.values}
    assert "2023-01-01/2023-04-01" in periods


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (3, ["Revenuess", "did you mean Revenues?"]),
        (7, ["unknown key statment", "did you mean statement?"]),
        (13, ["Assets has period type instant", "IS"]),
        (18, ["balance is debit", "credit"]),
        (24, ["period_type is instant", "duration"]),
        (29, ["not a regular expression"]),
        (36, ["concept and skip"]),
        (40, ["not a period"]),
        (46, ["two rules for one row"]),
        (53, ["EarningsPerShareDilluted", "did you mean EarningsPerShareDiluted?"]),
        (58, ["Assets and StockholdersEquity differ"]),
        (63, ["also without concept"]),
    ],
)
def test_each_fault_is_told_with_its_line(line: int, words: list[str]) -> None:
    found = {p.line: p for p in checked(FAULTS)[1]}
    assert line in found, sorted(found)
    assert all(w in found[line].cause for w in words), found[line].cause
    assert not found[line].warning


def test_the_first_fault_stops_a_conversion_with_file_and_line() -> None:
    with pytest.raises(UsageError) as caught:
        read_rules(FAULTS)
    assert str(caught.value).startswith(f"{FAULTS}:3: ")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "place", "cause"),
    [
        ("[[rule]\nlabel = 1", ":1", "not TOML"),
        ("label = 'x'\n", ":1", "unknown table or key label"),
        ("[[rule]]\nconcept = 'Assets'\n", ":1", "has no label"),
        ("[[rule]]\nlabel = 'a'\n", ":1", "does nothing"),
        ("[[rule]]\nlabel = 3\nskip = 'x'\n", ":2", "label is not text"),
        ("[[rule]]\nlabel = 'a'\nskip = 'x'\nsign = 2\n", ":4", "sign is 2"),
        ("[[rule]]\nlabel = 'a'\nscale = 'dozens'\n", ":3", "unknown scale"),
        ("[[rule]]\nlabel = 'a'\nscale = 1000\n", ":3", 'scale is 1000, not a power of ten; write 3 or "thousands"'),
        ("[[rule]]\nlabel = 'a'\nscale = 13\n", ":3", "a power of ten from 0 to 12"),
        ("[[rule]]\nlabel = 'a'\nscale = -3\n", ":3", "a power of ten from 0 to 12"),
        ("[[rule]]\nlabel = 'a'\nskip = 'b'\noccurrence = -1\n", ":4", "occurrence is -1"),
        ("\nschema = 2\n", ":2", "schema is 2"),
        ("schema = '1'\n", ":1", "schema is '1'"),
        ("schema = true\n", ":1", "schema is True"),
        ("[[rule]]\nlabel = 'a'\nextension = 'Assets'\n", ":3", "is a us-gaap element"),
        ("[[rule]]\nlabel = 'a'\nextension = '9 a'\n", ":3", "can't be an element's name"),
        ("[rule]\nlabel = 'a'\n", ":1", "not an array of tables"),
    ],
)
def test_bad_files_are_one_clear_line(tmp_path: Path, text: str, place: str, cause: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        read_rules(path)
    assert str(caught.value).startswith(f"{path}{place}: ")
    assert cause in str(caught.value)


def test_keys_inside_multi_line_strings_do_not_move_the_lines(tmp_path: Path) -> None:
    text = "[[rule]]\nlabel = '''\nconcept = 1\n[[rule]]\n'''\nconcept = 'Nothing'\n"
    with pytest.raises(UsageError) as caught:
        read_rules(written(tmp_path, text))
    assert ":6: " in str(caught.value)


def test_two_rules_that_speak_as_closely_of_one_line_are_an_error(release: Release, tmp_path: Path) -> None:
    text = (
        '[[rule]]\nlabel = "Gross*"\nmatch = "glob"\nconcept = "GrossProfit"\n'
        '[[rule]]\nlabel = "*margin"\nmatch = "glob"\nconcept = "OperatingIncomeLoss"\n'
    )
    with pytest.raises(UsageError, match=r"mapping.toml:1: this rule and that of mapping.toml:5 .*Gross margin"):
        told(read_rules(written(tmp_path, text)), release, "Gross margin")


def test_the_closer_rule_decides(release: Release, tmp_path: Path) -> None:
    text = (
        '[[rule]]\nlabel = "*"\nmatch = "glob"\nskip = "not asked for"\n'
        '[[rule]]\nlabel = "Gross margin"\nconcept = "GrossProfit"\n'
    )
    rules = read_rules(written(tmp_path, text))
    assert [m.concept for m in told(rules, release, "Gross margin").matches] == ["GrossProfit"]
    assert told(rules, release, "Engineering").skip == "not asked for"


def test_a_concept_that_can_not_be_the_lines_is_refused(release: Release, tmp_path: Path) -> None:
    rules = read_rules(written(tmp_path, '[[rule]]\nlabel = "Basic"\nconcept = "NetIncomeLoss"\n'))
    with pytest.raises(UsageError, match="holds per-share"):
        told(rules, release, "Basic")


def test_rules_that_match_nothing_or_never_decide_are_told(release: Release, tmp_path: Path) -> None:
    text = (
        '[[rule]]\nlabel = "Unheard of"\nskip = "x"\n'
        '[[rule]]\nlabel = "Gross*"\nmatch = "glob"\nconcept = "GrossProfit"\n'
        '[[rule]]\nlabel = "Gross margin"\nconcept = "GrossProfit"\n'
        '[[column]]\nhead = "Nowhere"\nskip = "x"\n'
    )
    rules = read_rules(written(tmp_path, text))
    use = Use()
    try_on(rules, release.statements, use)
    found = {p.line: p.cause for p in unused(rules, use)}
    assert sorted(found) == [1, 4, 11]
    assert "matches no line" in found[1]
    assert "mapping.toml:8" in found[4]


def test_a_starting_file_for_a_company_is_checked_with_that_company(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "mapping.toml")
    assert main(["mapping", "init", str(RELEASE), "--cik", "123", "-o", path]) == 0
    assert main(["mapping", "check", path, str(RELEASE), "--cik", "123"]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out
    assert main(["mapping", "check", path, str(RELEASE)]) == 0
    shown = capsys.readouterr().out
    assert "rules are for 123, and none of these releases is known to be of that company" in shown
    assert "0 errors, 1 warning\n" in shown


@pytest.mark.parametrize(
    ("text", "how", "said", "fits"),
    [
        ("Net sales", "exact", "NET  SALES:", True),
        ("Net sales", "exact", "Net sales, total", False),
        ("Shareholders' *", "glob", "Shareholders’ equity", True),
        ("total", "regex", "subtotal", False),
        (r"(sub)?total", "regex", "Subtotal", True),
    ],
)
def test_wordings(text: str, how: str, said: str, fits: bool) -> None:
    assert wording(text, how).fits(said) is fits


def test_the_schema_knows_the_keys_of_the_reader() -> None:
    schema = json.loads(resource("taxonomy/mapping.schema.json").read_text(encoding="utf-8"))
    tables = schema["properties"]
    assert list(tables["rule"]["items"]["properties"]) == list(RULE_KEYS)
    assert set(tables["column"]["items"]["properties"]) == set(COLUMN_KEYS)


def test_the_schema_takes_what_the_reader_takes() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(resource("taxonomy/mapping.schema.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator(schema)
    assert not list(checker.iter_errors(tomllib.loads(GOOD.read_text(encoding="utf-8"))))
    assert list(checker.iter_errors(tomllib.loads(FAULTS.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("text", ['a "b"\\', "tab\t\x7f", "é—☃", "two\nlines"])
def test_written_text_is_read_back(text: str) -> None:
    assert tomllib.loads(f"x = {toml(text)}") == {"x": text}


def test_a_starting_file_gives_back_the_choices(tmp_path: Path) -> None:
    from pressmark.pipeline import mapped

    out = tmp_path / "start.toml"
    assert main(["mapping", "init", str(RELEASE), "-o", str(out)]) == 0
    assert main(["mapping", "check", str(out), str(RELEASE)]) == 0
    rules = read_rules(out)
    for statement in mapped(str(RELEASE)):
        for line in (x for x in statement.lines if x.line.values and not x.line.parenthetical):
            found = rules.told(line.line, statement.statement)
            named = [n for m in found.matches for n in (m.concept.removeprefix("ext:"), *m.also)]
            assert named == [c.name for c in line.concepts]


def test_a_line_of_two_concepts_is_given_back_by_its_starting_file(tmp_path: Path) -> None:
    sides = ("EarningsPerShareBasic", "EarningsPerShareDiluted")
    label = "Net loss per share, basic and diluted"
    loss = made.statement("IS", [made.line(0, label, "-0.5", "-0.6", measure=Measure.PER_SHARE)])
    (found,) = map_statements([loss])
    assert tuple(c.name for c in found.lines[0].concepts) == sides
    rules = read_rules(written(tmp_path, starting_file([found], "a release")))
    (again,) = map_statements([loss], MappingOptions(rules=rules))
    assert tuple(c.name for c in again.lines[0].concepts) == sides
    alone = f'[[rule]]\nlabel = "{label}"\nconcept = "EarningsPerShareBasic"\n'
    (one,) = map_statements([loss], MappingOptions(rules=read_rules(written(tmp_path, alone))))
    assert [c.name for c in one.lines[0].concepts] == ["EarningsPerShareBasic"]
    assert one.findings == ()


def test_init_does_not_write_over_a_file(tmp_path: Path) -> None:
    out = written(tmp_path, "# mine\n")
    assert main(["mapping", "init", str(RELEASE), "-o", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "# mine\n"


def test_check_prints_every_fault_and_fails() -> None:
    result = CliRunner().invoke(app, ["mapping", "check", str(FAULTS)], standalone_mode=False)
    assert result.return_value == 2
    assert f"{FAULTS}:7: error: unknown key statment" in result.output
    as_json = CliRunner().invoke(app, ["mapping", "check", str(FAULTS), "--json"], standalone_mode=False)
    assert {p["line"] for p in json.loads(as_json.output)} >= {3, 7, 13}


def test_every_key_of_a_rule_is_kept_by_replace() -> None:
    rule = read_rules(GOOD).rules[0]
    assert replace(rule, sign=-1).outcome != rule.outcome


def test_a_report_follows_the_file_and_loses_no_cell() -> None:
    report = extract(str(RELEASE), Options(rules=read_rules(GOOD)))
    names = {f.concept.name: f.value for f in report.facts}
    assert names["RelocationOfWorks"] == 90_000
    assert names["InterestExpense"] == 310_000
    assert "EarningsPerShareBasic" not in names
    reasons = {s.reason for s in report.skipped}
    assert {"left to the annual report", "restated since"} <= reasons
    cells = count_cells(report.statements, report.facts, report.skipped)
    assert cells.numeric == cells.facts + cells.skipped


def test_two_rules_for_one_line_stop_a_report_with_both_places(tmp_path: Path) -> None:
    text = (
        '[[rule]]\nlabel = "Gross*"\nmatch = "glob"\nconcept = "GrossProfit"\n'
        '[[rule]]\nlabel = "*margin"\nmatch = "glob"\nconcept = "OperatingIncomeLoss"\n'
    )
    rules = read_rules(written(tmp_path, text))
    with pytest.raises(UsageError, match=r"mapping.toml:1: .*mapping.toml:5"):
        extract(str(RELEASE), Options(rules=rules))


def test_a_line_that_loses_all_its_values_is_no_heading(release: Release, tmp_path: Path) -> None:
    text = '[[column]]\nhead = "*20*"\nmatch = "glob"\nstatement = "IS"\nskip = "left out"\n'
    changed = overridden(release.statements, read_rules(written(tmp_path, text)))
    income = next(s for s in changed if s.kind.value == "IS")
    assert not any(x.label.text.strip() == "Engineering" for x in income.lines)
    assert any(x.label.text.strip() == "Operating expenses:" for x in income.lines)
    assert income.totals == ()
