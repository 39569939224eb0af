# story: A **prompt history record** keeps what happened between you and the assistant: what was asked, what it was given, what changed, what was verified, and what was not. Without it, nobody knows in a month which sentences were tested and which were only said. The template is `templates/prompt_record.md`. The record below was written in a hurry, and all five of its lines are wrong.

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
        ("S7", ("ana", "/api/v1/tasks?limit=1", 200, ["Buy milk"])),
        ("S8", (None, "/api/v1/tasks?q=milk", 401, [])),
    ],
    "not_verified": ("S9",),
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
    "verified": examples_of(spec)[::-1],
    "not_verified": {"S9"},
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
# says: S9 is in neither list
# change: solution
-    "not_verified": ["S9"],
+    "not_verified": [],

# %% wrong: in both lists
# breaks: Each of S1 to S9 is in exactly one of the two
# says: S1 is in both lists
# change: solution
-    "not_verified": ["S9"],
+    "not_verified": ["S9", "S1"],

# %% wrong: citations from before the change
# breaks: Mend it for the search change, `search_edits`.
# breaks: `changed` has a citation for each place, as the file is after the change.
# says: after the change it isn't a whole function
# change: solution
-        cite(MODELS, "TaskFilter", search_edits),
-        cite(TASKS, "list_tasks", search_edits),
+        cite(MODELS, "TaskFilter"),
+        cite(TASKS, "list_tasks"),

# %% wrong: one place forgotten
# breaks: All changed lines are in them
# says: no citation in `changed` includes it
# says: q: Title
# change: solution
-        cite(MODELS, "TaskFilter", search_edits),

# %% wrong: the whole file cited
# breaks: (A whole function or class, or at most five lines.)
# says: more than five lines
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        "1:160:app_snippets/tasks_api/services/tasks.py",

# %% wrong: lines that are not there
# says: leads nowhere
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        "900:901:app_snippets/tasks_api/services/tasks.py",

# %% wrong: a path without its folder
# says: a path begins at the course's folder
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        "19:39:services/tasks.py",

# %% wrong: a link instead of a citation
# says: isn't a citation
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        "services/tasks.py#L19-L39",

# %% wrong: no constitution
# breaks: `given` lists files that exist, the spec and the constitution among them.
# says: isn't in `given`
# change: solution
-        ".specify/memory/constitution.md",

# %% wrong: a file that does not exist
# says: there is no such file
# change: solution
-        "specs/search-tasks/spec.md",
+        "specs/search/spec.md",

# %% wrong: asked in Jonas's words
# breaks: `asked` names the spec by its path.
# says: names the spec by its path
# change: solution
-    "asked": "Add `q` to the list, as specs/search-tasks/spec.md says. Change little.",
+    "asked": "Add `q` to the list, as Jonas says. Change little.",

# %% wrong: examples that could not fail
# says: would be just as green if
# change: solution
-    "verified": examples_of(spec),
+    "verified": [(f"S{number}", ("ana", "/api/v1/tasks?limit=1", 200, ["Buy milk"])) for number in range(1, 9)],

# %% wrong: S3 shown with a plain word
# breaks: The check runs each, on the changed service and on one that breaks the sentence.
# says: S3 isn't verified yet
# change: solution
-    "verified": examples_of(spec),
+    "verified": [pair for pair in examples_of(spec) if pair[0] != "S3"] + [("S3", ("ana", "/api/v1/tasks?q=receipts", 200, ["Save 100% of the receipts"]))],

# %% wrong: what nobody has run
# says: doesn't hold
# says: What came back is 200 []
# change: solution
-    "verified": examples_of(spec),
+    "verified": [*examples_of(spec), ("S6", ("ana", "/api/v1/tasks?q=zebra", 404, []))],

# %% wrong: nothing is verified
# breaks: and S1 to S8 can be shown.
# says: You leave S2, S3
# change: solution
-    "verified": examples_of(spec),
-    "not_verified": ["S9"],
+    "verified": [("S1", ("ana", "/api/v1/tasks?q=milk", 200, ["Buy milk"]))],
+    "not_verified": ["S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9"],

# %% right: Carla's goat, pages, and a text that is too long
record = {
    "asked": prompt,
    "given": ["specs/search-tasks/spec.md", ".specify/memory/constitution.md", MODELS, TASKS],
    "changed": [cite(MODELS, "TaskFilter", search_edits), cite(TASKS, "list_tasks", search_edits)],
    "verified": [
        *[pair for pair in examples_of(spec) if pair[0] in ("S1", "S2", "S3", "S6", "S7")],
        ("S4", ("ana", "/api/v1/tasks?q=e&limit=1&sort=title", 200, ["Call the dentist"])),
        ("S5", ("ana", "/api/v1/tasks?q=" + "a" * 101, 400, ["q"])),
        ("S8", ("carla", "/api/v1/tasks?q=milk", 200, ["Milk the goat"])),
        ("S8", ("ana", "/api/v1/tasks?q=goat", 200, [])),
    ],
    "not_verified": ["S9"],
}

# %% wrong: a place where nothing has changed
# breaks: and no place where nothing has changed.
# says: Nothing has changed in
# change: solution
-        cite(TASKS, "list_tasks", search_edits),
+        cite(TASKS, "list_tasks", search_edits),
+        cite(TASKS, "delete_task", search_edits),

# %% wrong: sentences without examples
# breaks: `verified` has pairs of a sentence of the spec and an example that shows it, as `examples_of` gives them.
# says: should be a list of pairs
# change: solution
-    "verified": examples_of(spec),
+    "verified": ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"],

# %% wrong: nothing was looked at
# says: `verified` is empty
# change: solution
-    "verified": examples_of(spec),
+    "verified": [],

# %% wrong: a sentence that is not there
# breaks: `not_verified` has the sentences that no example can show here.
# says: `not_verified` is the `list` `['S9', 'S10']`
# change: solution
-    "not_verified": ["S9"],
+    "not_verified": ["S9", "S10"],

# %% wrong: one sentence is left open that could be shown
# says: You leave S4 open
# change: solution
-    "verified": examples_of(spec),
-    "not_verified": ["S9"],
+    "verified": [pair for pair in examples_of(spec) if pair[0] != "S4"],
+    "not_verified": ["S4", "S9"],
