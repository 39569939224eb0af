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
# says: Pass on the exception that came, not another one
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
# says: ended as if nothing had happened
# change: stub
+        return error
+

 seats_router = APIRouter(dependencies=[Depends(get_journal)])
+

# %% wrong: a line for each request
# says: `finally` runs in any case
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
# says: A crash is no `HTTPException`
# change: stub
-    except Exception as error:
+    except HTTPException as error:
         journal.append(f"failed: {error}")
+        raise
+

 seats_router = APIRouter(dependencies=[Depends(get_journal)])
+

# %% wrong: another 409 with the number in its words
# says: an exception of its own in place of the one that came
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
# says: an exception of its own in place of the one that came
# change: another 409 with the number in its words
-        raise HTTPException(409, str(e))
+        raise HTTPException(500, str(e))
