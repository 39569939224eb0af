# %% right: the comment on a line of its own, after the other conditions
due_edits = [
    (
        MODEL_FILE,
        "    done: bool | None = None\n    priority: Priority | None = None\n    sort",
        "    done: bool | None = None\n    priority: Priority | None = None\n"
        "    # specs/due-before/spec.md\n    due_before: date | None = None\n    sort",
    ),
    (
        SERVICE_FILE,
        "    return (await db.scalars(tasks)).all()\n\n\nasync def find_task",
        "    if wanted.due_before:\n"
        "        tasks = tasks.where(wanted.due_before > Task.due_date)\n"
        "    return (await db.scalars(tasks)).all()\n\n\nasync def find_task",
    ),
]
due_examples = [
    ("ana", "/api/v1/tasks?due_before=2031-06-02", 200, ["Pay the rent"]),
    ("ana", "/api/v1/tasks?due_before=2031-06-01", 200, []),
    ("ana", "/api/v1/tasks?due_before=2031-02-30", 400, ["due_before"]),
    ("ben", "/api/v1/tasks?due_before=2031-06-02", 403, []),
]

# %% right: the tasks without a date left out by name
# change: solution
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        tasks = tasks.where(Task.due_date.is_not(None), Task.due_date < wanted.due_before)\n" + CONDITION,

# %% wrong: the assistant's change with good examples
# says: has lost a line
# says: columns: dict
# change: stub
-    ("ana", "/api/v1/tasks?due_before=2031-06-30", 200, ["Pay the rent", "Book a table"]),
+    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
+    ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
+    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),

# %% wrong: the order without the id
# says: has lost a line
# says: No sentence of the spec
# change: solution
         "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
     ),
+    (SERVICE_FILE, "Task.id).limit(limit)", "Task.id.asc()).limit(limit)"),

# %% wrong: the day itself counts
# says: it should be 200 ['Pay the rent']
# says: The day itself is in it
# change: solution
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        tasks = tasks.where(Task.due_date <= wanted.due_before)\n" + CONDITION,

# %% wrong: required instead of optional
# says: Without `due_before` the list is what it was
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: date  # specs/due-before/spec.md, S4\n" + FIELD,

# %% wrong: a text instead of a date
# says: `GET /api/v1/tasks?due_before=
# says: it should be
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: str | None = None  # specs/due-before/spec.md, S4\n" + FIELD,

# %% wrong: no citation
# says: No new line cites the spec
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: date | None = None\n" + FIELD,
...
-        "    if wanted.due_before is not None:  # specs/due-before/spec.md, S1 to S3\n"
+        "    if wanted.due_before is not None:\n"

# %% wrong: the field, and no condition
# says: it should be 200 ['Pay the rent']
due_edits = [(MODEL_FILE, FIELD, "    due_before: date | None = None  # specs/due-before/spec.md\n" + FIELD)]
due_examples: list[Example] = [
    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
    ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),
]

# %% wrong: filtered after the page
# says: It should go together with pages
# change: solution
-        CONDITION,
+        LAST,
         "    if wanted.due_before is not None:  # specs/due-before/spec.md, S1 to S3\n"
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        page = (await db.scalars(tasks)).all()\n"
+        "        return [one for one in page if one.due_date and one.due_date < wanted.due_before]\n" + LAST,

# %% wrong: examples that cannot turn red
# says: all green for a change that counts the day itself
# change: solution
-due_examples: list[Example] = [
-    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
+due_examples = [
+    ("ana", "/api/v1/tasks", 200, ["Buy milk", "Call the dentist", "Pay the rent", "Book a table"]),
     ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
-    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),
+    (None, "/api/v1/tasks", 401, []),

# %% wrong: tasks without a date are not looked at
# says: all green for a change that
# change: solution
-due_examples: list[Example] = [
-    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
+due_examples = [
+    ("ana", "/api/v1/tasks?due_before=2031-06-01&sort=due_date&limit=1&offset=2", 200, []),
+    ("ana", "/api/v1/tasks?due_before=2031-06-10&sort=due_date&limit=1&offset=1", 200, ["Book a table"]),
+    ("ana", "/api/v1/tasks?due_before=2031-06-09&sort=due_date&limit=1", 200, ["Pay the rent"]),
     ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
-    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),
+    (None, "/api/v1/tasks", 401, []),

# %% wrong: nothing that is not valid
# says: about a request that is not valid
# change: solution
-due_examples: list[Example] = [
+due_examples = [
     ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
-    ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),

# %% wrong: nobody who may not
# says: somebody who may not ask
# change: solution
-due_examples: list[Example] = [
+due_examples = [
     ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
     ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
-    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),

# %% wrong: an example that nobody has run
# says: Example 1 does not hold
# change: solution
-    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
+    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent", "Book a table"]),

# %% wrong: no examples
# says: should be a list of examples
# change: solution
-due_examples: list[Example] = [
-    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
-    ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
-    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),
-]
+due_examples = []

# %% wrong: lines that are not in the file
# says: cannot be made
# says: 0 times
# change: solution
         SERVICE_FILE,
-        CONDITION,
+        "    columns = {\n",

# %% wrong: the condition in the route
# says: touches `api/routes/tasks.py`
# change: solution
-        SERVICE_FILE,
-        CONDITION,
+        ROUTE_FILE,
+        LIST,
         "    if wanted.due_before is not None:  # specs/due-before/spec.md, S1 to S3\n"
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        found = await service.list_tasks(db, user, wanted, 100)\n        found = [one for one in found if one.due_date and one.due_date < wanted.due_before]\n        found.sort(key=lambda one: one.title if wanted.sort == 'title' else one.id)\n        return found[wanted.offset :][:limit]\n" + LIST,

# %% wrong: a line that nobody asked for
# says: has 3 new statements
# change: solution
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n"
+        "        print(wanted.due_before)\n" + CONDITION,

# %% wrong: two fields, because one may be needed later
# says: has 2 new statements
# says: One field is enough
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_after: date | None = None\n    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,

# %% wrong: does not compile
# says: the service does not start
# says: SyntaxError
# change: solution
-        "    if wanted.due_before is not None:  # specs/due-before/spec.md, S1 to S3\n"
+        "    if wanted.due_before is not None  # specs/due-before/spec.md, S1 to S3\n"
