"""Reads a mapping file (TOML) into rules; every fault is told with the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pressmark.errors import UsageError
from pressmark.mapping.concept import Concept
from pressmark.mapping.dictionary import OWN
from pressmark.mapping.evidence import alike
from pressmark.mapping.rules import ColumnRule, Rule, Rules, Wording, known, wording
from pressmark.mapping.rules_toml import Lines, Problem, companies, load, near, nearest_concept, period_of
from pressmark.mapping.table import concept_table

STATEMENTS = ("BS", "IS", "CF", "CI")
HOW = ("exact", "glob", "regex")
KINDS = {
    "monetary": "monetaryItemType",
    "shares": "sharesItemType",
    "per-share": "perShareItemType",
    "pure": "pureItemType",
}
SCALES = {"units": 0, "thousands": 3, "millions": 6, "billions": 9}
MOST_SCALE = 12
RULE_KEYS: dict[str, tuple[type, ...]] = {
    "label": (str,), "match": (str,), "statement": (str,), "section": (str,), "company": (str, list),
    "occurrence": (int,), "concept": (str,), "also": (list,), "extension": (str,), "type": (str,),
    "period_type": (str,), "balance": (str,), "text": (str,), "wider": (str,), "sign": (int,), "skip": (str,),
    "scale": (str, int),
}  # fmt: skip
COLUMN_KEYS: dict[str, tuple[type, ...]] = {
    "head": (str,), "match": (str,), "statement": (str,), "company": (str, list), "period": (str,), "skip": (str,),
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,199}")


def read_rules(path: Path) -> Rules:
    """The rules of a file. Raises UsageError at the first fault, as FILE:LINE."""
    rules, problems = checked(path)
    for problem in problems:
        if not problem.warning:
            raise UsageError(f"{path}:{problem.line}", problem.cause, problem.mend)
    return rules


def checked(path: Path) -> tuple[Rules, tuple[Problem, ...]]:
    """The rules of a file and every fault in it. Raises UsageError for a file that can't be read or is not TOML."""
    data, lines = load(path)
    reader = _Reader(str(path), lines)
    rules: list[Rule] = []
    columns: list[ColumnRule] = []
    for name, value in data.items():
        if name not in ("rule", "column", "schema"):
            reader.fault(
                lines.keys.get(("", 0, name)) or lines.at(name, 0),
                f"unknown table or key {name}{near(name, ('rule', 'column'))}",
                "a mapping file holds [[rule]] and [[column]] tables",
            )
        elif name == "schema":
            if value != 1 or isinstance(value, bool):
                at = lines.keys.get(("", 0, name), 1)
                reader.fault(at, f"schema is {value!r}", "write schema = 1, the one layout that there is")
        elif not (isinstance(value, list) and all(isinstance(v, dict) for v in value)):
            reader.fault(lines.at(name, 0), f"{name} is not an array of tables", f"write [[{name}]]")
        elif name == "rule":
            rules = [r for n, v in enumerate(value) if (r := reader.rule(n, v)) is not None]
        elif name == "column":
            columns = [c for n, v in enumerate(value) if (c := reader.column(n, v)) is not None]
    found = Rules(path.name, tuple(rules), tuple(columns))
    problems = sorted([*reader.problems, *clashes(found)], key=lambda p: p.line)
    return found, tuple(problems)


