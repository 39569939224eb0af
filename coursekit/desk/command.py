"""The `course` command.

Each command imports what it needs when it runs, so that `course --help` is quick.
"""

import os
import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from coursekit.course.errors import CallError, CourseError
from coursekit.course.lessons import this_course
from coursekit.course.words import series


class CourseGroup(TyperGroup):
    """Makes `lab` the default command, so that `course` and `course --no-browser` open JupyterLab."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `lab` first if the arguments name no command."""
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "--version")):
            args = ["lab", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=CourseGroup, add_completion=False, pretty_exceptions_enable=False)

Workspace = Annotated[
    str | None,
    typer.Option(
        metavar="DIR",
        help="The folder with your notebooks and progress. [default: $COURSE_WORKSPACE, or `workspace` in the clone; `~/fastapi-course` without one]",
        show_default=False,
    ),
]


AsJson = Annotated[bool, typer.Option("--json", help="Print a list of objects for programs.")]


def show_version(wanted: bool) -> None:
    """Print the versions that matter in a bug report."""
    if wanted:
        from importlib.metadata import version

        python = ".".join(map(str, sys.version_info[:3]))
        print(f"course {version('fastapi-course')} (FastAPI {version('fastapi')}, Python {python})")
        raise typer.Exit


@app.callback()
def course(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the versions and exit.")
    ] = False,
) -> None:
    """Build a FastAPI service, cell by cell, in JupyterLab.

    Without a command, `course` opens JupyterLab at your next notebook, as `course lab` does.
    """


@app.command()
def lab(
    workspace: Workspace = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser, or print the address only.")
    ] = True,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="The port; 0 is any free one. [default: 8888, or the next free one]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open JupyterLab at your next notebook (Ctrl+C ends it)."""
    from coursekit.desk import workspace as work
    from coursekit.desk.lab import run_lab

    course = this_course()
    folder = work.workspace_folder(course, workspace)
    work.deliver(course, folder)
    run_lab(folder, work.next_notebook(course, folder), browser=browser, port=port)


@app.command()
def update(workspace: Workspace = None) -> None:
    """Bring new and changed notebooks. One that you have worked in is left alone."""
    from coursekit.desk import workspace as work

    course = this_course()
    done = work.update(course, work.workspace_folder(course, workspace))
    for name in done.new:
        print(f"{name}: new.")
    for name in done.changed:
        print(f"{name}: brought up to date.")
    for name in done.left_alone:
        print(
            f"{name}: has changed, and you have worked in it, so it is left alone. `course reset {name}` brings the new one and keeps yours."
        )
    for name in done.gone:
        instead = series(one.name for one in course.sittings() if one.name[:2] == name[:2])
        print(f"{name}: yours stays. The course has {instead} instead, and what you have passed counts there.")
    if not (done.new or done.changed or done.left_alone):
        print("All notebooks are up to date.")


@app.command()
def reset(
    what: Annotated[
        str,
        typer.Argument(
            metavar="LESSON|NOTEBOOK",
            help="A lesson (04 or database), or one of its notebooks (04_1).",
            show_default=False,
        ),
    ],
    workspace: Workspace = None,
) -> None:
    """Replace a lesson's notebooks, or one of them, with a new copy. Yours is kept beside it."""
    from coursekit.desk import workspace as work

    course = this_course()
    for name, kept in work.reset(course, work.workspace_folder(course, workspace), what):
        print(f"{name} is as new." + (f" Your copy is {kept.name}, beside it." if kept else ""))


@app.command()
def progress(
    workspace: Workspace = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs.")] = False,
) -> None:
    """Show where you are, and what is next."""
    import json

    from coursekit.desk import workspace as work
    from coursekit.notebook.progress import progress_table
    from coursekit.notebook.store import MARKER, Store

    folder = work.workspace_folder(this_course(), workspace)
    table = progress_table(Store(folder / MARKER if (folder / MARKER).is_dir() else None))
    if not (folder / MARKER).is_dir():
        print(f"There is no workspace in {folder} yet; `course` makes it.", file=sys.stderr)
    print(json.dumps(table.to_dict(), indent=2) if as_json else table)


@app.command()
def grade(
    what: Annotated[
        str,
        typer.Argument(
            metavar="NOTEBOOK|FOLDER|EXERCISE", help="A notebook, a folder of notebooks, or an exercise such as 1.4."
        ),
    ],
    answer: Annotated[
        str | None, typer.Argument(metavar="ANSWER.py", help="With an exercise: the learner's cell, as plain Python.")
    ] = None,
    as_json: AsJson = False,
    csv: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="With a folder: write the table for spreadsheets.")
    ] = None,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="With a folder: write the table as a page.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over FILE if it exists.")] = False,
    jobs: Annotated[
        int,
        typer.Option(
            min=0, help="With a folder: how many notebooks at a time. [default: one a processor]", show_default=False
        ),
    ] = 0,
) -> None:
    """Grade a notebook, a folder of notebooks, or one answer to one exercise. The exit status is 1 if anything has not passed.

    A folder (with its subfolders) becomes a table. It is printed, and written to grades.csv and grades.html in the current folder, or to the first of
    grades-2, grades-3, … that is free, unless --csv, --html or --json say otherwise.

    The code runs in a process of its own with a time limit, in an empty folder. It is not a jail: grade only code that you would run yourself.
    """
    import json
    from pathlib import Path

    if answer is None and Path(what).is_dir():
        from coursekit.grading.report import grade_and_report

        complete = grade_and_report(Path(what), csv, html, force=force, as_json=as_json, jobs=jobs)
        raise typer.Exit(0 if complete else 1)
    if csv or html or force or jobs:
        raise typer.BadParameter("--csv, --html, --force and --jobs are for a folder of notebooks that exists.")
    try:
        complete = _grade_one(what, answer, as_json=as_json)
    except CourseError as error:
        if as_json:
            print(json.dumps({"error": str(error)}, ensure_ascii=False))
        raise
    except KeyboardInterrupt:
        print('{"error": "Stopped."}' if as_json else "", end="")
        print("Stopped.", file=sys.stderr)
        raise typer.Exit(130) from None
    raise typer.Exit(0 if complete else 1)


