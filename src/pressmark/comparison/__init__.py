"""Compares what two sources state of one company: an earlier release, a later one, the filing that followed."""
