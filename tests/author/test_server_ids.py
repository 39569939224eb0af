"""Who numbers a new thing: the server, or whoever sends it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import APIRouter

from coursekit.author import client
from coursekit.author.server_ids import server_gives_the_id
from coursekit.judging.conversation import conversation
from coursekit.judging.expectation import NotYet


@pytest.fixture(autouse=True)
def a_check() -> Iterator[None]:
    with conversation():
        yield


def asks(number: Callable[[dict[str, Any], int], int | None]) -> None:
    router, lists = APIRouter(), {1: "Party"}

    @router.post("/lists", status_code=201)
    def create(body: dict[str, Any]) -> dict[str, Any]:
        id_ = number(body, max(lists) + 1)
        lists[id_ or 0] = body["name"]
        return {"id": id_, "name": body["name"]}

    server_gives_the_id(client(router), "/lists", {"name": "Garden"}, taken=1)


def test_the_server_gives_it() -> None:
    asks(lambda body, new: new)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (lambda body, new: body.get("id", new), "named the `id` 1, which already belongs to something else"),
        (lambda body, new: new if body["id"] == 1 else body["id"], "named the `id` 4711, which is still free"),
        (lambda body, new: None, "has no `id`"),
    ],
)
def test_the_caller_gives_it(number: Any, said: str) -> None:
    with pytest.raises(NotYet, match=said):
        asks(number)
