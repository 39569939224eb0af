# %% right: the conditions in the query, and the owner as an object
async def hand_over(session, task_id, giver_id, receiver):
    mine = select(Task).where(Task.id == task_id, Task.owner_id == giver_id)
    task = (await session.execute(mine)).scalar_one_or_none()
    people = (await session.scalars(select(User).filter_by(username=receiver))).all()
    if not task or not people:
        raise NotFound("There is no such task or no such user.")
    if task.done or not people[0].active:
        raise Conflict("This cannot be handed over.")
    task.owner_id = people[0].id
    return task

# %% right: guards of their own
async def found(session, query, what):
    row = await session.scalar(query)
    if row is None:
        raise NotFound(what)
    return row


def insist(condition, what):
    if not condition:
        raise Conflict(what)


async def hand_over(session, task_id, giver_id, receiver):
    task = await found(session, select(Task).where((Task.id == task_id) & (Task.owner_id == giver_id)), "task")
    user = await found(session, select(User).where(User.username == receiver), "user")
    insist(user.active, "not active")
    insist(not task.done, "done")
    task.owner_id = user.id
    await session.flush()
    return task

# %% wrong: whose task it is does not matter
# says: belongs to Dora (1), and Ana (4) gave it away
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
 async def hand_over(session: AsyncSession, task_id: int, giver_id: int, receiver: str) -> Task:
     task = await session.get(Task, task_id)
-    if task is None or task.owner_id != giver_id:
+    if task is None:

# %% wrong: HTTPException in the service
# says: A nightly script that calls it has no use for a status
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
-        raise NotFound(f"There is no task {task_id}.")
+        raise HTTPException(404, "There is no such task.")

# %% wrong: it commits
# says: Your service commits
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
-    await session.flush()
+    await session.commit()

# %% wrong: done tasks go too
# says: task 2 is done, and done tasks stay
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
-    if task.done:
-        raise Conflict(f"Task {task_id} is done already.")

# %% wrong: the owner is set first
# says: the owner was set before the conditions were looked at
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
         raise NotFound(f"There is no user {receiver}.")
+    task.owner_id = user.id
...
-    task.owner_id = user.id

# %% wrong: nothing returned
# says: returned nothing
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
     await session.flush()
-    return task

# %% wrong: NotFound for everything
# says: raised `NotFound`, and `Conflict` was to be expected
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
-        raise Conflict(f"{receiver} is not active.")
+        raise NotFound(f"{receiver} is not active.")
     if task.done:
-        raise Conflict(f"Task {task_id} is done already.")
+        raise NotFound(f"Task {task_id} is done already.")

# %% wrong: not async
# says: What asks a database is `async def`
def hand_over(session, task_id, giver_id, receiver):
    return None

# %% wrong: the receiver is not looked for
# says: 'NoneType' object has no attribute 'active'
# outcome: error
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
-    if user is None:
-        raise NotFound(f"There is no user {receiver}.")

# %% wrong: the owner is set before anybody was found
# says: the owner was set before the conditions were looked at
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
     user = await session.scalar(select(User).where(User.username == receiver))
+    task.owner = user
...
-    task.owner_id = user.id

# %% wrong: the owner compared the wrong way round
# says: nothing is in the way
async def hand_over(session, task_id, giver_id, receiver):
    task = await session.get(Task, task_id)
    if task is None or task.owner_id == giver_id:
        raise NotFound(f"There is no task {task_id}.")
    user = await session.scalar(select(User).where(User.username == receiver))
    if user is None:
        raise NotFound("no user")
    if not user.active:
        raise Conflict("not active")
    if task.done:
        raise Conflict("done")
    task.owner_id = user.id
    await session.flush()
    return task

# %% wrong: the owner is read through the relationship
# outcome: error
# says: Load the row with the query
# change: solution
-    if task is None or task.owner_id != giver_id:
+    if task is None or task.owner.id != giver_id:
