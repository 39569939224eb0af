"""Every private name of a dependency that the kit uses, each with a reason and a link.

If a release renames one of them, its canary test fails and names the function here that has to change.
"""

import functools
import importlib
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def leave_out_rfc3987() -> None:
    """Keep jsonschema from importing rfc3987_syntax, which takes 1.5 s to compile a grammar of web addresses.

    nbformat validates notebooks with jsonschema, which checks web addresses only if rfc3987_syntax is installed. Notebooks have
    no addresses to check. Call this before nbformat is imported for the first time.
    https://github.com/python-jsonschema/jsonschema/blob/main/jsonschema/_format.py
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@functools.cache
def import_pytests_plugins() -> None:
    """Import the plugins that pytest imports when it starts, so that a copy of this process doesn't have to.

    pytest doesn't publish a list of its own plugins.
    https://github.com/pytest-dev/pytest/blob/main/src/_pytest/config/__init__.py
    """
    from _pytest.config import default_plugins

    for plugin in default_plugins:
        importlib.import_module(f"_pytest.{plugin}")


STATUS_OF_AN_UNSENT_RESPONSE = 999
"""Replaces the status None, which the `response` parameter of a route has until FastAPI sends the response.

If a learner returns that parameter, Starlette sends None as the status, and no client accepts that.
https://github.com/fastapi/fastapi/blob/master/fastapi/dependencies/utils.py
"""


def threads_of(pool: ThreadPoolExecutor) -> int:
    """The number of threads that a pool may have. The standard library keeps it in a private attribute.

    https://github.com/python/cpython/blob/main/Lib/concurrent/futures/thread.py
    """
    return pool._max_workers


def show_traceback(shell: Any, kind: type[BaseException], said: str, lines: list[str]) -> None:
    """Show these lines as a traceback in IPython. A custom exception handler can do that only through a private method.

    https://github.com/ipython/ipykernel/blob/main/ipykernel/zmqshell.py
    """
    shell._showtraceback(kind, said, lines)
