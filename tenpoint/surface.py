"""What can be known of an app from outside its functions: routes, dependency trees, handlers, the OpenAPI document."""

import ast
import copy
import functools
import linecache
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tenpoint.source import Function, last_name, place, read, tree_of

PROBES = {
    "",
    "health",
    "healthz",
    "healthcheck",
    "heartbeat",
    "ready",
    "readyz",
    "live",
    "livez",
    "ping",
    "status",
    "version",
    "metrics",
}
"""Last parts of paths that belong to those who run a service, and to no resource."""
_SUBAPPS_DEEP = 5


@dataclass(frozen=True, eq=False)
class Route:
    """One method on one path, as a request meets it: the settings of the routers around it included."""

    surface: "Surface"
    method: str
    path: str
    context: Any

    @property
    def name(self) -> str:
        """`POST /tasks`, with the prefix of the sub-app that it is in."""
        return f"{self.method} {self.surface.prefix}{self.path}"

    @property
    def endpoint(self) -> Any:
        """What FastAPI calls."""
        return self.context.endpoint

    @functools.cached_property
    def code(self) -> Function | None:
        """The endpoint's source, if it can be read."""
        return read(self.endpoint)

    @property
    def where(self) -> str:
        """`file:line` of the endpoint."""
        return self.code.where if self.code else f"`{_title(self.endpoint)}`, whose source cannot be read"

    @property
    def status(self) -> int:
        """The status of an answer when nothing goes wrong."""
        return int(self.context.status_code or 200)

    @property
    def public(self) -> bool:
        """Whether the document shows it."""
        return bool(self.context.include_in_schema)

    @property
    def is_probe(self) -> bool:
        """Whether it serves those who run the service, not its clients."""
        return self.path.strip("/").split("/")[-1].lower() in PROBES

    @property
    def operation(self) -> dict[str, Any]:
        """What the document says about it; empty when it says nothing."""
        document = self.surface.document or {}
        found = document.get("paths", {}).get(self.context.path_format, {}).get(self.method.lower(), {})
        return found if isinstance(found, dict) else {}

    @functools.cached_property
    def dependencies(self) -> list[Any]:
        """All that it depends on, directly or not, as FastAPI's `Dependant`s."""
        return list(_flat(self.context.dependant)) if getattr(self.context, "dependant", None) else []

    @functools.cached_property
    def functions(self) -> list[Function]:
        """The source of the endpoint and of all its dependencies, as far as it can be read."""
        found = [self.code, *(read(one.call) for one in self.dependencies)]
        return list({one.call: one for one in found if one}.values())

    def fields(self, kind: str) -> list[Any]:
        """The parameters of one kind (`query`, `path`, `body` …) that the endpoint and its dependencies take."""
        trees = [self.context.dependant, *self.dependencies]
        return [one for tree in trees for one in getattr(tree, f"{kind}_params")]

    def values(self, kind: str) -> list[tuple[str, Any]]:
        """The names and types of what is sent as path, query, header or cookie: of a parameter model its fields."""
        found: list[tuple[str, Any]] = []
        for one in self.fields(kind):
            inner = fields_of(type_of(one))
            found += [(alias, annotation) for _, alias, annotation, _ in inner] or [(one.alias, type_of(one))]
        return found

    @functools.cached_property
    def answers_response(self) -> bool:
        """Whether the endpoint makes its Response itself, or streams, so that no model applies to it."""
        from starlette.responses import JSONResponse, Response

        kind = getattr(self.context.response_class, "value", self.context.response_class)
        if isinstance(kind, type) and not issubclass(kind, JSONResponse):
            return True
        returned = self.code.hints.get("return") if self.code else None
        return isinstance(returned, type) and issubclass(returned, Response)


@dataclass
class Surface:
    """One application: the one that was named, or one mounted in it."""

    app: Any
    prefix: str = ""
    routes: list[Route] = field(default_factory=list)
    """HTTP routes."""
    sockets: list[Route] = field(default_factory=list)
    document: dict[str, Any] | None = None
    trouble: str = ""
    """Why there is no document."""
    warnings: list[str] = field(default_factory=list)
    """What FastAPI warned of when it made the document."""
    routers: dict[int, Any] | None = None
    """For each route's id the router that it was written on; None when this FastAPI does not tell."""

    @property
    def public(self) -> list[Route]:
        """The routes that the document shows."""
        return [route for route in self.routes if route.public]

    def router_of(self, route: Route) -> Any:
        """The router that a route was written on; None for the app's own."""
        return (self.routers or {}).get(id(route.context.original_route))


def type_of(field: Any) -> Any:
    """The type of a parameter. Pydantic 1, which FastAPI took until 0.127, keeps it elsewhere."""
    info = field.field_info
    return info.annotation if hasattr(info, "annotation") else getattr(field, "outer_type_", Any)


