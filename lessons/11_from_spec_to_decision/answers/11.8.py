# story: The clinic wants to look for patients by the sound of a name, so that "Maier" finds "Meyer". You recommend a column that holds the sound, computed when a title is written. The draft below has all parts of the template, and would not survive a review. Mend it:

# %% right: another decision, in other words
adr = f"""# ADR 0007: Names that sound alike

## Status

**Proposed** by the search team; decided by the owners of the service.

## Context

- `specs/search-tasks/spec.md`, S1 promises any part of a title, and no more.
- A title comes in at {cite(TASKS, "create_task")}.

## Options

### A: nothing

+ no work
- nurses type each name three times

### B: a search engine

+ finds by sound, and by much more
- a second copy of names of patients

### C: a column with the sound

+ one query
- a migration

## Decision

**C**, because names of patients stay in one place.

## Consequences

+ no copy of the names
- one more column to keep right

## Look again when

More than 5,000,000 titles, or a second language.
"""

# %% right: put together from parts
place = cite("app_snippets/tasks_api/services/tasks.py", "create_task")
adr = "\n\n".join(
    [
        "# ADR 0002: Sound",
        "## Status",
        "Proposed",
        "## Context",
        f"See specs/search-tasks/spec.md S9 and {place}.",
        "## Options",
        "### A: column\n+ quick\n- migration",
        "### B: nothing\n+ cheap\n- no help",
        "## Decision",
        "Option A, because it reads one index.",
        "## Consequences",
        "+ quick\n- one more thing to keep right",
        "## Look again when",
        "100 ms are passed.",
    ]
)

# %% wrong: accepted by its author
# breaks: The status begins with `proposed`: you do not own the decision.
# says: You don't own the decision
# change: solution
-proposed. The owners of the service decide.
+accepted

# %% wrong: one option
# breaks: There are at least two options
# says: A choice needs at least two
# change: solution
-### B: compute the sound of each title when somebody searches
-
-+ no migration
-- the time grows with the number of tasks
-

# %% wrong: an option without a price
# breaks: each with a line that begins with `+ ` and one that begins with `- `.
# says: Option A has no line that begins with `- `
# change: solution
-- a migration, and three places that have to keep it right

# %% wrong: a straw man
# says: Option B has no line that begins with `+ `
# change: solution
-+ no migration
 - the time grows with the number of tasks

# %% wrong: no reason
# says: should begin with the letter of an option
# change: solution
-A, because the clinic has 200,000 titles, and B reads them all.
+A.

# %% wrong: an option that is not there
# says: should begin with the letter of an option
# change: solution
-A, because the clinic has 200,000 titles, and B reads them all.
+C, because the clinic has 200,000 titles, and B reads them all.

# %% wrong: only good consequences
# breaks: The consequences have both, too.
# says: The consequences have no line that begins with `- `
# change: solution
-- whoever changes how titles are written has to know of it

# %% wrong: a citation of another function
# breaks: The context cites the code that writes titles, `create_task`, and a sentence of an existing spec.
# says: isn't `create_task` in
# change: solution
-`{cite(TASKS, "create_task")}` and in two more functions.
+`{cite(TASKS, "list_tasks")}` and in two more functions.

# %% wrong: a citation out of the air
# says: isn't `create_task` in
# change: solution
-`{cite(TASKS, "create_task")}` and in two more functions.
+`1:20:app_snippets/tasks_api/services/tasks.py` and in two more functions.

# %% wrong: a citation of a file that is not there
# says: isn't `create_task` in
# change: solution
-`{cite(TASKS, "create_task")}` and in two more functions.
+`10:20:app/services/tasks.py` and in two more functions.

# %% wrong: no citation
# says: The context cites no code
# change: solution
-`{cite(TASKS, "create_task")}` and in two more functions.
+`create_task` and in two more functions.

# %% wrong: a sentence that the spec does not have
# says: the spec has no such sentence
# change: solution
-(`specs/search-tasks/spec.md`, S1). Titles are written in
+(`specs/search-tasks/spec.md`, S12). Titles are written in

# %% wrong: no need behind it
# says: cites no sentence of a spec
# change: solution
-The clinic writes names in more than one way. Search compares letters
-(`specs/search-tasks/spec.md`, S1). Titles are written in
+The clinic writes names in more than one way. Search compares letters. Titles are written in

# %% wrong: when it gets slow
# breaks: "Look again when" has a number that somebody can measure.
# says: has no number
# change: solution
-More than 1 of 100 searches has a result that nobody opens.
+It gets slow.

# %% wrong: a part is empty
# says: no part `## Consequences`, or it is empty
# change: solution
-+ a search takes as long with 200,000 titles as with 200
-- whoever changes how titles are written has to know of it

# %% wrong: the headings alone
# says: no part `## Context`, or it is empty
adr = "## Status\nproposed\n## Context\n## Options\n## Decision\n## Consequences\n## Look again when\n"

# %% wrong: the reason of the draft
# breaks: The decision begins with the letter of one option and a reason that somebody can disagree with: `A, because …`.
# says: The reason is “it is cleaner.”
# change: solution
-A, because the clinic has 200,000 titles, and B reads them all.
+A, because it is cleaner.

# %% wrong: the reason of the template
# says: The reason is “...”
# change: solution
-A, because the clinic has 200,000 titles, and B reads them all.
+A, because ...

# %% wrong: nothing against it
# says: Option A has no line that begins with `- `
# change: solution
-- a migration, and three places that have to keep it right
+- none

# %% wrong: the number of an ADR is no measure
# says: no number that somebody can measure
# change: solution
-More than 1 of 100 searches has a result that nobody opens.
+Somebody objects to ADR 0002, or S1 changes.

# %% wrong: a spec that does not exist
# says: there is no such file
# change: solution
-(`specs/search-tasks/spec.md`, S1). Titles are written in
+(`specs/sounds/spec.md`, S1). Titles are written in
