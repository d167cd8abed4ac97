"""What a mapping file's reader needs of TOML: where tables and keys stand, words that were meant, small values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pressmark.errors import UsageError
from pressmark.mapping.table import concept_table
from pressmark.period import Period

_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a mapping file: its line, the cause and the mend. A warning does not stop a conversion."""

    line: int
    cause: str
    mend: str
    warning: bool = False


@dataclass(slots=True)
class Lines:
    """The lines on which tables and keys stand, by table name and number."""

    tables: dict[tuple[str, int], int] = field(default_factory=dict)
    keys: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def at(self, table: str, number: int, key: str = "") -> int:
        """The line of a key, of its table where the key has none of its own, else 1."""
        return self.keys.get((table, number, key)) or self.tables.get((table, number), 1)


def load(path: Path, kind: str = "a mapping file", under: str = "") -> tuple[dict[str, Any], Lines]:
    """The tables of a file and where they stand. Raises UsageError for a file that can't be read or is not TOML.

    `kind` names what the file should be; the places are those of the tables `under` a dotted name (tool.pressmark).
    """
    text = _text(path, kind)
    try:
        return tomllib.loads(text), located(text, under)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = place[1] if place else str(text.count("\n") + 1)
        raise UsageError(f"{path}:{line}", f"not TOML: {_AT_LINE.sub('', str(error)).strip()}", "mend it") from None


def _text(path: Path, kind: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(str(path), f"it can't be read ({error.strerror})", f"name {kind} (TOML)") from error
    except UnicodeDecodeError as error:
        raise UsageError(str(path), f"not UTF-8 text (byte {error.start})", "save it as UTF-8") from error


def located(text: str, under: str = "") -> Lines:
    """Where tables and keys stand, of the tables `under` a dotted name. Multi-line strings are passed over."""
    lines = Lines()
    counts: dict[str, int] = {}
    table, number = None if under else "", 0
    inside = ""
    for at, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if inside in line else inside
            continue
        head = re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?", line)
        key = re.match(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*=""", line)
        if head:
            table = _below(head[1], under)
            if table is not None:
                number = counts.get(table, 0)
                counts[table] = number + 1
                lines.tables[table, number] = at
        elif key and table is not None:
            name = key[1] or key[2] or key[3]
            lines.keys.setdefault((table, number if table else 0, name), at)
            lines.tables.setdefault((name, 0), at)
        for mark in ('"""', "'''"):
            if line.count(mark) % 2:
                inside = mark
    return lines


def _below(name: str, under: str) -> str | None:
    """The first part of a table's name below `under`, "" for `under` itself, None for a table elsewhere."""
    if under and name != under and not name.startswith(f"{under}."):
        return None
    return name.removeprefix(under).removeprefix(".").partition(".")[0]


def companies(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """CIKs without leading zeros, tickers in capitals."""
    return tuple(
        c.strip().lstrip("0") if c.strip().isdigit() else c.strip().upper()
        for c in ([value] if isinstance(value, str) else value)
    )


def period_of(text: str) -> Period | None:
    """The period of `2024-03-31` or `2024-01-01/2024-03-31`, None for anything else."""
    first, _, last = text.partition("/")
    try:
        period = Period(date.fromisoformat(last or first), date.fromisoformat(first) if last else None)
    except ValueError:
        return None
    return period if period.start is None or period.start <= period.end else None


def near(word: str, known_words: Mapping[str, object] | tuple[str, ...]) -> str:
    """A hint at the word that was meant, "" where none is like it."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known_words), 1)
    return f" (did you mean {found[0]}?)" if found else ""


def nearest_concept(name: str) -> str:
    """A hint at the element that was meant."""
    from rapidfuzz import fuzz, process

    names = [c.name for c in concept_table() if not c.abstract]
    found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=60)
    return f" (did you mean {found[0]}?)" if found else ""
