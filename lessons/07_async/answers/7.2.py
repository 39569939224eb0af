# %% right: one after the other
ways = {}
ways["tasks"] = ways["weather"] = "await"
ways["password"] = ways["parcel"] = "thread"
ways |= {"film": "process"}

# %% wrong: the hash awaited
# says: Computing cannot be awaited
ways = {
    "tasks": "await",
    "password": "await",
    "weather": "await",
    "parcel": "thread",
    "film": "process",
}

# %% wrong: the library awaited
# says: This library holds the loop
ways = {
    "tasks": "await",
    "password": "thread",
    "weather": "await",
    "parcel": "await",
    "film": "process",
}

# %% wrong: the film in a thread
# says: computes one at a time
ways = {
    "tasks": "await",
    "password": "thread",
    "weather": "await",
    "parcel": "thread",
    "film": "thread",
}

# %% wrong: the database in a thread
# says: The driver has `async`
ways = {
    "tasks": "thread",
    "password": "thread",
    "weather": "await",
    "parcel": "thread",
    "film": "process",
}

# %% wrong: a process for each wait
# says: a thread can wait as well
ways = {
    "tasks": "await",
    "password": "thread",
    "weather": "await",
    "parcel": "process",
    "film": "process",
}

# %% wrong: one is empty
# says: `film` has no answer yet
ways = {
    "tasks": "await",
    "password": "thread",
    "weather": "await",
    "parcel": "thread",
    "film": "",
}

# %% wrong: a word that is none of the three
# says: Choose one of
ways = {
    "tasks": "await",
    "password": "to_thread",
    "weather": "await",
    "parcel": "thread",
    "film": "process",
}
