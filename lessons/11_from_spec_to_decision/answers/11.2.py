# story: Jonas's colleague has written the examples below. All are right. And six different wrong APIs satisfy them: one lets Ben in, one says 404 when nothing is found, and so on. Each is a **hole**: the spec does not forbid it.
# story: What has been agreed:

# %% right: fewer examples that each close more
search_examples = [
    ("ana", "/api/v1/tasks?q=MIL", 200, ["Buy milk"]),
    ("ana", "/api/v1/tasks?q=%25&done=false", 200, ["Save 100% of the receipts"]),
    ("ana", "/api/v1/tasks?q=t&done=true", 200, ["Call the dentist"]),
    ("ana", "/api/v1/tasks?q=%20", 400, ["q"]),
    ("carla", "/api/v1/tasks?q=dentist", 200, []),
    (None, "/api/v1/tasks", 401, []),
    ("ben", "/api/v1/tasks", 403, []),
]

# %% right: made in a loop, with other filters too
search_examples = [("ana", "/api/v1/tasks?q=dentist", 200, ["Call the dentist"])]
for q, found in {"_": ["Read snake_case aloud"], "BUY": ["Buy milk"], "goat": [], "zz": []}.items():
    search_examples.append(("ana", f"/api/v1/tasks?q={q}", 200, found))
for who, status in ((None, 401), ("ben", 403)):
    search_examples.append((who, "/api/v1/tasks?q=a&limit=1&offset=1", status, []))
search_examples.append(("ana", "/api/v1/tasks?q=e&done=true&sort=title", 200, ["Call the dentist"]))
search_examples.append(("ana", "/api/v1/tasks?q=&limit=5", 400, ["q"]))
search_examples.append(("ana", "/api/v1/tasks?q=e&limit=0", 400, ["limit"]))

# %% wrong: strangers forgotten
# breaks: A stranger gets 401, Ben 403.
# says: There is a hole
# says: without a token
# change: solution
-    (None, "/api/v1/tasks?q=milk", 401, []),

# %% wrong: Ben forgotten
# breaks: Add examples until every wrong API breaks at least one of them.
# says: whose account is closed
# change: solution
-    (None, "/api/v1/tasks?q=milk", 401, []),
...
-    ("ben", "/api/v1/tasks?q=milk", 403, []),
+    (None, "/api/v1/tasks?q=milk", 401, []),

# %% wrong: no wildcards
# breaks: `%` (sent as `%25`) and `_` are characters like others.
# says: wildcards, as SQL does
# change: solution
-    (None, "/api/v1/tasks?q=milk", 401, []),
-    ("ana", "/api/v1/tasks?q=%25", 200, ["Save 100% of the receipts"]),
...
     ("ana", "/api/v1/tasks?q=zebra", 200, []),
+    (None, "/api/v1/tasks?q=milk", 401, []),

# %% wrong: search without the other filters
# breaks: `q` goes together with `done`.
# says: forgets `done`
# change: stub
+    ("ana", "/api/v1/tasks?q=%25", 200, ["Save 100% of the receipts"]),
+    ("ana", "/api/v1/tasks?q=", 400, ["q"]),
+    ("ana", "/api/v1/tasks?q=zebra", 200, []),
     (None, "/api/v1/tasks?q=milk", 401, []),
+    ("ben", "/api/v1/tasks?q=milk", 403, []),

# %% wrong: the empty text forgotten
# says: finds everything for an empty `q`
# change: stub
+    ("ana", "/api/v1/tasks?q=%25", 200, ["Save 100% of the receipts"]),
+    ("ana", "/api/v1/tasks?q=e&done=true", 200, ["Call the dentist"]),
+    ("ana", "/api/v1/tasks?q=zebra", 200, []),
     (None, "/api/v1/tasks?q=milk", 401, []),
+    ("ben", "/api/v1/tasks?q=milk", 403, []),

# %% wrong: nothing found forgotten
# says: answers 404 when nothing is found
# change: solution
-    (None, "/api/v1/tasks?q=milk", 401, []),
...
-    ("ana", "/api/v1/tasks?q=zebra", 200, []),
+    (None, "/api/v1/tasks?q=milk", 401, []),

# %% wrong: only happy paths
# says: There is a hole
# change: stub
-    (None, "/api/v1/tasks?q=milk", 401, []),
+    ("ana", "/api/v1/tasks?q=e&done=true", 200, ["Call the dentist"]),

# %% wrong: the draft, and a row more of the same kind
# breaks: Everybody finds their own tasks only.
# says: There is a hole
# says: Carla's tasks
search_examples = [
    ("ana", "/api/v1/tasks?q=dentist", 200, ["Call the dentist"]),
    ("ana", "/api/v1/tasks?q=snake_case", 200, ["Read snake_case aloud"]),
    ("ana", "/api/v1/tasks?q=receipts", 200, ["Save 100% of the receipts"]),
]

