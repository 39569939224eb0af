"""What the tests of the review share: a sound app and its changes, modules for the command, and the command itself."""

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from tenpoint import command, loading
from tenpoint.points.standards import Standards
from tenpoint.report import Review

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[2]
NOTHING_DECLARED = Standards()
Load = Callable[[str], ModuleType]


def shop(*changes: tuple[str, str]) -> str:
    text = (CASES / "shop.py").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def broken(review: Review) -> set[tuple[str, str]]:
    assert not [one for one in review.undecided if "stumbled" in one.why], review.undecided
    return {(one.check, one.route) for one in review.broken}


MAKERS = """
from fastapi import FastAPI
import shop

print("on standard output")

def make():
    return shop.app

def make_with_defaults(debug=False, *rest, **options):
    return shop.app

class Maker:
    @staticmethod
    def make():
        return shop.app

class Around:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)

def broken():
    return {}["DATABASE_URL"]

def loud():
    print("{not json}")
    return shop.app

wrapped = Around(Around(shop.app))
late = FastAPI(exception_handlers=shop.app.exception_handlers)
late.include_router(shop.health)
late.include_router(shop.api)
"""


class Done(NamedTuple):
    """What the command has done."""

    returncode: int
    stdout: str
    stderr: str


class Command:
    """`tenpoint`, in a folder with a few modules."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        no_purpose = ('    """Read an item."""\n', "")
        fails_when_asked = (
            '    return {"status": "ok"}',
            '    open("started.txt", "w").close()\n    return {"status": str(1 / 0)}',
        )
        plain = ("async def get_health", "def get_health")
        modules = {
            "shop": shop(),
            "faulty": shop(no_purpose),
            "asked": shop(fails_when_asked, plain),
            "makers": MAKERS,
            "fails": "\n1 / 0\n",
            "lacks": "import not_there\n",
            "half": "def app(:\n",
            "ends": "import sys\nsys.exit('wants a database')\n",
            "dies": "import os\nos._exit(7)\n",
            "star": "from starlette.applications import Starlette\napp = Starlette()\n",
        }
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        (folder / "pyproject.toml").write_text("")

    def load(self, target: str, *, factory: bool = False) -> Any:
        """Load an app as the review's own process does, in this one."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr(sys, "path", list(sys.path))
            return loading.load(target, factory=factory)

    def forget(self) -> None:
        """Leave no module of this folder behind."""
        for name in [name for name in sys.modules if (self.folder / f"{name}.py").is_file()]:
            del sys.modules[name]

    def accept(self, entry: str) -> None:
        (self.folder / "pyproject.toml").write_text(f"[tool.tenpoint]\naccept = [{entry}]\n")

    def __call__(self, *arguments: str) -> Done:
        """Call it in this process: only the app has one of its own."""
        with contextlib.chdir(self.folder):
            status = command.main(arguments)
        return Done(status, *self.capsys.readouterr())
