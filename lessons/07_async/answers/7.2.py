# %% right: one after the other
ways = {}
ways["tasks"] = ways["weather"] = "await"
ways["password"] = ways["parcel"] = "thread"
ways |= {"film": "process"}

# %% wrong: the hash awaited
# says: Computing cannot be awaited
# change: solution
-    "password": "thread",
+    "password": "await",

# %% wrong: the library awaited
# says: This library holds the loop
# change: solution
-    "parcel": "thread",
+    "parcel": "await",

# %% wrong: the film in a thread
# says: computes one at a time
# change: solution
-    "film": "process",
+    "film": "thread",

# %% wrong: the database in a thread
# says: The driver has `async`
# change: solution
 ways = {
-    "tasks": "await",
+    "tasks": "thread",

# %% wrong: a process for each wait
# says: a thread can wait as well
# change: solution
-    "parcel": "thread",
+    "parcel": "process",

# %% wrong: one is empty
# says: `film` has no answer yet
# change: solution
-    "film": "process",
+    "film": "",

# %% wrong: a word that is none of the three
# says: Choose one of
# change: solution
-    "password": "thread",
+    "password": "to_thread",
