# story: The assistant has four proposals, each with a claim. Every one of them is real code for our service, and none of them raises.
# story: Three claims are wrong on today's FastAPI, Pydantic and SQLAlchemy.
# story: Reading will not do. `try_out` asks a proposal for you.
# story: You need not read that cell either: a reviewer reads a **diff**, which shows new lines with `+` and lines that are gone with `-`.

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
# breaks: For each wrong one, find a path that Ana can `GET` and whose answer is not what the spec promises.
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
# breaks: D: "`where` may stand after `limit`. The database still filters first, then cuts the page."
# breaks: For the one that holds, write `None`.
# says: The claim of D holds
# says: writes WHERE before LIMIT
refuted_by = {
    "A": "/api/v1/tasks",
    "B": "/api/v1/tasks?q=%25",
    "C": "/api/v1/tasks?q=milk",
    "D": "/api/v1/tasks?q=dentist&limit=1",
}

# %% wrong: A believed
# breaks: A: "`q` is optional, its type is `Title | None`. So clients that send no `q` notice nothing."
# says: You believe proposal A
# change: solution
-    "A": "/api/v1/tasks",
+    "A": None,

# %% wrong: a parameter protects from everything
# breaks: B: "`icontains` binds the text as a parameter. So each character stands for itself."
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
# says: It should be the path of the list
# change: solution
-    "A": "/api/v1/tasks",
+    "A": "q has no default",

# %% wrong: a path that is not there
# says: It should be the path of the list
# change: solution
-    "A": "/api/v1/tasks",
+    "A": "/tasks",

# %% wrong: a text that everybody refuses
# says: This request agrees with the claim
# change: solution
-    "B": "/api/v1/tasks?q=%25",
+    "B": "/api/v1/tasks?q=%00",

# %% right: with keys that nobody asked for
refuted_by = {"A": "/api/v1/tasks", "B": "/api/v1/tasks?q=%", "C": "/api/v1/tasks?q=MILK", "D": None, None: "", "AB": "/"}

# %% wrong: C believed
# breaks: C: "Leave `TaskFilter` alone. FastAPI takes `q` as one more parameter beside the model."
# says: You believe proposal C
# change: solution
-    "C": "/api/v1/tasks?q=milk",
+    "C": None,

# %% wrong: another route below the list
# says: It should be the path of the list
# change: solution
-    "A": "/api/v1/tasks",
+    "A": "/api/v1/tasks/export",

# %% wrong: a path that cannot be sent
# says: It should be the path of the list
# change: solution
-    "A": "/api/v1/tasks",
+    "A": "/api/v1/tasks?q=\x00",
