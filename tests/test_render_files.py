"""A report's folder is written whole or not at all, and never over anything but a report."""

import errno
import json
import os
from pathlib import Path

import pytest

from pressmark.errors import UsageError
from pressmark.render import files as module
from pressmark.render.files import check_folder, render, write_report
from pressmark.render.formats import FORMATS
from pressmark.render.tables import FACT_COLUMNS
from pressmark.report.flat import FactRow
from reports import report

FILES = render(report())
OTHER = {name: content + b"\n" for name, content in render(report(base="qux-20140630")).items()}


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    write_report(FILES, tmp_path / "a" / "b" / "c")
    assert content(tmp_path / "a" / "b" / "c") == FILES
    assert [p.name for p in (tmp_path / "a" / "b").iterdir()] == ["c"]


def test_folder_and_files_have_the_usual_permissions(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        write_report(FILES, tmp_path / "out")
    finally:
        os.umask(umask)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "out" / "facts.csv").stat().st_mode & 0o777 == 0o644


def test_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_report(FILES, tmp_path / "out")
    assert content(tmp_path / "out") == FILES


def test_report_is_replaced_only_by_force_and_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    write_report(FILES, tmp_path / "out")
    with pytest.raises(UsageError, match="already holds a report; replace it with --force"):
        write_report(OTHER, tmp_path / "out")
    assert content(tmp_path / "out") == FILES
    write_report(OTHER, tmp_path / "out", force=True)
    assert content(tmp_path / "out") == OTHER
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["notes.txt", "qux.txt", "thesis"])
def test_folder_with_anything_else_in_it_is_never_replaced(tmp_path: Path, name: str) -> None:
    write_report(FILES, tmp_path / "out")
    (tmp_path / "out" / name).write_text("mine")
    with pytest.raises(UsageError, match=f"holds {name}, which is no part of a report"):
        write_report(OTHER, tmp_path / "out", force=True)
    assert content(tmp_path / "out") == {**FILES, name: b"mine"}


def test_report_of_another_program_is_never_replaced(tmp_path: Path) -> None:
    filed = {name: data for name, data in FILES.items() if name.startswith("qux")}
    (tmp_path / "out").mkdir()
    for name, data in filed.items():
        (tmp_path / "out" / name).write_bytes(data)
    with pytest.raises(UsageError, match="no part of a report"):
        write_report(OTHER, tmp_path / "out", force=True)
    assert content(tmp_path / "out") == filed


def test_droppings_of_a_file_manager_do_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Thumbs.db").write_bytes(b"")
    write_report(FILES, tmp_path / "out")
    assert content(tmp_path / "out") == FILES
    (tmp_path / "out" / ".DS_Store").write_bytes(b"\0")
    write_report(OTHER, tmp_path / "out", force=True)
    assert content(tmp_path / "out") == OTHER


def test_folder_reached_by_a_link_is_replaced_where_it_lies(tmp_path: Path) -> None:
    write_report(FILES, tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_report(OTHER, tmp_path / "link", force=True)
    assert content(tmp_path / "real") == OTHER
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("below", ["file", "file/out", "file/deeper/out"])
def test_file_in_the_way_is_named_with_its_cause(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="can't be written") as caught:
        write_report(FILES, tmp_path / below)
    assert caught.value.where == str(tmp_path / below)
    assert (tmp_path / "file").read_text() == "x"


def test_folder_that_takes_no_files_is_refused_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "access", lambda *_: False)  # the tests may run as root, who may write anywhere
    with pytest.raises(UsageError, match="no files can be made in"):
        check_folder(tmp_path / "a" / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("existing", [False, True])
@pytest.mark.parametrize("after", range(len(FILES)))
def test_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: bool, after: int
) -> None:
    place = tmp_path / "a" / "out"
    if existing:
        write_report(FILES, place)
    write, count = Path.write_bytes, iter(range(len(FILES)))

    def full(path: Path, data: bytes) -> int:
        if next(count) == after:
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match=r"out: can't be written \(No space left on device\)"):
        write_report(OTHER, place, force=True)
    assert content(place) == FILES if existing else list(tmp_path.iterdir()) == []
    assert [p.name for p in place.parent.glob("*")] == (["out"] if existing else [])


def test_interrupted_exchange_brings_the_old_report_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "out"
    write_report(FILES, place)
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if target == place and (path / "qux-20140630.xml").exists():
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_report(OTHER, place, force=True)
    assert content(place) == FILES
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_file_names_are_plain(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        write_report({"../stray.xml": b""}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_reference_describes_every_file_and_column() -> None:
    docs = Path(__file__).resolve().parents[1] / "docs"
    reference = (docs / "reference" / "files.md").read_text(encoding="utf-8")
    tables = (docs / "how-to" / "tables.md").read_text(encoding="utf-8")
    for name in (*FILES, *(file for one in FORMATS.values() for file in one.files)):
        assert f"| `{name.replace('qux-20140331', '<base>')}` |" in reference, name
    for name in FORMATS:
        assert f"`{name}`" in reference or f"`--to {name}`" in reference, name
    for name in FactRow._fields:
        assert f"`{name}`" in tables, name
    for column in FACT_COLUMNS:
        assert f"| `{column}` |" in reference, column
    for field in json.loads(FILES["findings.json"])[0]:
        assert f"`{field}`" in reference, field
