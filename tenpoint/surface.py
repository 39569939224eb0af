"""What can be known about an app without looking into its functions: routes, dependency trees, the OpenAPI document."""

import ast
import copy
import functools
import linecache
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tenpoint.compat import KEPT_WITH_THE_DOCUMENT, app_behind
from tenpoint.source import Function, last_name, place, read, tree_of

PROBES = {
    *("", "health", "healthz", "healthcheck", "heartbeat", "ready", "readyz", "live", "livez", "ping"),
    *("status", "version", "metrics"),
}
"""Last parts of paths that serve the people who run a service, and don't name a resource."""
_SUBAPPS_DEEP = 5


@dataclass(frozen=True, eq=False)
class Route:
    """One method on one path, with the settings that it inherits from the routers around it."""

    surface: "Surface"
    method: str
    path: str
    context: Any

    @property
    def name(self) -> str:
        """`POST /tasks`, with the prefix of the mounted app that it is in."""
        return f"{self.method} {self.surface.prefix}{self.path}"

    @property
    def endpoint(self) -> Any:
        """The callable that handles its requests."""
        return self.context.endpoint

    @functools.cached_property
    def code(self) -> Function | None:
        """The endpoint with its source; None if the source can't be read."""
        return read(self.endpoint)

    @property
    def where(self) -> str:
        """`file:line` of the endpoint."""
        return self.code.where if self.code else f"`{_name_of(self.endpoint)}`, whose source cannot be read"

    @property
    def status(self) -> int:
        """The status of a successful answer."""
        return int(self.context.status_code or 200)

    @property
    def public(self) -> bool:
        """Whether the OpenAPI document includes it."""
        return bool(self.context.include_in_schema)

    @property
    def is_probe(self) -> bool:
        """Whether it serves the people who run the service, and not its clients."""
        return self.path.strip("/").split("/")[-1].lower() in PROBES

    @property
    def operation(self) -> dict[str, Any]:
        """What the OpenAPI document says about it; empty if it says nothing."""
        document = self.surface.document or {}
        found = document.get("paths", {}).get(self.context.path_format, {}).get(self.method.lower(), {})
        return found if isinstance(found, dict) else {}

    @functools.cached_property
    def dependencies(self) -> list[Any]:
        """All its dependencies, direct and indirect, as FastAPI's `Dependant` objects."""
        return list(_flat(self.context.dependant)) if getattr(self.context, "dependant", None) else []

    @functools.cached_property
    def functions(self) -> list[Function]:
        """The endpoint and all its dependencies with their source, as far as it can be read."""
        found = [self.code, *(read(one.call) for one in self.dependencies)]
        return list({one.call: one for one in found if one}.values())

    def fields(self, kind: str) -> list[Any]:
        """Return the parameters of one kind (`query`, `path`, `body` …) of the endpoint and its dependencies."""
        trees = [self.context.dependant, *self.dependencies]
        return [one for tree in trees for one in getattr(tree, f"{kind}_params")]

    def values(self, kind: str) -> list[tuple[str, Any]]:
        """Return names and types of the values that are sent as path, query, header or cookie; for a parameter model, of its fields."""
        found: list[tuple[str, Any]] = []
        for one in self.fields(kind):
            inner = fields_of(type_of(one))
            found += [(alias, annotation) for _, alias, annotation, _ in inner] or [(one.alias, type_of(one))]
        return found

    @functools.cached_property
    def answers_response(self) -> bool:
        """Whether the endpoint returns a Response or streams, so that no response model applies."""
        from starlette.responses import JSONResponse, Response

        kind = getattr(self.context.response_class, "value", self.context.response_class)
        if isinstance(kind, type) and not issubclass(kind, JSONResponse):
            return True
        returned = self.code.hints.get("return") if self.code else None
        return isinstance(returned, type) and issubclass(returned, Response)


@dataclass
class Surface:
    """What is known about one application: the reviewed app, or one that is mounted in it."""

    app: Any
    prefix: str = ""
    routes: list[Route] = field(default_factory=list)
    """The HTTP routes."""
    sockets: list[Route] = field(default_factory=list)
    document: dict[str, Any] | None = None
    trouble: str = ""
    """Why there is no OpenAPI document."""
    warnings: list[str] = field(default_factory=list)
    """The warnings that FastAPI gave when it made the document."""
    routers: dict[int, Any] | None = None
    """The router on which each route was declared, by the route's `id()`; None if this version of FastAPI doesn't tell."""

    @property
    def public(self) -> list[Route]:
        """The routes that the OpenAPI document includes."""
        return [route for route in self.routes if route.public]

    def router_of(self, route: Route) -> Any:
        """Return the router on which a route was declared; None if it was declared on the app."""
        return (self.routers or {}).get(id(route.context.original_route))


def type_of(field: Any) -> Any:
    """Return the type of a parameter. Pydantic 1, which FastAPI supported until 0.127, keeps it elsewhere."""
    info = field.field_info
    return info.annotation if hasattr(info, "annotation") else getattr(field, "outer_type_", Any)


def fields_of(model: Any) -> list[tuple[str, str, Any, bool]]:
    """Return a model's fields: name, name as it is sent, type, and whether it is excluded from answers. Empty for other types."""
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
    """Return `file:line` of the call that makes the app: the one assigned to a module's name, or the only one. Words otherwise."""
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
    """Return what is known about the app and the FastAPI apps that are mounted in it. Nothing in them is changed."""
    one = Surface(app, prefix)
    mounted: list[Surface] = []
    for context in _contexts(app):
        _add(one, context)
        inner = app_behind(context)
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
    """Yield all routes with the settings of the routers around them. Before FastAPI 0.137, `app.routes` held them like this."""
    from fastapi import routing

    iterate = getattr(routing, "iter_route_contexts", None)
    if iterate is not None:
        yield from iterate(app.routes)
        return
    for route in app.routes:
        yield _Flat(route)


class _Flat:
    """A route of an older FastAPI, with the attributes of the contexts of a newer one."""

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
    """Return the router on which each route was declared, from the tree of routers."""
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
    """Make the OpenAPI document, and remove it from the app: an app that keeps it wouldn't show routes that are added later."""
    app = surface.app
    kept = {name: vars(app)[name] for name in KEPT_WITH_THE_DOCUMENT if name in vars(app)}
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            surface.document = copy.deepcopy(app.openapi())
        surface.warnings = [str(one.message) for one in caught]
    except Exception as error:
        surface.trouble = f"the OpenAPI document cannot be made ({type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''})"
    finally:
        vars(app).update(kept)


def _name_of(endpoint: Any) -> str:
    return getattr(endpoint, "__name__", None) or type(endpoint).__name__
