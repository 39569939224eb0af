# story: Users have a plan: `free`, `plus` or `family`.
# story: The checks stand in the routes.
# story: One was forgotten, and one sends a paying user to the login page.
# story: To try it: `phone = phone_for(plans_router)`, then `phone.app.state.database.tables["users"][1]["plan"] = "plus"`, and ask with Ana's token, as in section 4.

# %% right: a function that makes functions, a router for the exports
plans_router = APIRouter()


def require_plan(*plans: str):
    async def guard(user: CurrentUser) -> dict[str, Any]:
        if user["plan"] in plans:
            return user
        raise HTTPException(status_code=403, detail="upgrade")

    return guard


exports = APIRouter(prefix="/exports", dependencies=[Depends(require_plan("plus", "family"))])


@exports.get("")
def list_exports():
    return ["2027-01.zip"]


@exports.post("", status_code=201)
def create_export():
    return {"name": "2027-02.zip"}


@plans_router.get("/shared-lists")
def list_shared_lists(user: Annotated[dict[str, Any], Depends(require_plan("family"))]):
    return ["Groceries"]


plans_router.include_router(exports)

# %% wrong: only the first plan counts
# breaks: lets these plans through
# says: One of them is enough
plans_router = APIRouter()


class require_plan:
    def __init__(self, *plans: str) -> None:
        self.plans = plans

    def __call__(self, user: CurrentUser) -> None:
        if user["plan"] != self.plans[0]:
            raise HTTPException(403, "This is not in your plan.")


@plans_router.get("/exports", dependencies=[Depends(require_plan("plus", "family"))])
def list_exports() -> list[str]:
    return ["2027-01.zip"]


@plans_router.post("/exports", status_code=201, dependencies=[Depends(require_plan("plus", "family"))])
def create_export() -> dict[str, str]:
    return {"name": "2027-02.zip"}


@plans_router.get("/shared-lists", dependencies=[Depends(require_plan("family"))])
def list_shared_lists() -> list[str]:
    return ["Groceries"]

# %% wrong: 401 to whom we know
# breaks: answers 403 to other users
# says: A known user who isn't allowed in gets 403
# change: only the first plan counts
-        if user["plan"] != self.plans[0]:
-            raise HTTPException(403, "This is not in your plan.")
+        if user["plan"] not in self.plans:
+            raise HTTPException(401, "This is not in your plan.")

# %% wrong: the guard says False and raises nothing
# says: A guard stops a request by raising
# change: only the first plan counts
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] != self.plans[0]:
-            raise HTTPException(403, "This is not in your plan.")
+    def __call__(self, user: CurrentUser) -> bool:
+        return user["plan"] in self.plans

# %% wrong: the plans are written into the guard
# says: use the plans that it was made with
# change: only the first plan counts
-class require_plan:
-    def __init__(self, *plans: str) -> None:
-        self.plans = plans
-
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] != self.plans[0]:
+def require_plan(*plans: str):
+    def guard(user: CurrentUser) -> None:
+        if user["plan"] not in ("plus", "family"):
             raise HTTPException(403, "This is not in your plan.")
+
+    return guard

# %% wrong: the back door stays open
# breaks: give each of the three routes its guard
# says: this is the back door
# change: only the first plan counts
-        if user["plan"] != self.plans[0]:
+        if user["plan"] not in self.plans:
...
-@plans_router.post("/exports", status_code=201, dependencies=[Depends(require_plan("plus", "family"))])
-def create_export() -> dict[str, str]:
+@plans_router.post("/exports", status_code=201)
+def create_export(user: CurrentUser) -> dict[str, str]:

# %% wrong: one route still checks by itself
# says: without `require_plan`
plans_router = APIRouter()


class require_plan:
    def __init__(self, *plans: str) -> None:
        self.plans = plans

    def __call__(self, user: CurrentUser) -> None:
        if user["plan"] not in self.plans:
            raise HTTPException(403, "This is not in your plan.")


