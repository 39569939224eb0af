"""The bodies of errors."""

import httpx2
import pytest
from fastapi import FastAPI, HTTPException

from coursekit.author import Client, problems

PROBLEM = {"detail": "There is no task 7.", "error_code": "TASK_NOT_FOUND", "field_errors": {}}


@pytest.mark.parametrize("body", [None, "detail", [], ["detail"], {}, {**PROBLEM, "more": 1}, {"detail": ""}])
def test_is_no_problem(body: object) -> None:
    assert not problems.is_problem(body)


def test_is_a_problem() -> None:
    assert problems.is_problem(PROBLEM)
    assert not problems.is_fastapis(PROBLEM)


@pytest.mark.parametrize("body", [None, "detail", ["detail"], {}])
def test_is_not_fastapis(body: object) -> None:
    assert not problems.is_fastapis(body)


def test_a_path_without_a_route() -> None:
    app = FastAPI()

    @app.get("/tasks/{task_id}")
    def read(task_id: int) -> None:
        raise HTTPException(404, "There is no such task.")

    with Client(app) as api:
        assert problems.no_route(api.get("/nowhere"))
        assert problems.is_fastapis(api.get("/nowhere").json())
        assert not problems.no_route(api.get("/tasks/7"))
        assert problems.is_fastapis(api.get("/tasks/7").json())
        assert not problems.no_route(api.put("/tasks/7"))


@pytest.mark.parametrize("content", [b"", b"Not Found", b"[", b"{}"])
def test_another_404(content: bytes) -> None:
    assert not problems.no_route(httpx2.Response(404, content=content))
