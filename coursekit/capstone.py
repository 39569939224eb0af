"""The capstone: jobs that are judged by hidden stories, by the ten-point review, and by what the learner's own tests catch."""

import html
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from traceback import walk_tb
from types import ModuleType
from typing import Any

from coursekit import certificate
from coursekit import exercise as declared
from coursekit.exchange import Exchange
from coursekit.expect import NotYet
from coursekit.isolate import run
from coursekit.judge import last_line, newest_try
from coursekit.lessons import cut, exercise_cells, lesson_of, same_code, solved_cells
from coursekit.notebook import namespace
from coursekit.render import BOX, block, indent, printable, sentence
from coursekit.store import current_store
from coursekit.suite import (
    Bug,
    Strength,
    Subject,
    all_caught,
    deafened,
    measure,
    not_yet,
    passing,
    put_in,
    source_of_class,
)
from tenpoint.points.standards import Standards
from tenpoint.report import Review

LESSON = "12"
ASKING_LIMIT = 30.0
"""Seconds that all stories of a job, and its review, may take."""
STANDARDS = Standards(prefix="/api/v1", error_model="Problem")
_SUBJECT = "course_subject"
"""The module from which a file of tests takes the app that it is run on."""

Factory = Callable[..., Any]


@dataclass(frozen=True)
class Story:
    """An acceptance test: what somebody does with the API, and what they must get."""

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
    """An app for the review."""
    people: Callable[[Factory], AbstractContextManager[Any]]
    """What a story asks with: a new app, and who may ask."""
    stories: tuple[Story, ...]
    bugs: tuple[Bug, ...]


jobs: dict[int, Job] = {}
"""The jobs that the lesson has declared."""


# --- stories and review -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """How a story went."""

    title: str
    holds: bool
    message: str = ""
    why: str = ""
    exchange: str = ""
    expected: str = ""
    got: str = ""


def tell(job: Job, factory: Factory) -> list[Told]:
    """Ask the app all stories of a job, each on fresh data."""
    return [_tell(job, story, factory) for story in job.stories]


def _tell(job: Job, story: Story, factory: Factory) -> Told:
    try:
        with declared.conversation(), job.people(factory) as people:
            story.ask(people)
    except NotYet as failed:
        exchange = _steady(failed.exchange.text()) if failed.exchange else ""
        return Told(story.title, False, failed.message, failed.why, exchange, failed.expected, failed.got)
    except BaseException as error:  # whatever the learner's code does is how the story went
        return Told(story.title, False, _raised(error), exchange=_last_exchange())
    return Told(story.title, True)


def _raised(error: BaseException) -> str:
    own = [
        (frame, line) for frame, line in walk_tb(error.__traceback__) if frame.f_globals.get("__name__") == "__main__"
    ]
    where = f" in line {own[-1][1]} of `{own[-1][0].f_code.co_name}`" if own else ""
    asked = declared.asked[-1].request if declared.asked else None
    if asked is None:
        return f"The app does not start: {last_line(error)}{where}."
    return f"`{asked.method} {asked.url.path}` ended with {last_line(error)}{where}."


def _last_exchange() -> str:
    response = declared.asked[-1].response if declared.asked else None
    return _steady(Exchange.of(response).text()) if response is not None else ""


def _steady(exchange: str) -> str:
    """An exchange without what differs from request to request."""
    return "\n".join(line for line in exchange.splitlines() if not line.strip().startswith("x-request-id:"))


def inspect(job: Job, factory: Factory) -> Review:
    """The ten-point review of the app."""
    return review_of(job.build(factory), job.title)


def review_of(app: Any, name: str) -> Review:
    """The ten-point review of an app, held against the standards of the service."""
    from tenpoint.checklist import review_app

    return review_app(app, name, STANDARDS)


def listed(told: Sequence[Told]) -> str:
    """A line for each story."""
    return "\n".join(f"{'✓' if one.holds else '✗'} {one.title}" for one in told)


