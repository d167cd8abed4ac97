"""Builds a statement's trees: presentation in the order of the release, labels in its wording, calculation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pressmark.finding import Finding, finding
from pressmark.mapping.concept import Concept
from pressmark.mapping.mapped import MappedLine, MappedStatement
from pressmark.report import roles
from pressmark.report.gather import label_of
from pressmark.report.model import CalculationArc, Label, PresentationArc
from pressmark.statements.statement import StatementKind, Total


class Wording:
    """Labels of the report: the release's words for each concept, under the role that each place needs."""

    def __init__(self) -> None:
        self._labels: dict[tuple[str, str], str] = {}

    def place(self, concept: str, text: str, base: str, *, negated: bool) -> str:
        """Enters the wording of one line and gives the label role its presentation arc prefers.

        A concept's first wording is its standard label; later wordings take the terse, then the verbose role.
        """
        self._labels.setdefault((concept, roles.STANDARD), text)
        choices = [base] if base != roles.STANDARD else [roles.STANDARD, roles.TERSE, roles.VERBOSE]
        role = next((r for r in choices if self._labels.setdefault((concept, r), text) == text), choices[-1])
        if negated:
            role = roles.NEGATED[role]
            self._labels.setdefault((concept, role), text)
        return role

    def standard(self, concept: str, text: str) -> None:
        """Makes sure that a concept has a standard label."""
        self._labels.setdefault((concept, roles.STANDARD), text)

    def labels(self) -> tuple[Label, ...]:
        """All labels, each concept and role once, in the order they were met."""
        return tuple(Label(concept, role, text) for (concept, role), text in self._labels.items())


def presentation(mapped: MappedStatement, root: Concept, wording: Wording) -> tuple[PresentationArc, ...]:
    """The presentation tree: root abstract, headings as abstracts over the lines whose section they open."""
    statement = mapped.statement
    wording.standard(root.qname, root.label or statement.title)
    totals = {t.line for t in statement.totals}
    arcs: list[PresentationArc] = []
    open_headings: list[tuple[str, str]] = []  # (heading text, concept)
    seen: set[tuple[str, str]] = set()
    for line in mapped.lines:
        section = tuple(map(_bare, line.line.section))
        while open_headings and tuple(text for text, _ in open_headings) != section[: len(open_headings)]:
            open_headings.pop()
        parent = open_headings[-1][1] if open_headings else root.qname
        heading = not line.line.values
        for concept in line.concepts:
            name = concept.qname
            base = label_role(line, concept, statement.kind, totals)
            text = label_of(line.line) or concept.label or concept.name
            role = wording.place(name, text, base, negated=line.sign < 0 and not heading)
            if heading:
                open_headings.append((_bare(line.line.label.text), name))
            if parent == name or (heading and (parent, name) in seen):
                continue
            seen.add((parent, name))
            preferred = "" if role == roles.STANDARD else role
            arcs.append(PresentationArc(parent, name, len(arcs) + 1, preferred))
    return tuple(arcs)


def _bare(heading: str) -> str:
    """A heading's text without its colon and folded blanks: a section may repeat it either way."""
    return " ".join(heading.split()).rstrip(":").rstrip()


def label_role(line: MappedLine, concept: Concept, kind: StatementKind, totals: set[int]) -> str:
    """The base label role of a line: total, opening or closing balance of a flow statement, or standard."""
    if kind is StatementKind.CASH_FLOW and concept.period_type == "instant" and not line.line.parenthetical:
        opening = any(word in line.line.label.text.lower() for word in ("begin", "start", "opening"))
        return roles.PERIOD_START if opening else roles.PERIOD_END
    if line.line.index in totals or line.line.label.text.lower().startswith("total"):
        return roles.TOTAL
    return roles.STANDARD


@dataclass(slots=True)
class Calculation:
    """The calculation arcs of one statement and what stood in the way of others."""

    arcs: list[CalculationArc]
    findings: list[Finding]


