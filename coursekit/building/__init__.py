"""Builds notebooks, solutions and stages from the lessons."""
