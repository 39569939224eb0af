"""What a job of the capstone is made of. The lesson's exercises.py declares the jobs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from coursekit.course.lessons import LessonFolder, this_course
from coursekit.judging.suite.bugs import Bug

LESSON = "12"

Factory = Callable[..., Any]
"""A function that builds a FastAPI app."""


@dataclass(frozen=True)
class Story:
    """An acceptance test: what somebody does with the API, and what they must get."""

    title: str
    ask: Callable[[Any], None]


@dataclass(frozen=True)
class Job:
    """One job of the capstone."""

    number: int
    title: str
    exercise: str
    """The exercise that asks for the app."""
    spec: str
    factory: str
    """The name of the function that builds the learner's app."""
    tests: str
    """The name of the class with the learner's tests."""
    build: Callable[[Factory], Any]
    """An app for the review."""
    people: Callable[[Factory], AbstractContextManager[Any]]
    """What a story asks with: a new app, and who may ask."""
    stories: tuple[Story, ...]
    bugs: tuple[Bug, ...]


jobs: dict[int, Job] = {}
"""The jobs that the lesson has declared."""


def capstone_lesson() -> LessonFolder | None:
    """The lesson with the jobs; None in a course that has none."""
    return this_course().lesson_of(f"{LESSON}.0")
