"""The forms in which the outcome of a check is told: for people, for CI, for code scanning, for a pull request."""

from __future__ import annotations

from importlib import import_module

from pressmark.check.run import Outcome


def told(outcome: Outcome, form: str) -> str:
    """The outcome in one of `config.FORMATS`, ending in a line end; the same outcome gives the same text."""
    module = import_module(f"{__name__}.{form}")
    text: str = module.told(outcome)
    return text
