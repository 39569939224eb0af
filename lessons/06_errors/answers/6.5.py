# story: The phone team generates its client from `/openapi.json` of the reminders.

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
# breaks: It waits for a 422 that never comes
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
# breaks: and crashes on a 404 that nobody has documented
# says: without the shape of its JSON
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"description": "Bad"}, 404: {"description": "None"}, "default": {"model": Problem}})

# %% wrong: the 422 gets our shape
# says: still promises a 422
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, 422: {"model": Problem}})

# %% wrong: the number is taken as text, so that nothing can be wrong with it
# breaks: What the route answers is right already.
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
# says: gives the 404 the shape
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
# says: The document of the 200 has changed
# change: solution
-    "/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}}
+    "/reminders/{number}", response_model=Problem, responses={400: {"model": Problem}, 404: {"model": Problem}}

# %% wrong: the 200 loses its shape
# breaks: Make the document of `GET /reminders/{number}` tell the truth: the 200 as it is, 400 and 404 with `Problem`, and no 422.
# says: its shape is missing
# change: stub
-@reminders_router.get("/reminders/{number}")
-async def read_reminder(number: int) -> dict[str, str]:
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, "default": {"model": Problem}})
+async def read_reminder(number: int) :

# %% wrong: the 200 may hold anything
# says: The document of the 200 has changed
# change: stub
-@reminders_router.get("/reminders/{number}")
-async def read_reminder(number: int) -> dict[str, str]:
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, "default": {"model": Problem}})
+async def read_reminder(number: int) -> dict[str, Any]:

# %% wrong: any other answer is a dict of numbers
# says: gives `default` the shape
# change: stub
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Problem}, 404: {"model": Problem}, "default": {"model": dict[str, int]}})

# %% wrong: another model for the 400
# says: the shape `Oops`
# change: stub
 class ReminderNotFound(NotFound): ...
+
+class Oops(BaseModel):
+    detail: str
...
-@reminders_router.get("/reminders/{number}")
+@reminders_router.get("/reminders/{number}", responses={400: {"model": Oops}, 404: {"model": Problem}, "default": {"model": Problem}})

# %% wrong: a document by hand, with a shape that is nowhere
# says: refers to `Problem`, and doesn't describe it
# change: stub
 reminders_app = new_app(reminders_router, exception_handlers=handlers | http_handlers)
+reminders_app.openapi = lambda: {"openapi": "3.1.0", "info": {"title": "R", "version": "1"}, "paths": {"/reminders/{number}": {"get": {"responses": {"200": {"description": "ok"}, "400": {"description": "Bad", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}, "404": {"description": "No", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}}}}

# %% right: where the router is included
# change: stub
-reminders_app = new_app(reminders_router, exception_handlers=handlers | http_handlers)
+errors = {status: {"model": Problem} for status in (400, 404, "default")}
+reminders_app = FastAPI(exception_handlers=handlers | http_handlers)
+reminders_app.include_router(reminders_router, responses=errors)
