"""`pressmark rules`: every code is explained; Arelle's by family."""

import json

import pytest

from pressmark.check.rulebook import explained, matching, rulebook
from pressmark.cli import main
from pressmark.finding import Severity, codes


def test_every_finding_is_explained_with_an_example() -> None:
    for code in codes():
        known = explained(code)
        assert known is not None
        assert known.code == code
        assert known.meaning
        assert known.hint
        assert known.example, f"add one to taxonomy/finding-examples.tsv: {code}"


def test_the_book_is_sound() -> None:
    assert len({one.code for one in rulebook()}) == len(rulebook())
    for one in rulebook():
        Severity(one.severity)
        assert one.meaning
        assert one.hint
        assert one.example
        assert "\t" not in one.meaning


@pytest.mark.parametrize(
    ("code", "by"),
    [
        ("footing.inconsistent", "footing.inconsistent"),
        ("message:rule.balance-sheet", "message:rule.balance-sheet"),
        ("rule.balance-sheet", "message:rule.balance-sheet"),
        ("message:other-peoples.rule", "message:*"),
        ("calc11e:inconsistentCalculationUsingRounding", "calc11e:*"),
        ("xbrl.5.2.5.2:calcInconsistency", "xbrl.*"),
        ("xbrldie:PrimaryItemDimensionallyInvalidError", "xbrldie:*"),
        ("ix11.12.1.2:missingReferences", "ix*"),
        ("xmlSchema:valueError", "xmlSchema*"),
        ("IOerror", "IOerror"),
        ("EFM.6.05.20", "EFM.*"),
        ("message:rule.balance-shet", None),
        ("footing.inconsistant", None),
        ("nonsense", None),
    ],
)
def test_what_explains_a_code(code: str, by: str | None) -> None:
    known = explained(code)
    assert (known.code if known else None) == by
    assert matching(code) is (by is not None)


def test_globs_match_codes() -> None:
    assert matching("footing.*")
    assert matching("message:rule.*")
    assert not matching("foting.*")


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "prose.disagrees"]) == 0
    out = capsys.readouterr().out
    for part in ("prose.disagrees  warning (pressmark)", "Look at both places", "Example: "):
        assert part in out
    assert main(["rules"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rulebook())
    assert main(["rules", "balance", "sheet"]) == 0
    found = capsys.readouterr().out
    assert "message:rule.balance-sheet" in found
    assert "entity.no-cik" not in found
    assert main(["rules", "--json", "calc11e:foo"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record["code"] == "calc11e:*"
    assert main(["rules", "zebra", "crossing"]) == 1
