"""From an exercise and a notebook to a verdict."""