def judge_app(job: Job, factory: Any) -> dict[str, str]:
    """Judge an app for an exercise: return what this returns.

    Raises:
        NotYet: a story does not hold, or a point is broken.

    """
    if not callable(factory):
        raise NotYet(f"`{job.factory}` should be a function that takes settings and gives a FastAPI app.")
    told = tell(job, factory)
    failing = next((one for one in told if not one.holds), None)
    if failing is not None:
        held = sum(one.holds for one in told)
        said = f"{held} of {len(told)} stories hold. The first that does not: {failing.title}. {failing.message}"
        refused = not_yet(said, failing.why, "\n\n".join(filter(None, [listed(told), failing.exchange])))
        refused.expected, refused.got = failing.expected, failing.got
        raise refused
    refuse_broken(inspect(job, factory), f"All {len(told)} stories hold. ")
    words = f"All {len(told)} stories hold, and none of the ten points is broken."
    return {"message": words, "exchange": listed(told)}


def refuse_broken(review: Review, before: str = "") -> None:
    """Nothing of the ten points may be broken.

    Raises:
        NotYet: something is.

    """
    if not review.broken:
        return
    points = sorted({one.point for one in review.broken}, key=lambda point: int(point[1:]))
    first = review.broken[0]
    route = f"`{first.route}`: " if first.route else ""
    said = f"{before}The review finds {', '.join(points)} broken. The first finding, {first.check}: {route}{first.seen} {first.mend}"
    raise not_yet(said, first.why, "\n".join(findings(review)))


def findings(review: Review) -> list[str]:
    """A line for each thing that is broken."""
    return [f"✗ {one.check}  {one.route or 'the app'}  {one.where}  {one.seen}" for one in review.broken]


# --- tests ------------------------------------------------------------------------------------------------------------


@contextmanager
def _standing_for(job: Job, make: Callable[[], Factory]) -> Iterator[None]:
    """For a while, tests get this factory."""
    module = ModuleType(_SUBJECT)
    setattr(module, job.factory, make())
    sys.modules[_SUBJECT] = module
    try:
        yield
    finally:
        del sys.modules[_SUBJECT]


def _reworded(source: str) -> str:
    """Our app's sentences, unlike the service's: the spec leaves them open, so a test that asks for them asks for too much."""
    return re.sub(r'f"There is no \w+ \{\w+\}\."', '"Nothing has this number."', source)


def our_source(job: Job) -> str:
    """Our app for a job: the lesson's own cells, solved."""
    folder = lesson_of(f"{LESSON}.0")
    return "\n\n\n".join(solved_cells(folder, frozenset({"job-0", f"job-{job.number}"}))) if folder else ""


def our_factory(job: Job, change: Callable[[str], str] = str) -> Factory:
    """What builds our app, from its changed source."""
    module = ModuleType("our_app")
    sys.modules[module.__name__] = module
    exec(compile(_reworded(change(our_source(job))), "our app", "exec"), vars(module))
    factory: Factory = vars(module)[job.factory]
    return factory


def judge_job_tests(job: Job, tests: Any) -> dict[str, str]:
    """Judge the tests of a job for an exercise: return what this returns.

    Raises:
        NotYet: they fail without a bug, or a bug survives.

    """
    is_ready = current_store().outcomes().get(job.exercise) == "passed"
    own = namespace().get(job.factory) if is_ready else None
    words = all_caught(weigh(job, tests, own), "your app and on ours" if own else "our app")
    if not own:
        words["message"] += f" Your app has not passed {job.exercise} yet: after that they are run on it, too."
    return words


def weigh(job: Job, tests: Any, own: Factory | None) -> Strength:
    """What a job's tests are worth. They must pass on the learner's own app, where there is one, and on ours.

    Raises:
        NotYet: they do not.

    """
    source = source_of_class(tests, f"\nfrom {_SUBJECT} import {job.factory}\n")
    ours = Subject(
        partial(_standing_for, job, partial(our_factory, job)),
        lambda bug: _standing_for(job, partial(our_factory, job, partial(put_in, bug))),
        partial(_standing_for, job, lambda: deafened(our_factory(job))),
        f"our app, which does what `{job.spec}` says: the test asks for more, or for something else",
    )
    if own is not None:
        called = f"your own app. Either the test is wrong or the app: `{job.spec}` decides"
        yours = Subject(partial(_standing_for, job, lambda: own), ours.with_bug, ours.deaf, called)
        passing(tests, source, yours)
    return measure(tests, source, ours, job.bugs)


