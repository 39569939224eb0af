# story: The tool club cut its notebook into modules, and now it does not start.

# %% right: one of the two needs nothing of the other
# change: stub
-from club.loans import tools_of
+from club.loans import names, tools_of

-names = {1: "Ana", 2: "Ben"}
...
-from club.members import names

+names = {1: "Ana", 2: "Ben"}

# %% right: the import inside of the function
# change: stub
-from club.members import names
...
 async def list_loans():
+    from club.members import names
+

# %% right: the modules, and not what is in them
# change: stub
-from club.loans import tools_of
+import club.loans
...
-    return {"name": names[member_id], "tools": tools_of(member_id)}
+    return {"name": names[member_id], "tools": club.loans.tools_of(member_id)}
...
-from club.members import names
+import club.members
...
-    return [f"{loan['tool']}: {names[loan['member_id']]}" for loan in loans]
+    return [f"{loan['tool']}: {club.members.names[loan['member_id']]}" for loan in loans]

# %% right: three modules below, relative imports
# change: solution
-from club.data import names, tools_of
+from .data import names, tools_of
...
-from club.data import loans, names
+from .data import loans, names

# %% wrong: only the order in main
# breaks: Untie the knot.
# says: Two modules still wait for each other
# change: stub
-from club import loans, members
+from club import members, loans

# %% wrong: a copy of what the other has
# says: There are two copies of `loans`
# change: stub
-from club.loans import tools_of
+
+loans = [{"tool": "drill", "member_id": 1}]
+
+def tools_of(member_id):
+    return [loan["tool"] for loan in loans if loan["member_id"] == member_id]

# %% wrong: a copy of the names
# breaks: and both know who has joined a moment ago
# says: There are two copies of `names`
# change: stub
-from club.members import names
+
+names = {1: "Ana", 2: "Ben"}

# %% wrong: the import is only for the type checker
# says: only when the request comes
# change: stub
-from club.members import names
+from typing import TYPE_CHECKING
+
+if TYPE_CHECKING:
+    from club.members import names

# %% wrong: the error is caught
# says: It raised `KeyError: 1`
# never: only when the request comes
# change: stub
-from club.members import names
+
+try:
+    from club.members import names
+except ImportError:
+    names = {}

# %% wrong: the new file was not added
# says: no module `club.data`
# change: solution
-club_files["club/data.py"] = DATA

# %% wrong: the new file is outside of the club
# says: isn't a module of the club
# change: solution
-club_files["club/data.py"] = DATA
+club_files["data.py"] = DATA

# %% wrong: the third module imports one of the two
# says: Two modules still wait for each other
# change: solution
+from club.members import router
+
 names = {1: "Ana", 2: "Ben"}

# %% wrong: all in one file
# breaks: You may change each file, and add others.
# says: The three modules stay
# change: solution
-club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}
+club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/all.py": LOANS}

# %% wrong: the import at the end of the module
# says: Two modules still wait for each other
# change: stub
-from club.members import names
...
     loans.append({"tool": tool, "member_id": member_id})
+
+from club.members import names

# %% wrong: the knot is cut, and the tools are gone
# breaks: All that the API answers stays as it is: a member's page names the tools that they have borrowed
# says: another body than expected
# change: stub
-from club.loans import tools_of
...
-    return {"name": names[member_id], "tools": tools_of(member_id)}
+    return {"name": names[member_id], "tools": []}

# %% wrong: a list
# breaks: The files are a dictionary, `club_files`, path to text, as above.
# says: should be a dictionary
club_files = ["club/main.py"]

# %% wrong: nobody can join
# says: does not find her
# never: two copies
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
NAMES = """
names = {1: "Ana", 2: "Ben"}
"""
MEMBERS = """
from fastapi import APIRouter
from club.loans import tools_of
from club.names import names
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    pass
"""
LOANS = """
from fastapi import APIRouter
from club.names import names
loans = [{"tool": "drill", "member_id": 1}]
router = APIRouter(prefix="/loans", tags=["loans"])

def tools_of(member_id):
    return [loan["tool"] for loan in loans if loan["member_id"] == member_id]

@router.get("")
async def list_loans():
    return [f"{loan['tool']}: {names[loan['member_id']]}" for loan in loans]

@router.post("", status_code=201)
async def post_loan(tool: str, member_id: int):
    loans.append({"tool": tool, "member_id": member_id})
"""
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS, "club/names.py": NAMES}

# %% wrong: another address for the members
# says: The routes keep their prefixes
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
DATA = """
names = {1: "Ana", 2: "Ben"}
loans = [{"tool": "drill", "member_id": 1}]

def tools_of(member_id):
    return [loan["tool"] for loan in loans if loan["member_id"] == member_id]

"""
MEMBERS = """
from fastapi import APIRouter
from club.data import names, tools_of
router = APIRouter(prefix="/people", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter
from club.data import loans, names
router = APIRouter(prefix="/loans", tags=["loans"])

@router.get("")
async def list_loans():
    return [f"{loan['tool']}: {names[loan['member_id']]}" for loan in loans]

@router.post("", status_code=201)
async def post_loan(tool: str, member_id: int):
    loans.append({"tool": tool, "member_id": member_id})
"""
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS, "club/data.py": DATA}
