"""Writes a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pressmark.errors import UsageError


def check_outputs(outputs: Iterable[tuple[str, Path]], inputs: Iterable[Path]) -> None:
    """Raises UsageError where a file to be written, told with its option, is an input or is written twice.

    Devices and pipes take any number of outputs. Cheap enough to ask before the work is done.
    """
    taken = {os.path.realpath(path): "it is one of the inputs" for path in inputs}
    for option, path in outputs:
        if path.exists() and not path.is_file():
            continue
        real = os.path.realpath(path)
        if real in taken:
            raise UsageError(f"{option} {path}", taken[real], "name another file")
        taken[real] = "it is written by another option already"


def write_whole(path: Path, data: bytes) -> None:
    """Writes to a temporary name and renames, so that a reader never sees half a file.

    A device or pipe is written to as it is. Raises UsageError for a place that can't be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):  # where its folder is none, say
            part.unlink(missing_ok=True)
        raise UsageError(str(path), f"it can't be written ({error.strerror})", "check the folder") from error
