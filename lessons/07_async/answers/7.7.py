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
# says: After a crash nobody knows
# change: solution
-    "invoice": "queue",
+    "invoice": "background",

# %% wrong: the row in the background
# says: a row that may never be saved
# change: solution
 places = {
-    "row": "handler",
+    "row": "background",

# %% wrong: the dashboard one by one
# says: the sum of four answers
# change: solution
-    "dashboard": "gather",
+    "dashboard": "handler",

# %% wrong: a queue for a hello
# says: one more program to run
# change: solution
-    "hello": "background",
+    "hello": "queue",

# %% wrong: the archive at once
# says: in memory before the first byte
# change: solution
-    "archive": "stream",
+    "archive": "handler",

# %% wrong: one is empty
# says: `archive` has no answer yet
# change: solution
-    "archive": "stream",
+    "archive": "",

# %% wrong: a word that is none of the five
# says: Choose one of
# change: solution
 places = {
-    "row": "handler",
+    "row": "await",
