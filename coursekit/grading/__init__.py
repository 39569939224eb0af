"""Judge a notebook, an answer, or a folder of notebooks without a person."""
