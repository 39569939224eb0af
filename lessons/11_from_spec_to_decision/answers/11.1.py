# story: Five questions are on your list. Each has two readings, as apps.

# %% right: other requests that tell as much
# change: solution
-    "titles only, or steps too?": "/tasks?q=egg",
-    "parts of words, or whole words?": "/tasks?q=mil",
+    "titles only, or steps too?": "/tasks?q=card",
+    "parts of words, or whole words?": "/tasks?q=Buy%20milk",
     "`in`, or `find`?": None,
-    "my tasks, or everybody's?": "/tasks?q=milk",
+    "my tasks, or everybody's?": "/tasks?q=goat",

# %% right: one letter, and built with dict()
# change: solution
     "in the route, or in a service?": None,
 }
+telling = dict(telling)
+telling["parts of words, or whole words?"] = "/tasks?q=b"
+telling["my tasks, or everybody's?"] = "/tasks?q="

# %% wrong: a request on which both agree
# breaks: For each question, find a request on which the two answer differently
# says: doesn't tell the readings
# says: Which note would only one of them find?
# change: solution
-    "titles only, or steps too?": "/tasks?q=egg",
+    "titles only, or steps too?": "/tasks?q=milk",

# %% wrong: the same request for all
# says: doesn't tell the readings
# says: whole words
# change: solution
-    "parts of words, or whole words?": "/tasks?q=mil",
+    "parts of words, or whole words?": "/tasks?q=egg",
     "`in`, or `find`?": None,
-    "my tasks, or everybody's?": "/tasks?q=milk",
+    "my tasks, or everybody's?": "/tasks?q=egg",

# %% wrong: asks Jonas how to compare
# breaks: Where no request can tell them apart, the question is not for Jonas: write `None`.
# says: is your decision: write `None`
# change: solution
-    "`in`, or `find`?": None,
+    "`in`, or `find`?": "/tasks?q=milk",

# %% wrong: asks Jonas where the code stands
# says: Where the code goes is your decision
# change: solution
-    "in the route, or in a service?": None,
+    "in the route, or in a service?": "/tasks?q=cake",

# %% wrong: does not ask whose tasks
# says: is a question for Jonas
# change: solution
-    "my tasks, or everybody's?": "/tasks?q=milk",
+    "my tasks, or everybody's?": None,

# %% wrong: None for all
# says: is a question for Jonas
# change: solution
-    "titles only, or steps too?": "/tasks?q=egg",
-    "parts of words, or whole words?": "/tasks?q=mil",
+    "titles only, or steps too?": None,
+    "parts of words, or whole words?": None,
     "`in`, or `find`?": None,
-    "my tasks, or everybody's?": "/tasks?q=milk",
+    "my tasks, or everybody's?": None,

# %% wrong: a request without q
# says: answered 422
# change: solution
-    "titles only, or steps too?": "/tasks?q=egg",
+    "titles only, or steps too?": "/tasks",

# %% wrong: words instead of a path
# breaks: a path such as `"/tasks?q=egg"`.
# says: A path is `/tasks` with a `?`
# change: solution
-    "titles only, or steps too?": "/tasks?q=egg",
+    "titles only, or steps too?": "ask whether egg finds the cake",

# %% wrong: the method in front of the path
# says: A path is `/tasks` with a `?`
# change: solution
-    "parts of words, or whole words?": "/tasks?q=mil",
+    "parts of words, or whole words?": "GET /tasks?q=mil",

# %% right: found by a loop over words
# change: solution
     "in the route, or in a service?": None,
 }
+
+
+def telling_path(question):
+    for word in ("milk", "egg", "goat", "den"):
+        one, other = both(*readings[question], f"/tasks?q={word}")
+        if one != other:
+            return f"/tasks?q={word}"
+    return None
+
+
+telling = {question: telling_path(question) for question in readings}

# %% wrong: an address below the list
# says: A path is `/tasks` with a `?`
# change: solution
-    "titles only, or steps too?": "/tasks?q=egg",
+    "titles only, or steps too?": "/tasks/1?q=egg",

# %% wrong: a line end in the path
# says: A path is `/tasks` with a `?`
# change: solution
-    "titles only, or steps too?": "/tasks?q=egg",
+    "titles only, or steps too?": "/tasks?q=egg\n",
