# story: Six complaints came in this week.

# %% right: one after the other
tools = {}
for complaint, tool in zip(
    ("twice", "slow", "halfway", "namesakes", "overwritten", "tunnel"),
    ("total order", "eager loading", "one transaction", "unique constraint", "version", "idempotency key"),
):
    tools[complaint] = tool

# %% right: from tools to complaints, turned round
prevents = {
    "idempotency key": "tunnel",
    "version": "overwritten",
    "unique constraint": "namesakes",
    "one transaction": "halfway",
    "eager loading": "slow",
    "total order": "twice",
}
tools = {complaint: tool for tool, complaint in prevents.items()}

# %% wrong: a constraint against the retry
# breaks: `tunnel`: "After the tunnel my shopping was ordered twice."
# says: Ana buys milk every week
# change: solution
-    "tunnel": "idempotency key",
+    "tunnel": "unique constraint",

# %% wrong: a transaction against the old screen
# breaks: `overwritten`: "I moved the meeting to three. Ben, whose screen was an hour old, fixed a typo, and it is at two again."
# says: No transaction lasts an hour
# change: solution
-    "overwritten": "version",
+    "overwritten": "one transaction",

# %% wrong: a version for new rows
# breaks: `namesakes`: "There are two users called `max`, and I get the mail of the other one."
# says: have no version to compare
# change: solution
-    "namesakes": "unique constraint",
+    "namesakes": "version",

# %% wrong: a key for half a move
# breaks: `halfway`: "I moved my list to Carla's account. The server failed in the middle, and now nobody has it."
# says: stopped between two changes of its own
# change: solution
-    "halfway": "one transaction",
+    "halfway": "idempotency key",

# %% wrong: an order against slowness
# breaks: `slow`: "The page with my 300 tasks and their steps takes four seconds."
# says: makes pages right, not quick
tools = {
    "tunnel": "idempotency key",
    "overwritten": "version",
    "namesakes": "unique constraint",
    "halfway": "one transaction",
    "slow": "total order",
    "twice": "eager loading",
}

# %% wrong: a constraint against pages
# breaks: `twice`: "While I scroll, some tasks come twice and some not at all, and nobody has changed any."
# says: The rows are there once
# change: solution
-    "twice": "total order",
+    "twice": "unique constraint",

# %% wrong: another word
# breaks: For each, choose the one tool that prevents it: `"unique constraint"`, `"version"`, `"idempotency key"`, `"one transaction"`, `"eager loading"` (that is `selectinload`) or `"total order"`.
# says: The tools are
# change: solution
-    "slow": "eager loading",
+    "slow": "selectinload",

# %% wrong: one tool for all
# says: Ana buys milk every week
tools = {
    "tunnel": "unique constraint",
    "overwritten": "unique constraint",
    "namesakes": "unique constraint",
    "halfway": "unique constraint",
    "slow": "unique constraint",
    "twice": "unique constraint",
}
