# story: Ana goes on holiday and wants Carla to water her plants.
# story: Somebody has written down what handing over means, as tests.
# story: (`refuses` is true when the call raises that exception; the folded cell has it.)
# story: `await run_given_tests()`, in a cell that you add below yours, says how far you are.

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
# breaks: the service leaves the decision to commit to others
# says: ended the transaction of the session that it was given
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
# breaks: A refused handing over changes nothing
# says: Look at all conditions first, and set the owner after that
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
         raise NotFound(f"There is no user {receiver}.")
+    task.owner_id = user.id
...
-    task.owner_id = user.id

# %% wrong: nothing returned
# breaks: Write the service that passes them.
# says: It gave `None`
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
     await session.flush()
-    return task

# %% wrong: NotFound for everything
# says: raised `NotFound`, and should raise `Conflict`
# change: solution
-# Your service: async def hand_over(session, task_id, giver_id, receiver)
...
-        raise Conflict(f"{receiver} is not active.")
+        raise NotFound(f"{receiver} is not active.")
     if task.done:
-        raise Conflict(f"Task {task_id} is done already.")
+        raise NotFound(f"Task {task_id} is done already.")

# %% wrong: not async
# breaks: Your service: async def hand_over(session, task_id, giver_id, receiver)
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
# says: Look at all conditions first, and set the owner after that
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

# %% wrong: the receiver by a part of the name, in any case
# breaks: `receiver` an exact user name
# says: A user name is found as it is
# change: solution
-    user = await session.scalar(select(User).where(User.username == receiver))
+    user = await session.scalar(select(User).where(User.username.ilike(f"%{receiver}%")))

# %% wrong: the name in any case
# says: there is no user 'FLO'
# change: solution
-    user = await session.scalar(select(User).where(User.username == receiver))
+    user = await session.scalar(select(User).where(func.lower(User.username) == receiver.lower()))

# %% wrong: blanks around the name do not count
# says: there is no user ' flo'
# change: solution
-    user = await session.scalar(select(User).where(User.username == receiver))
+    user = await session.scalar(select(User).where(User.username == receiver.strip()))

# %% wrong: only Ana gives away
# breaks: `giver_id` is the number of a user
# says: Which of your conditions says otherwise?
# change: solution
-    if task is None or task.owner_id != giver_id:
+    if task is None or task.owner_id != 1:

# %% wrong: all tasks of the giver go
# says: the others stay where they are
# change: solution
-    task.owner_id = user.id
+    for one in await session.scalars(select(Task).where(Task.owner_id == giver_id)):
+        one.owner_id = user.id

# %% wrong: the task is done as well
# breaks: an accepted one changes the owner and nothing else
# says: more has changed than its owner
# change: solution
     task.owner_id = user.id
+    task.done = True

# %% wrong: a new task takes the place of the old one
# says: `steps[0]` is gone
# change: solution
-    task.owner_id = user.id
+    await session.delete(task)
+    task = Task(id=task_id, owner_id=user.id, title=task.title)
+    session.add(task)

# %% wrong: it rolls back when it refuses
# says: ended the transaction of the session that it was given
async def hand_over(session, task_id, giver_id, receiver):
    try:
        task = await session.get(Task, task_id)
        if task is None or task.owner_id != giver_id:
            raise NotFound("no such task")
        user = await session.scalar(select(User).where(User.username == receiver))
        if user is None:
            raise NotFound("no such user")
        if not user.active or task.done:
            raise Conflict("not possible")
        task.owner_id = user.id
        await session.flush()
        return task
    except Exception:
        await session.rollback()
        raise

# %% wrong: every error becomes NotFound
# says: A `RuntimeError` in
async def hand_over(session, task_id, giver_id, receiver):
    try:
        task = (await session.scalars(select(Task).where(Task.id == task_id, Task.owner_id == giver_id))).one()
        user = (await session.scalars(select(User).where(User.username == receiver))).one()
    except Exception as error:
        raise NotFound("no such task, or no such user") from error
    if not user.active or task.done:
        raise Conflict("not possible")
    task.owner_id = user.id
    await session.flush()
    return task

# %% wrong: the user is returned
# says: It gave an object of type `User`
# change: solution
-    return task
+    return user

# %% wrong: None instead of an exception
# says: raised nothing, and returned `None`
# change: solution
-        raise NotFound(f"There is no task {task_id}.")
+        return None

# %% wrong: the owner is set to nobody and refused
# says: the database got something to store that it must refuse
async def hand_over(session, task_id, giver_id, receiver):
    task = await session.get(Task, task_id)
    if task is None or task.owner_id != giver_id:
        raise NotFound("no such task")
    task.owner_id = await session.scalar(select(User.id).where(User.username == receiver))
    if task.owner_id is None:
        raise NotFound("no such user")
    user = await session.get(User, task.owner_id)
    if not user.active or task.done:
        raise Conflict("not possible")
    return task

# %% wrong: a copy for the receiver
# says: Id and owner of the returned task
# change: solution
-    task.owner_id = user.id
+    task = Task(owner_id=user.id, title=task.title)
+    session.add(task)

# %% right: an UPDATE that returns the row
from sqlalchemy import update

async def hand_over(session, task_id, giver_id, receiver):
    user = await session.scalar(select(User).where(User.username == receiver))
    task = await session.scalar(select(Task).where(Task.id == task_id).where(Task.owner_id == giver_id))
    if user is None or task is None:
        raise NotFound("no such task, or no such user")
    if not user.active or task.done:
        raise Conflict("not possible")
    return await session.scalar(update(Task).where(Task.id == task_id).values(owner_id=user.id).returning(Task))

# %% right: the owner loaded with the task, and match
from sqlalchemy.orm import selectinload

async def hand_over(session: AsyncSession, task_id: int, giver_id: int, receiver: str) -> Task:
    task = await session.get(Task, task_id, options=[selectinload(Task.owner)])
    if task is None or task.owner.id != giver_id:
        raise NotFound("no such task")
    user = (await session.scalars(select(User).where(User.username == receiver))).first()
    match user:
        case None:
            raise NotFound("no such user")
        case User(active=False):
            raise Conflict("not active")
    if task.done:
        raise Conflict("done")
    task.owner = user
    await session.flush()
    return task
