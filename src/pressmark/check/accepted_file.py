"""Reads a facts file back; what is wrong with one is told with its line and column."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pressmark import __version__
from pressmark.check.accepted import COLUMNS, FORMAT, Accepted, AcceptedFact, Origin
from pressmark.errors import InputError
from pressmark.mapping.rules_toml import period_of

MEND = "restore it from version control, or delete it and run check --update"
_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^",]*)')
_QNAME = re.compile(r"[A-Za-z_][\w.-]*:[A-Za-z_][\w.-]*")
_DECIMALS = re.compile(r"INF|-?\d+")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


def read_accepted(path: Path) -> Accepted | None:
    """The accepted facts of a file, None where there is no such file.

    Raises InputError for a file that can't be read, is damaged, or was made by a newer Pressmark.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(str(path), f"it can't be read ({error.strerror})", MEND) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        raise _fault(path, line, column, "not UTF-8 text") from None
    return _Reader(path, text.split("\n")).accepted()


def _fault(path: Path, line: int, column: int, cause: str) -> InputError:
    return InputError(f"{path}:{line}:{column}", cause, MEND)


class _Reader:
    """Goes through the lines of a file: comments, the row of column names, a row a fact."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self._path = path
        self._lines = [line.removesuffix("\r") for line in lines]

    def accepted(self) -> Accepted:
        marked = next((n for n, line in enumerate(self._lines) if line.startswith(_CONFLICT)), None)
        if marked is not None:
            raise self._fault(marked, 1, "a merge conflict is left in it")
        head = next((n for n, line in enumerate(self._lines) if not line.startswith("#")), len(self._lines))
        said, findings = self._comments(head)
        if self._lines[head : head + 1] != [",".join(COLUMNS)]:
            raise self._fault(head, 1, f"the row of column names is missing ({','.join(COLUMNS)})")
        facts: dict[tuple[str, str, str], AcceptedFact] = {}
        for number in range(head + 1, len(self._lines)):
            if self._lines[number]:
                fact = self._fact(number)
                if fact.key in facts:
                    raise self._fault(number, 1, f"{fact.concept} for {fact.period} stands in it twice")
                facts[fact.key] = fact
        if self._lines[-1]:
            raise self._fault(len(self._lines) - 1, len(self._lines[-1]) + 1, "it breaks off without a line end")
        origin = Origin(said["pressmark"], said["release"], said["mapping"])
        return Accepted(origin, tuple(facts[key] for key in sorted(facts)), findings)

    def _comments(self, head: int) -> tuple[dict[str, str], tuple[str, ...]]:
        """What the comments say of the file's making, and the findings that they accept."""
        said: dict[str, tuple[int, str]] = {}
        findings = []
        for number, line in enumerate(self._lines[:head]):
            name, colon, value = line.removeprefix("#").strip().partition(": ")
            if name == "finding":
                findings.append(value)
            elif colon:
                said.setdefault(name, (number, value.strip()))
        for name in ("format", "pressmark", "release", "mapping"):
            if name not in said:
                raise self._fault(0, 1, f"its head does not say “# {name}: …”")
            if name == "pressmark":  # a newer file may lack what follows
                self._not_newer(*said["format"], said["pressmark"][1])
        return {name: value for name, (_, value) in said.items()}, tuple(findings)

    def _not_newer(self, number: int, layout: str, version: str) -> None:
        """An older Pressmark must neither misread nor rewrite what a newer one has accepted."""
        if layout.isdigit() and (int(layout) > FORMAT or _order(version) > _order(__version__)):
            cause = f"it was made by Pressmark {version}, this is {__version__}"
            raise InputError(f"{self._path}:{number + 1}", cause, f"install Pressmark {version} or later")
        if layout != str(FORMAT):
            raise self._fault(number, 1, f"its format is {layout!r}, not {FORMAT}")

    def _fact(self, number: int) -> AcceptedFact:
        fields = self._fields(number)
        if len(fields) != len(COLUMNS):
            last = fields[-1][1]
            raise self._fault(number, last, f"{len(fields)} fields, not the {len(COLUMNS)} of the row of column names")
        concept, period, unit, value, decimals, statement, label, printed, sure = (text for text, _ in fields)
        checks = (
            (0, bool(_QNAME.fullmatch(concept)), "not a concept (prefix:Name)"),
            (1, period_of(period) is not None, "not a period (2024-03-31, or 2024-01-01/2024-03-31)"),
            (3, _number(value) or not unit, "not a number"),
            (4, bool(_DECIMALS.fullmatch(decimals)) if unit else not decimals, "not the decimals of such a fact"),
            (8, sure in ("yes", "no"), "neither yes nor no"),
        )
        for index, fine, cause in checks:
            text, column = fields[index]
            if not fine:
                raise self._fault(number, column, f"{COLUMNS[index]} is {text!r}: {cause}")
        return AcceptedFact(concept, period, unit, value, decimals, statement, label, printed, sure == "yes")

    def _fields(self, number: int) -> list[tuple[str, int]]:
        """The fields of a row (RFC 4180, on one line) with the column, from 1, where each begins."""
        line, at = self._lines[number], 0
        fields: list[tuple[str, int]] = []
        while True:
            match = _FIELD.match(line, at)
            assert match is not None  # noqa: S101 - the second branch matches nothing at all
            quoted, bare = match.groups()
            fields.append((quoted.replace('""', '"') if quoted is not None else bare, at + 1))
            at = match.end()
            if at == len(line):
                return fields
            if line[at] != ",":
                raise self._fault(number, at + 1, "a quote that is not closed or not doubled")
            at += 1

    def _fault(self, number: int, column: int, cause: str) -> InputError:
        return _fault(self._path, number + 1, column, cause)


def _number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _order(version: str) -> tuple[int, ...]:
    """A version's release numbers, to compare; what follows them does not count."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()
