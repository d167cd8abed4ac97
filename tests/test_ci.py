"""What a team's CI runs, as its user runs it: the pre-commit hook, the GitHub Action, the pytest plugin."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from pressmark.pytest_plugin import check_version

pytest_plugins = ["pytester"]

TOP = Path(__file__).resolve().parents[1]
FIXTURE = TOP / "tests" / "fixtures" / "check" / "harrowgate-2019-q1.txt"
BIN = sysconfig.get_path("scripts")
GUIDE = (TOP / "docs" / "how-to" / "ci.md").read_text(encoding="utf-8")
# Where this checkout was installed before the plugin was added.
PLUGIN = [] if any(e.name == "pressmark" for e in entry_points(group="pytest11")) else ["-p", "pressmark.pytest_plugin"]


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command as in a shell where Pressmark is installed."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))}
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**clean, "PATH": path, **environment}
    )


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A team's repository: a release in a folder, its accepted facts, a configuration."""
    folder = tmp_path_factory.mktemp("accepted")
    (folder / "releases").mkdir()
    shutil.copy(FIXTURE, folder / "releases" / "q1.txt")
    (folder / "pressmark.toml").write_text('paths = ["releases"]\nfail-on = "new"\n', encoding="utf-8")
    assert run("pressmark", "check", "--update", cwd=folder).returncode == 0
    return folder


@pytest.fixture
def repository(accepted: Path, tmp_path: Path) -> Path:
    """A copy of it to work in."""
    return shutil.copytree(accepted, tmp_path / "repository")


def spoil(folder: Path) -> None:
    release = folder / "releases" / "q1.txt"
    release.write_text(release.read_text(encoding="utf-8").replace("3,990", "3,909"), encoding="utf-8")


def action() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    content: dict[str, Any] = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))
    return content


def workflow() -> str:
    """The example of the guide."""
    (found,) = [block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "runs-on" in block]
    return str(found)


# pre-commit


@pytest.mark.skipif(not (TOP / ".git").exists(), reason="pre-commit clones a git checkout")
def test_the_pre_commit_hook(repository: Path) -> None:
    pytest.importorskip("pre_commit")
    head = run("git", "rev-parse", "HEAD", cwd=TOP).stdout.strip()
    if run("git", "cat-file", "-e", "HEAD:.pre-commit-hooks.yaml", cwd=TOP).returncode:
        pytest.skip("the hook is not committed yet")
    # The hook's environment is left out (language: system): it would be installed from the network.
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {TOP.as_uri()}\n  rev: {head}\n  hooks:\n  - id: pressmark-check\n    language: system\n",
        encoding="utf-8",
    )
    home = {"PRE_COMMIT_HOME": str(repository.with_name("cache")), "HOME": str(repository)}
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    run("git", "init", "-q", cwd=repository)
    assert run("pre-commit", "install", cwd=repository, **home).returncode == 0
    run("git", "add", "-A", cwd=repository)
    first = run("git", *identity, "commit", "-m", "one", cwd=repository, **home)
    assert first.returncode == 0, first.stdout + first.stderr
    assert re.search(r"pressmark check\.+Passed", first.stderr)
    # A file that is no business of the hook does not start it.
    (repository / "notes.md").write_text("x\n", encoding="utf-8")
    run("git", "add", "-A", cwd=repository)
    second = run("git", *identity, "commit", "-m", "two", cwd=repository, **home)
    assert "Skipped" in second.stderr
    spoil(repository)
    run("git", "add", "-A", cwd=repository)
    third = run("git", *identity, "commit", "-m", "three", cwd=repository, **home)
    assert third.returncode == 1
    assert "releases/q1.txt:24:48: error check.fact-changed" in third.stderr
    assert run("git", "log", "--format=%s", cwd=repository).stdout.split() == ["two", "one"]


def test_the_hooks_manifest_is_sound() -> None:
    pytest.importorskip("pre_commit")
    checked = run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=TOP)
    assert checked.returncode == 0, checked.stdout


# The action


@pytest.mark.parametrize("kind", ["actions", "workflows"])
def test_action_and_example_are_what_github_takes(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema")
    example = tmp_path / "releases.yml"
    example.write_text(workflow(), encoding="utf-8")
    path = TOP / "action.yml" if kind == "actions" else example
    checked = run("check-jsonschema", "--builtin-schema", f"vendor.github-{kind}", path, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_the_example_gives_inputs_that_the_action_has() -> None:
    yaml = pytest.importorskip("yaml")
    steps = yaml.safe_load(workflow())["jobs"]["check"]["steps"]
    (ours,) = [step for step in steps if "pressmark" in step["uses"]]
    assert set(ours["with"]) <= set(action()["inputs"])
    used = set(re.findall(r"steps\.pressmark\.outputs\.([\w-]+)", workflow()))
    assert used <= set(action()["outputs"])
    for name in (*action()["inputs"], *action()["outputs"]):
        assert f"`{name}`" in GUIDE


def run_action(repository: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], str, dict[str, str]]:
    """The check step as the runner runs it: expressions filled in, files for summary and outputs, bash with -e."""
    content = action()
    values = {name: str(given.get("default", "")) for name, given in content["inputs"].items()} | inputs
    (step,) = [s for s in content["runs"]["steps"] if s.get("id") == "check"]
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: values[m[1]], text)
        for name, text in step["env"].items()
    }
    # The runner keeps these files beside the workspace.
    summary, outputs, script = (repository.with_name(name) for name in ("summary.md", "outputs", "step.sh"))
    for file in (summary, outputs):
        file.write_text("", encoding="utf-8")
    script.write_text(step["run"], encoding="utf-8")
    command = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script))
    files = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs), "GITHUB_ACTION_PATH": str(TOP)}
    done = run(*command, cwd=repository, CI="true", GITHUB_WORKSPACE=str(repository), **environment, **files)
    told = dict(line.split("=", 1) for line in outputs.read_text(encoding="utf-8").splitlines())
    return done, summary.read_text(encoding="utf-8"), told


