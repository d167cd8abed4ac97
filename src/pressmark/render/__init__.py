"""From a report to its files: XBRL through the templates, JSON, CSV, findings. Knows no release."""
