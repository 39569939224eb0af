# story: With 100 connections, 10 reserved, 3 machines with 4 workers: 24 workers during a deployment, 3 connections for each, so `(2, 1)`.

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
# breaks: also during a deployment, when all machines exist twice
# says: Outside of a deployment it fits
# change: solution
-    each = (max_connections - reserved) // (2 * machines * workers)
+    each = (max_connections - reserved) // (machines * workers)

# %% wrong: the overflow comes on top
# breaks: the rest `max_overflow`
# says: Without the overflow it would fit
# change: solution
-    return each - each // 2, each // 2
+    return each, each

# %% wrong: the reserved ones are forgotten
# breaks: `reserved` connections are for migrations and people.
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
# breaks: for which the database has enough
# says: You have rounded up
# never: Without the reserved ones
# change: solution
-    each = (max_connections - reserved) // (2 * machines * workers)
+    each = -(-(max_connections - reserved) // (2 * machines * workers))

# %% wrong: one for safety
# breaks: Write `pool_for`, which gives the largest
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
# breaks: half is `pool_size` (rounded up)
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
# breaks: If there is not even one for each worker, raise a `ValueError`
# says: there are fewer connections than workers
def pool_for(max_connections: int, reserved: int, machines: int, workers: int) -> tuple[int, int]:
    each = (max_connections - reserved) // (2 * machines * workers)
    return each - each // 2, each // 2

# %% wrong: an error without words
# breaks: that says so
# says: says nothing
# change: solution
-        raise ValueError("There are fewer connections than workers.")
+        raise ValueError

# %% wrong: at least one, whatever happens
# says: there are fewer connections than workers
def pool_for(max_connections: int, reserved: int, machines: int, workers: int) -> tuple[int, int]:
    each = max(1, (max_connections - reserved) // (2 * machines * workers))
    return each - each // 2, each // 2

# %% right: a named tuple, and an exception of its own
from collections import namedtuple
Pool = namedtuple("Pool", "pool_size max_overflow")
class TooFew(ValueError):
    pass
def pool_for(max_connections: int, reserved: int, machines: int, workers: int) -> tuple[int, int]:
    free, crowd = max_connections - reserved, machines * workers * 2
    if free < crowd:
        raise TooFew("not one connection for each worker")
    half, odd = divmod(free // crowd, 2)
    return Pool(half + odd, half)

# %% wrong: an assertion
# says: raise a `ValueError` that says so
# change: solution
-    if each < 1:
-        raise ValueError("There are fewer connections than workers.")
+    assert each >= 1, "There are fewer connections than workers."

# %% wrong: one for each is not enough
# says: there are 48 connections for 48 workers
# change: solution
-    if each < 1:
+    if each <= 1:

# %% wrong: fewer than none are enough
# says: there are fewer connections than workers
# change: solution
-    if each < 1:
+    if each == 0:
