"""Grading a room: a folder of notebooks in, a table out, and no submission stops the rest."""

import csv
import io
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from stand_ins import write_course
from typer.exceptions import TyperException

from coursekit.course.errors import CallError, CourseError
from coursekit.desk.command import app
from coursekit.grading import folder as grade_folder
from coursekit.grading.folder import STOPPED, Row, grade_all, notebooks_in
from coursekit.grading.report import grade_and_report
from coursekit.grading.table import as_csv, as_html, as_text, summary

COMMAND = [sys.executable, "-P", "-m", "coursekit.desk.command", "grade"]
RIGHT = [
    "from coursekit import check",
    "answer = 42",
    "check('1.1')",
    "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/x')\ndef x():\n    return {'a': 1}",
    "check('1.2')",
    "def double(number):\n    return 2 * number",
    "check('1.3')",
]
SLEEP = "[sys.executable, '-c', 'import time; time.sleep(1000)']"


@pytest.fixture(autouse=True)
def _adopts_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of other files run in this process, too, and look at its children."""
    monkeypatch.setattr(grade_folder, "adopt_orphans", lambda: None)


def save(path: Path, *cells: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in cells]), path)
    return path


def environment(root: Path) -> dict[str, str]:
    own = {"COURSE_ROOT": str(write_course(root / "course")), "IPYTHONDIR": str(root / "ipython")}
    return {**os.environ, **own, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}


def grade(folder: Path, *options: str, here: Path, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*COMMAND, str(folder), *options], cwd=here, env=env, capture_output=True, encoding="utf-8")


class Room:
    """A folder with all that a room hands in, graded once."""

    def __init__(self, root: Path) -> None:
        self.folder, self.here, self.root = root / "hand-ins", root / "here", root
        self.here.mkdir()
        (self.here / "json.py").write_text("raise SystemExit('a file of yours is not Python\\'s')")
        save(self.folder / "Ana/01 small.ipynb", *RIGHT)
        save(self.folder / "Björn <b>/01 small.ipynb", *RIGHT[:1], "answer = 1", *RIGHT[2:5], "1 / 0", RIGHT[6])
        save(self.folder / "Ana/.ipynb_checkpoints/01 small.ipynb", *RIGHT)
        save(self.folder / "=1+1.ipynb", *RIGHT, "exit()")
        save(self.folder / "ends its grader.ipynb", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)", *RIGHT)
        many = f"import subprocess, sys, time\nfor _ in range(150): subprocess.Popen({SLEEP}, start_new_session=True)"
        save(self.folder / "many processes.ipynb", f"{many}\ntime.sleep(60)", *RIGHT)
        loud = "import os\nfor _ in range(100):\n    print('x' * 1_000_000)\nos.write(1, b'{\"grades\": []}\\n')"
        start = f"import subprocess, sys\nprint(subprocess.Popen({SLEEP}, start_new_session=True).pid)"
        save(self.folder / "loud.ipynb", loud, start, *RIGHT)
        save(self.folder / "another course.ipynb", "print('hello')")
        (self.folder / "letter.ipynb").write_text("Dear teacher, here is my homework.")
        (self.folder / "notes.txt").write_text("no notebook")
        self.before = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        self.env = environment(root)
        self.done = grade(self.folder, "--jobs", "2", here=self.here, env=self.env)

    def lines(self) -> dict[str, dict[str, str]]:
        text = (self.here / "grades.csv").read_text("utf-8-sig")
        return {line["notebook"]: line for line in csv.DictReader(io.StringIO(text))}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(tmp_path_factory.mktemp("room"))


class TestARoom:
    def test_each_notebook_has_its_row_and_none_stops_the_rest(self, room: Room) -> None:
        assert room.done.returncode == 1, room.done.stderr
        lines = room.lines()
        assert list(lines) == [
            "'=1+1.ipynb",
            "Ana/01 small.ipynb",
            "another course.ipynb",
            "Björn <b>/01 small.ipynb",
            "ends its grader.ipynb",
            "letter.ipynb",
            "loud.ipynb",
            "many processes.ipynb",
        ]
        right = {"lesson": "1", "passed": "3", "of": "3", "trouble": "", "1.1": "passed", "1.2": "passed"}
        for name in ("'=1+1.ipynb", "Ana/01 small.ipynb", "loud.ipynb"):
            assert lines[name] == {"notebook": name, **right, "1.3": "passed"}
        wrong = lines["Björn <b>/01 small.ipynb"]
        assert [wrong[name] for name in ("passed", "1.1", "1.2", "1.3")] == ["1", "not yet", "passed", "raised"]

    def test_a_broken_notebook_says_why(self, room: Room) -> None:
        troubles = {name: line["trouble"] for name, line in room.lines().items() if line["trouble"]}
        assert troubles == {
            "another course.ipynb": "It is not a notebook of this course: it has no exercise that the course knows.",
            "ends its grader.ipynb": "The process that graded it was ended before it was done.",
            "letter.ipynb": "It is not a notebook that can be read. It is damaged, or something else. Ask for it again.",
            "many processes.ipynb": "Its code had more than 100 processes at a time, so it was ended.",
        }

    def test_what_is_printed(self, room: Room) -> None:
        table = room.done.stdout.splitlines()
        assert table[-1] == (
            "8 notebooks: 3 passed everything, 1 fell short, 4 could not be graded. Written to grades.csv and grades.html."
        )
        assert "Björn <b>/01 small.ipynb  1       1 of 3  not yet: 1.1; raised: 1.3" in table
        for name in ("Ana/01 small.ipynb: 3 of 3 passed", "letter.ipynb: It is not a notebook that can be read."):
            assert name in room.done.stderr
        assert "8/8" in room.done.stderr
        assert "Traceback" not in room.done.stderr + room.done.stdout

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans to who asks for them")
    def test_nothing_goes_on_and_nothing_is_changed(self, room: Room) -> None:
        left = [one for one in psutil.process_iter(["cmdline", "environ"]) if _is_of(one, room.root)]
        assert left == []
        assert {path: path.read_bytes() for path in room.folder.rglob("*") if path.is_file()} == room.before

    def test_the_page(self, room: Room) -> None:
        page = (room.here / "grades.html").read_text("utf-8")
        assert "Björn &lt;b&gt;/" in page
        assert "ZeroDivisionError: division by zero" in page
        check_page(page)

    def test_a_second_run_writes_beside_the_first_or_where_it_is_told(self, room: Room) -> None:
        first = (room.here / "grades.csv").read_bytes()
        done = grade(room.folder / "Ana", here=room.here, env=room.env)
        assert done.returncode == 0, done.stderr
        assert "1 notebook: 1 passed everything. Written to grades-2.csv and grades-2.html." in done.stdout
        assert (room.here / "grades.csv").read_bytes() == first
        done = grade(room.folder / "Ana", "--json", "--csv", "grades.csv", here=room.here, env=room.env)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--csv grades.csv exists. Choose another name, or add --force" in done.stderr
        done = grade(room.folder / "Ana", "--json", "--csv", "grades-2.csv", "--force", here=room.here, env=room.env)
        assert done.returncode == 0
        assert json.loads(done.stdout) == [
            {
                "notebook": "01 small.ipynb",
                "lesson": "1",
                "passed": 3,
                "of": 3,
                "trouble": "",
                "grades": json.loads(done.stdout)[0]["grades"],
            }
        ]
        assert not (room.here / "grades-3.html").exists()


def _is_of(process: psutil.Process, root: Path) -> bool:
    return str(root) in (process.info["environ"] or {}).get("COURSE_ROOT", "")


def test_an_interrupt_keeps_what_is_done(tmp_path: Path) -> None:
    save(tmp_path / "in/a.ipynb", *RIGHT)
    for name in "bcd":
        save(tmp_path / f"in/{name}.ipynb", RIGHT[0], "import time\ntime.sleep(1000)", *RIGHT[1:])
    command = [*COMMAND, "in", "--jobs", "1"]
    env = environment(tmp_path)
    run = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    for line in run.stderr:
        if "1/4" in line:
            break
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    printed, complaints = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "Traceback" not in complaints
    assert printed.splitlines()[-1] == (
        "Stopped: 1 of 4 were graded. 4 notebooks: 1 passed everything, 3 not graded, because the run was stopped. "
        "Written to grades.csv and grades.html."
    )
    lines = list(csv.DictReader(io.StringIO((tmp_path / "grades.csv").read_text("utf-8-sig"))))
    assert [line["trouble"] for line in lines] == ["", STOPPED, STOPPED, STOPPED]
    assert [one for one in psutil.process_iter(["environ"]) if _is_of(one, tmp_path)] == []


def test_a_worker_ends_when_nobody_listens_any_more(tmp_path: Path) -> None:
    path = save(tmp_path / "a.ipynb", RIGHT[0], "import time\ntime.sleep(1000)", *RIGHT[1:])
    command = [sys.executable, "-P", "-m", "coursekit.grading.worker", str(path)]
    worker = subprocess.Popen(command, env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert worker.stdin is not None
    assert worker.stdout is not None
    assert b"lesson" in worker.stdout.readline()
    assert b"done" in worker.stdout.readline()
    worker.stdin.close()
    assert worker.wait(timeout=60) == 0
    worker.stdout.close()
    assert [one for one in psutil.process_iter(["environ"]) if _is_of(one, tmp_path)] == []


class Quiet:
    """A watcher that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def begun(self, row: Row) -> None:
        self.told.append((row.name, "begun"))

    def cell_done(self, row: Row, done: int, total: int) -> None:
        pass

    def ended(self, row: Row, *, again: bool) -> None:
        self.told.append((row.name, "again" if again else "ended"))


def rows(*names: str) -> list[Row]:
    return [Row(Path(name), name) for name in names]


def graded(*outcomes: str) -> dict[str, Any]:
    return {"grades": [{"exercise": f"1.{n}", "outcome": one, "message": "."} for n, one in enumerate(outcomes, 1)]}


def test_too_slow_is_only_who_is_too_slow_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    async def look(row: Row, watcher: Any) -> dict[str, Any]:
        looks.append(row.name)
        return graded(
            "timeout" if row.name == "slow" or (row.name == "starved" and looks.count("starved") == 1) else "passed"
        )

    monkeypatch.setattr(grade_folder, "_grade", look)
    three, watcher = rows("slow", "starved", "quick"), Quiet()
    assert grade_all(three, watcher, jobs=2)
    assert looks[3:] == ["slow", "starved"]
    assert [row.is_complete for row in three] == [False, True, True]
    assert [name for name, what in watcher.told if what == "ended"] == ["quick", "slow", "starved"]
    looks.clear()
    assert grade_all(rows("slow"), Quiet(), jobs=1)
    assert looks == ["slow"], "alone at once"


def test_a_process_that_cannot_be_started_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look(row: Row, watcher: Any) -> dict[str, Any]:
        if row.name == "b":
            raise OSError(11, "Resource temporarily unavailable")
        return graded("passed")

    monkeypatch.setattr(grade_folder, "_grade", look)
    three = rows("a", "b", "c")
    assert grade_all(three, Quiet(), jobs=2)
    assert [row.trouble for row in three] == [
        "",
        "Grading it failed: BlockingIOError: [Errno 11] Resource temporarily unavailable",
        "",
    ]


