"""The routes of an app, and what they need."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

from coursekit.author import NotYet, routes


def read_token() -> str:
    return "token"


def read_user(token: Annotated[str, Depends(read_token)]) -> str:
    return token


def guard() -> None:
    return None


def app() -> FastAPI:
    router = APIRouter(prefix="/tasks", dependencies=[Depends(guard)])

    @router.get("/{task_id}")
    def read(task_id: int, user: Annotated[str, Depends(read_user)]) -> None:
        return None

    @router.delete("/{task_id}")
    def delete(task_id: int) -> None:
        return None

    made = FastAPI()
    made.include_router(router, prefix="/api")
    return made


def test_dependencies_of_dependencies() -> None:
    assert routes.dependencies(app(), "GET", "/api/tasks/{task_id}") == [guard, read_user, read_token]
    assert routes.dependencies(app(), "DELETE", "/api/tasks/{task_id}") == [guard]


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/api/tasks/{task_id}"), ("GET", "/tasks/{task_id}"), ("GET", "/api/tasks/7"), ("GET", "/openapi.json")],
)
def test_a_route_that_is_not_there_needs_nothing(method: str, path: str) -> None:
    assert routes.dependencies(app(), method, path) == []


def test_some_route() -> None:
    routes.some_route(app(), "app")
    routes.some_route(app().router, "router")
    with pytest.raises(NotYet, match="`shop` has no route at all") as caught:
        routes.some_route(FastAPI(), "shop", "router or app")
    assert "another router or app in it" in caught.value.why


def test_the_layers_around_an_app() -> None:
    inner = app()
    outer = CORSMiddleware(GZipMiddleware(inner))
    assert [type(one) for one in routes.layers(outer)] == [CORSMiddleware, GZipMiddleware, FastAPI]
    assert routes.layers(inner) == [inner]
    assert routes.layers(CORSMiddleware(APIRouter())) == routes.layers(None) == []
