"""Writes the certificate for a finished capstone: one HTML file for printing, which needs no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from coursekit.course.render import brief
from coursekit.pages import templates

FILE = "certificate.html"
LONGEST_NAME = 80


@dataclass(frozen=True)
class Verified:
    """What was verified about one job."""

    title: str
    spec: str
    stories: tuple[str, ...]
    points: int
    of_points: int
    bugs: int


def write(file: Path, name: str, verified: Sequence[Verified]) -> Path:
    """Write the certificate, replacing an earlier one, and return its path.

    Raises:
        OSError: the file cannot be written.
    """
    file.write_text(page(name, verified, date.today()), encoding="utf-8")
    return file


def page(name: str, verified: Sequence[Verified], day: date) -> str:
    """Return the certificate as HTML."""
    shown = brief(" ".join(name.split()), LONGEST_NAME)
    versions = f"Course {version('fastapi-course')} · FastAPI {version('fastapi')} · {day:%Y-%m-%d}"
    return templates("capstone").get_template("certificate.html").render(name=shown, jobs=verified, versions=versions)
