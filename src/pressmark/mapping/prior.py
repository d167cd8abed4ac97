"""Reads a company's earlier XBRL into a dictionary of its lines: any form of filing, any version of us-gaap.

The ladder: a dictionary that `pressmark learn` wrote; linkbases with their schema and instance (`prior_linkbases`);
Inline XBRL pages (`prior_page`). Both add up where both are there. Elements that are no longer in us-gaap are
carried to what took their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.errors import UsageError
from pressmark.finding import Finding, finding
from pressmark.mapping.dictionary import FORMAT, OWN, Carried, Dictionary, Filer, loaded, merge
from pressmark.mapping.features import words
from pressmark.mapping.prior_open import MEND, Part, parts, tree
from pressmark.mapping.prior_page import is_page, read_page
from pressmark.mapping.table import concept_table
from pressmark.resources import rows
from pressmark.statements.statement import Statement

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_prior(path: Path) -> Dictionary:
    """The dictionary of one filing. Raises UsageError for what can't be read or holds no us-gaap line."""
    files = parts(path)
    if len(files) == 1 and files[0].data[:200].lstrip()[:1] == b"{":
        return _dictionary(path, files[0])
    return read_roots(path, files, [(part.name, root) for part in files if (root := tree(part)) is not None])


def read_roots(path: Path, files: Sequence[Part], roots: Sequence[tuple[str, _Element]]) -> Dictionary:
    """The dictionary of a filing whose files are open: `roots` are those that are XML or HTML. Raises UsageError."""
    from pressmark.mapping.prior_linkbases import read_linkbases

    found = [read_page(root, name) for name, root in roots if is_page(root)]
    linked = read_linkbases(roots, path.name)
    if linked is not None and found:  # the page knows the order of its rows better
        linked = replace(linked, entries=tuple(replace(e, order=-1) for e in linked.entries))
    if linked is not None:
        found.append(linked)
    found = [d for d in found if d.entries]
    if not found:
        raise UsageError(str(path), _what(files), MEND)
    result = replace(merge(found), sources=(path.name,))
    if not any(not e.concept.startswith(f"{OWN}:") for e in result.entries):
        raise UsageError(str(path), "its XBRL is not us-gaap", MEND)
    return carried(result)


def read_priors(paths: Iterable[Path]) -> Dictionary | None:
    """The dictionaries of several filings as one, None where no path is given."""
    found = [read_prior(p) for p in paths]
    if not found:
        return None
    return found[0] if len(found) == 1 else merge(found)


def _dictionary(path: Path, part: Part) -> Dictionary:
    try:
        return loaded(part.data.decode("utf-8"))
    except (ValueError, KeyError, TypeError) as error:
        cause = f"not a dictionary file of Pressmark's ({error})" if FORMAT.encode() in part.data[:200] else "not XBRL"
        raise UsageError(str(path), cause, MEND) from error


def _what(files: Sequence[Part]) -> str:
    page = any(b"<html" in p.data[:3000].lower() for p in files)
    return "a page without Inline XBRL" if page else "there are no tagged rows or linkbases in it"


@cache
def _replaced() -> dict[str, str]:
    return {r["retired"]: r["replaced_by"] for r in rows("taxonomy/retired.tsv")}


def carried(dictionary: Dictionary) -> Dictionary:
    """The dictionary in today's elements, with a note of each that was carried over or that the table lacks."""
    table, replaced = concept_table(), _replaced()

    def today(concept: str) -> str:
        return replaced.get(concept, concept) if concept not in table else concept

    old = dict.fromkeys(e.concept for e in dictionary.entries if ":" not in e.concept and e.concept not in table)
    notes = tuple(Carried(c, replaced.get(c, "")) for c in old)
    return replace(
        dictionary,
        entries=tuple(replace(e, concept=today(e.concept)) for e in dictionary.entries),
        facts=tuple(replace(f, concept=today(f.concept)) for f in dictionary.facts),
        carried=notes,
    )


def prior_findings(dictionary: Dictionary, used: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What is to be said of a prior filing: elements that have been replaced since.

    `used` holds the concepts that the release's lines took; only what bears on them is reported.
    """
    wanted = set(used)
    found = []
    for note in dictionary.carried:
        if note.current and note.current in wanted:
            message = f"the prior filing's {note.retired} is no longer in us-gaap: {note.current} took its place"
            found.append(finding("prior.retired", message, concept=f"us-gaap:{note.current}"))
    return tuple(found)


def other_company(
    dictionary: Dictionary, *, cik: str = "", name: str = "", ticker: str = "", used: bool = False
) -> Finding | None:
    """A warning that names both, where the prior filing is not of the release's company; None where it may be.

    `used` says that it is used all the same.
    """
    filers = [f for f in dictionary.filers if f.name or f.identifier]
    if not filers or any(same_company(f, cik=cik, name=name, ticker=ticker) for f in filers):
        return None
    theirs = " and ".join(f"{f.name or 'a company'}{f' (CIK {f.identifier})' if f.identifier else ''}" for f in filers)
    ours = f"{name or 'a company'}{f' (CIK {cik})' if cik else ''}"
    then = "it was used all the same, because most of the release's lines are in it" if used else "it was left out"
    return finding("prior.other-company", f"the prior filing is of {theirs}, the release of {ours}: {then}")


def knows_lines(dictionary: Dictionary, statements: Sequence[Statement]) -> bool:
    """Whether most lines of the release stand in the filing word for word, as in a predecessor's under another name."""
    said = [(s.kind.value, " ".join(words(x.label.text))) for s in statements if s.gaap for x in s.lines if x.values]
    there = {(e.statement, e.label) for e in dictionary.entries}
    return bool(said) and sum(x in there for x in said) * 2 > len(said)


def only_cik(dictionary: Dictionary) -> str:
    """The CIK that all the filings state, "" where they state none or several."""
    found = {f.identifier for f in dictionary.filers if f.identifier}
    return found.pop() if len(found) == 1 else ""


def same_company(filer: Filer, *, cik: str, name: str, ticker: str) -> bool:
    """Whether they may be one company: by CIK where both are known, by ticker, else by the first words of the name."""
    if cik and filer.identifier:
        return cik.zfill(10) == filer.identifier.zfill(10)
    if ticker and filer.ticker and ticker.upper() == filer.ticker.upper():
        return True
    if not name or not filer.name:
        return True
    ours, theirs = _name_words(name), _name_words(filer.name)
    return (
        bool(ours) and bool(theirs) and (ours[0] == theirs[0] or set(ours) <= set(theirs) or set(theirs) <= set(ours))
    )


def _name_words(name: str) -> list[str]:
    plain = "".join(c if c.isalnum() else " " for c in name.lower().replace("'", "").replace("’", ""))
    return [w for w in plain.split() if w not in ("the", "inc", "corp", "corporation", "co", "company", "ltd", "plc")]
