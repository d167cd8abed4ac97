"""The command line: what a person types and sees. Everything else is imported when a command runs."""

from pressmark.cli.commands import main

__all__ = ["main"]
