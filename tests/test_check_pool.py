"""Many releases on several processors: the same order, an interrupt, a worker that is killed; memory stays bounded."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pressmark.check.config import Config
from pressmark.check.formats import told
from pressmark.check.prepare import task
from pressmark.check.release import Task
from pressmark.check.run import run_check
from pressmark.cli import main
from pressmark.errors import InputError
from pressmark.finding import Severity

FIXTURE = Path(__file__).parent / "fixtures" / "check" / "harrowgate-2019-q1.txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    releases = tmp_path / "releases"
    releases.mkdir()
    monkeypatch.chdir(releases)
    for name in ("q4", "q2", "q3", "q1"):
        shutil.copy(FIXTURE, releases / f"{name}.txt")
    return releases


def children(pid: int) -> list[int]:
    """The processes that a process has started and that have taken up work (Linux)."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    spawned = [child for child in told if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    # One that reads a release has its parser; one that is still starting would speak of the end of its orders.
    return [int(child) for child in spawned if "lxml" in Path(f"/proc/{child}/maps").read_text()]


@pytest.mark.usefixtures("folder")
def test_two_processes_tell_the_same_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    sources = ["q3.txt", "q1.txt", "q2.txt"]
    done: list[str] = []
    outcome = run_check(sources, Task(), jobs=2, progress=done.append)
    assert [r.source for r in outcome.releases] == sources
    assert sorted(done) == sorted(sources)
    assert told(outcome, "json") == told(run_check(sources, Task(), jobs=1), "json")
    # No progress where standard error is no terminal.
    assert main(["check", "nothing.txt", "nowhere.txt"]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_what_passes_between_processes_arrives_whole(folder: Path) -> None:
    rules = folder / "mapping.toml"
    rules.write_text('[[rule]]\nlabel = "Rev.*"\nmatch = "regex"\nconcept = "Revenues"\n', encoding="utf-8")
    given = task(Config(mapping=rules, cik="1234567", severities={"entity.no-cik": Severity.INFO}))
    assert pickle.loads(pickle.dumps(given)) == given  # noqa: S301 - our own bytes
    error = InputError("q1.txt", "is empty", "give a release")
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (str(arrived), arrived.exit_code) == (str(error), 3)


def running(pid: int) -> bool:
    """Whether a process is there and no mere entry that nobody has taken up (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds workers through /proc (Linux)")


def started(folder: Path, *options: str) -> subprocess.Popen[str]:
    """A check of the folder with two workers and a temporary folder of its own beside it."""
    scratch = folder.with_name("scratch")
    scratch.mkdir()
    command = [sys.executable, "-m", "pressmark", "check", ".", "--jobs", "2", *options]
    environment = {**os.environ, "TMPDIR": str(scratch)}
    pipe = subprocess.PIPE
    # A shell's background job ignores interrupts, and hands that on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True, env=environment)
    finally:
        signal.signal(signal.SIGINT, before)


def workers(process: subprocess.Popen[str]) -> list[int]:
    """The worker processes, as soon as there are two."""
    while process.poll() is None:
        found = children(process.pid)
        if len(found) == 2:
            return found
        time.sleep(0.01)
    raise AssertionError(process.communicate())


@needs_proc
def test_a_killed_worker_is_told_in_one_line_and_nothing_is_accepted(folder: Path) -> None:
    (folder / "q1.facts.csv").write_text("", encoding="utf-8")
    process = started(folder, "--update")
    os.kill(workers(process)[0], signal.SIGKILL)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    (line,) = err.splitlines()
    assert "a worker process was killed; " in line
    assert "--jobs 1" in line
    assert out == ""
    assert (folder / "q1.facts.csv").read_text(encoding="utf-8") == ""
    assert not list(folder.with_name("scratch").iterdir())
    assert sorted(p.name for p in folder.iterdir()) == ["q1.facts.csv", "q1.txt", "q2.txt", "q3.txt", "q4.txt"]


@needs_proc
def test_a_killed_check_takes_its_workers_with_it_and_accepts_nothing(folder: Path) -> None:
    process = started(folder, "--update")
    left = workers(process)
    process.kill()
    process.communicate(timeout=60)
    end = time.monotonic() + 60
    while any(running(worker) for worker in left):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert sorted(p.name for p in folder.iterdir()) == ["q1.txt", "q2.txt", "q3.txt", "q4.txt"]


@needs_proc
def test_an_interrupt_leaves_nothing_behind(folder: Path) -> None:
    process = started(folder, "--update")
    workers(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    # Python itself ends by the signal, which a shell shows as 130 too, where an import was interrupted.
    assert process.returncode in (130, -signal.SIGINT)
    assert err.strip() == "pressmark: interrupted; nothing half-written is left"
    assert not list(folder.with_name("scratch").iterdir())
    assert sorted(p.name for p in folder.iterdir()) == ["q1.txt", "q2.txt", "q3.txt", "q4.txt"]


def test_progress_on_a_terminal_and_none_in_ci(folder: Path) -> None:
    pty = pytest.importorskip("pty")

    def shown(environment: dict[str, str]) -> bytes:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "pressmark", "check", "no1.txt", "no2.txt", "-o", "out.txt"]
        subprocess.run(command, stderr=theirs, check=False, env=environment, cwd=folder)
        os.close(theirs)
        text = b""
        while True:
            try:
                part = os.read(ours, 1000)
            except OSError:  # what Linux gives when the other side is closed
                break
            text += part
            if not part:
                break
        os.close(ours)
        return text

    outside = {key: value for key, value in os.environ.items() if key != "CI"}
    assert b"[1/2] no1.txt" in shown(outside)
    assert b"[1/2]" not in shown({**outside, "CI": "true"})
