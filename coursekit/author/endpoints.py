"""Reads the learner's function that answered a request, for mistakes that an answer alone doesn't show."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
KEY = "coursekit.endpoint"
"""Where the client keeps the function in a response's `extensions`."""


def endpoint_of(response: Any) -> Callable[..., Any] | None:
    """Return the function that answered. None if no route matched, or if the response comes from another client."""
    found = inspect.unwrap(response.extensions.get(KEY) or _nothing)
    return found if inspect.isfunction(found) and found is not _nothing else None


def old_response(response: Any) -> str:
    """A sentence for a function that sets a header on a response of an earlier cell. Empty if it doesn't do that."""
    function = endpoint_of(response)
    if function is None or "headers" not in function.__code__.co_names:
        return ""
    for name in function.__code__.co_names:
        if _is_a_response(function.__globals__.get(name)):
            return (
                f"Your function sets headers on `{name}`, which is not a parameter: it is what an earlier cell of the notebook has stored under that name. "
                f"Take the response of this request as a parameter: `{name}: Response`."
            )
    return ""


def no_return(response: Any) -> str:
    """A sentence for a function that never returns a value. Empty if it does somewhere, or isn't known."""
    function = endpoint_of(response)
    if function is None or _may_return(function):
        return ""
    return f"`{function.__name__}` never returns a value, so the answer is `null`. A `return` is missing."


def _may_return(function: Callable[..., Any]) -> bool:
    """Whether a function's source has a `return` with a value, or a `yield`. True if its source isn't there."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except (OSError, SyntaxError, ValueError):
        return True
    ahead: list[ast.AST] = list(getattr(tree, "body", [])) if isinstance(tree, _FUNCTIONS) else [ast.Yield()]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom) or (isinstance(node, ast.Return) and node.value is not None):
            return True
        if not isinstance(node, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            ahead.extend(ast.iter_child_nodes(node))
    return False


def _nothing() -> None:
    pass


def _is_a_response(value: Any) -> bool:
    return not isinstance(value, type) and type(value).__name__.endswith("Response") and hasattr(value, "headers")
