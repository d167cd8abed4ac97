"""What the documentation shows can be pasted: the Python of the pages, the commands of the README and the tutorial."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pressmark.cli import main

TOP = Path(__file__).resolve().parents[1]
PYTHON = [
    (f"{page}-{number}", block)
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
    names: dict[str, Any] = {}
    for name, text in PYTHON:
        exec(compile(text, name, "exec"), names)  # noqa: S102
    assert names["report"].facts


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


MAPPING = '[[rule]]\nlabel = "Nowhere"\nskip = "x"\n'
# The commands of the page on JSON, by heading.
JSON = {
    "A finding": "convert {} -o new-a --json",
    "`convert --json`": "convert {} -o new-b --json",
    "`explain --json`": "explain {} --json",
    "`mapping check --json`": "mapping check mapping.toml {} --json",
    "`check --format json`": "check {} --baseline accepted --update --format json --no-config",
    "`compare --json`": "compare samples/allos-2003-q4.txt {} --json",
    "`concepts --json`": "concepts revenue --json",
    "`rules --json`": "rules --json",
    "`prose`": "prose {}",
}
# Objects that the page tells in words.
TOLD = ("findings", "ignored", "remarks", "differences", "facts")


def keys(value: object, under: str = "") -> Iterator[str]:
    """The paths of a JSON value as the page writes them."""
    if isinstance(value, dict) and under.rsplit(".", maxsplit=1)[-1].rstrip("[]") not in TOLD:
        for key, inside in value.items():
            yield from keys(inside, f"{under}.{key}" if under else key)
    elif isinstance(value, list):
        told = under.rpartition(".")[2] in TOLD or not value or not isinstance(value[0], dict)
        yield from [f"{under}[]"] if told else (path for one in value for path in keys(one, f"{under}[]"))
    else:
        yield under


@pytest.mark.parametrize("heading", JSON)
def test_the_keys_of_json_are_those_of_the_reference(
    heading: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout)
    Path("mapping.toml").write_text(MAPPING, encoding="utf-8")
    assert main(JSON[heading].format("samples/allos-2004-q1.txt").split()) in (0, 1)
    out = capsys.readouterr().out
    value = [json.loads(line) for line in out.splitlines()] if heading == "`prose`" else json.loads(out)
    if heading == "A finding":
        value = value[0]["findings"]
    found = {path.removeprefix("[].") for one in (value if isinstance(value, list) else [value]) for path in keys(one)}
    page = (TOP / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [row.split("|")[1] for row in section.splitlines() if row.startswith("| `")]
    assert found == {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}
