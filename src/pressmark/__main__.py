"""Runs the command line as `python -m pressmark`."""

import sys

from pressmark.cli import main

sys.exit(main())
