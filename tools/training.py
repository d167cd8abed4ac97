"""Trains the linear model of the lexicon: multinomial logistic regression over hashed features, one per statement."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from scipy import sparse

from pressmark.mapping.choose import EXTENSION
from pressmark.mapping.features import BUCKETS, Context, bucket, cues, features, words
from pressmark.mapping.table import concept_table
from pressmark.resources import rows

STATEMENTS = ("BS", "IS", "CF", "CI")
RECENT = "2018"
LATEST = "2024"
SEEDS = (1, 2, 3)
WORDINGS = Path(__file__).with_name("wordings.tsv")
KNOWN = 2  # companies that make a wording known
PLACES = 2  # where a wording written by hand may stand, as its element does
COMMON = 512  # a feature of one line in so many counts as common


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line: who tagged it, when, where it stands and with what."""

    company: str
    concept: str
    label: tuple[str, ...]
    context: Context
    year: str


def read(path: Path, leave_out: frozenset[str] = frozenset()) -> list[Line]:
    """The lines of a label table whose element is in today's concept table, retired ones replaced."""
    return [line for filing in read_filings(path, leave_out) for line in filing]


def read_filings(path: Path, leave_out: frozenset[str] = frozenset()) -> list[list[Line]]:
    """The same by filing."""
    table = {r["name"]: r["type"] for r in rows("taxonomy/concepts.tsv") if not r["abstract"]}
    retired = {r["retired"]: r["replaced_by"] for r in rows("taxonomy/retired.tsv")}
    found = [f for f in filings(path) if f[0]["company"].removeprefix("CIK") not in leave_out]
    newer = added(found)
    return [list(filing_lines(dated(filing, newer), table, retired)) for filing in found]


def filings(path: Path) -> list[list[dict[str, str]]]:
    """The rows of a label table by filing."""
    opener = gzip.open if path.suffix == ".gz" else open
    out: list[list[dict[str, str]]] = []
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not out or starts_new(out[-1][-1], row):
                out.append([])
            out[-1].append(row)
    return out


def added(found: Iterable[Sequence[dict[str, str]]]) -> frozenset[str]:
    """The elements that recent filings use and no older one does."""
    older, newer = set(), set()
    for row in (row for filing in found for row in filing if row["fiscal_year"] > "2000"):
        (newer if row["fiscal_year"] >= RECENT else older).add(row["concept"])
    return frozenset(newer - older)


def dated(filing: list[dict[str, str]], newer: frozenset[str]) -> list[dict[str, str]]:
    """The filing with a year: one that tells none is recent where it uses elements that only recent filings use."""
    if filing[0]["fiscal_year"] > "2000":
        return filing
    year = RECENT if sum(row["concept"] in newer for row in filing) >= 2 else "2010"
    return [row | {"fiscal_year": year} for row in filing]


def starts_new(last: dict[str, str], row: dict[str, str]) -> bool:
    """Lines are sorted by statement and element within a filing."""
    same = all(last[k] == row[k] for k in ("company", "fiscal_year"))
    return not same or (row["statement"], row["concept"]) < (last["statement"], last["concept"])


def filing_lines(filing: list[dict[str, str]], table: dict[str, str], retired: dict[str, str]) -> Iterable[Line]:
    """The lines of one filing with the context that its other labels give."""
    labels: dict[str, list[str]] = defaultdict(list)
    for r in filing:
        labels[r["statement"]].append(r["label"])
    found = cues(labels)
    elements = {r["concept"] for r in filing}
    for row in filing:
        concept = retired.get(row["concept"], row["concept"])
        statement = row["statement"]
        if concept not in table:
            continue
        if "OtherComprehensiveIncome" in concept and statement in ("EQ", "IS"):
            context = Context("CI", "NI", "", "money", "", found[statement], era(row["fiscal_year"]))
            yield Line(row["company"], concept, words(row["label"]), context, row["fiscal_year"])
        if statement not in STATEMENTS:
            continue
        measure = {"sharesItemType": "shares", "perShareItemType": "per-share"}.get(table[concept], "money")
        section = " ".join(words(row["section"])) if "bstract]" not in row["section"] else ""
        above, below = sides(row, elements)
        context = Context(statement, above, below, measure, section, found[statement], era(row["fiscal_year"]))
        yield Line(row["company"], concept, words(row["label"]), context, row["fiscal_year"])


