# story: Each morning some of Ana's reminders are gone.
# story: Look at the other two routes.

# %% right: looked up first, compared then
async def find_reminder(reminder_id: int, db: Db, user: CurrentUser) -> Reminder:
    reminder = await db.get(Reminder, reminder_id)
    if reminder is None or reminder.owner_id != user.id:
        raise HTTPException(404, "There is no such reminder.")
    return reminder


FoundReminder = Annotated[Reminder, Depends(find_reminder)]
reminders_router = APIRouter(prefix="/reminders", dependencies=[Depends(get_current_active_user)])


@reminders_router.get("")
async def list_reminders(db: Db, user: ActiveUser) -> list[str]:
    return list(await db.scalars(select(Reminder.text).where(Reminder.owner_id == user.id)))


@reminders_router.get("/{reminder_id}")
async def read_reminder(reminder: FoundReminder) -> dict[str, Any]:
    return {"id": reminder.id, "text": reminder.text}


@reminders_router.delete("/{reminder_id}", status_code=204)
async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
    await db.delete(reminder)


reminders_app = new_app(auth_router, reminders_router)

# %% right: a service with its own exception
async def reminder_of(db: Db, owner: User, number: int) -> Reminder:
    found = await db.scalars(select(Reminder).where(Reminder.owner_id == owner.id))
    for reminder in found:
        if reminder.id == number:
            return reminder
    raise NotFound("Not there.")


reminders_router = APIRouter()


@reminders_router.get("/reminders")
async def list_reminders(db: Db, user: ActiveUser):
    return [one.text for one in await db.scalars(select(Reminder).where(Reminder.owner_id == user.id))]


@reminders_router.get("/reminders/{number}")
async def read_reminder(number: int, db: Db, user: ActiveUser):
    with http_errors():
        reminder = await reminder_of(db, user, number)
    return {"id": reminder.id, "text": reminder.text}


@reminders_router.delete("/reminders/{number}", status_code=204)
async def delete_reminder(number: int, db: Db, user: ActiveUser):
    with http_errors():
        await db.delete(await reminder_of(db, user, number))


reminders_app = new_app(auth_router, reminders_router)

# %% wrong: removing was forgotten
# says: Ana removed Carla's reminder
# change: looked up first, compared then
-async def find_reminder(reminder_id: int, db: Db, user: CurrentUser) -> Reminder:
-    reminder = await db.get(Reminder, reminder_id)
-    if reminder is None or reminder.owner_id != user.id:
+async def find_reminder(reminder_id: int, db: Db, user: ActiveUser) -> Reminder:
+    mine = select(Reminder).where(Reminder.id == reminder_id, Reminder.owner_id == user.id)
+    reminder = await db.scalar(mine)
+    if reminder is None:
...
-async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
+async def delete_reminder(reminder_id: int, db: Db) -> None:
+    reminder = await db.get(Reminder, reminder_id)
+    if reminder is None:
+        raise HTTPException(404, "There is no such reminder.")

# %% wrong: somebody else's is a 403
# says: With a 403 Ana learns that it exists
# change: looked up first, compared then
-async def find_reminder(reminder_id: int, db: Db, user: CurrentUser) -> Reminder:
+async def find_reminder(reminder_id: int, db: Db, user: ActiveUser) -> Reminder:
     reminder = await db.get(Reminder, reminder_id)
-    if reminder is None or reminder.owner_id != user.id:
+    if reminder is None:
         raise HTTPException(404, "There is no such reminder.")
+    if reminder.owner_id != user.id:
+        raise HTTPException(403, "This is not yours.")

# %% wrong: a 404 with other words
# says: Both are a 404, and the words differ
# change: looked up first, compared then
-async def find_reminder(reminder_id: int, db: Db, user: CurrentUser) -> Reminder:
+async def find_reminder(reminder_id: int, db: Db, user: ActiveUser) -> Reminder:
     reminder = await db.get(Reminder, reminder_id)
-    if reminder is None or reminder.owner_id != user.id:
+    if reminder is None:
         raise HTTPException(404, "There is no such reminder.")
+    if reminder.owner_id != user.id:
+        raise HTTPException(404, "Not found.")

# %% wrong: an admin reads everything
# says: Carla reads Ana's reminder by its number
# change: looked up first, compared then
-async def find_reminder(reminder_id: int, db: Db, user: CurrentUser) -> Reminder:
+async def find_reminder(reminder_id: int, db: Db, user: ActiveUser) -> Reminder:
     reminder = await db.get(Reminder, reminder_id)