may_export = Depends(require_plan("plus", "family"))


@plans_router.get("/exports", dependencies=[may_export])
def list_exports() -> list[str]:
    return ["2027-01.zip"]


@plans_router.post("/exports", status_code=201, dependencies=[may_export])
def create_export() -> dict[str, str]:
    return {"name": "2027-02.zip"}


@plans_router.get("/shared-lists")
def list_shared_lists(user: CurrentUser) -> list[str]:
    if user["plan"] != "family":
        raise HTTPException(403, "This is not in your plan.")
    return ["Groceries"]

# %% wrong: the check itself, instead of something that checks
# says: should give something that FastAPI can call
plans_router = APIRouter()


def require_plan(*plans: str) -> list[str]:
    return list(plans)


@plans_router.get("/exports")
def list_exports(user: CurrentUser) -> list[str]:
    if user["plan"] not in require_plan("plus", "family"):
        raise HTTPException(403, "This is not in your plan.")
    return ["2027-01.zip"]

# %% wrong: the plans as one list
# says: It is called as `require_plan("plus", "family")`
# change: only the first plan counts
-    def __init__(self, *plans: str) -> None:
+    def __init__(self, plans: list[str]) -> None:
...
-        if user["plan"] != self.plans[0]:
+        if user["plan"] not in self.plans:
...
-@plans_router.get("/exports", dependencies=[Depends(require_plan("plus", "family"))])
+@plans_router.get("/exports", dependencies=[Depends(require_plan(["plus", "family"]))])
...
-@plans_router.post("/exports", status_code=201, dependencies=[Depends(require_plan("plus", "family"))])
+@plans_router.post("/exports", status_code=201, dependencies=[Depends(require_plan(["plus", "family"]))])
...
-@plans_router.get("/shared-lists", dependencies=[Depends(require_plan("family"))])
+@plans_router.get("/shared-lists", dependencies=[Depends(require_plan(["family"]))])

# %% wrong: the shared lists are open to plus
# breaks: Exports are for `plus` and `family`, shared lists for `family`.
# says: which plans was it made with
# change: only the first plan counts
-        if user["plan"] != self.plans[0]:
+        if user["plan"] not in self.plans:
...
-@plans_router.get("/shared-lists", dependencies=[Depends(require_plan("family"))])
+@plans_router.get("/shared-lists", dependencies=[Depends(require_plan("plus", "family"))])

# %% wrong: the guard was never made
# says: the call makes the guard
# change: only the first plan counts
-        if user["plan"] != self.plans[0]:
+        if user["plan"] not in self.plans:
...
-@plans_router.get("/shared-lists", dependencies=[Depends(require_plan("family"))])
+@plans_router.get("/shared-lists", dependencies=[Depends(require_plan)])

# %% wrong: the condition the wrong way round
# says: your condition is the wrong way round
def require_plan(*plans: str):
    def guard(user: CurrentUser) -> None:
        if user["plan"] in plans:
            raise HTTPException(403, "This is in your plan.")
    return guard

plans_router = APIRouter()
@plans_router.get("/exports", dependencies=[Depends(require_plan("plus", "family"))])
def list_exports() -> list[str]:
    return ["2027-01.zip"]
@plans_router.post("/exports", status_code=201, dependencies=[Depends(require_plan("plus", "family"))])
def create_export() -> dict[str, str]:
    return {"name": "2027-02.zip"}
@plans_router.get("/shared-lists", dependencies=[Depends(require_plan("family"))])
def list_shared_lists() -> list[str]:
    return ["Groceries"]

# %% wrong: a check left in the route beside the guard
# breaks: take the checks out of them
# says: Take the check out of the route
# change: the condition the wrong way round
-        if user["plan"] in plans:
-            raise HTTPException(403, "This is in your plan.")
+        if user["plan"] not in plans:
+            raise HTTPException(403, "This is not in your plan.")
...
-def list_exports() -> list[str]:
+def list_exports(user: CurrentUser) -> list[str]:
+    if user["plan"] not in ("plus", "family"):
+        raise HTTPException(403, "x")

