"""Tests that a learner writes in cells: make a file of them, run it with pytest, and judge them by the bugs that they catch."""
