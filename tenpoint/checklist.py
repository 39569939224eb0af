"""Runs all checks on one application. If a check raises, its point stays undecided, and the others still run."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from tenpoint import linter, source
from tenpoint.points import answers, dependencies, errors, methods, models, routers, waiting
from tenpoint.points.standards import Standards, own_standards
from tenpoint.report import POINTS, Finding, Review, Undecided
from tenpoint.surface import Surface, surfaces

Seen = Finding | Undecided
Check = Callable[[Surface], Iterable[Seen]]
_BY_POINT: dict[str, tuple[Check, ...]] = {
    "C1, C2": methods.CHECKS,
    "C3, C4": models.CHECKS,
    "C5": dependencies.CHECKS,
    "C6": errors.CHECKS,
    "C7": waiting.CHECKS,
    "C8, C9": routers.CHECKS,
}


def review_app(
    app: Any,
    name: str,
    standards: Standards,
    *,
    call: bool = False,
    unsafe: bool = False,
    headers: Iterable[tuple[str, str]] = (),
) -> Review:
    """Return the review of an application and of the FastAPI apps that are mounted in it.

    Args:
        app: a FastAPI application.
        name: how the review calls it.
        standards: what its project demands of itself.
        call: whether to run its lifespan and send a request to each GET route.
        unsafe: with `call`, whether to send invalid bodies to POST, PUT and PATCH routes, too.
        headers: with `call`, the headers that each request carries.
    """
    source.clear_cache()
    linter.clear_cache()
    try:
        all_ = surfaces(app)
    except Exception as error:
        why = _stumbled(error)
        return Review(name, 0, (), tuple(Undecided(point, why) for point in POINTS))
    seen: list[Seen] = []
    for surface in all_:
        for points, checks in _BY_POINT.items():
            for check in checks:
                seen += _findings(points, partial(check, surface))
    seen += _findings("C10", partial(own_standards, all_, standards))
    if call:
        seen += _findings("C2, C6", partial(answers.ask, all_[0], tuple(headers), unsafe))
    routes = sum(len(surface.routes) + len(surface.sockets) for surface in all_)
    if not routes:
        seen += [Undecided(point, "there is no route") for point in POINTS]
    findings = list(dict.fromkeys(one for one in seen if isinstance(one, Finding)))
    undecided = list(dict.fromkeys(one for one in seen if isinstance(one, Undecided)))
    notes = list(_notes(all_))
    if not standards.declared and not any(one.point == "C10" for one in undecided):
        notes.append("C10: pyproject.toml names no standards, so routes are held against what nearly all of them do.")
    return Review(name, routes, tuple(findings), tuple(undecided), tuple(notes))


def _findings(points: str, check: Callable[[], Iterable[Seen]]) -> list[Seen]:
    try:
        return list(check())
    except Exception as error:
        return [Undecided(point, _stumbled(error)) for point in points.split(", ")]


def _stumbled(error: Exception) -> str:
    return f"the review stumbled over this app ({type(error).__name__}: {str(error)[:100]})"


def _notes(all_: list[Surface]) -> Iterator[str]:
    for surface in all_:
        where = f"The app mounted at {surface.prefix}" if surface.prefix else "The app"
        if surface.trouble:
            yield f"{where}: {surface.trouble}, so what is documented could not be looked at."
        hidden = len(surface.routes) - len(surface.public)
        if hidden:
            yield f"{where} keeps {hidden} route{'s' if hidden > 1 else ''} out of its document; only how they wait is looked at."
