# %% right: one of the two needs nothing of the other
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter
from club.loans import names, tools_of

router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter

names = {1: "Ana", 2: "Ben"}
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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% right: the import inside of the function
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter
from club.loans import tools_of

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter

loans = [{"tool": "drill", "member_id": 1}]
router = APIRouter(prefix="/loans", tags=["loans"])

def tools_of(member_id):
    return [loan["tool"] for loan in loans if loan["member_id"] == member_id]

@router.get("")
async def list_loans():
    from club.members import names

    return [f"{loan['tool']}: {names[loan['member_id']]}" for loan in loans]

@router.post("", status_code=201)
async def post_loan(tool: str, member_id: int):
    loans.append({"tool": tool, "member_id": member_id})
"""
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% right: the modules, and not what is in them
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter
import club.loans

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": club.loans.tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter
import club.members

loans = [{"tool": "drill", "member_id": 1}]
router = APIRouter(prefix="/loans", tags=["loans"])

def tools_of(member_id):
    return [loan["tool"] for loan in loans if loan["member_id"] == member_id]

@router.get("")
async def list_loans():
    return [f"{loan['tool']}: {club.members.names[loan['member_id']]}" for loan in loans]

@router.post("", status_code=201)
async def post_loan(tool: str, member_id: int):
    loans.append({"tool": tool, "member_id": member_id})
"""
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% right: three modules below, relative imports
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
from .data import names, tools_of

router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter
from .data import loans, names

router = APIRouter(prefix="/loans", tags=["loans"])

@router.get("")
async def list_loans():
    return [f"{loan['tool']}: {names[loan['member_id']]}" for loan in loans]

@router.post("", status_code=201)
async def post_loan(tool: str, member_id: int):
    loans.append({"tool": tool, "member_id": member_id})
"""
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}
club_files["club/data.py"] = DATA


# %% wrong: only the order in main
# says: Two modules still wait for each other
MAIN = """
from fastapi import FastAPI
from club import members, loans

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter
from club.loans import tools_of

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter
from club.members import names

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% wrong: a copy of what the other has
# says: There are two copies of `loans`
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter

loans = [{"tool": "drill", "member_id": 1}]

def tools_of(member_id):
    return [loan["tool"] for loan in loans if loan["member_id"] == member_id]

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter
from club.members import names

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% wrong: a copy of the names
# says: There are two copies of `names`
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter
from club.loans import tools_of

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter

names = {1: "Ana", 2: "Ben"}

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% wrong: the import is only for the type checker
# says: Python looks for it then
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter
from club.loans import tools_of

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from club.members import names

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% wrong: the error is caught
# says: Python looks for it then
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter
from club.loans import tools_of

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter

try:
    from club.members import names
except ImportError:
    names = {}

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% wrong: the new file was not added
# says: no module `club.data`
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

router = APIRouter(prefix="/members", tags=["members"])

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% wrong: the new file is outside of the club
# says: is no module of the club
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

router = APIRouter(prefix="/members", tags=["members"])

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}
club_files["data.py"] = DATA


# %% wrong: the third module imports one of the two
# says: Two modules still wait for each other
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
DATA = """
from club.members import router

names = {1: "Ana", 2: "Ben"}
loans = [{"tool": "drill", "member_id": 1}]

def tools_of(member_id):
    return [loan["tool"] for loan in loans if loan["member_id"] == member_id]
"""
MEMBERS = """
from fastapi import APIRouter
from club.data import names, tools_of

router = APIRouter(prefix="/members", tags=["members"])

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}
club_files["club/data.py"] = DATA


# %% wrong: all in one file
# says: The three modules stay
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

router = APIRouter(prefix="/members", tags=["members"])

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/all.py": LOANS}
club_files["club/data.py"] = DATA


# %% wrong: the import at the end of the module
# says: Two modules still wait for each other
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter
from club.loans import tools_of

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": tools_of(member_id)}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter

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

from club.members import names
"""
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}


# %% wrong: the knot is cut, and the tools are gone
# says: another body than expected
MAIN = """
from fastapi import FastAPI
from club import loans, members

app = FastAPI()
app.include_router(members.router, prefix="/api/v1")
app.include_router(loans.router, prefix="/api/v1")
"""
MEMBERS = """
from fastapi import APIRouter

names = {1: "Ana", 2: "Ben"}
router = APIRouter(prefix="/members", tags=["members"])

@router.get("/{member_id}")
async def get_member(member_id: int):
    return {"name": names[member_id], "tools": []}

@router.post("", status_code=201)
async def post_member(name: str):
    names[len(names) + 1] = name
"""
LOANS = """
from fastapi import APIRouter
from club.members import names

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
club_files = {"club/main.py": MAIN, "club/members.py": MEMBERS, "club/loans.py": LOANS}
