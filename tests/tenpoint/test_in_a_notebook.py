"""`review(app)` in a notebook."""

import linecache
import subprocess
import sys
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI

from tenpoint import review
from tests.tenpoint.samples import Load, shop


class TestInANotebook:
    def test_a_table_and_its_text_say_the_same(self, load: Load) -> None:
        shown = review(load(shop(('    """Read an item."""\n', ""))).app)
        page = shown._repr_html_()
        for said in ("C9.no-purpose: 1 finding", "GET /api/v1/items/{item_id}", "The ten-point review of"):
            assert said in repr(shown).replace("`", "") and said in page
        assert page.count("<tr>") == 11

    def test_text_of_the_app_is_text(self, load: Load) -> None:
        module = load(shop(('"/cheapest"', '"/create-<script>"')))
        page = review(module.app)._repr_html_()
        assert "<script" not in page and "&lt;script&gt;" in page

    @pytest.mark.parametrize("thing", [None, 3, "main:app", FastAPI, APIRouter()])
    def test_something_else_is_said_kindly(self, thing: Any) -> None:
        assert "`review` takes a FastAPI application" in repr(review(thing))

    def test_a_cell_is_named_as_such(self) -> None:
        names: dict[str, Any] = {"__name__": "__main__"}
        file = "/tmp/ipykernel_1/123.py"
        text = CELL
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        exec(compile(text, file, "exec"), names)
        shown = repr(review(names["app"]))
        assert "C7.blocking-call" in shown
        assert "GET /slow  the cell of slow, line 10" in shown

    def test_the_kit_is_imported_without_it(self) -> None:
        code = "import sys, coursekit; print([name for name in sys.modules if name.startswith('tenpoint.')])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"


CELL = '''import time

from fastapi import FastAPI

app = FastAPI()

@app.get("/slow")
async def slow() -> int:
    """Wait."""
    time.sleep(1)
    return 1
'''