def fields_of(model: Any) -> list[tuple[str, str, Any, bool]]:
    """A model's fields: name, name as it is sent, type, and whether it is kept from answers. Nothing for other types."""
    if not isinstance(model, type):
        return []
    known = vars(model).get("__pydantic_fields__") or vars(model).get("__fields__")
    if not isinstance(known, dict):
        return []
    return [
        (
            name,
            str(getattr(one, "serialization_alias", None) or getattr(one, "alias", None) or name),
            one.annotation,
            (one if hasattr(one, "exclude") else one.field_info).exclude is True,
        )
        for name, one in known.items()
    ]


def made_at(surface: Surface) -> str:
    """`file:line` of the call that makes the app, when it can be told: where a module names it, or the only such call."""
    kind = type(surface.app).__name__
    packages = {route.code.module.split(".")[0] for route in surface.routes if route.code}
    named, all_ = [], []
    for name, module in list(sys.modules.items()):
        file = (getattr(module, "__file__", None) or "") if name.split(".")[0] in packages else ""
        if f"{kind}(" not in "".join(linecache.getlines(file)):
            continue
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Call) and last_name(node.func) == kind:
                all_.append(place(file, node.lineno))
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                names = [one.id for one in node.targets if isinstance(one, ast.Name)]
                named += [place(file, node.lineno) for one in names if module.__dict__.get(one) is surface.app]
    return named[0] if named else all_[0] if len(all_) == 1 else "where the app is made"


def surfaces(app: Any, prefix: str = "", deep: int = 0) -> list[Surface]:
    """The app and the FastAPI apps mounted in it. Nothing in them is changed."""
    one = Surface(app, prefix)
    mounted: list[Surface] = []
    for context in _contexts(app):
        _add(one, context)
        inner = getattr(context, "_base_app", None)  # a mount's app without the mount's own middleware
        if is_fastapi(inner) and deep < _SUBAPPS_DEEP:
            mounted += surfaces(inner, prefix + str(context.path or ""), deep + 1)
    one.routers = _routers(app)
    _read_document(one)
    return [one, *mounted]


def is_fastapi(thing: Any) -> bool:
    """Whether it is a FastAPI application."""
    from fastapi import FastAPI

    return isinstance(thing, FastAPI)


def _contexts(app: Any) -> Iterator[Any]:
    """All routes with what the routers around them add. Before FastAPI 0.137 the app itself held them so."""
    from fastapi import routing

    iterate = getattr(routing, "iter_route_contexts", None)
    if iterate is not None:
        yield from iterate(app.routes)
        return
    for route in app.routes:
        yield _Flat(route)


class _Flat:
    """A route of an older FastAPI under the name that a newer one gives it."""

    def __init__(self, route: Any) -> None:
        self.original_route = route

    def __getattr__(self, name: str) -> Any:
        return getattr(self.original_route, name)


def _add(surface: Surface, context: Any) -> None:
    from fastapi.routing import APIRoute, APIWebSocketRoute

    if isinstance(context.original_route, APIRoute):
        methods = set(context.methods or ()) or {"GET"}
        named = methods - {"HEAD", "OPTIONS"} or methods
        surface.routes += [Route(surface, method, str(context.path), context) for method in sorted(named)]
    elif isinstance(context.original_route, APIWebSocketRoute):
        surface.sockets.append(Route(surface, "WS", str(context.path), context))


def _routers(app: Any) -> dict[int, Any] | None:
    """Which router each route was written on, read from the tree of routers."""
    from fastapi import routing

    if not hasattr(routing, "iter_route_contexts"):
        return None
    found: dict[int, Any] = {}

    def visit(routes: Any, owner: Any) -> None:
        for route in routes:
            router = getattr(route, "original_router", None)
            if router is not None:
                visit(router.routes, router)
            else:
                found.setdefault(id(route), owner)

    visit(app.routes, None)
    return found


def _flat(dependant: Any) -> Iterator[Any]:
    for one in dependant.dependencies:
        yield one
        yield from _flat(one)


def _read_document(surface: Surface) -> None:
    """Have the document made, and leave the app as it was: a document that it keeps could grow old."""
    app = surface.app
    kept = {name: vars(app)[name] for name in ("openapi_schema", "_openapi_routes_version") if name in vars(app)}
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            surface.document = copy.deepcopy(app.openapi())
        surface.warnings = [str(one.message) for one in caught]
    except Exception as error:
        surface.trouble = f"the OpenAPI document cannot be made ({type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''})"
    finally:
        vars(app).update(kept)


def _title(endpoint: Any) -> str:
    return getattr(endpoint, "__name__", None) or type(endpoint).__name__
