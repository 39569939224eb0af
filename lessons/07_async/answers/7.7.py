
# %% right: one after the other
places = {}
places["hash"] = places["driver"] = "to_thread"
places["row"] = "await"
places["dashboard"] = "gather"
places |= {"hello": "background", "invoice": "queue", "archive": "stream"}

# %% wrong: the invoice in the background
# says: After a crash nobody knows
places = {
    "hash": "to_thread",
    "row": "await",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "background",
    "archive": "stream",
    "driver": "to_thread",
}

# %% wrong: the hash awaited
# says: it holds the loop
places = {
    "hash": "await",
    "row": "await",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "stream",
    "driver": "to_thread",
}

# %% wrong: the row in the background
# says: a row that may never be saved
places = {
    "hash": "to_thread",
    "row": "background",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "stream",
    "driver": "to_thread",
}

# %% wrong: the library awaited
# says: This library holds the loop
places = {
    "hash": "to_thread",
    "row": "await",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "stream",
    "driver": "await",
}

# %% wrong: one is empty
# says: `archive` has no place yet
places = {
    "hash": "to_thread",
    "row": "await",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "",
    "driver": "to_thread",
}

# %% wrong: a word that is none of the six
# says: The places are
places = {
    "hash": "thread",
    "row": "await",
    "dashboard": "gather",
    "hello": "background",
    "invoice": "queue",
    "archive": "stream",
    "driver": "thread",
}
