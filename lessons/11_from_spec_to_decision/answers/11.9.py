# %% right: more commands, and another edge
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -si --get "$URL/api/v1/tasks" \\\n --data-urlencode "q=_" -H "$ANA"', 200, "[]"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=zebra" -H "$ANA"', 200, "[]"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?limit=0&q=milk" -H "$ANA"', 400, "limit"),
    ],
    "follows": {
        "watch": "status",
        "limit": 499,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% right: in parts, with edits of its own
own_edits = [
    (MODEL_FILE, FIELD, "    # specs/search-tasks/spec.md\n    q: Title | None = None\n" + FIELD),
    (SERVICE_FILE, CONDITION, FIND.format(ESCAPED) + CONDITION),
]
handover = {}
handover["built"] = "`GET /api/v1/tasks?q=...` finds the caller's tasks by a part of their title"
handover["constraints"] = dict(
    method="GET",
    path="/api/v1/tasks",
    statuses=[200, 400, 401, 403, 429],
    depends_on=["get_db", "get_current_active_user", "get_settings"],
)
handover["code"] = {
    "edits": own_edits,
    "touches": [cite(MODELS, "TaskFilter", own_edits), cite(TASKS, "list_tasks", own_edits)],
}
start = 'curl -i "$URL/api/v1/tasks?q='
handover["test"] = [
    ["happy path", start + 'DENT" -H "$ANA"', 200, "Call the dentist"],
    ["not valid", start + '%00" -H "$ANA"', 400, '"q"'],
    ["not allowed", start + 'milk" -H "Authorization: Bearer nobody"', 401, "INVALID_TOKEN"],
    ["edge", start + '_" -H "$ANA"', 200, "[]"],
]
handover["follows"] = {"watch": "duration_ms", "limit": 0.2e3, "adrs": ("specs/adr/0001-search-reads-titles.md",)}

# %% wrong: works on my machine
# says: one sentence of at most 30 words
handover = {
    "built": "Search is done. It works great.",
    "constraints": {"method": "GET", "path": "/tasks", "statuses": {200}, "depends_on": set()},
    "code": {"edits": [], "x": 1, "touches": []},
    "test": [("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk")],
    "follows": {"watch": "the server", "limit": 0, "adrs": []},
}

# %% wrong: no address in the sentence
# says: should name the method and the path
handover = {
    "built": "The list takes a text q and shows the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: the address alone
# says: more than an address
handover = {
    "built": "GET /api/v1/tasks",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: no code
# says: there is no code in this hand-over
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": [],
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: the model without the condition
# says: With these edits
# says: the spec says
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits[:1],
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: the path without its prefix
# says: is not the address of the search
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: a status is missing
# says: `statuses` lacks
# says: 429
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: statuses that the document does not know
# says: `statuses` has [500, 503]
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429, 500, 503},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: FastAPI's own 422
# says: `statuses` lacks [400]
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 401, 403, 422, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: a dependency that it does not have
# says: nothing that the route does not have
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db", "get_mailer"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: citations from before the change
# says: as it is after the change, from its first line
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter"),
            cite(TASKS, "list_tasks"),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: nobody is kept out
# says: There is no command for “not allowed”
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: a guess at a status
# says: comes back with 400, and your hand-over says 422
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 422, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: words that do not come back
# says: is not in what
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy bread"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: an edge that no mistake falls over
# says: Without `autoescape`
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=zebra" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: an address of one machine
# says: does not ask `$URL`
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "http://127.0.0.1:8000/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: a token in the page
# says: carries a password or a token
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "Authorization: Bearer eyJhbGciOi"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: no quotes
# says: In a terminal
# says: `&` ends a command
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i $URL/api/v1/tasks?q=milk&done=false -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: a header without quotes
# says: In a terminal
# says: cut at its spaces
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H $ANA', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: single quotes
# says: In a terminal
# says: `$URL` is not filled in
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", "curl -i '$URL/api/v1/tasks?q=milk'", 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: no curl at all
# says: A command does not run
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'http "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: a happy path that finds nothing
# says: The happy path finds nothing
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=zebra" -H "$ANA"', 200, "[]"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: the server as a whole is watched
# says: The log has the fields
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "the server",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: who asked is watched
# says: tells requests apart
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "user_id",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: no limit
# says: From which number on
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": None,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}

# %% wrong: the ADR that is still to be written
# says: should list the ADR
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0002-sound.md"],
    },
}

# %% wrong: a story instead of a sentence
# says: one sentence of at most 30 words
handover = {
    "built": "GET /api/v1/tasks takes q and lists the caller's tasks whose title contains it. It took three days. Carla helped.",
    "constraints": {
        "method": "GET",
        "path": "/api/v1/tasks",
        "statuses": {200, 400, 401, 403, 429},
        "depends_on": {"get_current_active_user", "get_db"},
    },
    "code": {
        "edits": search_edits,
        "touches": [
            cite(MODELS, "TaskFilter", search_edits),
            cite(TASKS, "list_tasks", search_edits),
        ],
    },
    "test": [
        ("happy path", 'curl -i "$URL/api/v1/tasks?q=milk" -H "$ANA"', 200, "Buy milk"),
        ("not valid", 'curl -i "$URL/api/v1/tasks?q=" -H "$ANA"', 400, "VALIDATION_FAILED"),
        ("not allowed", 'curl -i "$URL/api/v1/tasks?q=milk"', 401, "NOT_AUTHENTICATED"),
        ("edge", 'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"', 200, "[]"),
    ],
    "follows": {
        "watch": "duration_ms",
        "limit": 200,
        "adrs": ["specs/adr/0001-search-reads-titles.md"],
    },
}