# --- the page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Where one job stands."""

    job: Job
    told: tuple[Told, ...] = ()
    review: Review | None = None
    app_trouble: str = ""
    strength: Strength | None = None
    tests_trouble: str = ""
    tests_said: str = ""
    """What pytest says about a test that fails."""

    @property
    def held(self) -> int:
        """The number of stories that hold."""
        return sum(one.holds for one in self.told)

    @property
    def points(self) -> int:
        """The number of points that are held."""
        return sum(point.status == "held" for point in self.review.points) if self.review else 0

    @property
    def missing(self) -> list[str]:
        """What is missing for the certificate."""
        found = [self.app_trouble] if self.app_trouble else []
        if not self.app_trouble and self.held < len(self.told):
            found.append(f"{len(self.told) - self.held} of {len(self.told)} stories do not hold.")
        if self.review and self.review.broken:
            found.append(f"The review finds {len({one.point for one in self.review.broken})} points broken.")
        if self.tests_trouble:
            found.append(self.tests_trouble)
        if self.strength and self.strength.caught < len(self.strength.catchers):
            survived = len(self.strength.catchers) - self.strength.caught
            found.append(f"{survived} of {len(self.strength.catchers)} bugs survive the tests.")
        return found

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """What was judged: a sentence, and the list behind it."""
        parts = [("Stories", self.app_trouble, "")]
        if self.told:
            failing = next((one for one in self.told if not one.holds), None)
            more = f"{failing.message}\n{failing.exchange}".strip() if failing else ""
            text = listed(self.told) + (f"\n\nThe first that does not hold: {failing.title}\n{more}" if failing else "")
            parts = [("Stories", f"{self.held} of {len(self.told)} hold.", text)]
        if self.review:
            broken = sorted({one.point for one in self.review.broken}, key=lambda point: int(point[1:]))
            said = f"{self.points} of {len(self.review.points)} points are held."
            said += f" Broken: {', '.join(broken)}." if broken else ""
            parts.append(("Review", said, "\n".join(findings(self.review))))
        parts.append(("Tests", self.tests_trouble, self.tests_said))
        if self.strength:
            said = f"{self.strength.caught} of {len(self.strength.catchers)} bugs are caught."
            parts[-1] = ("Tests", " ".join([said, *self.strength.notes]), "\n".join(self.strength.lines))
        return [(name, printable(said), printable(text)) for name, said, text in parts]

    def to_dict(self) -> dict[str, Any]:
        """The standing for programs."""
        return {
            "job": self.job.number,
            "title": self.job.title,
            "finished": not self.missing,
            "missing": self.missing,
            "stories": [asdict(one) for one in self.told],
            "review": self.review.to_dict() if self.review else None,
            "bugs": [{"harm": harm, "caught_by": by} for harm, by in self.strength.catchers] if self.strength else [],
            "parts": [{"part": name, "says": said, "list": text} for name, said, text in self.lines],
        }


@dataclass(frozen=True)
class Page:
    """The capstone's verdict. Shows itself in a notebook; `to_dict()` is for programs."""

    standings: tuple[Standing, ...]
    end: str
    """What became of the certificate."""

    @property
    def finished(self) -> bool:
        """Whether all jobs are."""
        return all(not one.missing for one in self.standings)

    @property
    def heading(self) -> str:
        """The first line."""
        done = sum(not one.missing for one in self.standings)
        return f"{'✓' if self.finished else '…'} Capstone: {done} of {len(self.standings)} jobs finished"

    def to_dict(self) -> dict[str, Any]:
        """The page for programs."""
        return {
            "finished": self.finished,
            "heading": self.heading,
            "jobs": [one.to_dict() for one in self.standings],
            "end": self.end,
        }

    def __repr__(self) -> str:
        parts = [self.heading]
        for one in self.standings:
            parts += ["", _title(one)]
            for name, said, text in one.lines:
                parts += [f"{name}: {said}".replace("`", ""), *([indent(text)] if text else [])]
        return "\n".join([*parts, "", self.end])

    def _repr_html_(self) -> str:
        parts = [f"<strong>{html.escape(self.heading)}</strong>"]
        for one in self.standings:
            parts.append(f'<div style="margin-top:.6em"><strong>{html.escape(_title(one))}</strong></div>')
            for name, said, text in one.lines:
                line = f"<b>{name}:</b> {sentence(said)}"
                open_ = " open" if "✗" in text else ""
                parts.append(
                    f"<details{open_}><summary>{line}</summary>{block(text)}</details>"
                    if text
                    else f"<div>{line}</div>"
                )
        parts.append(f'<div style="margin-top:.6em">{sentence(self.end)}</div>')
        color = "#1a7f37" if self.finished else "#b35900"
        return f'<div style="{BOX};border-left-color:{color}">{"".join(parts)}</div>'


