"""The built wheel works where nothing of the checkout is: data and templates are found inside it."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment with the wheel, and this environment's libraries but not its Pressmark."""
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place], cwd=TOP, check=True)
    (wheel,) = place.glob("*.whl")
    assert wheel.stat().st_size < 12_000_000
    environment = place / "env"
    venv.create(environment, with_pip=True)
    pip = [environment / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", wheel], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    # A path in a .pth file is searched after the environment's own, and its own .pth files are not read: the
    # editable Pressmark of this environment stays out.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / "bin"


def test_the_wheel_converts_a_sample(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed / "python", "-c", "import pressmark; print(pressmark.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str(installed.parent) in where
    sample = TOP / "samples" / "allos-2004-q1.txt"
    run = subprocess.run(
        [installed / "pressmark", "convert", sample, "-o", "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "out" / "allos-2004-q1" / "alth-20040331.xml").exists()


def test_the_wheel_finds_its_taxonomy(installed: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [installed / "pressmark", "taxonomy", "path"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    paths = run.stdout.strip().split("|")
    assert len(paths) == 2
    assert all(Path(p).exists() and str(installed.parent) in p for p in paths)
