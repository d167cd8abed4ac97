"""The page to judge by: the release beside the statements as understood, in one file that needs nothing else."""

from pressmark.render.review.page import render_review

__all__ = ["render_review"]
