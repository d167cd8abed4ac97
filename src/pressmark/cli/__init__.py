"""The command line: what a person types and sees. Everything else is imported when a command runs."""

import pressmark.cli.check_commands
import pressmark.cli.compare_command
import pressmark.cli.mapping_commands
import pressmark.cli.validate_command  # noqa: F401 - each module adds its commands
from pressmark.cli.entry import main

__all__ = ["main"]