def test_a_notebook_that_takes_all_its_time_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade_folder, "NOTEBOOK_LIMIT", 3)
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    one = Row(save(tmp_path / "a.ipynb", RIGHT[0], "import time\ntime.sleep(1000)", "check('1.1')"), "a")
    assert grade_all([one], Quiet())
    assert one.trouble.startswith("It took more than ")
    assert [one for one in psutil.process_iter(["environ"]) if _is_of(one, tmp_path) and one.pid != os.getpid()] == []


def test_which_files_are_notebooks(tmp_path: Path) -> None:
    for name in ("b.ipynb", "A.IPYNB", "sub/x.ipynb/c.ipynb", ".hidden.ipynb", "._a.ipynb", ".git/d.ipynb", "e.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "gone.ipynb").symlink_to("nowhere")
    (tmp_path / "sub/loop").symlink_to(tmp_path)
    assert [row.name for row in notebooks_in(tmp_path)] == ["A.IPYNB", "b.ipynb", "gone.ipynb", "sub/x.ipynb/c.ipynb"]


def test_nothing_that_looks_like_a_notebook_is_passed_over(tmp_path: Path) -> None:
    room, elsewhere = tmp_path / "room", tmp_path / "elsewhere"
    for name in ("a.ipynb.json", "b.ipynb.txt", "c (1).ipynb", "notes.json", "d.ipynb.bak"):
        room.mkdir(exist_ok=True)
        (room / name).write_text("{}")
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "deep/x.ipynb").write_text("{}")
    (elsewhere / "back").symlink_to(room)
    (room / "dora").symlink_to(elsewhere)
    names = [row.name for row in notebooks_in(room)]
    assert names == ["a.ipynb.json", "b.ipynb.txt", "c (1).ipynb", "dora/deep/x.ipynb"]


