"""The command: what it prints, its exit status, and its answer to a call that is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tenpoint import CallError, process
from tenpoint.surface import surfaces
from tests.tenpoint.samples import ROOT, Command

COURSE = [sys.executable, "-m", "coursekit.desk.command"]


class TestTheCommand:
    def test_all_held(self, command: Command) -> None:
        done = command("shop:app")
        assert (done.returncode, done.stderr) == (0, "")
        assert "C5   held" in done.stdout

    def test_something_broken(self, command: Command) -> None:
        done = command("faulty:app")
        assert (done.returncode, done.stderr) == (1, "")
        assert "C9.no-purpose: 1 finding" in done.stdout
        assert "GET /api/v1/items/{item_id}  faulty.py:" in done.stdout
        assert "Why it matters: " in done.stdout and "Mend: " in done.stdout

    def test_for_programs(self, command: Command) -> None:
        done = command("faulty:app", "--json")
        answer = json.loads(done.stdout)
        assert done.returncode == 1 and answer["broken"] is True and answer["routes"] == 9
        assert [point["id"] for point in answer["points"]] == [f"C{number}" for number in range(1, 11)]
        (finding,) = answer["points"][8]["findings"]
        assert finding["check"] == "C9.no-purpose" and finding["route"] == "GET /api/v1/items/{item_id}"
        assert set(finding) == {"check", "route", "where", "seen", "why", "mend", "accepted"}

    @pytest.mark.parametrize(
        "app",
        [
            "makers:make",
            "makers:make_with_defaults",
            "makers:Maker.make",
            "makers:wrapped",
            "makers:late",
            "makers:loud",
        ],
    )
    def test_an_app_behind_something(self, app: str, command: Command) -> None:
        assert sum(len(one.routes) for one in surfaces(command.load(app))) == 9

    def test_what_an_app_prints_is_not_part_of_the_answer(self, command: Command) -> None:
        done = command("makers:loud", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["routes"] == 9

    def test_a_factory_by_its_name(self, command: Command) -> None:
        assert command.load("makers:make", factory=True) is command.load("shop:app")
        with pytest.raises(CallError, match="`shop:Token` wants the argument `access_token`"):
            command.load("shop:Token", factory=True)

    @pytest.mark.parametrize(
        ("target", "says"),
        [
            ("shop", "`shop` names no app. Write MODULE:APP, such as `shop:app`."),
            ("shop.py:app", "`shop.py` is a file. Name its module: `shop:app`."),
            ("nothing:app", "There is no module `nothing` here."),
            ("shop:nothing", "The module `shop` has no `nothing`. It has `app`."),
            ("shop:engine", "`shop:engine` is no FastAPI application: its type is AsyncEngine."),
            ("shop:find_item", "`shop:find_item` wants the argument `db`."),
            ("fails:app", "`fails` cannot be imported: ZeroDivisionError: division by zero (fails.py:2)"),
            ("lacks:app", "`lacks` cannot be imported: ModuleNotFoundError: No module named 'not_there' (lacks.py:1)"),
            ("half:app", "`half` cannot be imported: SyntaxError: "),
            ("ends:app", "`ends` cannot be imported: SystemExit: wants a database"),
            ("makers:broken", "`makers:broken` cannot be called: KeyError: 'DATABASE_URL' (makers.py:"),
            ("star:app", "`star:app` is no FastAPI application: its type is Starlette."),
        ],
    )
    def test_an_app_that_is_not_there_is_one_line(self, target: str, says: str, command: Command) -> None:
        with pytest.raises(CallError) as refused:
            command.load(target)
        assert says in str(refused.value) and "\n" not in str(refused.value)

    @pytest.mark.parametrize(
        ("target", "says"),
        [
            ("fails:app", "`fails` cannot be imported: ZeroDivisionError: division by zero (fails.py:2)"),
            ("dies:app", "The process that looked at dies:app ended before it was done: exit status 7"),
        ],
    )
    def test_a_call_that_is_wrong_is_answered_in_one_line(self, target: str, says: str, command: Command) -> None:
        done = command(target)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr and done.stderr.count("\n") == 1

    def test_an_import_that_does_not_end(self, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(process, "PATIENCE", 2)
        (command.folder / "waits.py").write_text("import time\ntime.sleep(60)\n")
        done = command("waits:app")
        assert done.returncode == 2 and "was not imported and reviewed within 2 s" in done.stderr

    def test_a_python_that_is_not_there(self, command: Command) -> None:
        done = command("shop:app", "--python", "./nowhere")
        assert done.returncode == 2 and "./nowhere cannot be run" in done.stderr

    def test_another_python_needs_nothing_of_the_course(self, command: Command, tmp_path: Path) -> None:
        python = tmp_path / "python"
        python.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.modules.update(IPython=None, coursekit=None, typer=None);'
            ' exec(sys.argv.pop(1))" "$2" "$3" "$4"\n'
        )
        python.chmod(0o755)
        done = command("shop:app", "--python", str(python))
        assert (done.returncode, done.stderr) == (0, "")

    def test_asking_is_off_unless_wanted(self, command: Command) -> None:
        assert command("asked:app").returncode == 0
        assert not (command.folder / "started.txt").exists()
        done = command("asked:app", "--call", "--header", "Authorization: Bearer user-ana")
        assert done.returncode == 1, done.stdout
        assert (command.folder / "started.txt").exists()
        assert "C6.answers-500" in done.stdout and "no such table" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "The following arguments are required: MODULE:APP. `tenpoint --help` shows what there is.\n"),
        (("shop:app", "--calls"), "Unrecognized arguments: --calls. `tenpoint --help` shows what there is.\n"),
        (
            ("shop:app", "--python"),
            "Argument --python: expected one argument. `tenpoint --help` shows what there is.\n",
        ),
    ],
)
def test_options_that_are_wrong_are_one_line(arguments: tuple[str, ...], says: str, command: Command) -> None:
    assert command(*arguments) == (2, "", says)


class TestCourseReview:
    """`course review` is `tenpoint` under another name."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ("faulty:app", "--all"),
            ("--json", "shop:app"),
            ("asked:app", "--call", "--header", "Authorization: Bearer user-ana"),
            ("--python", sys.executable, "faulty:app"),
            ("nothing:app",),
            ("shop:app", "--calls"),
            (),
        ],
    )
    def test_says_the_same(self, arguments: tuple[str, ...], command: Command) -> None:
        alone = command(*arguments)
        done = subprocess.run([*COURSE, "review", *arguments], capture_output=True, text=True, cwd=command.folder)
        assert (done.returncode, done.stdout) == (alone.returncode, alone.stdout)
        assert done.stderr == alone.stderr.replace("`tenpoint --help`", "`course review --help`")

    def test_has_the_same_help(self) -> None:
        done = subprocess.run([*COURSE, "review", "--help"], capture_output=True, text=True, check=True)
        assert done.stdout.startswith("usage: course review ") and "--header NAME:VALUE" in done.stdout


class TestTheCoursesOwnService:
    """The finished service, and what the lessons build, as `course review` sees them."""

    def test_the_finished_service_breaks_nothing(self) -> None:
        done = subprocess.run(
            [*COURSE, "review", "app_snippets.tasks_api.main:create_app", "--json"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        answer = json.loads(done.stdout)
        assert [one for point in answer["points"] for one in point["findings"]] == []
        assert done.returncode == 0 and answer["routes"] > 10

    def test_after_lesson_07_only_tags_are_missing(self) -> None:
        done = subprocess.run(
            [*COURSE, "review", "app_snippets.stages.after_07_async:app", "--json"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        found = {one["check"] for point in json.loads(done.stdout)["points"] for one in point["findings"]}
        assert found == {"C8.no-tags"}
