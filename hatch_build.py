"""What the wheel holds besides the packages: the lessons, the notebooks, and what they read."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACES = ("app_snippets", "lessons", "notebooks", "specs", "templates", ".specify", "requirements-dev.lock")


class LessonsInTheWheel(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the places into a folder of their own beside the packages, and that folder on the path.

    app_snippets is among them because the lessons look for the specs beside it. An editable install has them in the clone.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds a wheel."""
        if version == "standard":
            build_data["force_include"] |= {place: f"fastapi_course/{place}" for place in PLACES}
            build_data["force_include"]["coursekit/fastapi_course.pth"] = "fastapi_course.pth"
