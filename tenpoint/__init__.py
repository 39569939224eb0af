"""The ten-point review of any FastAPI application: `review(app)` in a notebook, `tenpoint MODULE:APP` on the command line.

The package imports only the standard library at first. It finds FastAPI in the environment of the app that it reviews.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tenpoint.markup import Note
    from tenpoint.report import Review

__all__ = ["CallError", "review"]


class CallError(Exception):
    """The review cannot begin: one line that says what is wrong with the call and how to fix it."""


def review(app: Any, *, call: bool = False) -> "Review | Note":
    """Hold an application against the ten points.

    Nothing in the app is changed, and none of its functions runs unless `call` is given.

    Args:
        app: the FastAPI application.
        call: whether to send requests, too: the app's lifespan runs, and each GET route is called once, in process.

    Returns:
        The review, or a note that says why there is none.
    """
    # A notebook imports this package at its start, and most never ask for a review.
    from tenpoint.checklist import review_app
    from tenpoint.markup import Note, describe
    from tenpoint.settings import Settings
    from tenpoint.surface import is_fastapi

    if not is_fastapi(app):
        return Note(f"`review` takes a FastAPI application; it got {describe(app)}.")
    try:
        settings = Settings.here()
    except CallError as error:
        return Note(str(error))
    name = "the app" if app.title in ("", "FastAPI") else app.title
    return review_app(app, name, settings.standards, call=call).accept(settings.accepted)
