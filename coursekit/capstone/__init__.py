"""Judges the capstone's three jobs by hidden stories, by the ten-point review, and by the bugs that the learner's tests catch."""

from coursekit.capstone.page import capstone

__all__ = ["capstone"]
