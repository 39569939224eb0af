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
# change: solution
-    "B": "/api/v1/tasks?q=%25",
+    "B": "/api/v1/tasks?q=milk",

# %% wrong: A asked with a q
# says: from proposal A
# says: could refute it
# change: solution
-    "A": "/api/v1/tasks",
+    "A": "/api/v1/tasks?q=milk",

# %% wrong: C asked without a q
# says: from proposal C
# says: This request agrees
# change: solution
-    "C": "/api/v1/tasks?q=milk",
+    "C": "/api/v1/tasks",

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
# change: solution
-    "A": "/api/v1/tasks",
+    "A": None,

# %% wrong: a parameter protects from everything
# says: You believe proposal B
# change: solution
-    "B": "/api/v1/tasks?q=%25",
+    "B": None,

# %% wrong: all believed
# says: You believe proposal A
refuted_by = dict.fromkeys("ABCD")

# %% wrong: one request for all
# says: This request agrees with the claim
refuted_by = dict.fromkeys("ABC", "/api/v1/tasks") | {"D": None}

# %% wrong: the claim instead of a request
# says: A path begins with
# change: solution
-    "A": "/api/v1/tasks",
+    "A": "q has no default",

# %% wrong: a path that is not there
# says: A path begins with `/api/v1/tasks`
# change: solution
-    "A": "/api/v1/tasks",
+    "A": "/tasks",

# %% wrong: a text that everybody refuses
# says: This request agrees with the claim
# change: solution
-    "B": "/api/v1/tasks?q=%25",
+    "B": "/api/v1/tasks?q=%00",
