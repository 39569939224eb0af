"""The parts of a capstone job. The capstone lesson's exercises.py declares the jobs."""

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
    """An acceptance test: what somebody does with the API, and what they must get back."""

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
    """Makes the app for the review."""
    people: Callable[[Factory], AbstractContextManager[Any]]
    """Makes a new app and the people who use it. A story gets what this context yields."""
    stories: tuple[Story, ...]
    bugs: tuple[Bug, ...]


jobs: dict[int, Job] = {}
"""The jobs that the lesson has declared, by number."""


def capstone_lesson() -> LessonFolder | None:
    """The lesson with the jobs, or None in a course without a capstone."""
    return this_course().lesson_of(f"{LESSON}.0")
