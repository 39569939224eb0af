"""Makes the modules in `app_snippets/stages/`: the API after each lesson, and its tests."""

from coursekit.building.source import index_of
from coursekit.course.errors import CourseError
from coursekit.course.lessons import LessonFolder

FOLDER = "app_snippets/stages"


def stage_source(folder: LessonFolder) -> str | None:
    """Return the cells tagged `stage` as one module. None if the lesson has no such cells.

    Raises:
        CourseError: a marker in one of them has no partner.
    """
    return _module(folder, "stage", "The API")


def suite_source(folder: LessonFolder) -> str | None:
    """Return the cells tagged `suite` as one file of tests. None if the lesson has no such cells.

    Raises:
        CourseError: a marker in one of them has no partner.
    """
    return _module(folder, "suite", "The API's tests")


def stage_files(folder: LessonFolder) -> dict[str, str]:
    """Return the text of each file that a lesson adds to `app_snippets/stages/`, by its path relative to the course's root."""
    made = {f"after_{folder.name}": stage_source(folder), f"test_after_{folder.name}": suite_source(folder)}
    return {f"{FOLDER}/{name}.py": text for name, text in made.items() if text is not None}


def _module(folder: LessonFolder, tag: str, what: str) -> str | None:
    index = index_of(folder)
    try:
        cells = index.solved([tag])
    except ValueError as error:
        raise CourseError(f"lessons/{folder.name}/lesson.md, a cell with the tag {tag}: {error}.") from None
    if not cells:
        return None
    docstring = f'"""{what} after lesson {folder.name[:2]}, {index.title}. Built from lessons/{folder.name}/lesson.md by `course build`."""'
    between = "\n\n" if tag == "stage" else "\n\n\n"
    return f"{docstring}\n\n{between.join(cells)}\n"
