# story: Decide before you type.

# %% right: built up, as lists
UNKNOWN = "we do not know who asks"
MAY_NOT = "we know who asks, and that it is there is no secret"
SECRET = "that it is there is nobody else's business"
NOTHING = "it is not there"

decisions = {}
for case in ("DELETE a public offer, without a token", "GET /mine with a token that has expired"):
    decisions[case] = [401, UNKNOWN]
for case in ("POST an offer, as Ben, whose account is closed", "PATCH Carla's public offer, as Ana"):
    decisions[case] = [403, MAY_NOT]
for case in ("PATCH Carla's draft, as Ana", "DELETE Ana's draft, as Carla, who is an admin"):
    decisions[case] = [404, SECRET]
decisions["DELETE an offer that somebody has deleted already, as Ana"] = [404, NOTHING]

# %% wrong: Ben is unknown
# says: as Ben
# says: He may not
# change: solution
-    "POST an offer, as Ben, whose account is closed": (403, MAY_NOT),
+    "POST an offer, as Ben, whose account is closed": (401, UNKNOWN),

# %% wrong: a 404 for what everybody can see
# says: everybody can see the offer
# change: solution
-    "PATCH Carla's public offer, as Ana": (403, MAY_NOT),
+    "PATCH Carla's public offer, as Ana": (404, SECRET),

# %% wrong: a 403 for a draft
# says: that Carla has a draft
# change: solution
-    "PATCH Carla's draft, as Ana": (404, SECRET),
+    "PATCH Carla's draft, as Ana": (403, MAY_NOT),

# %% wrong: an admin sees everything
# says: no look at drafts
# change: solution
-    "DELETE Ana's draft, as Carla, who is an admin": (404, SECRET),
+    "DELETE Ana's draft, as Carla, who is an admin": (204, MAY_NOT),

# %% wrong: the right status for the wrong reason
# breaks: Each line is a request; give its status and why, with one of the four reasons.
# says: but not because
# change: solution
-    "PATCH Carla's draft, as Ana": (404, SECRET),
+    "PATCH Carla's draft, as Ana": (404, NOTHING),

# %% wrong: one line is open
# says: has no answer yet
# change: solution
-    "GET /mine with a token that has expired": (401, UNKNOWN),
+    "GET /mine with a token that has expired": (401, ...),

# %% wrong: statuses as text
# says: the status is a number
UNKNOWN = "we do not know who asks"
MAY_NOT = "we know who asks, and that it is there is no secret"
SECRET = "that it is there is nobody else's business"
NOTHING = "it is not there"

decisions = {
    "DELETE a public offer, without a token": ("401", UNKNOWN),
    "POST an offer, as Ben, whose account is closed": ("403", MAY_NOT),
    "PATCH Carla's public offer, as Ana": ("403", MAY_NOT),
    "PATCH Carla's draft, as Ana": ("404", SECRET),
    "DELETE Ana's draft, as Carla, who is an admin": ("404", SECRET),
    "DELETE an offer that somebody has deleted already, as Ana": ("404", NOTHING),
    "GET /mine with a token that has expired": ("401", UNKNOWN),
}

# %% wrong: one reason for all
# says: should stay four different reasons
UNKNOWN = MAY_NOT = SECRET = NOTHING = "because"
decisions = {
    "DELETE a public offer, without a token": (401, UNKNOWN),
    "POST an offer, as Ben, whose account is closed": (403, MAY_NOT),
    "PATCH Carla's public offer, as Ana": (403, MAY_NOT),
    "PATCH Carla's draft, as Ana": (404, SECRET),
    "DELETE Ana's draft, as Carla, who is an admin": (404, SECRET),
    "DELETE an offer that somebody has deleted already, as Ana": (404, NOTHING),
    "GET /mine with a token that has expired": (401, UNKNOWN),
}
