"""Reads the routes of an app, and the dependencies of a route."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from coursekit.author import expect


def layers(app: Any) -> list[Any]:
    """Return what is wrapped around a FastAPI application, from the outside in, and the application as the last.

    Middleware may wrap an application by hand, as in `CORSMiddleware(app, allow_origins=[...])`. Empty if there is no application inside.
    """
    found = [app]
    while not isinstance(found[-1], FastAPI):
        inner = getattr(found[-1], "app", None)
        if inner is None or inner in found:
            return []
        found.append(inner)
    return found


def some_route(router: Any, name: str, kinds: str = "app") -> None:
    """Expect at least one route, not counting those that FastAPI adds to every app.

    `kinds` names what the learner may have put into the decorator by mistake: "app", or "router or app".

    Raises:
        NotYet: there is no such route.
    """
    expect.that(
        any(getattr(route, "include_in_schema", True) for route in router.routes),
        f"`{name}` has no route at all. Look at the line above your function: does it begin with `@`, and does `{name}` stand after the `@`?",
        why=f"A function without such a line, or with the name of another {kinds} in it, is nothing that a caller can reach.",
    )


def dependencies(app: Any, method: str, path: str) -> list[Any]:
    """Return the dependencies of a route, direct and indirect, each as the callable in its `Depends`. Empty if there is no such route.

    `path` is the path in the decorator with all its prefixes: "/tasks/{task_id}".
    """
    calls: list[Any] = []

    def collect(dependant: Any) -> None:
        for needed in getattr(dependant, "dependencies", ()):
            calls.append(needed.call)
            collect(needed)

    for context in iter_route_contexts(app.routes):
        if context.path == path and method in (getattr(context, "methods", None) or ()):
            collect(getattr(context, "dependant", None))
    return calls
