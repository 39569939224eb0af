# %% right: all in the route
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, "default": {"model": Problem}})

# %% right: on the router, with descriptions, numbers as text
answers = {
    "400": {"model": Problem, "description": "The number is none."},
    "404": {"model": Problem, "description": "There is no such reminder."},
    "default": {"model": Problem, "description": "Any other error."},
}
class ReminderNotFound(NotFound): ...

reminders_router = APIRouter(responses=answers)

@reminders_router.get("/reminders/{number}")
async def read_reminder(number: int) -> dict[str, str]:
    if number != 1:
        raise ReminderNotFound(f"There is no reminder {number}.", "REMINDER_NOT_FOUND")
    return {"text": "Stretch"}

reminders_app = new_app(reminders_router, exception_handlers=handlers | http_handlers)

# %% right: a range of statuses stands for the rest
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, "4XX": {"model": Problem}})

# %% right: the document is corrected by hand
class ReminderNotFound(NotFound): ...

reminders_router = APIRouter()

@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}})
async def read_reminder(number: int) -> dict[str, str]:
    if number != 1:
        raise ReminderNotFound(f"There is no reminder {number}.", "REMINDER_NOT_FOUND")
    return {"text": "Stretch"}

reminders_app = new_app(reminders_router, exception_handlers=handlers | http_handlers)

made = reminders_app.openapi

def openapi() -> dict[str, Any]:
    document = made()
    document["paths"]["/reminders/{number}"]["get"]["responses"].pop("422", None)
    return document

reminders_app.openapi = openapi

# %% wrong: 400 and 404, and nothing against the 422
# says: still promises a 422
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}})

# %% wrong: only a default
# says: does not name it
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={"default": {"model": Problem}})

# %% wrong: descriptions without a shape
# says: without its shape
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"description": "Bad"}, 404: {"description": "None"}, "default": {"model": Problem}})

# %% wrong: the 422 gets our shape
# says: still promises a 422
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, 422: {"model": Problem}})

# %% wrong: the number is taken as text, so that nothing can be wrong with it
# says: does not name it
class ReminderNotFound(NotFound): ...

reminders_router = APIRouter()

@reminders_router.get("/reminders/{number}", responses={404: {"model": Problem}, "default": {"model": Problem}})
async def read_reminder(number: str) -> dict[str, str]:
    if number != "1":
        raise ReminderNotFound(f"There is no reminder {number}.", "REMINDER_NOT_FOUND")
    return {"text": "Stretch"}

reminders_app = new_app(reminders_router, exception_handlers=handlers | http_handlers)

# %% wrong: the 400 is promised and never sent
# says: answered 404
# change: the number is taken as text, so that nothing can be wrong with it
-@reminders_router.get("/reminders/{number}", responses={404: {"model": Problem}, "default": {"model": Problem}})
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, "default": {"model": Problem}})

# %% wrong: the handlers are gone
# says: answered 422
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, "default": {"model": Problem}})
...
-reminders_app = new_app(reminders_router, exception_handlers=handlers | http_handlers)
+reminders_app = new_app(reminders_router)

# %% wrong: the route is hidden
# says: is not in the document any more
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", include_in_schema=False)

# %% wrong: the model of the 404 is a dict
# says: without its shape
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": dict[str, str]}, "default": {"model": Problem}})

# %% wrong: a 422 of our shape, by hand
# says: you document it yourself
# change: solution
-    "/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}}
+    "/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, 422: {"model": Problem}}

# %% wrong: every status that exists
# says: which the route never answers
# change: solution
-    "/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}}
+    "/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}}

# %% wrong: the errors' model for the route itself
# says: During `GET /reminders/1` your function
# outcome: error
# change: solution
-    "/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}}
+    "/reminders/{number}", response_model=Problem, responses={400: {"model": Problem}, 404: {"model": Problem}}
