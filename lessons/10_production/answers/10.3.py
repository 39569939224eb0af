# story: Its names: `allow_origins`, `allow_origin_regex`, `allow_methods`, `allow_headers`, `expose_headers`. A page is let in if one of the first two fits; the pattern has to fit the whole origin. In a pattern `\.` is a dot, and `\d+` one or more digits.

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
# breaks: Nobody else is let in
# says: every page of the world
# change: solution
-    "allow_origins": ["https://parcels.example"],
-    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",

# %% wrong: no pattern
# breaks: The delivery service has two pages
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
# breaks: a preview under a name that changes each day
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
# breaks: (always `preview-`, then digits)
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
# breaks: use `GET`, `POST`, `PATCH` and `DELETE`
# says: allow_methods
cors_options = {
    "allow_origins": ["https://parcels.example"],
    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["Location", "X-Request-ID"],
}

# %% wrong: all methods
# breaks: and nothing else is allowed
# says: `PUT`, 
# change: methods left out
     "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
+    "allow_methods": ["*"],

# %% wrong: headers left out
# breaks: They send a token in `Authorization` and a JSON body (`Content-Type`)
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
# breaks: and read `Location` and `X-Request-ID` of the answers
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
# breaks: Write the options that `CORSMiddleware` gets.
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

# %% wrong: an origin that nobody has asked for
# breaks: Nobody else is let in
# says: `http://localhost:3000` is let in. Nobody has asked for it
# change: solution
-    "allow_origins": ["https://parcels.example"],
+    "allow_origins": ["https://parcels.example", "http://localhost:3000"],

# %% wrong: a text instead of a list
# says: `allow_origins` is a text
# change: solution
-    "allow_origins": ["https://parcels.example"],
+    "allow_origins": "https://parcels.example",

# %% wrong: a text instead of a list of methods
# says: `allow_methods` should be a list
# change: solution
-    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
+    "allow_methods": "GET, POST, PATCH, DELETE",

# %% wrong: any name in front of a preview
# says: only ends like a preview
# change: solution
-    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
+    "allow_origin_regex": r"https://.*preview-\d+\.parcels\.example",

# %% wrong: any port of a preview
# says: Another port
# change: solution
-    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
+    "allow_origin_regex": r"https://preview-\d+\.parcels\.example(:\d+)?",

# %% wrong: three digits at most
# says: `https://preview-20261130.parcels.example` is not let in
# change: solution
-    "allow_origin_regex": r"https://preview-\d+\.parcels\.example",
+    "allow_origin_regex": r"https://preview-\d{1,3}\.parcels\.example",

# %% wrong: the preflight's method is allowed
# says: `OPTIONS` too
# change: solution
-    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
+    "allow_methods": ["GET", "POST", "PATCH", "DELETE", "OPTIONS"],

# %% wrong: one header too many
# says: `X-Request-ID` too
# change: solution
-    "allow_headers": ["Authorization", "Content-Type"],
+    "allow_headers": ["Authorization", "Content-Type", "X-Request-ID"],

# %% wrong: every header of an answer
# says: The page may read `*` too
# change: solution
-    "expose_headers": ["Location", "X-Request-ID"],
+    "expose_headers": ["*"],

# %% wrong: cookies
# breaks: and nothing else is allowed
# says: lets the browser send cookies
# change: solution
     "expose_headers": ["Location", "X-Request-ID"],
+    "allow_credentials": True,

# %% wrong: a list instead of a dictionary
# says: should be a dictionary
cors_options = ["https://parcels.example"]
