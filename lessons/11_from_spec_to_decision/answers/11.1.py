# %% right: other requests that tell as much
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks?q=card",
    "parts of words, or whole words?": "/tasks?q=Buy%20milk",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": "/tasks?q=goat",
    "in the route, or in a service?": None,
}

# %% right: one letter, and built with dict()
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks?q=egg",
    "parts of words, or whole words?": "/tasks?q=mil",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": "/tasks?q=milk",
    "in the route, or in a service?": None,
}
telling = dict(telling)
telling["parts of words, or whole words?"] = "/tasks?q=b"
telling["my tasks, or everybody's?"] = "/tasks?q="

# %% wrong: a request on which both agree
# says: does not tell the readings
# says: Which note would only one of them find?
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks?q=milk",
    "parts of words, or whole words?": "/tasks?q=mil",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": "/tasks?q=milk",
    "in the route, or in a service?": None,
}

# %% wrong: the same request for all
# says: does not tell the readings
# says: whole words
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks?q=egg",
    "parts of words, or whole words?": "/tasks?q=egg",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": "/tasks?q=egg",
    "in the route, or in a service?": None,
}

# %% wrong: asks Jonas how to compare
# says: is your work: write `None`
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks?q=egg",
    "parts of words, or whole words?": "/tasks?q=mil",
    "`in`, or `find`?": "/tasks?q=milk",
    "my tasks, or everybody's?": "/tasks?q=milk",
    "in the route, or in a service?": None,
}

# %% wrong: asks Jonas where the code stands
# says: Where the code stands is your work
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks?q=egg",
    "parts of words, or whole words?": "/tasks?q=mil",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": "/tasks?q=milk",
    "in the route, or in a service?": "/tasks?q=cake",
}

# %% wrong: does not ask whose tasks
# says: is a question for Jonas
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks?q=egg",
    "parts of words, or whole words?": "/tasks?q=mil",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": None,
    "in the route, or in a service?": None,
}

# %% wrong: None for all
# says: is a question for Jonas
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": None,
    "parts of words, or whole words?": None,
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": None,
    "in the route, or in a service?": None,
}

# %% wrong: a request without q
# says: answered 422
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks",
    "parts of words, or whole words?": "/tasks?q=mil",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": "/tasks?q=milk",
    "in the route, or in a service?": None,
}

# %% wrong: words instead of a path
# says: A path begins with `/tasks`
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "ask whether egg finds the cake",
    "parts of words, or whole words?": "/tasks?q=mil",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": "/tasks?q=milk",
    "in the route, or in a service?": None,
}

# %% wrong: the method in front of the path
# says: A path begins with `/tasks`
readings = {
    "titles only, or steps too?": (prototype(), prototype(steps=True)),
    "parts of words, or whole words?": (prototype(), prototype(whole_words=True)),
    "`in`, or `find`?": (prototype(), prototype(by_position=True)),
    "my tasks, or everybody's?": (prototype(), prototype(everybody=True)),
    "in the route, or in a service?": (prototype(), prototype(in_service=True)),
}

telling = {
    "titles only, or steps too?": "/tasks?q=egg",
    "parts of words, or whole words?": "GET /tasks?q=mil",
    "`in`, or `find`?": None,
    "my tasks, or everybody's?": "/tasks?q=milk",
    "in the route, or in a service?": None,
}