def era(year: str) -> str:
    """The era of a fiscal year."""
    return "latest" if year >= LATEST else "recent" if year >= RECENT else "old"


def sides(row: dict[str, str], elements: set[str]) -> tuple[str, str]:
    """The subtotals above and below a line.

    The nearest ones that the table tells are those of the presentation tree in some order: wrong wherever a filing
    nests its lines under abstract elements. There the parent tells where the line stands; "?" where it does not.
    """
    statement, parent = row["statement"], row["parent_concept"]
    for pattern, above, below in _PARENTS.get(statement, ()):
        if pattern.search(parent):
            return first(above, statement, elements), first(below, statement, elements)
    order = ["^", *_ORDER[statement], ""] if statement in _ORDER else []
    sane = not parent or not order or order.index(row["prev_sub"]) < order.index(row["next_sub"])
    return (row["prev_sub"], row["next_sub"]) if sane else ("?", "?")


def first(codes: str, statement: str, elements: set[str]) -> str:
    """The first of the codes whose subtotal the filing has; a last one without a condition is taken as it is."""
    *tried, last = codes.split(" ")
    return next((c for c in tried if _HAS[statement, c] & elements), last.replace("-", ""))


_ORDER = {
    "BS": ("CA", "A", "CL", "L", "E", "LE"),
    "IS": ("REV", "GP", "OPEX", "OI", "OTH", "PT", "NI"),
    "CF": ("OP", "IN", "FI", "END"),
}
_HAS = {
    ("BS", "CA"): {"AssetsCurrent"},
    ("BS", "CL"): {"LiabilitiesCurrent"},
    ("BS", "L"): {"Liabilities"},
    ("IS", "REV"): {"Revenues"},
    ("IS", "GP"): {"GrossProfit"},
    ("IS", "OPEX"): {"OperatingExpenses", "CostsAndExpenses", "NoninterestExpense", "BenefitsLossesAndExpenses"},
    ("IS", "OI"): {"OperatingIncomeLoss"},
    ("IS", "OTH"): {"NonoperatingIncomeExpense", "OtherNonoperatingIncomeExpense"},
}
# Parent element, subtotal above, subtotal below: of several the first that the filing has ("-": none).
_PARENTS = {
    statement: tuple((re.compile(pattern), above, below) for pattern, above, below in table)
    for statement, table in {
        "BS": (
            ("^(AssetsCurrent|ReceivablesNetCurrent|AccountsReceivableNetCurrent|InventoryNet)Abstract", "^", "CA A"),
            (
                "^(AssetsNoncurrent|OtherAssetsNoncurrent|OtherAssets|PropertyPlantAndEquipment\\w*)Abstract",
                "CA ^",
                "A",
            ),
            ("^AssetsAbstract", "CA ^", "A"),
            ("^LiabilitiesCurrentAbstract", "A", "CL L E"),
            ("^(LiabilitiesNoncurrent|OtherLiabilitiesNoncurrent|Liabilities)Abstract", "CL A", "L E"),
            ("^(StockholdersEquity|MembersEquity|PartnersCapital|Equity)\\w*Abstract", "L CL A", "E"),
        ),
        "IS": (
            ("^Revenues?\\w*Abstract", "^", "REV GP OPEX OI PT"),
            ("^CostOf\\w+Abstract", "REV ^", "GP OPEX OI PT"),
            ("^(OperatingExpenses|CostsAndExpenses|OperatingCostsAndExpenses)Abstract", "GP REV ^", "OPEX OI PT"),
            ("^(OtherN|N)onoperatingIncomeExpenseAbstract|^OtherIncomeAndExpensesAbstract", "OI OPEX ^", "OTH PT"),
            ("^(EarningsPerShare|WeightedAverage)\\w*Abstract", "NI", "-"),
        ),
        "CF": (
            ("^(NetCashProvidedByUsedInOperating|Adjustments|IncreaseDecreaseIn)\\w*Abstract", "^", "OP"),
            ("^(NetCashProvidedByUsedInInvesting\\w*|PaymentsForInvestingActivities)Abstract", "OP", "IN"),
            ("^(NetCashProvidedByUsedInFinancing\\w*)Abstract", "IN", "FI"),
            ("^(Supplemental|AdditionalCashFlow|CashFlowNoncash|Noncash)\\w*Abstract", "END", "-"),
        ),
    }.items()
}


