"""The ten-point review of any FastAPI application: `review(app)` in a notebook, `course review MODULE:APP` on the command line."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coursekit.course.render import Note
    from coursekit.review.report import Review


def review(app: Any, *, call: bool = False) -> "Review | Note":
    """Hold an application against the ten points.

    Nothing in the app is changed, and none of its functions runs, unless `call` is given.

    Args:
        app: the FastAPI application.
        call: whether to ask it, too: its lifespan runs, and each GET route is asked once, in process.

    """
    from coursekit.course.errors import CourseError
    from coursekit.course.render import Note
    from coursekit.judging.expectation import describe
    from coursekit.review.run import run
    from coursekit.review.settings import Settings
    from coursekit.review.surface import is_fastapi

    if not is_fastapi(app):
        return Note(f"`review` takes a FastAPI application; it got {describe(app)}.")
    try:
        settings = Settings.here()
    except CourseError as error:
        return Note(str(error))
    name = "the app" if app.title in ("", "FastAPI") else app.title
    return run(app, name, settings.standards, call=call).accept(settings.accepted)
