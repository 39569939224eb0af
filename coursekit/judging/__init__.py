"""Checks a notebook's answer to an exercise and returns a verdict."""
