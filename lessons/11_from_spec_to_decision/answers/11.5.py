# %% right: other requests
refuted_by = {
    "A": "/api/v1/tasks?done=true&limit=1",
    "B": "/api/v1/tasks?q=_",
    "C": "/api/v1/tasks?q=dentist&sort=title",
    "D": None,
}

# %% right: a percent sign as it is, and a text of blanks
refuted_by = {"D": None}
refuted_by["A"] = "/api/v1/tasks?sort=due_date"
refuted_by["B"] = "/api/v1/tasks?q=0%25%20%25"
refuted_by["C"] = "/api/v1/tasks?q=zebra"

# %% wrong: a request that agrees with B
# says: This request agrees with the claim
# says: proposal B
refuted_by = {
    "A": "/api/v1/tasks",
    "B": "/api/v1/tasks?q=milk",
    "C": "/api/v1/tasks?q=milk",
    "D": None,
}

# %% wrong: A asked with a q
# says: from proposal A
# says: could refute it
refuted_by = {
    "A": "/api/v1/tasks?q=milk",
    "B": "/api/v1/tasks?q=%25",
    "C": "/api/v1/tasks?q=milk",
    "D": None,
}

# %% wrong: C asked without a q
# says: from proposal C
# says: This request agrees
refuted_by = {
    "A": "/api/v1/tasks",
    "B": "/api/v1/tasks?q=%25",
    "C": "/api/v1/tasks",
    "D": None,
}

# %% wrong: D looks wrong
# says: The claim of D holds
# says: writes WHERE before LIMIT
refuted_by = {
    "A": "/api/v1/tasks",
    "B": "/api/v1/tasks?q=%25",
    "C": "/api/v1/tasks?q=milk",
    "D": "/api/v1/tasks?q=dentist&limit=1",
}

# %% wrong: A believed
# says: You believe proposal A
refuted_by = {
    "A": None,
    "B": "/api/v1/tasks?q=%25",
    "C": "/api/v1/tasks?q=milk",
    "D": None,
}

# %% wrong: a parameter protects from everything
# says: You believe proposal B
refuted_by = {
    "A": "/api/v1/tasks",
    "B": None,
    "C": "/api/v1/tasks?q=milk",
    "D": None,
}

# %% wrong: all believed
# says: You believe proposal A
refuted_by = dict.fromkeys("ABCD")

# %% wrong: one request for all
# says: This request agrees with the claim
refuted_by = dict.fromkeys("ABC", "/api/v1/tasks") | {"D": None}

# %% wrong: the claim instead of a request
# says: A path begins with
refuted_by = {
    "A": "q has no default",
    "B": "/api/v1/tasks?q=%25",
    "C": "/api/v1/tasks?q=milk",
    "D": None,
}

# %% wrong: a path that is not there
# says: A path begins with `/api/v1/tasks`
refuted_by = {
    "A": "/tasks",
    "B": "/api/v1/tasks?q=%25",
    "C": "/api/v1/tasks?q=milk",
    "D": None,
}

# %% wrong: a text that everybody refuses
# says: This request agrees with the claim
refuted_by = {
    "A": "/api/v1/tasks",
    "B": "/api/v1/tasks?q=%00",
    "C": "/api/v1/tasks?q=milk",
    "D": None,
}
