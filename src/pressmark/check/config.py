"""Reads the configuration of a check: `pressmark.toml`, or `[tool.pressmark]` in `pyproject.toml`.

Every fault is told with its file and line. The layout is published as JSON Schema in `taxonomy/pressmark.schema.json`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pressmark.check.policy import FailOn, Ignore, absolute
from pressmark.check.rulebook import matching, rulebook
from pressmark.errors import UsageError
from pressmark.finding import Severity
from pressmark.mapping.rules_toml import Lines, load, near
from pressmark.span import Span
from pressmark.validate.outside import Outside

FILE, PYPROJECT, TABLE = "pressmark.toml", "pyproject.toml", "tool.pressmark"
BELOW = ("extension", "finding")
FORMATS = ("text", "json", "junit", "sarif", "github", "markdown")
KEYS: dict[str, tuple[type, ...]] = {
    "paths": (list,), "baseline": (str,), "mapping": (str,), "prior": (str, list), "package": (str, list),
    "cik": (str,), "ticker": (str,), "min-confidence": (float, int), "below": (str,),
    "limit": (str, list), "fail-on": (str,),
    "plugin": (str, list), "disclosure-system": (str,), "arelle-option": (str, list), "format": (str,),
    "jobs": (int,), "severity": (dict,), "ignore": (list,),
}  # fmt: skip
IGNORE_KEYS = ("code", "path", "label", "concept", "reason", "expires")
_KINDS = {str: "text", int: "a whole number", list: "a list of texts", dict: "a table", float: "a number"}


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration says, "" or empty where it is silent. Its paths are relative to its folder, here no longer.

    `cik` and `ticker` are for a team whose releases are all of one company; `limits` are those of `--limit`.
    """

    paths: tuple[str, ...] = ()
    baseline: Path | None = None
    mapping: Path | None = None
    priors: tuple[Path, ...] = ()
    packages: tuple[Path, ...] = ()
    outside: Outside | None = None
    cik: str = ""
    ticker: str = ""
    min_confidence: float = 0.0
    below: str = BELOW[0]
    limits: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    format: str = ""
    jobs: int = 0
    severities: Mapping[str, Severity] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()


def find_config(folder: Path) -> Path | None:
    """The configuration for a folder: in it or the nearest above that has one; None where there is none."""
    for place in (folder, *folder.absolute().parents):
        if (place / FILE).is_file():
            return place / FILE
        if _speaks_of_us(place / PYPROJECT):
            return place / PYPROJECT
    return None


def _speaks_of_us(path: Path) -> bool:
    try:
        return "pressmark" in tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError, AttributeError):
        return False  # somebody else's business, until it is named with --config


def read_config(path: Path) -> Config:
    """The configuration in a file. Raises UsageError at its first fault, as FILE:LINE."""
    under = TABLE if path.name == PYPROJECT else ""
    data, lines = load(path, "a configuration", under)
    if under:
        data = data.get("tool", {}).get("pressmark", {})
    return _Reader(path, lines).config(data)


