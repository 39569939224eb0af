"""Makes the modules in `app_snippets/stages/`: the API after each sitting, and its tests."""

from coursekit.building.source import index_of
from coursekit.course.errors import CourseError
from coursekit.course.lessons import LessonFolder, Sitting

FOLDER = "app_snippets/stages"


def stage_source(folder: LessonFolder, sitting: Sitting) -> str | None:
    """Return a sitting's cells with the tag `stage` as one module. None if it has no such cells.

    Raises:
        CourseError: a marker in one of them has no partner.
    """
    return _module(folder, [sitting], "stage", "The API")


def suite_source(folder: LessonFolder) -> str | None:
    """Return the cells of all a lesson's sittings with the tag `suite` as one file of tests. None if it has no such cells.

    Raises:
        CourseError: a marker in one of them has no partner.
    """
    return _module(folder, folder.sittings, "suite", "The API's tests")


def stage_files(folder: LessonFolder, sitting: Sitting) -> dict[str, str]:
    """Return the text of each file that a sitting adds to `app_snippets/stages/`, by its path relative to the course's root.

    A lesson's last sitting hands on what is there after the whole lesson, under the lesson's name.
    """
    is_last = sitting == folder.sittings[-1]
    made = {f"after_{folder.name if is_last else sitting.name}": stage_source(folder, sitting)}
    if is_last:
        made[f"test_after_{folder.name}"] = suite_source(folder)
    return {f"{FOLDER}/{name}.py": text for name, text in made.items() if text is not None}


def _module(folder: LessonFolder, sittings: list[Sitting], tag: str, what: str) -> str | None:
    cells: list[str] = []
    for sitting in sittings:
        try:
            cells += index_of(sitting).solved([tag])
        except ValueError as error:
            raise CourseError(f"{sitting.path}, a cell with the tag {tag}: {error}.") from None
    if not cells:
        return None
    after = f"lesson {folder.name[:2]}, {folder.title}" if sittings[-1] == folder.sittings[-1] else sittings[-1].name
    source = sittings[0].path if len(sittings) == 1 else f"lessons/{folder.name}"
    between = "\n\n" if tag == "stage" else "\n\n\n"
    return f'"""{what} after {after}. Built from {source} by `course build`."""\n\n{between.join(cells)}\n'
