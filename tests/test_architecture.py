"""The shape of the program: data flows one way, Arelle lives in one place, the product stands alone."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from pressmark.finding import codes

TOP = Path(__file__).resolve().parents[1]
SOURCE = TOP / "src"
MODULES = sorted((SOURCE / "pressmark").rglob("*.py"))

# What a stage may know of: its own types and those of the stages before it, never the stages after it.
AFTER = {
    "reading": {"tables", "statements", "prose", "mapping", "report", "comparison", "render", "validate", "cli"},
    "tables": {"statements", "prose", "mapping", "report", "comparison", "render", "validate", "cli"},
    "statements": {"prose", "mapping", "report", "comparison", "render", "validate", "cli"},
    "prose": {"tables", "mapping", "report", "comparison", "render", "validate", "cli"},
    "mapping": {"reading", "tables", "prose", "report", "comparison", "render", "validate", "cli"},
    "report": {"tables", "comparison", "render", "validate", "cli"},
    "comparison": {"tables", "prose", "render", "validate", "cli"},
    "render": {"tables", "prose", "comparison", "validate", "cli"},
    "validate": {"reading", "tables", "statements", "prose", "mapping", "report", "comparison", "cli"},
}
# A check calls all stages; only the command line calls it.
AFTER = {stage: later | {"check"} for stage, later in AFTER.items()} | {"check": {"cli"}}


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, inside_functions: bool = True) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if inside_functions else iter(tree.body)
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{a.name}" for a in node.names)
        elif isinstance(node, ast.Import):
            found.update(a.name for a in node.names)
    return found


def test_no_import_cycle() -> None:
    names = {module_name(p) for p in MODULES}
    graph = {module_name(p): imports(p, inside_functions=False) & names for p in MODULES}
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == names


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_stage_knows_nothing_of_later_stages(path: Path) -> None:
    stage = module_name(path).split(".")[1] if "." in module_name(path) else ""
    later = {f"pressmark.{s}" for s in AFTER.get(stage, set())}
    wrong = {i for i in imports(path) if any(i == s or i.startswith(s + ".") for s in later)}
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_arelle_is_imported_in_one_place(path: Path) -> None:
    if "validate" not in path.parts:
        assert not {i for i in imports(path) if i.split(".")[0] == "arelle"}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_module_says_what_it_is_for_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 400


def test_every_finding_code_is_registered_and_used() -> None:
    texts: set[str] = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "finding"
            if named and node.args and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value in codes(), path
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    assert set(codes()) <= texts


def test_help_starts_without_heavy_libraries() -> None:
    script = (
        "import sys; from pressmark.cli import main; main(['--help']); print([m for m in HEAVY if m in sys.modules])"
    )
    heavy = ["arelle", "jinja2", "lxml", "rich"]
    run = subprocess.run(
        [sys.executable, "-c", script.replace("HEAVY", repr(heavy))], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"