def _title(standing: Standing) -> str:
    job = standing.job
    return f"{'✗' if standing.missing else '✓'} Job {job.number} · {job.title} ({job.spec})"


def capstone(name: str = "") -> Page:
    """Judge all three jobs as they are now. When they are finished and there is a name, write the certificate.

    Args:
        name: yours, as it shall stand on the certificate.

    """
    folder = lesson_of(f"{LESSON}.0")
    if folder is not None:
        declared.load(folder)
    names = namespace()
    standings = tuple(_stand(job, names) for job in jobs.values())
    return Page(standings, _end(standings, str(name).strip()))


def _end(standings: Sequence[Standing], name: str) -> str:
    if any(one.missing for one in standings):
        return "There is no certificate yet. What is missing stands above."
    if not name:
        return 'Everything is there. Put your name into `capstone(name="…")`, and run it again: it writes your certificate.'
    try:
        file = certificate.write(Path(certificate.FILE), name, [_verified(one) for one in standings])
    except OSError as error:
        return f"Everything is there, but the certificate cannot be written here: {error.strerror}."
    return f"Your certificate is the file `{file.name}` beside this notebook. Open it in a browser, and print it."


def _verified(standing: Standing) -> certificate.Verified:
    assert standing.review is not None and standing.strength is not None
    return certificate.Verified(
        standing.job.title,
        standing.job.spec,
        tuple(one.title for one in standing.told),
        standing.points,
        len(standing.review.points),
        standing.strength.caught,
    )


def _stand(job: Job, names: dict[str, Any]) -> Standing:
    factory, tests = names.get(job.factory, ...), names.get(job.tests, ...)
    told, review, app_trouble = _asked(job, factory, names)
    strength, tests_trouble, tests_said = _weighed(job, tests, factory)
    return Standing(job, told, review, app_trouble, strength, tests_trouble, tests_said)


def _as_given(job: Job) -> bool:
    """Whether the cell of the job's exercise is as it was given: there is an app in it, and nobody has worked on it."""
    folder = lesson_of(f"{LESSON}.0")
    if folder is None:
        return False
    cell = newest_try(declared.load(folder).exercises[job.exercise])
    return cell is not None and same_code(cell.source, cut(exercise_cells(folder)[job.exercise], solved=False))


def _asked(job: Job, factory: Any, names: dict[str, Any]) -> tuple[tuple[Told, ...], Review | None, str]:
    if not callable(factory):
        return (), None, f"`{job.factory}` is not there yet."
    if _as_given(job):
        return (), None, f"`{job.factory}` is still as it was given."
    answer = run(lambda: _facts(job, factory), ASKING_LIMIT, names)
    if "timeout" in answer:
        return (), None, f"The app did not answer all stories within {ASKING_LIMIT:g} seconds."
    if "died" in answer:
        return (), None, f"The app ended the whole process ({answer['died']})."
    review = Review.from_dict(answer["review"]) if answer["review"] else None
    return tuple(Told(**one) for one in answer["told"]), review, ""


def _facts(job: Job, factory: Factory) -> dict[str, Any]:
    told = tell(job, factory)
    try:
        review = inspect(job, factory).facts()
    except BaseException:  # the stories have said why
        review = None
    return {"told": [asdict(one) for one in told], "review": review}


def _weighed(job: Job, tests: Any, factory: Any) -> tuple[Strength | None, str, str]:
    if not isinstance(tests, type) or not _has_tests(tests):
        return None, f"`{job.tests}` has no tests yet.", ""
    try:
        return weigh(job, tests, factory if callable(factory) else None), "", ""
    except NotYet as failed:
        return None, failed.message, failed.exchange.text() if failed.exchange else ""


def _has_tests(tests: type) -> bool:
    return any(name.startswith("test") for name in vars(tests))
