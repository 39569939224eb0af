"""The lessons and their cells, the declarations in them, and the helpers that turn words into text and HTML."""
