"""Packages of a version that Pressmark can't work with are refused by name, with what to install."""

import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from pressmark.cli import main
from pressmark.errors import UsageError
from pressmark.validate import importing

PROJECT = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_bounds_are_those_of_the_project() -> None:
    (told,) = [d for d in PROJECT["project"]["dependencies"] if d.startswith("arelle-release")]
    least, below = (".".join(map(str, bound)) for bound in importing.VERSIONS)
    assert told == f"arelle-release>={least},<{below}"


def test_the_installed_one_is_taken() -> None:
    importing.check_version()


@pytest.mark.parametrize("found", ["2.43.9", "2.9.0", "1.2025.1", "3.0", "3.1.dev4"])
def test_another_arelle_is_refused(found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "version", lambda _: found)
    with pytest.raises(UsageError, match=rf"arelle-release: version {found} is installed, .*pip install"):
        importing.check_version()


def test_a_missing_arelle_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(importing, "version", missing)
    with pytest.raises(UsageError, match="it is not installed"):
        importing.check_version()


def test_a_check_tells_it_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(importing, "version", lambda _: "2.10.0")
    assert main(["check", "one.txt", "two.txt", "--no-config"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("pressmark: error: arelle-release: version 2.10.0 is installed")
