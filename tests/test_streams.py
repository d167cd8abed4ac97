"""Standard streams of any kind: other encodings, none at all, full, closed, without colours."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pressmark.cli import main

TOP = Path(__file__).resolve().parents[1]
SAMPLE = str(TOP / "samples" / "allos-2004-q1.txt")


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """What bash makes of a line in which `pressmark` is ours; the release is $R."""
    script = f'pressmark() {{ "{sys.executable}" -m pressmark "$@"; }}\nset -o pipefail\n{line}'
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**os.environ, "R": SAMPLE, **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
@pytest.mark.parametrize(
    "line",
    [
        "explain $R --line 92",
        "explain $R --line 92 --json",
        "rules --json",
        "check $R --format markdown --no-config",
        "check $R --format json --no-config",
    ],
)
def test_any_encoding_takes_what_is_printed(line: str, encoding: str, tmp_path: Path) -> None:
    run = shell(f"pressmark {line}", tmp_path, PYTHONIOENCODING=encoding)
    assert run.returncode in (0, 1)
    assert b"Traceback" not in run.stderr
    text = run.stdout.decode(encoding)
    if "json" in line:
        json.loads(run.stdout.decode("utf-8"))
        if "rules" in line:
            assert any("“" in one["example"] for one in json.loads(text))
    elif "explain" in line:
        assert ("→" if encoding == "utf-8" else "\\u2192") in text


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("pressmark rules | true", 0, ""),
        ("pressmark --help | true", 0, ""),
        ("pressmark facts $R | true", 0, ""),
        ("pressmark check missing.txt --no-config | true", 3, "no such file"),
        ("pressmark rules > /dev/full", 2, "standard output: it can't be read or written (No space left on device)"),
        ("pressmark facts $R > /dev/full", 2, "No space left on device"),
        ("pressmark rules >&-", 0, ""),
        ("pressmark facts $R >&-", 0, ""),
        ("pressmark concepts revenue >&-", 0, ""),
        ("pressmark convert - -o out <&-", 3, "stdin: empty"),
        ("ln -s loop loop; pressmark convert $R -o loop", 2, "loop"),
        ("cp $R $'r\\xe9.txt'; pressmark mapping init $'r\\xe9.txt' -o m.toml", 2, "no Unicode"),
        ("cp $R $'r\\xe9.txt'; pressmark check $'r\\xe9.txt' --no-config --format json", 2, "no Unicode"),
    ],
)
def test_streams_that_fail_end_in_one_clear_line(line: str, code: int, says: str, tmp_path: Path) -> None:
    run = shell(line, tmp_path)
    error = run.stderr.decode()
    assert (run.returncode, "Traceback" in error) == (code, False), error
    assert len(error.splitlines()) == bool(says), error
    assert says in error


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_where_none_are_wanted(environment: dict[str, str], tmp_path: Path) -> None:
    line = 'script -qec "$PYTHON -m pressmark rules entity.cik" /dev/null'
    colours = {"PYTHON": sys.executable, "TERM": "xterm", "NO_COLOR": ""}
    coloured = shell(line, tmp_path, **colours)
    if coloured.returncode:
        pytest.skip("no script(1) here")
    assert b"\x1b[" in coloured.stdout
    assert b"\x1b[" not in shell(line, tmp_path, **{**colours, **environment}).stdout


def test_a_fault_of_ours_in_one_release_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import pressmark.cli.run as module

    (tmp_path / "odd.txt").write_text("odd", encoding="utf-8")
    real = module.convert
    monkeypatch.setattr(module, "convert", lambda source, *rest: 1 / 0 if "odd" in source else real(source, *rest))
    assert main(["convert", str(tmp_path / "odd.txt"), SAMPLE, "-o", str(tmp_path / "out"), "--quiet"]) == 3
    told = r"a fault of Pressmark's \(ZeroDivisionError at test_streams\.py:\d+: division by zero\); please report it"
    assert re.search(told, capsys.readouterr().err)
    assert (tmp_path / "out" / "allos-2004-q1" / "findings.json").exists()
