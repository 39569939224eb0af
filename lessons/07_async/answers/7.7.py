# %% right: read from a table
table = """
row handler
dashboard gather
hello background
invoice queue
archive stream
"""
places = dict(line.split() for line in table.strip().splitlines())

# %% wrong: the invoice in the background
# breaks: `invoice`: Carla has paid. She must get her invoice, also if the server crashes in the next second.
# says: After a crash nobody knows
# change: solution
-    "invoice": "queue",
+    "invoice": "background",

# %% wrong: the row in the background
# breaks: `row`: Ana adds a task, and hears 201. The row has to be saved.
# says: a row that may never be saved
# change: solution
 places = {
-    "row": "handler",
+    "row": "background",

# %% wrong: the dashboard one by one
# breaks: `dashboard`: Ana's start page needs four web services, which know nothing of each other.
# says: the sum of four answers
# change: solution
-    "dashboard": "gather",
+    "dashboard": "handler",

# %% wrong: a queue for a hello
# breaks: `hello`: Dora has joined. A welcome mail would be nice, and if a crash swallows it, so be it.
# says: one more program to run
# change: solution
-    "hello": "background",
+    "hello": "queue",

# %% wrong: the archive at once
# breaks: `archive`: Ben downloads 80,000 old tasks as JSON Lines.
# says: in memory before the first byte
# change: solution
-    "archive": "stream",
+    "archive": "handler",

# %% wrong: one is empty
# breaks: Choose one for each.
# says: `archive` has no answer yet
# change: solution
-    "archive": "stream",
+    "archive": "",

# %% wrong: a word that is none of the five
# breaks: Five pieces of work, and five places: `"handler"` (awaited there, one thing), `"gather"`, `"background"`, `"queue"` and `"stream"`.
# says: Choose one of
# change: solution
 places = {
-    "row": "handler",
+    "row": "await",