def renewed(lines: Sequence[Line], gone: float = 0.2) -> list[Line]:
    """Copies of the older lines as today's filers would tag them, without elements that they no longer use."""
    renew: dict[tuple[str, str], list[tuple[re.Pattern[str], str]]] = defaultdict(list)
    for r in rows("taxonomy/renewed.tsv"):
        renew[r["statement"], r["concept"]].append((re.compile(r["said"]), r["renewed"]))
    filers: dict[tuple[str, str, bool], set[str]] = defaultdict(set)
    for line in lines:
        filers[line.context.statement, line.concept, line.context.recent].add(line.company)
    totals: Counter[tuple[str, bool]] = Counter()
    for (statement, _, recent), who in filers.items():
        totals[statement, recent] += len(who)
    out = []
    for line in lines:
        statement, concept = line.context.statement, line.concept
        if line.context.recent:
            continue
        label = " ".join(line.label)
        concept = next((new for said, new in renew[statement, concept] if said.search(label)), concept)
        now, then = len(filers[statement, concept, True]), len(filers[statement, line.concept, False])
        expected = then * totals[statement, True] / max(totals[statement, False], 1)
        if concept != line.concept or now >= gone * expected:
            out.append(replace(line, concept=concept, context=replace(line.context, era="recent")))
    return out


def weighted(lines: Sequence[Line], recent_weight: float, renewed_weight: float) -> tuple[list[Line], np.ndarray]:
    """Each distinct line of a company once; weights grow slowly with how often it stands in its filings.

    Each wording written by hand counts as much as an older line.
    """
    weights: Counter[Line] = Counter()
    for group, factor in ((lines, 1.0), (renewed(lines), renewed_weight)):
        for line, count in Counter(group).items():
            own = recent_weight if line.context.recent and group is lines else factor
            weights[line] += count**0.3 * own
    by_hand, told = worded(lines)
    return [*weights, *by_hand], np.array([*weights.values(), *told], dtype=np.float32)


def worded(lines: Sequence[Line]) -> tuple[list[Line], list[float]]:
    """The wordings written by hand for the statements of the lines, in the places where such lines mostly stand.

    An element that none of them has stands where its kin does. The place of a line with an element of the filer's
    own (`EXTENSION`) is that of the lines under a like heading. A wording that recent filers are known to use is
    theirs to explain.
    """
    places: dict[tuple[str, str, str], Counter[tuple[str, str, str]]] = defaultdict(Counter)
    users: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for line in lines:
        at = line.context
        for concept, section in (
            (line.concept, ""),
            (kin(at.statement, line.concept), ""),
            (EXTENSION, at.section),
            (EXTENSION, ""),
        ):
            places[at.statement, concept, section][at.above, at.below, at.measure] += 10 if at.recent else 1
        if at.recent:
            users[at.statement, line.label].add(line.company)
    out: list[Line] = []
    weights: list[float] = []
    for number, row in enumerate(wordings()):
        label, section = words(row["wording"]), " ".join(words(row["section"]))
        statement, concept = row["statement"], EXTENSION if row["concept"] == "ext" else row["concept"]
        if len(users[statement, label]) >= KNOWN:
            continue
        tried = ((concept, section if concept == EXTENSION else ""), (concept, ""), (kin(statement, concept), ""))
        told = next((places[statement, *key] for key in tried if places[statement, *key]), Counter())
        found = told.most_common(PLACES)
        for (above, below, measure), count in found:
            context = Context(statement, above, below, measure, section)
            out.append(Line(f"wording {number}", concept, label, context, LATEST))
            weights.append(count / sum(n for _, n in found))
    return out, weights


