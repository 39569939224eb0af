# story: Ana books a seat for the concert.
# story: When it is taken, the route raises a 409, and the app offers another one.
# story: Since the journal was added, the app shows "Server error" instead.
# story: To try it, give the app of `phone_for(seats_router)` a journal: `phone.app.state.journal = []`.

# %% right: async, and the exception raised by name
async def get_journal(request: Request):
    lines = request.app.state.journal
    try:
        yield lines
    except BaseException as problem:
        lines.append("failed: " + str(problem))
        raise problem


seats_router = APIRouter(dependencies=[Depends(get_journal)])


@seats_router.put("/seats/{number}")
def book_seat(number: int) -> dict[str, Any]:
    if number == 13:
        raise HTTPException(status_code=409, detail="Seat 13 is taken.")
    return {"seat": number, "row": ["A", "B", "C"][number // 10]}

# %% wrong: a 409 for everything
# says: In place of the `HTTPException` that came
# change: stub
+        raise HTTPException(409, "Seat 13 is taken.")
+

 seats_router = APIRouter(dependencies=[Depends(get_journal)])
+

# %% wrong: raised before it is noted
# says: the journal knows nothing of it
# change: stub
+    except HTTPException:
+        raise
     except Exception as error:
         journal.append(f"failed: {error}")
+        raise
+

 seats_router = APIRouter(dependencies=[Depends(get_journal)])
+

# %% wrong: returned instead of raised
# breaks: The caller hears what the route had to say, whatever it is.
# says: and did not pass it on
# change: stub
+        return error
+

 seats_router = APIRouter(dependencies=[Depends(get_journal)])
+

# %% wrong: a line for each request
# breaks: no line for one that went well
# says: in `finally` also runs when all is well
# change: stub
-    except Exception as error:
-        journal.append(f"failed: {error}")
+    finally:
+        journal.append("failed: somehow")
+

 seats_router = APIRouter(dependencies=[Depends(get_journal)])
+

# %% wrong: the words got lost
# says: say what happened
# change: solution
-    except Exception as error:
-        journal.append(f"failed: {error}")
+    except Exception:
+        journal.append("failed: error")
         raise

+
 seats_router = APIRouter(dependencies=[Depends(get_journal)])
+

# %% wrong: only what the route reports is noted
# breaks: a crash included
# says: A crash isn't an `HTTPException`
# change: stub
-    except Exception as error:
+    except HTTPException as error:
         journal.append(f"failed: {error}")
+        raise
+

 seats_router = APIRouter(dependencies=[Depends(get_journal)])
+

# %% wrong: another 409 with the number in its words
# says: In place of the `HTTPException` that came
def get_journal(request: Request):
    try:
        yield request.app.state.journal
    except Exception as e:
        request.app.state.journal.append(f"failed: {e}")
        raise HTTPException(409, str(e))

seats_router = APIRouter(dependencies=[Depends(get_journal)])

@seats_router.put("/seats/{number}")
def book_seat(number: int) -> dict[str, Any]:
    if number == 13:
        raise HTTPException(status_code=409, detail="Seat 13 is taken.")
    return {"seat": number, "row": ["A", "B", "C"][number // 10]}

# %% wrong: a 500 that tells the cause
# says: In place of the `HTTPException` that came
# change: another 409 with the number in its words
-        raise HTTPException(409, str(e))
+        raise HTTPException(500, str(e))

# %% wrong: a copy without the headers
# says: Headers and the traceback get lost
# change: solution
-        raise
+        if isinstance(error, HTTPException):
+            raise HTTPException(error.status_code, error.detail)
+        raise

# %% wrong: a crash under another name
# says: your dependency raised `RuntimeError: no such row`
# change: solution
-        raise
+        if not isinstance(error, HTTPException):
+            raise RuntimeError(str(error)) from error
+        raise

# %% wrong: an exception of the same kind
# says: In place of the `IndexError` that came, your dependency raised a new one
# change: solution
-        raise
+        raise type(error)(*error.args) if not isinstance(error, HTTPException) else error

# %% wrong: two exceptions by name
# says: The caller hears of the `OtherFault`
# change: solution
-    except Exception as error:
+    except (HTTPException, IndexError) as error:

# %% wrong: a line behind the yield
# says: What stands behind the `yield`
# change: solution
-        yield journal
+        yield journal
+        journal.append("failed: nothing")

# %% wrong: the route writes the journal
# breaks: Mend the dependency.
# says: The route has no dependency any more
# change: solution
-seats_router = APIRouter(dependencies=[Depends(get_journal)])
+seats_router = APIRouter()
...
-def book_seat(number: int) -> dict[str, Any]:
+def book_seat(number: int, request: Request) -> dict[str, Any]:
...
     if number == 13:
+        request.app.state.journal.append("failed: Seat 13 is taken.")
...
-    return {"seat": number, "row": ["A", "B", "C"][number // 10]}
+    try:
+        return {"seat": number, "row": ["A", "B", "C"][number // 10]}
+    except Exception as error:
+        request.app.state.journal.append(f"failed: {error}")
+        raise

# %% wrong: the word failed stands elsewhere
# breaks: its line `failed: ...`
# says: should start with `failed: ` and say what happened
# change: solution
-        journal.append(f"failed: {error}")
+        journal.append(f"failed: {error}" if isinstance(error, HTTPException) else f"crash, failed: {error}")

# %% wrong: a crash without a word
# says: It is `failed: `
# change: solution
-        journal.append(f"failed: {error}")
+        journal.append(f"failed: {error}" if isinstance(error, HTTPException) else "failed: ")

# %% wrong: a 409 is not noted
# breaks: for each request that failed
# says: A refusal such as a 409 has failed as well
# change: solution
-        journal.append(f"failed: {error}")
+        if not isinstance(error, HTTPException):
+            journal.append(f"failed: {error}")

# %% wrong: always 409
# says: your dependency raised a new one
# change: solution
-        raise
+        if isinstance(error, HTTPException):
+            raise HTTPException(409, error.detail)
+        raise

# %% right: a flag in finally
def get_journal(request: Request):
    failed = None
    try:
        yield request.app.state.journal
    except BaseException as error:
        failed = error
        raise
    finally:
        if failed is not None:
            request.app.state.journal += [f"failed: {failed!r}"]


seats_router = APIRouter()

@seats_router.put("/seats/{number}")
def book_seat(number: int, journal: Annotated[list[str], Depends(get_journal)]) -> dict[str, Any]:
    if number == 13:
        raise HTTPException(status_code=409, detail="Seat 13 is taken.")
    return {"seat": number, "row": ["A", "B", "C"][number // 10]}

# %% right: a context manager
# change: solution
-    try:
-        yield journal
-    except Exception as error:
-        journal.append(f"failed: {error}")
-        raise
+    with noting_failures(journal):
+        yield journal
+
+from contextlib import contextmanager
+
+@contextmanager
+def noting_failures(journal):
+    try:
+        yield
+    except Exception as error:
+        journal.append(f"failed: {error}")
+        raise

# %% right: two except blocks
# change: solution
-    except Exception as error:
-        journal.append(f"failed: {error}")
-        raise
+    except HTTPException as error:
+        journal.append(f"failed: {error.status_code} {error.detail}")
+        raise
+    except Exception as error:
+        journal.append(f"failed: {type(error).__name__}")
+        raise

# %% wrong: a line for the words and one for the kind
# breaks: The journal still gets its line `failed: ...` for each request that failed
# says: One failure has written two lines
# change: solution
         journal.append(f"failed: {error}")
+        journal.append(f"failed: {type(error).__name__}")

# %% right: the repr of the exception
# change: solution
-        journal.append(f"failed: {error}")
+        journal.append(f"failed: {error!r}")

# %% right: sys.exc_info in finally
# change: solution
-    except Exception as error:
-        journal.append(f"failed: {error}")
-        raise
+    finally:
+        import sys
+        error = sys.exc_info()[1]
+        if error is not None:
+            journal.append(f"failed: {type(error).__name__} {error}")

# %% wrong: HTTPException and lookups by name
# says: A crash isn't an `HTTPException`
# change: solution
-    except Exception as error:
+    except (HTTPException, LookupError) as error:

# %% wrong: a new one with everything in it
# says: your dependency raised a new one
# change: solution
-        raise
+        raise HTTPException(getattr(error, "status_code", 500), getattr(error, "detail", str(error)), headers=getattr(error, "headers", None)) from error

# %% wrong: the journal is cleared when all is well
# says: Two of the three failed
# change: solution
-        yield journal
+        yield journal
+        journal.clear()
