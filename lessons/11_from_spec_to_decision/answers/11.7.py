# %% right: by hand, with one example for each sentence
record = {
    "asked": "Please build specs/search-tasks/spec.md and name the sentence for each line.",
    "given": (".specify/memory/constitution.md", "specs/search-tasks/spec.md", "specs/search-tasks/plan.md"),
    "changed": [cite(TASKS, "list_tasks", search_edits), cite(MODELS, "TaskFilter", search_edits)],
    "verified": [
        ("S1", ("ana", "/api/v1/tasks?q=ilk", 200, ["Buy milk"])),
        ("S2", ("ana", "/api/v1/tasks?q=bUY", 200, ["Buy milk"])),
        ("S3", ("ana", "/api/v1/tasks?q=%25", 200, ["Save 100% of the receipts"])),
        ("S4", ("ana", "/api/v1/tasks?q=e&done=true", 200, ["Call the dentist"])),
        ("S5", ("ana", "/api/v1/tasks?q=%20", 400, ["q"])),
        ("S6", ("ana", "/api/v1/tasks?q=zebra", 200, [])),
        ("S8", (None, "/api/v1/tasks?q=milk", 401, [])),
    ],
    "not_verified": ["S7", "S9"],
}

# %% right: narrow citations
def lines_with(path, words):
    lines = edited(search_edits)[path.removeprefix("app_snippets/tasks_api/")].splitlines()
    numbers = [number for number, line in enumerate(lines, 1) if words in line]
    return f"{numbers[0]}:{numbers[-1]}:{path}"

record = {
    "asked": "Build specs/search-tasks/spec.md.",
    "given": {"specs/search-tasks/spec.md", ".specify/memory/constitution.md"},
    "changed": {lines_with(MODELS, "q: Title"), lines_with(TASKS, "wanted.q")},
    "verified": [pair for pair in examples_of(spec) if pair[0] != "S7"],
    "not_verified": {"S7", "S9"},
}

# %% wrong: the performance is claimed
# says: You say that S9 is verified
# says: claims more than was seen
# change: solution
-    "verified": examples_of(spec),
-    "not_verified": ["S9"],
+    "verified": [*examples_of(spec), ("S9", ("ana", "/api/v1/tasks?q=milk", 200, ["Buy milk"]))],
+    "not_verified": [],

# %% wrong: the open sentence is left out
# says: S9 stands in neither list
# change: solution
-    "not_verified": ["S9"],
+    "not_verified": [],

# %% wrong: in both lists
# says: S1 stands in both lists
# change: solution
-    "not_verified": ["S9"],
+    "not_verified": ["S9", "S1"],

# %% wrong: citations from before the change
# says: as it is after the change, from its first line
# change: solution
-        cite(MODELS, "TaskFilter", search_edits),
-        cite(TASKS, "list_tasks", search_edits),
+        cite(MODELS, "TaskFilter"),
+        cite(TASKS, "list_tasks"),

# %% wrong: one place forgotten
# says: no citation of `changed` holds it
# says: q: Title
# change: solution
-        cite(MODELS, "TaskFilter", search_edits),

# %% wrong: the whole file cited
# says: longer than five lines
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        "1:160:app_snippets/tasks_api/services/tasks.py",

# %% wrong: lines that are not there
# says: leads nowhere
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        "900:901:app_snippets/tasks_api/services/tasks.py",

# %% wrong: a path without its folder
# says: which the change does not touch
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        "19:39:services/tasks.py",

# %% wrong: a link instead of a citation
# says: is no citation
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        "services/tasks.py#L19-L39",

# %% wrong: no constitution
# says: is not among what was given
# change: solution
-        ".specify/memory/constitution.md",

# %% wrong: a file that does not exist
# says: there is no such file
# change: solution
-        "specs/search-tasks/spec.md",
+        "specs/search/spec.md",

# %% wrong: asked in Jonas's words
# says: does not say which spec
# change: solution
-    "asked": "Add `q` to the list, as specs/search-tasks/spec.md says. Change little.",
+    "asked": "Add `q` to the list, as Jonas says. Change little.",

# %% wrong: examples that could not fail
# says: would be as green if the sentence were broken
# change: solution
-    "verified": examples_of(spec),
+    "verified": [(f"S{number}", ("ana", "/api/v1/tasks?limit=1", 200, ["Buy milk"])) for number in range(1, 9)],

# %% wrong: S3 shown with a plain word
# says: S3 counts as verified
# change: solution
-    "verified": examples_of(spec),
+    "verified": [pair for pair in examples_of(spec) if pair[0] != "S3"] + [("S3", ("ana", "/api/v1/tasks?q=receipts", 200, ["Save 100% of the receipts"]))],

# %% wrong: what nobody has run
# says: does not hold
# says: What came back is 200 []
# change: solution
-    "verified": examples_of(spec),
+    "verified": [*examples_of(spec), ("S6", ("ana", "/api/v1/tasks?q=zebra", 404, []))],

# %% wrong: nothing is verified
# says: 1 of the sentences S1 to S8
# change: solution
-    "verified": examples_of(spec),
-    "not_verified": ["S9"],
+    "verified": [("S1", ("ana", "/api/v1/tasks?q=milk", 200, ["Buy milk"]))],
+    "not_verified": ["S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9"],