@cache
def kin(statement: str, concept: str) -> str:
    """What an element shares with those whose lines stand where its own do: balance, and the term or the kind of flow.

    "credit Noncurrent" for a noncurrent liability, "debit Proceeds" for money received; "" for a filer's own.
    """
    if concept not in concept_table():
        return ""
    parts = re.findall("[A-Z][a-z]*", concept)
    return f"{concept_table()[concept].balance} {parts[-1 if statement == 'BS' else 0]}"


@cache
def wordings() -> tuple[dict[str, str], ...]:
    """The rows of `wordings.tsv`: how filers word the lines that they tag with an element, written by hand."""
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        data = (line for line in file if not line.startswith("#"))
        return tuple(csv.DictReader(data, delimiter="\t", quoting=csv.QUOTE_NONE))


def matrix(
    lines: Sequence[Line],
    columns: np.ndarray | None = None,
    *,
    least: int = 2,
    classes: Mapping[str, int] | None = None,
) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The lines' features as a sparse matrix; columns are the buckets that `least` companies use.

    `classes` are those of words, by default the shipped ones.
    """
    indptr, indices = [0], []
    for line in lines:
        indices.extend(sorted({bucket(f) for f in features(line.label, line.context, classes)}))
        indptr.append(len(indices))
    full = sparse.csr_matrix((np.ones(len(indices), np.float32), indices, indptr), (len(lines), BUCKETS))
    if columns is None:
        seen: dict[int, set[str]] = defaultdict(set)
        for i, line in enumerate(lines):
            for b in indices[indptr[i] : indptr[i + 1]]:
                if len(seen[b]) < least:
                    seen[b].add(line.company)
        columns = np.array(sorted(b for b, who in seen.items() if len(who) >= least))
    return full[:, columns].tocsr(), columns


def averaged(x: sparse.csr_matrix, y: np.ndarray, weights: np.ndarray, classes: int) -> np.ndarray:
    """The mean weights of trainings that see the lines in different orders: steadier than those of one."""
    return sum(train(x, y, weights, classes, seed=seed) for seed in SEEDS) / len(SEEDS)


def train(
    x: sparse.csr_matrix,
    y: np.ndarray,
    weights: np.ndarray,
    classes: int,
    *,
    epochs: int = 3,
    rate: float = 0.1,
    decay: float = 0.02,
    seed: int = 1,
) -> np.ndarray:
    """Softmax regression, a line at a time by AdaGrad; gives the weights, features x classes.

    `decay` draws the weights of a feature to zero whenever it occurs, the less the commoner it is.
    """
    rng = np.random.default_rng(seed)
    w = np.zeros((x.shape[1], classes), np.float32)
    g2 = np.full_like(w, 0.1)
    often = np.asarray((x != 0).sum(axis=0)).ravel() * COMMON / x.shape[0]
    decays = (decay / np.maximum(1, often)).astype(np.float32)
    norm = (weights / weights.mean()).astype(np.float32)
    order = np.arange(x.shape[0])
    for epoch in range(epochs):
        rng.shuffle(order)
        step = np.float32(rate * (1 - epoch / epochs * 0.8))
        _pass(x.indptr, x.indices, y.astype(np.int32), norm, order, w, g2, step, decays)
    return w


@njit(fastmath=True, cache=True)
def _pass(indptr, indices, y, norm, order, w, g2, step, decays):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """One pass over the lines, which changes the weights `w` and the sums of squares `g2` in place."""
    classes = w.shape[1]
    p = np.zeros(classes, np.float32)
    for line in order:
        first, last = indptr[line], indptr[line + 1]
        p[:] = 0
        for at in range(first, last):
            p += w[indices[at]]
        p -= p.max()
        np.exp(p, p)
        p *= norm[line] / p.sum()
        p[y[line]] -= norm[line]
        for at in range(first, last):
            row = indices[at]
            for k in range(classes):
                grad = p[k] + decays[row] * w[row, k]
                g2[row, k] += grad * grad
                w[row, k] -= step * grad / np.sqrt(g2[row, k])
