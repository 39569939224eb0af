# story: Five calls stand in `async def` handlers.

# %% right: one after the other
ways = {}
ways["tasks"] = ways["weather"] = "await"
ways["password"] = ways["parcel"] = "thread"
ways |= {"film": "process"}

# %% wrong: the hash awaited
# breaks: `password`: compares Ana's password with its hash, which takes a tenth of a second.
# says: Computing cannot be awaited
# change: solution
-    "password": "thread",
+    "password": "await",

# %% wrong: the library awaited
# breaks: `parcel`: asks the parcel service through a library without `async`. The answer takes a second.
# says: This library holds the loop
# change: solution
-    "parcel": "thread",
+    "parcel": "await",

# %% wrong: the film in a thread
# breaks: `film`: makes a film smaller, in Python code that computes for two minutes.
# says: computes one at a time
# change: solution
-    "film": "process",
+    "film": "thread",

# %% wrong: the database in a thread
# breaks: `tasks`: reads Ana's tasks from our database, through the driver with `async` of lesson 04.
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
# breaks: Choose for each: `"await"`, `"thread"` or `"process"`.
# says: Choose one of
# change: solution
-    "password": "thread",
+    "password": "to_thread",

# %% wrong: the weather in a thread
# breaks: `weather`: asks the weather service with `httpx.AsyncClient`.
# says: Threads are few, and each question would take one.
# change: solution
-    "weather": "await",
+    "weather": "thread",
