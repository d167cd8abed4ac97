"""Writes docs/reference/rules.md from `taxonomy/assertions.tsv`.

usage: python tools/rules.py [--check]    --check: write nothing, exit with 1 where the page is stale
"""

import sys
from pathlib import Path

from pressmark.mapping.table import concept_sets
from pressmark.render.taxonomy_rules import Assertion, assertions
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.resources import rows

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "rules.md"
HEAD = """# Rules

Written by `python tools/rules.py` from `taxonomy/assertions.tsv` and `taxonomy/assertion-sets.tsv`.

The rules are XBRL Formula 1.0 value assertions in the us-gaap package, generated from one table; a rule is a row. Any
processor of XBRL Formula can run them. `pressmark convert` and `pressmark validate` do (`validate --no-rules` leaves
them out). In Arelle's messages, and in `findings.json`, a rule's code is `message:` and its id.

## With plain Arelle

```sh
arelleCmdLine --packages "$(pressmark taxonomy path)" --workOffline --validate --calc c11r \\
  --import {rules} --file REPORT
```

A report need not refer to the rules: `--import` adds them to what it loads. The address is answered by the package's
catalog, never by a server. Where loading a report gives an error, Arelle does not validate it after an `--import`: run
it once without. Pressmark does both in one run.

## What is compared

- One entity, one period, no dimensions or the same ones. A sum compares one unit; a product compares a per-share figure
  with an income of the same currency.
- `A|B` is whichever of the two is reported, `@name` any concept of a [set](#sets). `@start` and `@end` behind a balance
  are the day before the period and its last day, `@longer` a longer period that ends on the same day.
- **Tolerance** follows `@decimals`: a value reported to d decimals lies within half a unit of its last digit,
  h = 10^-d / 2 (h = 0 for `INF`). A sum may be off by the h of all its terms and of its result together. A product
  a x b = c may be off by |a| h(b) + |b| h(a) + h(a) h(b) + h(c): for a loss of 0.28 a share on 25,358 thousand shares,
  half a cent a share is 126,790, half a thousand shares 140, and half a thousand dollars of the loss 500.
- **Not evaluated** where a concept listed as such is reported for the same entity and period with a value other than 0:
  it would stand between the two sides. A concept that is not reported, or is 0, does not matter.
- Severity is `error` where no sound report can fail the rule, `warning` where one can: a filer may round each figure by
  itself, or have a line that is not in the list.

## The rules
"""


def section(rule: Assertion, absent: str) -> str:
    """One rule; `absent` is the cell of the table, which names sets."""
    lines = [
        f"### `{rule.id}`",
        "",
        rule.meaning,
        "",
        f"- Holds: `{rule.formula}`",
        f"- Severity: {rule.severity}",
    ]
    if rule.when:
        lines.append(f"- Evaluated where: `{rule.when}`")
    if rule.above:
        lines.append(f"- A positive result may be up to {rule.above} % more")
    if absent:
        lines.append(f"- Not evaluated with: {', '.join(f'`{name}`' for name in absent.split())}")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page."""
    absent = {row["id"]: row["absent"] for row in rows("taxonomy/assertions.tsv")}
    found = [f"### `@{name}`\n\n{', '.join(f'`{c}`' for c in concepts)}\n" for name, concepts in concept_sets().items()]
    rules = [section(rule, absent[rule.id]) for rule in assertions()]
    return "\n".join([HEAD.format(rules=taxonomy_year().rules), *rules, "## Sets\n", *found])


def main() -> int:
    """Writes the page, or compares it."""
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
