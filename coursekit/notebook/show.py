"""`show`: displays an exchange, an app's routes, or a route's dependency chain."""

import functools
import html
import inspect
import re
from collections.abc import Hashable, Iterator
from typing import Any

from coursekit.course.render import BOX, Note, Table, block, brief, sentence
from coursekit.course.words import count
from coursekit.judging.exchange import Exchange
from coursekit.judging.expectation import describe

_MODULE = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")
"""Matches the module before a class's name in an annotation."""


def show(thing: Any, path: str | None = None, method: str = "GET") -> "Note | Table | Drawing | ShownExchange":
    """Show a response as an exchange, an app as its routes, or one route as its dependency chain.

    Args:
        thing: a response of TestClient or httpx, a FastAPI application, or an APIRouter.
        path: the path of the route in an app whose dependency chain is drawn, such as `/tasks/{task_id}`.
        method: the method of that route.
    """
    if _is_a_response(thing):
        try:
            return ShownExchange(Exchange.of(thing))
        except RuntimeError:  # httpx raises it for a response without a request
            return Note("This response answers no request, so there is no exchange to show.")
    if hasattr(type(thing), "include_router"):
        return _routes(thing) if path is None else _chain(thing, str(path), str(method).upper())
    return Note(f"`show` takes a response, an app or a router; it got {describe(thing)}.")


def _is_a_response(thing: Any) -> bool:
    """Whether it is a response of httpx or httpx2. Looks only at its type, because asking the object itself runs its code."""
    kinds = type(thing).__mro__
    return any(kind.__name__ == "Response" and kind.__module__.split(".")[0] in ("httpx", "httpx2") for kind in kinds)


class ShownExchange:
    """An exchange that a notebook displays, with the meaning of its status."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    @property
    def _meaning(self) -> str:
        return f"{self.exchange.status} means: {self.exchange.meaning}."

    def __repr__(self) -> str:
        return "\n".join([self.exchange.text(), self._meaning, *self.exchange.explain_422()])

    def _repr_html_(self) -> str:
        lines = [self._meaning, *self.exchange.explain_422()]
        return f'<div style="{BOX}">{block(self.exchange.text())}{"".join(f"<div>{sentence(line)}</div>" for line in lines)}</div>'


class Drawing:
    """A Mermaid diagram, which JupyterLab draws without a network, and the same as text for everything else."""

    def __init__(self, mermaid: str, text: str) -> None:
        self.mermaid = mermaid
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/vnd.mermaid": self.mermaid, "text/plain": self.text}


def _api_routes(app: Any) -> Iterator[Any]:
    """Yield the app's API routes as they apply to a request, including prefixes and the settings of routers."""
    from fastapi.routing import APIRoute, iter_route_contexts

    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute):
            yield context


def _routes(app: Any) -> Table | Note:
    rows = [
        [
            method,
            f"`{route.path}`",
            str(route.status_code or 200),
            _body_of(route),
            _model(route.response_model),
            route.summary or _title(route),
        ]
        for route in _api_routes(app)
        for method in sorted(route.methods)
    ]
    if not rows:
        return Note("There is no route yet.")
    return Table(count(len(rows), "route"), ["method", "path", "status", "takes", "answers with", "summary"], rows)


def _title(route: Any) -> str:
    return str(route.name).replace("_", " ").capitalize()


def _body_of(route: Any) -> str:
    return ", ".join(_model(field.field_info.annotation) for field in route.dependant.body_params)


def _model(model: Any) -> str:
    """A type as it is written in code, such as `list[Task]`."""
    if model is None:
        return ""
    return f"`{_MODULE.sub('', inspect.formatannotation(model))}`"


def _chain(app: Any, path: str, method: str) -> Drawing | Note:
    routes = {(one, route.path): route for route in _api_routes(app) for one in sorted(route.methods)}
    route = routes.get((method, path))
    if route is None:
        known = ", ".join(f"`{one} {there}`" for one, there in routes)
        there_are = f"The routes are {known}." if known else "There is no route yet."
        return Note(f"There is no `{brief(method, 20)} {brief(path, 100)}`. {there_are}")
    lines = [f"{method} {path} → {route.name}", *_tree(route.dependant, "  ")]
    if not route.dependant.dependencies:
        lines.append("  needs no dependency")
    return Drawing(_mermaid(f"{method} {path}", route), "\n".join(lines))


def _tree(dependant: Any, margin: str) -> Iterator[str]:
    for needed in dependant.dependencies:
        yield f"{margin}needs {_label_of(needed)}"
        yield from _tree(needed, margin + "  ")


def _label_of(dependant: Any) -> str:
    """A dependency's name, and in parentheses whether it yields and which scope it has."""
    call = dependant.call
    while isinstance(call, functools.partial):
        call = call.func
    name = getattr(call, "__name__", None) or type(call).__name__
    kinds = ["yield"] if _yields(call) else []
    if dependant.scope:
        kinds.append(f"scope={dependant.scope}")
    return name + (f" ({', '.join(kinds)})" if kinds else "")


def _yields(call: Any) -> bool:
    functions = (call, type(call).__call__)
    return any(inspect.isgeneratorfunction(one) or inspect.isasyncgenfunction(one) for one in functions)


def _sharing_key(dependant: Any) -> object:
    """A key that is equal for two uses of a dependency if FastAPI calls it only once for both in a request."""
    if not dependant.use_cache:
        return id(dependant)
    call = dependant.call
    scope = dependant.scope or ("request" if _yields(call) else "")
    return (call if isinstance(call, Hashable) else id(call)), scope


def _mermaid(title: str, route: Any) -> str:
    """The chain as a flowchart. An arrow leads from a route or dependency to what it needs. A shared dependency is one box."""
    boxes: dict[object, str] = {}
    lines = ["flowchart LR", f'  route["{_quoted(title)}<br/>{_quoted(route.name)}"]']

    def add(dependant: Any, parent: str) -> None:
        for needed in dependant.dependencies:
            key = _sharing_key(needed)
            if key not in boxes:
                boxes[key] = f"d{len(boxes)}"
                lines.append(f'  {boxes[key]}["{_quoted(_label_of(needed)).replace(" (", "<br/>(")}"]')
            box = boxes[key]
            arrow = f"  {parent} --> {box}"
            if arrow not in lines:
                lines.append(arrow)
                add(needed, box)

    add(route.dependant, "route")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return html.escape(text).replace("{", "#123;").replace("}", "#125;")
