"""Turns the tests that a learner writes in cells into a file, runs it with pytest, and judges the tests by the bugs that they catch."""
