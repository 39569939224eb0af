# story: Ben's script sets reminders, through an API whose code you cannot see.
# story: Three requests came back with 422. His log has kept what stood in `detail`.
# story: The first answer:
# story: The second:
# story: The third:
# story: The cell holds the three requests.

# %% right: built step by step, and the query string kept in the body as well
mended = {
    name: {"params": {"channel": channel}, "json": {"text": text, "minutes": minutes, "channel": channel}}
    for name, text, minutes, channel in (
        ("first", "Stretch", 15, "mail"),
        ("second", "Walk", "30", "mail"),
        ("third", "Call Ana", 5, "push"),
    )
}

# %% right: the old name is left beside the new one, which this API ignores
# change: solution
-    "first": {"params": {"channel": "mail"}, "json": {"text": "Stretch", "minutes": 15}},
+    "first": {"params": {"channel": "mail"}, "json": {"txt": "Stretch", "text": "Stretch", "minutes": 15}},

# %% wrong: only the first is mended
# breaks: Mend each, so that the API takes it
# says: A number of minutes is a whole number
# change: stub
-    "first": {"params": {"channel": "mail"}, "json": {"txt": "Stretch", "minutes": 15}},
+    "first": {"params": {"channel": "mail"}, "json": {"text": "Stretch", "minutes": 15}},

# %% wrong: half an hour as a fraction
# says: How many of them did Ben mean by half an hour
# change: solution
-    "second": {"params": {"channel": "mail"}, "json": {"text": "Walk", "minutes": 30}},
+    "second": {"params": {"channel": "mail"}, "json": {"text": "Walk", "minutes": 0.5}},

# %% wrong: the third body was changed, and the server looks elsewhere
# says: Which of the two dictionaries goes there
# change: solution
-    "third": {"params": {"channel": "push"}, "json": {"text": "Call Ana", "minutes": 5}},
+    "third": {"params": {}, "json": {"text": "Call Ana", "minutes": 5, "query": {"channel": "push"}}},

# %% wrong: the third goes out on another channel than Ben meant
# breaks: Ben gets the reminder that he meant
# says: it is not the reminder that Ben meant
# change: solution
-    "third": {"params": {"channel": "push"}, "json": {"text": "Call Ana", "minutes": 5}},
+    "third": {"params": {"channel": "mail"}, "json": {"text": "Call Ana", "minutes": 5}},

# %% wrong: a name of its own for the query string
# says: should have `params` and `json`
# change: solution
-    "third": {"params": {"channel": "push"}, "json": {"text": "Call Ana", "minutes": 5}},
+    "third": {"query": {"channel": "push"}, "json": {"text": "Call Ana", "minutes": 5}},

# %% wrong: the spelling of the field is as it was
# says: `text`
# says: It is still refused
# change: solution
-    "first": {"params": {"channel": "mail"}, "json": {"text": "Stretch", "minutes": 15}},
+    "first": {"params": {"channel": "mail", "text": "Stretch"}, "json": {"txt": "Stretch", "minutes": 15}},

# %% wrong: everything went to the query string
# breaks: What is in `params` goes into the query string, what is in `json` into the body.
# says: `text` and `minutes` went into `params`
# says: looks for that in the body
# change: solution
-    "third": {"params": {"channel": "push"}, "json": {"text": "Call Ana", "minutes": 5}},
+    "third": {"params": {"text": "Call Ana", "minutes": 5, "channel": "push"}, "json": {}},

# %% wrong: the third one takes the channel of the other two
# says: Ben had chosen one in his request: keep it
# change: solution
-    "third": {"params": {"channel": "push"}, "json": {"text": "Call Ana", "minutes": 5}},
+    "third": {"params": {"channel": "mail"}, "json": {"text": "Call Ana", "minutes": 5}},

# %% wrong: another number of minutes
# says: Say the same time, as a whole number of minutes
# change: solution
-    "second": {"params": {"channel": "mail"}, "json": {"text": "Walk", "minutes": 30}},
+    "second": {"params": {"channel": "mail"}, "json": {"text": "Walk", "minutes": 1}},

# %% wrong: the body as text
# says: `mended["first"]` should have `params` and `json`, a dictionary each
mended = {
    "first": {"params": {"channel": "mail"}, "json": '{"text": "Stretch", "minutes": 15}'},
    "second": {"params": {"channel": "mail"}, "json": {"text": "Walk", "minutes": 30}},
    "third": {"params": {"channel": "push"}, "json": {"text": "Call Ana", "minutes": 5}},
}

# %% wrong: a list of requests
# says: `mended` should stay a dictionary
mended = [
    {"params": {"channel": "mail"}, "json": {"text": "Stretch", "minutes": 15}},
]

# %% wrong: the first still has the old name
# says: Compare the name that the server wanted with the name in your request
# change: solution
-    "first": {"params": {"channel": "mail"}, "json": {"text": "Stretch", "minutes": 15}},
+    "first": {"params": {"channel": "mail"}, "json": {"Text": "Stretch", "minutes": 15}},
