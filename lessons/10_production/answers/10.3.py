# %% right: one pattern for both, headers in small letters
cors_options = {
    "allow_origin_regex": r"https://(preview-[0-9]+\.)?parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ("authorization", "content-type"),
    "expose_headers": ["x-request-id", "location"],
}

# %% right: built by a function
cors_options = dict(
    allow_origins=["https://parcels.example"],
    allow_origin_regex=r"^https://preview-\d+[.]parcels[.]example$",
    allow_methods=["DELETE", "PATCH", "POST", "GET"],
    allow_headers=["Authorization", "Content-Type"],
    expose_headers=["Location", "X-Request-ID"],
)

# %% wrong: every page of the world
# says: every page of the world
# change: solution
-    "allow_origins": ["https://parcels.example"],
-    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",

# %% wrong: no pattern
# says: `https://preview-17.parcels.example` is not let in
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: a star in the list of origins
# says: `https://preview-17.parcels.example` is not let in
cors_options = {
    "allow_origins": ["https://parcels.example", "https://preview-*.parcels.example"],
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: only the preview that is there today
# says: The number changes each day
cors_options = {
    "allow_origins": ["https://parcels.example", "https://preview-17.parcels.example"],
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: a slash at the end
# says: with a `/` at the end
# change: solution
-    "allow_origins": ["*"],
-    "allow_origins": ["https://parcels.example"],
+    "allow_origins": ["https://parcels.example/"],

# %% wrong: dots that stand for any character
# says: A dot in a pattern
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d+.parcels.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: anything in front
# says: only ends like ours
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://.*parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: any subdomain
# says: A preview has digits only
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://[a-z0-9-]+\.parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: http as well
# says: Without the `s`
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https?://preview-\d+\.parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: a preview without a number
# says: at least one digit
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d*\.parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: methods left out
# says: allow_methods
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: all methods
# says: may use `PUT` too
# change: methods left out
     "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
+    "allow_methods": ["*"],

# %% wrong: headers left out
# says: allow_headers
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: all headers
# says: may send any header
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["*"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: nothing exposed
# says: cannot read `Location`
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
}

# %% wrong: one header exposed
# says: cannot read `X-Request-ID`
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location"],
}

# %% wrong: a name that does not exist
# says: does not take these options
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
    "origins": ["https://parcels.example"],
}

# %% wrong: a pattern that is none
# says: does not take these options
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-(\d+",
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}
