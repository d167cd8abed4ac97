"""Runs rules that are not ours: Arelle plugins that the user has installed or names, such as EDGAR's or XULE's.

They run in a process of their own, by Arelle's command line, for which they are written: a plugin reads its own options
there, keeps state in globals, and may end the process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pressmark.errors import UsageError
from pressmark.validate.messages import ArelleMessage, read_messages

_MEND = "check the plugin's name or folder, its own requirements, and the options it takes"


@dataclass(frozen=True, slots=True)
class Outside:
    """What the user asks for: plugins by name or path, a disclosure system, further options of Arelle's command line.

    An option is `name` or `name=value`, without the dashes.
    """

    plugins: tuple[str, ...] = ()
    disclosure_system: str = ""
    options: tuple[str, ...] = ()


def outside_messages(
    path: Path, asked: Outside, packages: Sequence[Path], ids: Container[str]
) -> tuple[ArelleMessage, ...]:
    """What Arelle says of a report with the plugins; `ids` are the ids of the report's facts.

    Raises UsageError where a plugin can't be loaded, an option is refused, or Arelle ends without a log.
    """
    with TemporaryDirectory(prefix="pressmark-") as folder:
        log = Path(folder) / "log.json"
        command = _command(path, asked, packages, log)
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the user's own plugins
        if run.returncode or not log.is_file():
            said = " ".join((run.stderr or run.stdout).split())[-200:] or f"it ended with {run.returncode}"
            raise UsageError("arelle", f"the run with {_named(asked)} failed ({said})", _MEND)
        records = [_record(entry) for entry in json.loads(log.read_text(encoding="utf-8"))["log"]]
    missing = next((r for r in records if "plug-in" in r["msg"] and r["levelname"].upper() == "ERROR"), None)
    if missing is not None:
        raise UsageError("arelle", " ".join(str(missing["msg"]).split()), _MEND)
    return read_messages(records, path, ids)


def _command(path: Path, asked: Outside, packages: Sequence[Path], log: Path) -> list[str]:
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(path), "--validate", "--workOffline"]
    command += ["--disablePersistentConfig", "--logFile", str(log), "--logFormat", "%(message)s"]
    if packages:
        command += ["--packages", "|".join(str(package) for package in packages)]
    if asked.plugins:
        command += ["--plugins", "|".join(asked.plugins)]
    if asked.disclosure_system:
        command += ["--disclosureSystem", asked.disclosure_system]
    return [*command, *(f"--{option}" for option in asked.options)]


def _named(asked: Outside) -> str:
    return ", ".join((*asked.plugins, *filter(None, [asked.disclosure_system]), *asked.options))


def _record(entry: dict[str, Any]) -> dict[str, Any]:
    """A record as the structured log of Arelle's controller has it."""
    return {
        "levelname": entry["level"],
        "messageCode": entry["code"],
        "msg": entry["message"]["text"],
        "refs": entry["refs"],
    }