# %% wrong: FastAPI's own 422 for an empty text
# breaks: An empty `q` is a 400.
# says: isn't what was agreed
# says: 400 ['q']
search_examples = [
    ("ana", "/api/v1/tasks?q=dentist", 200, ["Call the dentist"]),
    ("ana", "/api/v1/tasks?q=snake_case", 200, ["Read snake_case aloud"]),
    ("ana", "/api/v1/tasks?q=MILK", 200, ["Buy milk"]),
    ("ana", "/api/v1/tasks?q=%25", 200, ["Save 100% of the receipts"]),
    ("ana", "/api/v1/tasks?q=e&done=true", 200, ["Call the dentist"]),
    ("ana", "/api/v1/tasks?q=", 422, ["q"]),
    ("ana", "/api/v1/tasks?q=zebra", 200, []),
    (None, "/api/v1/tasks?q=milk", 401, []),
    ("ben", "/api/v1/tasks?q=milk", 403, []),
]

# %% wrong: a 404 when nothing is found
# breaks: Nothing found is 200 and `[]`.
# says: isn't what was agreed
# says: 200 []
# change: solution
-    (None, "/api/v1/tasks?q=milk", 401, []),
...
-    ("ana", "/api/v1/tasks?q=zebra", 200, []),
+    ("ana", "/api/v1/tasks?q=zebra", 404, []),
+    (None, "/api/v1/tasks?q=milk", 401, []),

# %% wrong: an error in the answer of a stranger
# breaks: For 401, 403 and 404 that is `[]`.
# says: isn't what was agreed
# change: solution
-    (None, "/api/v1/tasks?q=milk", 401, []),
...
     ("ana", "/api/v1/tasks?q=zebra", 200, []),
+    (None, "/api/v1/tasks?q=milk", 401, ["token"]),

# %% wrong: another path
# says: The path should be that of the list
# change: solution
-    (None, "/api/v1/tasks?q=milk", 401, []),
...
-    ("ana", "/api/v1/tasks?q=zebra", 200, []),
+    ("ana", "/tasks?q=zebra", 200, []),
+    (None, "/api/v1/tasks?q=milk", 401, []),

# %% wrong: three parts instead of four
# breaks: An example is `(who, path, status, answer)`
# says: doesn't have the four parts
# change: solution
-    (None, "/api/v1/tasks?q=milk", 401, []),
...
-    ("ben", "/api/v1/tasks?q=milk", 403, []),
+    (None, "/api/v1/tasks?q=milk", 401, []),
+    ("ben", "/api/v1/tasks?q=milk", 403),

# %% wrong: whole words only
# breaks: `q` finds any part of a title, whatever the capitals.
# says: finds whole words only
search_examples = [
    ("ana", "/api/v1/tasks?q=dentist", 200, ["Call the dentist"]),
    ("ana", "/api/v1/tasks?q=100%25", 200, ["Save 100% of the receipts"]),
    ("ana", "/api/v1/tasks?q=snake%25aloud", 200, []),
    ("ana", "/api/v1/tasks?q=MILK", 200, ["Buy milk"]),
    ("ana", "/api/v1/tasks?q=milk&done=true", 200, []),
    ("ana", "/api/v1/tasks?q=", 400, ["q"]),
    (None, "/api/v1/tasks?q=milk", 401, []),
    ("ben", "/api/v1/tasks?q=milk", 403, []),
]

# %% wrong: another order
# breaks: Ana has `Buy milk` (open), `Call the dentist` (done), `Save 100% of the receipts` (open) and `Read snake_case aloud` (open), in this order.
# says: isn't what was agreed
search_examples = [("ana", "/api/v1/tasks?q=the", 200, ["Save 100% of the receipts", "Call the dentist"])]

# %% wrong: somebody who isn't there
# breaks: where `who` is `"ana"`, `"ben"`, `"carla"` or `None`
# says: is sent by the `str` `'benjamin'`
search_examples = [("benjamin", "/api/v1/tasks?q=milk", 403, [])]

# %% wrong: two people in one example
# says: is sent by the `list`
search_examples = [(["ana", "carla"], "/api/v1/tasks?q=water", 200, [])]

# %% wrong: Carla's goat for Ana
# breaks: Carla has `Water the plants` and `Milk the goat`.
# says: isn't what was agreed
# says: 200 []
search_examples = [("ana", "/api/v1/tasks?q=goat", 200, ["Milk the goat"])]

# %% wrong: a title instead of a list
# says: has the `str` `'Buy milk'` for an answer
search_examples = [("ana", "/api/v1/tasks?q=milk", 200, "Buy milk")]

# %% wrong: the status as a text
# says: has the `str` `'403'` for a status
search_examples = [("ben", "/api/v1/tasks?q=milk", "403", [])]
