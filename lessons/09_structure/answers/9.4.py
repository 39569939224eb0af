# story: Ten wishes for the next release lie on your desk. Phones in the shops, and a web page whose client was generated from our document, use v1.

# %% right: from the list of those that break
breaks = {
    "the field title of an answer is called name",
    "POST /tasks needs a due_date",
    "done is 'yes' or 'no' instead of true or false",
    "POST /tasks answers 200 instead of 201",
    "a new title may have 80 characters instead of 200",
    "the operation id get_tasks becomes list_tasks",
}
safe = {
    "answers get one more field, color",
    "GET /tasks takes a color, which may be left out",
    "there is a new route, GET /statistics",
    "the sentence in detail is friendlier",
}
breaking = {wish: wish in breaks for wish in sorted(breaks | safe)}

# %% wrong: every change breaks
# breaks: Which wishes break one of them?
# says: ignore a new one
breaking = {
    "answers get one more field, color": True,
    "the field title of an answer is called name": True,
    "GET /tasks takes a color, which may be left out": True,
    "POST /tasks needs a due_date": True,
    "there is a new route, GET /statistics": True,
    "done is 'yes' or 'no' instead of true or false": True,
    "POST /tasks answers 200 instead of 201": True,
    "a new title may have 80 characters instead of 200": True,
    "the sentence in detail is friendlier": True,
    "the operation id get_tasks becomes list_tasks": True,
}

# %% wrong: no change breaks
# says: it is gone
breaking = {
    "answers get one more field, color": False,
    "the field title of an answer is called name": False,
    "GET /tasks takes a color, which may be left out": False,
    "POST /tasks needs a due_date": False,
    "there is a new route, GET /statistics": False,
    "done is 'yes' or 'no' instead of true or false": False,
    "POST /tasks answers 200 instead of 201": False,
    "a new title may have 80 characters instead of 200": False,
    "the sentence in detail is friendlier": False,
    "the operation id get_tasks becomes list_tasks": False,
}

# %% wrong: a new field breaks
# says: ignore a new one
breaking = {
    "answers get one more field, color": True,
    "the field title of an answer is called name": True,
    "GET /tasks takes a color, which may be left out": False,
    "POST /tasks needs a due_date": True,
    "there is a new route, GET /statistics": False,
    "done is 'yes' or 'no' instead of true or false": True,
    "POST /tasks answers 200 instead of 201": True,
    "a new title may have 80 characters instead of 200": True,
    "the sentence in detail is friendlier": False,
    "the operation id get_tasks becomes list_tasks": True,
}

# %% wrong: an operation id is only documentation
# says: the method that its callers use is gone
# change: a new field breaks
-    "answers get one more field, color": True,
+    "answers get one more field, color": False,
...
-    "the operation id get_tasks becomes list_tasks": True,
+    "the operation id get_tasks becomes list_tasks": False,

# %% wrong: both statuses are a success
# says: takes this for a failure
# change: a new field breaks
-    "answers get one more field, color": True,
+    "answers get one more field, color": False,
...
-    "POST /tasks answers 200 instead of 201": True,
+    "POST /tasks answers 200 instead of 201": False,

# %% wrong: a tighter limit is safe
# says: refused tomorrow
# change: a new field breaks
-    "answers get one more field, color": True,
+    "answers get one more field, color": False,
...
-    "a new title may have 80 characters instead of 200": True,
+    "a new title may have 80 characters instead of 200": False,

# %% wrong: the sentence breaks
# says: `detail` is for people
# change: a new field breaks
-    "answers get one more field, color": True,
+    "answers get one more field, color": False,
...
-    "the sentence in detail is friendlier": False,
+    "the sentence in detail is friendlier": True,

# %% wrong: a required field is an addition
# says: The phones in the shops send none
# change: a new field breaks
-    "answers get one more field, color": True,
+    "answers get one more field, color": False,
     "the field title of an answer is called name": True,
     "GET /tasks takes a color, which may be left out": False,
-    "POST /tasks needs a due_date": True,
+    "POST /tasks needs a due_date": False,

# %% wrong: as text
# breaks: Put `True` for breaking, `False` for safe.
# says: you answer the `str`
# change: a new field breaks
-    "answers get one more field, color": True,
+    "answers get one more field, color": False,
...
-    "there is a new route, GET /statistics": False,
+    "there is a new route, GET /statistics": "safe",

# %% wrong: one is left
# says: has no answer yet
# change: a new field breaks
-    "answers get one more field, color": True,
+    "answers get one more field, color": False,
...
-    "the sentence in detail is friendlier": False,
+    "the sentence in detail is friendlier": ...,