-    if reminder is None or reminder.owner_id != user.id:
+    if reminder is None or (reminder.owner_id != user.id and user.role != Role.admin):

# %% wrong: the chain is cut at the current user
# says: Ben's account is not active, and `GET /reminders/4` lets him in
# change: looked up first, compared then
-    reminder = await db.get(Reminder, reminder_id)
-    if reminder is None or reminder.owner_id != user.id:
+    mine = select(Reminder).where(Reminder.id == reminder_id, Reminder.owner_id == user.id)
+    reminder = await db.scalar(mine)
+    if reminder is None:
...
-reminders_router = APIRouter(prefix="/reminders", dependencies=[Depends(get_current_active_user)])
+reminders_router = APIRouter(prefix="/reminders", tags=[])

# %% wrong: the user is asked for and not compared
# says: Ana reads Carla's reminder by its number
# change: looked up first, compared then
-async def find_reminder(reminder_id: int, db: Db, user: CurrentUser) -> Reminder:
+async def find_reminder(reminder_id: int, db: Db, user: ActiveUser) -> Reminder:
     reminder = await db.get(Reminder, reminder_id)
-    if reminder is None or reminder.owner_id != user.id:
+    if reminder is None:

# %% right: the number stands in the words
# change: looked up first, compared then
-        raise HTTPException(404, "There is no such reminder.")
+        raise HTTPException(404, f"There is no reminder {reminder_id}.")

# %% wrong: the number stands in the words of one of them only
# says: the words differ
# change: looked up first, compared then
-    if reminder is None or reminder.owner_id != user.id:
-        raise HTTPException(404, "There is no such reminder.")
+    if reminder is None:
+        raise HTTPException(404, f"There is no reminder {reminder_id}.")
+    if reminder.owner_id != user.id:
+        raise HTTPException(404, "There is no reminder.")

# %% wrong: the owner is named
# says: the words differ
# change: looked up first, compared then
-    if reminder is None or reminder.owner_id != user.id:
+    if reminder is not None and reminder.owner_id != user.id:
+        raise HTTPException(404, f"Reminder {reminder_id} belongs to user {reminder.owner_id}.")
+    if reminder is None:

# %% wrong: only Ana is let in
# says: which is Carla's own
# change: looked up first, compared then
-    if reminder is None or reminder.owner_id != user.id:
+    if reminder is None or user.id != 1 or reminder.owner_id != 1:

# %% wrong: the reminder is not removed
# says: It is still there
# change: looked up first, compared then
-    await db.delete(reminder)
+    return None

# %% wrong: everything is gone
# says: which is Ana
# change: looked up first, compared then
-    if reminder is None or reminder.owner_id != user.id:
+    if True:

# %% wrong: the list has lost its filter
# says: sees everybody's reminders in the list
async def find_reminder(reminder_id: int, db: Db, user: ActiveUser) -> Reminder:
    reminder = await db.get(Reminder, reminder_id)
    if reminder is None or reminder.owner_id != user.id:
        raise HTTPException(404, "There is no such reminder.")
    return reminder
FoundReminder = Annotated[Reminder, Depends(find_reminder)]
reminders_router = APIRouter(prefix="/reminders", dependencies=[Depends(get_current_active_user)])
@reminders_router.get("")
async def list_reminders(db: Db, user: ActiveUser) -> list[str]:
    return list(await db.scalars(select(Reminder.text)))
@reminders_router.get("/{reminder_id}")
async def read_reminder(reminder: FoundReminder) -> dict[str, Any]:
    return {"id": reminder.id, "text": reminder.text}
@reminders_router.delete("/{reminder_id}", status_code=204)
async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
    await db.delete(reminder)
reminders_app = new_app(auth_router, reminders_router)

# %% wrong: nothing found is handed on
# says: your code goes on without one
# change: the list has lost its filter
-        raise HTTPException(404, "There is no such reminder.")
+        return None
...
-    return list(await db.scalars(select(Reminder.text)))
+    return list(await db.scalars(select(Reminder.text).where(Reminder.owner_id == user.id)))

# %% right: filter in each route
# change: solution
-@reminders_router.delete("/{reminder_id}", status_code=204)
-async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
-    await db.delete(reminder)
+from sqlalchemy import delete
+@reminders_router.delete("/{reminder_id}", status_code=204)
+async def delete_reminder(reminder_id: int, db: Db, user: ActiveUser) -> None:
+    gone = await db.execute(delete(Reminder).where(Reminder.id == reminder_id, Reminder.owner_id == user.id))
+    if not gone.rowcount:
+        raise HTTPException(404, "There is no such reminder.")

