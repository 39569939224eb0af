"""Judges a learner's tests for a job by the bugs that they catch in our own app for it."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any

from coursekit.capstone.jobs import Factory, Job, capstone_lesson
from coursekit.course.errors import CourseError
from coursekit.course.ipython import namespace
from coursekit.judging.suite.bugs import (
    AppUnderTest,
    Strength,
    all_caught,
    insert_bug,
    results_without_bug,
    source_of_class,
    strength_of,
    teapot_factory,
)
from coursekit.notebook.store import current_store

_SUBJECT = "course_subject"
"""The module that a file of tests imports the app from."""


@contextmanager
def _importable(job: Job, make: Callable[[], Factory]) -> Iterator[None]:
    """Make the tests import the factory that `make` returns."""
    module = ModuleType(_SUBJECT)
    setattr(module, job.factory, make())
    sys.modules[_SUBJECT] = module
    try:
        yield
    finally:
        del sys.modules[_SUBJECT]


def _reworded(source: str) -> str:
    """Reword a message of our app. The spec leaves the wording open, so a test that expects the original message is too strict.

    Raises:
        CourseError: the app has no such message.
    """
    text, times = re.subn(r'f"There is no \w+ \{\w+\}\."', '"Nothing has this number."', source)
    if not times:
        raise CourseError("Our app in the capstone's lesson no longer says `There is no …`, which this line rewords.")
    return text


def our_source(job: Job) -> str:
    """Return the source of our app for a job: the lesson's own cells with their solutions."""
    folder = capstone_lesson()
    return "\n\n\n".join(folder.cells.solved({"job-0", f"job-{job.number}"})) if folder else ""


def our_factory(job: Job, change: Callable[[str], str] = str) -> Factory:
    """Return the function that builds our app, made from its changed source."""
    module = ModuleType("our_app")
    sys.modules[module.__name__] = module  # where Pydantic and SQLAlchemy look for the names in annotations
    try:
        exec(compile(_reworded(change(our_source(job))), "our app", "exec"), vars(module))
    finally:
        del sys.modules[module.__name__]
    factory: Factory = vars(module)[job.factory]
    return factory


def judge_job_tests(job: Job, tests: Any) -> dict[str, str]:
    """Judge the tests for a job. An exercise's function returns what this returns.

    Raises:
        NotYet: the tests fail without a bug, or miss one.
    """
    is_ready = current_store().outcomes().get(job.exercise) == "passed"
    own = namespace().get(job.factory) if is_ready else None
    words = all_caught(strength_of_job_tests(job, tests, own), "your app and on ours" if own else "our app")
    if not own:
        words["message"] += f" Your app has not passed {job.exercise} yet: after that they are run on it, too."
    return words


def strength_of_job_tests(job: Job, tests: Any, own: Factory | None) -> Strength:
    """Return which bugs a job's tests catch. Without a bug they must pass on our app, and on the learner's if `own` is given.

    Raises:
        NotYet: they fail on one of these apps, or there are no tests.
    """
    source = source_of_class(tests, f"\nfrom {_SUBJECT} import {job.factory}\n")
    ours = AppUnderTest(
        partial(_importable, job, partial(our_factory, job)),
        lambda bug: _importable(job, partial(our_factory, job, partial(insert_bug, bug))),
        partial(_importable, job, lambda: teapot_factory(our_factory(job))),
        f"our app, which does what `{job.spec}` says: the test asks for more, or for something else",
    )
    if own is not None:
        called = f"your own app. Either the test is wrong or the app: `{job.spec}` decides"
        yours = AppUnderTest(partial(_importable, job, lambda: own), ours.with_bug, ours.teapot, called)
        results_without_bug(tests, source, yours)
    return strength_of(tests, source, ours, job.bugs)
