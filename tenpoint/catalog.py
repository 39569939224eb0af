"""The words of each check: why its findings matter to a caller, and how to fix them."""

from typing import NamedTuple

from tenpoint.report import Finding
from tenpoint.surface import Route


class Check(NamedTuple):
    """What the review says with every finding of a check."""

    why: str
    mend: str


CHECKS = {
    "C1.verb-in-path": Check(
        "The method already says what happens. With verbs in paths a client has to learn each address, and caches and proxies cannot help.",
        "Name the resource and let the method speak: `POST /tasks`, `PATCH /tasks/{task_id}`, `DELETE /tasks/{task_id}`.",
    ),
    "C1.method-and-meaning": Check(
        "Clients, proxies and crawlers repeat and prefetch GET, and retry by what the method promises. A method that means something else does harm there.",
        "Give the operation the method that says it: GET reads, POST creates, PUT and PATCH change, DELETE removes.",
    ),
    "C1.body-in-get": Check(
        "A body in a GET has no meaning in HTTP: browsers cannot send it, and proxies may drop it.",
        "Take the values as query parameters (`Annotated[Filter, Query()]`), or make it a POST.",
    ),
    "C2.post-created-200": Check(
        "A client cannot tell that something new exists, nor where: 201 and `Location` say so.",
        "`@router.post(..., status_code=201)`, and set `Location` to the address of what is new.",
    ),
    "C2.delete-200-untyped": Check(
        "The client gets a body that no document describes, only to learn what the status says.",
        "`@router.delete(..., status_code=204)` and return nothing; or, if there is something to tell, give it a response model.",
    ),
    "C2.created-nothing": Check(
        "201 says that something new exists. Clients look for `Location`, and find that nothing was made.",
        "Answer 200, or 204 without a body.",
    ),
    "C2.error-as-200": Check(
        "Clients, retries and monitoring go by the status: with 200 a failure looks like success to all of them.",
        "Raise an exception that becomes the status it means: `raise HTTPException(404, ...)`, or one of your domain's own.",
    ),
    "C2.status-in-tuple": Check(
        "FastAPI does not read a status from a tuple: the client gets 200 and a list with the number in it.",
        "Raise `HTTPException(status, ...)`, declare `status_code=`, or return `JSONResponse(..., status_code=...)`.",
    ),
    "C2.success-raised": Check(
        "An exception with a status of success rolls back what ends with the request, and its body has an error's shape.",
        "Return the answer, with `status_code=` on the route.",
    ),
    "C2.null-for-missing": Check(
        "For what does not exist the client gets 200 and `null`, which every caller must remember to look for.",
        "Raise the error that becomes 404, and leave `None` out of the response model.",
    ),
    "C2.documented-422": Check(
        "A generated client waits for a 422 of FastAPI's shape, which this API never sends.",
        "Document what is sent: `responses={400: {\"model\": Problem}, \"default\": {\"model\": Problem}}`; with `default` FastAPI leaves its 422 out.",
    ),
    "C2.undocumented-answer": Check(
        "A client that is made from the document does not know this answer.",
        "Add it to `responses=`, or mend what makes it.",
    ),
    "C3.body-untyped": Check(
        "Anything is let in, and fails later, deep inside and with a 500. The document cannot say what to send.",
        "Write a Pydantic model of the body and take that.",
    ),
    "C3.request-by-hand": Check(
        "What is read from the request by hand is neither validated nor in the document: a wrong value becomes a 500.",
        "Declare it as a parameter: a model for the body, `Annotated[int, Query()]` for a query value.",
    ),
    "C3.untyped-parameter": Check(
        "Without a type every text is let in, and the document says nothing about the value.",
        "Give the parameter a type, with limits where there are any: `Annotated[int, Path(ge=1)]`.",
    ),
    "C3.unread-path-parameter": Check(
        "Whatever a client puts there, the answer is the same, and nothing checks it.",
        "Take the parameter in the function or a dependency, under the name that it has in the path; or leave it out of the path.",
    ),
    "C3.secret-in-query": Check(
        "Addresses are kept: in the logs of servers and proxies, in browser histories. The secret is in all of them.",
        "Take it in the body (`Form` or a model with `SecretStr`) or in a header.",
    ),
    "C4.no-response-model": Check(
        "The document cannot say what comes back, and nothing keeps fields in that should not leave.",
        "Say it: `-> TaskPublic` as return type, or `response_model=`.",
    ),
    "C4.untyped-response": Check(
        "The type lets everything through: the document says nothing about the fields, and nothing is filtered.",
        "Write a model of the answer, and use it as return type or `response_model`.",
    ),
    "C4.secret-in-response": Check(
        "Every client gets it, and every log and cache between: a hash can be tried offline, a key can be used.",
        "Make a response model of its own without the field.",
    ),
    "C5.global-connection": Check(
        "All requests share it: one request's error or open transaction is the next one's, and no test can put another in its place.",
        "Open it in a dependency with `yield` (or in the lifespan), and take it with `Depends`.",
    ),
    "C5.global-mutable": Check(
        "What one request writes, others read, in this worker only: with two workers a client sees two truths, and a restart forgets both.",
        "Keep it in a database, or in an object that the app owns and a dependency hands out.",
    ),
    "C5.dependency-by-hand": Check(
        "Called by hand it is neither closed when the request ends nor replaced by `dependency_overrides`.",
        "Take it as a parameter: `Annotated[..., Depends(...)]`.",
    ),
    "C5.mixed-scope": Check(
        "FastAPI keeps one result for each scope: the request gets two, such as two sessions with two transactions that do not see each other.",
        "Use one alias everywhere: `Db = Annotated[AsyncSession, Depends(get_db, scope=\"function\")]`.",
    ),
    "C5.cleanup-skipped": Check(
        "When a route raises, the lines after `yield` do not run: the resource stays open, until the pool is empty and every request waits.",
        "Put the `yield` into `with`, or into `try` with the cleanup in `finally`.",
    ),
    "C6.no-validation-handler": Check(
        "FastAPI's default answer repeats what was sent (`input`), passwords too, and has another shape than your other errors.",
        "`@app.exception_handler(RequestValidationError)`: build `field_errors` from `loc` and `msg`, in the shape of all your errors.",
    ),
    "C6.no-exception-handler": Check(
        "What nobody expected is answered as plain text `Internal Server Error`: a client that reads JSON fails a second time.",
        "`@app.exception_handler(Exception)` that logs the error and answers 500 in the shape of all your errors; or, where pages of other origins are to read it, a middleware inside of CORSMiddleware that does.",
    ),
    "C6.half-a-handler": Check(
        "FastAPI's HTTPException is not all: a path that does not exist (404) and a wrong method (405) still answer in the default shape.",
        "Register the handler for `starlette.exceptions.HTTPException`, which covers both.",
    ),
    "C6.validation-handler-crashes": Check(
        "`errors()` holds the exception object when a validator raised ValueError, which JSON cannot hold: the client gets a 500 for a bad request.",
        "Use `loc` and `msg` of each error only, or `jsonable_encoder`.",
    ),
    "C6.undocumented-status": Check(
        "A client that is made from the document does not expect this answer, and does not handle it.",
        "Add it to the route or its router: `responses={404: {\"model\": Problem, \"description\": \"...\"}}`.",
    ),
    "C6.error-masked": Check(
        "HTTPException is an Exception, too: the answer that was meant becomes a 500, and the client is told that the server is broken.",
        "Put `except HTTPException: raise` before it, or keep the `try` to the lines that can fail.",
    ),
    "C6.detail-leaks": Check(
        "The text of an unexpected exception may hold SQL, file paths or data of others; it goes to whoever asks.",
        "Log the exception, and send a fixed sentence with an id by which the log can be found.",
    ),
    "C6.swallowed-in-dependency": Check(
        "The route's exception ends here: FastAPI finds neither an answer nor an error, and the client gets a 500 whatever it was.",
        "End the `except` with `raise`.",
    ),
    "C6.unguarded-write": Check(
        "Who may not read this resource without a token can change or remove it without one.",
        "Put the guard on the router, `APIRouter(dependencies=[Depends(...)])`, so that no route can forget it.",
    ),
    "C6.answers-500": Check(
        "The client did nothing wrong, and learns nothing.",
        "Find the cause in the log, and write the test that shows it first.",
    ),
    "C6.error-shapes": Check(
        "A client needs one way to read an error, and has to write several.",
        "Register handlers for HTTPException (Starlette's), RequestValidationError and Exception that answer in one shape.",
    ),
    "C7.blocking-call": Check(
        "While it waits, the event loop stands still: no other request of this worker gets an answer.",
        "Await an async library, hand the call to `asyncio.to_thread`, or make the route a plain `def`.",
    ),
    "C7.never-awaited": Check(
        "A coroutine that nobody awaits does not run: the client is told that it is done, and it never happens.",
        "Write `await` before the call.",
    ),
    "C7.run-in-loop": Check(
        "An event loop is running already, so this raises RuntimeError: a 500 on every call.",
        "`await` the coroutine.",
    ),
    "C7.lost-task": Check(
        "Nobody holds the task: it may vanish half done, and its errors are seen by nobody.",
        "Use `BackgroundTasks`, or keep the task until it is done and look at its result.",
    ),
    "C8.on-the-app": Check(
        "Routes of a resource that are not together drift apart: one has the guard, the prefix and the documented errors, another has not.",
        "Group them by resource: `router = APIRouter(prefix=\"/tasks\", tags=[\"tasks\"])` and `app.include_router(router)`.",
    ),
    "C8.wrong-router": Check(
        "It misses what the resource's own router gives to all its routes: guard, tags, documented errors.",
        "Move it to the router of its resource.",
    ),
    "C8.never-reached": Check(
        "An earlier route takes its requests: the client gets another answer than the document says.",
        "Declare the fixed path before the one with a parameter; of two equal ones, remove one.",
    ),
    "C8.no-tags": Check(
        "The document is one long list, and generated clients put everything into one class.",
        "Give the router its tag: `APIRouter(tags=[\"tasks\"])`.",
    ),
    "C9.no-purpose": Check(
        "Who reads the document has only the function's name to guess from.",
        "Write a docstring of one sentence that says what the operation is for.",
    ),
    "C9.placeholder": Check(
        "The document promises a description and has none.",
        "Say in one sentence what the operation is for.",
    ),
    "C9.operation-id-twice": Check(
        "Two operations of one name: a generated client has one method too few.",
        "Leave `operation_id` to FastAPI, or name each once.",
    ),
    "C10.error-model": Check(
        "Clients read errors by the project's model, and this one has another shape.",
        "Document and send the project's model here, too.",
    ),
    "C10.prefix": Check(
        "Routing, versioning and access rules go by the prefix; what is outside escapes them.",
        "Include its router below the prefix.",
    ),
    "C10.path-style": Check(
        "Callers have to remember for each path how it is written.",
        "Write it as the others.",
    ),
    "C10.trailing-slash": Check(
        "A client that follows the pattern is sent elsewhere with 307, and some drop the body or the token on the way.",
        "Write the path as the others.",
    ),
}  # fmt: skip


def found(check: str, route: Route | None, seen: str, where: str = "") -> Finding:
    """Return a finding, with the check's words on why it matters and how to fix it."""
    why, mend = CHECKS[check]
    name = route.name if route else ""
    return Finding(check, name, where or (route.where if route else ""), seen, why, mend)
