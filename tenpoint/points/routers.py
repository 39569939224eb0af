"""C8 and C9: which router a route is in, and what the document says about it."""

import collections
import re
from collections.abc import Iterator

from tenpoint.catalog import found
from tenpoint.report import Finding, Undecided
from tenpoint.surface import Route, Surface

_PLACEHOLDERS = {"todo", "tbd", "fixme", "xxx", "...", "docstring", "description", "pass", "no description"}


def on_the_app(surface: Surface) -> Iterator[Finding | Undecided]:
    """Find routes of resources that are declared on the app itself."""
    if surface.routers is None and surface.public:
        yield Undecided("C8", "FastAPI before 0.137 does not keep which router a route was written on")
        return
    for route in surface.public:
        if surface.router_of(route) is None and not route.is_probe:
            yield found("C8.on-the-app", route, "The route is on the app itself.")


def wrong_router(surface: Surface) -> Iterator[Finding]:
    """Find routes on the router of another resource, although their own resource has a router."""
    by_router: dict[int, list[Route]] = collections.defaultdict(list)
    for route in surface.public:
        if surface.router_of(route) is not None:
            by_router[id(surface.router_of(route))].append(route)
    homes = {
        name: key for key, routes in by_router.items() for name, number in _resources(routes).items() if number >= 2
    }
    for key, routes in by_router.items():
        resources = _resources(routes)
        main, most = resources.most_common(1)[0]
        for route in routes:
            name = _resource(route)
            if most >= 3 and resources[name] == 1 and homes.get(name, key) != key:
                yield found(
                    "C8.wrong-router",
                    route,
                    f"It stands among {most} routes of `{main}`; `{name}` has a router of its own.",
                )


def _resources(routes: list[Route]) -> "collections.Counter[str]":
    return collections.Counter(_resource(route) for route in routes)


def _resource(route: Route) -> str:
    """Return the first part of the path that names something: `tasks` for `/api/v1/tasks/{task_id}`."""
    parts = [part for part in route.path.strip("/").split("/") if part and not re.fullmatch(r"api|v\d+|\{.*", part)]
    return parts[0] if parts else ""


def never_reached(surface: Surface) -> Iterator[Finding]:
    """Find routes that get no requests, because an earlier route matches them."""
    earlier: dict[str, list[tuple[re.Pattern[str], Route]]] = collections.defaultdict(list)
    for route in surface.routes:
        asked = re.sub(r"\{[^}]*\}", "zq7", route.path)
        others = (
            [] if re.search(r"\{[^}]*:", route.path) else earlier[route.method]
        )  # a sample word doesn't match a converter such as `{id:int}`
        taker = next((other for pattern, other in others if pattern.match(asked)), None)
        if taker is not None and taker.endpoint is not route.endpoint:
            yield found("C8.never-reached", route, f"`{taker.path}`, declared before it, takes its requests.")
        earlier[route.method].append((route.context.path_regex, route))


def no_tags(surface: Surface) -> Iterator[Finding]:
    """Find operations without a tag."""
    for route in surface.public:
        if not route.context.tags and not route.is_probe:
            yield found("C8.no-tags", route, "The operation has no tag.")


def no_purpose(surface: Surface) -> Iterator[Finding]:
    """Find operations that don't say what they are for."""
    for route in surface.public:
        text = str(route.operation.get("description") or route.context.description or "").strip()
        said = text or str(route.context.summary or "").strip()
        if not said:
            yield found("C9.no-purpose", route, "There is no docstring, description or summary.")
        elif said.strip(" .").lower() in _PLACEHOLDERS or said == "...":
            yield found("C9.placeholder", route, f"The description is `{said}`.")


def operation_id_twice(surface: Surface) -> Iterator[Finding | Undecided]:
    """Find operations with an id that another operation has."""
    if surface.document is None and surface.public:
        yield Undecided("C9", surface.trouble)
        return
    by_id: dict[str, list[Route]] = collections.defaultdict(list)
    for route in surface.public:
        if route.operation.get("operationId"):
            by_id[str(route.operation["operationId"])].append(route)
    for name, routes in by_id.items():
        for route in routes[1:]:
            if (route.path, route.method) != (routes[0].path, routes[0].method):
                yield found("C9.operation-id-twice", route, f"`{name}` is the operation id of {routes[0].name}, too.")


CHECKS = (on_the_app, wrong_router, never_reached, no_tags, no_purpose, operation_id_twice)
