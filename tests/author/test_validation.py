"""What a check reads in a 422."""

from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from coursekit.author import Client, validation


class Task(BaseModel):
    title: str
    done: bool = False


def refused(path: str = "/tasks", **body: Any) -> httpx2.Response:
    app = FastAPI()

    @app.post("/tasks")
    def create(task: Task, limit: int = 1) -> None:
        return None

    with Client(app) as api:
        return api.post(path, json=body)


def test_places_of_what_was_refused() -> None:
    assert validation.places(refused("/tasks?limit=few", done="perhaps")) == [
        ["query", "limit"],
        ["body", "title"],
        ["body", "done"],
    ]


def test_what_is_missing_and_what_was_looked_for_in_the_query() -> None:
    response = refused("/tasks?limit=few", done=True)
    assert validation.missing(response) == ["title"]
    assert validation.queried(response) == ["limit"]


def test_a_request_that_was_taken() -> None:
    response = refused(title="Buy milk")
    assert response.status_code == 200
    assert validation.errors(response) == validation.places(response) == validation.missing(response) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no JSON",
        b"[]",
        b"null",
        b'{"detail": "No such thing."}',
        b'{"detail": null}',
        b'{"detail": ["text", 7, {}, {"loc": []}, {"loc": "body"}, {"loc": null}]}',
    ],
)
def test_a_422_of_another_shape(body: bytes) -> None:
    response = httpx2.Response(422, content=body)
    assert validation.errors(response) == []
    assert validation.missing(response) == validation.queried(response) == []
