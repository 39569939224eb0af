# story: Four criteria, each of them a fact that a request shows:
# story: Then decide for two customers.
# story: Somebody has decided for Jonas already. Is it what he needs?
# story: A clinic runs the same service.

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
# breaks: `filters`: `done=false` works together with the search
# says: `filters` means
# says: For option B that is not true
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B"}, "filters": {"A", "B"}, "shape": {"B", "C"}, "private": {"C"}}

# %% wrong: C is believed to filter, it takes the parameter
# says: For option C that is not true
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B"}, "filters": {"A", "C"}, "shape": {"B", "C"}, "private": {"C"}}

# %% wrong: everything has an address
# breaks: `link`: a result has an address that can be sent to a friend, so a `GET` with the same address finds it again
# says: For option C that is not true
# says: finds the result again
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B", "C"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}

# %% wrong: HTTPS hides the address
# breaks: `private`: the text does not stand in the address, which proxies and browsers keep
# says: For option A that is not true
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"A", "B", "C"}}

# %% wrong: the cleanest for both
# breaks: A title is often the name of a patient, and no name may stand in an address (`private`).
# says: The clinic needs `private`
# says: option A doesn't meet it
# change: solution
-    "clinic": {"choice": "C", "gains": {"private", "shape"}, "costs": {"link", "filters"}},
+    "clinic": {"choice": "A", "gains": {"link"}, "costs": {"shape"}},

# %% wrong: an own path for Jonas
# breaks: Jonas needs `filters`, and results that can be sent (`link`).
# says: Jonas needs `filters`
# change: solution
-    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": {"shape"}},
+    "Jonas": {"choice": "B", "gains": {"link", "shape"}, "costs": {"filters"}},

# %% wrong: the reason is not said
# breaks: they must include what the customer needs.
# says: Option C meets `private`, which the clinic needs
# change: solution
-    "clinic": {"choice": "C", "gains": {"private", "shape"}, "costs": {"link", "filters"}},
+    "clinic": {"choice": "C", "gains": {"shape"}, "costs": {"link", "filters"}},

# %% wrong: no price
# breaks: `costs` are criteria that your choice does not meet and another option does: at least one, because there is always a price.
# says: Every option has a price
# change: solution
-    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": {"shape"}},
+    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": set()},

# %% wrong: a gain that is none
# breaks: `gains` are criteria that your choice meets
# says: You name `shape` as a gain
# change: solution
-    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": {"shape"}},
+    "Jonas": {"choice": "A", "gains": {"link", "filters", "shape"}, "costs": {"shape"}},

# %% wrong: a cost that is none
# says: as a cost of option C
# change: solution
-    "clinic": {"choice": "C", "gains": {"private", "shape"}, "costs": {"link", "filters"}},
+    "clinic": {"choice": "C", "gains": {"private", "shape"}, "costs": {"shape"}},

# %% wrong: a taste as a reason
# says: should be a set of criteria
# change: solution
-    "Jonas": {"choice": "A", "gains": {"link", "filters"}, "costs": {"shape"}},
+    "Jonas": {"choice": "A", "gains": {"cleaner"}, "costs": {"shape"}},

# %% wrong: all criteria for all
# says: For option C that is not true
everything = {"A", "B", "C"}
facts = {"link": everything, "filters": everything, "shape": everything, "private": everything}

decisions = {
    "Jonas": {"choice": "A", "gains": {"link"}, "costs": {"shape"}},
    "clinic": {"choice": "A", "gains": {"link"}, "costs": {"shape"}},
}

# %% right: computed from what each option meets
meets = {"A": {"link", "filters"}, "B": {"link", "shape"}, "C": {"shape", "private"}}
facts = {name: {option for option in meets if name in meets[option]} for name in ("link", "filters", "shape", "private")}
decisions = {
    customer: {"choice": option, "gains": meets[option], "costs": facts.keys() - meets[option]}
    for customer, option in (("Jonas", "A"), ("clinic", "C"))
}

# %% wrong: the facts as they were
# breaks: `facts` says which options meet which criteria; two of its four lines are wrong.
# says: For option C that is not true
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B", "C"}, "filters": {"A"}, "shape": {"B", "C"}, "private": set()}

# %% wrong: every answer has a shape of its own
# breaks: `shape`: the answer has a shape of its own, here with a `count`
# says: For option A that is not true
# says: the answer is more than the list
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"A", "B", "C"}, "private": {"C"}}

# %% wrong: a text instead of a set
# says: For `link`, `facts` has the `str` `'AB'`
# never: says nothing about
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": "AB", "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}

# %% wrong: an option that does not exist
# says: such as `{"A", "B"}`
# change: solution
-facts = {"link": {"A", "B"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
+facts = {"link": {"A", "B", "D"}, "filters": {"A"}, "shape": {"B", "C"}, "private": {"C"}}