def test_the_actions_script(repository: Path) -> None:
    clean, summary, outputs = run_action(repository)
    assert clean.returncode == 0, clean.stderr
    assert summary.startswith("### ✅ Pressmark check\n")
    assert outputs == {"exit-code": "0", "sarif": "pressmark.sarif"}
    spoil(repository)
    failed, summary, outputs = run_action(
        repository, paths="releases/*.txt", junit="out.xml", arguments="--jobs 1 --cik 1234567", **{"fail-on": "error"}
    )
    assert failed.returncode == 1
    assert "::error file=releases/q1.txt,line=24,col=48,endColumn=52,title=check.fact-changed::" in failed.stdout
    assert "| `releases/q1.txt` | 1 new, 1 changed |" in summary
    assert outputs["exit-code"] == "1"
    assert (repository / "out.xml").exists()
    assert (repository / "pressmark.sarif").exists()
    (repository / "pressmark.sarif").unlink()
    unread, _, outputs = run_action(repository, paths="nowhere/*.txt")
    assert unread.returncode == 3
    assert "nowhere/*.txt" in unread.stderr
    assert outputs == {"exit-code": "3"}


def test_inputs_of_the_action_are_never_run_as_commands(repository: Path) -> None:
    done, _, _ = run_action(repository, paths="$(touch hacked); touch hacked", **{"fail-on": "`touch hacked`"})
    assert done.returncode in (2, 3)
    assert not (repository / "hacked").exists()
    for step in action()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


# pytest


@pytest.fixture
def project(pytester: pytest.Pytester, repository: Path) -> pytest.Pytester:
    shutil.copytree(repository, pytester.path, dirs_exist_ok=True)
    return pytester


def test_facts_files_are_tests(project: pytest.Pytester) -> None:
    project.path.joinpath("releases", "other.facts.csv").write_text("somebody,else's\n", encoding="utf-8")
    result = project.runpytest_subprocess(*PLUGIN, "releases")
    result.assert_outcomes(passed=1)
    spoil(project.path)
    result = project.runpytest_subprocess(*PLUGIN, "releases")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*q1.facts.csv: accepted facts*", "*q1.txt:24:48: error check.fact-changed: *"])
    assert "Traceback" not in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()
    (project.path / "releases" / "q1.txt").rename(project.path / "releases" / "q2.txt")
    result = project.runpytest_subprocess(*PLUGIN, "releases")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*the release of these accepted facts, q1, is not there*"])


def test_configured_releases_are_tests(project: pytest.Pytester) -> None:
    (project.path / "releases" / "q1.facts.csv").rename(project.path / "releases" / "q0.facts.csv")
    result = project.runpytest_subprocess(*PLUGIN, "releases", "--pressmark", "-v")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["releases/q1.txt::accepted facts FAILED*", "*warning check.no-baseline*"])


def test_the_fixture(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_it="""
        import pytest

        def test_check(pressmark):
            assert pressmark.check("releases/q1.txt").code == 0
            assert len(pressmark.convert("releases/q1.txt").facts) == 75

        def test_failure(pressmark, tmp_path):
            other = tmp_path / "q1.txt"
            other.write_text("no release")
            with pytest.raises(pytest.fail.Exception, match="no financial statement"):
                pressmark.check(other)
        """
    )
    project.runpytest_subprocess(*PLUGIN, "test_it.py").assert_outcomes(passed=2)


def test_a_faulty_configuration_ends_the_run_with_its_line(project: pytest.Pytester) -> None:
    project.path.joinpath("pressmark.toml").write_text('\nfail-on = "nwe"\n', encoding="utf-8")
    result = project.runpytest_subprocess(*PLUGIN, "releases", "--pressmark")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: pressmark: *pressmark.toml:2: fail-on is 'nwe' (did you mean new?)*"])


def test_a_pytest_that_is_too_old_is_refused() -> None:
    check_version("7.4.0")
    check_version("9.0.dev1")
    with pytest.raises(pytest.UsageError, match=r"pytest 7\.3\.2 is too old for its plugin; install pytest>=7\.4"):
        check_version("7.3.2")


def test_the_plugin_loads_nothing_of_the_program() -> None:
    script = "import sys, pressmark.pytest_plugin; print(*(m for m in sys.modules if m.startswith('pressmark')))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == ["pressmark", "pressmark.pytest_plugin"]