# %% wrong: the guard is not returned
# says: does that call `return` a function
# outcome: error
# change: the condition the wrong way round
-        if user["plan"] in plans:
-            raise HTTPException(403, "This is in your plan.")
-    return guard
+        if user["plan"] not in plans:
+            raise HTTPException(403, "This is not in your plan.")

# %% wrong: it stands on ActiveUser
# breaks: It stands on `CurrentUser`
# says: another link asks whether the account is active
# change: solution
-    def __call__(self, user: CurrentUser) -> None:
+    def __call__(self, user: ActiveUser) -> None:

# %% wrong: a part of a plan is enough
# breaks: a user's plan is `user["plan"]`
# says: lets a user with the plan `us` through
# change: solution
-        if user["plan"] not in self.plans:
+        if not any(user["plan"] in plan for plan in self.plans):

# %% wrong: two plans at most
# breaks: It takes any number of plans.
# says: take any number of names
# change: solution
-    def __init__(self, *plans: str) -> None:
-        self.plans = plans
+    def __init__(self, one: str, other: str = "") -> None:
+        self.plans = (one, other)

# %% wrong: two plans are compared, and the others ignored
# says: The plan `gold` is one of those
# change: solution
-        self.plans = plans
+        self.plans = plans[:2]

# %% wrong: an export with another name
# says: `POST /exports` answered with another body
# change: solution
-    return {"name": "2027-02.zip"}
+    return {"name": "export.zip"}

# %% wrong: an empty list
# says: `GET /shared-lists` answered with another body
# change: solution
-    return ["Groceries"]
+    return []

# %% wrong: POST answers 200
# says: `POST /exports` answered 200
# change: solution
-@plans_router.post("/exports", status_code=201, dependencies=[may_export])
+@plans_router.post("/exports", dependencies=[may_export])

# %% wrong: the guard sets the plan
# says: changed the data
# change: solution
-            raise HTTPException(403, "This is not in your plan.")
+            raise HTTPException(403, "This is not in your plan.")
+        user["plan"] = self.plans[0]

# %% wrong: admins may everything
# says: Nobody stopped this request
# change: solution
-        if user["plan"] not in self.plans:
+        if user["plan"] not in self.plans and user["role"] != "admin":

# %% wrong: the plans are kept in the class
# says: It has to use the plans that it was made with
# change: solution
-    def __init__(self, *plans: str) -> None:
-        self.plans = plans
+    def __init__(self, *plans: str) -> None:
+        require_plan.plans = plans

# %% right: a set of plans
# change: solution
-class require_plan:
-    def __init__(self, *plans: str) -> None:
-        self.plans = plans
-
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] not in self.plans:
-            raise HTTPException(403, "This is not in your plan.")
+def require_plan(*plans: str) -> Any:
+    allowed = frozenset(plans)
+
+    def check_plan(user: CurrentUser) -> None:
+        if not {user["plan"]} & allowed:
+            raise HTTPException(status_code=403, detail="no")
+
+    return check_plan

# %% right: a frozen dataclass
# change: solution
-class require_plan:
-    def __init__(self, *plans: str) -> None:
-        self.plans = plans
-
-    def __call__(self, user: CurrentUser) -> None:
+from dataclasses import dataclass
+
+@dataclass(frozen=True)
+class PlanGuard:
+    plans: tuple[str, ...]
+
+    def __call__(self, user: CurrentUser) -> None:
...
-may_export = Depends(require_plan("plus", "family"))
+def require_plan(*plans):
+    return PlanGuard(plans)
+
+may_export = Depends(require_plan("plus", "family"))