# %% right: a class as dependency
# change: solution
-async def find_reminder(reminder_id: int, db: Db, user: ActiveUser) -> Reminder:
-    mine = select(Reminder).where(Reminder.id == reminder_id, Reminder.owner_id == user.id)
-    reminder = await db.scalar(mine)
-    if reminder is None:
-        raise HTTPException(404, "There is no such reminder.")
-    return reminder
+class Finder:
+    async def __call__(self, reminder_id: int, db: Db, user: ActiveUser) -> Reminder:
+        query = select(Reminder).filter_by(id=reminder_id, owner_id=user.id)
+        if (found := (await db.scalars(query)).first()) is not None:
+            return found
+        raise HTTPException(status_code=404, detail="Nothing here")
+
+find_reminder = Finder()

# %% wrong: deletes all of the owner's
# breaks: remove their own reminders only
# says: all of hers are gone
# change: solution
-async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
-    await db.delete(reminder)
+async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
+    from sqlalchemy import delete
+    await db.execute(delete(Reminder).where(Reminder.owner_id == reminder.owner_id))

# %% wrong: deletes all
# says: everybody's are gone
# change: solution
-async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
-    await db.delete(reminder)
+async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
+    from sqlalchemy import delete
+    await db.execute(delete(Reminder))

# %% wrong: deletes the first of the owner's
# says: It is still there
# change: solution
-async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
-    await db.delete(reminder)
+async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
+    first = await db.scalar(select(Reminder).where(Reminder.owner_id == reminder.owner_id).order_by(Reminder.id))
+    await db.delete(first)

# %% wrong: reads the first of the owner's
# says: answered with another body
# change: solution
-    mine = select(Reminder).where(Reminder.id == reminder_id, Reminder.owner_id == user.id)
+    mine = select(Reminder).where(Reminder.owner_id == user.id).order_by(Reminder.id)
...
-    if reminder is None:
+    if reminder is None or (await db.get(Reminder, reminder_id) or reminder).owner_id != user.id or reminder_id == 99:

# %% wrong: a telling header
# breaks: 404, with the same words and headers
# says: the header `x-taken` differs
# change: solution
-    if reminder is None:
-        raise HTTPException(404, "There is no such reminder.")
+    if reminder is None:
+        other = await db.get(Reminder, reminder_id)
+        raise HTTPException(404, "There is no such reminder.", headers={"X-Taken": "yes"} if other else None)

# %% wrong: reading removes
# says: A GET only reads
# change: solution
-async def read_reminder(reminder: FoundReminder) -> dict[str, Any]:
+async def read_reminder(reminder: FoundReminder, db: Db) -> dict[str, Any]:
+    await db.delete(reminder)

# %% wrong: the guard of the router is lost on removal
# says: `DELETE /reminders/4` lets him in
# change: solution
-reminders_router = APIRouter(prefix="/reminders", dependencies=[Depends(get_current_active_user)])
+reminders_router = APIRouter(prefix="/reminders")
...
-@reminders_router.delete("/{reminder_id}", status_code=204)
-async def delete_reminder(reminder: FoundReminder, db: Db) -> None:
-    await db.delete(reminder)
+@reminders_router.delete("/{reminder_id}", status_code=204)
+async def delete_reminder(reminder_id: int, user: CurrentUser, db: Db) -> None:
+    reminder = await db.get(Reminder, reminder_id)
+    if reminder is None or reminder.owner_id != user.id:
+        raise HTTPException(404, "There is no such reminder.")
+    await db.delete(reminder)

# %% wrong: the list is open to who is not active
# says: `GET /reminders` lets him in
# change: solution
-reminders_router = APIRouter(prefix="/reminders", dependencies=[Depends(get_current_active_user)])
+reminders_router = APIRouter(prefix="/reminders")
...
-async def list_reminders(db: Db, user: ActiveUser) -> list[str]:
+async def list_reminders(db: Db, user: CurrentUser) -> list[str]:

# %% wrong: the owner is moved instead
# says: not as expected
# change: solution
-    await db.delete(reminder)
+    reminder.owner_id = 2

# %% wrong: one list for two
# breaks: The list in `GET /reminders` shows each user their own
# says: list is not as expected
# change: solution
-    return list(await db.scalars(select(Reminder.text).where(Reminder.owner_id == user.id)))
+    return list(await db.scalars(select(Reminder.text).where(Reminder.owner_id == user.id).limit(1)))
