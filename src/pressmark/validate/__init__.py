"""Validates a report with Arelle and tells what it found; nothing else in Pressmark imports Arelle."""
