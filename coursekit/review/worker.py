"""The review in a process of its own: whatever the app does on import, whoever asked gets an answer.

It may run under another interpreter than the course's, in which nothing but FastAPI is installed.
"""

import functools
import importlib
import inspect
import json
import os
import subprocess
import sys
import tempfile
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coursekit.course.errors import CallError
from coursekit.review.order import Standards
from coursekit.review.report import Review
from coursekit.review.run import run
from coursekit.review.surface import is_fastapi
from coursekit.review.waiting import RUFF, find_ruff

PATIENCE = 180
"""Seconds that a review may take, with the import of the app."""
# The package without what notebooks need: IPython is not everywhere. The app may import the whole of it later.
_BOOT = """\
import sys, types
kit = types.ModuleType("coursekit")
kit.__path__ = [sys.argv[1]]
sys.modules["coursekit"] = kit
from coursekit.review.worker import work
del sys.modules["coursekit"]
work(sys.argv[2])
"""


def review_in_process_of_its_own(
    target: str, standards: Standards, python: str = sys.executable, **options: Any
) -> Review:
    """Review `MODULE:APP` as seen from the current folder.

    Args:
        target: `package.module:app`, or `package.module:create_app` for a factory.
        standards: what the app's project demands of itself.
        python: the interpreter that has the app's packages.
        options: `factory`, and what `run` takes: `call`, `unsafe`, `headers`.

    Raises:
        CallError: there is no such app, or it cannot be imported.

    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        job, result = Path(folder) / "job.json", Path(folder) / "result.json"
        order = {"target": target, "standards": asdict(standards), "result": str(result), **options}
        job.write_text(json.dumps(order), encoding="utf-8")
        command = [python, "-c", _BOOT, str(Path(__file__).resolve().parent.parent), str(job)]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", RUFF: find_ruff() or ""}
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, env=environment, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise CallError(
                f"{target} was not imported and reviewed within {PATIENCE} s. Does it wait for something on import?"
            ) from error
        except OSError as error:
            raise CallError(
                f"{python} cannot be run ({error.strerror}). Give --python the path of the app's interpreter."
            ) from error
        if not result.exists():
            last = (done.stderr.decode(errors="replace").strip().splitlines() or [f"exit status {done.returncode}"])[-1]
            raise CallError(f"The process that looked at {target} ended before it was done: {last}")
        answer = json.loads(result.read_text(encoding="utf-8"))
    if "refused" in answer:
        raise CallError(answer["refused"])
    return Review.from_dict(answer)


def work(job: str) -> None:
    """Do what the file says, and write the review to the file that it names."""
    order = json.loads(Path(job).read_text(encoding="utf-8"))
    standards = Standards(**order.pop("standards"))
    result = Path(order.pop("result"))
    here = Path.cwd()
    try:
        app = load(order["target"], factory=order.pop("factory", False))
        os.chdir(here)  # the app may have gone elsewhere
        answer: dict[str, Any] = run(app, order.pop("target"), standards, **order).facts()
    except CallError as error:
        answer = {"refused": str(error)}
    result.write_text(json.dumps(answer), encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)  # threads and servers that the app has started do not keep us


def load(target: str, *, factory: bool = False) -> Any:
    """Import `MODULE:APP`, call it if it is a factory, and find the FastAPI app in what wraps it.

    Raises:
        CallError: one line on why there is no app.

    """
    module_name, colon, path = target.partition(":")
    if not colon or not module_name or not path:
        raise CallError(f"`{target}` names no app. Write MODULE:APP, such as `{_as_module(target)}:app`.")
    if module_name.endswith(".py") or "/" in module_name:
        raise CallError(f"`{module_name}` is a file. Name its module: `{_as_module(module_name)}:{path}`.")
    thing: Any = _import(module_name)
    for name in path.removesuffix("()").split("."):
        if not hasattr(thing, name):
            raise CallError(f"The module `{module_name}` has no `{name}`.{_apps_in(thing)}")
        thing = getattr(thing, name)
    makes_one = inspect.isroutine(thing) or inspect.isclass(thing) or isinstance(thing, functools.partial)
    if factory or makes_one:
        thing = _call(thing, target)
    app = thing if is_fastapi(thing) else _inside(thing)
    if app is None:
        raise CallError(f"`{target}` is no FastAPI application: its type is {type(thing).__name__}.")
    return app


def _as_module(file: str) -> str:
    return file.removesuffix(".py").strip("./").replace("/", ".") or "main"


def _import(name: str) -> Any:
    sys.path.insert(0, str(Path.cwd()))
    try:
        return importlib.import_module(name)
    except BaseException as error:  # SystemExit, too: some modules end the process on import
        missing = error.name if isinstance(error, ModuleNotFoundError) else None
        if missing and f"{name}.".startswith(f"{missing}."):
            raise CallError(
                f"There is no module `{missing}` here. Go to the folder that holds it, or name it as Python imports it."
            ) from None
        raise CallError(f"`{name}` cannot be imported: {_in_a_line(error)}") from None


def _in_a_line(error: BaseException) -> str:
    """What was raised, and where: the last place outside the machinery of imports."""
    frames = [
        one
        for one in traceback.extract_tb(error.__traceback__)
        if "importlib" not in one.filename and one.filename != __file__
    ]
    text = next((line for line in str(error).splitlines() if line.strip()), "")[:200]
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{': ' if text else ''}{text}{where}"


def _apps_in(module: Any) -> str:
    apps = [name for name, value in list(vars(module).items()) if is_fastapi(value)] if inspect.ismodule(module) else []
    return f" It has `{apps[0]}`." if apps else ""


def _call(factory: Any, target: str) -> Any:
    """Call a factory.

    Raises:
        CallError: it wants arguments, or raises.

    """
    if not callable(factory):
        raise CallError(f"`{target}` is no factory: its type is {type(factory).__name__}.")
    try:
        needed = [
            one.name
            for one in inspect.signature(factory).parameters.values()
            if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
        ]
    except (TypeError, ValueError):
        needed = []
    if needed:
        raise CallError(
            f"`{target}` wants the argument `{needed[0]}`. Write a function without parameters that makes the app, and name that."
        )
    try:
        return factory()
    except BaseException as error:
        raise CallError(f"`{target}` cannot be called: {_in_a_line(error)}") from None


def _inside(thing: Any) -> Any:
    """The FastAPI app that a middleware or another wrapper holds; None when there is none."""
    for _ in range(10):
        for name in ("app", "_app", "other_asgi_app", "application"):
            inner = getattr(thing, "__dict__", {}).get(name)
            if is_fastapi(inner):
                return inner
            if inner is not None:
                thing = inner
                break
        else:
            return None
    return None
