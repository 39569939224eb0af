"""Judges a notebook, a folder of notebooks, or a single answer, without anybody having to be there."""
