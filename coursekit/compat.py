"""Every private name of a dependency that the kit relies on, each with the reason and a link.

`tests/test_compat.py` has a canary for each: if a release renames one, that test fails and names the function here to change.
"""

import functools
import importlib
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def leave_out_rfc3987() -> None:
    """Keep jsonschema from importing rfc3987_syntax, which takes 1.5 s to compile a grammar of web addresses.

    nbformat validates notebooks with jsonschema, which checks web addresses if rfc3987_syntax is there and goes without if it
    isn't. Notebooks have none to check. Call this before the first import of nbformat.
    https://github.com/python-jsonschema/jsonschema/blob/main/jsonschema/_format.py
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@functools.cache
def import_pytests_plugins() -> None:
    """Import what pytest imports when it starts, so that no copy of this process has to.

    pytest has no public list of its own plugins.
    https://github.com/pytest-dev/pytest/blob/main/src/_pytest/config/__init__.py
    """
    from _pytest.config import default_plugins

    for plugin in default_plugins:
        importlib.import_module(f"_pytest.{plugin}")


STATUS_OF_AN_UNSENT_RESPONSE = 999
"""Stands for the status of the `response` parameter that FastAPI hands to a route, which is None until FastAPI sends it.

A learner who returns that object makes Starlette send None as the status, which no client takes.
https://github.com/fastapi/fastapi/blob/master/fastapi/dependencies/utils.py
"""


def threads_of(pool: ThreadPoolExecutor) -> int:
    """How many threads a pool may have. The standard library keeps the number in a private attribute.

    https://github.com/python/cpython/blob/main/Lib/concurrent/futures/thread.py
    """
    return pool._max_workers


def show_traceback(shell: Any, kind: type[BaseException], said: str, lines: list[str]) -> None:
    """Show a traceback of these lines in IPython. A handler of exceptions can only do that through a private method.

    https://github.com/ipython/ipykernel/blob/main/ipykernel/zmqshell.py
    """
    shell._showtraceback(kind, said, lines)
