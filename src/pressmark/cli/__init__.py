"""The command line: what a person types and sees. Everything else is imported when a command runs."""

import pressmark.cli.compare_command
import pressmark.cli.mapping_commands  # noqa: F401 - the two add their commands
from pressmark.cli.commands import main

__all__ = ["main"]
