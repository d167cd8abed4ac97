"""Makes ready what a check needs: reads the files that the configuration names, once for all releases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pressmark.check.accepted import digest
from pressmark.check.config import BELOW, Config
from pressmark.check.policy import FailOn, Policy
from pressmark.check.release import Task
from pressmark.conversion import Settings
from pressmark.mapping.prior import read_priors
from pressmark.mapping.rules_file import read_rules
from pressmark.pipeline import Options
from pressmark.reading.limits import parse_limits
from pressmark.validate.importing import check_version


def task(config: Config) -> Task:
    """The task of a configuration.

    Raises UsageError or InputError for a file it names that can't be used, or an Arelle of the wrong version.
    """
    check_version()
    options = Options(
        cik=config.cik.zfill(10) if config.cik else "",
        ticker=config.ticker,
        prior=read_priors(config.priors),
        rules=read_rules(config.mapping) if config.mapping is not None else None,
        min_confidence=config.min_confidence,
        below=config.below,
        limits=parse_limits(config.limits),
    )
    policy = Policy(config.severities, config.ignores, config.fail_on or FailOn.ERROR)
    settings = Settings(options, config.packages, outside=config.outside)
    return Task(settings, policy, config.baseline, _mapping(config))


def _mapping(config: Config) -> str:
    """A digest of all that has a say in mapping, "none" where nothing has."""
    settings = {"cik": config.cik.lstrip("0"), "ticker": config.ticker, "min_confidence": config.min_confidence}
    said = [f"{name}={value}" for name, value in settings.items() if value]
    said += [f"below={config.below}"] if config.min_confidence and config.below != BELOW[0] else []
    said += sorted(digest(path.read_bytes()) for path in _files(config))
    return digest("\n".join(said).encode()) if said else "none"


def _files(config: Config) -> Iterator[Path]:
    for path in (*([config.mapping] if config.mapping is not None else []), *config.priors):
        yield from (p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
