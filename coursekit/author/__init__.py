"""The vocabulary for writing checks in a lesson's `exercises.py`: `from coursekit.author import client, exercise, expect, prediction`."""

from coursekit.author import expect
from coursekit.author.api_client import Client, client
from coursekit.course.declarations import exercise, prediction
from coursekit.judging.expectation import NotYet, describe

__all__ = ["Client", "NotYet", "client", "describe", "exercise", "expect", "prediction"]