@dataclass(slots=True)
class _Reader:
    """Turns tables into rules and keeps the faults."""

    file: str
    lines: Lines
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, cause: str, mend: str) -> None:
        self.problems.append(Problem(line, cause, mend))

    def rule(self, number: int, table: Mapping[str, Any]) -> Rule | None:
        """The rule of a table, None where it has a fault."""
        before = len(self.problems)
        self._keys("rule", number, table, RULE_KEYS, "label")
        if len(self.problems) > before:
            return None
        how = table.get("match", "exact")
        label = self._wording("rule", number, "label", table["label"], how)
        section = self._wording("rule", number, "section", table["section"], how) if "section" in table else None
        concept = self._concept(number, table)
        also = self._also(number, table, concept)
        scale = self._scale(number, table.get("scale"))
        if table.get("occurrence", 0) < 0:
            at = self.lines.at("rule", number, "occurrence")
            self.fault(at, f"occurrence is {table['occurrence']}", "count from 1; 0 is any")
        sign = table.get("sign", 0)
        if sign not in (0, 1, -1):
            self.fault(self.lines.at("rule", number, "sign"), f"sign is {sign}", "it is 1 or -1")
        given = [k for k in ("concept", "extension", "skip") if k in table]
        if len(given) > 1:
            self.fault(
                self.lines.at("rule", number, given[1]), f"{' and '.join(given)} in one rule", "keep one of them"
            )
        if not given and "scale" not in table:
            self.fault(self.lines.at("rule", number), "the rule does nothing", "give concept, extension, skip or scale")
        if len(self.problems) > before or label is None:
            return None
        return Rule(
            f"{self.file}:{self.lines.at('rule', number)}",
            label,
            table.get("statement", ""),
            section,
            companies(table.get("company", ())),
            table.get("occurrence", 0),
            concept,
            sign,
            table.get("skip", ""),
            scale,
            also,
        )

    def column(self, number: int, table: Mapping[str, Any]) -> ColumnRule | None:
        """The rule of a `[[column]]`, None where it has a fault."""
        before = len(self.problems)
        self._keys("column", number, table, COLUMN_KEYS, "head")
        if len(self.problems) > before:
            return None
        head = self._wording("column", number, "head", table["head"], table.get("match", "exact"))
        period = None
        if "period" in table:
            period = period_of(table["period"])
            if period is None:
                self.fault(
                    self.lines.at("column", number, "period"),
                    f"not a period: {table['period']!r}",
                    "write 2024-03-31 or 2024-01-01/2024-03-31",
                )
        if ("period" in table) == ("skip" in table):
            self.fault(self.lines.at("column", number), "a column takes either a period or skip", "give one of the two")
        if len(self.problems) > before or head is None:
            return None
        place = f"{self.file}:{self.lines.at('column', number)}"
        return ColumnRule(
            place, head, table.get("statement", ""), companies(table.get("company", ())), period, table.get("skip", "")
        )

    def _keys(
        self, name: str, number: int, table: Mapping[str, Any], allowed: Mapping[str, tuple[type, ...]], needed: str
    ) -> None:
        """Unknown keys, wrong types, missing keys, words out of a list."""
        for key, value in table.items():
            at = self.lines.at(name, number, key)
            if key not in allowed:
                self.fault(at, f"unknown key {key}{near(key, allowed)}", f"a {name} takes {', '.join(allowed)}")
            elif not isinstance(value, allowed[key]) or isinstance(value, bool):
                kinds = " or ".join(
                    {"str": "text", "int": "a whole number", "list": "a list"}[t.__name__] for t in allowed[key]
                )
                self.fault(at, f"{key} is not {kinds}", "mend the value")
            elif key in ("label", "head", "skip", "extension", "concept") and not str(value).strip():
                self.fault(at, f"{key} is empty", "give it a value")
            elif isinstance(value, list) and not all(isinstance(v, str) for v in value):
                self.fault(at, f"{key} holds something that is not text", "put each entry in quotes")
        for key, words in (
            ("match", HOW),
            ("statement", STATEMENTS),
            ("type", KINDS),
            ("period_type", ("instant", "duration")),
            ("balance", ("debit", "credit", "none")),
        ):
            if key in allowed and isinstance(table.get(key), str) and table[key] not in words:
                self.fault(self.lines.at(name, number, key), f"{key} is {table[key]!r}", f"one of {', '.join(words)}")
        if needed not in table:
            self.fault(self.lines.at(name, number), f"the {name} has no {needed}", f'add {needed} = "..."')

    def _scale(self, number: int, scale: str | int | None) -> int | None:
        """The power of ten of a scale, None for none."""
        power = SCALES.get(scale) if isinstance(scale, str) else scale
        if scale is None or (power is not None and 0 <= power <= MOST_SCALE):
            return power
        meant = next((f'write {p} or "{word}"' for word, p in SCALES.items() if scale == 10**p), "")
        words = f"one of {', '.join(SCALES)}, or a power of ten from 0 to {MOST_SCALE}"
        cause = f"unknown scale {scale!r}" if isinstance(scale, str) else f"scale is {scale}, not a power of ten"
        self.fault(self.lines.at("rule", number, "scale"), cause, meant or words)
        return None

    def _wording(self, name: str, number: int, key: str, text: str, how: str) -> Wording | None:
        try:
            return wording(text, how)
        except re.error as error:
            self.fault(
                self.lines.at(name, number, key),
                f"not a regular expression: {error}",
                "mend the pattern, or use exact or glob",
            )
            return None

    def _concept(self, number: int, table: Mapping[str, Any]) -> Concept | None:
        """The concept of a rule: one of us-gaap as the table has it, or the user's own."""
        at = self.lines.at
        if "concept" in table:
            concept = known(table["concept"])
            if concept is None or concept.abstract:
                name = table["concept"].removeprefix("us-gaap:")
                self.fault(
                    at("rule", number, "concept"),
                    f"there is no us-gaap element {name} in the concept table{nearest_concept(name)}",
                    "name another, or define an extension",
                )
                return None
            self._agrees(number, table, concept, concept.name)
            self._in_statement(number, table, concept)
            return concept
        if "extension" not in table:
            return None
        name = table["extension"]
        if not _NAME.fullmatch(name):
            self.fault(
                at("rule", number, "extension"),
                f"{name!r} can't be an element's name",
                "letters and digits, a letter first",
            )
        elif name in concept_table():
            self.fault(at("rule", number, "extension"), f"{name} is a us-gaap element", f'write concept = "{name}"')
        balance = table.get("balance", "")
        kind = KINDS.get(table.get("type", ""), "")
        if balance in ("debit", "credit") and kind and kind != "monetaryItemType":
            self.fault(at("rule", number, "balance"), "only a monetary element has a balance", "leave it out")
        concept = Concept(
            OWN, name, kind, table.get("period_type", ""), balance,
            table.get("text", ""), wider=table.get("wider", "").removeprefix("us-gaap:"),
        )  # fmt: skip
        if concept.wider:
            wide = known(concept.wider)
            if wide is None:
                self.fault(
                    at("rule", number, "wider"),
                    f"there is no us-gaap element {concept.wider} in the concept table{nearest_concept(concept.wider)}",
                    "name another, or leave it out",
                )
            else:
                self._agrees(number, table, wide, f"the wider {wide.name}")
        self._in_statement(number, table, concept)
        return concept

    def _also(self, number: int, table: Mapping[str, Any], concept: Concept | None) -> tuple[str, ...]:
        """The names of further us-gaap elements, which are of the concept's kind."""
        at = self.lines.at("rule", number, "also")
        names = [n.removeprefix("us-gaap:") for n in table.get("also", ())]
        if names and "concept" not in table:
            self.fault(at, "also without concept", "name the first element with concept")
            return ()
        for n, name in enumerate(names):
            other = known(f"us-gaap:{name}")
            if other is None or other.abstract:
                cause = f"there is no us-gaap element {name or '“”'} in the concept table{nearest_concept(name)}"
                self.fault(at, cause, "name another, or leave it out")
            elif other == concept or name in names[:n]:
                self.fault(at, f"{name} is named twice", "name each element once")
            elif concept is not None and not alike(other, concept):
                cause = f"{name} and {concept.name} differ in type, period type or balance"
                self.fault(at, cause, "name elements that can carry the same values")
        return tuple(names)

    def _agrees(self, number: int, table: Mapping[str, Any], concept: Concept, name: str) -> None:
        stated = {
            "type": KINDS.get(table.get("type", "")),
            "period_type": table.get("period_type"),
            "balance": table.get("balance"),
        }
        actual = {"type": concept.type, "period_type": concept.period_type, "balance": concept.balance or "none"}
        for key, value in stated.items():
            if value is not None and value != actual[key]:
                self.fault(
                    self.lines.at("rule", number, key),
                    f"{key} is {table[key]}, but {name} has {actual[key].removesuffix('ItemType')}",
                    "correct the one or the other",
                )

    def _in_statement(self, number: int, table: Mapping[str, Any], concept: Concept) -> None:
        wanted = {"BS": "instant", "IS": "duration", "CI": "duration"}.get(table.get("statement", ""))
        if wanted and concept.period_type and concept.period_type != wanted:
            key = "concept" if "concept" in table else "period_type"
            self.fault(
                self.lines.at("rule", number, key),
                f"{concept.name} has period type {concept.period_type}, lines of {table['statement']} are {wanted}",
                f"name an element of period type {wanted}",
            )


def clashes(rules: Rules) -> Iterator[Problem]:
    """Rules that speak of exactly the same lines: an error where they differ, a warning where they repeat."""
    seen: dict[tuple[object, ...], Rule] = {}
    for rule in rules.rules:
        section = (rule.section.how, rule.section.text) if rule.section else None
        deciding = bool(rule.concept or rule.skip)
        for company in rule.companies or ("",):
            key = (rule.label.how, rule.label.text, rule.statement, section, company, rule.occurrence, deciding)
            other = seen.setdefault(key, rule)
            if other is not rule:
                line = int(rule.place.rpartition(":")[2])
                same = (other.outcome, other.scale) == (rule.outcome, rule.scale)
                cause = f"two rules for one row: that of {other.named} has the same label, section and statement"
                yield Problem(line, cause, "keep one of them", warning=same)
                break
