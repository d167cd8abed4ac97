"""Writes a starting mapping file with the choices of today, one rule a line, to be edited."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from pressmark.mapping.mapped import MappedLine, MappedStatement
from pressmark.mapping.rules import folded, occurrence
from pressmark.mapping.rules_file import KINDS

HEAD = """\
# A mapping file for Pressmark: what each line of {name} is today. Keep what you want to fix, delete the rest.
# A rule: label (match = "exact", "glob" or "regex"), optionally statement, section, occurrence, company (CIK or
# ticker); then concept (us-gaap; also = [...] for others of the same values), or extension (with type, period_type,
# balance, text, wider), or skip = "reason"; sign = -1 to report the opposite of what is printed; scale =
# "thousands". [[column]]: head, and period or skip.
schema = 1
"""


def starting_file(mapped: Sequence[MappedStatement], name: str, company: str = "") -> str:
    """A mapping file (TOML) that gives back the choices of `mapped`. `company` is a CIK or a ticker, "" for none."""
    return "\n".join([HEAD.format(name=name), *_rules(mapped, company)])


def _rules(mapped: Sequence[MappedStatement], company: str) -> Iterator[str]:
    for statement in mapped:
        wordings = Counter(folded(x.line.label.text) for x in statement.lines if x.line.values)
        seen: set[tuple[object, ...]] = set()
        if statement.lines:
            yield f"# {statement.statement.title or statement.statement.kind.value}\n"
        for line in statement.lines:
            item = line.line
            if not item.values or item.parenthetical or not folded(item.label.text):
                continue
            at = occurrence(item, statement.statement) if wordings[folded(item.label.text)] > 1 else 0
            key = (folded(item.label.text), at)
            if key not in seen:
                seen.add(key)
                yield _rule(line, statement.statement.kind.value, at, company)


def _rule(line: MappedLine, statement: str, at: int, company: str) -> str:
    item = line.line
    out = [f"# line {item.label.span.line}, {line.confidence:.0%} sure", "[[rule]]"]
    fields: list[tuple[str, object]] = [("label", " ".join(item.label.text.split())), ("statement", statement)]
    if at:
        fields.append(("occurrence", at))
    if company:
        fields.append(("company", company))
    if not line.concepts:
        fields.append(("skip", "; ".join(line.reasons) or "no concept fits"))
    for concept in line.concepts[:1]:
        if concept.extension:
            kind = next((k for k, v in KINDS.items() if v == concept.type), "monetary")
            fields += [("extension", concept.name), ("type", kind), ("period_type", concept.period_type)]
            fields += [
                (k, v)
                for k, v in (("balance", concept.balance), ("text", concept.label), ("wider", concept.wider))
                if v
            ]
        else:
            fields.append(("concept", concept.name))
            more = [c.name for c in line.concepts[1:]]
            fields += [("also", more)] if more else []
        if line.sign < 0:
            fields.append(("sign", -1))
    return "\n".join([*out, *(f"{k} = {toml(v)}" for k, v in fields), ""])


def toml(value: object) -> str:
    """A value as TOML writes it: JSON's strings are TOML's basic strings, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
