"""The checks: one module for each group of points. A check takes a surface and yields what it finds."""
