# story: Ana wants to see what is due: `GET /api/v1/tasks?due_before=2031-06-09`.
# story: The assistant's change below works for Ana's example. It also "tidied up".
# story: `date` and `Task` are known where you need them. Then write its tests as examples, as in exercise 11.2.
# story: Ana has `Pay the rent` for 2031-06-01 and `Book a table` for 2031-06-09, besides `Buy milk` and `Call the dentist`, which have no date.

# %% right: the comment on a line of its own, after the other conditions
due_edits = [
    (
        MODEL_FILE,
        "    done: bool | None = None\n    priority: Priority | None = None\n    sort",
        "    done: bool | None = None\n    priority: Priority | None = None\n"
        "    # specs/due-before/spec.md, S4\n    due_before: date | None = None\n    sort",
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
# says: has lost or changed a line
# says: columns: dict
# change: stub
-    ("ana", "/api/v1/tasks?due_before=2031-06-30", 200, ["Pay the rent", "Book a table"]),
+    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
+    ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
+    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),

# %% wrong: the order without the id
# breaks: Write the smallest change: add lines, remove none
# says: has lost or changed a line
# says: No sentence of the spec
# change: solution
         "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
     ),
+    (SERVICE_FILE, "Task.id).limit(limit)", "Task.id.asc()).limit(limit)"),

# %% wrong: the day itself counts
# breaks: tasks whose date is before that day
# says: It should be 200 ['Pay the rent']
# says: The day itself is in it
# change: solution
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        tasks = tasks.where(Task.due_date <= wanted.due_before)\n" + CONDITION,

# %% wrong: required instead of optional
# breaks: without `due_before` all as before.
# says: Does the field have a default?
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: date  # specs/due-before/spec.md, S4\n" + FIELD,

# %% wrong: a text instead of a date
# breaks: something that isn't a date is a 400
# says: `GET /api/v1/tasks?due_before=
# says: Something that isn't a date is a 400
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: str | None = None  # specs/due-before/spec.md, S4\n" + FIELD,

# %% wrong: no citation
# says: No comment in a new line cites the spec
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: date | None = None\n" + FIELD,
...
-        "    if wanted.due_before is not None:  # specs/due-before/spec.md, S1 to S3\n"
+        "    if wanted.due_before is not None:\n"

# %% wrong: the field, and no condition
# says: It should be 200 ['Pay the rent']
due_edits = [(MODEL_FILE, FIELD, "    due_before: date | None = None  # specs/due-before/spec.md\n" + FIELD)]
due_examples: list[Example] = [
    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
    ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),
]

# %% wrong: filtered after the page
# breaks: together with the other filters
# says: It should go together with pages
# change: solution
-        CONDITION,
+        LAST,
         "    if wanted.due_before is not None:  # specs/due-before/spec.md, S1 to S3\n"
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        page = (await db.scalars(tasks)).all()\n"
+        "        return [one for one in page if one.due_date and one.due_date < wanted.due_before]\n" + LAST,

# %% wrong: examples that cannot turn red
# breaks: a build that counts the day itself has to turn red as well
# says: are green for a change that counts the day itself
# change: solution
-due_examples: list[Example] = [
-    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
+due_examples = [
+    ("ana", "/api/v1/tasks", 200, ["Buy milk", "Call the dentist", "Pay the rent", "Book a table"]),

# %% wrong: tasks without a date are not looked at
# says: are green for a change that
# change: solution
-due_examples: list[Example] = [
-    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
+due_examples = [
+    ("ana", "/api/v1/tasks?due_before=2031-06-01&sort=due_date&limit=1&offset=2", 200, []),
+    ("ana", "/api/v1/tasks?due_before=2031-06-10&sort=due_date&limit=1&offset=1", 200, ["Book a table"]),
+    ("ana", "/api/v1/tasks?due_before=2031-06-09&sort=due_date&limit=1", 200, ["Pay the rent"]),

# %% wrong: nothing that is not valid
# says: about a `due_before` that isn't valid
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
# says: Example 1 doesn't hold
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
# says: can't be made
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
# breaks: One field and one condition are enough.
# says: has 2 new statements
# says: One field is enough
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_after: date | None = None\n    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,

# %% wrong: does not compile
# says: the service doesn't start
# says: SyntaxError
# change: solution
-        "    if wanted.due_before is not None:  # specs/due-before/spec.md, S1 to S3\n"
+        "    if wanted.due_before is not None  # specs/due-before/spec.md, S1 to S3\n"

# %% right: a helper that inserts lines
def insert(file, anchor, *lines):
    return file, anchor, "".join(f"{line}\n" for line in lines) + anchor

due_edits = [
    insert(MODEL_FILE, FIELD, "    due_before: date | None = None  # specs/due-before/spec.md, S4"),
    insert(
        SERVICE_FILE,
        CONDITION,
        "    if (day := wanted.due_before) is not None:  # specs/due-before/spec.md, S1",
        "        tasks = tasks.where(",
        "            Task.due_date < day,",
        "        )",
    ),
]
due_examples = [
    ("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"]),
    ("ana", "/api/v1/tasks?due_before=", 400, ["due_before"]),
    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),
]

# %% wrong: tasks without a date too
# breaks: no tasks without a date
# says: `Buy milk` has no date
# never: The day itself is in it
# change: solution
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        tasks = tasks.where((Task.due_date < wanted.due_before) | Task.due_date.is_(None))\n" + CONDITION,

# %% wrong: the condition on the owner is lost
# says: The gardener is Carla's
# never: The day itself is in it
# change: solution
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        tasks = select(Task).options(selectinload(Task.steps)).where(Task.due_date < wanted.due_before)\n" + CONDITION,

# %% wrong: only open tasks
# says: That it is done, and urgent, changes nothing
# change: solution
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        tasks = tasks.where(Task.due_date < wanted.due_before, Task.done.is_(False))\n" + CONDITION,

# %% wrong: a column that does not exist
# says: The changed service crashes
# never: The day itself is in it
# change: solution
-        "        tasks = tasks.where(Task.due_date < wanted.due_before)\n" + CONDITION,
+        "        tasks = tasks.where(Task.due < wanted.due_before)\n" + CONDITION,

# %% wrong: a number instead of a date
# says: `TaskFilter` refuses this date
# never: The day itself is in it
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: int | None = None  # specs/due-before/spec.md, S4\n" + FIELD,

# %% wrong: a sentence that the spec does not have
# breaks: and cite the spec and its sentence in a comment.
# says: the spec has no sentence S40
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: date | None = None  # specs/due-before/spec.md, S40\n" + FIELD,

# %% wrong: the spec without a sentence
# says: names no sentence
# change: solution
-        "    due_before: date | None = None  # specs/due-before/spec.md, S4\n" + FIELD,
+        "    due_before: date | None = None  # specs/due-before/spec.md\n" + FIELD,

# %% wrong: another parameter that is not valid
# breaks: one example is about a `due_before` that isn't valid
# says: about a `due_before` that isn't valid
# change: solution
-    ("ana", "/api/v1/tasks?due_before=monday", 400, ["due_before"]),
+    ("ana", "/api/v1/tasks?due_before=2031-06-09&limit=0", 400, ["limit"]),

# %% wrong: a stranger who asks for something else
# breaks: and one about somebody who may not ask for it.
# says: somebody who may not ask for `due_before`
# change: solution
-    (None, "/api/v1/tasks?due_before=2031-06-09", 401, []),
+    (None, "/api/v1/tasks", 401, []),

# %% wrong: a file that the service does not have
# says: the service has no such file
# change: solution
-        MODEL_FILE,
+        "api/models/tasks.py",