def calculation(mapped: MappedStatement) -> Calculation:
    """Calculation arcs (Calculations 1.1, section 4) from the statement's totals.

    A weight is the printed weight times both signs; it must agree with the balances (XBRL 2.1, 5.1.1.2).
    Totals across period types (a cash roll-forward) have no calculation arc; formulas check them.
    """
    lines = {m.line.index: m for m in mapped.lines}
    result = Calculation([], [])
    children: dict[str, set[str]] = {}
    for total in mapped.statement.totals:
        parent = lines.get(total.line)
        if parent is None or not parent.concepts or parent.concepts[0].qname in children:
            continue
        arcs = _arcs(total, parent, lines, result.findings)
        if arcs and not any(_reaches(children, a.child, a.parent) for a in arcs):
            children[arcs[0].parent] = {a.child for a in arcs}
            result.arcs.extend(arcs)
    return result


def joined(sums: Sequence[tuple[StatementKind, list[CalculationArc]]]) -> list[list[CalculationArc]]:
    """The arcs of each statement, a total's all with the first statement of its kind that has it.

    A release may give the quarter and the year in two tables, and one may lack a line of the other. A network holds
    for every context (Calculations 1.1, section 4), so that a total must have the parts of both, but none that
    adds into another of its parts: where one table has a subtotal more, that stands for what it sums.
    """
    first: dict[tuple[StatementKind, str], int] = {}
    out: list[list[CalculationArc]] = [[] for _ in sums]
    trees: list[dict[str, set[str]]] = [{} for _ in sums]
    for index, (kind, arcs) in enumerate(sums):
        for arc in arcs:
            home = first.setdefault((kind, arc.parent), index)
            own = trees[home].setdefault(arc.parent, set())
            if arc.child not in own and not _reaches(trees[home], arc.child, arc.parent):
                own.add(arc.child)
                out[home].append(arc)
    whole: dict[StatementKind, dict[str, set[str]]] = {}
    for (kind, _), tree in zip(sums, trees, strict=True):
        whole.setdefault(kind, {}).update(tree)
    below = {kind: {total: _below(tree, total) for total in tree} for kind, tree in whole.items()}
    return [
        _ordered([a for a in arcs if a.child not in below[kind][a.parent]])
        for (kind, _), arcs in zip(sums, out, strict=True)
    ]


def _below(tree: Mapping[str, set[str]], total: str) -> set[str]:
    """What adds into the parts of a total."""
    found: set[str] = set()
    left = [x for part in tree[total] for x in tree.get(part, ())]
    while left:
        if (one := left.pop()) not in found:
            found.add(one)
            left += tree.get(one, ())
    return found


def _ordered(arcs: Sequence[CalculationArc]) -> list[CalculationArc]:
    """The arcs with the parts of each total numbered from 1."""
    counts: dict[str, int] = {}
    out: list[CalculationArc] = []
    for arc in arcs:
        counts[arc.parent] = counts.get(arc.parent, 0) + 1
        out.append(arc if arc.order == counts[arc.parent] else replace(arc, order=counts[arc.parent]))
    return out


def _arcs(
    total: Total, parent: MappedLine, lines: Mapping[int, MappedLine], findings: list[Finding]
) -> list[CalculationArc]:
    """The arcs of one total, all of them or none: a sum without one of its parts would be inconsistent."""
    whole = parent.concepts[0]
    arcs: list[CalculationArc] = []
    for index, printed in total.parts:
        part = lines.get(index)
        if part is None or not part.concepts:
            return []
        concept = part.concepts[0]
        if (concept.period_type, concept.type) != (whole.period_type, whole.type):
            return []
        weight = printed * parent.sign * part.sign
        if whole.balance and concept.balance and weight != (1 if whole.balance == concept.balance else -1):
            message = (
                f"“{label_of(part.line)}” enters “{label_of(parent.line)}” with weight {weight:+d}, which "
                f"{concept.qname} ({concept.balance}) in {whole.qname} ({whole.balance}) can't have: the total "
                "gets no arcs"
            )
            findings.append(finding("calculation.balance", message, part.line.label.span, concept.qname))
            return []
        if concept.qname == whole.qname or concept.qname in {a.child for a in arcs}:
            return []
        arcs.append(CalculationArc(whole.qname, concept.qname, weight, len(arcs) + 1))
    return arcs


def _reaches(children: Mapping[str, set[str]], start: str, goal: str) -> bool:
    """Whether `goal` lies below `start`: an arc that closed a circle would make the network invalid."""
    stack, seen = [start], set[str]()
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            stack.extend(children.get(node, ()))
    return False


def used(arcs: Sequence[PresentationArc]) -> set[str]:
    """The concepts that a presentation tree shows."""
    return {a.parent for a in arcs} | {a.child for a in arcs}
