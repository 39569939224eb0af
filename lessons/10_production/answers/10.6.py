# %% right: a tuple
order = ("add text", "deploy 2", "copy", "deploy 3", "deploy 4", "drop note")

# %% right: put together
deployments = [f"deploy {number}" for number in (2, 3, 4)]
order = ["add text", deployments[0], "copy", *deployments[1:], "drop note"]

# %% wrong: copied before anybody writes the new column
# says: empty note
order = ["add text", "copy", "deploy 2", "deploy 3", "deploy 4", "drop note"]

# %% wrong: copied after version 3 reads it
# says: version 3 shows
order = ["add text", "deploy 2", "deploy 3", "copy", "deploy 4", "drop note"]

# %% wrong: copied at the end
# says: version 3 shows
order = ["add text", "deploy 2", "deploy 3", "deploy 4", "copy", "drop note"]

# %% wrong: deployed before the column is there
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
# says: empty note
order = ["add text", "deploy 3", "deploy 2", "copy", "deploy 4", "drop note"]

# %% wrong: a copy of nothing
# says: The step "copy" fails
order = ["copy", "add text", "deploy 2", "deploy 3", "deploy 4", "drop note"]

# %% wrong: one is missing
# says: each of these six once
order = ["add text", "deploy 2", "copy", "deploy 3", "deploy 4"]

# %% wrong: a typing mistake
# says: 'deploy3' is none of them
order = ["add text", "deploy 2", "copy", "deploy3", "deploy 4", "drop note"]
