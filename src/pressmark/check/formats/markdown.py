"""A check as Markdown for a pull request: a verdict, a row a release to look at, details folded, a limited size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pressmark.check.formats.common import differing, place_of, relative, shown, summary
from pressmark.check.policy import Noted
from pressmark.check.release import ReleaseCheck
from pressmark.check.run import Outcome

# GitHub takes 65,536 characters in a comment; a step's summary may be longer.
LIMIT = 60_000
# What the lines that count what is left out take up together, at most.
_RESTS = 200
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")


def told(outcome: Outcome) -> str:
    """The summary, a table, and as many details as fit; what is left out is counted."""
    mark = "❌" if outcome.code else "✅"
    parts = [f"### {mark} Pressmark check\n\n{_plain(summary(outcome))}\n"]
    looked_at = [release for release in outcome.releases if _found(outcome, release) or release.differences]
    if looked_at:
        parts.append("\n| release | facts | errors | warnings |\n|---|---|--:|--:|\n")
    _fill(parts, (_row(outcome, release) for release in looked_at), len(looked_at), "| … | {} more releases | | |\n")
    remarks = [noted for noted in outcome.remarks if shown(outcome, noted)]
    if remarks:
        parts.append("\n")
        _fill(parts, (_item("", noted) for noted in remarks), len(remarks), "- … and {} more\n")
    _fill(parts, (_details(outcome, release) for release in looked_at), len(looked_at), "\n… and {} more releases\n")
    return "".join(parts)


def _fill(parts: list[str], more: Iterable[str], total: int, rest: str) -> None:
    """Adds parts as long as they fit with the line that counts the rest of all `total`."""
    room = LIMIT - _RESTS - sum(map(len, parts))
    for number, part in enumerate(more):
        if len(part) > room:
            parts.append(rest.format(total - number))
            return
        parts.append(part)
        room -= len(part)


def _found(outcome: Outcome, release: ReleaseCheck) -> list[Noted]:
    return [noted for noted in release.findings if shown(outcome, noted)]


def _row(outcome: Outcome, release: ReleaseCheck) -> str:
    ranks = [noted.finding.severity.rank for noted in _found(outcome, release)]
    return f"| {_path(release.source)} | {differing(release)} | {ranks.count(0)} | {ranks.count(1)} |\n"


def _details(outcome: Outcome, release: ReleaseCheck) -> str:
    lines = list(_by_statement(release.source, _found(outcome, release)))
    if not lines:
        return ""
    inside = "".join(lines)
    return f"\n<details><summary>{_plain(relative(release.source))}</summary>\n{inside}\n</details>\n"


def _by_statement(source: str, found: list[Noted]) -> Iterator[str]:
    statement = None
    for noted in sorted(found, key=lambda n: (bool(n.statement), n.statement)):
        if noted.statement != statement:
            statement = noted.statement
            yield f"\n**{_plain(statement)}**\n\n" if statement else "\n"
        yield _item(source, noted)


def _item(source: str, noted: Noted) -> str:
    one, span = noted.finding, place_of(source, noted)
    known = "" if noted.new else " (accepted)"
    return f"- {one.severity} `{one.code}` line {span.line}: {_plain(one.message)}{known}\n"


def _path(source: str) -> str:
    return f"`{relative(source)}`".replace("|", "\\|")


def _plain(text: str) -> str:
    """Text that Markdown and HTML show as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")
