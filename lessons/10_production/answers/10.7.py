# %% right: counted up
def pool_for(max_connections, reserved, machines, workers):
    everybody, each = machines * workers * 2, 0
    while everybody * (each + 1) + reserved <= max_connections:
        each += 1
    if not each:
        raise ValueError(f"{everybody} workers, and only {max_connections - reserved} connections")
    size = (each + 1) // 2
    return size, each - size

# %% right: divmod
def pool_for(max_connections: int, reserved: int, machines: int, workers: int) -> list[int]:
    free = max(max_connections - reserved, 0)
    half, odd = divmod(free // machines // workers // 2, 2)
    if not half + odd:
        raise ValueError("not enough connections for all workers")
    return [half + odd, half]

# %% wrong: a deployment is forgotten
# says: Outside of a deployment it fits
# change: solution
-    each = (max_connections - reserved) // (2 * machines * workers)
+    each = (max_connections - reserved) // (machines * workers)

# %% wrong: the overflow comes on top
# says: Without the overflow it would fit
# change: solution
-    return each - each // 2, each // 2
+    return each, each

# %% wrong: the reserved ones are forgotten
# says: Without the reserved ones
# change: solution
-    each = (max_connections - reserved) // (2 * machines * workers)
+    each = max_connections // (2 * machines * workers)

# %% wrong: one machine
# says: With one machine
# change: solution
-    each = (max_connections - reserved) // (2 * machines * workers)
+    each = (max_connections - reserved) // (2 * workers)

# %% wrong: rounded up
# says: the database has 100
# change: solution
-    each = (max_connections - reserved) // (2 * machines * workers)
+    each = -(-(max_connections - reserved) // (2 * machines * workers))

# %% wrong: one for safety
# says: room for one more
# change: solution
-    each = (max_connections - reserved) // (2 * machines * workers)
+    each = max(1, (max_connections - reserved) // (2 * machines * workers) - 1)

# %% wrong: all in the pool
# says: rounded up, is `pool_size`
# change: solution
-    return each - each // 2, each // 2
+    return each, 0

# %% wrong: half rounded down
# says: rounded up, is `pool_size`
# change: solution
-    return each - each // 2, each // 2
+    return each // 2, each - each // 2

# %% wrong: a constant
# says: `pool_for(
def pool_for(max_connections: int, reserved: int, machines: int, workers: int) -> tuple[int, int]:
    each = 3
    return 2, 1

# %% wrong: a real number
# says: two whole numbers
def pool_for(max_connections: int, reserved: int, machines: int, workers: int) -> tuple[int, int]:
    each = (max_connections - reserved) / (2 * machines * workers)
    if each < 1:
        raise ValueError("There are fewer connections than workers.")
    return each / 2, each / 2

# %% wrong: a pool of nothing
# says: there are fewer connections than workers
def pool_for(max_connections: int, reserved: int, machines: int, workers: int) -> tuple[int, int]:
    each = (max_connections - reserved) // (2 * machines * workers)
    return each - each // 2, each // 2

# %% wrong: an error without words
# says: says nothing
# change: solution
-        raise ValueError("There are fewer connections than workers.")
+        raise ValueError

# %% wrong: at least one, whatever happens
# says: there are fewer connections than workers
def pool_for(max_connections: int, reserved: int, machines: int, workers: int) -> tuple[int, int]:
    each = max(1, (max_connections - reserved) // (2 * machines * workers))
    return each - each // 2, each // 2