def _grade_one(what: str, answer: str | None, *, as_json: bool) -> bool:
    """Grade a notebook or an answer and print the grades. Returns whether every exercise passed."""
    import json

    if answer is None and not what.endswith(".ipynb"):
        raise typer.BadParameter(
            "Give a notebook (.ipynb), a folder that exists, or an exercise and the file with its answer."
        )
    from coursekit.grading.answer import grade_answer

    grades = grade_answer(what, answer) if answer is not None else _grade_with_progress(what)
    passed = sum(one["outcome"] == "passed" for one in grades)
    if as_json:
        print(json.dumps(grades, indent=2, ensure_ascii=False))
    else:
        for one in grades:
            print(f"{one['exercise']}  {one['outcome'].replace('_', ' '):<14}{one['message']}")
        print(f"{passed} of {len(grades)} passed")
    return passed == len(grades)


def _grade_with_progress(notebook: str) -> "list[dict[str, str]]":
    from pathlib import Path

    from coursekit.grading.folder import grade_alone
    from coursekit.grading.report import Bar

    with Bar() as bar:
        return grade_alone(Path(notebook), bar)


@app.command()
def export(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="An empty folder, or one that does not exist yet.")],
) -> None:
    """Get the finished service as a project of your own, with its tests."""
    from pathlib import Path

    from coursekit.desk.export import export as export_to

    target = Path(folder).expanduser().resolve()
    export_to(target)
    print(
        f"The service is in {target}. Its README.md says how to run it; its tests: `python -m pytest` in that folder."
    )


@app.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
def review(arguments: Annotated[list[str] | None, typer.Argument(metavar="MODULE:APP [OPTIONS]")] = None) -> None:
    """Review any FastAPI app by the ten points. The exit status is 1 if one of them is broken."""
    from tenpoint.command import main as tenpoint

    raise typer.Exit(tenpoint(arguments or [], "course review"))


@app.command()
def build(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LESSON|NOTEBOOK]...", help="Lessons such as 04, notebooks such as 04_1; all when none is named."
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; say what is not current.")] = False,
) -> None:
    """For maintainers: make notebooks/, solutions/ and app_snippets/stages/ from lessons/."""
    import asyncio
    from importlib.util import find_spec

    course = this_course()
    if course.is_installed:
        raise CourseError("An installed course has nothing to build. Lessons are written in a clone of the repository.")
    if not find_spec("jupytext"):
        raise CourseError("`course build` needs packages that a learner goes without. Type: python bootstrap.py --dev")

    from coursekit.building.build import build as build_lessons
    from coursekit.building.freshness import troubles

    named = [sitting for word in what or [] for sitting in course.find_sittings(word)]
    wanted = named or course.sittings()
    if check:
        found = troubles(course, wanted)
        for trouble in found:
            print(trouble)
        if found:
            raise typer.Exit(1)
        print(f"The built files of {len(wanted)} notebooks are current.")
        return
    with _build_progress() as bar:
        written = asyncio.run(build_lessons(course, wanted, bar))
    print("\n".join(written) or "Everything is current.")


@app.command()
def mutate(
    what: Annotated[
        list[str] | None, typer.Argument(help="Exercises such as 4.2, lessons such as 04; all when none is named.")
    ] = None,
    number: Annotated[
        int | None,
        typer.Option("--sample", min=1, metavar="N", help="Judge N mutants of each exercise, always the same."),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=0, help="How many processes judge. [default: one a processor]", show_default=False)
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """For maintainers: change each solution in small ways, and show which changes its check does not notice.

    A change that passes is a hole in the check, or it breaks no promise. Then file it with its reason in lessons/NN_name/equivalent.toml, which
    CONTRIBUTING.md describes. The exit status is 1 if a change passes that isn't filed, or if something is filed that should not be.
    """
    from coursekit.desk.mutate import mutate as judge_and_print

    raise typer.Exit(0 if judge_and_print(this_course(), what or [], number=number, jobs=jobs, as_json=as_json) else 1)


def _build_progress() -> "Any":
    """A progress bar for each notebook, on standard error."""
    from rich.console import Console
    from rich.progress import Progress

    class Bars(Progress):
        def start_sitting(self, sitting: str, cells: int) -> None:
            self.bars = {**getattr(self, "bars", {}), sitting: self.add_task(sitting, total=cells)}

        def cell_done(self, sitting: str) -> None:
            self.advance(self.bars[sitting])

    return Bars(console=Console(stderr=True))


def _refuse_call(why: str, command: str = "course") -> NoReturn:
    """Print why a call was wrong, and exit with status 2."""
    print(f"{why.rstrip('.')}. `{command} --help` shows what there is.", file=sys.stderr)
    sys.exit(2)


def main() -> None:
    """Run the command. The exit status is 0 if all is well, 1 if something fell short, and 2 if the call was wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a folder's name may have characters that the terminal cannot show
    try:
        sys.exit(app(standalone_mode=False))
    except CallError as error:
        _refuse_call(str(error))
    except CourseError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except TyperException as error:
        context = getattr(error, "ctx", None)  # the command that was called, such as `course reset`
        _refuse_call(error.format_message(), context.command_path if context else "course")
    except BrokenPipeError:  # `course progress | head`
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115
        sys.exit(1)


if __name__ == "__main__":
    main()
