# %% right: the package as a part that nobody asked for
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 7, "f": None, "g": 6, "h": None, "i": 8}

# %% right: built step by step
breaks = dict.fromkeys("afh")
breaks.update({"i": 8, "g": 6, "e": 9})
breaks |= {"b": 4, "c": 2, "d": 3}

# %% wrong: admins may see everything
# says: You let step d pass
# says: does not make Ana's tasks hers
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": 4, "c": 2, "d": None, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: logging is always good
# says: You let step g pass
# says: In a log it is kept
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": None, "h": None, "i": 8}

# %% wrong: the SQL looks fine
# says: You let step b pass
# says: a part of the SQL
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": None, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: an empty list taken for an error
# says: You blame step f
# says: 404 would say
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": 1, "g": 6, "h": None, "i": 8}

# %% wrong: new fields are suspicious
# says: You blame step a
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": 7, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: the contract for everything
# says: You blame step a
breaks = dict.fromkeys("abcdefghi", 1)

# %% wrong: None for everything
# says: You let step b pass
breaks = dict.fromkeys("abcdefghi")

# %% wrong: the response as a matter of waiting
# says: not by article 5, Waiting
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": 4, "c": 5, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: names instead of numbers
# says: is no article
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": "Input", "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: a step left out
# says: Step i has no answer yet
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None}

# %% wrong: late tests as a broken contract
# says: not by article 1, Contract
# says: finished when somebody else finds the bug
plan = {
    "a": "`TaskFilter` gets a field `q` of the type `Title`, which may be left out.",
    "b": 'The service adds the condition text(f"title LIKE \'%{q}%\'").',
    "c": "The service returns a JSONResponse, so that the route needs one line only.",
    "d": "Carla is an admin: for admins, leave out the condition on the owner.",
    "e": "The package `rapidfuzz` forgives typing mistakes. Add it to pyproject.toml.",
    "f": "When nothing is found, the answer is an empty list with 200.",
    "g": "Write each `q` into the log, to learn what people look for.",
    "h": "Without `q`, the list stays as it is. The old tests show it.",
    "i": "Merge it on Friday. The tests follow on Monday.",
}

breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 1}
