# %% right: read from a table
table = """
row handler
dashboard gather
hello background
invoice queue
archive stream
"""
places = dict(line.split() for line in table.strip().splitlines())

# %% wrong: the invoice in the background
# says: After a crash nobody knows
places = {
    "row": "handler",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "background",
    "archive": "stream",
}

# %% wrong: the row in the background
# says: a row that may never be saved
places = {
    "row": "background",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "stream",
}

# %% wrong: the dashboard one by one
# says: the sum of four answers
places = {
    "row": "handler",
    "dashboard": "handler",
    "hello": "background",
    "invoice": "queue",
    "archive": "stream",
}

# %% wrong: a queue for a hello
# says: one more program to run
places = {
    "row": "handler",
    "dashboard": "gather",
    "hello": "queue",
    "invoice": "queue",
    "archive": "stream",
}

# %% wrong: the archive at once
# says: in memory before the first byte
places = {
    "row": "handler",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "handler",
}

# %% wrong: one is empty
# says: `archive` has no answer yet
places = {
    "row": "handler",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "",
}

# %% wrong: a word that is none of the five
# says: Choose one of
places = {
    "row": "await",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "stream",
}
