"""Judges an app for a job by the job's stories and by the ten-point review."""

from collections.abc import Sequence
from dataclasses import dataclass
from traceback import walk_tb
from typing import Any

from coursekit.capstone.jobs import Factory, Job, Story
from coursekit.judging.conversation import asked, conversation, last_exchange
from coursekit.judging.exceptions import last_line
from coursekit.judging.expectation import NotYet
from tenpoint.checklist import review_app
from tenpoint.points.standards import Standards
from tenpoint.report import Review

STANDARDS = Standards(prefix="/api/v1", error_model="Problem")


@dataclass(frozen=True)
class StoryResult:
    """How a story went."""

    title: str
    holds: bool
    message: str = ""
    why: str = ""
    exchange: str = ""
    expected: str = ""
    got: str = ""


def ask_stories(job: Job, factory: Factory) -> list[StoryResult]:
    """Run all the stories of a job on the app, each with fresh data, and return how they went."""
    return [_ask_story(job, story, factory) for story in job.stories]


def _ask_story(job: Job, story: Story, factory: Factory) -> StoryResult:
    try:
        with conversation(), job.people(factory) as people:
            story.ask(people)
    except NotYet as failed:
        exchange = _without_request_id(failed.shown)
        return StoryResult(story.title, False, failed.message, failed.why, exchange, failed.expected, failed.got)
    except BaseException as error:  # also SystemExit and KeyboardInterrupt, which the learner's code may raise
        return StoryResult(story.title, False, _raised(error), exchange=_without_request_id(last_exchange()))
    return StoryResult(story.title, True)


def _raised(error: BaseException) -> str:
    own = [
        (frame, line) for frame, line in walk_tb(error.__traceback__) if frame.f_globals.get("__name__") == "__main__"
    ]
    where = f" in line {own[-1][1]} of `{own[-1][0].f_code.co_name}`" if own else ""
    if not asked:
        return f"The app does not start: {last_line(error)}{where}."
    request = asked[-1].request
    return f"`{request.method} {request.url.path}` ended with {last_line(error)}{where}."


def _without_request_id(exchange: str) -> str:
    """Remove the request id from an exchange, because it differs from run to run."""
    return "\n".join(line for line in exchange.splitlines() if not line.strip().startswith("x-request-id:"))


def review_of_job(job: Job, factory: Factory) -> Review:
    """Return the ten-point review of a learner's app for a job."""
    return review_of(job.build(factory), job.title)


def review_of(app: Any, name: str) -> Review:
    """Return the ten-point review of an app, by the service's own standards."""
    return review_app(app, name, STANDARDS)


def listed(results: Sequence[StoryResult]) -> str:
    """Return a line for each story, with a mark that says whether it holds."""
    return "\n".join(f"{'✓' if one.holds else '✗'} {one.title}" for one in results)


def judge_app(job: Job, factory: Any) -> dict[str, str]:
    """Judge the app for a job. An exercise's function returns what this returns.

    Raises:
        NotYet: a story doesn't hold, or a point is broken.
    """
    if not callable(factory):
        raise NotYet(f"`{job.factory}` should be a function that takes settings and gives a FastAPI app.")
    results = ask_stories(job, factory)
    failing = next((one for one in results if not one.holds), None)
    if failing is not None:
        held = sum(one.holds for one in results)
        said = f"{held} of {len(results)} stories hold. The first that does not: {failing.title}. {failing.message}"
        shown = "\n\n".join(filter(None, [listed(results), failing.exchange]))
        raise NotYet(said, why=failing.why, shown=shown, expected=failing.expected, got=failing.got)
    refuse_broken(review_of_job(job, factory), f"All {len(results)} stories hold. ")
    words = f"All {len(results)} stories hold, and none of the ten points is broken."
    return {"message": words, "exchange": listed(results)}


def refuse_broken(review: Review, before: str = "") -> None:
    """Expect that none of the ten points is broken. `before` is put at the beginning of the verdict.

    Raises:
        NotYet: a point is broken.
    """
    if not review.broken:
        return
    points = sorted({one.point for one in review.broken}, key=lambda point: int(point[1:]))
    first = review.broken[0]
    route = f"`{first.route}`: " if first.route else ""
    said = f"{before}The review finds {', '.join(points)} broken. The first finding, {first.check}: {route}{first.seen} {first.mend}"
    raise NotYet(said, why=first.why, shown="\n".join(findings(review)))


def findings(review: Review) -> list[str]:
    """Return a line for each finding that breaks a point."""
    return [f"✗ {one.check}  {one.route or 'the app'}  {one.where}  {one.seen}" for one in review.broken]