# %% right: a lambda, and a loop over the plans
# change: solution
-class require_plan:
-    def __init__(self, *plans: str) -> None:
-        self.plans = plans
-
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] not in self.plans:
-            raise HTTPException(403, "This is not in your plan.")
+require_plan = lambda *plans: guard_for(plans)
+
+def guard_for(plans):
+    def guard(user: CurrentUser):
+        for plan in plans:
+            if plan == user["plan"]:
+                return user
+        raise HTTPException(403)
+    return guard

# %% wrong: the guard asks for the plan
# says: The guard asks the caller for a parameter
# change: solution
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] not in self.plans:
+    def __call__(self, plan: str) -> None:
+        if plan not in self.plans:

# %% wrong: no token, no question
# breaks: It stands on `CurrentUser`
# says: A caller without any token got in
# change: solution
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] not in self.plans:
+    def __call__(self, request: Request, db: Db) -> None:
+        token = db.tables["tokens"].get(request.headers.get("Authorization", "").removeprefix("Bearer "))
+        if token and db.users[token["user_id"]]["plan"] not in self.plans:

# %% wrong: 403 to a stranger
# says: This caller has no token, so nobody knows them
# never: got in
# change: solution
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] not in self.plans:
+    def __call__(self, request: Request, db: Db) -> None:
+        token = db.tables["tokens"].get(request.headers.get("Authorization", "").removeprefix("Bearer "))
+        if not token or db.users[token["user_id"]]["plan"] not in self.plans:

# %% right: a method of an object
# change: solution
-class require_plan:
-    def __init__(self, *plans: str) -> None:
-        self.plans = plans
-
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] not in self.plans:
-            raise HTTPException(403, "This is not in your plan.")
+class Guard:
+    def __init__(self, plans):
+        self.plans = plans
+    def allow(self, user: CurrentUser):
+        if not {user["plan"]} & set(self.plans):
+            raise HTTPException(status_code=403, detail="no", headers={"X-Plan": user["plan"]})
+        return user
+def require_plan(first, *others):
+    return Guard((first, *others)).allow

# %% right: a generator as the guard
# change: solution
-class require_plan:
-    def __init__(self, *plans: str) -> None:
-        self.plans = plans
-
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] not in self.plans:
-            raise HTTPException(403, "This is not in your plan.")
+def require_plan(*plans):
+    def guard(user: CurrentUser):
+        if user["plan"] not in plans:
+            raise HTTPException(403, "x")
+        yield user
+    return guard

# %% wrong: the guard finds the user by itself
# says: it finds the user by itself
# never: One of two
# change: solution
-    def __call__(self, user: CurrentUser) -> None:
-        if user["plan"] not in self.plans:
+    def __call__(self, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db) -> None:
+        token = db.tables["tokens"].get(credentials.credentials)
+        user = db.users.get(token["user_id"]) if token else None
+        if user is None:
+            raise HTTPException(401, "x", headers={"WWW-Authenticate": "Bearer"})
+        if user["plan"] not in self.plans:

# %% wrong: a check with another status stays in the route
# says: a check of its own as well
# change: solution
-def create_export() -> dict[str, str]:
+def create_export(user: CurrentUser) -> dict[str, str]:
+    if user["plan"] == "free":
+        raise HTTPException(402, "Pay.")

# %% wrong: plans by rank
# says: the guard sends it away
# change: solution
-        if user["plan"] not in self.plans:
+        ranks = ["free", "plus", "family"]
+        if user["plan"] not in ranks or ranks.index(user["plan"]) < min(ranks.index(p) if p in ranks else 9 for p in self.plans):

# %% wrong: the check that says 401 stays
# says: A 401 says: I don't know you
# never: pays
# change: solution
-@plans_router.get("/shared-lists", dependencies=[Depends(require_plan("family"))])
-def list_shared_lists() -> list[str]:
+@plans_router.get("/shared-lists")
+def list_shared_lists(user: CurrentUser) -> list[str]:
+    if user["plan"] != "family":
+        raise HTTPException(401, "This is not in your plan.")
