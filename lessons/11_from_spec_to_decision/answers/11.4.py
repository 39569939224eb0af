# %% right: every price named
facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}

decisions = {
    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": ["shape", "private"]},
    "clinic": {"choice": "C", "gains": ["private"], "costs": {"link", "filters"}},
}

# %% right: facts found by asking
facts = {"link": set(), "filters": set(), "shape": set(), "private": set()}
sent = {
    "A": TestClient(options["A"]).get("/tasks?q=dentist&done=false"),
    "B": TestClient(options["B"]).get("/tasks/search?q=dentist&done=false"),
    "C": TestClient(options["C"]).post("/searches?done=false", json={"q": "dentist"}),
}
for name, response in sent.items():
    if response.request.method == "GET":
        facts["link"].add(name)
    if "dentist" not in str(response.url):
        facts["private"].add(name)
    if isinstance(response.json(), dict):
        facts["shape"].add(name)
    if response.json() == []:
        facts["filters"].add(name)

decisions = {
    "Jonas": {"choice": "A", "gains": ["filters", "link"], "costs": ["private"]},
    "clinic": {"choice": "C", "gains": ["private"], "costs": ["filters"]},
}

# %% wrong: B is believed to filter
# says: `filters` means
# says: Option B does not
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B"}, "filters": {"A", "B"}, "shape": {"B", "C"}, "private": {"C"}}

# %% wrong: C is believed to filter, it takes the parameter
# says: Option C does not
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B"}, "filters": {"A", "C"}, "shape": {"B", "C"}, "private": {"C"}}

# %% wrong: everything has an address
# says: Option C does not
# says: finds the result again
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B", "C"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}

# %% wrong: HTTPS hides the address
# says: Option A does not
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"A", "B", "C"}}

# %% wrong: the cleanest for both
# says: For the clinic, an option needs `private`
# says: option A does not meet it
# change: solution
-    "clinic": {"choice": "C", "gains": {"private", "shape"}, "costs": {"link", "filters"}},
+    "clinic": {"choice": "A", "gains": {"link"}, "costs": {"shape"}},

# %% wrong: an own path for Jonas
# says: For Jonas, an option needs `filters`
# change: solution
-    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": {"shape"}},
+    "Jonas": {"choice": "B", "gains": {"link", "shape"}, "costs": {"filters"}},

# %% wrong: the reason is not said
# says: `private` is not among its gains
# change: solution
-    "clinic": {"choice": "C", "gains": {"private", "shape"}, "costs": {"link", "filters"}},
+    "clinic": {"choice": "C", "gains": {"shape"}, "costs": {"link", "filters"}},

# %% wrong: no price
# says: Every option has a price
# change: solution
-    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": {"shape"}},
+    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": set()},

# %% wrong: a gain that is none
# says: You give `shape` as a gain
# change: solution
-    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": {"shape"}},
+    "Jonas": {"choice": "A", "gains": {"link", "filters", "shape"}, "costs": {"shape"}},

# %% wrong: a cost that is none
# says: so it is no cost
# change: solution
-    "clinic": {"choice": "C", "gains": {"private", "shape"}, "costs": {"link", "filters"}},
+    "clinic": {"choice": "C", "gains": {"private", "shape"}, "costs": {"shape"}},

# %% wrong: a taste as a reason
# says: should be criteria
# change: solution
-    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": {"shape"}},
+    "Jonas": {"choice": "A", "gains": {"cleaner"}, "costs": {"shape"}},

# %% wrong: all criteria for all
# says: Option C does not
everything = {"A", "B", "C"}
facts = {"link": everything, "filters": everything, "shape": everything, "private": everything}

decisions = {
    "Jonas": {"choice": "A", "gains": {"link"}, "costs": {"shape"}},
    "clinic": {"choice": "A", "gains": {"link"}, "costs": {"shape"}},
}
