# story: The column `note` shall be called `text`. There are four versions of the program: | version | writes | reads | | 1 (runs now) | `note` | `note` | | 2 | `note` and `text` | `note` | | 3 | `note` and `text` | `text` | | 4 | `text` | `text` |
# story: `"copy"` copies `note` into each `text` that is empty.
# story: (`note` may be empty, so version 4 may leave it out.)

# %% right: a tuple
order = ("add text", "deploy 2", "copy", "deploy 3", "deploy 4", "drop note")

# %% right: put together
deployments = [f"deploy {number}" for number in (2, 3, 4)]
order = ["add text", deployments[0], "copy", *deployments[1:], "drop note"]

# %% wrong: copied before anybody writes the new column
# breaks: or an empty note
# says: empty note
order = ["add text", "copy", "deploy 2", "deploy 3", "deploy 4", "drop note"]

# %% wrong: copied after version 3 reads it
# says: version 3 shows
order = ["add text", "deploy 2", "deploy 3", "copy", "deploy 4", "drop note"]

# %% wrong: copied at the end
# says: version 3 shows
order = ["add text", "deploy 2", "deploy 3", "deploy 4", "copy", "drop note"]

# %% wrong: deployed before the column is there
# breaks: in which nobody ever sees an error
# says: version 2 cannot write
order = ["deploy 2", "add text", "copy", "deploy 3", "deploy 4", "drop note"]

# %% wrong: dropped too early
# says: cannot write
order = ["add text", "deploy 2", "copy", "deploy 3", "drop note", "deploy 4"]

# %% wrong: dropped right after the copy
# says: version 2 cannot write
order = ["add text", "deploy 2", "copy", "drop note", "deploy 3", "deploy 4"]

# %% wrong: straight to version 4
# says: empty note
order = ["add text", "deploy 4", "copy", "deploy 2", "deploy 3", "drop note"]

# %% wrong: versions in another order
# breaks: for some minutes both run, and each has to read what the other has written
# says: empty note
order = ["add text", "deploy 3", "deploy 2", "copy", "deploy 4", "drop note"]

# %% wrong: a copy of nothing
# says: The step "copy" fails
order = ["copy", "add text", "deploy 2", "deploy 3", "deploy 4", "drop note"]

# %% wrong: one is missing
# breaks: Bring these six into an order
# says: `drop note` is missing
order = ["add text", "deploy 2", "copy", "deploy 3", "deploy 4"]

# %% wrong: a typing mistake
# says: `deploy3` isn't one of them
order = ["add text", "deploy 2", "copy", "deploy3", "deploy 4", "drop note"]

# %% wrong: one of them twice
# says: `copy` is there 2 times
order = ["add text", "copy", "deploy 2", "copy", "deploy 3", "deploy 4", "drop note"]

# %% wrong: one text
# says: `order` should be a list
order = "add text, deploy 2, copy, deploy 3, deploy 4, drop note"