class _Reader:
    """Turns the table into a configuration."""

    def __init__(self, path: Path, lines: Lines) -> None:
        self._path, self._lines = path, lines
        self._others = False

    def config(self, data: Mapping[str, Any]) -> Config:
        for key, value in data.items():
            self._key(key, value)
        self._others = "plugin" in data
        choices: dict[str, tuple[str, ...]] = {"fail-on": tuple(FailOn), "format": FORMATS, "below": BELOW}
        for key, words in choices.items():
            if key in data and data[key] not in words:
                raise self._fault(
                    "", 0, key, f"{key} is {data[key]!r}{near(data[key], words)}", f"one of {', '.join(words)}"
                )
        if not re.fullmatch(r"(\d{1,10})?", data.get("cik", "")):
            raise self._fault("", 0, "cik", "cik is not a number of at most ten digits", "see the company's EDGAR page")
        if not 0 <= data.get("min-confidence", 0) <= 1:
            raise self._fault("", 0, "min-confidence", "min-confidence is not from 0 to 1", "mend the value")
        if data.get("below", BELOW[0]) != BELOW[0] and not data.get("min-confidence"):
            raise self._fault("", 0, "below", "below has nothing to speak of", "give min-confidence as well")
        return Config(
            paths=tuple(map(str, map(self._place, data.get("paths", ())))),
            baseline=self._place(data["baseline"]) if "baseline" in data else None,
            mapping=self._place(data["mapping"]) if "mapping" in data else None,
            priors=self._places(data, "prior"),
            packages=self._places(data, "package"),
            outside=self._outside(data),
            cik=data.get("cik", ""),
            ticker=data.get("ticker", ""),
            limits=_texts(data.get("limit", ())),
            min_confidence=float(data.get("min-confidence", 0)),
            below=data.get("below", BELOW[0]),
            fail_on=FailOn(data["fail-on"]) if "fail-on" in data else None,
            format=data.get("format", ""),
            jobs=data.get("jobs", 0),
            severities=self._severities(data.get("severity", {})),
            ignores=tuple(self._ignore(n, entry) for n, entry in enumerate(data.get("ignore", ()))),
        )

    def _key(self, key: str, value: object) -> None:
        if key not in KEYS:
            raise self._fault("", 0, key, f"unknown key {key}{near(key, KEYS)}", f"it takes {', '.join(KEYS)}")
        kinds = KEYS[key]
        items: list[object] = value if isinstance(value, list) else []
        texts = dict if key == "ignore" else str
        if not isinstance(value, kinds) or isinstance(value, bool) or not all(isinstance(i, texts) for i in items):
            wanted = "written [[ignore]]" if key == "ignore" else " or ".join(_KINDS[kind] for kind in kinds)
            raise self._fault("", 0, key, f"{key} is not {wanted}", "mend the value")

    def _severities(self, table: Mapping[str, Any]) -> dict[str, Severity]:
        for code, word in table.items():
            self._known("severity", 0, code, code)
            if word not in tuple(Severity):
                mend = f"one of {', '.join(Severity)}; to silence a finding, write an [[ignore]]"
                raise self._fault("severity", 0, code, f"the severity of {code} is {word!r}", mend)
        return {code: Severity(word) for code, word in table.items()}

    def _ignore(self, number: int, entry: Mapping[str, Any]) -> Ignore:
        for key, value in entry.items():
            if key not in IGNORE_KEYS:
                cause = f"unknown key {key}{near(key, IGNORE_KEYS)}"
                raise self._fault("ignore", number, key, cause, f"an ignore takes {', '.join(IGNORE_KEYS)}")
            if key != "expires" and not (isinstance(value, str) and value.strip()):
                raise self._fault("ignore", number, key, f"{key} is not text, or empty", "mend the value")
        for key, mend in (
            ("code", "see pressmark rules"),
            ("reason", "say why"),
            ("expires", "give a day, 2027-03-31"),
        ):
            if key not in entry:
                raise self._fault("ignore", number, "", f"the ignore has no {key}", mend)
        self._known("ignore", number, "code", entry["code"])
        return Ignore(
            entry["code"],
            " ".join(entry["reason"].split()),
            self._day(number, entry["expires"]),
            Span(str(self._path), self._lines.at("ignore", number)),
            str(absolute(self._path.parent / entry["path"])) if "path" in entry else "",
            entry.get("label", ""),
            entry.get("concept", ""),
        )

    def _day(self, number: int, value: object) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise self._fault("ignore", number, "expires", f"expires is {value!r}", "give a day, 2027-03-31") from None

    def _known(self, table: str, number: int, key: str, code: str) -> None:
        """Refuses a code that no finding has; a plugin's codes only the plugin knows."""
        if not (self._others or matching(code)):
            hint = near(code, tuple(one.code for one in rulebook()))
            raise self._fault(table, number, key, f"there is no finding {code}{hint}", "see pressmark rules")

    def _outside(self, data: Mapping[str, Any]) -> Outside | None:
        """The rules of others that are to run, None for none. A plugin that is no file of ours is one by name."""
        names = _texts(data.get("plugin", ()))
        paths = [absolute(self._path.parent / name) for name in names]
        plugins = tuple(str(path) if path.exists() else name for name, path in zip(names, paths, strict=True))
        system, options = data.get("disclosure-system", ""), _texts(data.get("arelle-option", ()))
        return Outside(plugins, system, options) if plugins or system or options else None

    def _places(self, data: Mapping[str, Any], key: str) -> tuple[Path, ...]:
        return tuple(self._place(name) for name in _texts(data.get(key, ())))

    def _place(self, name: str) -> Path:
        """A path of the file's folder, as short as the caller would write it."""
        full = self._path.parent / name
        return full if not full.is_absolute() or not full.is_relative_to(Path.cwd()) else full.relative_to(Path.cwd())

    def _fault(self, table: str, number: int, key: str, cause: str, mend: str) -> UsageError:
        lines = self._lines
        line = lines.at(table, number, key) if table else lines.keys.get(("", 0, key)) or lines.at(key, 0)
        return UsageError(f"{self._path}:{line}", cause, mend)


def _texts(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
