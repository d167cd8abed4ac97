"""Checks releases against the facts accepted before: what `pressmark check`, the pytest plugin and CI run."""
