"""What --to names: each format makes the files that the table says, and a wrong name is met with the right ones."""

import errno
import hashlib
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import pressmark
from pressmark.cli import main
from pressmark.errors import UsageError
from pressmark.render import formats as module
from pressmark.render.formats import DEFAULT, FORMATS, Format, formats

TOP = Path(__file__).resolve().parents[1]
SAMPLE = TOP / "samples" / "allos-2004-q1.txt"
BASE = "alth-20040331"
TAXONOMY = {f"{BASE}{end}" for end in (".xsd", "_lab.xml", "_pre.xml", "_cal.xml", "_def.xml")}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def everything(folder: Path) -> dict[str, str]:
    """The files below a folder and a digest of each."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("name", FORMATS)
def test_format_makes_the_files_of_the_table(tmp_path: Path, name: str) -> None:
    one = FORMATS[name]
    pressmark.convert(SAMPLE, tmp_path, to=[name])
    own = {file.replace("<base>", BASE) for file in one.files}
    assert names(tmp_path / SAMPLE.stem) == own | {"findings.json"} | (TAXONOMY if one.taxonomy else set())
    datasets = {one.dataset} if one.dataset else set()
    assert names(tmp_path) == {SAMPLE.stem} | datasets
    assert all(names(tmp_path / folder) == {f"{SAMPLE.stem}.parquet"} for folder in datasets)


def test_formats_are_given_with_commas_or_one_by_one(tmp_path: Path) -> None:
    for out, options in (("a", ["--to", "json,facts"]), ("b", ["--to", "facts", "--to", "json"])):
        assert main(["convert", str(SAMPLE), "-o", str(tmp_path / out), *options, "-q"]) == 0
    assert names(tmp_path / "a" / SAMPLE.stem) == names(tmp_path / "b" / SAMPLE.stem)
    assert {f"{BASE}.json", "facts.csv"} < names(tmp_path / "a" / SAMPLE.stem)


def test_order_and_repetition_do_not_matter() -> None:
    assert formats(["facts, xml", "xml"]) == formats(["xml", "facts"])
    assert [one.name for one in formats(DEFAULT)] == list(DEFAULT)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("jsn", "--to jsn: there is no such format; json may be meant; choose from xml, "),
        ("JSON", "json may be meant"),
        ("zzzz", "--to zzzz: there is no such format; choose from xml, "),
        ("xml,,json", "--to: a name between commas is empty; the formats are"),
    ],
)
def test_unknown_format_is_met_with_the_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str, said: str
) -> None:
    assert main(["convert", str(SAMPLE), "-o", str(tmp_path / "out"), "--to", given]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_library_that_is_missing_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    scroll = Format("scroll", "a scroll", (), lambda _: {}, extra="scrolls", library="no_such_library")
    monkeypatch.setattr(module, "FORMATS", {**FORMATS, "scroll": scroll})
    with pytest.raises(UsageError, match=r"no_such_library.*pip install 'pressmark\[scrolls\]'"):
        formats(["scroll"])


def test_extras_are_those_of_the_project() -> None:
    project = (TOP / "pyproject.toml").read_text(encoding="utf-8")
    for one in FORMATS.values():
        assert bool(one.extra) == bool(one.library)
        assert not one.extra or f"\n{one.extra} = [" in project


def test_report_in_any_format_is_known_as_ours_and_replaced_by_force(tmp_path: Path) -> None:
    for name in FORMATS:
        pressmark.convert(SAMPLE, tmp_path, to=[name], force=True)
        with pytest.raises(UsageError, match="already holds a report"):
            pressmark.convert(SAMPLE, tmp_path, to=[name])


def test_every_run_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another process too, whose hashes are seeded otherwise."""
    pressmark.convert(SAMPLE, tmp_path / "a", to=list(FORMATS), standalone=True)
    options = ["--to", ",".join(FORMATS), "-q", "--standalone"]
    run = [sys.executable, "-m", "pressmark", "convert", SAMPLE, "-o", tmp_path / "b", *options]
    subprocess.run(run, check=True, capture_output=True)
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


@pytest.mark.parametrize("existing", [False, True])
def test_full_disk_leaves_report_and_dataset_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: bool
) -> None:
    """Whichever file the disk is full at, of those of the folder and of the one that is added to the dataset."""
    out = tmp_path / "out"
    wanted = ["xml", "xlsx", "parquet"]
    if existing:
        pressmark.convert(SAMPLE, out, to=["facts", "parquet"])
    before = everything(tmp_path)
    write = Path.write_bytes
    for after in (0, 3, 8):
        count = iter(range(100))

        def full(path: Path, data: bytes, count: object = count, after: int = after) -> int:
            if tmp_path in path.parents and next(count) == after:  # type: ignore[call-overload]
                write(path, data[: len(data) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(path, data)

        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(UsageError, match=r"can't be written \(No space left on device\)"):
            pressmark.convert(SAMPLE, out, to=wanted, force=True)
        assert everything(tmp_path) == before, after
        assert existing or not out.exists()
    monkeypatch.setattr(Path, "write_bytes", write)
    pressmark.convert(SAMPLE, out, to=wanted, force=True)
    assert len(everything(out)) == 9


@pytest.mark.parametrize(
    ("limit", "said"), [(40_000, "can't be written"), (5_000, "can't be put there to be validated")]
)
def test_limit_on_the_size_of_files_leaves_the_old_report(tmp_path: Path, limit: int, said: str) -> None:
    """Not simulated: the system itself refuses to write more into a file, be it of the report or a temporary one."""
    out = tmp_path / "out"
    pressmark.convert(SAMPLE, out, to=["facts"])
    before = everything(tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "pressmark", "convert", SAMPLE, "-o", out, "--to", "package,xml", "--force"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert run.returncode == 2
    assert f"{said} (File too large)" in run.stderr
    assert run.stderr.count("\n") == 1
    assert everything(tmp_path) == before
