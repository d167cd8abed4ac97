"""Rules of others, by an Arelle plugin that the user names: a stand-in for EDGAR's and XULE's, which PyPI lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from instances import SOUND, but, write_instance
from pressmark.cli.commands import app
from pressmark.conversion import Settings, convert
from pressmark.errors import UsageError
from pressmark.validate.arelle import validate
from pressmark.validate.outside import Outside

PLUGIN = """
def options(parser, *args, **kwargs):
    parser.add_option("--most-assets", dest="mostAssets", type="int", default=10**6)

def chosen(cntlr, options, *args, **kwargs):
    cntlr.mostAssets = options.mostAssets

def check(val, *args, **kwargs):
    model = val.modelXbrl
    for fact in model.facts:
        if fact.localName == "Assets" and float(fact.value) > model.modelManager.cntlr.mostAssets:
            model.error("ship.1", "Assets of %(value)s are too many", modelObject=fact, value=fact.value)

__pluginInfo__ = {
    "name": "Ship shape", "version": "1", "license": "none", "author": "nobody", "copyright": "", "description": "",
    "CntlrCmdLine.Options": options, "CntlrCmdLine.Utility.Run": chosen, "Validate.XBRL.Finally": check,
}
"""
SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "allos-2004-q1.txt"


@pytest.fixture
def plugin(tmp_path: Path) -> str:
    path = tmp_path / "shipshape.py"
    path.write_text(PLUGIN)
    return str(path)


def test_the_plugin_speaks_beside_our_rules(tmp_path: Path, plugin: str) -> None:
    path = write_instance(tmp_path, but(SOUND, Assets="99000000"))
    found = {m.finding.code: m.fact_ids for m in validate(path, outside=Outside((plugin,))).messages}
    assert found["ship.1"] == ("f1",)
    assert "message:rule.balance-sheet" in found


def test_its_options_reach_it(tmp_path: Path, plugin: str) -> None:
    path = write_instance(tmp_path, SOUND)
    assert validate(path, outside=Outside((plugin,), options=("most-assets=99000000",))).messages == ()


def test_a_conversion_points_at_the_line_of_the_release(plugin: str) -> None:
    report = convert(SAMPLE, None, Settings(outside=Outside((plugin,))))
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    told = [f for f in report.findings if f.code == "ship.1"]
    assert told
    assert all(f.span and lines[f.span.line - 1].lstrip().startswith("Total assets") for f in told)


@pytest.mark.parametrize(
    "asked",
    [Outside(("no-such-plugin",)), Outside(options=("no-such-option",)), Outside(disclosure_system="none-such")],
)
def test_what_arelle_does_not_know_is_told_in_one_line(tmp_path: Path, asked: Outside) -> None:
    with pytest.raises(UsageError) as caught:
        validate(write_instance(tmp_path, SOUND), outside=asked)
    assert "\n" not in str(caught.value)


def test_a_plugin_that_ends_the_process_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(PLUGIN.replace("    model = val.modelXbrl\n", "    import os\n    os._exit(7)\n", 1))
    with pytest.raises(UsageError, match="failed"):
        validate(write_instance(tmp_path, SOUND), outside=Outside((str(broken),)))


def test_the_command_takes_plugin_and_options(tmp_path: Path, plugin: str) -> None:
    path = write_instance(tmp_path, SOUND)
    run = CliRunner().invoke(app, ["validate", str(path), "--plugin", plugin, "--json"])
    assert [f["code"] for f in json.loads(run.stdout)] == ["ship.1"]
