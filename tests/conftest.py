"""Fixtures of the kit's own tests: a notebook without a kernel, one with a kernel, and a small course."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from stand_ins import Course, Kernel, Notebook, children, write_course

from coursekit.course.lessons import this_course
from coursekit.judging import history, thread
from coursekit.notebook import exercises, store


@pytest.fixture
def notebook() -> Notebook:
    history.cells_run.clear()
    return Notebook()


@pytest.fixture(params=["fork", "thread"])
def form(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each way in which a check can be isolated."""
    kind: str = request.param
    monkeypatch.delenv("COURSE_NO_FORK", raising=False)
    if kind == "fork" and not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    if kind == "fork":
        yield kind
        return
    monkeypatch.setenv("COURSE_NO_FORK", "1")
    monkeypatch.setattr(thread, "_GRACE", 0.3)
    for complaint in ("PytestUnhandledThreadException", "PytestUnraisableException"):
        # A thread that is ended by force, and what it leaves, complain here and nowhere else: SystemExit is silent.
        request.node.add_marker(pytest.mark.filterwarnings(f"ignore::pytest.{complaint}Warning"))
    yield kind
    gc.collect(1)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notebook: Notebook) -> Iterator[Course]:
    root = write_course(tmp_path / "course")
    workspace = tmp_path / "my workspace"
    (workspace / ".course").mkdir(parents=True)
    monkeypatch.setenv("COURSE_ROOT", str(root))
    this_course.cache_clear()
    monkeypatch.setattr(store, "_stores", {})
    monkeypatch.setattr(store, "_began_in", workspace)
    monkeypatch.setattr(exercises, "namespace", lambda: notebook.names)
    monkeypatch.setattr(exercises, "_awaiting_result", {})
    monkeypatch.chdir(workspace)
    yield Course(root, workspace, notebook)
    this_course.cache_clear()


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    running = Kernel(tmp_path_factory.mktemp("kernel"))
    running.run("from coursekit import check, hint, predict, progress, serve, show, solution\nimport os, sys, time")
    yield running
    running.stop()


@pytest.fixture
def no_child_left() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before
