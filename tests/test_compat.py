"""Canaries: the private names of other packages that `coursekit/compat.py` relies on."""

import inspect
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.testclient import TestClient
from IPython.core.interactiveshell import InteractiveShell

from coursekit import compat


def test_jsonschema_still_asks_for_rfc3987_syntax_and_goes_without() -> None:
    spec = find_spec("jsonschema._format")
    assert spec is not None and spec.origin is not None
    assert "from rfc3987_syntax import" in Path(spec.origin).read_text(encoding="utf-8"), (
        "leave_out_rfc3987 is not needed"
    )
    program = (
        "from coursekit.compat import leave_out_rfc3987; leave_out_rfc3987()\n"
        "import nbformat, sys; nbformat.validate(nbformat.v4.new_notebook())\n"
        "assert sys.modules['rfc3987_syntax'] is None"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_pytest_names_its_plugins() -> None:
    compat.import_pytests_plugins()
    assert "_pytest.assertion" in sys.modules


def test_a_response_that_nobody_has_sent_has_no_status() -> None:
    seen: list[object] = []
    app = FastAPI()

    @app.get("/x")
    def read(response: Response) -> None:
        seen.append(response.status_code)

    TestClient(app).get("/x")
    assert seen == [None], "STATUS_OF_AN_UNSENT_RESPONSE stands for None"


def test_a_pool_knows_how_many_threads_it_may_have() -> None:
    with ThreadPoolExecutor(3) as pool:
        assert compat.threads_of(pool) == 3


def test_ipython_shows_a_traceback_that_it_is_given() -> None:
    parameters = list(inspect.signature(InteractiveShell._showtraceback).parameters)
    assert parameters == ["self", "etype", "evalue", "stb"]
