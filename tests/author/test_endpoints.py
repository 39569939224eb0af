"""Mistakes that only the function behind an answer shows: a response of an earlier cell, and a forgotten return."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Response

from coursekit.author import client, expect
from coursekit.judging.conversation import conversation
from coursekit.judging.expectation import NotYet

response = Response()
"""As in a notebook, where an earlier cell has shown a response."""
settings = {"headers": "x"}


@pytest.fixture(autouse=True)
def a_check() -> Iterator[None]:
    with conversation():
        yield


def told(function: Callable[..., Any], ask: Callable[[Any], None]) -> str:
    app = FastAPI()
    app.post("/lists")(function)
    with pytest.raises(NotYet) as caught:
        ask(client(app).post("/lists"))
    return caught.value.message


def location(answer: Any) -> None:
    expect.header(answer, "Location", "/lists/1", why="", known={None: "It has none."})


def test_the_header_is_set_on_an_old_response() -> None:
    def create() -> None:
        response.headers["Location"] = "/lists/1"

    assert "Take the response of this request as a parameter: `response: Response`" in told(create, location)


def test_the_header_is_missing_for_another_reason() -> None:
    def create(response: Response) -> None:
        response.headers["X-Location"] = "/lists/1"

    def read(answer: Response) -> str:
        return settings["headers"]

    def nothing() -> None:
        assert response

    for function in (create, read, nothing):
        assert "It has none." in told(function, location)


def test_a_return_is_missing() -> None:
    def create() -> Any:
        def inner() -> int:
            return 1

        inner()

    async def create_later(deep: bool = False) -> Any:
        if deep:
            return
        print(end="")

    @functools.wraps(create)
    def wrapped() -> Any:
        return create()

    for function in (create, create_later, wrapped):
        for ask in (
            lambda answer: expect.body(answer, {"id": 1}, why="", known=[(None, "Null.")]),
            lambda answer: expect.fields(answer, {"id"}, why=""),
        ):
            message = told(function, ask)
            assert f"`{function.__name__}` never returns a value" in message
            assert "Null." not in message


def test_null_for_another_reason() -> None:
    def create(deep: bool = False) -> Any:
        return {}.get("list") if not deep else None

    assert told(create, lambda answer: expect.body(answer, {"id": 1}, why="", known=[(None, "Null.")])).endswith(
        "Null."
    )
