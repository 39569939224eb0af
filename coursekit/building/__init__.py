"""From lessons to notebooks, solutions and stages."""
