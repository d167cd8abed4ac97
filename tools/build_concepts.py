"""Rebuilds `taxonomy/concepts.tsv`: the concepts that filers use, their attributes, and the columns people edit.

usage: build_concepts.py --labels LABELS.tsv.gz --elements ELEMENTS.tsv --calculations CALCULATIONS.tsv

An element enters where it is needed to cover `COVER` of the lines of recent filers in a primary statement,
where many older filers used it, or where the present table already lists it. The columns that people edit
(kind, synonyms, and the label of a row whose `inferred` says `BY_HAND`) are kept as they are.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "taxonomy" / "concepts.tsv"
COLUMNS = ("name", "type", "period", "balance", "statements", "label", "abstract", "kind", "inferred", "synonyms")
PRIMARY = ("BS", "IS", "CF", "CI")
COVER = 0.955
RECENT = "2021"
OLDER_FILERS = 20  # companies of any year
HEADINGS = 6  # lines that stand under an abstract element
BY_HAND = "label: by hand, the source gives one filer's wording"
KINDS = {"monetaryItemType", "sharesItemType", "perShareItemType", "percentItemType", "pureItemType"}

# Where the published relationships say nothing, the element's name does: pattern, period type, balance.
BY_NAME = (
    (r"^(Payments|Repayments)(?!.*Proceeds)", "duration", "credit"),
    (r"^PaymentsForProceeds", "duration", "credit"),
    (r"^Proceeds", "duration", "debit"),
    (r"^NetCashProvided|PeriodIncreaseDecrease", "duration", "debit"),
    (r"^IncreaseDecreaseIn.*(Payable|Liabilit|Deposits|Revenue|Overdraft)", "duration", "debit"),
    (r"^IncreaseDecrease", "duration", "credit"),
    (r"^OtherComprehensiveIncome.*Tax(Effect)?$(?<!AfterTax)(?<!BeforeTax)(?<!NetOfTax)", "duration", "debit"),
    (r"^OtherComprehensiveIncomeLossReclassificationAdjustmentFromAOCI", "duration", "debit"),
    (r"^OtherComprehensiveIncome|^Oci", "duration", "credit"),
    (r"NoncontrollingInterestInNetIncome|IncomeLossAttributableToNoncontrolling", "duration", "debit"),
    (r"^InterestIncome", "duration", "credit"),
    (r"^EquitySecurities", "instant", "debit"),
    (r"GainLoss|GainOrLoss|ProfitLoss|^NetIncomeLoss|IncomeLoss|OperatingIncomeOrLoss", "duration", "credit"),
    (r"(Income|Revenues?|FeesAndCommissions\w*|Earned\w*)$", "duration", "credit"),
    (r"(Expenses?|Costs?|Cost|Charge|ImpairmentLoss|LossesRecognized|PurchasesFromRelatedParty)$", "duration", "debit"),
    (r"^FinanceLeaseInterestPayment", "duration", "credit"),
    (r"^(StockIssued|LiabilitiesAssumed|NotesIssued)", "duration", "credit"),
    (r"^OtherThanTemporaryImpairment", "duration", "debit"),
    (r"^(Transfer|LoansAssumed|DebtConversion|OtherSignificantNoncash)", "duration", "debit"),
    (r"^DisposalGroup\w*Consideration", "duration", "debit"),
    (r"^Amortization|^Employee\w*Noncash", "duration", "debit"),
    (r"^Allowance|AccumulatedDepreciation", "instant", "credit"),
    (r"(Liabilit|Payable|Equity|Capital|Obligation|Accrued|NoncontrollingInterest)", "instant", "credit"),
    (r"(Receivable|Asset|Securities|Cash|Stock$|Investment|Costs)", "instant", "debit"),
)


def main() -> None:
    """Reads the sources and rewrites the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--elements", type=Path, required=True)
    parser.add_argument("--calculations", type=Path, required=True)
    args = parser.parse_args()
    elements = {r["concept"]: r for r in table(args.elements)}
    current = {n for n, r in elements.items() if "1" in (r["in_2024"], r["in_2025_calculations"])}
    parents: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in table(args.calculations):
        parents[row["child"]].append((row["parent"], 1 if float(row["weight"]) > 0 else -1))
    kept = {r["name"]: r for r in table(TABLE)} if TABLE.exists() else {}
    used, wanted = choose(table(args.labels), current)
    names = sorted(wanted | (set(kept) & current))
    rows = [entry(n, elements[n], parents, elements, used[n], kept.get(n, {})) for n in names]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        out.writeheader()
        out.writerows(r for r in rows if r["type"])
    print(f"{len(rows)} concepts; attributes inferred in {sum(bool(r['inferred']) for r in rows)}")


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated table, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def choose(labels: Iterator[dict[str, str]], current: set[str]) -> tuple[dict[str, Counter[str]], set[str]]:
    """How often each element is used in each statement, and which elements are wanted."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    recent: dict[str, Counter[str]] = defaultdict(Counter)
    filers: dict[str, set[str]] = defaultdict(set)
    headings: Counter[str] = Counter()
    for line in labels:
        name, statement = line["concept"], line["statement"]
        headings[line["parent_concept"]] += 1
        if name not in current or statement not in PRIMARY:
            continue
        used[name][statement] += 1
        filers[name].add(line["company"])
        if line["fiscal_year"] >= RECENT:
            recent[statement][name] += 1
    wanted = {n for n, who in filers.items() if len(who) >= OLDER_FILERS}
    wanted |= {n for n, count in headings.items() if n in current and n.endswith("Abstract") and count >= HEADINGS}
    for counts in recent.values():
        reached, total = 0, sum(counts.values())
        for name, count in counts.most_common():
            if reached >= COVER * total:
                break
            wanted.add(name)
            reached += count
    return used, wanted


def entry(
    name: str,
    element: dict[str, str],
    parents: dict[str, list[tuple[str, int]]],
    elements: dict[str, dict[str, str]],
    used: Counter[str],
    kept: dict[str, str],
) -> dict[str, str]:
    """One row of the table; the type is empty where the element carries no value of a statement."""
    abstract = element["type"] == "stringItemType" and name.endswith("Abstract")
    out = dict.fromkeys(COLUMNS, "") | {k: kept.get(k, "") for k in ("kind", "synonyms")}
    out |= {"name": name, "type": element["type"] or kept.get("type", "")}
    out["abstract"] = "yes" if abstract else ""
    if not abstract and out["type"] not in KINDS:
        return out | {"type": ""}
    out |= {"period": element["period"], "balance": element["balance"].replace("none", "")}
    reasons = []
    if not out["type"]:
        return out
    monetary = out["type"] == "monetaryItemType"
    if abstract:
        out["period"] = "duration"
        reasons += [] if element["period"] else ["period: abstract elements are of type duration"]
    elif not out["period"] or (monetary and not element["balance"]):
        period, balance, why = infer(name, parents, elements, monetary=monetary)
        blank = ["period"] * (not out["period"]) + ["balance"] * (monetary and not element["balance"])
        out |= {k: v for k, v in (("period", period), ("balance", balance)) if k in blank}
        reasons.append(f"{' and '.join(blank)}: {why}")
    out["inferred"] = "; ".join(reasons)
    most = max(used.values(), default=0)
    found = [s for s in PRIMARY if used[s] and used[s] * 50 >= most]
    out["statements"] = ",".join(found) or kept.get("statements", "")
    label = re.sub(r" \(Deprecated.*\)$|^\[|\]$(?<!Abstract\])", "", element["label"])
    out["label"] = label if label and "{" not in label and "_" not in label else spaced(name)
    if BY_HAND in kept.get("inferred", ""):
        out["label"], out["inferred"] = kept["label"], "; ".join([*reasons, BY_HAND])
    return out


def infer(
    name: str, parents: dict[str, list[tuple[str, int]]], elements: dict[str, dict[str, str]], *, monetary: bool
) -> tuple[str, str, str]:
    """Period type, balance and the reason: from the published sums the element takes part in, else its name."""
    if not monetary:
        period = "instant" if re.search(r"Outstanding$|Issued$|Price", name) and "Weighted" not in name else "duration"
        return period, "", "as elements of like name have it"
    for parent, weight in parents[name]:
        period, balance = known(parent, parents, elements)
        if period and balance:
            opposite = "credit" if balance == "debit" else "debit"
            return period, balance if weight > 0 else opposite, f"published sum {parent}"
    for pattern, period, balance in BY_NAME:
        if re.search(pattern, name):
            return period, balance, "as elements of like name have it"
    raise SystemExit(f"{name}: nothing says its period type or balance; add a pattern")


def known(
    name: str, parents: dict[str, list[tuple[str, int]]], elements: dict[str, dict[str, str]], depth: int = 3
) -> tuple[str, str]:
    """Period type and balance of an element, its own or from a published sum at most `depth` levels up."""
    own = elements.get(name, {})
    if own.get("period") and own.get("balance") in ("debit", "credit"):
        return own["period"], own["balance"]
    for parent, weight in parents[name] if depth else ():
        period, balance = known(parent, parents, elements, depth - 1)
        if period and balance:
            return period, balance if weight > 0 else {"debit": "credit", "credit": "debit"}[balance]
    return "", ""


def spaced(name: str) -> str:
    """The words of an element's name, for one whose standard label is not known."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.sub(r" Abstract$", " [Abstract]", words)


if __name__ == "__main__":
    main()