def test_a_folder_that_cannot_be_read_has_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "ana/a.ipynb", *RIGHT)
    (tmp_path / "ben").mkdir()
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("ben"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    _, lost = notebooks_in(tmp_path)
    assert (lost.name, lost.trouble) == ("ben", "The folder ben cannot be read: Permission denied.")
    assert grade_all([lost], Quiet())
    assert lost.trouble.startswith("The folder ben")


def test_names_that_differ_by_a_blank(tmp_path: Path) -> None:
    env = environment(tmp_path)
    for name in ("Ana Silva", "Ana  Silva", "Ana\u00a0Silva", "Ben"):
        save(tmp_path / "room" / name / "a.ipynb", *RIGHT)
    done = grade(tmp_path / "room", "--json", here=tmp_path, env=env)
    rows = json.loads(done.stdout)
    assert [(row["notebook"], row["passed"]) for row in rows] == [
        ("'Ana  Silva/a.ipynb'", 3),
        ("'Ana Silva/a.ipynb'", 3),
        ("'Ana\\xa0Silva/a.ipynb'", 3),
        ("Ben/a.ipynb", 3),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="names are not bytes everywhere")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\n\x1b[31m.ipynb")).write_text("{}")
    assert [row.name for row in notebooks_in(tmp_path)] == ["a\\udcff \\x1b[31m.ipynb"]


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_a_notebook(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "room"
    if there:
        folder.mkdir()
    with pytest.raises(CallError, match="There is no notebook" if there else "There is no folder"):
        notebooks_in(folder)


def test_calls_that_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "in/a.ipynb", *RIGHT)
    (tmp_path / "empty").mkdir()
    for call, said in (
        (["nowhere"], "a folder that exists"),
        (["nowhere", "--csv", "a.csv"], "for a folder of notebooks that exists"),
        (["empty"], "There is no notebook"),
        (["nowhere.ipynb"], "cannot be read: No such file"),
        (["in/a.ipynb", "--html", "a.html"], "for a folder"),
        (["in", "--csv", "no/a.csv"], "there is no folder no"),
        (["in", "--html", "empty"], "--html empty is a folder"),
        (["in", "--html", "a", "--csv", "./a"], "name the same file"),
    ):
        with pytest.raises((CallError, TyperException), match=said):
            app(["grade", *call], standalone_mode=False)
    done = subprocess.run([*COMMAND, "nowhere.ipynb"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_file_that_appears_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path / "a.ipynb", *RIGHT)
    mine = tmp_path / "mine.csv"

    async def look(row: Row, watcher: Any) -> dict[str, Any]:
        mine.write_text("mine")
        return graded("passed")

    monkeypatch.setattr(grade_folder, "_grade", look)
    with pytest.raises(CourseError, match=r"mine\.csv could not be written: File exists"):
        grade_and_report(tmp_path, str(mine), None)
    assert "1 of 1" in capsys.readouterr().out, "the table is printed all the same"
    assert mine.read_text() == "mine"


HOSTILE = "<script>alert(1)</script> & \"x\" 'y' `code` \x1b[31m \ud800"


def a_table() -> list[Row]:
    exercises = {"1.1": "A <title>", "1.2": "Two"}
    grades = [
        {"exercise": "1.1", "outcome": "passed", "message": "Right."},
        {"exercise": "1.2", "outcome": "timeout", "message": HOSTILE},
    ]
    return [
        Row(Path("a"), "@SUM(A1)/<img src=x>", "1", "Ro<utes>", exercises, grades, ""),
        Row(Path("b"), " -2.ipynb", "1", "Ro<utes>", exercises, [], HOSTILE),
        Row(Path("c"), "=2.ipynb", "10", "Ten", {"10.1": "Three"}, [], "+1"),
        Row(Path("d"), "＝2.ipynb"),
        Row(
            Path("e"),
            "e.ipynb",
            "2",
            "Two",
            {"2.1": "Four"},
            [{"exercise": "2.1", "outcome": "passed", "message": "."}],
            "",
        ),
    ]


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def check_page(text: str) -> None:
    """It needs nothing but itself, each table has headers with a scope, and each outcome is a word."""
    text.encode()
    page = Page()
    page.feed(text)
    names = {tag for tag, _ in page.tags}
    assert names.isdisjoint({"script", "img", "link", "iframe"})
    assert all("href" not in attributes and "src" not in attributes for _, attributes in page.tags)
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.tags if tag == "th")
    assert ("html", {"lang": "en"}) in page.tags
    headings = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(headings))
    for tag in ("table", "thead", "tbody", "tr", "td", "th", "h2", "h3", "ul", "li", "div"):
        assert len([one for one, _ in page.tags if one == tag]) == text.count(f"</{tag}>")


def test_the_page_shows_hostile_words_as_words() -> None:
    page = as_html(a_table())
    check_page(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert "<code>code</code>" in page
    assert "@SUM(A1)/<wbr>&lt;img src=x&gt;" in page
    assert page.index("Lesson 01 · Ro&lt;utes&gt;") < page.index("Lesson 02") < page.index("Lesson 10")
    assert '<td class="timeout"><span aria-hidden="true">⏱</span> took too long</td>' in page


def test_a_spreadsheet_computes_nothing() -> None:
    lines = list(csv.reader(io.StringIO(as_csv(a_table()))))
    assert lines[0] == ["notebook", "lesson", "passed", "of", "trouble", "1.1", "1.2", "2.1", "10.1"]
    assert [line[0] for line in lines[1:]] == [
        "'@SUM(A1)/<img src=x>",
        "' -2.ipynb",
        "'=2.ipynb",
        "'＝2.ipynb",
        "e.ipynb",
    ]
    assert lines[3][4] == "'+1"
    assert lines[1][1:] == ["1", "1", "2", "", "passed", "took too long", "", ""]
    assert lines[5][1:] == ["2", "1", "1", "", "", "", "passed", ""]
    assert all(len(line) == len(lines[0]) for line in lines)


def test_the_table_for_a_terminal() -> None:
    lines = as_text(a_table()).splitlines()
    assert lines[2] == "@SUM(A1)/<img src=x>  1       1 of 2  took too long: 1.2"
    assert lines[6].rstrip() == "e.ipynb               2       1 of 1"
    assert summary(a_table()) == (
        "5 notebooks: 1 passed everything, 1 fell short, 2 could not be graded, 1 not graded, because the run was stopped."
    )
