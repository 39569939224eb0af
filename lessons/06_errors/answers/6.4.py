# story: Ten requests reach our API, with the split.
# story: Nothing else is wrong with a request than what its line says.

# %% right: built from lists
statuses = {
    **dict.fromkeys(
        [
            "a task without a title",
            "a body that ends in the middle",
            "a limit of -5 in the query",
            "a task number that is a word",
        ],
        400,
    ),
    **dict.fromkeys(["a task that was due last year", "a new task whose body names an owner who does not exist"], 422),
    **dict.fromkeys(
        [
            "a second account with the same email",
            "a change of a task that somebody else has changed in the meantime",
        ],
        409,
    ),
    "a task number that does not exist": 404,
    "a token that has expired": 401,
}

# %% wrong: FastAPI's default
# breaks: Which status does each get?
# says: The title is required by the model
statuses = {
    "a task without a title": 422,
    "a body that ends in the middle": 422,
    "a task that was due last year": 422,
    "a new task whose body names an owner who does not exist": 422,
    "a limit of -5 in the query": 422,
    "a second account with the same email": 409,
    "a task number that does not exist": 404,
    "a task number that is a word": 422,
    "a token that has expired": 401,
    "a change of a task that somebody else has changed in the meantime": 409,
}

# %% wrong: everything that is not valid is a 400
# says: Last year's date is a real date
# change: solution
-    "a task that was due last year": 422,
-    "a new task whose body names an owner who does not exist": 422,
+    "a task that was due last year": 400,
+    "a new task whose body names an owner who does not exist": 400,

# %% wrong: an owner who is not there is not found
# says: so it isn't a 404
# change: solution
-    "a new task whose body names an owner who does not exist": 422,
+    "a new task whose body names an owner who does not exist": 404,

# %% wrong: a taken email is a bad request
# says: does not fit what is there now
# change: solution
-    "a second account with the same email": 409,
+    "a second account with the same email": 400,

# %% wrong: a word is not found
# says: a word isn't a number
# change: solution
-    "a task number that is a word": 400,
+    "a task number that is a word": 404,

# %% wrong: an expired token is forbidden
# says: We do not know any more who asks
# change: solution
-    "a token that has expired": 401,
+    "a token that has expired": 403,

# %% wrong: a lost race is a 412
# says: After reading again it may
# change: solution
-    "a change of a task that somebody else has changed in the meantime": 409,
+    "a change of a task that somebody else has changed in the meantime": 412,

# %% wrong: a negative limit makes no sense
# says: The query has a model too
# change: solution
-    "a limit of -5 in the query": 400,
+    "a limit of -5 in the query": 422,

# %% wrong: as text
# says: you answer the `str`
# change: solution
-    "a task without a title": 400,
+    "a task without a title": "400",

# %% wrong: one is left
# says: no status yet
# change: solution
-    "a change of a task that somebody else has changed in the meantime": 409,
+    "a change of a task that somebody else has changed in the meantime": ...,

# %% wrong: pairs instead of a dictionary
# says: should stay a dictionary
statuses = [
    ("a task without a title", 400),
    ("a body that ends in the middle", 400),
    ("a task that was due last year", 422),
]
