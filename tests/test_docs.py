"""What the documentation shows can be pasted: the Python of the pages, the commands of the README and the tutorial."""

import re
import shlex
from pathlib import Path

import pytest

from pressmark.cli import main

TOP = Path(__file__).resolve().parents[1]
PYTHON = [
    pytest.param(block, id=f"{page}-{number}")
    for page in ("README.md", "docs/how-to/python.md")
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", (TOP / page).read_text("utf-8"), re.DOTALL))
]
SHELL = [
    pytest.param(line.partition("#")[0].replace("$release", "samples/allos-2004-q1.txt"), id=line.partition("#")[0])
    for page in ("README.md", "docs/tutorial.md")
    for line in re.findall(r"^pressmark .*$", (TOP / page).read_text("utf-8"), re.MULTILINE)
    if "$release" in line or "samples/" in line
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like a checkout after `make demo`."""
    place = tmp_path_factory.mktemp("checkout")
    (place / "samples").symlink_to(TOP / "samples")
    sample = str(place / "samples" / "allos-2004-q1.txt")
    assert main(["convert", sample, "-o", str(place / "out"), "--cik", "1097264", "--quiet"]) == 0
    return place


def test_the_python_of_a_page_runs(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    names: dict[str, object] = {}
    for block in PYTHON:
        exec(compile(str(block.values[0]), str(block.id), "exec"), names)  # noqa: S102


@pytest.mark.parametrize("line", SHELL)
def test_a_command_of_a_page_works_after_the_demonstration(
    line: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout)
    words = shlex.split(line)[1:]
    if words[0] == "view":
        words += ["--no-open", "-o", "page.html"]
    assert main(words) == 0
    assert not capsys.readouterr().err


def test_the_places_of_the_tutorial_are_those_of_the_sample(checkout: Path) -> None:
    page = (TOP / "docs" / "tutorial.md").read_text(encoding="utf-8")
    element = re.search(r"grep (\w+)", page)
    place = re.search(r"`(\d+:\d+)` is line", page)
    assert element
    assert place
    rows = (checkout / "out" / "allos-2004-q1" / "facts.csv").read_text(encoding="utf-8").splitlines()
    assert any(element[1] in row and f",{place[1]}," in row for row in rows)
