"""`capstone()`: a page in the notebook that shows how far all three jobs are, and the certificate at the end."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coursekit.capstone import certificate
from coursekit.capstone.bugs import strength_of_job_tests
from coursekit.capstone.jobs import Factory, Job, capstone_lesson, jobs
from coursekit.capstone.stories import StoryResult, ask_stories, findings, listed, review_of_job
from coursekit.course.declarations import load
from coursekit.course.ipython import namespace
from coursekit.course.render import indent, printable
from coursekit.judging.expectation import NotYet
from coursekit.judging.history import is_stub, newest_try
from coursekit.judging.isolation import run_isolated
from coursekit.judging.suite.bugs import Strength
from coursekit.judging.verdict import SIGNS
from coursekit.pages import templates
from tenpoint.report import Review

ASKING_LIMIT = 30.0
"""How many seconds all the stories and the review of a job may take together."""


@dataclass(frozen=True)
class Standing:
    """How far one job is."""

    job: Job
    results: tuple[StoryResult, ...] = ()
    review: Review | None = None
    app_trouble: str = ""
    strength: Strength | None = None
    tests_trouble: str = ""
    tests_said: str = ""
    """pytest's message about a test that fails."""

    @property
    def heading(self) -> str:
        """The job's heading, with a mark that says whether it is finished."""
        return f"{'✗' if self.missing else '✓'} Job {self.job.number} · {self.job.title} ({self.job.spec})"

    @property
    def held(self) -> int:
        """How many stories hold."""
        return sum(one.holds for one in self.results)

    @property
    def points(self) -> int:
        """How many points of the review are held."""
        return sum(point.status == "held" for point in self.review.points) if self.review else 0

    @property
    def missing(self) -> list[str]:
        """What is still missing for the certificate, as sentences."""
        found = [self.app_trouble] if self.app_trouble else []
        if not self.app_trouble and self.held < len(self.results):
            found.append(f"{len(self.results) - self.held} of {len(self.results)} stories do not hold.")
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
        """For each part that was judged: its name, a sentence, and a list of details."""
        parts = [("Stories", self.app_trouble, "")]
        if self.results:
            failing = next((one for one in self.results if not one.holds), None)
            more = f"{failing.message}\n{failing.exchange}".strip() if failing else ""
            text = listed(self.results) + (
                f"\n\nThe first that does not hold: {failing.title}\n{more}" if failing else ""
            )
            parts = [("Stories", f"{self.held} of {len(self.results)} hold.", text)]
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
        """The job's standing for programs."""
        return {
            "job": self.job.number,
            "title": self.job.title,
            "finished": not self.missing,
            "missing": self.missing,
            "stories": [asdict(one) for one in self.results],
            "review": self.review.to_dict() if self.review else None,
            "bugs": [{"harm": harm, "caught_by": by} for harm, by in self.strength.catchers] if self.strength else [],
            "parts": [{"part": name, "says": said, "list": text} for name, said, text in self.lines],
        }


@dataclass(frozen=True)
class Page:
    """The capstone's verdict. A notebook displays it; `to_dict()` is for programs."""

    standings: tuple[Standing, ...]
    end: str
    """A sentence about the certificate."""

    @property
    def finished(self) -> bool:
        """Whether all the jobs are finished."""
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
            parts += ["", one.heading]
            for name, said, text in one.lines:
                parts += [f"{name}: {said}".replace("`", ""), *([indent(text)] if text else [])]
        return "\n".join([*parts, "", self.end])

    def _repr_html_(self) -> str:
        color = SIGNS["passed" if self.finished else "failed"].color
        return templates("capstone").get_template("page.html").render(page=self, color=color)


def capstone(name: str = "") -> Page:
    """Judge all three jobs as they are now. If they are finished and you give your name, write the certificate.

    Args:
        name: your name as it should appear on the certificate.
    """
    folder = capstone_lesson()
    if folder is not None:
        load(folder)
    names = namespace()
    standings = tuple(_standing_of(job, names) for job in jobs.values())
    return Page(standings, _about_certificate(standings, str(name).strip()))


def _about_certificate(standings: Sequence[Standing], name: str) -> str:
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
        tuple(one.title for one in standing.results),
        standing.points,
        len(standing.review.points),
        standing.strength.caught,
    )


def _standing_of(job: Job, names: dict[str, Any]) -> Standing:
    factory, tests = names.get(job.factory, ...), names.get(job.tests, ...)
    results, review, app_trouble = _judge_app(job, factory, names)
    strength, tests_trouble, tests_said = _judge_tests(job, tests, factory)
    return Standing(job, results, review, app_trouble, strength, tests_trouble, tests_said)


def _as_given(job: Job) -> bool:
    """Whether the job's cell is still as the lesson gives it. Such a cell defines an app, but the learner hasn't worked on it."""
    folder = capstone_lesson()
    if folder is None:
        return False
    exercise = load(folder).exercises[job.exercise]
    cell = newest_try(exercise)
    return cell is not None and is_stub(exercise, cell.source)


def _judge_app(job: Job, factory: Any, names: dict[str, Any]) -> tuple[tuple[StoryResult, ...], Review | None, str]:
    if not callable(factory):
        return (), None, f"`{job.factory}` is not there yet."
    if _as_given(job):
        return (), None, f"`{job.factory}` is still as it was given."
    answer = run_isolated(lambda: _judge_in_copy(job, factory), ASKING_LIMIT, names)
    if "timeout" in answer:
        return (), None, f"The app did not answer all stories within {ASKING_LIMIT:g} seconds."
    if "died" in answer:
        return (), None, f"The app ended the whole process ({answer['died']})."
    review = Review.from_dict(answer["review"]) if answer["review"] else None
    return tuple(StoryResult(**one) for one in answer["results"]), review, ""


def _judge_in_copy(job: Job, factory: Factory) -> dict[str, Any]:
    results = ask_stories(job, factory)
    try:
        review = review_of_job(job, factory).facts()
    except BaseException:  # the stories already say what is wrong
        review = None
    return {"results": [asdict(one) for one in results], "review": review}


def _judge_tests(job: Job, tests: Any, factory: Any) -> tuple[Strength | None, str, str]:
    if not isinstance(tests, type) or not _has_tests(tests):
        return None, f"`{job.tests}` has no tests yet.", ""
    try:
        return strength_of_job_tests(job, tests, factory if callable(factory) else None), "", ""
    except NotYet as failed:
        return None, failed.message, failed.shown


def _has_tests(tests: type) -> bool:
    return any(name.startswith("test") for name in vars(tests))
