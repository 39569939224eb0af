"""A notebook without a kernel, one with a kernel, and a small course: what the kit's tests use in place of a learner's."""

import contextlib
import linecache
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from coursekit.building.freshness import write_index
from coursekit.course.declarations import Exercise
from coursekit.course.lessons import Sitting
from coursekit.judging import history, judge
from coursekit.judging.history import CellRun
from coursekit.judging.verdict import Verdict
from coursekit.notebook import store

LESSON = """# 01 · Small

```{code-cell}
from coursekit import check, hint, predict, progress, show, solution
```

```{code-cell}
predict("1.p1", ...)
```

```{code-cell}
status = 404
```

```{code-cell}
:tags: [exercise-1.1]
answer = 0  # your answer
### BEGIN SOLUTION
answer = 42
### END SOLUTION
```

```{code-cell}
check("1.1")
```

```{code-cell}
:tags: [exercise-1.2]
# Write your app here. Call it app.
### BEGIN SOLUTION
from fastapi import FastAPI
app = FastAPI()
@app.get("/x")
def x():
    return {"a": 1}
### END SOLUTION
```

```{code-cell}
check("1.2")
```

```{code-cell}
:tags: [exercise-1.3]
# A function called double.
### BEGIN SOLUTION
def double(number):
    return 2 * number
### END SOLUTION
```

```{code-cell}
check("1.3")
```
"""

EXERCISES = """
from coursekit.author import client, exercise, expect, prediction

prediction("1.p1", answer=404, evidence="status", choices=(200, 404, "none of them"))
prediction("1.p2", answer=(1, 2), evidence="(1, 2)")


@exercise("1.1", "A number", hints=["Think of a number.", "It is large.", "It is 42."])
def number(answer):
    expect.equal(answer, 42, "the answer", why="It is the answer to everything.")


@exercise("1.2", "An app", hints=["What is asked for?", "It is /x."])
def an_app(app):
    response = client(app).get("/x")
    expect.status(response, 200, why="Somebody asks for /x.")
    expect.body(response, {"a": 1}, why="Somebody reads a.")


@exercise("1.3", "A function", hints=["Twice.", "2 * number"], limit=0.5)
def doubled(double):
    expect.equal(double(2), 4, "double(2)", why="2 and 2 is 4.")
    expect.equal(double(5), 10, "double(5)", why="5 and 5 is 10.")
"""


def write_course(root: Path) -> Path:
    """A course of one small lesson, with the index of its cells; for a kernel, name it in COURSE_ROOT."""
    folder = root / "lessons/01_small"
    folder.mkdir(parents=True)
    (folder / "1_small.md").write_text(LESSON, encoding="utf-8")
    (folder / "exercises.py").write_text(EXERCISES, encoding="utf-8")
    write_index(Sitting(folder / "1_small.md"))
    return root


@dataclass
class Notebook:
    """Cells that run one after the other, without a kernel."""

    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})

    def run(self, source: str) -> None:
        history.cells_run.append(CellRun(source))
        name = f"/tmp/ipykernel_1/{next(_numbers)}.py"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        exec(compile(source, name, "exec"), self.names)

    def check(self, ask: Callable[..., None], limit: float = 10.0) -> Verdict:
        """The verdict on questions that are no lesson's."""
        return judge.judge(Exercise("99.1", "A title", (), ("one", "two"), limit, ask), self.names)


_numbers = count()


@dataclass
class Course:
    """A small course, a workspace of it, and a notebook in the workspace."""

    root: Path
    workspace: Path
    notebook: Notebook

    @property
    def file(self) -> Path:
        return self.workspace / ".course/progress.sqlite"

    def restart(self) -> None:
        """As if the kernel had been restarted."""
        store._stores.clear()


class Kernel:
    """A real kernel in a workspace of the small course."""

    def __init__(self, folder: Path, **environment: str) -> None:
        from jupyter_client.manager import KernelManager

        self.workspace = folder / "workspace"
        (self.workspace / ".course").mkdir(parents=True)
        course = write_course(folder / "course")
        # colours and a news check of a user's own configuration are not part of the test
        own = {"COURSE_ROOT": str(course), "IPYTHONDIR": str(folder / "ipython"), **environment}
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(
            env={**os.environ, **own}, cwd=str(self.workspace), extra_arguments=["--IPKernelApp.log_level=40"]
        )
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, source: str) -> "Outputs":
        outputs = Outputs()
        self.client.execute_interactive(source, output_hook=outputs.add, timeout=60, allow_stdin=False)
        return outputs

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@dataclass
class Outputs:
    """What a cell showed."""

    printed: str = ""
    stderr: str = ""
    error: str = ""
    shown: list[dict[str, str]] = field(default_factory=list)

    def add(self, message: dict[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            if content["name"] == "stdout":
                self.printed += content["text"]
            else:
                self.stderr += content["text"]
        elif kind == "error":
            self.error += "\n".join(content["traceback"])
        elif kind in ("execute_result", "display_data"):
            self.shown.append(content["data"])

    @property
    def text(self) -> str:
        return "\n".join(data["text/plain"] for data in self.shown)


def children() -> set[str]:
    """The processes that this one has started and that are not gone."""
    if sys.platform != "linux":
        return set(subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True).stdout.split())
    found: set[str] = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            found.update((task / "children").read_text().split())
    return found
