# story: Here is the plan that came back for search. Three steps are fine.

# %% right: the package as a part that nobody asked for
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 7, "f": None, "g": 6, "h": None, "i": 8}

# %% right: built step by step
breaks = dict.fromkeys("afh")
breaks.update({"i": 8, "g": 6, "e": 9})
breaks |= {"b": 4, "c": 2, "d": 3}

# %% wrong: admins may see everything
# says: You let step d pass
# says: Ana's tasks are still Ana's
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": 4, "c": 2, "d": None, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: logging is always good
# says: You let step g pass
# says: In a log it is kept
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": None, "h": None, "i": 8}

# %% wrong: the SQL looks fine
# says: You let step b pass
# says: a part of the SQL
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": None, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: an empty list taken for an error
# says: You say that step f breaks
# says: 404 would say
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": 1, "g": 6, "h": None, "i": 8}

# %% wrong: new fields are suspicious
# breaks: For a step that is fine, write `None`.
# says: You say that step a breaks
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": 7, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: the contract for everything
# says: You say that step a breaks
breaks = dict.fromkeys("abcdefghi", 1)

# %% wrong: None for everything
# says: You let step b pass
breaks = dict.fromkeys("abcdefghi")

# %% wrong: the response as a matter of waiting
# breaks: For each of the other six, say which article it breaks: the number of the one that it breaks first of all.
# says: not first of all article 5, Waiting
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": 4, "c": 5, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: names instead of numbers
# says: It should be the number of an article
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": "Input", "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}

# %% wrong: a step left out
# says: Step i has no answer yet
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None}

# %% wrong: late tests as a broken contract
# says: not first of all article 1, Contract
# says: finished when somebody else finds the bug
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 1}

# %% wrong: numbers as texts
# says: For step b you give the `str` `'4'`
# change: solution
-breaks = {"a": None, "b": 4, "c": 2, "d": 3, "e": 9, "f": None, "g": 6, "h": None, "i": 8}
+breaks = {"a": None, "b": "4", "c": "2", "d": "3", "e": "9", "f": None, "g": "6", "h": None, "i": "8"}

# %% wrong: True for a step that is fine
# says: For step a you give the `bool` `True`
breaks = dict.fromkeys("abcdefghi", True)
